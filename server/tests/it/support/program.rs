//! The real program `spaser serve` as another process, on a port of its own; killed when the test ends.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a start, or an end, may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Program {
    pub(crate) child: Child,
    address: String,
    log: PathBuf,
}

impl Program {
    /// With the defaults, in this folder.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::with(folder, &BTreeMap::new())
    }

    /// With more of the environment; returns once it is ready.
    pub(crate) fn with(folder: &Path, environment: &BTreeMap<&str, String>) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let address = format!("127.0.0.1:{port}");
        let log = folder.join(format!("journal-{port}.json"));
        let child = command(folder, &address)
            .envs(environment)
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut program = Self {
            child,
            address,
            log,
        };
        let begun = Instant::now();
        while !program.is_ready() {
            let ended = program.child.try_wait().unwrap();
            assert!(
                ended.is_none() && begun.elapsed() < PATIENCE,
                "not ready ({ended:?}): {}",
                program.journal()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        program
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.get("/health/ready")
            .is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut stream = std::net::TcpStream::connect(&self.address).ok()?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    /// What it said so far, a JSON object a line.
    pub(crate) fn journal(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// How it ended, and after how long.
    pub(crate) fn wait(&mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, begun.elapsed());
            }
            assert!(begun.elapsed() < PATIENCE, "it does not stop");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// `spaser serve` with nothing of this process's environment.
pub(crate) fn command(folder: &Path, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spaser"));
    command
        .arg("serve")
        .current_dir(folder)
        .env_clear()
        .env("SPASER__SERVER__BIND", address)
        .env("SPASER__LIMITS__SHUTDOWN_SECONDS", "3")
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}
