//! The mails of a demonstration, kept in a folder instead of being sent: a list, and one mail as its plain text.
//!
//! Invariants: only when the server provides a mailbox do these pages exist; nothing of a mail is ever rendered as markup.

mod mail;
mod mails;

use std::sync::Arc;

use leptos::prelude::use_context;

use crate::desk::{Answer, DemoMailbox};
use crate::error::AppError;

pub use mail::DemoMailPage;
pub use mails::DemoMails;

/// The mailbox, or a page that does not exist.
fn mailbox() -> Answer<Arc<dyn DemoMailbox>> {
    use_context::<Arc<dyn DemoMailbox>>().ok_or(AppError::NotFound)
}
