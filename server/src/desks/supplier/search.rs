//! Finding a company in the register, by number or by name.

use app::views::{CompanyHit, CompanySearch, EstablishmentDoubt, SearchOutcome};
use domain::identifiers::Siret;

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
            Lookup::Known(entry) => self.found(vec![hit(*entry, number.siret())], 1),
            Lookup::Unknown { .. } => SearchOutcome::UnknownNumber {
                number: number.digits().to_owned(),
                demonstration: self.0.state.registry.is_demonstration(),
            },
            Lookup::Unresolved => SearchOutcome::RegistryDown {
                number: Some(number.digits().to_owned()),
            },
        }
    }

    async fn by_name(&self, query: &str) -> SearchOutcome {
        match self.0.state.registry.search(query).await {
            Search::Found { entries, total } => {
                let hits = entries.into_iter().map(|entry| hit(entry, None)).collect();
                self.found(hits, total)
            }
            Search::TooShort => SearchOutcome::Empty,
            Search::InvalidNumber(error) => SearchOutcome::Invalid(error),
            Search::Unavailable => SearchOutcome::RegistryDown { number: None },
        }
    }

    fn found(&self, hits: Vec<CompanyHit>, total: u64) -> SearchOutcome {
        SearchOutcome::Found {
            hits,
            total,
            demonstration: self.0.state.registry.is_demonstration(),
        }
    }
}

/// Digits, with the spaces and signs that people put between them.
fn is_number(query: &str) -> bool {
    query.chars().any(|c| c.is_ascii_digit()) && !query.chars().any(char::is_alphabetic)
}

/// The establishment that was asked for, otherwise the head office.
fn hit(entry: Entry, asked: Option<&Siret>) -> CompanyHit {
    let facts = entry.facts;
    let head_office = facts.siret.clone();
    let elsewhere = asked.filter(|asked| head_office.as_ref() != Some(*asked));
    let (siret, address, doubt) = match (entry.establishment, elsewhere) {
        (Some(found), _) => {
            let doubt = (!found.active).then_some(EstablishmentDoubt::Closed);
            (Some(found.siret), found.address, doubt)
        }
        (None, Some(asked)) => (Some(asked.clone()), None, Some(EstablishmentDoubt::Unknown)),
        (None, None) => (facts.siret, facts.address, None),
    };
    CompanyHit {
        name: facts.name.unwrap_or_else(|| facts.siren.to_string()),
        head_office: head_office.filter(|office| siret.as_ref() != Some(office)),
        doubt: doubt.filter(|_| facts.active),
        siret,
        address,
        active: facts.active,
        siren: facts.siren,
    }
}
