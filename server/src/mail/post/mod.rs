//! From a message of the outbox to a letter: who is told, in which language, with which words, if it is still true.

mod buyer;
mod invitation;
mod people;
mod prepared;
mod sign_in;
mod supplier;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::identifiers::Siren;
use domain::insertion::Quarter;
use domain::text::Lang;
use serde_json::{Map, Value};
use store::accounts::Account;
use store::{Store, companies, declarations};
use uuid::Uuid;

use super::{Letter, Texts, address};
use crate::catalogue::Shelf;
use crate::config::Config;
use crate::keys::Keys;
use crate::outbox::{Batch, Failure};

/// A letter, or why there is nothing to write any more.
type Made = Result<Letter, &'static str>;

/// Writes the letters.
pub struct Post {
    texts: Texts,
    config: Arc<Config>,
    keys: Keys,
    catalogues: Shelf,
}

/// Whom a letter is for.
struct Reader<'a> {
    email: &'a str,
    name: &'a str,
    lang: Lang,
}

impl<'a> Reader<'a> {
    fn of(account: &'a Account) -> Self {
        Self {
            email: &account.email,
            name: account.name.trim(),
            lang: Lang::from_tag(&account.language).unwrap_or_default(),
        }
    }
}

/// Why somebody is written to, for the last line of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// They have an account.
    Account,
    /// Somebody gave the address to sign in: it may be the first time, and nobody is told which.
    SigningIn,
    /// A person of a company invites somebody who has no account.
    Invited,
    /// An agent prepared a draft for somebody who has no account.
    Prepared,
}

impl Why {
    const fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::SigningIn => "signing_in",
            Self::Invited => "invited",
            Self::Prepared => "prepared",
        }
    }

    /// As `otherwise`, unless they have an account.
    const fn unless_known(account: Option<&Account>, otherwise: Self) -> Self {
        match account {
            Some(_) => Self::Account,
            None => otherwise,
        }
    }
}

impl Post {
    pub fn new(texts: Texts, config: Arc<Config>, keys: Keys, catalogues: Shelf) -> Self {
        Self {
            texts,
            config,
            keys,
            catalogues,
        }
    }

    /// Makes the letter `name` for one reader; `values` are what this text shows beside what all of them do.
    fn letter(
        &self,
        batch: &Batch,
        reader: &Reader<'_>,
        name: &str,
        values: Value,
        now: DateTime<Utc>,
    ) -> Result<Letter, Failure> {
        let site = &self.config.site;
        let mut all = Map::new();
        for (key, value) in [
            ("portal", site.name.as_str()),
            ("buyer", &site.buyer_name),
            ("service", &site.service),
            ("phone", &site.phone),
            ("origin", &self.config.origin),
            ("person", reader.name),
        ] {
            all.insert(key.to_owned(), value.into());
        }
        all.insert("why".to_owned(), Why::Account.code().into());
        if let Value::Object(values) = values {
            all.extend(values);
        }
        let content = self
            .texts
            .render(name, reader.lang, &all)
            .map_err(|error| {
                tracing::error!(event = "mail_text", name, error = ?error);
                Failure::never("mail_text")
            })?;
        Ok(Letter {
            id: batch.id(),
            to: address(reader.email)?,
            date: now,
            content,
        })
    }

    fn declaration_link(&self, id: Uuid) -> String {
        self.config.url(&format!("/declarations/{id}"))
    }

    fn qualification_link(&self, id: Uuid) -> String {
        self.config.url(&format!("/qualifications/{id}"))
    }

    fn review_link(&self, id: Uuid) -> String {
        self.config.url(&format!("/instruction/{id}"))
    }
}

/// The company and the reference of a declaration.
async fn named(store: &Store, id: Uuid) -> Result<(String, String), Failure> {
    let record = declarations::find(store.read(), id)
        .await?
        .ok_or_else(|| Failure::never("declaration_missing"))?;
    Ok((record.company.name, record.reference))
}

/// A quarter as a letter says it.
fn quarter_words(code: &str, lang: Lang) -> String {
    Quarter::parse(code).map_or_else(|| code.to_owned(), |quarter| quarter.words(lang))
}

/// The name of a company.
async fn company(store: &Store, siren: &Siren) -> Result<String, Failure> {
    let company = companies::by_siren(store.read(), siren)
        .await?
        .ok_or_else(|| Failure::never("company_missing"))?;
    Ok(company.name)
}

/// What the outbox holds of this message, in its type.
fn payload<T: serde::de::DeserializeOwned>(message: &store::outbox::Message) -> Result<T, Failure> {
    serde_json::from_value(message.payload.clone()).map_err(|_| Failure::never("payload"))
}
