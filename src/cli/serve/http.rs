//! The preview's files as a web server on this machine only, for this machine's own browser only.
//!
//! Any site that the browser shows may ask a server on the machine for things. So a request must name this server, as no
//! other name that has been led to it can, and what another site asks for is refused, unless someone follows a link.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use katalog::Failure;
use katalog::diagnostic::{Cause, Diagnostic};
use katalog::preview::{Answer, Preview};
use tokio::sync::Semaphore;
use tokio::sync::watch::Receiver;
use tokio::time::{sleep, timeout};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use twox_hash::XxHash3_128;

use super::{pages, told};

/// The ports that are tried when none is named.
const PORTS: RangeInclusive<u16> = 8017..=8026;
/// How long someone who opens a page waits for it, before being told that it comes.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a page waits for a server that has gone away before it asks again.
const RETRY: Duration = Duration::from_secs(1);
/// How long a request's head may take to come, and a connection be kept without a request.
const HEAD: Duration = Duration::from_secs(5);
/// How long an answer may wait for its reader to take more of it.
#[cfg(target_os = "linux")]
const READING: Duration = Duration::from_secs(10);
/// So many connections are answered at once: a browser has six, of which a page keeps one.
const MOST_CONNECTIONS: usize = 100;
/// How often a page that is told nothing is told that.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

const START: &str = "/html/index.html";
const SCRIPT: &str = "/_visning/visning.js";
const STYLE: &str = "/_visning/visning.css";

/// What to do about a port that cannot be had.
const OTHER_PORT: &str = "ange en annan med --port, eller --port 0 för en ledig";

type States = Receiver<Arc<katalog::preview::State>>;

/// A port that is listened to, and not yet answered.
pub struct Door {
    listener: TcpListener,
    port: u16,
}

impl Door {
    /// Listens to a port, or to the first of the usual ones that is free. Fails with why not.
    pub fn open(port: Option<u16>) -> Result<Door, String> {
        let mut ports = port.map_or(PORTS, |port| port..=port);
        let taken = format!("portarna {}–{} är upptagna; ange en annan med --port", PORTS.start(), PORTS.end());
        let found = ports.find_map(|port| match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => None,
            bound => Some(
                bound.map_err(|error| format!("porten {port} går inte att använda: {}; {OTHER_PORT}", Cause(&error))),
            ),
        });
        let listener = found.unwrap_or_else(|| Err(port.map_or(taken, in_use)))?;
        let port = listener.local_addr().map_err(|error| Cause(&error).to_string())?.port();
        Ok(Door { listener, port })
    }

    /// The address to open in a browser.
    pub fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Answers until the program is ended. Fails with why it cannot.
    pub fn serve(self, preview: Arc<Preview>, states: States) -> Result<Infallible, String> {
        let site = Arc::new(Site { preview, states, names: names(self.port) });
        let why = |error: std::io::Error| format!("webbservern kan inte köras: {}", Cause(&error));
        self.listener.set_nonblocking(true).map_err(why)?;
        // Who asks for a file is answered by way of a thread, for want of which the runtime panics.
        let spare = std::thread::Builder::new().spawn(|| ()).map_err(|_| Failure::Threads.to_string())?;
        let _ = spare.join();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(why)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(why)?;
            Ok(answer(&listener, &router(site)).await)
        })
    }
}

/// Answers each connection, of which there are no more at once than there is room for.
async fn answer(listener: &tokio::net::TcpListener, router: &Router) -> Infallible {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let place = Arc::clone(&room).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open, or the caller has gone: neither lasts.
            sleep(RETRY).await;
            continue;
        };
        // What a page is told is short, and is to be there at once.
        let _ = stream.set_nodelay(true);
        give_up_unread(&stream);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            // Who goes away, or asks for nothing, is told nothing.
            let _ = connection.await;
            drop(place);
        });
    }
}

/// Who asks and does not read would keep a place for good.
#[cfg(target_os = "linux")]
fn give_up_unread(stream: &tokio::net::TcpStream) {
    let _ = rustix::net::sockopt::set_tcp_user_timeout(stream, READING.as_millis() as u32);
}

#[cfg(not(target_os = "linux"))]
fn give_up_unread(_: &tokio::net::TcpStream) {}

fn in_use(port: u16) -> String {
    format!("porten {port} är upptagen; {OTHER_PORT}")
}

/// The names that this server may be asked by.
fn names(port: u16) -> Vec<String> {
    let names = ["127.0.0.1", "localhost", "[::1]"];
    let with_port = names.iter().map(|name| format!("{name}:{port}"));
    // A browser leaves out the port of the web.
    let without = names.iter().filter(|_| port == 80).map(|name| (*name).to_string());
    with_port.chain(without).collect()
}

struct Site {
    preview: Arc<Preview>,
    states: States,
    names: Vec<String>,
}

fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::temporary(START) }))
        .route(SCRIPT, get(|headers| async move { own(SCRIPT, include_str!("visning.js"), &headers) }))
        .route(STYLE, get(|headers| async move { own(STYLE, include_str!("visning.css"), &headers) }))
        .route("/_visning/handelser", get(events))
        .route("/_visning/fynd", get(findings))
        .fallback(file)
        .layer(from_fn_with_state(Arc::clone(&site), guard))
        .with_state(site)
}

/// Lets in what may be asked, and has every answer say what browsers may do with it.
async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&site, &request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("same-origin"));
    response
}

fn refusal(site: &Site, request: &Request) -> Option<Response> {
    let named = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if !is_asked_by_name(site, request) {
        return Some(
            (StatusCode::MISDIRECTED_REQUEST, "Förhandsvisningen svarar bara den egna datorn.\n").into_response(),
        );
    }
    let is_own = matches!(named("sec-fetch-site"), None | Some("same-origin" | "none"));
    let is_followed = named("sec-fetch-mode") == Some("navigate") && is_opened(request.headers());
    if !is_own && !is_followed {
        return Some((StatusCode::FORBIDDEN, "Andra webbplatser får inte läsa förhandsvisningen.\n").into_response());
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return Some((StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response());
    }
    None
}

/// Whether a request names this server, once and by nothing else.
fn is_asked_by_name(site: &Site, request: &Request) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let is_own = |host: &str| site.names.iter().any(|name| name.eq_ignore_ascii_case(host));
    // A request to a proxy has a whole address, which then goes before the head.
    host.to_str().is_ok_and(is_own) && request.uri().authority().is_none_or(|named| is_own(named.as_str()))
}

/// The states as they come, and first the present one.
async fn events(State(site): State<Arc<Site>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let states = WatchStream::new(site.states.clone());
    let events = states.map(|state| Ok(Event::default().retry(RETRY).data(told::event(&state))));
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

async fn findings(State(site): State<Arc<Site>>) -> Response {
    let findings = told::findings(&site.states.borrow());
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], findings).into_response()
}

/// A file of the preview, or a page that tells why there is none.
async fn file(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let mut path = uri.path().trim_start_matches('/').to_string();
    if path.ends_with('/') {
        path.push_str("index.html");
    }
    let (preview, asked) = (Arc::clone(&site.preview), path.clone());
    let answer = tokio::task::spawn_blocking(move || preview.file(&asked));
    let answer = match is_opened(&headers) {
        // The page that stands in asks for the file again, and then waits for as long as it takes.
        true => timeout(PATIENCE, answer).await.unwrap_or(Ok(Answer::NotYet)),
        false => answer.await,
    };
    match answer.unwrap_or(Answer::NotYet) {
        Answer::File(bytes) => whole(&path, bytes, &headers),
        Answer::None => stand_in(StatusCode::NOT_FOUND, &pages::none(&path)),
        Answer::NotYet => {
            let state = Arc::clone(&site.states.borrow());
            stand_in(StatusCode::SERVICE_UNAVAILABLE, &pages::not_yet(&told::errors(&state)))
        }
        Answer::Failed(findings) => {
            let findings: Vec<&Diagnostic> = findings.iter().collect();
            stand_in(StatusCode::INTERNAL_SERVER_ERROR, &pages::failed(&findings))
        }
    }
}

/// Whether someone opens the file as a page of its own.
fn is_opened(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|what| what == "document")
}

fn own(path: &str, text: &'static str, headers: &HeaderMap) -> Response {
    whole(path, text.into(), headers)
}

/// A file, unless who asks has it already.
fn whole(path: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let tag = tag(&bytes);
    if has(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag.as_str()), (CACHE_CONTROL, "no-cache")]).into_response();
    }
    sent(StatusCode::OK, content_type(path), bytes, &tag)
}

fn stand_in(status: StatusCode, page: &str) -> Response {
    sent(status, HTML, page.into(), &tag(page.as_bytes()))
}

fn sent(status: StatusCode, content_type: &str, bytes: Vec<u8>, tag: &str) -> Response {
    let bytes = if content_type == HTML { with_script(&bytes, tag) } else { bytes };
    (status, [(CONTENT_TYPE, content_type), (ETAG, tag), (CACHE_CONTROL, "no-cache")], bytes).into_response()
}

/// The tag of a file's bytes, without the script that a page is sent with.
fn tag(bytes: &[u8]) -> String {
    format!("\"{:032x}\"", XxHash3_128::oneshot(bytes))
}

fn has(headers: &HeaderMap, tag: &str) -> bool {
    let tags = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    tags.flat_map(|tags| tags.split(',')).map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// A page with the script that keeps it up, which is told of which page it is a part: a script cannot ask for that.
fn with_script(page: &[u8], tag: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|bytes| bytes.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    let script = format!("<script src=\"{SCRIPT}\" data-etag='{tag}' defer></script>\n");
    [&page[..end], script.as_bytes(), &page[end..]].concat()
}

const HTML: &str = "text/html; charset=utf-8";

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
