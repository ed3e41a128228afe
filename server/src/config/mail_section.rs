//! Turns the mail settings into their typed section, with the checks that cross several of them.

use std::path::{Path, PathBuf};

use app::site::Site;
use secrecy::SecretString;

use super::reader::Reader;
use super::sections::is_loopback;

/// How mails leave.
#[derive(Clone, Debug)]
pub struct MailConfig {
    pub mode: MailMode,
    pub folder: PathBuf,
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub user: String,
    pub password: SecretString,
    /// One more certificate authority to believe.
    pub ca_file: Option<PathBuf>,
    pub from: String,
    pub reply_to: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailMode {
    Folder,
    Smtp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// STARTTLS, and nothing is sent if the server does not offer it.
    Required,
    /// TLS from the first byte.
    Tls,
    /// Clear text, to the machine itself only.
    None,
}

pub(super) fn mail(reader: &mut Reader, data_dir: &Path, site: &Site) -> MailConfig {
    let mode = reader.choice(
        "mail.mode",
        &[("folder", MailMode::Folder), ("smtp", MailMode::Smtp)],
        MailMode::Folder,
    );
    let encryption = reader.choice(
        "mail.encryption",
        &[
            ("required", Encryption::Required),
            ("tls", Encryption::Tls),
            ("none", Encryption::None),
        ],
        Encryption::Required,
    );
    let host = match mode {
        MailMode::Smtp => reader.required("mail.host"),
        MailMode::Folder => reader.text("mail.host"),
    };
    if mode == MailMode::Smtp && encryption == Encryption::None && !is_loopback(&host) {
        reader.problems.push(format!(
            "mail.encryption : none enverrait les courriels en clair à {host} ; seule la machine elle-même (localhost) peut les recevoir ainsi"
        ));
    }
    let port = if reader.text("mail.port").is_empty() {
        match encryption {
            Encryption::Required => 587,
            Encryption::Tls => 465,
            Encryption::None => 25,
        }
    } else {
        u16::try_from(reader.number("mail.port", 1, 65_535)).unwrap_or(587)
    };
    let user = reader.text("mail.user");
    let password = reader.text("mail.password");
    if user.is_empty() != password.is_empty() {
        reader
            .problems
            .push("mail.user et mail.password vont ensemble : l’un est donné, l’autre non".into());
    }
    let folder = reader.path("mail.folder");
    let ca_file = Some(reader.path("mail.ca_file")).filter(|path| !path.as_os_str().is_empty());
    if let Some(path) = ca_file.as_ref().filter(|path| !path.is_file()) {
        reader.problems.push(format!(
            "mail.ca_file : le fichier {} n’existe pas",
            path.display()
        ));
    }
    MailConfig {
        mode,
        folder: if folder.as_os_str().is_empty() {
            data_dir.join("courriels")
        } else {
            folder
        },
        host,
        port,
        encryption,
        user,
        password: password.into(),
        ca_file,
        from: mailbox(reader, "mail.from", &site.name, &site.email),
        reply_to: mailbox(reader, "mail.reply_to", &site.service, &site.email),
    }
}

/// A mailbox such as `Portail <a@b.fr>`.
fn mailbox(reader: &mut Reader, key: &str, name: &str, address: &str) -> String {
    let text = reader.text(key);
    let text = if text.is_empty() {
        format!("{} <{address}>", name.replace(['<', '>', ',', '"'], " "))
    } else {
        text
    };
    if text.parse::<lettre::message::Mailbox>().is_err() {
        reader.problems.push(format!(
            "{key} : « {text} » n’est pas une adresse (exemple : Portail Spaser <portail@exemple.fr>)"
        ));
    }
    text
}
