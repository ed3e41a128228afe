//! Where the browser goes once a company was opened, or could not be: its declaration, or the search page, which says why.

use super::people::joining_path;
use super::supplier::declaration_path;
use crate::desk::{ClosedCompany, Opening};
use crate::routes::path;

/// The number in what was typed, and no other text: it goes back into the address of the search.
pub fn digits(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(20)
        .collect()
}

/// The next page; `number` as [`digits`] gives it.
pub fn opening_path(number: &str, opening: &Opening) -> String {
    match opening {
        Opening::Declaration(id) => declaration_path(*id),
        Opening::HeldByAnother(siren) => joining_path(siren),
        Opening::Closed(company) if number.is_empty() => {
            closed_path(company.siren.as_str(), company)
        }
        Opening::Closed(company) => closed_path(number, company),
        Opening::Invalid(_) => search_path(number, "invalide"),
    }
}

/// The clear stop of a company that has closed.
pub(super) fn closed_path(number: &str, company: &ClosedCompany) -> String {
    let since = company
        .since
        .map(|day| format!("&depuis={day}"))
        .unwrap_or_default();
    format!("{}{since}", search_path(number, "fermee"))
}

fn search_path(number: &str, outcome: &str) -> String {
    format!("{}/recherche?q={number}&issue={outcome}", path::SUPPLIER)
}
