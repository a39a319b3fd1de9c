//! The preview: what a browser is answered, what it is told when files change, and who else is refused.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::door::{Workspace, command, copy, files, suite};

/// How long anything may take on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(30);

const SERVICE: &str = "content/tjanster/orbit-planering.yaml";
const PAGE: &str = "/html/tjanster/orbit-planering.html";
const FINDINGS: &str = "/_visning/fynd";

/// The program while it serves a workspace; it ends with the test, however that ends.
struct Served {
    child: Child,
    port: u16,
    told: Receiver<String>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is answered; names of headers in small letters.
struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Served {
    fn of(workspace: &Workspace) -> Served {
        Served::with(workspace, &["--port", "0"])
    }

    fn with(workspace: &Workspace, arguments: &[&str]) -> Served {
        let mut command = command(workspace.path(), &[&["serve"], arguments].concat());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, told) = channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let mut served = Served { child, port: 0, told };
        let address = served.says("Förhandsvisning: ");
        served.port = port_in(&address);
        assert_eq!(address, format!("Förhandsvisning: http://127.0.0.1:{}/ (avsluta med Ctrl+C)", served.port));
        served
    }

    /// The next line that has some words.
    fn says(&self, words: &str) -> String {
        let lines = || self.told.recv_timeout(PATIENCE).ok();
        std::iter::from_fn(lines).find(|line| line.contains(words)).unwrap_or_else(|| panic!("”{words}” is not said"))
    }

    fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// What is answered to a request with some more lines in its head.
    fn ask(&self, request: &str, head: &[&str]) -> Answer {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        let host = if head.iter().any(|line| line.starts_with("Host:")) { None } else { Some(host.as_str()) };
        let lines = [&[request], host.as_slice(), head, &["Connection: close"]].concat();
        let mut bytes = Vec::new();
        self.send(&(lines.join("\r\n") + "\r\n\r\n")).read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let fields = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            headers: fields.map(|(name, value)| (name.to_lowercase(), value.to_string())).collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1"), &[])
    }

    fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    fn findings(&self) -> Value {
        serde_json::from_slice(&self.get(FINDINGS).body).unwrap()
    }

    fn events(&self) -> Events {
        let request = format!("GET /_visning/handelser HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        Events { lines: BufReader::new(self.send(&request)) }
    }
}

fn port_in(address: &str) -> u16 {
    let port = address.split(':').nth(3).and_then(|rest| rest.split('/').next());
    port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no port in {address}"))
}

/// The states that a page is told of.
struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next state, or none when it is quiet for as long as the stream is read.
    fn next(&mut self) -> Option<Value> {
        let latest = Instant::now() + PATIENCE;
        loop {
            let mut line = String::new();
            // Who is told nothing is told that, for ever.
            if self.lines.read_line(&mut line).ok()? == 0 || Instant::now() > latest {
                return None;
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return Some(serde_json::from_str(data).unwrap());
            }
        }
    }

    /// Waits for a state.
    fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        let latest = Instant::now() + PATIENCE;
        let mut last = None;
        while Instant::now() < latest {
            match self.next() {
                Some(state) if holds(&state) => return state,
                Some(state) => last = Some(state),
                None => break,
            }
        }
        panic!("the state does not come; the last one is {last:?}");
    }

    fn until_current(&mut self) -> Value {
        self.until(|state| state["current"] == true)
    }
}

/// Waits for what no state tells of.
fn eventually(holds: impl Fn() -> bool) {
    let latest = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < latest, "it does not come");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Waits for a page to have some words, state by state.
fn follow(served: &Served, events: &mut Events, path: &str, words: &str) {
    while !served.page(path).contains(words) {
        events.until_current();
    }
}

#[test]
fn a_page_is_answered_as_it_is_published_with_a_script() {
    let workspace = Workspace::of("liten");
    let published = workspace.published();
    let served = Served::of(&workspace);
    served.events().until_current();
    let start = served.get("/");
    assert_eq!((start.status, start.headers["location"].as_str()), (307, "/html/index.html"));

    let answer = served.get(PAGE);
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.headers["cache-control"], "no-cache");
    let tag = &answer.headers["etag"];
    let script = format!("<script src=\"/_visning/visning.js\" data-etag='{tag}' defer></script>\n");
    let page = answer.text();
    assert!(page.contains(&format!("{script}</body>")), "{page}");
    assert_eq!(page.replace(&script, "").as_bytes(), published[&PAGE[1..]]);

    let again = served.ask(&format!("GET {PAGE} HTTP/1.1"), &[&format!("If-None-Match: \"x\", {tag}")]);
    assert_eq!((again.status, again.body.len(), &again.headers["etag"]), (304, 0, tag));
    let head = served.ask(&format!("HEAD {PAGE} HTTP/1.1"), &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.headers["content-length"], page.len().to_string());
    assert_eq!(served.page("/html/"), served.page("/html/index.html"));
}

#[test]
fn every_file_is_answered_with_its_type() {
    let skiss = fs::read(suite().join("fixtures/fullstandig/content/bilder/skiss.png")).unwrap();
    let workspace = Workspace::of("liten").with("content/bilder/skiss.png", skiss);
    let published = workspace.published();
    let served = Served::of(&workspace);
    served.events().until_current();
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (path, content_type) in [
        ("html/resurser/katalog.css", "text/css; charset=utf-8"),
        ("html/resurser/sok.js", "text/javascript; charset=utf-8"),
        ("html/resurser/ikon.svg", "image/svg+xml"),
        ("json/katalog-2027.json", "application/json"),
        ("markdown/tjanstekatalog-2027.md", "text/markdown; charset=utf-8"),
        ("markdown/bilder/skiss.png", "image/png"),
    ] {
        let answer = served.get(&format!("/{path}"));
        assert_eq!(answer.headers["content-type"], content_type, "{path}");
        assert!(answer.body == published[path], "{path}");
    }
    let answer = served.get("/word/tjanstekatalog-2027.docx");
    assert_eq!(answer.headers["content-type"], word);
    assert!(answer.body.starts_with(b"PK"));
}

/// Files are those of the preview, by their names; what lies on the disk is no concern of anyone's.
#[test]
fn what_has_no_file_is_told_in_swedish() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    served.events().until_current();
    let katalog = "content/katalog.yaml";
    for path in [
        "/html/borta.html".to_string(),
        "/word/".to_string(),
        format!("/{katalog}"),
        format!("/html/../../{katalog}"),
        format!("/html/..%2f..%2f{katalog}"),
        format!("/{}/{katalog}", workspace.path().display()),
        "/<script>alert(1)</script>".to_string(),
    ] {
        let answer = served.get(&path);
        let page = answer.text();
        if path.contains('<') {
            assert!(answer.status == 404 || answer.status == 400, "{path}: {}", answer.status);
            assert!(!page.contains("<script>alert"), "{page}");
            continue;
        }
        assert_eq!(answer.status, 404, "{path}");
        assert!(page.contains("<html lang=\"sv\">") && page.contains("<h1>Sidan finns inte</h1>"), "{page}");
        assert!(page.contains("/_visning/visning.js"), "it comes when there is such a page: {page}");
    }
}

#[test]
fn only_this_machines_browser_is_answered() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    served.events().until_current();
    let get = |path: &str, head: &[&str]| served.ask(&format!("GET {path} HTTP/1.1"), head).status;
    for host in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        assert_eq!(get(PAGE, &[&format!("Host: {host}:{}", served.port)]), 200, "{host}");
    }
    let port = served.port;
    for host in ["katalog.example", "127.0.0.1", "127.0.0.1:1", "localhost.example", "127.0.0.2", "0.0.0.0", ""] {
        for path in ["/", PAGE, FINDINGS, "/_visning/handelser"] {
            assert_eq!(get(path, &[&format!("Host: {host}")]), 421, "{host}");
            if !host.contains(':') && host != "127.0.0.1" {
                assert_eq!(get(path, &[&format!("Host: {host}:{port}")]), 421, "{host}");
            }
        }
    }
    let own = format!("Host: 127.0.0.1:{port}");
    for second in ["Host: katalog.example", "host: katalog.example", own.as_str(), "Host:"] {
        assert_eq!(get(PAGE, &[&own, second]), 421, "{second}");
        assert_eq!(get(PAGE, &[second, &own]), 421, "{second}");
    }
    assert_eq!(get(&format!("http://127.0.0.1:{port}{PAGE}"), &[]), 200);
    assert_eq!(get(&format!("http://katalog.example{PAGE}"), &[]), 421, "a whole address");
    for site in ["cross-site", "same-site"] {
        let from = format!("Sec-Fetch-Site: {site}");
        for (mode, place) in [("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")] {
            let head = [from.as_str(), &format!("Sec-Fetch-Mode: {mode}"), &format!("Sec-Fetch-Dest: {place}")];
            assert_eq!(get(PAGE, &head), 403, "{site} {mode} {place}");
        }
        assert_eq!(get(PAGE, &[&from, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]), 200, "a link");
    }
    assert_eq!(get(PAGE, &["Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"]), 200);
}

#[test]
fn nothing_can_be_sent_to_it_and_every_answer_says_what_may_be_done_with_it() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    served.events().until_current();
    let refused = [("POST", PAGE, 405), ("DELETE", "/", 405), ("PUT", FINDINGS, 405), ("OPTIONS", PAGE, 405)];
    for (method, path, status) in [&refused[..], &[("GET", PAGE, 200), ("GET", "/borta", 404)]].concat() {
        let answer = served.ask(&format!("{method} {path} HTTP/1.1"), &["Origin: http://katalog.example"]);
        assert_eq!(answer.status, status, "{method} {path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.headers.get(name).map(String::as_str), Some(value), "{method} {path}");
        }
        assert!(!answer.headers.keys().any(|name| name.starts_with("access-control")), "{method} {path}");
    }
}

#[test]
fn a_page_follows_its_file_however_it_is_saved() {
    let workspace = Workspace::of("liten");
    let before = files(workspace.path());
    let served = Served::of(&workspace);
    let mut events = served.events();
    let first = events.until_current();
    assert!(first["errors"] == 0 && first["shows"] == true, "{first}");
    assert_eq!(first["summary"], "0 fel, 0 varningar, 0 upplysningar");
    served.says("visad · 0 fel, 0 varningar, 0 upplysningar");
    let path = workspace.path().join(SERVICE);
    let text = fs::read_to_string(&path).unwrap();
    let name = text.lines().find_map(|line| line.strip_prefix("namn: ")).unwrap();

    fs::write(&path, text.replace(name, "Skriven på plats")).unwrap();
    follow(&served, &mut events, PAGE, ">Skriven på plats</h1>");

    let beside = path.with_extension("yaml~");
    fs::write(&beside, text.replace(name, "Lagd på plats")).unwrap();
    fs::rename(&beside, &path).unwrap();
    follow(&served, &mut events, PAGE, ">Lagd på plats</h1>");

    fs::remove_file(&path).unwrap();
    fs::write(&path, &text).unwrap();
    follow(&served, &mut events, PAGE, &format!(">{name}</h1>"));
    assert!(files(workspace.path()) == before, "it writes nothing");
}

#[cfg(unix)]
#[test]
fn a_page_follows_what_is_written_with_the_same_length_and_time_and_what_a_link_leads_to() {
    let workspace = Workspace::of("liten");
    let (path, real) = (workspace.path().join(SERVICE), workspace.path().join("content/tjanster/.delad"));
    let text = fs::read_to_string(&path).unwrap();
    let name = text.lines().find_map(|line| line.strip_prefix("namn: ")).unwrap();
    let named = |new: &str| text.replace(name, new);
    // Long ago, so that it is not read anew for being young.
    let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let write = |path: &std::path::Path, text: &str| {
        let mut file = fs::File::options().write(true).create(true).truncate(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.set_modified(time).unwrap();
    };
    write(&path, &named("Skriven sju"));
    let served = Served::of(&workspace);
    let mut events = served.events();
    follow(&served, &mut events, PAGE, ">Skriven sju</h1>");
    write(&path, &named("Skriven sex"));
    follow(&served, &mut events, PAGE, ">Skriven sex</h1>");
    // A mistake that is mended by the same text leaves no finding behind.
    write(&path, &named("Skriven sex").replace("produkter:", "okänd_nyckel: 1\nprodukter:"));
    events.until(|state| state["errors"] != 0);
    write(&path, &named("Skriven sex"));
    events.until(|state| state["errors"] == 0 && state["current"] == true);

    fs::rename(&path, &real).unwrap();
    std::os::unix::fs::symlink(".delad", &path).unwrap();
    write(&real, &named("Skriven tre"));
    follow(&served, &mut events, PAGE, ">Skriven tre</h1>");
    write(&real, &named("Skriven fyr"));
    follow(&served, &mut events, PAGE, ">Skriven fyr</h1>");
}

/// As a folder of versions is put in place; both have files of the same size and time.
#[cfg(unix)]
#[test]
fn a_folder_is_followed_when_the_link_to_it_leads_elsewhere() {
    use std::os::unix::fs::symlink;
    let workspace = Workspace::of("liten");
    let at = |path: &str| workspace.path().join(path);
    let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let name = |folder: &str, from: &str, to: &str| {
        let path = at(folder).join("tjanster/orbit-planering.yaml");
        let text = fs::read_to_string(&path).unwrap().replace(from, to);
        fs::write(&path, text).unwrap();
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    fs::rename(at("content"), at("ett")).unwrap();
    copy(&at("ett"), &at("två"));
    name("ett", "Orbit Planering", "Orbit Tio");
    name("två", "Orbit Planering", "Orbit Nio");
    symlink("ett", at("content")).unwrap();
    let served = Served::of(&workspace);
    let mut events = served.events();
    follow(&served, &mut events, PAGE, ">Orbit Tio</h1>");
    symlink("två", at("ny")).unwrap();
    fs::rename(at("ny"), at("content")).unwrap();
    follow(&served, &mut events, PAGE, ">Orbit Nio</h1>");
    name("två", "Orbit Nio", "Orbit Tre");
    follow(&served, &mut events, PAGE, ">Orbit Tre</h1>");
}

/// The preview tells of it what a check does, and reads nothing through it.
#[cfg(unix)]
#[test]
fn a_link_that_leads_out_or_round_is_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let round = &["content/texter/a", "content/texter/b"][..];
    for (links, target) in [(round, "."), (&["content/texter/ut"], "/"), (&["templates/pages/ut"], "/")] {
        let workspace = Workspace::of("liten");
        for link in links {
            let link = workspace.path().join(link);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            symlink(target, link).unwrap();
        }
        let told: Vec<String> = workspace.run(&["check"]).stderr.lines().map(str::to_string).collect();
        let served = Served::of(&workspace);
        let mut events = served.events();
        events.until(|state| state["errors"] == links.len());
        let page = served.get(PAGE).text();
        for link in links {
            let is_told = |line: &String| line.starts_with(&format!("{link}:1:1: fel[K012]"));
            assert!(told.iter().any(is_told) && page.contains(link) && page.contains("K012"), "{link}: {told:?}");
        }
        for link in links {
            fs::remove_file(workspace.path().join(link)).unwrap();
        }
        events.until_current();
    }
}

/// As a program does that writes elsewhere and moves what it has written in place, with the size and time that were there.
#[cfg(unix)]
#[test]
fn a_file_that_is_moved_in_from_outside_is_followed() {
    let workspace = Workspace::of("liten");
    let (path, outside) = (workspace.path().join(SERVICE), workspace.path().join("ny.tmp"));
    let text = fs::read_to_string(&path).unwrap();
    let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let write = |path: &std::path::Path, name: &str| {
        fs::write(path, text.replace("Orbit Planering", name)).unwrap();
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    write(&path, "Orbit Tio");
    let served = Served::of(&workspace);
    let mut events = served.events();
    follow(&served, &mut events, PAGE, ">Orbit Tio</h1>");
    // What the preview has to do at first is done.
    thread::sleep(Duration::from_millis(300));
    write(&outside, "Orbit Nio");
    fs::rename(&outside, &path).unwrap();
    follow(&served, &mut events, PAGE, ">Orbit Nio</h1>");
}

#[test]
fn a_folder_that_comes_later_or_in_the_place_of_another_is_followed() {
    let workspace = Workspace::of("felfri");
    let served = Served::of(&workspace);
    let mut events = served.events();
    events.until_current();
    let workspace = workspace.with("templates/html/egen.css", "/* ett */ main { color: teal }");
    follow(&served, &mut events, "/html/index.html", "resurser/egen.css");
    let workspace = workspace.with("templates/html/egen.css", "main { color: maroon }");
    follow(&served, &mut events, "/html/resurser/egen.css", "maroon");

    let content = workspace.path().join("content");
    fs::rename(&content, workspace.path().join("förra")).unwrap();
    copy(&suite().join("fixtures/felfri/content"), &content);
    let workspace = workspace.replacing("content/katalog.yaml", "enhet: Koncernstab digitalisering", "enhet: Ny enhet");
    follow(&served, &mut events, "/html/index.html", "Ny enhet");
    let _workspace = workspace.replacing("content/katalog.yaml", "enhet: Ny enhet", "enhet: Nyare enhet");
    follow(&served, &mut events, "/html/index.html", "Nyare enhet");
}

/// As a project that is moved away or removed, and fetched again.
#[test]
fn what_the_content_lies_in_may_go_and_come_again() {
    let workspace = Workspace::empty();
    let project = workspace.path().join("projekt");
    let (content, templates) = (project.join("content"), project.join("templates"));
    let put = |name: &str| {
        let project = workspace.path().join("nytt");
        copy(&suite().join("fixtures/liten"), &project);
        let path = project.join(SERVICE);
        let text = fs::read_to_string(&path).unwrap().replace("Orbit Planering", name);
        fs::write(path, text).unwrap();
        fs::rename(project, workspace.path().join("projekt")).unwrap();
    };
    put("Orbit Tio");
    let served = Served::with(
        &workspace,
        &["--port", "0", "--content", content.to_str().unwrap(), "--templates", templates.to_str().unwrap()],
    );
    let mut events = served.events();
    follow(&served, &mut events, PAGE, ">Orbit Tio</h1>");
    fs::rename(&project, workspace.path().join("förra")).unwrap();
    put("Orbit Nio");
    eventually(|| served.page(PAGE).contains(">Orbit Nio</h1>"));
    fs::remove_dir_all(&project).unwrap();
    events.until(|state| state["errors"] != 0);
    put("Orbit Sex");
    eventually(|| served.page(PAGE).contains(">Orbit Sex</h1>"));
    let path = project.join(SERVICE);
    let text = fs::read_to_string(&path).unwrap().replace("Orbit Sex", "Orbit Tre");
    fs::write(path, text).unwrap();
    eventually(|| served.page(PAGE).contains(">Orbit Tre</h1>"));
}

/// The preview reads the folders that are watched, which must not have it read them again.
#[test]
fn nothing_is_made_anew_while_nothing_changes() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    let mut events = served.events();
    events.until_current();
    let workspace = workspace.replacing(SERVICE, "Orbit Planering", "Ny Orbit Planering");
    follow(&served, &mut events, PAGE, ">Ny Orbit Planering</h1>");
    files(workspace.path());
    // What an editor's saving sets off may come a moment after its text has, in as many steps as a busy machine takes; then it
    // is quiet for a second.
    events.lines.get_ref().set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let more = std::iter::from_fn(|| events.next()).take(20).count();
    assert!(more < 10, "{more} states more");
}

#[test]
fn a_mistake_leaves_the_page_as_it_was_until_it_is_mended() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    let mut events = served.events();
    events.until_current();
    let page = served.page(PAGE);
    let path = workspace.path().join(SERVICE);
    let text = fs::read_to_string(&path).unwrap();

    fs::write(&path, format!("{text}okänd: <script>alert(1)</script>\n")).unwrap();
    let state = events.until(|state| state["current"] == false && state["errors"] != 0);
    assert!(state["errors"] == 1 && state["shows"] == true, "{state}");
    assert_eq!(state["summary"], "1 fel, 0 varningar, 0 upplysningar");
    assert_eq!(served.page(PAGE), page);
    let found = served.findings();
    assert_eq!(found["total"], 1, "{found}");
    let finding = &found["findings"][0];
    assert_eq!(finding["severity"], "fel");
    assert_eq!(finding["file"], SERVICE);
    assert_eq!(finding["line"], text.lines().count() + 1);
    assert_eq!(finding["source"], "okänd: <script>alert(1)</script>");
    let length = finding["length"].as_u64().unwrap();
    assert_eq!((finding["column"].as_u64(), length), (Some(1), 5), "{finding}");
    assert!(finding["code"].as_str().unwrap().starts_with('K') && finding["message"].is_string(), "{finding}");
    served.says(&format!("{SERVICE}:{}:1: fel[", text.lines().count() + 1));
    served.says("visas som den var · 1 fel, 0 varningar, 0 upplysningar");

    fs::write(&path, &text).unwrap();
    events.until_current();
    assert_eq!(served.findings()["total"], 0);
    assert_eq!(served.page(PAGE), page);
    served.says("visad · 0 fel");
}

#[test]
fn a_warning_of_how_a_file_is_written_stays_while_others_are_edited() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    let mut events = served.events();
    events.until_current();
    let path = workspace.path().join(SERVICE);
    let text = fs::read_to_string(&path).unwrap();
    let name = text.lines().find_map(|line| line.strip_prefix("namn: ")).unwrap();
    let glossary = workspace.path().join("content/ordlista.yaml");
    let terms = fs::read_to_string(&glossary).unwrap();
    let told = |served: &Served| served.findings()["findings"][0]["code"] == "K014";

    fs::write(&glossary, format!("{terms}- {{id: ny, term: Ny #2\n  , förklaring: Ett ord.}}\n")).unwrap();
    eventually(|| told(&served));
    for words in ["Skriven på plats", "Skriven en gång till"] {
        fs::write(&path, text.replace(name, words)).unwrap();
        follow(&served, &mut events, PAGE, &format!(">{words}</h1>"));
        eventually(|| told(&served));
    }
    fs::write(&glossary, terms).unwrap();
    eventually(|| served.findings()["total"] == 0);
}

#[test]
fn what_cannot_be_shown_from_the_start_is_told_until_it_is_mended() {
    let workspace = Workspace::of("liten");
    let path = workspace.path().join(SERVICE);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}okänd: <script>alert(1)</script>\n")).unwrap();
    let served = Served::of(&workspace);
    let mut events = served.events();
    let state = events.until(|state| state["errors"] == 1);
    assert!(state["current"] == false && state["shows"] == false, "{state}");
    let answer = served.get(PAGE);
    let page = answer.text();
    assert_eq!(answer.status, 503);
    assert!(page.contains("<h1>Innehållet har fel</h1>") && page.contains(SERVICE), "{page}");
    assert!(page.contains("&lt;script&gt;alert") && !page.contains("<script>alert"), "{page}");
    assert!(page.contains("/_visning/visning.js"), "{page}");
    fs::write(&path, &text).unwrap();
    events.until_current();
    served.page(PAGE);
}

#[test]
fn who_opens_a_page_that_takes_long_is_told_that_it_comes() {
    let workspace = Workspace::of("liten");
    let text = fs::read_to_string(workspace.path().join(SERVICE)).unwrap();
    for number in 0..3_000 {
        let path = workspace.path().join(format!("content/tjanster/tjanst-{number}.yaml"));
        fs::write(path, text.replacen("namn: ", &format!("namn: {number} "), 1)).unwrap();
    }
    let served = Served::of(&workspace);
    let opened = Instant::now();
    let answer = served.ask(&format!("GET {PAGE} HTTP/1.1"), &["Sec-Fetch-Dest: document"]);
    let page = answer.text();
    assert_eq!(answer.status, 503);
    assert!(page.contains("<h1>Katalogen läggs i ordning …</h1>") && page.contains("/_visning/visning.js"), "{page}");
    assert!(opened.elapsed() < PATIENCE / 3, "{:?}", opened.elapsed());
}

#[test]
fn a_port_that_is_named_is_that_one_or_none() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = Workspace::of("liten").run(&["serve", "--port", &port]);
    let told = format!(
        "katalog serve kunde inte köras: porten {port} är upptagen; ange en annan med --port, eller --port 0 för en \
         ledig\n"
    );
    assert_eq!((run.code, run.stderr), (2, told));
    let run = Workspace::of("liten").run(&["serve", "--port", "99999"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("katalog: värdet ”99999” kan inte ges till --port <PORT>\n"), "{}", run.stderr);
}

/// Who begins to ask and does not go on is hung up on, and until then keeps no more than a bounded room.
#[test]
fn who_asks_for_nothing_keeps_nobody_else_waiting() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    served.page(PAGE);
    let mut begun: Vec<TcpStream> = (0..150).map(|_| served.send("GET / HTTP/1.1\r\nHost: ")).collect();
    served.page(PAGE);
    let mut bytes = Vec::new();
    // Hung up on, with or without a word.
    let _ = begun[0].read_to_end(&mut bytes);
    assert!(!bytes.starts_with(b"HTTP/1.1 200"), "{bytes:?}");
    #[cfg(target_os = "linux")]
    {
        let open = fs::read_dir(format!("/proc/{}/fd", served.child.id())).unwrap().count();
        assert!(open < 150, "{open}");
    }
}

/// Nor does who asks for more than fits on the way, and takes none of it.
#[cfg(target_os = "linux")]
#[test]
fn who_reads_nothing_keeps_nobody_else_waiting() {
    let workspace = Workspace::of("liten");
    let served = Served::of(&workspace);
    served.page(PAGE);
    let request = format!("GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", served.port);
    let asked: Vec<TcpStream> = (0..100).map(|_| served.send(&request.repeat(2_000))).collect();
    thread::sleep(Duration::from_millis(500));
    served.page(PAGE);
    drop(asked);
}

/// As of a program that starts it and never reads what it says.
#[test]
fn who_reads_nothing_of_what_is_said_is_answered_all_the_same() {
    let workspace = Workspace::of("liten");
    let mut command = command(workspace.path(), &["serve", "--port", "0"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut served = Served { child, port: 0, told: channel().1 };
    let mut line = String::new();
    while !line.starts_with("Förhandsvisning: ") {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0);
    }
    served.port = port_in(&line);
    served.events().until_current();
    let text = fs::read_to_string(workspace.path().join(SERVICE)).unwrap();
    // Together more mistakes than a pipe has room for.
    for round in ["en", "två", "tre"] {
        let mistakes: String = (0..200).map(|at| format!("okänd_{round}_{at}: 1\n")).collect();
        fs::write(workspace.path().join(SERVICE), format!("{text}{mistakes}")).unwrap();
        eventually(|| served.findings().to_string().contains(&format!("okänd_{round}_")));
    }
    fs::write(workspace.path().join(SERVICE), text.replace("Orbit Planering", "Orbit Nio")).unwrap();
    eventually(|| served.page(PAGE).contains(">Orbit Nio</h1>"));
}

#[test]
fn a_port_that_is_not_named_is_one_that_is_free() {
    let workspace = Workspace::of("liten");
    let (one, other) = (Served::with(&workspace, &[]), Served::with(&workspace, &[]));
    assert_ne!(one.port, other.port);
    assert!([one.port, other.port].iter().all(|port| (8017..=8026).contains(port)), "{} {}", one.port, other.port);
}

#[test]
fn without_content_there_is_nothing_to_serve() {
    let run = Workspace::empty().run(&["serve", "--port", "0"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.starts_with("katalog serve kunde inte köras: innehållsmappen content finns inte"),
        "{}",
        run.stderr
    );
}
