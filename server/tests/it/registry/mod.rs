//! The company register: asked gently, and never in the way; the demonstration has its own.

pub(crate) mod api;
mod holders;
mod reading;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::claims::Kind;
use domain::identifiers::{Siren, Siret};
use domain::registry::{RegistryState, Source};
use server::clock::Clock;
use server::registry::{
    ApiRegistry, ApiSettings, EmbeddedRegistry, Lookup, Registry, Search, Within,
};
use store::testing::TestDatabase;
use store::{Engine, Store};

use self::api::{FakeApi, Reply};
use crate::outbox::bench::at;

fn siren(text: &str) -> Siren {
    Siren::parse(text).unwrap()
}

/// A client with short waits.
fn client(api: &FakeApi, store: &Store, clock: &Clock) -> ApiRegistry {
    let settings = ApiSettings {
        timeout: Duration::from_millis(400),
        patience: Duration::from_millis(2500),
        interval: Duration::from_millis(1),
        ..ApiSettings::new(&api.base, "https://portail.example")
    };
    ApiRegistry::new(settings, store.clone(), clock.clone()).unwrap()
}

async fn on(db: &TestDatabase) -> (FakeApi, Store, Clock) {
    (
        FakeApi::start().await,
        db.store().await,
        Clock::manual(at("2026-05-04T08:00:00Z")),
    )
}

async fn sqlite() -> (FakeApi, Store, Clock, TestDatabase) {
    let db = TestDatabase::create(Engine::Sqlite).await;
    let (api, store, clock) = on(&db).await;
    (api, store, clock, db)
}

#[tokio::test]
async fn a_wrong_number_is_never_asked() {
    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    for wrong in ["732829321", "732 829 321", "73282932000075", "000000000"] {
        assert!(
            matches!(registry.search(wrong).await, Search::InvalidNumber(_)),
            "{wrong}"
        );
    }
    for short in ["", "  ", "ab", "\u{0}b"] {
        assert_eq!(registry.search(short).await, Search::TooShort, "{short:?}");
    }
    assert_eq!(api.count(), 0);
    for right in ["732 829 320", "732829320 00157", "  éclaireurs "] {
        let Search::Found { entries, .. } = registry.search(right).await else {
            panic!("{right}");
        };
        assert_eq!(entries.len(), 1, "{right}");
    }
    assert_eq!(api.count(), 3);
}

store::on_both_engines! {
    async fn an_answer_serves_for_a_day_and_longer_when_the_register_is_down(db) {
        let (api, store, clock) = on(&db).await;
        let registry = client(&api, &store, &clock);
        let siren = siren("732829320");
        let first = clock.now();
        assert!(registry.company(&siren).await.entry().is_some());
        clock.advance(TimeDelta::hours(23));
        // Another process, the same database.
        let other = client(&api, &store, &clock);
        assert_eq!(other.company(&siren).await.entry().unwrap().facts.fetched_at, first);
        assert_eq!(api.count(), 1);
        clock.advance(TimeDelta::hours(2));
        api.always(Reply::Status(500, r#"{"erreur": "panne"}"#));
        assert_eq!(registry.company(&siren).await.entry().unwrap().facts.fetched_at, first, "the old answer, with its date");
        assert_eq!(api.count(), 2);
        api.always(Reply::Well);
        let now = clock.now();
        assert_eq!(registry.company(&siren).await.entry().unwrap().facts.fetched_at, now);
        // "Nobody" is asked again after an hour.
        let nobody = Siren::parse("356000000").unwrap();
        for (hours, asked) in [(0, 4), (0, 4), (2, 5)] {
            clock.advance(TimeDelta::hours(hours));
            assert!(matches!(registry.company(&nobody).await, Lookup::Unknown { .. }));
            assert_eq!(api.count(), asked);
        }
    }
}

#[tokio::test]
async fn every_failure_leaves_the_question_open_and_blocks_nobody() {
    for (reply, what) in [
        (Reply::Status(500, r#"{"erreur": "panne"}"#), "500"),
        (Reply::Status(503, ""), "503"),
        (
            Reply::Status(400, r#"{"erreur": "Numéro Siren invalide."}"#),
            "400",
        ),
        (
            Reply::Status(404, "<html>proxy</html>"),
            "404 of somebody else",
        ),
        (Reply::Status(200, "<html>portail captif</html>"), "HTML"),
        (Reply::Status(200, "[]"), "a list"),
        (Reply::Status(200, r#"{"results": null}"#), "no results"),
        (Reply::Status(200, "{"), "garbage"),
        (Reply::Slow(Duration::from_secs(30)), "slow"),
        (Reply::Cut, "cut"),
        (Reply::Huge, "huge"),
        (Reply::Redirect, "redirect"),
    ] {
        let (api, store, clock, db) = sqlite().await;
        let registry = client(&api, &store, &clock);
        api.always(reply);
        let begin = Instant::now();
        assert_eq!(
            registry.by_siren(&siren("732829320")).await,
            RegistryState::Unresolved,
            "{what}"
        );
        assert_eq!(
            registry.search("éclaireurs").await,
            Search::Unavailable,
            "{what}"
        );
        assert!(begin.elapsed() < Duration::from_secs(20), "{what}");
        assert_eq!(api.count(), 2, "{what}: the fault fired");
        assert_eq!(
            db.number("SELECT COUNT(*) FROM registry_cache").await,
            0,
            "{what}: nothing is kept of it"
        );
    }
}

#[tokio::test]
async fn an_unknown_number_is_told_in_two_ways() {
    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    assert!(matches!(
        registry.company(&siren("356000000")).await,
        Lookup::Unknown { .. }
    ));
    api.plays([Reply::Status(404, r#"{"erreur": "Aucun résultat."}"#)]);
    assert!(matches!(
        registry.company(&siren("200054807")).await,
        Lookup::Unknown { .. }
    ));
}

#[tokio::test]
async fn too_many_is_waited_for_three_times_at_most() {
    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    api.plays([Reply::TooMany(Some(1)), Reply::TooMany(None)]);
    let begin = Instant::now();
    assert!(
        registry
            .company(&siren("732829320"))
            .await
            .entry()
            .is_some()
    );
    assert!(
        begin.elapsed() >= Duration::from_secs(2),
        "{:?}",
        begin.elapsed()
    );
    assert_eq!(api.count(), 3);

    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    api.always(Reply::TooMany(Some(0)));
    assert_eq!(
        registry.company(&siren("732829320")).await,
        Lookup::Unresolved
    );
    assert_eq!(api.count(), 3, "three tries");

    // A long silence is obeyed by everybody, and waited for by nobody.
    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    api.plays([Reply::TooMany(Some(60))]);
    let begin = Instant::now();
    for _ in 0..5 {
        assert_eq!(
            registry.company(&siren("732829320")).await,
            Lookup::Unresolved
        );
    }
    assert!(begin.elapsed() < Duration::from_secs(20));
    assert_eq!(api.count(), 1);
}

#[tokio::test]
async fn a_register_that_is_down_is_not_waited_for_by_everybody_in_turn() {
    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    api.always(Reply::Slow(Duration::from_secs(30)));
    let begin = Instant::now();
    for _ in 0..20 {
        assert_eq!(
            registry.company(&siren("732829320")).await,
            Lookup::Unresolved
        );
    }
    assert_eq!(api.count(), 3, "then it is left alone");
    assert!(
        begin.elapsed() < Duration::from_secs(20),
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test]
async fn thirty_questions_at_once_never_exceed_the_rate_of_the_register() {
    let (api, store, clock, _db) = sqlite().await;
    let settings = ApiSettings {
        patience: Duration::from_secs(10),
        ..ApiSettings::new(&api.base, "https://portail.example")
    };
    assert_eq!(
        settings.interval,
        Duration::from_millis(200),
        "five a second"
    );
    let registry = ApiRegistry::new(settings, store, clock).unwrap();
    let names: Vec<String> = (0..30).map(|n| format!("entreprise {n}")).collect();
    let answers = futures::future::join_all(names.iter().map(|name| registry.search(name))).await;
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Search::Found { .. }))
    );
    assert_eq!((api.count(), api.refused()), (30, 0));
    let times: Vec<Instant> = api.asked().iter().map(|(at, ..)| *at).collect();
    for window in times.windows(7) {
        assert!(
            window[6] - window[0] > Duration::from_secs(1),
            "at most six in a second"
        );
    }
}

#[tokio::test]
async fn the_demonstration_has_a_company_of_every_kind_under_right_numbers() {
    let registry = EmbeddedRegistry::new(Clock::manual(at("2026-05-04T08:00:00Z"))).unwrap();
    assert!(registry.is_demonstration());
    let all = registry.all();
    assert_eq!(all.len(), 15, "every entry can be read");
    let kinds: std::collections::HashSet<Kind> = all
        .iter()
        .flat_map(|entry| entry.facts.siae_kinds.clone())
        .collect();
    for kind in [Kind::Ei, Kind::Aci, Kind::Etti, Kind::Ea, Kind::Esat] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    assert!(
        all.iter()
            .any(|entry| !entry.facts.active && entry.closed_on.is_some())
    );
    assert!(
        all.iter()
            .any(|entry| entry.facts.partly_masked && entry.facts.name.is_none())
    );
    assert!(
        all.iter()
            .any(|entry| entry.facts.category.as_deref() == Some("ETI"))
    );
    for entry in &all {
        let number = entry.facts.siren.as_str();
        let fictional = number.starts_with("9100");
        let name = entry.facts.name.clone().unwrap_or_default();
        assert!(
            fictional == (name.contains("DÉMO") || entry.facts.partly_masked),
            "{number} {name}"
        );
        let head = entry.facts.siret.as_ref();
        if let Some(siret) = head {
            assert!(siret.belongs_to(&entry.facts.siren));
            let found = registry.establishment(siret).await;
            assert!(found.entry().is_some_and(|found| {
                found
                    .establishment
                    .as_ref()
                    .is_some_and(|one| one.head_office)
            }));
        }
        let state = registry.by_siren(&entry.facts.siren).await;
        assert_eq!(state.facts().unwrap().source, Source::Demonstration);
    }
    // The two real ones hold nothing but what is public law or in every textbook.
    for (number, name) in [
        ("356000000", "La Poste"),
        ("200054807", "Métropole d’Aix-Marseille-Provence"),
    ] {
        let found = registry.company(&siren(number)).await;
        let facts = &found.entry().unwrap().facts;
        assert_eq!(facts.name.as_deref(), Some(name));
        assert_eq!(
            (
                facts.address.as_ref(),
                facts.naf.as_ref(),
                facts.category.as_ref(),
                facts.ess
            ),
            (None, None, None, None)
        );
    }
    assert!(
        registry
            .establishment(&Siret::parse("35600000049837").unwrap())
            .await
            .entry()
            .is_some()
    );
    assert!(matches!(
        registry.company(&siren("732829320")).await,
        Lookup::Unknown { .. }
    ));
    let Search::Found { entries, total } = registry.search("demo  INSERTION").await else {
        panic!("found");
    };
    assert_eq!((entries.len(), total), (2, 2));
}

fn within(postal_code: Option<&str>, page: u32) -> Within {
    Within {
        postal_code: postal_code.map(str::to_owned),
        page,
    }
}

#[tokio::test]
async fn the_demonstration_is_narrowed_by_its_places_and_read_page_by_page() {
    let registry = EmbeddedRegistry::new(Clock::manual(at("2026-05-04T08:00:00Z"))).unwrap();
    let found = async |text: &str, within: Within| match registry.search_in(text, &within).await {
        Search::Found { entries, total } => (entries, total),
        other => panic!("{other:?}"),
    };
    let (first, total) = found("demo", within(None, 1)).await;
    let (second, again) = found("demo", within(None, 2)).await;
    assert_eq!((first.len(), again), (10, total));
    assert!(!second.is_empty());
    assert_eq!(u64::try_from(10 + second.len()).unwrap(), total);
    assert!(second.iter().all(|entry| !first.contains(entry)));
    assert_eq!(found("demo", within(None, 3)).await, (vec![], total));
    let code = first[0].facts.postal_code.clone().unwrap();
    let here = |entry: &server::registry::Entry| entry.facts.postal_code.as_ref() == Some(&code);
    let all = first.iter().chain(&second);
    let there = all.filter(|entry| here(entry)).count();
    let (narrowed, total) = found("demo", within(Some(&code), 1)).await;
    assert!(narrowed.len() < first.len() && narrowed.iter().all(here));
    assert_eq!(total, u64::try_from(there).unwrap());
    let address = first[0].facts.address.clone().unwrap();
    let town = address.split(' ').next_back().unwrap();
    let (in_town, _) = found(&format!("demo {town}"), within(None, 1)).await;
    assert!(!in_town.is_empty() && in_town.contains(&first[0]));
}

#[tokio::test]
async fn the_register_is_asked_for_the_place_and_the_page_and_each_answer_is_kept_apart() {
    let (api, store, clock, _db) = sqlite().await;
    let registry = client(&api, &store, &clock);
    let parts = [within(None, 1), within(None, 2), within(Some("13100"), 1)];
    for _ in 0..2 {
        for part in &parts {
            let found = registry.search_in("éclaireurs", part).await;
            assert!(matches!(found, Search::Found { .. }));
        }
    }
    let asked: Vec<_> = api
        .asked()
        .iter()
        .map(|(_, query, _)| (query["page"].clone(), query.get("code_postal").cloned()))
        .collect();
    let of = |page: &str, code: Option<&str>| (page.to_owned(), code.map(str::to_owned));
    assert_eq!(
        asked,
        [of("1", None), of("2", None), of("1", Some("13100"))]
    );
}
