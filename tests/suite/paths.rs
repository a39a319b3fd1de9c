//! Names and ids that some disk, share or reader cannot tell apart or cannot have are told before they are published.

use crate::door::{OWN, Workspace, every_publication};

const LONGEST: usize = 120;

#[test]
fn every_path_that_is_published_fits_everywhere() {
    for (name, files) in every_publication() {
        for path in files.keys().filter(|path| *path != ".katalog") {
            assert!(path.len() <= LONGEST, "{name}: {path}");
            let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"/.-_".contains(&b);
            assert!(path.bytes().all(is_plain), "{name}: {path}");
        }
        let mut folded: Vec<String> = files.keys().map(|path| path.to_lowercase()).collect();
        folded.sort();
        folded.dedup();
        assert_eq!(folded.len(), files.len(), "{name}: two that differ in case only");
    }
}

/// Whatever is published for an entity fits with the longest id, wherever in the catalogue it is.
#[test]
fn the_longest_id_makes_no_path_too_long() {
    let longest = "a".repeat(64);
    for path in OWN.keys() {
        let file = path.rsplit('/').next().unwrap();
        let stem = file.split('.').next().unwrap();
        // A drawing's name begins with what it shows.
        let length = path.len() - stem.len() + "kedja-".len() + 64;
        assert!(length <= LONGEST, "{path}");
    }
    let service = "namn: Orbit Planering\nsammanfattning: En mening.\n";
    let workspace = Workspace::of("liten")
        .draft()
        .with(&format!("content/tjanster/{longest}.yaml"), service.replace("Planering", "Lång"))
        .with(&format!("content/produkter/b{}.yaml", &longest[1..]), "namn: Lång\n")
        .with("content/texter/om-katalogen.md", format!("# Om\n\n![](figur:kedja/{longest} \"Kedja\")\n"));
    let files = workspace.published();
    for path in [format!("html/tjanster/{longest}.html"), format!("html/produkter/b{}.html", &longest[1..])] {
        assert!(files.contains_key(&path), "{path}");
    }
    let too_long = format!("content/tjanster/{longest}a.yaml");
    let run = workspace.with(&too_long, service).run(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("högst 64 tecken"), "{}", run.stderr);
}

#[test]
fn names_that_cannot_be_told_apart_are_findings() {
    let product = "content/produkter/orbit-drift.yaml";
    let picture: &[u8] =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82";
    let cases: [(&str, Workspace, &str); 19] = [
        ("a device", Workspace::of("liten").with("content/produkter/con.yaml", "namn: A\n"), "K008"),
        ("a device with a number", Workspace::of("liten").with("content/produkter/lpt1.yaml", "namn: A\n"), "K008"),
        ("upper case", Workspace::of("liten").with("content/produkter/Orbit-Drift.yaml", "namn: A\n"), "K008"),
        ("another ending", Workspace::of("liten").with("content/produkter/orbit-drift.yml", "namn: A\n"), "K009"),
        ("a chapter in upper case", Workspace::of("liten").with("content/texter/Sla.md", "# A\n"), "K008"),
        ("Cyrillic in an id", Workspace::of("liten").with("content/produkter/оrbit.yaml", "namn: A\n"), "K008"),
        ("composed in an id", Workspace::of("liten").with("content/produkter/å.yaml", "namn: A\n"), "K008"),
        ("decomposed in an id", Workspace::of("liten").with("content/produkter/a\u{30A}.yaml", "namn: A\n"), "K008"),
        ("full width", Workspace::of("liten").with("content/produkter/ａ.yaml", "namn: A\n"), "K008"),
        ("no letters", Workspace::of("liten").with("content/produkter/-.yaml", "namn: A\n"), "K008"),
        (
            "a long id",
            Workspace::of("liten").with(&format!("content/produkter/{}.yaml", "a".repeat(240)), "namn: A\n"),
            "K008",
        ),
        (
            "pictures",
            Workspace::of("liten").with("content/bilder/a.png", picture).with("content/bilder/A.png", picture),
            "K012",
        ),
        ("a picture's device", Workspace::of("liten").with("content/bilder/NUL.png", picture), "K001"),
        (
            "a picture's length",
            Workspace::of("liten").with(&format!("content/bilder/{}.png", "a".repeat(150)), picture),
            "K001",
        ),
        ("Cyrillic in a name", Workspace::of("liten").replacing(product, "Orbit-drift", "Оrbit-drift"), "K199"),
        ("full width in a name", Workspace::of("liten").replacing(product, "Orbit-drift", "Ｏrbit-drift"), "K199"),
        ("a ligature in a name", Workspace::of("liten").replacing(product, "Orbit-drift", "Orbit-traﬁk"), "K199"),
        ("a long name", Workspace::of("liten").replacing(product, "Orbit-drift", &"lång ".repeat(60)), "K148"),
        (
            "decomposed names",
            Workspace::of("liten")
                .replacing(product, "Orbit-drift", "Ångdrift")
                .with("content/produkter/annan.yaml", "namn: A\u{30A}NGDRIFT\n"),
            "K138",
        ),
    ];
    for (case, workspace, code) in cases {
        let run = workspace.run(&["check", "--strict"]);
        assert!(run.code == 1 && run.stderr.contains(&format!("[{code}]")), "{case}: {}", run.stderr);
    }
}

#[test]
fn suffixes_that_cannot_be_told_apart_are_findings() {
    let service = "content/tjanster/orbit-planering.yaml";
    for other in ["vgr", "Vgr", "VGR", "VԌR", "Ⅴgr", "ＶＧＲ", "VGR\u{200B}", "a/b", "..", "con", &"a".repeat(300)]
    {
        let workspace = Workspace::of("liten").replacing(
            service,
            "erbjudanden:\n",
            &format!(
                "erbjudanden:\n  - {{suffix: VGR, miljö: produktion}}\n  - {{suffix: \"{other}\", miljö: test}}\n"
            ),
        );
        let run = workspace.run(&["check"]);
        let told = run.codes().iter().any(|code| ["K009", "K008", "K003"].contains(code));
        assert!(run.code == 1 && told, "{other}: {}", run.stderr);
    }
}

#[test]
fn templates_whose_files_some_disk_takes_for_one_are_findings() {
    let template = "---\ntitle: Ny\n---\n# Ny\n";
    let cases = [
        ("documents/Prislista.md", "två mallar skriver filen word/prislista-2027.docx"),
        ("documents/con.md", "kan inte skrivas"),
        ("documents/å.md", "kan inte skrivas"),
        ("documents/en mall.md", "filen word/en mall-2027.docx kan inte skrivas"),
        ("pages/Prislista.md", "två mallar skriver sidan"),
        ("html/Katalog.css", "skiljer sig bara i stora och små bokstäver från ”katalog.css”"),
        ("html/nul.css", "kan inte stå bland webbplatsens filer"),
        ("html/a b.css", "kan inte stå bland webbplatsens filer"),
    ];
    for (path, said) in cases {
        let workspace = Workspace::of("liten").with(&format!("templates/{path}"), template);
        let run = workspace.run(&["build"]);
        assert!(run.code == 1 && run.stderr.contains(said), "{path}: {}", run.stderr);
        // The file is there to be mended, and check says what a build does.
        let is_there = |line: &str| line.split(':').next().is_some_and(|file| workspace.path().join(file).is_file());
        assert!(
            run.findings().iter().filter(|line| line.contains("fel[")).all(|line| is_there(line)),
            "{}",
            run.stderr
        );
        assert_eq!(workspace.run(&["check"]).findings(), run.findings(), "{path}");
        assert_eq!(run.findings().iter().filter(|line| line.contains("fel[")).count(), 1, "{path}: {}", run.stderr);
    }
    let long = format!("templates/pages/{}.md", "a".repeat(130));
    let run = Workspace::of("liten").with(&long, template).run(&["build"]);
    assert!(run.code == 1 && run.stderr.contains("längre än 120 tecken"), "{}", run.stderr);
}

/// A page takes no place of what the site writes beside the pages, and no folder of other pages.
#[test]
fn templates_whose_pages_are_in_the_way_of_others_are_findings() {
    let cases = [
        ("sok", "är ingen sida"),
        ("Sok/text-0.js", "är ingen sida"),
        ("resurser", "är ingen sida"),
        ("bilder", "är ingen sida"),
        ("andringar.xml", "är ingen sida"),
        ("sitemap.xml", "är ingen sida"),
        ("index.html/ny.html", "filen index.html kan inte skrivas: den är en mapp för templates/pages/ny.md"),
        ("Dokument", "är ingen sida"),
        ("Sok/text-0.html", "webbplatsen har egna filer där"),
        ("Tjanster/ny.html", "skiljer sig bara i stora och små bokstäver"),
    ];
    for (path, said) in cases {
        let template = format!("---\ntitle: Ny\npath: {path}\n---\n# Ny\n");
        let run = Workspace::of("liten").with("templates/pages/ny.md", template).run(&["build"]);
        assert!(run.code == 1 && run.stderr.contains(said), "{path}: {}", run.stderr);
    }
    for path in ["sok-mer.html", "bilder/ny.html", "nytt/index.html"] {
        let template = format!("---\ntitle: Ny\npath: {path}\n---\n# Ny\n");
        let run = Workspace::of("liten").with("templates/pages/ny.md", template).run(&["build"]);
        assert_eq!(run.code, 0, "{path}: {}", run.stderr);
    }
}

#[test]
fn a_picture_is_what_its_name_says() {
    let png = |width: u8| {
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0".as_slice(),
            &[width],
            b"\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82",
        ]
        .concat()
    };
    let script = [png(1), b"<script>alert(1)</script>".to_vec()].concat();
    let names = ["a.html", "index.html", "a.js", "a.svg", "a", "a.png.htm", "a.jpg", "a.JPEG"];
    let pictures = names.map(|name| (name, script.clone()));
    let sizes = [("a.png", png(0)), ("b.png", [png(1)[..16].to_vec(), vec![0xff; 8], vec![8, 2, 0, 0, 0]].concat())];
    for (name, bytes) in pictures.into_iter().chain(sizes) {
        let chapter = format!("# Om\n\n![En bild]({name} \"Bild\")\n");
        let workspace = Workspace::of("liten").with("content/texter/om-katalogen.md", chapter);
        let run = workspace.with(&format!("content/bilder/{name}"), bytes).run(&["check"]);
        assert!(run.code == 1 && run.stderr.contains("fel[K001]"), "{name}: {}", run.stderr);
    }
    // What is still being copied, and what takes gigabytes to be shown.
    let large = [&png(1)[..16], &20_000_u32.to_be_bytes(), &20_000_u32.to_be_bytes(), &png(1)[24..]].concat();
    let jpeg = b"\xff\xd8\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0?\0\x01\xff\xd9";
    // As the camera held it, which is not how it is seen.
    let told = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let turned = [&jpeg[..2], told, &jpeg[2..]].concat();
    for (name, bytes, said) in [
        ("sned.jpg", &turned[..], "vrid det rätt och spara det på nytt"),
        ("halv.png", &png(1)[..33], "bilden är avbruten: dess slut saknas"),
        ("halv.jpg", &jpeg[..jpeg.len() - 2], "bilden är avbruten: dess slut saknas"),
        ("stor.png", &large, "bilden är 20000 × 20000 bildpunkter, och får vara högst 100 miljoner"),
    ] {
        let run = Workspace::of("liten").with(&format!("content/bilder/{name}"), bytes).run(&["check"]);
        assert!(run.code == 1 && run.stderr.contains(said), "{name}: {}", run.stderr);
    }
    assert_eq!(Workspace::of("liten").with("content/bilder/hel.jpg", jpeg).run(&["check"]).code, 0);
    let workspace = Workspace::of("liten").with("content/bilder/a.PNG", png(1));
    assert_eq!(workspace.run(&["check"]).code, 0);
    let sparse = std::fs::File::create(workspace.path().join("content/bilder/stor.png")).expect("a file");
    sparse.set_len(1 << 40).expect("a sparse file");
    let run = workspace.run(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("bilden är större än 20 MB"), "{}", run.stderr);
}

#[test]
fn nothing_of_the_content_is_passed_over() {
    let cases = [
        ("content/processer.yml", "- {id: annan, namn: Annan}\n", "bredvid ligger processer.yaml"),
        ("content/katalog.yml", "utgåva: {år: 2030}\n", "bredvid ligger katalog.yaml"),
        ("content/katalog/x.yaml", "namn: A\n", "”katalog” ska vara en fil"),
        ("content/texter.yaml", "namn: A\n", "”texter” ska vara en mapp"),
        ("content/utgavor.yml", "namn: A\n", "”utgavor” ska vara en mapp"),
        ("content/processer.yaml/x.yaml", "namn: A\n", "kalla mappen ”processer”, eller gör en fil av den"),
        ("content/tjanster/x.yaml/y.yaml", "namn: A\n", "”x.yaml” är en mapp, men här får bara YAML-filer ligga"),
        ("content/texter/x.md/y.md", "# A\n", "flytta filerna i mappen hit, och ta bort den"),
        ("content/utgavor/x.txt", "A", "ge filen ändelsen .yaml om den hör hit, eller flytta den ut ur mappen"),
        ("content/bilder/sub/a.png", "A", "”sub” är en mapp, men här får bara bilder ligga (.png, .jpg eller .jpeg)"),
        ("content/bilder", "A", "”bilder” ska vara en mapp, men är ingen"),
        ("content/katalog", "namn: A\n", "kalla filen katalog.yaml"),
        ("content/moln.yaml", "egenskapr: []\n", "menade du ”egenskaper”?"),
        ("content/moln/skrap.yaml", "namn: A\n", "”skrap.yaml” hör inte till"),
        ("templates/page/ny.md", "# Ny\n", "menade du ”pages”?"),
        ("templates/ny.md", "# Ny\n", "mappar som finns: documents, sections, pages, html"),
        ("templates/sections", "# Ny\n", "”sections” ska vara en mapp, men är ingen"),
    ];
    for (path, text, said) in cases {
        let workspace = Workspace::of("liten");
        if path.starts_with("content/processer.yaml/") {
            std::fs::remove_file(workspace.path().join("content/processer.yaml")).unwrap();
        }
        let run = workspace.with(path, text).run(&["build"]);
        assert!(run.code == 1 && run.stderr.contains(said), "{path}: {}", run.stderr);
    }
    let run = Workspace::of("liten").with("mallar", "").run(&["build", "--templates", "mallar"]);
    assert!(run.code == 1 && run.stderr.contains("mallarna är ingen mapp"), "{}", run.stderr);
    let run = Workspace::of("liten").with("templates/region.dotx", "").with("templates/README.md", "").run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}
