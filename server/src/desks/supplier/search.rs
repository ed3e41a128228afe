//! Finding a company in the register, by number or by name.

use app::views::{CompanyHit, CompanySearch, SearchOutcome};
use domain::registry::Source;

use super::SupplierService;
use super::opening::Number;
use crate::desks::error::DeskError;
use crate::registry::{Entry, Lookup, Search};

/// A name is searched from three characters on.
const SHORTEST: usize = 3;

impl SupplierService {
    pub(super) async fn find_companies(&self, query: &str) -> Result<CompanySearch, DeskError> {
        let query = query.trim();
        let outcome = if query.chars().count() < SHORTEST {
            SearchOutcome::Empty
        } else if is_number(query) {
            self.by_number(query).await
        } else {
            self.by_name(query).await
        };
        Ok(CompanySearch {
            query: query.to_owned(),
            outcome,
        })
    }

    async fn by_number(&self, query: &str) -> SearchOutcome {
        let number = match Number::parse(query) {
            Ok(number) => number,
            Err(error) => return SearchOutcome::Invalid(error),
        };
        match self.look_up(&number).await {
            Lookup::Known(entry) => found(vec![*entry]),
            Lookup::Unknown { .. } => found(vec![]),
            Lookup::Unresolved => SearchOutcome::RegistryDown {
                number: Some(query.to_owned()),
            },
        }
    }

    async fn by_name(&self, query: &str) -> SearchOutcome {
        match self.0.state.registry.search(query).await {
            Search::Found { entries, .. } => found(entries),
            Search::TooShort => SearchOutcome::Empty,
            Search::InvalidNumber(error) => SearchOutcome::Invalid(error),
            Search::Unavailable => SearchOutcome::RegistryDown { number: None },
        }
    }
}

/// Digits, with the spaces and signs that people put between them.
fn is_number(query: &str) -> bool {
    query.chars().any(|c| c.is_ascii_digit()) && !query.chars().any(char::is_alphabetic)
}

fn found(entries: Vec<Entry>) -> SearchOutcome {
    SearchOutcome::Found {
        demonstration: entries
            .iter()
            .any(|entry| entry.facts.source == Source::Demonstration),
        hits: entries.into_iter().map(hit).collect(),
    }
}

/// The establishment that was asked for, otherwise the head office.
fn hit(entry: Entry) -> CompanyHit {
    let facts = entry.facts;
    let (siret, address) = match entry.establishment {
        Some(establishment) => (Some(establishment.siret), establishment.address),
        None => (facts.siret, facts.address),
    };
    CompanyHit {
        name: facts.name.unwrap_or_else(|| facts.siren.to_string()),
        siret,
        address,
        active: facts.active,
        siren: facts.siren,
    }
}
