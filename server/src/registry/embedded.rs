//! The register of the demonstration: fictional companies, in the response schema of the real one.

use std::collections::BTreeMap;

use anyhow::Context;
use async_trait::async_trait;
use domain::identifiers::{Siren, Siret};
use domain::registry::{RegistryState, Source};

use super::read::Answer;
use super::{Entry, Lookup, Question, Registry, Search, question};
use crate::clock::Clock;

const FILE: &str = include_str!("../../registry-demo/entreprises.json");
/// As many as the API gives.
const SHOWN: usize = 10;

/// Always there, and always the same.
#[derive(Debug)]
pub struct EmbeddedRegistry {
    answer: Answer,
    clock: Clock,
}

impl EmbeddedRegistry {
    pub fn new(clock: Clock) -> anyhow::Result<Self> {
        let answer = Answer::read(FILE).context("le registre de démonstration est illisible")?;
        Ok(Self { answer, clock })
    }

    /// Every company, for the demonstration page.
    pub fn all(&self) -> Vec<Entry> {
        self.answer.entries(Source::Demonstration, self.clock.now())
    }

    fn look_up(&self, siren: &Siren, siret: Option<&Siret>) -> Lookup {
        let now = self.clock.now();
        let entry = self
            .answer
            .company(siren, siret, Source::Demonstration, now)
            // The real register does not know an establishment that does not exist.
            .filter(|entry| siret.is_none() || entry.establishment.is_some());
        match entry {
            Some(entry) => Lookup::Known(Box::new(entry)),
            None => Lookup::Unknown { asked_at: now },
        }
    }
}

#[async_trait]
impl Registry for EmbeddedRegistry {
    async fn company(&self, siren: &Siren) -> Lookup {
        self.look_up(siren, None)
    }

    async fn establishment(&self, siret: &Siret) -> Lookup {
        self.look_up(&siret.siren(), Some(siret))
    }

    async fn remembered(&self, sirets: &[Siret]) -> BTreeMap<Siret, RegistryState> {
        sirets
            .iter()
            .map(|siret| {
                let lookup = self.look_up(&siret.siren(), Some(siret));
                (siret.clone(), lookup.state())
            })
            .collect()
    }

    async fn search(&self, text: &str) -> Search {
        let name = match question(text) {
            Ok(Question::Name(name)) => name,
            Ok(Question::Siren(siren)) => return Search::of(self.company(&siren).await),
            Ok(Question::Siret(siret)) => return Search::of(self.establishment(&siret).await),
            Err(answer) => return answer,
        };
        let wanted = fold(&name);
        let mut entries: Vec<Entry> = self.all();
        entries.retain(|entry| {
            let name = fold(entry.facts.name.as_deref().unwrap_or_default());
            wanted.split_whitespace().all(|word| name.contains(word))
        });
        let total = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        entries.truncate(SHOWN);
        Search::Found { entries, total }
    }

    fn source(&self) -> Source {
        Source::Demonstration
    }
}

/// Lower case, without the accents of French.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'à' | 'â' | 'ä' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            '’' | '\'' | '-' => ' ',
            other => other,
        })
        .collect()
}
