//! The public API Recherche d'entreprises, with its answers kept for a day, and shown for longer when it is down.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::identifiers::{Siren, Siret};
use domain::registry::{RegistryState, Source};
use store::registry_cache::{self, CachedAnswer};
use store::{Store, StoreError};

use super::fetch::{Fetched, Fetcher};
use super::read::Answer;
use super::{FRESH, FRESH_UNKNOWN, Lookup, Question, Registry, Search, Within, question};
use crate::clock::Clock;

/// What is kept of "nobody bears this number".
const NOBODY: &str = r#"{"results":[],"total_results":0}"#;

/// How the API is asked.
#[derive(Clone, Debug)]
pub struct ApiSettings {
    pub base: String,
    pub user_agent: String,
    /// For one request.
    pub timeout: Duration,
    /// For a question, with its wait in the queue and its new tries.
    pub patience: Duration,
    /// Between two requests of this process: the API accepts seven a second, we send five at most.
    pub interval: Duration,
}

impl ApiSettings {
    pub fn new(base: &str, origin: &str) -> Self {
        Self {
            base: base.to_owned(),
            user_agent: format!("portail-spaser/{} (+{origin})", env!("CARGO_PKG_VERSION")),
            timeout: Duration::from_secs(5),
            patience: Duration::from_secs(8),
            interval: Duration::from_millis(200),
        }
    }
}

/// The client of the API.
#[derive(Debug)]
pub struct ApiRegistry {
    fetcher: Fetcher,
    store: Store,
    clock: Clock,
}

/// The text of an answer, and when it was given.
struct Kept {
    body: String,
    at: DateTime<Utc>,
}

/// As [`Kept`], read.
struct Dated {
    answer: Answer,
    at: DateTime<Utc>,
}

impl ApiRegistry {
    pub fn new(settings: ApiSettings, store: Store, clock: Clock) -> anyhow::Result<Self> {
        let fetcher = Fetcher::new(
            &settings.base,
            &settings.user_agent,
            settings.timeout,
            settings.patience,
            settings.interval,
        )?;
        Ok(Self {
            fetcher,
            store,
            clock,
        })
    }

    /// The kept answer while it is fresh, else a new one, else the kept one however old.
    async fn answer(&self, key: &str, q: &str, within: &Within) -> Option<Dated> {
        let kept = self.kept(key).await;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_fresh(self.clock.now())) {
            return kept.read();
        }
        let body = match self.fetcher.ask(q, within).await {
            Fetched::Answer(body) => body,
            Fetched::Nobody => NOBODY.to_owned(),
            Fetched::Silence(reason) => {
                tracing::warn!(event = "registry_silent", reason, kept = kept.is_some());
                return kept.and_then(|kept| kept.read());
            }
        };
        let fresh = Kept {
            body,
            at: self.clock.now(),
        };
        if let Err(error) = self.keep(key, &fresh).await {
            tracing::warn!(event = "registry_cache_unwritable", error = error.code());
        }
        fresh.read()
    }

    async fn kept(&self, key: &str) -> Option<Kept> {
        match registry_cache::get(self.store.read(), key).await {
            Ok(kept) => kept.map(Kept::from),
            Err(error) => {
                tracing::warn!(event = "registry_cache_unreadable", error = error.code());
                None
            }
        }
    }

    async fn keep(&self, key: &str, kept: &Kept) -> Result<(), StoreError> {
        self.store
            .write(|txn| async move { registry_cache::put(&txn, key, &kept.body, kept.at).await })
            .await
    }

    async fn look_up(&self, siren: &Siren, siret: Option<&Siret>) -> Lookup {
        let (key, q) = match siret {
            Some(siret) => (siret_key(siret), siret.as_str()),
            None => (format!("siren:{siren}"), siren.as_str()),
        };
        let answer = self.answer(&key, q, &Within::default()).await;
        self.entry(answer, siren, siret)
    }

    fn entry(&self, answer: Option<Dated>, siren: &Siren, siret: Option<&Siret>) -> Lookup {
        let Some(Dated { answer, at }) = answer else {
            return Lookup::Unresolved;
        };
        match answer.company(siren, siret, self.source(), at) {
            Some(entry) => Lookup::Known(Box::new(entry)),
            None if answer.is_empty() => Lookup::Unknown { asked_at: at },
            // Somebody else's entry, or one that cannot be read, says nothing about this number.
            None => Lookup::Unresolved,
        }
    }
}

fn siret_key(siret: &Siret) -> String {
    format!("siret:{siret}")
}

impl From<CachedAnswer> for Kept {
    fn from(cached: CachedAnswer) -> Self {
        Self {
            body: cached.body,
            at: cached.fetched_at,
        }
    }
}

impl Kept {
    fn read(&self) -> Option<Dated> {
        Some(Dated {
            answer: Answer::read(&self.body)?,
            at: self.at,
        })
    }

    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        let limit = match Answer::read(&self.body) {
            Some(answer) if answer.is_empty() => FRESH_UNKNOWN,
            Some(_) => FRESH,
            None => return false,
        };
        now - self.at < limit
    }
}

#[async_trait]
impl Registry for ApiRegistry {
    async fn company(&self, siren: &Siren) -> Lookup {
        self.look_up(siren, None).await
    }

    async fn establishment(&self, siret: &Siret) -> Lookup {
        self.look_up(&siret.siren(), Some(siret)).await
    }

    async fn remembered(&self, sirets: &[Siret]) -> BTreeMap<Siret, RegistryState> {
        let keys: Vec<String> = sirets.iter().map(siret_key).collect();
        let mut kept = match registry_cache::get_all(self.store.read(), &keys).await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(event = "registry_cache_unreadable", error = error.code());
                return BTreeMap::new();
            }
        };
        sirets
            .iter()
            .filter_map(|siret| {
                let answer = Kept::from(kept.remove(&siret_key(siret))?).read();
                let lookup = self.entry(answer, &siret.siren(), Some(siret));
                Some((siret.clone(), lookup.state()))
            })
            .collect()
    }

    async fn search_in(&self, text: &str, within: &Within) -> Search {
        let name = match question(text) {
            Ok(Question::Name(name)) => name,
            Ok(Question::Siren(siren)) => return Search::of(self.company(&siren).await),
            Ok(Question::Siret(siret)) => return Search::of(self.establishment(&siret).await),
            Err(answer) => return answer,
        };
        let place = within.postal_code.as_deref().unwrap_or_default();
        let key = format!("q:{}:{place}:{}", within.page, name.to_lowercase());
        let Some(Dated { answer, at }) = self.answer(&key, &name, within).await else {
            return Search::Unavailable;
        };
        Search::Found {
            entries: answer.entries(self.source(), at),
            total: answer.total(),
        }
    }

    fn source(&self) -> Source {
        Source::RechercheEntreprises
    }
}
