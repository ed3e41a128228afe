//! What the company register answers is read leniently, whatever surrounds it.

use domain::claims::Kind;
use domain::identifiers::{LegalCategory, Siret};
use domain::registry::Source;
use server::registry::{Lookup, Registry, Search};

use super::{client, siren, sqlite};
use crate::outbox::bench::day;

#[tokio::test]
async fn an_entry_is_read_whatever_surrounds_it() {
    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    let Lookup::Known(entry) = registry.company(&siren("732829320")).await else {
        panic!("known");
    };
    let facts = &entry.facts;
    assert_eq!(facts.name.as_deref(), Some("LES ÉCLAIREURS D'AIX (LEA)"));
    assert_eq!(
        facts.siret.as_ref().map(Siret::as_str),
        Some("73282932000074")
    );
    assert_eq!(
        facts.legal_category.as_ref().map(LegalCategory::as_str),
        Some("9220")
    );
    assert_eq!(
        (facts.category.as_deref(), facts.category_year),
        (Some("PME"), Some(2024))
    );
    assert_eq!(
        (facts.staff_band.as_deref(), facts.staff_band_year),
        (Some("12"), Some(2024))
    );
    assert_eq!((facts.ess, facts.siae), (Some(true), Some(true)));
    assert_eq!(facts.siae_kinds, [Kind::Aci, Kind::Ei]);
    assert_eq!(facts.created_on, Some(day("2009-04-14")));
    assert_eq!((facts.active, facts.partly_masked), (true, false));
    assert_eq!(
        (facts.source, facts.fetched_at),
        (Source::RechercheEntreprises, clock.now())
    );
    assert_eq!((&entry.establishment, entry.closed_on), (&None, None));

    let siret = Siret::parse("73282932000157").unwrap();
    let Lookup::Known(entry) = registry.establishment(&siret).await else {
        panic!("known");
    };
    let establishment = entry.establishment.unwrap();
    assert_eq!(
        (
            establishment.siret,
            establishment.active,
            establishment.head_office
        ),
        (siret, false, false)
    );
    assert_eq!(establishment.address.as_deref(), Some("2 RUE Y"));

    let Lookup::Known(entry) = registry.company(&siren("443061841")).await else {
        panic!("known");
    };
    let facts = &entry.facts;
    assert_eq!((facts.name.as_deref(), facts.siret.as_ref()), (None, None));
    assert_eq!(facts.address.as_deref(), Some("13600 LA CIOTAT"));
    assert!(facts.partly_masked && !facts.active);
    assert_eq!(entry.closed_on, Some(day("2024-12-31")));
    assert_eq!(
        (facts.created_on, facts.ess, facts.legal_category.clone()),
        (None, None, None)
    );

    let Search::Found { entries, .. } = registry.search("usurpateur").await else {
        panic!("found");
    };
    assert_eq!(entries.len(), 2, "what cannot be read is left out");
    assert_eq!(
        registry.company(&siren("303265045")).await,
        Lookup::Unresolved,
        "somebody else's entry"
    );
    let (_, query, headers) = api.asked().remove(0);
    assert_eq!(
        query["include"],
        "siege,complements,matching_etablissements"
    );
    assert_eq!(query["minimal"], "true");
    assert!(
        headers["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("portail-spaser/")
    );
}
