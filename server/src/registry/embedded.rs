//! The register of the demonstration: fictional companies, in the response schema of the real one.

use std::collections::BTreeMap;

use anyhow::Context;
use app::views::HITS_A_PAGE;
use async_trait::async_trait;
use domain::identifiers::{Siren, Siret};
use domain::registry::{RegistryState, Source};

use super::read::Answer;
use super::{Entry, Lookup, Question, Registry, Search, Within, question};
use crate::clock::Clock;

const FILE: &str = include_str!("../../registry-demo/entreprises.json");

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

    async fn search_in(&self, text: &str, within: &Within) -> Search {
        let name = match question(text) {
            Ok(Question::Name(name)) => name,
            Ok(Question::Siren(siren)) => return Search::of(self.company(&siren).await),
            Ok(Question::Siret(siret)) => return Search::of(self.establishment(&siret).await),
            Err(answer) => return answer,
        };
        let wanted = fold(&name);
        let mut entries: Vec<Entry> = self.all();
        entries.retain(|entry| {
            let facts = &entry.facts;
            let said = [&facts.name, &facts.address];
            let said: Vec<&str> = said.into_iter().filter_map(Option::as_deref).collect();
            let said = fold(&said.join(" "));
            let here = within.postal_code.is_none() || within.postal_code == facts.postal_code;
            here && wanted.split_whitespace().all(|word| said.contains(word))
        });
        let total = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        let before = u64::from(within.page.saturating_sub(1)) * HITS_A_PAGE;
        let asked = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let entries = entries.into_iter().skip(asked(before));
        let entries = entries.take(asked(HITS_A_PAGE)).collect();
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
