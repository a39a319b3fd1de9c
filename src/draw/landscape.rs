//! The map of the whole catalogue: what there is, where it belongs, at which level, and how much rests on it.
//!
//! A large catalogue is shown in part: as many tiles of each group, and as many groups, as one sheet has room for, each
//! with the number of the others.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use super::HIGHEST;
use super::shelves::{self, Band, CLOSE, DENSE, Group, OPEN, Tile};
use crate::calculate::foundation;
use crate::document::{Drawing, Layer};
use crate::model::{Entity, Kind, Product, Service, ServiceLevel, SupportingClass, SupportingService};
use crate::resolve::Catalog;
use crate::text::{self, NO_BREAK_SPACE, listed};

/// So many groups of a layer, and so many tiles of a group: each layer has as many as there is room for.
const AMOUNTS: [(usize, usize); 10] =
    [(12, 30), (12, 20), (12, 12), (10, 8), (10, 5), (8, 4), (8, 3), (6, 3), (4, 2), (2, 2)];

/// More tiles than this nobody takes in, and a page with them is heavy.
const MOST: usize = 80;

/// Draws the map.
pub fn draw(catalog: &Catalog) -> Drawing {
    let layers = [services(catalog), supporting(catalog), products(catalog)];
    let mut notes = Notes::new(catalog);
    // Less is shown only when it is set as densely as can be read.
    let settings = [(&OPEN, [0; 3]), (&CLOSE, [0; 3])].into_iter();
    let mut amounts = settings.chain(steps(&layers).map(|steps| (&DENSE, steps))).peekable();
    while let Some((setting, steps)) = amounts.next() {
        let amounts_left = amounts.peek().is_some();
        let tiles: usize = layers.iter().zip(steps).map(|(layer, step)| layer.tile_count(AMOUNTS[step])).sum();
        // What is said of a tile can take some finding out, so that is left until they are few.
        if tiles > MOST && amounts_left {
            continue;
        }
        let bands: Vec<Band> =
            layers.iter().zip(steps).map(|(layer, step)| layer.band(&mut notes, AMOUNTS[step])).collect();
        let drawing = shelves::draw(&bands, setting);
        if drawing.height <= HIGHEST || !amounts_left {
            return Drawing { description: description(&layers, &bands), ..drawing };
        }
    }
    Drawing::default()
}

/// The places in `AMOUNTS` to try: from the most of each layer, always less of the one that has most tiles.
fn steps<'a>(layers: &'a [Stratum; 3]) -> impl Iterator<Item = [usize; 3]> + 'a {
    std::iter::successors(Some([0; 3]), move |steps| {
        let more = (0..steps.len()).filter(|at| steps[*at] + 1 < AMOUNTS.len());
        let most = more.max_by_key(|at| layers[*at].tile_count(AMOUNTS[steps[*at]]))?;
        let mut steps = *steps;
        steps[most] += 1;
        Some(steps)
    })
}

/// A layer before it is known how much of it is shown.
struct Stratum<'a> {
    layer: Layer,
    /// What one of it is called, and many.
    kind: Kind,
    heading: &'static str,
    meaning: &'static str,
    /// What many of its groups are called.
    groups_are: &'static str,
    /// The page that lists all of it.
    page: &'static str,
    groups: Vec<(Key, Vec<Member<'a>>)>,
}

struct Member<'a> {
    id: &'a str,
    name: Cow<'a, str>,
}

/// Names a group; those of lower rank come first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    rank: u8,
    name: String,
}

impl Key {
    /// A name that someone has written, or else a last group for those without.
    fn or(name: Option<&str>, otherwise: &str) -> Key {
        let rank = u8::from(name.is_none());
        Key { rank, name: name.unwrap_or(otherwise).to_string() }
    }
}

fn services(catalog: &Catalog) -> Stratum<'_> {
    Stratum {
        layer: Layer::Service,
        kind: Kind::Service,
        heading: "IS/IT-tjänster",
        meaning: "med tjänstenivån i SLA",
        groups_are: "tjänsteområden",
        page: "tjanster.html",
        groups: grouped(catalog.all::<Service>(), |service| Key::or(service.area.as_deref(), "Utan tjänsteområde")),
    }
}

fn supporting(catalog: &Catalog) -> Stratum<'_> {
    let key = |service: &SupportingService| match service.class {
        SupportingClass::Technical => Key { rank: 0, name: "Tekniska tjänster".to_string() },
        SupportingClass::Delivery => Key { rank: 1, name: "Leveranstjänster".to_string() },
    };
    Stratum {
        layer: Layer::Supporting,
        kind: Kind::SupportingService,
        heading: "Stödjande tjänster",
        meaning: "med servicenivåer och antalet IS/IT-tjänster som de stödjer",
        groups_are: "klasser",
        page: "stodjande-tjanster.html",
        groups: grouped(catalog.all::<SupportingService>(), key),
    }
}

fn products(catalog: &Catalog) -> Stratum<'_> {
    let name = |product: &Product| {
        let own = product.department.as_ref().map(|own| catalog.department(own).name.as_str());
        Key::or(own, "Utan avdelning")
    };
    Stratum {
        layer: Layer::Product,
        kind: Kind::Product,
        heading: "Produkter",
        meaning: "med antalet IS/IT-tjänster som vilar på dem, direkt eller genom annat",
        groups_are: "avdelningar",
        page: "produkter.html",
        groups: grouped(catalog.all::<Product>(), name),
    }
}

/// Entities by group; groups and entities in Swedish order.
fn grouped<'a, T: Entity>(all: &'a [T], key: impl Fn(&'a T) -> Key) -> Vec<(Key, Vec<Member<'a>>)> {
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut groups: Vec<(Key, Vec<Member<'a>>)> = Vec::new();
    for entity in all {
        let key = key(entity);
        let at = *places.entry(key.clone()).or_insert(groups.len());
        if at == groups.len() {
            groups.push((key, Vec::new()));
        }
        groups[at].1.push(Member { id: entity.id(), name: entity.name() });
    }
    let by_name = |a: &str, b: &str| -> Ordering { text::compare(a, b).then_with(|| a.cmp(b)) };
    groups.sort_by(|(a, _), (b, _)| a.rank.cmp(&b.rank).then_with(|| by_name(&a.name, &b.name)));
    for (_, members) in &mut groups {
        members.sort_by(|a, b| by_name(&a.name, &b.name).then_with(|| a.id.cmp(b.id)));
    }
    groups
}

impl Stratum<'_> {
    fn count(&self) -> usize {
        self.groups.iter().map(|(_, members)| members.len()).sum()
    }

    /// How many tiles `band` would give it.
    fn tile_count(&self, (groups, tiles): (usize, usize)) -> usize {
        self.groups.iter().take(groups).map(|(_, members)| members.len().min(tiles)).sum()
    }

    /// So many of its groups with so many tiles each; the last of them counts the others.
    fn band(&self, notes: &mut Notes, (groups, tiles): (usize, usize)) -> Band {
        let kept = if self.groups.len() > groups { groups - 1 } else { self.groups.len() };
        let has_one = self.groups.len() == 1 && self.groups[0].0.rank > 0;
        let mut shown: Vec<Group> = self.groups[..kept]
            .iter()
            .map(|(key, members)| Group {
                heading: if has_one { String::new() } else { format!("{} ({})", key.name, number(members.len())) },
                tiles: self.tiles(notes, members, tiles),
            })
            .collect();
        let rest = &self.groups[kept..];
        if !rest.is_empty() {
            let members: usize = rest.iter().map(|(_, members)| members.len()).sum();
            let name = format!("… och {} {} till", number(rest.len()), self.groups_are);
            let note = Some(format!("med {}", counted(members, self.kind)));
            let tile = Tile { name, note, target: Some(self.page.to_string()) };
            shown.push(Group { heading: format!("Övriga {}", self.groups_are), tiles: vec![tile] });
        }
        let heading = format!("{} ({})", self.heading, number(self.count()));
        Band { layer: self.layer, heading, meaning: self.meaning.to_string(), groups: shown }
    }

    fn tiles(&self, notes: &mut Notes, members: &[Member], most: usize) -> Vec<Tile> {
        let kept = if members.len() > most { most - 1 } else { members.len() };
        let mut tiles: Vec<Tile> = members[..kept]
            .iter()
            .map(|member| Tile {
                name: member.name.to_string(),
                note: notes.of(self.kind, member.id),
                target: Some(member.id.to_string()),
            })
            .collect();
        if kept < members.len() {
            let name = format!("… och {} till", number(members.len() - kept));
            tiles.push(Tile { name, note: None, target: Some(self.page.to_string()) });
        }
        tiles
    }
}

/// What is said of each entity beside its name; worked out once, and only for what is shown.
struct Notes<'a> {
    catalog: &'a Catalog,
    /// The rank of each service level.
    ranks: BTreeMap<&'a str, usize>,
    known: HashMap<String, Option<String>>,
}

impl<'a> Notes<'a> {
    fn new(catalog: &'a Catalog) -> Notes<'a> {
        let levels = catalog.all::<ServiceLevel>().iter().enumerate();
        Notes { catalog, ranks: levels.map(|(rank, level)| (level.id.as_str(), rank)).collect(), known: HashMap::new() }
    }

    fn of(&mut self, kind: Kind, id: &str) -> Option<String> {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let note = match kind {
            Kind::Service => self.catalog.get::<Service>(id).map(|service| match &service.agreement {
                Some(agreement) => self.catalog[&agreement.level].name().into_owned(),
                None => "utan SLA".to_string(),
            }),
            Kind::SupportingService => self.catalog.get::<SupportingService>(id).map(|service| {
                let supported = count_of_services(foundation::supported(self.catalog, service));
                self.levels(service).into_iter().chain([supported]).collect::<Vec<_>>().join(", ")
            }),
            _ => Some(count_of_services(foundation::resting(self.catalog, id))),
        };
        self.known.insert(id.to_string(), note.clone());
        note
    }

    /// `Järn–Guld`: the lowest and the highest of the levels that it is offered at.
    fn levels(&self, service: &SupportingService) -> Option<String> {
        let levels = service.offerings.iter().filter_map(|offering| offering.level.as_ref());
        let rank = |id: &str| self.ranks.get(id).copied().unwrap_or_default();
        let mut levels: Vec<_> = levels.map(|level| (rank(&level.id), self.catalog[level].name.as_str())).collect();
        levels.sort();
        match (levels.first(), levels.last()) {
            (Some((lowest, name)), Some((highest, _))) if lowest == highest => Some(name.to_string()),
            (Some((_, lowest)), Some((_, highest))) => Some(format!("{lowest}–{highest}")),
            _ => None,
        }
    }
}

fn count_of_services(count: usize) -> String {
    match count {
        0 => "ingen tjänst".to_string(),
        1 => format!("1{NO_BREAK_SPACE}tjänst"),
        _ => format!("{}{NO_BREAK_SPACE}tjänster", number(count)),
    }
}

fn counted(count: usize, kind: Kind) -> String {
    format!("{} {}", number(count), if count == 1 { kind.one() } else { kind.many() })
}

fn number(count: usize) -> String {
    text::number(Decimal::from(count))
}

/// The counts, and every tile of every group.
fn description(layers: &[Stratum], bands: &[Band]) -> String {
    let counts: Vec<String> = layers.iter().map(|layer| counted(layer.count(), layer.kind)).collect();
    let mut sentences = vec![format!("Karta över hela katalogen: {}.", listed(&counts))];
    for band in bands.iter().filter(|band| !band.groups.is_empty()) {
        sentences.push(format!("{}, {}.", band.heading, band.meaning));
        for group in &band.groups {
            let tiles: Vec<String> = group.tiles.iter().map(said).collect();
            let heading = if group.heading.is_empty() { String::new() } else { format!("{}: ", group.heading) };
            sentences.push(format!("{heading}{}.", listed(&tiles)));
        }
    }
    sentences.join(" ")
}

fn said(tile: &Tile) -> String {
    let name = tile.name.strip_prefix("… och ").unwrap_or(&tile.name);
    tile.note.as_ref().map_or(name.to_string(), |note| format!("{name} ({note})"))
}
