//! Mails: what they say, in two languages and two shapes, and how they leave.
//!
//! Invariants: what people typed is shown as text, never read as markup or as a header; a mail keeps its identifier over
//! all its tries; nothing here writes an address or a subject to the journal.

pub mod folder;
mod letter;
mod markdown;
mod post;
mod render;
mod smtp;

use std::sync::Arc;

use anyhow::Context;
use app::desk::DemoMailbox;
use async_trait::async_trait;

pub use letter::{Letter, LetterError, Sender, address};
pub use post::Post;
pub use render::{Rendered, TextError, Texts};
pub use smtp::Smtp;

use crate::config::{Config, MailConfig, MailMode};
use crate::outbox::Failure;

/// Takes a mail away.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Returns once somebody else is responsible for the mail.
    async fn send(&self, letter: &Letter) -> Result<(), Failure>;
}

/// The transport of this configuration.
pub fn open(config: &MailConfig) -> anyhow::Result<Arc<dyn Transport>> {
    let sender = Sender {
        from: config
            .from
            .parse()
            .context("mail.from n’est pas une adresse")?,
        reply_to: config
            .reply_to
            .parse()
            .context("mail.reply_to n’est pas une adresse")?,
    };
    Ok(match config.mode {
        MailMode::Folder => Arc::new(folder::Folder::new(&config.folder, sender)?),
        MailMode::Smtp => Arc::new(Smtp::new(config, sender)?),
    })
}

/// The mails of a demonstration, for its pages; `None` when mails are really sent.
pub fn demo_mailbox(config: &Config) -> Option<Arc<dyn DemoMailbox>> {
    let shown = config.demo && config.mail.mode == MailMode::Folder;
    shown.then(|| Arc::new(folder::Mailbox::new(&config.mail.folder)) as Arc<dyn DemoMailbox>)
}

impl From<LetterError> for Failure {
    fn from(error: LetterError) -> Self {
        Self::never(error.code())
    }
}
