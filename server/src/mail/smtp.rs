//! Sends over SMTP: encrypted or not at all, one connection per mail, each failure told as "later" or "never".
//!
//! A connection is never shared nor kept: when a delivery is abandoned in the middle of a dialogue, nothing of it can leak
//! into the next mail. lettre's pooled transport would, and it does not say at which stage a server refused.

use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use secrecy::ExposeSecret;

use super::{Letter, Sender, Transport};
use crate::config::{Encryption, MailConfig};
use crate::outbox::Failure;

/// The longest wait for one reply; the outbox bounds the whole delivery.
const REPLY: Duration = Duration::from_secs(20);
const MECHANISMS: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];

/// A mail server.
pub struct Smtp {
    host: String,
    port: u16,
    encryption: Encryption,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    sender: Sender,
    hello: ClientId,
}

/// Where in the dialogue a failure came: the same reply does not mean the same everywhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Opening,
    Authentication,
    Sender,
    Recipient,
    Content,
}

impl Smtp {
    pub fn new(config: &MailConfig, sender: Sender) -> anyhow::Result<Self> {
        let tls = match config.encryption {
            Encryption::None => None,
            Encryption::Required | Encryption::Tls => Some(tls(config)?),
        };
        let credentials = (!config.user.is_empty()).then(|| {
            let password = config.password.expose_secret().to_owned();
            Credentials::new(config.user.clone(), password)
        });
        Ok(Self {
            host: config.host.clone(),
            port: config.port,
            encryption: config.encryption,
            tls,
            credentials,
            sender,
            hello: ClientId::default(),
        })
    }

    /// Connects, encrypts and signs in. Without the encryption that was asked for, not a byte of a mail is sent.
    async fn open(&self) -> Result<AsyncSmtpConnection, Failure> {
        let (immediate, later) = match self.encryption {
            Encryption::Tls => (self.tls.clone(), None),
            Encryption::Required => (None, self.tls.clone()),
            Encryption::None => (None, None),
        };
        let at = |stage| move |error: Error| failure(&error, stage);
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(REPLY), &self.hello, immediate, None)
                .await
                .map_err(at(Stage::Opening))?;
        if let Some(tls) = later {
            if !connection.can_starttls() {
                connection.abort().await;
                return Err(Failure::later("smtp_starttls_missing"));
            }
            connection
                .starttls(tls, &self.hello)
                .await
                .map_err(at(Stage::Opening))?;
        }
        if let Some(credentials) = &self.credentials {
            connection
                .auth(MECHANISMS, credentials)
                .await
                .map_err(at(Stage::Authentication))?;
        }
        Ok(connection)
    }
}

#[async_trait]
impl Transport for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let message = letter.message(&self.sender)?;
        let envelope = message.envelope();
        let at = |stage| move |error: Error| failure(&error, stage);
        let mut connection = self.open().await?;
        let mut options = Vec::new();
        if !letter.to.to_string().is_ascii() {
            if !connection
                .server_info()
                .supports_feature(Extension::SmtpUtfEight)
            {
                connection.abort().await;
                return Err(Failure::never("smtp_utf8_missing"));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        connection
            .command(Mail::new(envelope.from().cloned(), options))
            .await
            .map_err(at(Stage::Sender))?;
        for recipient in envelope.to() {
            connection
                .command(Rcpt::new(recipient.clone(), Vec::new()))
                .await
                .map_err(at(Stage::Recipient))?;
        }
        store::crash_point!("mail.rcpt");
        connection.command(Data).await.map_err(at(Stage::Content))?;
        connection
            .message(&message.formatted())
            .await
            .map_err(at(Stage::Content))?;
        // The mail is the server's now: a failure to say goodbye changes nothing.
        let _polite = connection.quit().await;
        Ok(())
    }
}

fn tls(config: &MailConfig) -> anyhow::Result<TlsParameters> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(path) = &config.ca_file {
        let pem = std::fs::read(path)
            .with_context(|| format!("le certificat {} ne peut pas être lu", path.display()))?;
        let certificate = Certificate::from_pem(&pem)
            .with_context(|| format!("{} n’est pas un certificat PEM", path.display()))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder
        .build()
        .context("le chiffrement vers le serveur SMTP ne peut pas être préparé")
}

/// A refusal of the recipient or of the content is final. One of the greeting, of the account or of the sender is about the
/// portal, not about this mail: it is worth the patience of the outbox, and a look at the configuration.
fn failure(error: &Error, stage: Stage) -> Failure {
    if let Some(code) = error.status() {
        let final_here = matches!(stage, Stage::Recipient | Stage::Content);
        return match stage {
            _ if error.is_permanent() && final_here => Failure::never(format!("smtp_{code}")),
            Stage::Opening => Failure::later(format!("smtp_opening_{code}")),
            Stage::Authentication => Failure::later(format!("smtp_auth_{code}")),
            Stage::Sender => Failure::later(format!("smtp_sender_{code}")),
            Stage::Recipient | Stage::Content => Failure::later(format!("smtp_{code}")),
        };
    }
    if error.is_timeout() {
        Failure::later("smtp_timeout")
    } else if error.is_tls() {
        Failure::later("smtp_tls")
    } else if stage == Stage::Authentication && error.is_client() {
        Failure::later("smtp_auth_unsupported")
    } else {
        Failure::later("smtp_connection")
    }
}
