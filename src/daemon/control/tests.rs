//! Real clients on real sockets. Each client is a thread; the daemon is the test's own loop.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener as StdListener, UnixStream as StdStream};
use std::thread;

use tempfile::TempDir;

use super::*;

/// So that a test of patience takes little of it.
const IMPATIENT: Duration = Duration::from_millis(100);

struct Place {
    _temp: TempDir,
    socket: PathBuf,
}

impl Place {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let socket = temp.path().join("control.sock");
        Self {
            _temp: temp,
            socket,
        }
    }
}

/// Answers every request with `Stopping` and says what it was, while `client` runs.
async fn serve_while<T: Send + 'static>(
    control: &mut Control,
    client: impl FnOnce() -> T + Send + 'static,
) -> (T, Vec<RequestBody>) {
    let mut client = tokio::task::spawn_blocking(client);
    let mut asked = Vec::new();
    loop {
        tokio::select! {
            (body, responder) = control.next() => {
                asked.push(body);
                responder.send(ResponseBody::Stopping);
            }
            done = &mut client => return (done.unwrap(), asked),
        }
    }
}

fn connect(socket: &Path) -> StdStream {
    let stream = StdStream::connect(socket).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

/// Sends as much as is taken, and reads until the daemon hangs up.
fn say(socket: &Path, bytes: &[u8]) -> String {
    let mut stream = connect(socket);
    let _ = stream.write_all(bytes);
    read_all(&mut stream)
}

fn read_all(stream: &mut StdStream) -> String {
    let mut heard = Vec::new();
    let mut chunk = [0; 4096];
    // The daemon's hanging up on unread bytes is a reset after its answer.
    while let Ok(count @ 1..) = stream.read(&mut chunk) {
        heard.extend_from_slice(&chunk[..count]);
    }
    String::from_utf8(heard).unwrap()
}

fn status() -> Vec<u8> {
    Request::new(RequestBody::Status).to_line().into_bytes()
}

fn stopping() -> String {
    Response::new(ResponseBody::Stopping).to_line()
}

#[track_caller]
fn is_refusal(line: &str, message: &str) {
    let response = Response::from_line(line.as_bytes()).unwrap();
    match response.body {
        ResponseBody::Error { message: found, .. } => {
            assert!(found.contains(message), "{found}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_request_gets_its_response() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let socket = place.socket.clone();
    let (heard, asked) = serve_while(&mut control, move || say(&socket, &status())).await;
    assert_eq!(heard, stopping());
    assert_eq!(asked, [RequestBody::Status]);
}

#[tokio::test]
async fn the_socket_is_for_its_owner_and_goes_with_the_daemon() {
    let place = Place::new();
    let control = Control::bind(&place.socket).unwrap();
    let mode = fs::metadata(&place.socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    drop(control);
    assert!(!place.socket.exists());
}

#[tokio::test]
async fn nonsense_is_refused_and_the_next_client_served() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    for (bytes, message) in [
        (b"hello there\n".to_vec(), "not understood"),
        (b"{\"version\":1,\n".to_vec(), "not understood"),
        (b"\xff\xfe\x00\n".to_vec(), "not understood"),
        (b"\n".to_vec(), "not understood"),
        (b"GET / HTTP/1.1\r\n\r\n".to_vec(), "not understood"),
        (vec![b'x'; LONGEST_REQUEST + 1], "too long"),
        (
            b"{\"version\":7,\"program\":\"7.0\",\"body\":\"dance\"}\n".to_vec(),
            "attuned 7.0",
        ),
    ] {
        let socket = place.socket.clone();
        let (heard, asked) = serve_while(&mut control, move || say(&socket, &bytes)).await;
        is_refusal(&heard, message);
        assert_eq!(asked, []);
    }
    let socket = place.socket.clone();
    let (heard, _) = serve_while(&mut control, move || say(&socket, &status())).await;
    assert_eq!(heard, stopping());
}

#[tokio::test]
async fn the_longest_request_is_read_and_one_byte_more_is_not() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let of_length = |length: usize| {
        let bare = Request::new(RequestBody::Now {
            unread: false,
            what: Some(String::new()),
        })
        .to_line()
        .len();
        let what = Some("x".repeat(length - bare));
        Request::new(RequestBody::Now {
            what,
            unread: false,
        })
        .to_line()
        .into_bytes()
    };
    let longest = of_length(LONGEST_REQUEST);
    assert_eq!(longest.len(), LONGEST_REQUEST);
    let socket = place.socket.clone();
    let (heard, _) = serve_while(&mut control, move || say(&socket, &longest)).await;
    assert_eq!(heard, stopping());
    let longer = of_length(LONGEST_REQUEST + 1);
    let socket = place.socket.clone();
    let (heard, _) = serve_while(&mut control, move || say(&socket, &longer)).await;
    is_refusal(&heard, "too long");
}

#[tokio::test]
async fn one_connection_is_one_request() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let socket = place.socket.clone();
    let two = [status(), status()].concat();
    let (heard, asked) = serve_while(&mut control, move || say(&socket, &two)).await;
    assert_eq!(heard, stopping());
    assert_eq!(asked, [RequestBody::Status]);
}

#[tokio::test]
async fn a_request_without_a_line_break_ends_where_the_client_does() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let socket = place.socket.clone();
    let client = move || {
        let mut stream = connect(&socket);
        stream.write_all(status().trim_ascii_end()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        read_all(&mut stream)
    };
    let (heard, _) = serve_while(&mut control, client).await;
    assert_eq!(heard, stopping());
}

#[tokio::test]
async fn a_client_that_hangs_is_hung_up_on() {
    let place = Place::new();
    let mut control = Control::bind_with(&place.socket, IMPATIENT).unwrap();
    let socket = place.socket.clone();
    let (heard, asked) = serve_while(&mut control, move || say(&socket, b"{\"version\":")).await;
    is_refusal(&heard, "no whole request came in time");
    assert_eq!(asked, []);
}

#[tokio::test]
async fn clients_that_hang_do_not_keep_others_out() {
    let place = Place::new();
    let mut control = Control::bind_with(&place.socket, IMPATIENT).unwrap();
    let hung: Vec<StdStream> = (0..SLOTS).map(|_| connect(&place.socket)).collect();
    let socket = place.socket.clone();
    let (heard, _) = serve_while(&mut control, move || say(&socket, &status())).await;
    assert_eq!(heard, stopping());
    assert_eq!(hung.len(), SLOTS);
}

#[tokio::test]
async fn a_client_that_is_gone_harms_nobody() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let mut gone = connect(&place.socket);
    gone.write_all(&status()).unwrap();
    drop(gone);
    let (_, responder) = control.next().await;
    responder.send(ResponseBody::Stopping);
    let socket = place.socket.clone();
    let (heard, _) = serve_while(&mut control, move || say(&socket, &status())).await;
    assert_eq!(heard, stopping());
}

#[tokio::test]
async fn two_hundred_at_once_are_all_answered() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let socket = place.socket.clone();
    let crowd = move || {
        let clients: Vec<_> = (0..200)
            .map(|_| {
                let socket = socket.clone();
                thread::spawn(move || say(&socket, &status()))
            })
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap())
            .collect::<Vec<_>>()
    };
    let (heard, asked) = serve_while(&mut control, crowd).await;
    assert_eq!(asked.len(), 200);
    assert!(heard.iter().all(|line| *line == stopping()));
}

#[tokio::test]
async fn an_answer_larger_than_the_sockets_buffer_arrives_whole() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let socket = place.socket.clone();
    let client = thread::spawn(move || say(&socket, &status()));
    let (_, responder) = control.next().await;
    let problems = vec!["p".repeat(3_000_000)];
    let body = ResponseBody::Reloaded { problems };
    let expected = Response::new(body.clone()).to_line();
    responder.send(body);
    let heard = tokio::task::spawn_blocking(move || client.join().unwrap());
    assert!(heard.await.unwrap() == expected);
}

#[test]
fn an_answer_is_out_when_the_daemon_ends_at_once() {
    let place = Place::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let socket = place.socket.clone();
    let client = runtime.block_on(async {
        let mut control = Control::bind(&place.socket).unwrap();
        let client = thread::spawn(move || say(&socket, &status()));
        let (_, responder) = control.next().await;
        responder.send(ResponseBody::Stopping);
        client
    });
    drop(runtime);
    assert_eq!(client.join().unwrap(), stopping());
}

#[tokio::test]
async fn a_request_given_up_half_way_is_still_there() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    // Polled once and dropped, as in a `select!` that another branch won.
    tokio::select! {
        biased;
        _ = control.next() => panic!("nobody asked"),
        () = std::future::ready(()) => {}
    }
    let socket = place.socket.clone();
    let (heard, _) = serve_while(&mut control, move || say(&socket, &status())).await;
    assert_eq!(heard, stopping());
}

#[tokio::test]
async fn a_stale_socket_is_replaced() {
    let place = Place::new();
    drop(StdListener::bind(&place.socket).unwrap());
    assert!(place.socket.exists());
    let mut control = Control::bind(&place.socket).unwrap();
    let socket = place.socket.clone();
    let (heard, _) = serve_while(&mut control, move || say(&socket, &status())).await;
    assert_eq!(heard, stopping());
}

#[tokio::test]
async fn a_socket_somebody_listens_on_is_left_alone() {
    let place = Place::new();
    let mut control = Control::bind(&place.socket).unwrap();
    let error = Control::bind(&place.socket).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let socket = place.socket.clone();
    let (heard, asked) = serve_while(&mut control, move || say(&socket, &status())).await;
    assert_eq!(heard, stopping());
    assert_eq!(asked.len(), 1);
}

#[tokio::test]
async fn another_file_in_the_way_is_left_alone() {
    let place = Place::new();
    fs::write(&place.socket, "mine").unwrap();
    let error = Control::bind(&place.socket).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert!(error.to_string().contains("is not a socket"), "{error}");
    assert_eq!(fs::read_to_string(&place.socket).unwrap(), "mine");
}
