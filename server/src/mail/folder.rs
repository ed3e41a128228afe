//! Mails as files: one `.eml` each, whole or absent, and the reading of them for the demonstration page.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use app::desk::{Answer, DemoMailbox};
use app::error::AppError;
use app::views::{DemoMail, DemoMailText};
use async_trait::async_trait;
use chrono::DateTime;
use mail_parser::{MessageParser, MimeHeaders};

use super::{Letter, Sender, Transport};
use crate::outbox::Failure;

/// A mail larger than this is not ours.
const LARGEST: u64 = 1 << 20;
/// How many mails the demonstration lists.
const SHOWN: usize = 200;

/// A folder that takes the place of a mail server.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    sender: Sender,
}

impl Folder {
    pub fn new(path: &Path, sender: Sender) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path).with_context(|| {
            format!(
                "le dossier des courriels {} ne peut pas être créé",
                path.display()
            )
        })?;
        Ok(Self {
            path: path.to_owned(),
            sender,
        })
    }
}

#[async_trait]
impl Transport for Folder {
    async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let bytes = letter.message(&self.sender)?.formatted();
        let (folder, name) = (self.path.clone(), letter.id.clone());
        tokio::task::spawn_blocking(move || write(&folder, &name, &bytes))
            .await
            .map_err(|_| Failure::later("folder_task"))?
            .map_err(|_| Failure::later("folder_write"))
    }
}

/// Written aside, then renamed: a reader sees the whole mail or none. The same mail sent twice is one file.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let aside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let mut file = std::fs::File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&aside, folder.join(format!("{name}.eml")))
}

/// A mail, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub mail: DemoMail,
    pub text: String,
    pub html: String,
}

/// Reads what [`Folder`] writes.
#[derive(Clone, Debug)]
pub struct Mailbox(PathBuf);

impl Mailbox {
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The last mails, newest first. Their names begin with the time at which they were ordered.
    pub async fn newest(&self, limit: usize) -> io::Result<Vec<DemoMail>> {
        let folder = self.0.clone();
        blocking(move || {
            let mut names: Vec<String> = Vec::new();
            let entries = match std::fs::read_dir(&folder) {
                // It comes with the first mail.
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                entries => entries?,
            };
            for entry in entries {
                let name = entry?.file_name();
                let name = name.to_str().and_then(|name| name.strip_suffix(".eml"));
                names.extend(name.filter(|name| is_id(name)).map(str::to_owned));
            }
            names.sort_unstable_by(|a, b| b.cmp(a));
            names.truncate(limit);
            let lines = names
                .iter()
                .filter_map(|name| open(&folder, name).ok().flatten());
            Ok(lines.map(|opened| opened.mail).collect())
        })
        .await
    }

    /// One mail; `None` when there is none of this name.
    pub async fn open(&self, id: &str) -> io::Result<Option<Opened>> {
        if !is_id(id) {
            return Ok(None);
        }
        let (folder, id) = (self.0.clone(), id.to_owned());
        blocking(move || open(&folder, &id)).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}

/// Only the names that we give: no path can hide in one.
fn is_id(name: &str) -> bool {
    (1..=80).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn open(folder: &Path, id: &str) -> io::Result<Option<Opened>> {
    let path = folder.join(format!("{id}.eml"));
    let size = match std::fs::metadata(&path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if size > LARGEST {
        return Ok(None);
    }
    let bytes = std::fs::read(&path)?;
    Ok(read(id, &bytes))
}

fn read(id: &str, bytes: &[u8]) -> Option<Opened> {
    let mail = MessageParser::default().parse(bytes)?;
    let body = |kind: &str| {
        mail.parts
            .iter()
            .find(|part| part.is_content_type("text", kind))
            .and_then(|part| part.text_contents())
            .unwrap_or_default()
            .to_owned()
    };
    let to = mail.to().into_iter().flat_map(|list| list.iter());
    Some(Opened {
        mail: DemoMail {
            id: id.to_owned(),
            to: to
                .filter_map(|one| one.address().map(str::to_owned))
                .collect(),
            subject: mail.subject().unwrap_or_default().to_owned(),
            at: DateTime::from_timestamp(mail.date()?.to_timestamp(), 0)?,
        },
        text: body("plain"),
        html: body("html"),
    })
}

#[async_trait]
impl DemoMailbox for Mailbox {
    async fn list(&self) -> Answer<Vec<DemoMail>> {
        self.newest(SHOWN).await.map_err(unreadable)
    }

    async fn read(&self, id: &str) -> Answer<DemoMailText> {
        let opened = self.open(id).await.map_err(unreadable)?;
        let opened = opened.ok_or(AppError::NotFound)?;
        Ok(DemoMailText {
            mail: opened.mail,
            text: opened.text,
        })
    }
}

fn unreadable(error: io::Error) -> AppError {
    tracing::warn!(event = "mail_folder_unreadable", kind = %error.kind());
    AppError::Unavailable {
        reference: "mail_folder".to_owned(),
    }
}
