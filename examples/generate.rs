//! A catalogue of any size, for measuring and for tests: `generate --services 10000 --seed 1 DIR`.
//!
//! What stands in `content/` is kept as it is, and more of each kind is made after its pattern: so texts are as long,
//! levels, calls and prices as many, and proofs as strong as those of a catalogue that people wrote. A *district* is a
//! copy of everything that services rest on, under names of its own, and has [`SERVICES_OF_A_DISTRICT`] services; one
//! call of five leads to another district. Equal arguments give equal bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use include_dir::{Dir, include_dir};

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// At 10 000 services there are some 560 supporting services, 660 products, 180 contracts and 1 200 persons.
const SERVICES_OF_A_DISTRICT: usize = 520;

/// An application has a service at so many places, and then another application does the same.
const SERVICES_OF_AN_APPLICATION: usize = 8;

/// Folders and files with what services rest on, which each district has its own of.
const FOLDERS: [&str; 3] = ["stodjande-tjanster", "produkter", "kontrakt"];
const LISTS: [&str; 3] = ["personer.yaml", "processer.yaml", "undantag.yaml"];

const SERVICES: &str = "tjanster";
const APPLICATIONS: &str = "applikationer.yaml";

/// Keys whose values are ids.
const REFERENCES: [&str; 18] = [
    "id",
    "applikation",
    "produkter",
    "processer",
    "kontrakt",
    "erbjudande",
    "ansvarig",
    "person",
    "innehåller",
    "stödjer",
    "gäller",
    "beslutat_av",
    "produktansvarig",
    "tjänsteansvarig",
    "tjänsteägare",
    "tjänsteområdesansvarig",
    "informationsägare",
    "funktionssamordnare",
];

/// Keys whose texts change places between the services, so that no two say the same throughout.
const TEXTS: [&str; 8] = [
    "målgrupp",
    "användarstöd",
    "användarutbildning",
    "beställning",
    "leveranstid",
    "kundens_ansvar",
    "ingår_ej",
    "säkerhet",
];

const FIRST: [&str; 18] = [
    "Al", "Bel", "Cor", "Dia", "El", "Fen", "Gal", "Hel", "Ing", "Kar", "Lun", "Mer", "Nor", "Oda", "Pro", "Sol",
    "Tor", "Vin",
];
const MIDDLE: [&str; 16] = ["a", "e", "i", "o", "ba", "da", "fi", "go", "la", "mi", "na", "pe", "ri", "sa", "ti", "vo"];
const LAST: [&str; 9] = ["ra", "nova", "lis", "don", "mex", "tus", "vy", "kon", "sta"];
const PLACES: [&str; SERVICES_OF_AN_APPLICATION] =
    ["Borås", "Skövde", "Alingsås", "Uddevalla", "Mölndal", "Lidköping", "Trollhättan", "Kungälv"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((services, seed, folder)) = read_arguments(&arguments) else {
        eprintln!(
            "usage: generate [--services N] [--seed N] DIR, where DIR is a new folder and N at least {}",
            smallest()
        );
        return ExitCode::from(2);
    };
    match write(&catalogue(services, seed), Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}

fn read_arguments(arguments: &[String]) -> Option<(usize, u64, String)> {
    let (mut services, mut seed, mut folder) = (1_000, 1, None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--services" => services = rest.next()?.parse().ok().filter(|services| *services >= smallest())?,
            "--seed" => seed = rest.next()?.parse().ok()?,
            _ if argument.starts_with('-') || folder.is_some() => return None,
            _ => folder = Some(argument.clone()),
        }
    }
    Some((services, seed, folder?))
}

/// Writes the files to a folder that is not there yet.
pub fn write(files: &BTreeMap<String, Vec<u8>>, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir(folder)?;
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

/// So many services as `content/` has.
pub fn smallest() -> usize {
    models(SERVICES).len()
}

/// The files of a catalogue of so many services, by path.
pub fn catalogue(services: usize, seed: u64) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    // What earlier editions said is not of this one's size.
    each_file(&CONTENT, &mut |path, bytes| {
        if !path.starts_with("utgavor/") {
            files.insert(path.to_string(), bytes.to_vec());
        }
    });
    let models = models(SERVICES);
    let world = World {
        districts: services.div_ceil(SERVICES_OF_A_DISTRICT),
        services,
        models: &models,
        shared: ids_of(&FOLDERS, &LISTS),
        applications: list_ids(&[APPLICATIONS]),
    };
    for district in 1..world.districts {
        world.add_district(district, &mut files);
    }
    let mut chance = Chance(seed);
    for at in models.len()..services {
        world.add_service(at, &mut chance, &mut files);
    }
    files
}

/// A model service, by its id.
type Model = (String, String);

struct World<'a> {
    districts: usize,
    services: usize,
    models: &'a [Model],
    /// Ids of what each district has its own of.
    shared: BTreeSet<String>,
    applications: BTreeSet<String>,
}

/// Where a service is made.
#[derive(Clone, Copy)]
struct Spot {
    district: usize,
    round: usize,
}

impl Spot {
    /// Whether the first services of all: they are the models, and others that their applications do.
    fn has_models_application(self) -> bool {
        self.district == 0 && self.round < SERVICES_OF_AN_APPLICATION
    }
}

impl World<'_> {
    /// What the services of a district rest on.
    fn add_district(&self, district: usize, files: &mut BTreeMap<String, Vec<u8>>) {
        let spot = Spot { district, round: 0 };
        for folder in FOLDERS {
            for (id, text) in models(folder) {
                files.insert(
                    format!("{folder}/{}.yaml", self.renamed(&id, spot)),
                    self.entity(&text, spot).into_bytes(),
                );
            }
        }
        for list in LISTS {
            let text = self.entity(&text_of(list), spot);
            files.entry(list.to_string()).or_default().extend_from_slice(text.as_bytes());
        }
    }

    /// An entity in another district: other ids, articles of its own, a number after its name.
    fn entity(&self, text: &str, spot: Spot) -> String {
        let line = |line: &str| {
            let line = numbered_name(line, spot.district + 1);
            articles(&self.references(&line, spot), &shared_article(spot))
        };
        lines(text, line)
    }

    /// A service after the model whose turn it is.
    fn add_service(&self, at: usize, chance: &mut Chance, files: &mut BTreeMap<String, Vec<u8>>) {
        let spot =
            Spot { district: at / SERVICES_OF_A_DISTRICT, round: at % SERVICES_OF_A_DISTRICT / self.models.len() };
        let (id, model) = &self.models[at % self.models.len()];
        let made = self.renamed(id, spot);
        let old_name = value_of(model, "namn").unwrap_or_default().to_string();
        let (old_word, task) = old_name.split_once(' ').unwrap_or((&old_name, "Stöd"));
        let word = if spot.has_models_application() { old_word.to_string() } else { self.word(at) };
        if spot.round.is_multiple_of(SERVICES_OF_AN_APPLICATION) {
            self.add_application(at, &word, spot, files);
        }
        let place = PLACES[spot.round % PLACES.len()];
        let new_name = format!("{word} {} {place}", capitalized(task));
        let swapped = swap_texts(model, self.models, chance);
        let text = lines(&swapped, |line| {
            let is_call = line.trim_start().starts_with("- {erbjudande:");
            let far = is_call && chance.below(5) == 0;
            let district = if far { chance.below(self.districts) } else { spot.district };
            let of = Spot { district, ..spot };
            let line = self.references(line, of);
            let line = articles(&line, &if is_call { shared_article(of) } else { own_article(spot) });
            let line = line.replace(&old_name, &new_name).replace(old_word, &word);
            varied(&line, chance)
        });
        files.insert(format!("{SERVICES}/{made}.yaml"), text.into_bytes());
    }

    fn add_application(&self, at: usize, word: &str, spot: Spot, files: &mut BTreeMap<String, Vec<u8>>) {
        let (_, model) = &self.models[at % self.models.len()];
        let Some(id) = value_of(model, "applikation") else { return };
        let id = self.renamed(id, spot);
        let summary = value_of(model, "sammanfattning").unwrap_or_default();
        let line = format!("- {{id: {id}, namn: {word}, beskrivning: \"{summary}\", exempel: true}}\n");
        files.entry(APPLICATIONS.to_string()).or_default().extend_from_slice(line.as_bytes());
    }

    /// A word that no other application is called.
    fn word(&self, at: usize) -> String {
        let round = at / self.models.len() / SERVICES_OF_AN_APPLICATION;
        let mut rest = round * self.models.len() + at % self.models.len();
        let mut next = |list: &[&'static str]| {
            let word = list[rest % list.len()];
            rest /= list.len();
            word
        };
        let (first, middle, last) = (next(&FIRST), next(&MIDDLE), next(&LAST));
        let more = if rest == 0 { String::new() } else { format!("{}{}", MIDDLE[rest % 16], "ka".repeat(rest / 16)) };
        format!("{first}{middle}{more}{last}")
    }

    /// The same line, with the ids that the spot has in place of those of the models.
    fn references(&self, line: &str, spot: Spot) -> String {
        let in_texts = replace_between(line, "[[", "]]", |inside| {
            let (id, rest) = inside.split_at(inside.find('|').unwrap_or(inside.len()));
            format!("{}{rest}", self.renamed(id, spot))
        });
        REFERENCES.iter().fold(in_texts, |line, key| self.keyed(&line, key, spot))
    }

    /// The same line, with the ids after one key exchanged.
    fn keyed(&self, line: &str, key: &str, spot: Spot) -> String {
        let pattern = format!("{key}: ");
        let mut starts = line.match_indices(&pattern).map(|(at, _)| at);
        let before = |at: usize| line[..at].chars().next_back();
        let own = starts.find(|at| before(*at).is_none_or(|c| c == ' ' || c == '{'));
        let Some(start) = own.map(|at| at + pattern.len()) else { return line.to_string() };
        let rest = &line[start..];
        let end = if rest.starts_with('[') { rest.find(']') } else { rest.find([',', '}']) }.unwrap_or(rest.len());
        let (value, after) = rest.split_at(end);
        let ids = value.trim_start_matches('[').split(", ").map(|id| self.renamed(id, spot)).collect::<Vec<_>>();
        let open = if value.starts_with('[') { "[" } else { "" };
        format!("{}{open}{}{after}", &line[..start], ids.join(", "))
    }

    /// The id that a model's id is at a spot, as far as it has its own; an offering follows its service.
    fn renamed(&self, id: &str, spot: Spot) -> String {
        let (whole, offering) = id.split_at(id.find('.').unwrap_or(id.len()));
        let Spot { district, round } = spot;
        let is_model = district == 0 && round == 0;
        let model = self.models.iter().position(|(known, _)| known == whole);
        let at = model.map(|model| district * SERVICES_OF_A_DISTRICT + round * self.models.len() + model);
        let is_made = at.is_some_and(|at| at < self.services);
        match () {
            () if is_made && !is_model => format!("{whole}-{district}-{round}{offering}"),
            () if self.applications.contains(whole) && !spot.has_models_application() => {
                format!("{whole}-{district}-{}{offering}", round / SERVICES_OF_AN_APPLICATION)
            }
            () if self.shared.contains(whole) && district > 0 => format!("{whole}-{district}{offering}"),
            () => id.to_string(),
        }
    }
}

/// Exchanges the texts of some keys for those of other models.
fn swap_texts(model: &str, models: &[Model], chance: &mut Chance) -> String {
    lines(model, |line| {
        let key =
            TEXTS.iter().find(|key| line.trim_start().strip_prefix(**key).is_some_and(|rest| rest.starts_with(": ")));
        let other = &models[chance.below(models.len())].1;
        let other = key.and_then(|key| value_of(other, key)).filter(|text| !text.starts_with('|'));
        match (key, other) {
            (Some(key), Some(text)) if !line.ends_with('|') => {
                format!("{}{text}", &line[..line.find(key).unwrap_or_default() + key.len() + 2])
            }
            _ => line.to_string(),
        }
    })
}

/// Figures that differ from service to service: the prices, the costs and the capacity.
fn varied(line: &str, chance: &mut Chance) -> String {
    let trimmed = line.trim_start();
    let share = 80 + chance.below(60) as u64;
    for key in ["belopp: ", "kapacitet: ", "pris: "] {
        let start =
            if key == "pris: " { line.find(key) } else { trimmed.starts_with(key).then(|| line.len() - trimmed.len()) };
        let Some(start) = start.map(|start| start + key.len()) else { continue };
        let (before, rest) = line.split_at(start);
        let digits = |c: char| c.is_ascii_digit() || c == ' ';
        let quoted = rest.strip_prefix('"').unwrap_or(rest);
        let length = quoted.find(|c| !digits(c)).unwrap_or(quoted.len());
        let figure = quoted[..length].trim_end();
        let Ok(number) = figure.replace(' ', "").parse::<u64>() else { continue };
        let made = (number * share / 100).max(1).to_string();
        let quote = if rest.starts_with('"') { "\"" } else { "" };
        return format!("{before}{quote}{made}{}", &quoted[figure.len()..]);
    }
    line.to_string()
}

/// What follows the number of an article that a district's services call.
fn shared_article(spot: Spot) -> String {
    if spot.district == 0 { String::new() } else { format!("-{}", spot.district) }
}

/// What follows the number of a service's own article.
fn own_article(spot: Spot) -> String {
    format!("-{}-{}", spot.district, spot.round)
}

fn articles(line: &str, end: &str) -> String {
    replace_between(line, "artikel: \"", "\"", |article| format!("{article}{end}"))
}

/// Names in other districts are told apart by a number.
fn numbered_name(line: &str, number: usize) -> String {
    let is_entity = line.starts_with("namn: ") || line.starts_with("bestämd_form: ") || line.starts_with("- {id: ");
    let start = line.find("namn: ").filter(|_| is_entity).map(|at| at + "namn: ".len());
    let Some(start) = start.or_else(|| line.starts_with("bestämd_form: ").then_some("bestämd_form: ".len())) else {
        return line.to_string();
    };
    let end = line[start..].find(',').filter(|_| line.starts_with('-')).map_or(line.len(), |at| start + at);
    format!("{} {number}{}", &line[..end], &line[end..])
}

/// Puts what `change` makes of them in the place of all that stands between `open` and `close`.
fn replace_between(line: &str, open: &str, close: &str, change: impl Fn(&str) -> String) -> String {
    let mut pieces = line.split(open);
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (inside, rest) = piece.split_at(piece.find(close).unwrap_or(piece.len()));
        out.push_str(open);
        out.push_str(&change(inside));
        out.push_str(rest);
    }
    out
}

fn lines(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        out.push_str(&change(line));
        out.push('\n');
    }
    out
}

/// What a file says after a key, on that line.
fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.trim_start().strip_prefix(key)?.strip_prefix(": "))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The files of a folder of `content/`, by id, in order.
fn models(folder: &str) -> Vec<Model> {
    let mut files = BTreeMap::new();
    each_file(&CONTENT, &mut |path, bytes| {
        let id = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".yaml"));
        if let Some(id) = id {
            files.insert(id.to_string(), String::from_utf8_lossy(bytes).into_owned());
        }
    });
    files.into_iter().collect()
}

fn each_file(folder: &Dir<'_>, take: &mut dyn FnMut(&str, &[u8])) {
    for file in folder.files() {
        take(&file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    folder.dirs().for_each(|folder| each_file(folder, take));
}

fn text_of(path: &str) -> String {
    CONTENT.get_file(path).map(|file| String::from_utf8_lossy(file.contents()).into_owned()).unwrap_or_default()
}

fn ids_of(folders: &[&str], lists: &[&str]) -> BTreeSet<String> {
    let in_folders = folders.iter().flat_map(|folder| models(folder)).map(|(id, _)| id);
    in_folders.chain(list_ids(lists)).collect()
}

fn list_ids(lists: &[&str]) -> BTreeSet<String> {
    let texts = lists.iter().map(|list| text_of(list));
    let ids = |text: String| -> Vec<String> {
        let lines =
            text.lines().filter_map(|line| line.strip_prefix("- {id: ").or_else(|| line.strip_prefix("- id: ")));
        lines.map(|rest| rest.split(',').next().unwrap_or_default().to_string()).collect()
    };
    texts.flat_map(ids).collect()
}

/// Numbers that look like chance, and are the same in every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }
}
