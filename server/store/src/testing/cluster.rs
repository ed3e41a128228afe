//! One throw-away `PostgreSQL` for the whole test process, gone when the process is.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

const SCRIPT: &str = include_str!("cluster.sh");

/// A running server. Held for the life of the process: closing `_pipe` stops it.
pub(super) struct Cluster {
    pub(super) port: u16,
    pub(super) folder: String,
    _pipe: ChildStdin,
    _watcher: Child,
}

static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The server of this process, started by the first test that asks. Blocks while it starts.
pub(super) fn shared() -> &'static Cluster {
    let started = CLUSTER.get_or_init(|| {
        // Between choosing a free port and using it, another process may take it.
        let mut started = start();
        for _ in 0..4 {
            started = started.or_else(|_| start());
        }
        started
    });
    match started {
        Ok(cluster) => cluster,
        Err(why) => panic!("the tests need PostgreSQL: {why}"),
    }
}

/// A name that no other test of this process has.
pub(super) fn fresh_name() -> String {
    format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn start() -> Result<Cluster, String> {
    let port = free_port().map_err(|e| e.to_string())?;
    let mut watcher = Command::new("sh")
        .args(["-c", SCRIPT, "cluster", &port.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let pipe = watcher.stdin.take().ok_or("no pipe")?;
    let output = watcher.stdout.take().ok_or("no output")?;
    let mut line = String::new();
    BufReader::new(output)
        .read_line(&mut line)
        .map_err(|e| e.to_string())?;
    match line.trim_end().split_once(' ') {
        Some(("READY", folder)) => Ok(Cluster {
            port,
            folder: folder.to_owned(),
            _pipe: pipe,
            _watcher: watcher,
        }),
        Some((_, why)) => Err(why.to_owned()),
        None => Err("it did not start".to_owned()),
    }
}

/// A port nobody listens on now.
pub(super) fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
