//! The guideline's two models, as tables of concepts and relations.
//!
//! They are the guideline's own (`§ 2`, `§ 3`), as the kinds of entities are, and stand in code for the same reason: a
//! catalogue does not choose its model. What the concepts are called follows the glossary and the roles of the content.

use super::grid::{self, Cell, Relation};
use super::labels::Label;
use crate::document::{Drawing, Layer};
use crate::model::Kind;
use crate::resolve::Catalog;
use crate::text::listed;

/// A model that can be drawn.
#[derive(Debug)]
pub struct Model {
    name: &'static str,
    /// What the description begins with.
    opening: &'static str,
    concepts: &'static [Concept],
    /// From, name, to; by the ids of concepts.
    relations: &'static [(&'static str, &'static str, &'static str)],
}

/// A box of a model.
#[derive(Debug)]
struct Concept {
    /// The id of the term or the role in the content, where it has one.
    id: &'static str,
    /// What it is called unless the content says.
    name: &'static str,
    detail: &'static str,
    layer: Layer,
    /// Left and right edge in twentieths of a point.
    sides: (i32, i32),
    /// First and last row.
    rows: (usize, usize),
}

const fn concept(
    id: &'static str,
    name: &'static str,
    detail: &'static str,
    layer: Layer,
    sides: (i32, i32),
    rows: (usize, usize),
) -> Concept {
    Concept { id, name, detail, layer, sides, rows }
}

/// The models that can be drawn.
const MODELS: [Model; 2] = [CONCEPTUAL, SPECIFIC];

/// `§ 3.1`, with the definitions of `§ 2`.
const CONCEPTUAL: Model = Model {
    name: "begreppsmodell",
    opening: "Den konceptuella modellen.",
    concepts: &[
        concept("verksamhet", "Verksamhet", "", Layer::Business, (0, 3000), (0, 0)),
        concept("process", "Process", "", Layer::Business, (4050, 5900), (0, 0)),
        concept("is-it-tjanst", "IS/IT-tjänst", "funktionalitet och garanti", Layer::Service, (0, 5900), (1, 1)),
        concept("sla", "SLA", "ett för varje IS/IT-tjänst", Layer::Agreement, (7050, 9030), (1, 1)),
        concept(
            "tjansteerbjudande",
            "Tjänsteerbjudande",
            "med tjänstenivå enligt SLA eller servicenivå enligt katalogen",
            Layer::Service,
            (1150, 3000),
            (2, 2),
        ),
        concept(
            "stodjande-tjanst",
            "Stödjande tjänst",
            "teknisk tjänst eller leveranstjänst",
            Layer::Supporting,
            (4050, 5900),
            (2, 2),
        ),
        concept("tjanste-ola", "Tjänste-OLA", "", Layer::Agreement, (7050, 9030), (2, 2)),
        concept(
            "produkt",
            "Produkt",
            "kan omsluta andra produkter och stödjande tjänster",
            Layer::Product,
            (0, 5900),
            (3, 3),
        ),
        concept("stodjande-kontrakt", "Stödjande kontrakt", "med tredje part", Layer::Contract, (7050, 9030), (3, 3)),
        concept("resurs", "Resurs", "människor, teknik, dokumentation och avtal", Layer::Record, (0, 5900), (4, 4)),
    ],
    relations: &[
        ("verksamhet", "har", "process"),
        ("process", "stöds av", "is-it-tjanst"),
        ("is-it-tjanst", "regleras av", "sla"),
        ("is-it-tjanst", "har minst ett", "tjansteerbjudande"),
        ("is-it-tjanst", "bygger på", "produkt"),
        ("sla", "säkras av", "tjanste-ola"),
        ("tjanste-ola", "avropar", "stodjande-tjanst"),
        ("stodjande-tjanst", "stödjer", "is-it-tjanst"),
        ("stodjande-tjanst", "har minst ett", "tjansteerbjudande"),
        ("stodjande-tjanst", "bygger på", "produkt"),
        ("tjanste-ola", "ställer krav på", "stodjande-kontrakt"),
        ("produkt", "kan kräva", "stodjande-kontrakt"),
        ("produkt", "utgörs av", "resurs"),
    ],
};

/// `§ 3.2`: who answers for each part, and where it is recorded.
const SPECIFIC: Model = Model {
    name: "specifik-modell",
    opening: "Den specifika modellen med artefakter.",
    concepts: &[
        concept("applikation", "Applikation", "", Layer::Service, (3250, 5750), (0, 0)),
        concept(
            "applikationsportfolj",
            "Applikationsportföljen",
            "som business application",
            Layer::Record,
            (6750, 9030),
            (0, 0),
        ),
        concept("tjansteansvarig", "Tjänsteansvarig", "", Layer::Business, (0, 2200), (1, 1)),
        concept(
            "is-it-tjanst",
            "IS/IT-tjänst",
            "med ett eller flera tjänsteerbjudanden",
            Layer::Service,
            (3250, 5750),
            (1, 1),
        ),
        concept(
            "business-service",
            "Business service",
            "med service offerings, i\u{a0}CMDB",
            Layer::Record,
            (6750, 9030),
            (1, 1),
        ),
        concept("parter", "Verksamhetsrepresentant och tjänsteägare", "", Layer::Business, (0, 2200), (2, 2)),
        concept("sla", "SLA", "tjänstens omfattning och tjänstenivå", Layer::Agreement, (3250, 5750), (2, 2)),
        concept(
            "tillganglighetsatagande",
            "Tillgänglighetsåtagande",
            "med SLA Definition, i\u{a0}CMDB",
            Layer::Record,
            (6750, 9030),
            (2, 2),
        ),
        concept("funktionssamordnare", "Funktionssamordnare", "", Layer::Business, (0, 2200), (3, 3)),
        concept("tjanste-ola", "Tjänste-OLA", "", Layer::Agreement, (3250, 5750), (3, 3)),
        concept(
            "katalog-stodjande-tjanster-term",
            "Katalog – stödjande tjänster",
            "innevarande års utgåva",
            Layer::Record,
            (6750, 9030),
            (3, 4),
        ),
        concept(
            "stodjande-tjanst",
            "Stödjande tjänst",
            "teknisk tjänst eller leveranstjänst",
            Layer::Supporting,
            (3250, 5750),
            (4, 4),
        ),
        concept("produktansvarig", "Produktansvarig", "", Layer::Business, (0, 2200), (4, 5)),
        concept("produkt", "Produkt", "", Layer::Product, (3250, 5750), (5, 5)),
        concept("koncernstab", "Koncernstab digitalisering", "", Layer::Business, (0, 2200), (6, 6)),
        concept("stodjande-kontrakt", "Stödjande kontrakt", "", Layer::Contract, (3250, 5750), (6, 6)),
        concept("tredje-part", "Tredje part", "som är underleverantör", Layer::Contract, (6750, 9030), (6, 6)),
    ],
    relations: &[
        ("applikation", "ger namn åt", "is-it-tjanst"),
        ("applikation", "finns i", "applikationsportfolj"),
        ("tjansteansvarig", "ansvarar för", "is-it-tjanst"),
        ("is-it-tjanst", "registreras som", "business-service"),
        ("is-it-tjanst", "regleras av", "sla"),
        ("parter", "undertecknar", "sla"),
        ("sla", "ger", "tillganglighetsatagande"),
        ("sla", "säkras av", "tjanste-ola"),
        ("funktionssamordnare", "godkänner avsnitt i", "tjanste-ola"),
        ("tjanste-ola", "utgår från", "katalog-stodjande-tjanster-term"),
        ("tjanste-ola", "avropar", "stodjande-tjanst"),
        ("stodjande-tjanst", "beskrivs i", "katalog-stodjande-tjanster-term"),
        ("produktansvarig", "ansvarar ofta för", "stodjande-tjanst"),
        ("stodjande-tjanst", "bygger på", "produkt"),
        ("produktansvarig", "ansvarar för", "produkt"),
        ("produkt", "kan kräva", "stodjande-kontrakt"),
        ("koncernstab", "koordinerar", "stodjande-kontrakt"),
        ("stodjande-kontrakt", "ingås med", "tredje-part"),
    ],
};

/// The names of the models.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODELS.iter().map(|model| model.name)
}

/// The model of that name.
pub fn find(name: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.name == name)
}

/// Draws a model, its concepts by the names that the content gives them.
pub fn draw(catalog: &Catalog, model: &Model) -> Drawing {
    let place = |id: &str| model.concepts.iter().position(|concept| concept.id == id);
    let relations: Vec<Relation> = model
        .relations
        .iter()
        .filter_map(|(from, name, to)| Some(Relation { from: place(from)?, to: place(to)?, name }))
        .collect();
    let cells: Vec<Cell> = model
        .concepts
        .iter()
        .map(|concept| Cell { label: label(catalog, concept), sides: concept.sides, rows: concept.rows })
        .collect();
    Drawing { description: description(model, &cells, &relations), ..grid::draw(&cells, &relations) }
}

fn label(catalog: &Catalog, concept: &Concept) -> Label {
    let known = catalog.entry(concept.id).filter(|entry| matches!(entry.kind, Kind::GlossaryTerm | Kind::Role));
    let name = known.map_or(concept.name, |entry| entry.name.as_str());
    Label {
        target: known.map(|_| concept.id.to_string()),
        details: (!concept.detail.is_empty()).then(|| concept.detail.to_string()).into_iter().collect(),
        ..Label::new(concept.layer, name)
    }
}

/// Each concept with what it is related to, in the order of the boxes.
fn description(model: &Model, cells: &[Cell], relations: &[Relation]) -> String {
    let mut sentences = vec![model.opening.to_string()];
    for (at, cell) in cells.iter().enumerate() {
        let related = relations.iter().filter(|relation| relation.from == at);
        let clauses: Vec<String> =
            related.map(|relation| format!("{} {}", relation.name, within(&cells[relation.to].label.name))).collect();
        let details = cell.label.details.iter().map(|detail| format!(" ({detail})")).collect::<String>();
        match clauses.is_empty() {
            true if details.is_empty() => {}
            true => sentences.push(format!("{}{details}.", cell.label.name)),
            false => sentences.push(format!("{}{details} {}.", cell.label.name, listed(&clauses))),
        }
    }
    sentences.join(" ")
}

/// A name within a sentence: a small letter first, unless the name is an abbreviation, a title or has capitals further in.
fn within(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    let is_word = letters.clone().all(|letter| !letter.is_uppercase()) && !name.contains(" – ");
    match first {
        Some(first) if is_word => first.to_lowercase().chain(letters).collect(),
        _ => name.to_string(),
    }
}
