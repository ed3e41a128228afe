//! What is known of a company: recorded when it says more, never lost.

use chrono::{DateTime, Utc};
use domain::identifiers::Siren;
use domain::registry::{RegistryFacts, RegistryState, Source};
use store::{Store, companies};

use crate::support::{minutes, noon};

fn siren() -> Siren {
    Siren::parse("732829320").unwrap()
}

fn known(name: Option<&str>, at: DateTime<Utc>) -> RegistryState {
    RegistryState::Known(Box::new(RegistryFacts {
        siren: siren(),
        name: name.map(str::to_owned),
        siret: None,
        address: None,
        postal_code: None,
        commune: None,
        legal_category: None,
        naf: None,
        staff_band: None,
        staff_band_year: None,
        category: None,
        category_year: None,
        active: true,
        created_on: None,
        ess: None,
        siae: None,
        siae_kinds: vec![],
        partly_masked: false,
        vat: vec![],
        source: Source::Demonstration,
        fetched_at: at,
    }))
}

async fn record(store: &Store, state: &RegistryState, at: DateTime<Utc>) {
    let siren = &siren();
    store
        .write(|txn| async move { companies::record(&txn, siren, siren.as_str(), state, at).await })
        .await
        .unwrap();
}

async fn call(store: &Store, name: &str) {
    let siren = &siren();
    store
        .write(|txn| async move { companies::call(&txn, siren, name, noon()).await })
        .await
        .unwrap();
}

async fn read(store: &Store) -> (String, RegistryState, DateTime<Utc>) {
    let found = companies::by_siren(store.read(), &siren()).await.unwrap();
    let company = found.unwrap();
    (company.name, company.registry, company.registry_at)
}

store::on_both_engines! {
    async fn an_answer_replaces_what_says_less_or_is_older(db) {
        let store = db.store().await;
        let unknown = |at| RegistryState::Unknown { asked_at: at };
        let (early, late) = (noon() - minutes(30), noon() + minutes(30));
        let at = |state: &RegistryState| match state {
            RegistryState::Known(facts) => facts.fetched_at,
            RegistryState::Unknown { asked_at } => *asked_at,
            RegistryState::Unresolved => noon(),
        };
        record(&store, &RegistryState::Unresolved, noon()).await;
        for (said, holds) in [
            (unknown(noon()), unknown(noon())),
            (unknown(early), unknown(noon())),
            // Facts say more than their absence, even if they were kept from before.
            (known(Some("Éclair"), early), known(Some("Éclair"), early)),
            (known(Some("Éclair SA"), late), known(Some("Éclair SA"), late)),
            (known(Some("Ancien"), early), known(Some("Éclair SA"), late)),
            (unknown(late + minutes(1)), known(Some("Éclair SA"), late)),
            (RegistryState::Unresolved, known(Some("Éclair SA"), late)),
            (known(None, late + minutes(2)), known(None, late + minutes(2))),
        ] {
            record(&store, &said, late + minutes(60)).await;
            let (_, registry, registry_at) = read(&store).await;
            assert_eq!(registry, holds, "after {said:?}");
            assert_eq!(registry_at, at(&holds), "when the register said it, not when it was written");
        }
        assert_eq!(read(&store).await.0, "Éclair SA", "a name that is not given any more is kept");
    }

    async fn a_company_without_a_name_is_called_as_its_people_call_it(db) {
        let store = db.store().await;
        record(&store, &RegistryState::Unresolved, noon()).await;
        assert_eq!(read(&store).await.0, "732829320");
        call(&store, "  Atelier d’Été ").await;
        call(&store, " ").await;
        assert_eq!(read(&store).await.0, "Atelier d’Été");
        let found = db.number("SELECT count(*) FROM companies WHERE search_name LIKE '% ete%'").await;
        assert_eq!(found, 1, "and found by it");
        record(&store, &RegistryState::Unknown { asked_at: noon() }, noon()).await;
        assert_eq!(read(&store).await.0, "Atelier d’Été");
        record(&store, &known(Some("Registre"), noon()), noon()).await;
        call(&store, "Autre").await;
        assert_eq!(read(&store).await.0, "Registre", "the register names its companies");
    }
}
