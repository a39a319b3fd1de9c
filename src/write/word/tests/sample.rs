//! A publication with every kind of block and inline, and with text that is hard on file formats.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::document::*;
use crate::model::Date;

/// Text that breaks writers which do not escape.
pub const HOSTILE: &str =
    "& < > \" ' | * _ [ ] \\ ]]> a\u{30a}lder \u{1F469}\u{200D}\u{1F4BB} \u{645}\u{631}\u{62D}\u{628}\u{627} \u{1}slut";

pub fn text(text: &str) -> Inline {
    Inline::Text(String::from(text))
}

pub fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

pub fn heading(level: u8, id: &str, number: Option<&str>, words: &str) -> Block {
    Block::Heading(Heading {
        level,
        id: String::from(id),
        number: number.map(String::from),
        appendix: level == 1 && number.is_some_and(|number| number.starts_with("Bilaga")),
        text: vec![text(words)],
    })
}

pub fn list(start: Option<u64>, items: Vec<Vec<Block>>) -> Block {
    Block::List(List { start, tight: start.is_none(), items })
}

pub fn to(id: &str, words: &str) -> Inline {
    Inline::Link(Box::new(Link { target: Target::Id(String::from(id)), text: vec![text(words)] }))
}

pub fn address(address: &str, words: &str) -> Inline {
    Inline::Link(Box::new(Link { target: Target::Address(String::from(address)), text: vec![text(words)] }))
}

pub fn bare_table(columns: usize) -> Table {
    let align = [Align::Left, Align::Center, Align::Right];
    Table {
        caption: None,
        columns: (0..columns).map(|index| align[index % 3]).collect(),
        header: (0..columns).map(|index| vec![text(&format!("Rubrik {index}"))]).collect(),
        rows: Vec::new(),
    }
}

/// A table whose first row has an anchor, an empty cell and a break.
pub fn table(number: u32, id: Option<&str>) -> Block {
    let mut table = bare_table(4);
    let anchor = Inline::Anchor(format!("rad-{number}"));
    let rows = vec![
        vec![anchor, text(HOSTILE)],
        vec![],
        vec![text("över"), Inline::Break, text("under")],
        vec![text("1\u{a0}234,50")],
    ];
    table.rows = vec![rows; 2];
    table.caption = id.map(|id| Caption { id: String::from(id), number, text: vec![text("Tabellens text")] });
    Block::Table(table)
}

fn figure(picture: &str, id: Option<&str>) -> Block {
    let caption = id.map(|id| Caption { id: String::from(id), number: 1, text: vec![text("Bildens text")] });
    let description = String::from("Vad bilden \"visar\" & mer");
    Block::Figure(Figure { picture: String::from(picture), description, caption })
}

fn note() -> Inline {
    Inline::Note(vec![
        Block::Paragraph(vec![
            text("Fotnot med "),
            address("https://exempel.se/not?a=1&b=2", "länken i noten"),
            text(" och "),
            to("inledning", "hänvisning"),
        ]),
        list(None, vec![vec![paragraph("punkt i not")]]),
        table(8, None),
    ])
}

fn inlines() -> Block {
    Block::Paragraph(vec![
        text(HOSTILE),
        Inline::Emphasis(vec![text("kursiv "), Inline::Strong(vec![text("fet kursiv")])]),
        Inline::Strikeout(vec![text("struken")]),
        Inline::Code(String::from("kod <b>&amp;</b>")),
        Inline::Anchor(String::from("ankare")),
        Inline::Anchor(String::from("ankare")),
        to("ankare", "till ankaret"),
        to("tabell-1", "till tabellen"),
        to("pris-orbit", "till prislistan"),
        to("orbit", "till tjänstens sida"),
        to("finns-inte", "till ingenting"),
        to("lovad", "till ett ställe som saknas"),
        Inline::Link(Box::new(Link {
            target: Target::Address(String::from("https://exempel.se/?a=1&b=\"2\"")),
            text: vec![Inline::Code(String::from("kod i länk")), to("ankare", "länk i länk")],
        })),
        address("javascript:alert(1)", "farlig adress"),
        note(),
        Inline::Break,
        text("efter bruten rad"),
    ])
}

fn deep_list(depth: usize) -> Block {
    let inner = if depth == 0 { paragraph("längst in") } else { deep_list(depth - 1) };
    list((depth % 2 == 1).then_some(3), vec![vec![paragraph(&format!("nivå {depth}")), inner]])
}

fn blocks() -> Vec<Block> {
    let long = "ett-mycket-langt-id-som-inte-far-plats-i-ett-bokmarke-i-word";
    vec![
        heading(1, "inledning", Some("1"), &format!("Inledning {HOSTILE}")),
        inlines(),
        heading(2, long, Some("1.1"), "Långt id"),
        Block::Paragraph(vec![to(long, "till långt id")]),
        heading(3, "Stora Bokstäver & annat", Some("1.1.1"), "Udda id"),
        heading(4, "fyra", None, "Nivå fyra"),
        heading(5, "fem", None, "Nivå fem"),
        heading(6, "sex", None, "Nivå sex"),
        list(
            None,
            vec![
                vec![paragraph("punkt"), paragraph("mer"), deep_list(10)],
                vec![],
                vec![Block::Code(String::from("kod i lista"))],
            ],
        ),
        list(Some(1), vec![vec![paragraph("ett")], vec![table(5, None), paragraph("efter tabell")]]),
        table(1, Some("tabell-1")),
        table(2, None),
        table(3, None),
        Block::Notice(
            Notice::Remark,
            vec![paragraph("observera"), list(None, vec![vec![paragraph("i rutan")]]), table(4, None)],
        ),
        Block::Notice(Notice::Tip, vec![heading(2, "i-ruta", None, "Rubrik i ruta"), paragraph("tips")]),
        Block::Notice(Notice::Important, vec![]),
        Block::Notice(
            Notice::Warning,
            vec![Block::Quote(vec![paragraph("citat i ruta")]), Block::Landscape(vec![paragraph("bredd i ruta")])],
        ),
        Block::Quote(vec![
            paragraph("citat"),
            Block::Quote(vec![paragraph("citat i citat")]),
            Block::Notice(Notice::Tip, vec![paragraph("ruta i citat")]),
        ]),
        Block::Code(String::from("nyckel:\n\tindragen: <värde> & mer\n\n  slut\n")),
        figure("schema.png", Some("figur-1")),
        figure("hog.jpg", None),
        figure("saknas.png", None),
        Block::Paragraph(vec![]),
        heading(1, "bred", Some("2"), "Breda tabeller"),
        heading(2, "bred-1", Some("2.1"), "Bred tabell"),
        Block::Landscape(vec![table(6, Some("tabell-6"))]),
        paragraph("mellan de breda"),
        Block::Landscape(vec![
            heading(2, "bred-2", Some("2.2"), "En till"),
            paragraph("i liggande"),
            Block::Landscape(vec![paragraph("liggande i liggande")]),
        ]),
        heading(1, "bilaga-a", Some("Bilaga A"), "Första bilagan"),
        heading(2, "bilaga-a-1", Some("A.1"), "Del av bilagan"),
        heading(1, "bilaga-b", Some("Bilaga B"), "Andra bilagan"),
        heading(1, "efterord", None, "Efterord"),
        table(7, None),
    ]
}

/// Words that have to be found again, one for each kind of block and inline.
pub fn words() -> Vec<String> {
    let words = [
        "kursiv ",
        "fet kursiv",
        "struken",
        "kod <b>&amp;</b>",
        "till ankaret",
        "till tabellen",
        "till prislistan",
        "till tjänstens sida",
        "till ingenting",
        "till ett ställe som saknas",
        "kod i länk",
        "länk i länk",
        "farlig adress",
        "Fotnot med ",
        "punkt i not",
        "efter bruten rad",
        "Nivå sex",
        "längst in",
        "nivå 10",
        "kod i lista",
        "efter tabell",
        "Rubrik 3",
        "över",
        "under",
        "1\u{a0}234,50",
        "Tabellens text",
        "observera",
        "i rutan",
        "Rubrik i ruta",
        "citat i ruta",
        "bredd i ruta",
        "citat i citat",
        "ruta i citat",
        "    indragen: <värde> & mer",
        "  slut",
        "Bildens text",
        "Vad bilden \"visar\" & mer",
        "mellan de breda",
        "liggande i liggande",
        "Del av bilagan",
        "Observera",
        "Tips",
        "Viktigt",
        "Varning",
        "Exempeluppgifter",
        "RS 2027-01",
        "Första versionen",
        "Sammanfattning & mer",
    ];
    words.map(String::from).into_iter().chain([super::read::shown(HOSTILE)]).collect()
}

/// The smallest picture there is: one grey point.
const POINT: [u8; 67] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

fn date(year: i16, month: i8, day: i8) -> Date {
    Date(jiff::civil::date(year, month, day))
}

fn metadata(title: &str) -> Metadata {
    Metadata {
        title: String::from(title),
        summary: Some(String::from("Sammanfattning & mer")),
        status: String::from("Utkast"),
        decided: false,
        version: String::from("1.0"),
        year: 2027,
        valid_from: Some(date(2027, 1, 1)),
        valid_to: Some(date(2027, 12, 31)),
        facts: vec![
            (String::from("Handlingstyp"), String::from("Riktlinje")),
            (String::from("Diarienummer"), String::from("RS 2027-01")),
        ],
        history: vec![Revision {
            version: String::from("1.0"),
            date: Some(date(2026, 11, 2)),
            issuer: String::from("Enheten"),
            reason: String::from("Första versionen"),
        }],
        example: true,
    }
}

fn targets(document: Option<&str>, documents: &[&str], page: Option<&str>) -> Targets {
    Targets {
        document: document.map(String::from),
        documents: documents.iter().map(|name| String::from(*name)).collect(),
        page: page.map(|path| (String::from(path), None)),
    }
}

/// The publication; its first document has everything in it.
pub fn publication() -> Publication {
    let blocks = blocks();
    let mut known = FxHashMap::default();
    let here =
        ["inledning", "ankare", "tabell-1", "lovad", "ett-mycket-langt-id-som-inte-far-plats-i-ett-bokmarke-i-word"];
    for id in here {
        known.insert(String::from(id), targets(Some("katalog"), &["katalog"], None));
    }
    known.insert(String::from("pris-orbit"), targets(Some("prislista"), &["prislista"], None));
    known.insert(String::from("orbit"), targets(None, &[], Some("tjanster/orbit.html")));
    let picture = |kind, width, height| Picture { kind, bytes: POINT.to_vec(), width, height };
    let document = |name: &str, stem: &str, title: &str, blocks| Document {
        name: String::from(name),
        stem: String::from(stem),
        metadata: metadata(title),
        contents: true,
        about: None,
        blocks,
    };
    Publication {
        publisher: Publisher {
            organisation: String::from("Region Exempel & Co"),
            unit: String::from("Förvaltning <IT>"),
            site: Some(String::from("https://exempel.se/katalog/")),
            contact: Some(String::from("katalog@exempel.se")),
            year: 2027,
        },
        documents: vec![
            document("katalog", "katalog-2027", "Tjänstekatalog & mer", blocks),
            document(
                "prislista",
                "bilagor/prislista-2027",
                "Prislista 2027",
                vec![heading(1, "pris-orbit", None, "Orbit")],
            ),
        ],
        pages: Vec::new(),
        targets: known,
        pictures: BTreeMap::from([
            (String::from("schema.png"), picture(PictureKind::Png, 2000, 400)),
            (String::from("hog.jpg"), picture(PictureKind::Jpeg, 10, 4000)),
        ]),
        ..Publication::default()
    }
}
