//! Finding a company in the register, by number or by name.

use app::views::{
    CompanyHit, CompanyQuestion, CompanySearch, EstablishmentDoubt, LAST_HITS_PAGE, SearchOutcome,
};
use domain::identifiers::Siret;

use super::SupplierService;
use super::opening::Number;
use crate::desks::error::DeskError;
use crate::registry::{Entry, Lookup, Search, Within};
use crate::state::AppState;

/// A name is searched from three characters on.
const SHORTEST: usize = 3;

impl SupplierService {
    pub(super) async fn find_companies(
        &self,
        asked: CompanyQuestion,
    ) -> Result<CompanySearch, DeskError> {
        let text = asked.text.trim();
        let outcome = if text.chars().count() < SHORTEST {
            SearchOutcome::Empty
        } else if is_number(text) {
            by_number(&self.0.state, text).await
        } else {
            self.by_name(text, &asked).await
        };
        Ok(CompanySearch { asked, outcome })
    }

    async fn by_name(&self, name: &str, asked: &CompanyQuestion) -> SearchOutcome {
        let within = Within {
            postal_code: asked.postal_code.clone(),
            page: asked.page.clamp(1, LAST_HITS_PAGE),
        };
        match self.0.state.registry.search_in(name, &within).await {
            Search::Found { entries, total } => {
                let hits = entries.into_iter().map(|entry| hit(entry, None)).collect();
                found(&self.0.state, hits, total)
            }
            Search::TooShort => SearchOutcome::Empty,
            Search::InvalidNumber(error) => SearchOutcome::Invalid(error),
            Search::Unavailable => SearchOutcome::RegistryDown { number: None },
        }
    }
}

/// The company or the establishment of a number, by the register.
pub(in crate::desks) async fn by_number(state: &AppState, query: &str) -> SearchOutcome {
    let number = match Number::parse(query) {
        Ok(number) => number,
        Err(error) => return SearchOutcome::Invalid(error),
    };
    match look_up(state, &number).await {
        Lookup::Known(entry) => found(state, vec![hit(*entry, number.siret())], 1),
        Lookup::Unknown { .. } => SearchOutcome::UnknownNumber {
            number: number.digits().to_owned(),
            demonstration: state.registry.is_demonstration(),
        },
        Lookup::Unresolved => SearchOutcome::RegistryDown {
            number: Some(number.digits().to_owned()),
        },
    }
}

/// Asks the register for the number, as an establishment or as a legal unit.
pub(in crate::desks) async fn look_up(state: &AppState, number: &Number) -> Lookup {
    match number {
        Number::Siren(siren) => state.registry.company(siren).await,
        Number::Siret(siret) => {
            let found = state.registry.establishment(siret).await;
            // A new establishment may be missing while its company is known.
            match found {
                Lookup::Unknown { .. } => state.registry.company(&siret.siren()).await,
                known => known,
            }
        }
    }
}

fn found(state: &AppState, hits: Vec<CompanyHit>, total: u64) -> SearchOutcome {
    SearchOutcome::Found {
        hits,
        total,
        demonstration: state.registry.is_demonstration(),
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
