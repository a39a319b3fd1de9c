//! Heat maps of the capabilities: where they gather, by department and by class or by area.

use std::collections::{BTreeMap, BTreeSet};

use super::labels;
use super::matrix::{Head, Matrix};
use crate::document::{Area, Drawing, Layer, Shape};
use crate::model::{Capability, CapabilityClass, CapabilityGroup};
use crate::resolve::Catalog;
use crate::text::{self, listed};

/// As many rows, and columns of departments, as one sheet has room for.
const MOST_ROWS: usize = 18;
const MOST_COLUMNS: usize = 6;

/// The classes, each as a column is headed, and as one is called and many.
const CLASSES: [(Option<CapabilityClass>, &str, &str, &str); 5] = [
    (Some(CapabilityClass::External), "Extern", "extern", "externa"),
    (Some(CapabilityClass::ExternalInternal), "Extern / Intern", "både extern och intern", "både externa och interna"),
    (Some(CapabilityClass::Internal), "Intern", "intern", "interna"),
    (Some(CapabilityClass::Centralised), "Centraliserad", "centraliserad", "centraliserade"),
    (None, "Utan klass", "utan klass", "utan klass"),
];

const LEGEND: &str = "Antal förmågor i en ruta";

/// Departments by classes.
pub fn by_class(catalog: &Catalog) -> Drawing {
    let departments = Departments::of(catalog);
    let all: Vec<&Capability> = capabilities(catalog).map(|(_, capability)| capability).collect();
    let classes: Vec<_> =
        CLASSES.iter().filter(|(class, ..)| all.iter().any(|capability| capability.class == *class)).collect();
    let columns = classes.iter().map(|(_, name, ..)| Head { name: name.to_string(), also: None, target: None });
    let mut counts = vec![vec![0; classes.len()]; departments.heads.len()];
    for capability in &all {
        if let Some(column) = classes.iter().position(|(class, ..)| *class == capability.class) {
            counts[departments.place(catalog, capability)][column] += 1;
        }
    }
    let matrix = Matrix {
        corner: "Avdelning".to_string(),
        legend: LEGEND.to_string(),
        columns: columns.collect(),
        rows: departments.heads,
        counts,
    };
    let said = |count: usize, column: usize| {
        let (_, _, one, many) = classes[column];
        format!("{count} {}", if count == 1 { one } else { many })
    };
    drawn("Förmågor efter avdelning och klass", limited("avdelningar", matrix), said)
}

/// Areas of level 0 by departments.
pub fn by_group(catalog: &Catalog) -> Drawing {
    let departments = Departments::of(catalog);
    let groups = catalog.all::<CapabilityGroup>();
    let head = |name: &str, id: &str| Head { name: name.to_string(), also: None, target: Some(id.to_string()) };
    let rows: Vec<Head> = groups.iter().map(|group| head(&group.name, &group.id)).collect();
    let mut counts = vec![vec![0; departments.heads.len()]; rows.len()];
    for (row, capability) in capabilities(catalog) {
        counts[row][departments.place(catalog, capability)] += 1;
    }
    let matrix = Matrix {
        corner: "Område (nivå 0)".to_string(),
        legend: LEGEND.to_string(),
        columns: departments.heads,
        rows,
        counts,
    };
    let matrix = limited("områden", transposed(limited_to(MOST_COLUMNS, "avdelningar", transposed(matrix))));
    let names: Vec<String> = matrix.columns.iter().map(|column| column.name.clone()).collect();
    drawn("Förmågor efter område och avdelning", matrix, |count, column| match names[column].as_str() {
        NONE => format!("{count} utan avdelning"),
        name => format!("{count} hos {name}"),
    })
}

/// Every capability of level 1, and the place of its group.
fn capabilities(catalog: &Catalog) -> impl Iterator<Item = (usize, &Capability)> {
    let groups = catalog.all::<CapabilityGroup>().iter().enumerate();
    groups.flat_map(|(at, group)| group.capabilities.iter().map(move |capability| (at, capability)))
}

/// What stands for no department.
const NONE: &str = "Utan avdelning";

/// The departments that provide any capability, in Swedish order; last none, if any capability has none.
struct Departments<'a> {
    heads: Vec<Head>,
    places: BTreeMap<Option<&'a str>, usize>,
}

impl<'a> Departments<'a> {
    fn of(catalog: &'a Catalog) -> Departments<'a> {
        let mut found: BTreeMap<Option<&str>, BTreeSet<&str>> = BTreeMap::new();
        for (_, capability) in capabilities(catalog) {
            let own = capability.department.as_ref();
            let names = found.entry(own.map(|own| catalog.department(own).id.as_str())).or_default();
            names.extend(own.map(|own| catalog[own].name.as_str()));
        }
        let mut heads: Vec<(Option<&str>, Head)> = Vec::new();
        for (id, names) in found {
            let name = id.and_then(|id| catalog.entry(id)).map_or(NONE, |entry| entry.name.as_str());
            let others: Vec<&str> = names.into_iter().filter(|other| *other != name).collect();
            let also = (!others.is_empty()).then(|| format!("även skrivet {}", listed(&others)));
            heads.push((id, Head { name: name.to_string(), also, target: id.map(str::to_string) }));
        }
        heads.sort_by(|(id, a), (other, b)| {
            id.is_none().cmp(&other.is_none()).then_with(|| text::compare(&a.name, &b.name)).then(id.cmp(other))
        });
        let places = heads.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        Departments { heads: heads.into_iter().map(|(_, head)| head).collect(), places }
    }

    fn place(&self, catalog: &Catalog, capability: &Capability) -> usize {
        let own = capability.department.as_ref().map(|own| catalog.department(own).id.as_str());
        self.places.get(&own).copied().unwrap_or_default()
    }
}

fn limited(are: &str, matrix: Matrix) -> Matrix {
    limited_to(MOST_ROWS, are, matrix)
}

/// The rows with the most, in the order that they have; the last of them counts the others together.
fn limited_to(most: usize, are: &str, mut matrix: Matrix) -> Matrix {
    if matrix.rows.len() <= most {
        return matrix;
    }
    let mut order: Vec<usize> = (0..matrix.rows.len()).collect();
    order.sort_by_key(|row| (std::cmp::Reverse(matrix.of_row(*row)), *row));
    let kept: BTreeSet<usize> = order.into_iter().take(most - 1).collect();
    let mut rest = vec![0; matrix.columns.len()];
    let dropped = matrix.rows.len() - kept.len();
    let (mut rows, mut counts) = (Vec::new(), Vec::new());
    for (at, (head, row)) in matrix.rows.into_iter().zip(matrix.counts).enumerate() {
        if kept.contains(&at) {
            rows.push(head);
            counts.push(row);
        } else {
            rest.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
        }
    }
    rows.push(Head { name: format!("… och {dropped} {are} till"), also: None, target: None });
    counts.push(rest);
    (matrix.rows, matrix.counts) = (rows, counts);
    matrix
}

/// Rows as columns.
fn transposed(matrix: Matrix) -> Matrix {
    let counts =
        (0..matrix.columns.len()).map(|column| matrix.counts.iter().map(|row| row[column]).collect()).collect();
    Matrix { rows: matrix.columns, columns: matrix.rows, counts, ..matrix }
}

/// The drawing, and in words every count that is not zero, as `said` tells it of a column.
fn drawn(about: &str, matrix: Matrix, said: impl Fn(usize, usize) -> String) -> Drawing {
    let sum: usize = (0..matrix.rows.len()).map(|row| matrix.of_row(row)).sum();
    if sum == 0 {
        return empty();
    }
    let mut sentences = vec![format!("{about}, sammanlagt {sum}.")];
    for (at, row) in matrix.rows.iter().enumerate() {
        let counts = matrix.counts[at].iter().enumerate().filter(|(_, count)| **count > 0);
        let counts: Vec<String> = counts.map(|(column, count)| said(*count, column)).collect();
        let also = row.also.as_ref().map(|also| format!(" ({also})")).unwrap_or_default();
        let counts = if counts.is_empty() { "inga".to_string() } else { listed(&counts) };
        sentences.push(format!("{}{also}: {counts}.", row.name));
    }
    Drawing { description: sentences.join(" "), ..matrix.draw() }
}

/// What is drawn where there are no capabilities.
fn empty() -> Drawing {
    let text = "Katalogen har inga förmågor.";
    let label = labels::Label::new(Layer::Record, text);
    let area = Area { left: 20, top: 20, width: 4000, height: 500 };
    let lines = label.lines(area.width, labels::Amount::Name);
    let shapes: Vec<Shape> = label.shapes(area, &lines);
    Drawing { width: area.right() + 20, height: area.bottom() + 20, description: text.to_string(), shapes }
}
