//! The company register: what it says of a number, and who bears a name. Its silence never blocks anybody.
//!
//! Invariants: a number that fails its checksum is never asked; an answer keeps the date at which the register gave it;
//! both sources speak the response schema of the API Recherche d'entreprises, through one reader.

mod api;
mod embedded;
mod fetch;
pub mod holders;
mod pace;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::identifiers::{IdentifierError, Siren, Siret};
use domain::registry::{RegistryFacts, RegistryState, Source};
use store::Store;

pub use api::{ApiRegistry, ApiSettings};
pub use embedded::EmbeddedRegistry;

use crate::clock::Clock;
use crate::config::{RegistryConfig, RegistryMode};

/// How long a register's answer is shown without asking again.
pub const FRESH: chrono::Duration = chrono::Duration::hours(24);
/// As [`FRESH`], for "nobody bears this number": a company may be entered at any time.
pub const FRESH_UNKNOWN: chrono::Duration = chrono::Duration::hours(1);
/// Older answers are forgotten.
pub const KEPT: chrono::Duration = chrono::Duration::days(90);

/// Asks the register.
#[async_trait]
pub trait Registry: Send + Sync {
    /// The entry of a legal unit.
    async fn company(&self, siren: &Siren) -> Lookup;
    /// The entry of the legal unit that owns an establishment, with this establishment.
    async fn establishment(&self, siret: &Siret) -> Lookup;
    /// What is known of these establishments without asking anybody; what is not known is left out.
    async fn remembered(&self, sirets: &[Siret]) -> BTreeMap<Siret, RegistryState>;
    /// Entries by name, with words of the place; a text that is a SIREN or a SIRET is looked up as such.
    async fn search_in(&self, text: &str, within: &Within) -> Search;
    fn source(&self) -> Source;

    /// As [`Registry::search_in`], anywhere, the first page.
    async fn search(&self, text: &str) -> Search {
        self.search_in(text, &Within::default()).await
    }

    /// As [`Registry::company`], in the words of the rules.
    async fn by_siren(&self, siren: &Siren) -> RegistryState {
        self.company(siren).await.state()
    }

    /// As [`Registry::establishment`], in the words of the rules.
    async fn by_siret(&self, siret: &Siret) -> RegistryState {
        self.establishment(siret).await.state()
    }

    fn is_demonstration(&self) -> bool {
        self.source() == Source::Demonstration
    }
}

/// What became of a look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    Known(Box<Entry>),
    /// The register answered that it does not know the number.
    Unknown {
        asked_at: DateTime<Utc>,
    },
    /// The register did not answer, and never did for this number.
    Unresolved,
}

impl Lookup {
    pub fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Known(entry) => Some(entry),
            Self::Unknown { .. } | Self::Unresolved => None,
        }
    }

    /// In the words of the rules.
    pub fn state(self) -> RegistryState {
        match self {
            Self::Known(entry) => RegistryState::Known(Box::new(entry.facts)),
            Self::Unknown { asked_at } => RegistryState::Unknown { asked_at },
            Self::Unresolved => RegistryState::Unresolved,
        }
    }
}

/// One company of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `siret` and the address are those of the head office.
    pub facts: RegistryFacts,
    /// When the company closed, if it did and the register says when.
    pub closed_on: Option<NaiveDate>,
    /// The establishment that was asked for.
    pub establishment: Option<Establishment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Establishment {
    pub siret: Siret,
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub commune: Option<String>,
    /// `false` once the establishment is closed; the company may live on.
    pub active: bool,
    pub head_office: bool,
}

/// Which part of the answer to a name is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// Five digits.
    pub postal_code: Option<String>,
    /// Pages of [`app::views::HITS_A_PAGE`] entries; the first is 1.
    pub page: u32,
}

impl Default for Within {
    fn default() -> Self {
        Self {
            postal_code: None,
            page: 1,
        }
    }
}

/// What became of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    Found {
        entries: Vec<Entry>,
        /// How many there are; more than shown when the name is common.
        total: u64,
    },
    /// Fewer than three characters.
    TooShort,
    /// The text is a number, and a wrong one.
    InvalidNumber(IdentifierError),
    Unavailable,
}

impl Search {
    fn of(lookup: Lookup) -> Self {
        match lookup {
            Lookup::Known(entry) => Self::Found {
                entries: vec![*entry],
                total: 1,
            },
            Lookup::Unknown { .. } => Self::Found {
                entries: Vec::new(),
                total: 0,
            },
            Lookup::Unresolved => Self::Unavailable,
        }
    }
}

/// What a searched text is.
enum Question {
    Siren(Siren),
    Siret(Siret),
    Name(String),
}

/// Reads a searched text: 9 or 14 digits are a number and nothing else.
fn question(text: &str) -> Result<Question, Search> {
    let text = read::tidy(text);
    let digits: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '.' | '-'))
        .collect();
    if digits.chars().all(|letter| letter.is_ascii_digit()) {
        match digits.len() {
            9 => {
                return Siren::parse(&digits)
                    .map(Question::Siren)
                    .map_err(Search::InvalidNumber);
            }
            14 => {
                return Siret::parse(&digits)
                    .map(Question::Siret)
                    .map_err(Search::InvalidNumber);
            }
            _ => {}
        }
    }
    if text.chars().count() < 3 {
        return Err(Search::TooShort);
    }
    Ok(Question::Name(text.chars().take(100).collect()))
}

/// The register of this configuration. `origin` tells its owner who asks.
pub fn open(
    config: &RegistryConfig,
    origin: &str,
    store: &Store,
    clock: &Clock,
) -> anyhow::Result<Arc<dyn Registry>> {
    Ok(match config.mode {
        RegistryMode::Embedded => Arc::new(EmbeddedRegistry::new(clock.clone())?),
        RegistryMode::Api => {
            let mut settings = ApiSettings::new(&config.url, origin);
            settings.timeout = config.timeout;
            Arc::new(ApiRegistry::new(settings, store.clone(), clock.clone())?)
        }
    })
}
