//! What is read lies in the content and the templates, and nothing else is reached for: no file, no network, no program.

use std::fs;
use std::path::Path;

use crate::door::{COMPLETE, Run, Workspace, katalog_with, repository};

/// What stands in the files that nobody has given.
const SECRET: &str = "hemlig-7f3a9c";

/// The small catalogue, with secrets beside the content.
fn tempted() -> Workspace {
    let secret = format!("namn: {SECRET}\n");
    let word = &COMPLETE["word/prislista-2027.docx"];
    Workspace::of("liten")
        .draft()
        .with("utanför/hemlig.docx", word)
        .with("hemlig.docx", word)
        .with("utanför/hemlig.yaml", &secret)
        .with("utanför/hemlig.md", format!("# {SECRET}\n\n{SECRET}\n"))
        .with("utanför/mapp/hemlig.yaml", &secret)
        .with("utanför/hemlig.png", PICTURE)
}

/// The smallest that is a picture.
const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82";

/// Refused with a place and a message, before anything is published.
fn refused(workspace: &Workspace, case: &str, place: &str, said: &str) {
    let run = workspace.run(&["build", "--paginate=estimate"]);
    let told = run.findings().iter().any(|finding| finding.starts_with(place) && finding.contains(said));
    assert!(run.code == 1 && told, "{case}: {}", run.stderr);
    assert!(!run.stderr.contains(SECRET), "{case}: {}", run.stderr);
    assert!(!workspace.path().join("output").exists(), "{case}");
}

#[test]
fn a_word_template_is_one_of_the_content() {
    let workspace = tempted().with("content/mallar/egen.docx", &COMPLETE["word/prislista-2027.docx"]).replacing(
        "content/katalog.yaml",
        "organisation:",
        "wordmall: §\norganisation:",
    );
    let whole = fs::read_to_string(workspace.path().join("content/katalog.yaml")).unwrap();
    let absolute = workspace.path().join("hemlig.docx").display().to_string();
    let address = format!("file://{absolute}");
    let paths = [
        "../hemlig.docx",
        "./../hemlig.docx",
        "mallar/../../hemlig.docx",
        "../utanför/hemlig.docx",
        "..",
        "../content/mallar/egen.docx",
        &absolute,
        &address,
        "/proc/self/environ",
        "/dev/zero",
        "//server/share/hemlig.docx",
        "\\\\\\\\server\\\\share\\\\hemlig.docx",
        "\\\\\\\\?\\\\C:\\\\hemlig.docx",
        "\\\\hemlig.docx",
        "..\\\\hemlig.docx",
        "mallar\\\\..\\\\..\\\\hemlig.docx",
        "C:\\\\hemlig.docx",
        "C:/hemlig.docx",
        "c:hemlig.docx",
        "%2e%2e/hemlig.docx",
        "%2E%2E%2Fhemlig.docx",
        "..%2fhemlig.docx",
        "..%5chemlig.docx",
        "%2fetc%2fpasswd",
        "~/hemlig.docx",
        "https://example.org/hemlig.docx",
    ];
    let mut workspace = workspace;
    for path in paths {
        workspace = workspace.with("content/katalog.yaml", whole.replacen('§', &format!("\"{path}\""), 1));
        refused(&workspace, path, "content/katalog.yaml:1:11: fel[K301]", "sökvägen leder ut ur innehållsmappen");
    }
    // What is no way out is no file either, or one.
    for path in
        ["mallar/....//egen.docx", "%252e%252e/hemlig.docx", "․․/hemlig.docx", "mallar/egen.docx/.", "$HOME/a.docx"]
    {
        workspace = workspace.with("content/katalog.yaml", whole.replacen('§', &format!("\"{path}\""), 1));
        refused(&workspace, path, "content/katalog.yaml:1:11: fel[K301]", "går inte att använda: ");
    }
    let workspace = workspace.with("content/katalog.yaml", whole.replacen('§', "mallar/egen.docx", 1));
    let run = workspace.run(&["build", "--format", "word", "--paginate=estimate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = "sökvägen leder ut ur mappen";
    let cases = [
        ("content/tjanster/x.yaml", "../../utanför/hemlig.yaml"),
        ("content/tjanster/x.yaml", "§/utanför/hemlig.yaml"),
        ("content/tjanster/x.yaml", "/proc/self/environ"),
        ("content/tjanster/x.yaml", "/dev/zero"),
        ("content/tjanster/x.yaml", "../länk/hemlig.yaml"),
        ("content/avdelningar", "../utanför/mapp"),
        ("content/avdelningar", "§/utanför/mapp"),
        ("content/undantag.yaml", "../utanför/hemlig.yaml"),
        ("content/texter/x.md", "../../utanför/hemlig.md"),
        ("content/bilder/x.png", "../../utanför/hemlig.png"),
        ("content/bilder", "../utanför"),
        ("content/utgavor/x.yaml", "../../utanför/hemlig.yaml"),
        ("content/utgavor", "../utanför/mapp"),
        ("templates/pages/x.md", "../../utanför/hemlig.md"),
        ("templates/html/egen.css", "../../utanför/hemlig.md"),
        ("templates/sections", "../utanför"),
    ];
    for (path, target) in cases {
        let workspace = tempted();
        let link = workspace.path().join(path);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        let _ = fs::remove_dir_all(&link);
        if target.starts_with("../länk") {
            symlink("../utanför", workspace.path().join("content/länk")).unwrap();
        }
        symlink(target.replace('§', workspace.path().to_str().unwrap()), &link).unwrap();
        refused(&workspace, &format!("{path} -> {target}"), path, outside);
    }
    // A link within the content is as good as the file.
    let workspace = Workspace::of("liten").draft();
    let product = workspace.path().join("content/produkter/orbit-drift.yaml");
    fs::rename(&product, workspace.path().join("content/produkter/.orbit")).unwrap();
    symlink("../produkter/.orbit", &product).unwrap();
    assert_eq!(workspace.run(&["check"]).code, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let workspace = Workspace::of("liten");
    let pipe = workspace.path().join("content/tjanster/x.yaml");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
    let run = workspace.run(&["check"]);
    assert!(run.code == 1 && run.stderr.contains("x.yaml:1:1: fel[K001]: filen går inte att läsa: det är ingen fil"));
}

/// Nor is what an option names: a pipe is not waited for, and a device not read.
#[cfg(target_os = "linux")]
#[test]
fn an_option_names_an_ordinary_file() {
    let workspace = Workspace::of("liten");
    rustix::fs::mkfifoat(rustix::fs::CWD, workspace.path().join("pipa"), rustix::fs::Mode::RUSR).unwrap();
    for name in ["pipa", "/dev/zero", "/dev/null"] {
        let cases = [
            &["build", "--reference", name][..],
            &["check", "--word", name],
            &["diff", "--cmdb", name],
            &["diff", "--cmdb", "x.csv", "--mapping", name],
            &["export", "cmdb", "--mapping", name],
        ];
        for arguments in cases {
            let run = workspace.run(arguments);
            let told = run.stderr.contains("det är ingen fil");
            assert!((1..=2).contains(&run.code) && told, "{arguments:?}: {}", run.stderr);
        }
    }
    let large = std::fs::File::create(workspace.path().join("stor.docx")).unwrap();
    large.set_len(1 << 40).unwrap();
    let run = workspace.run(&["check", "--word", "stor.docx"]);
    assert!(run.code == 2 && run.stderr.contains("stor.docx är större än 256 MB"), "{}", run.stderr);
}

#[test]
fn pictures_and_templates_are_named_and_not_looked_for() {
    for picture in
        ["../../utanför/hemlig.png", "/etc/passwd", "..%2f..%2futanför%2fhemlig.png", "C:\\hemlig.png", "file:///a"]
    {
        let text = format!("# Om\n\n![en bild]({picture} \"Bild\")\n");
        let workspace = tempted().with("content/texter/om-katalogen.md", text);
        refused(&workspace, picture, "content/texter/om-katalogen.md:3:", "fel[K0");
    }
    for tag in
        ["{% include \"../../utanför/hemlig.md\" %}", "{% include \"/etc/passwd\" %}", "{% extends \"../hemlig.md\" %}"]
    {
        let workspace = tempted().with("templates/pages/ny.md", format!("---\ntitle: Ny\n---\n{tag}\n"));
        refused(&workspace, tag, "templates", "fel[K013]");
    }
    for path in [
        "../../ut.html",
        "/tmp/ut.html",
        "..\\ut.html",
        "C:/ut.html",
        ".katalog.html",
        "a/con.html",
        "a b.html",
        "å.html",
    ] {
        let workspace = tempted().with("templates/pages/ny.md", format!("---\ntitle: Ny\npath: '{path}'\n---\n# Ny\n"));
        refused(&workspace, path, "templates/pages/ny.md:3:7: fel[K013]", "kan inte skrivas: ");
    }
    // A path that is made of a name goes where the name says.
    let workspace = tempted()
        .replacing("content/produkter/orbit-drift.yaml", "Orbit-drift", "../../../ut")
        .with("templates/pages/ny.md", "---\ntitle: Ny\nfor_each: products\npath: 'p/{name}.html'\n---\n# Ny\n");
    refused(&workspace, "a name", "templates/pages/ny.md:4:7: fel[K013]", "kan inte skrivas: ");
    let layout = "---\ntitle: Ny\nlayout: ../../utanför/hemlig.md\n---\n# Ny\n";
    let workspace = tempted().with("templates/pages/ny.md", layout);
    refused(&workspace, "a layout", "templates/pages/ny.md:3:9: fel[K013]", "det finns ingen layout som heter");
}

/// The modules that may start a program or open a socket, and how either would be named.
#[test]
fn one_module_starts_a_program_and_one_opens_a_socket() {
    let network = [
        "std::net",
        "net::",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "UnixStream",
        "UnixListener",
        "UnixDatagram",
        "socket(",
        "libc::",
        "asm!",
        "extern \"C\"",
    ];
    let process = ["Command::new", "process::Command", "process::{Child, Command", "CommandExt", "execve", "runtime::"];
    let (mut starters, mut listeners) = (Vec::new(), Vec::new());
    each_source(&repository().join("src"), &mut |path, text| {
        let path = path.strip_prefix(repository()).unwrap().to_path_buf();
        let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
        if network.iter().any(|name| text.contains(name)) {
            listeners.push(path.clone());
        }
        // The one `runtime` that starts no program.
        let own = text[..tests].replace("tokio::runtime::", "");
        if process.iter().any(|name| own.contains(name)) {
            starters.push(path);
        }
    });
    assert_eq!(starters, [Path::new("src/paginate/office.rs")]);
    assert_eq!(listeners, [Path::new("src/cli/serve/http.rs")]);
}

fn each_source(folder: &Path, see: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match entry.is_dir() {
            true => each_source(&entry, see),
            false if entry.extension().is_some_and(|ending| ending == "rs") => {
                see(&entry, &fs::read_to_string(&entry).unwrap());
            }
            false => {}
        }
    }
}

/// A LibreOffice that only tells that it has been started.
#[cfg(unix)]
#[test]
fn libreoffice_is_started_for_page_numbers_only() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::of("liten").with("bin/soffice", "#!/bin/sh\necho x >>\"$0.started\"\nexit 1\n");
    let program = workspace.path().join("bin/soffice");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = workspace.path().join("bin");
    let run = |arguments: &[&str]| -> (Run, bool) {
        let own = [("PATH", path.to_str().unwrap()), ("HOME", path.to_str().unwrap())];
        let run = katalog_with(workspace.path(), arguments, &own);
        (run, path.join("soffice.started").exists())
    };
    for arguments in [
        &["check"][..],
        &["build", "--paginate=estimate"],
        &["build", "--format", "html,markdown,excel,json"],
        &["freeze"],
        &["diff"],
        &["export", "cmdb"],
    ] {
        assert!(!run(arguments).1, "{arguments:?}");
    }
    let (told, started) = run(&["build", "--format", "word"]);
    assert!(started && told.stderr.contains("LibreOffice"), "{}", told.stderr);
}

/// As some program may start it, where there is such: nothing tells then how LibreOffice ended, but what it has written.
#[cfg(target_os = "linux")]
#[test]
fn libreoffice_has_ended_also_where_the_ends_of_programs_are_ignored() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::of("liten").with("bin/soffice", "#!/bin/sh\nexit 0\n");
    let program = workspace.path().join("bin/soffice");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut ignoring = std::process::Command::new("/usr/bin/env");
    ignoring.args(["--ignore-signal=CHLD", env!("CARGO_BIN_EXE_katalog"), "build", "--format", "word"]);
    ignoring.current_dir(workspace.path()).env("PATH", workspace.path().join("bin")).env("HOME", workspace.path());
    let output = ignoring.output().expect("a program that starts others");
    if output.status.code() == Some(125) {
        eprintln!("nothing ignores the ends of programs here");
        return;
    }
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && stderr.contains("det skrev ingen PDF-fil"), "{stderr}");
}

/// The same, as the system sees it, where there is someone to watch.
#[cfg(target_os = "linux")]
#[test]
fn the_system_sees_no_socket_and_no_other_program() {
    let strace = Path::new("/usr/bin/strace");
    let workspace = Workspace::of("liten");
    let log = workspace.path().join("log");
    let mut command = std::process::Command::new(strace);
    command.args(["-f", "-e", "trace=%network,%process", "-o"]).arg(&log);
    command.args([env!("CARGO_BIN_EXE_katalog"), "build", "--paginate=estimate"]).current_dir(workspace.path());
    let watched = command.output().is_ok_and(|output| output.status.success());
    if !watched {
        eprintln!("nobody to watch: strace is not here, or may not");
        return;
    }
    let log = fs::read_to_string(log).unwrap();
    let calls = |name: &str| log.lines().filter(|line| line.contains(&format!(" {name}("))).count();
    assert_eq!(calls("execve"), 1, "the program itself");
    for name in ["socket", "connect", "bind", "listen", "sendto", "sendmsg", "fork", "vfork", "execveat"] {
        assert_eq!(calls(name), 0, "{name}");
    }
    let children = log.lines().filter(|line| line.contains("clone") && !line.contains("resumed"));
    assert!(children.into_iter().all(|line| line.contains("CLONE_THREAD")), "only threads");
}
