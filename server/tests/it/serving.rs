//! Serving and stopping: requests in progress finish, workers end, and a second server on one file is refused.

use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Program, TestApp, command};

#[test]
fn defaults_start_and_sigterm_ends_with_zero() {
    let folder = tempfile::tempdir().unwrap();
    for signals in [&["-TERM"][..], &["-INT"], &["-TERM"; 5]] {
        let mut program = Program::start(folder.path());
        for signal in signals {
            program.signal(signal);
        }
        let (status, time) = program.wait();
        assert_eq!(status.code(), Some(0), "{signals:?}");
        assert!(time < Duration::from_secs(20), "{signals:?}: {time:?}");
    }
    let var = folder.path().join("var");
    assert!(var.join("spaser.sqlite").is_file());
    assert!(var.join("portail.key").is_file());
}

#[test]
fn a_killed_server_is_back_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path());
    program.signal("-KILL");
    program.wait();
    let begun = Instant::now();
    let _program = Program::start(folder.path());
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_second_server_on_one_file_is_refused_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let first = Program::start(folder.path());
    let mut second = command(folder.path(), "127.0.0.1:0").spawn().unwrap();
    let status = second.wait().unwrap();
    assert_eq!(status.code(), Some(1));
    let said: Vec<_> = BufReader::new(second.stderr.take().unwrap())
        .lines()
        .map(Result::unwrap)
        .collect();
    assert!(
        said.iter()
            .any(|line| line.contains("un autre processus sert déjà")),
        "{said:?}"
    );
    assert!(first.is_ready());
}

#[test]
fn a_port_in_use_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = command(folder.path(), &address).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains(&address));
}

#[tokio::test]
async fn a_request_in_progress_finishes() {
    let mut app = TestApp::start().await;
    let address = app.origin.strip_prefix("http://").unwrap().to_owned();
    let body = "email=a%40b.example";
    let head = format!(
        "POST /connexion HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        app.origin,
        body.len()
    );
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body.as_bytes()[..5]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    app.begin_stop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(app.state.shutdown.is_draining());
    assert!(
        TcpStream::connect(&address).await.is_err(),
        "no new connection"
    );
    stream.write_all(&body.as_bytes()[5..]).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    app.stop().await;
    assert_eq!(app.db.number("SELECT count(*) FROM sign_in_links").await, 1);
}

#[tokio::test]
async fn a_request_that_never_finishes_is_left_after_the_time() {
    let mut app = TestApp::set(&[("limits.shutdown_seconds", "1")]).await;
    let address = app.origin.strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /connexion HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nemail=",
        app.origin
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begun = Instant::now();
    app.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn connections_do_not_wait_for_acknowledgements() {
    // With Nagle's algorithm two small writes on one connection would cost 40 ms each.
    let app = TestApp::start().await;
    let client = app.client();
    client.get("/aide").await;
    let mut times = Vec::new();
    for _ in 0..80 {
        let begun = Instant::now();
        client.get("/health/live").await.expect_status(200);
        times.push(begun.elapsed());
    }
    // A busy machine slows some of them; the algorithm would slow all but the first few.
    times.sort_unstable();
    assert!(times[40] < Duration::from_millis(35), "{times:?}");
}
