//! The addresses of the pages of payments: all their filters are in them.

use domain::identifiers::Siren;
use domain::indicators::{LedgerPart, Payer, Purchases};
use leptos::prelude::*;
use leptos_router::location::Url;

use crate::pages::buyer::address::{page_number, with_query, year};
use crate::routes::path;
use crate::views::PaymentsFilter;

/// The department that pays; and, with any value, that the ledger names none.
const DIRECTION: &str = "direction";
const UNNAMED: &str = "sans-direction";
pub(super) const PURCHASES: &str = "compte";
const PARTY: &str = "tiers";

/// The payments of a year, or those of the supplier that the filter names.
pub fn address(filter: &PaymentsFilter) -> String {
    let mut parts: Vec<String> = filter
        .year
        .map(|year| format!("annee={year}"))
        .into_iter()
        .collect();
    parts.extend(
        kept(&filter.part)
            .into_iter()
            .map(|(name, value)| format!("{name}={}", Url::escape(&value))),
    );
    if filter.part.purchases != Purchases::All {
        parts.push(format!("{PURCHASES}={}", filter.part.purchases.code()));
    }
    if filter.page > 1 {
        parts.push(format!("page={}", filter.page));
    }
    let path = match filter.part.party {
        Some(_) => path::SUPPLIER_PAYMENTS,
        None => path::PAYMENTS,
    };
    with_query(path, &parts)
}

/// Who pays and who is paid.
fn kept(part: &LedgerPart) -> Vec<(&'static str, String)> {
    let mut kept = Vec::new();
    if let Some(party) = &part.party {
        kept.push((PARTY, party.clone()));
    }
    match &part.payer {
        Payer::Any => {}
        Payer::Unnamed => kept.push((UNNAMED, "1".to_owned())),
        Payer::Named(name) => kept.push((DIRECTION, name.clone())),
    }
    kept
}

/// Keeps who pays and who is paid when the rest of the filter changes.
pub(super) fn hidden(part: &LedgerPart) -> AnyView {
    kept(part)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}

/// Reads which payments a page shows; what is not understood is the default.
pub fn filter(query: impl Fn(&str) -> Option<String>) -> PaymentsFilter {
    let written = |name: &str| query(name).filter(|value| !value.trim().is_empty());
    let payer = match (written(UNNAMED), written(DIRECTION)) {
        (Some(_), _) => Payer::Unnamed,
        (None, Some(name)) => Payer::Named(name),
        (None, None) => Payer::Any,
    };
    let purchases = query(PURCHASES).and_then(|code| Purchases::from_code(&code));
    PaymentsFilter {
        year: year(query("annee")),
        part: LedgerPart {
            payer,
            purchases: purchases.unwrap_or_default(),
            party: written(PARTY)
                .map(|typed| Siren::parse(&typed).map_or(typed, |siren| siren.to_string())),
        },
        page: page_number(query("page")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_back() {
        let named = Payer::Named("Voirie & réseaux".to_owned());
        for (payer, purchases, party, page) in [
            (Payer::Any, Purchases::All, None, 1),
            (Payer::Unnamed, Purchases::Others, Some("DE/1 <b>"), 3),
            (named, Purchases::Solidarity, Some("910000017"), 2),
        ] {
            let asked = PaymentsFilter {
                year: Some(2025),
                part: LedgerPart {
                    payer,
                    purchases,
                    party: party.map(str::to_owned),
                },
                page,
            };
            let address = address(&asked);
            let read = filter(|name| {
                let (_, query) = address.split_once('?')?;
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                let (_, value) = pairs.find(|(key, _)| *key == name)?;
                Some(Url::unescape(value))
            });
            assert_eq!(read, asked, "{address}");
        }
        let spaced = filter(|name| (name == PARTY).then(|| "910 000 017".to_owned()));
        assert_eq!(spaced.part.party.as_deref(), Some("910000017"));
        assert_eq!(filter(|_| Some(" ".to_owned())).part, LedgerPart::default());
    }
}
