//! A mail ready to leave: its headers checked, its two bodies, and an identifier that never changes.

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::Rendered;

/// A mail for one person.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Stable over all tries: a mail that arrives twice can be recognised.
    pub id: String,
    pub to: Address,
    pub date: DateTime<Utc>,
    pub content: Rendered,
}

/// Who writes, and who reads the answers.
#[derive(Clone, Debug)]
pub struct Sender {
    pub from: Mailbox,
    pub reply_to: Mailbox,
}

/// Why a mail cannot be made. Trying again would not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    #[error("the address is not one")]
    Address,
    #[error("a header would hold a line break or another control character")]
    Header,
    #[error("the mail cannot be built")]
    Build,
}

impl LetterError {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Address => "mail_address",
            Self::Header => "mail_header",
            Self::Build => "mail_build",
        }
    }
}

/// Tells machines that nobody typed this mail, so that they send no "out of office".
#[derive(Clone, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// An address as stored, checked again.
pub fn address(text: &str) -> Result<Address, LetterError> {
    one_line(text)?;
    text.parse().map_err(|_| LetterError::Address)
}

impl Letter {
    /// Builds the message. The headers are exactly those written here.
    pub fn message(&self, sender: &Sender) -> Result<Message, LetterError> {
        one_line(&self.content.subject)?;
        one_line(&self.id)?;
        Message::builder()
            .from(sender.from.clone())
            .reply_to(sender.reply_to.clone())
            .to(Mailbox::new(None, self.to.clone()))
            .subject(self.content.subject.clone())
            .date(self.date.into())
            .message_id(Some(format!(
                "<{}@{}>",
                self.id,
                sender.from.email.domain()
            )))
            .header(AutoSubmitted)
            .multipart(
                MultiPart::alternative()
                    .singlepart(part(ContentType::TEXT_PLAIN, &self.content.text))
                    .singlepart(part(ContentType::TEXT_HTML, &self.content.html)),
            )
            .map_err(|_| LetterError::Build)
    }
}

fn part(kind: ContentType, body: &str) -> SinglePart {
    SinglePart::builder().header(kind).body(body.to_owned())
}

/// Refused rather than cleaned: a line break in a name is an attack or an error, and a person should see it.
fn one_line(text: &str) -> Result<(), LetterError> {
    if text.chars().any(char::is_control) {
        return Err(LetterError::Header);
    }
    Ok(())
}
