//! A mail server that a test scripts, command by command: it answers, refuses, stalls, trickles or drops, and keeps
//! everything that it received, with the faults that it really played.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the client just did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Connected,
    Hello,
    StartTls,
    Auth,
    Sender,
    Recipient(String),
    Data,
    /// So many bytes of content have arrived; asked for each line.
    Content(usize),
    /// The lone dot: the whole content is here.
    Dot,
    Quit,
}

/// What the server does about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Play {
    /// What a good server does.
    Well,
    Say(&'static str),
    /// Silence, with the connection open.
    Stall,
    Drop,
    /// The good answer, one byte at a time.
    Trickle(Duration),
}

/// One mail as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) recipients: Vec<String>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) encrypted: bool,
    pub(crate) user: Option<String>,
    /// Whether the client was told that its mail is accepted.
    pub(crate) acknowledged: bool,
}

type Script = dyn Fn(&Step, usize) -> Play + Send + Sync;

struct Shared {
    /// Given the step and how many mails with this step came before.
    script: Box<Script>,
    tls: Option<(TlsAcceptor, bool)>,
    password: Option<(&'static str, &'static str)>,
    seen: Mutex<Vec<(Step, Play)>>,
    received: Mutex<Vec<Received>>,
}

/// The running server; it stops with the test's runtime.
#[derive(Clone)]
pub(crate) struct MailServer {
    pub(crate) port: u16,
    shared: Arc<Shared>,
}

/// How a server is built.
#[derive(Default)]
pub(crate) struct Options {
    /// Offered by STARTTLS, or from the first byte when `implicit`.
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) implicit: bool,
    pub(crate) password: Option<(&'static str, &'static str)>,
}

impl MailServer {
    /// A server in clear text that plays `script`.
    pub(crate) async fn start(
        script: impl Fn(&Step, usize) -> Play + Send + Sync + 'static,
    ) -> Self {
        Self::with(Options::default(), script).await
    }

    /// A server that accepts everything.
    pub(crate) async fn good() -> Self {
        Self::start(|_, _| Play::Well).await
    }

    pub(crate) async fn with(
        options: Options,
        script: impl Fn(&Step, usize) -> Play + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            script: Box::new(script),
            tls: options.tls.map(|tls| (tls, options.implicit)),
            password: options.password,
            seen: Mutex::default(),
            received: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&serving);
                tokio::spawn(async move {
                    // A dialogue that breaks off is part of the play.
                    let _end = connection(&shared, stream).await;
                });
            }
        });
        Self { port, shared }
    }

    /// The mails of which the last dot arrived.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// How many times the server played this at this step: a fault that did not fire proves nothing.
    pub(crate) fn played(&self, matches: impl Fn(&Step, &Play) -> bool) -> usize {
        let seen = self.shared.seen.lock().unwrap();
        seen.iter()
            .filter(|(step, play)| matches(step, play))
            .count()
    }

    /// Waits until [`Self::played`] reaches `times`.
    pub(crate) async fn wait_for(&self, times: usize, matches: impl Fn(&Step, &Play) -> bool) {
        for _ in 0..6000 {
            if self.played(&matches) >= times {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!(
            "the fault did not fire: {:?}",
            self.shared.seen.lock().unwrap()
        );
    }

    /// Waits until so many mails arrived.
    pub(crate) async fn wait_for_mails(&self, count: usize) -> Vec<Received> {
        // A minute and more: a busy machine is no fault, a worker that stands still is.
        for _ in 0..9000 {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} mails instead of {count}", self.received().len());
    }
}

async fn connection(shared: &Arc<Shared>, stream: TcpStream) -> std::io::Result<()> {
    let mut session = Session::default();
    if let Some((tls, true)) = &shared.tls {
        session.encrypted = true;
        let stream = tls.accept(stream).await?;
        return dialogue(shared, BufReader::new(stream), &mut session, true)
            .await
            .map(|_| ());
    }
    let plain = dialogue(shared, BufReader::new(stream), &mut session, true).await?;
    if let (Some(stream), Some((tls, _))) = (plain, &shared.tls) {
        session = Session {
            encrypted: true,
            ..Session::default()
        };
        let stream = tls.accept(stream).await?;
        dialogue(shared, BufReader::new(stream), &mut session, false).await?;
    }
    Ok(())
}

#[derive(Default)]
struct Session {
    encrypted: bool,
    user: Option<String>,
    recipients: Vec<String>,
}

/// Talks until the end, or gives the stream back for its encryption.
async fn dialogue<S: AsyncRead + AsyncWrite + Unpin>(
    shared: &Arc<Shared>,
    mut stream: BufReader<S>,
    session: &mut Session,
    greet: bool,
) -> std::io::Result<Option<S>> {
    if greet && !answer(shared, &mut stream, Step::Connected, "220 test").await? {
        return Ok(None);
    }
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let command = line.trim_end();
        let upper = command.to_ascii_uppercase();
        let (step, good) = if upper.starts_with("EHLO") {
            (Step::Hello, hello(shared, session))
        } else if upper == "STARTTLS" {
            (Step::StartTls, "220 go".to_owned())
        } else if upper.starts_with("AUTH PLAIN") {
            (Step::Auth, login(shared, session, command))
        } else if upper.starts_with("MAIL FROM") {
            (Step::Sender, allowed(shared, session))
        } else if upper.starts_with("RCPT TO") {
            let address = command
                .split(['<', '>'])
                .nth(1)
                .unwrap_or_default()
                .to_owned();
            session.recipients.push(address.clone());
            (Step::Recipient(address), "250 ok".to_owned())
        } else if upper == "DATA" {
            (Step::Data, "354 go".to_owned())
        } else if upper == "QUIT" {
            (Step::Quit, "221 bye".to_owned())
        } else {
            (Step::Quit, "500 what".to_owned())
        };
        if !answer(shared, &mut stream, step.clone(), &good).await? || step == Step::Quit {
            return Ok(None);
        }
        match step {
            Step::StartTls => return Ok(Some(stream.into_inner())),
            Step::Data
                if last(shared) == Play::Well && !content(shared, &mut stream, session).await? =>
            {
                return Ok(None);
            }
            _ => {}
        }
    }
}

fn last(shared: &Shared) -> Play {
    shared.seen.lock().unwrap().last().unwrap().1.clone()
}

fn hello(shared: &Shared, session: &Session) -> String {
    let tls = if shared.tls.is_some() && !session.encrypted {
        "250-STARTTLS\r\n"
    } else {
        ""
    };
    let auth = if shared.password.is_some() {
        "250-AUTH PLAIN\r\n"
    } else {
        ""
    };
    format!("250-test\r\n{tls}{auth}250 8BITMIME")
}

fn login(shared: &Shared, session: &mut Session, command: &str) -> String {
    let given = command.split(' ').nth(2).unwrap_or_default();
    let given = base64::engine::general_purpose::STANDARD
        .decode(given)
        .unwrap_or_default();
    let given = String::from_utf8(given).unwrap_or_default();
    let mut parts = given.split('\0').skip(1);
    let given = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    if shared.password.is_some_and(|known| known == given) {
        session.user = Some(given.0.to_owned());
        return "235 welcome".to_owned();
    }
    "535 no".to_owned()
}

fn allowed(shared: &Shared, session: &Session) -> String {
    if shared.password.is_some() && session.user.is_none() {
        return "530 who are you".to_owned();
    }
    "250 ok".to_owned()
}

async fn content<S: AsyncRead + AsyncWrite + Unpin>(
    shared: &Arc<Shared>,
    stream: &mut BufReader<S>,
    session: &mut Session,
) -> std::io::Result<bool> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(false);
        }
        if line == b".\r\n" {
            break;
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        match play(shared, Step::Content(bytes.len())) {
            Play::Drop => return Ok(false),
            Play::Stall => std::future::pending::<()>().await,
            _ => {}
        }
    }
    let index = {
        let mut received = shared.received.lock().unwrap();
        received.push(Received {
            recipients: std::mem::take(&mut session.recipients),
            bytes,
            encrypted: session.encrypted,
            user: session.user.clone(),
            acknowledged: false,
        });
        received.len() - 1
    };
    let open = answer(shared, stream, Step::Dot, "250 accepted").await?;
    if last(shared) == Play::Well {
        shared.received.lock().unwrap()[index].acknowledged = true;
    }
    Ok(open)
}

/// What the script says, noted.
fn play(shared: &Shared, step: Step) -> Play {
    let mut seen = shared.seen.lock().unwrap();
    let kind = std::mem::discriminant(&step);
    let before = seen
        .iter()
        .filter(|(other, _)| std::mem::discriminant(other) == kind)
        .count();
    let play = (shared.script)(&step, before);
    seen.push((step, play.clone()));
    play
}

/// Answers a command; `false` when the connection ends there.
async fn answer<S: AsyncWrite + Unpin>(
    shared: &Arc<Shared>,
    stream: &mut S,
    step: Step,
    good: &str,
) -> std::io::Result<bool> {
    let text = match play(shared, step) {
        Play::Well => good,
        Play::Say(text) => text,
        Play::Stall => {
            std::future::pending::<()>().await;
            return Ok(false);
        }
        Play::Drop => return Ok(false),
        Play::Trickle(pause) => {
            for byte in format!("{good}\r\n").bytes() {
                stream.write_all(&[byte]).await?;
                stream.flush().await?;
                tokio::time::sleep(pause).await;
            }
            return Ok(true);
        }
    };
    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
    stream.flush().await?;
    Ok(!text.starts_with("421"))
}
