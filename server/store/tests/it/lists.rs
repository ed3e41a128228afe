//! Lists that prove: one import of each in force, whole; put there, compared, taken back; found by SIREN in one query.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::claims::Kind;
use domain::identifiers::{Siren, Siret};
use domain::lists::{Facts, Field, ListKind, Outcome, Row};
use store::lists::{self, Failure, Import, NewImport, NotPut, State, TurnAct};
use store::{Store, StoreError, Txn, accounts::Role};

use crate::support::{account, minutes, noon};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn siren(text: &str) -> Siren {
    Siren::parse(text).unwrap()
}

const ONE: &str = "732829320";
const OTHER: &str = "910000058";

fn row(of: &str, end: &str) -> Row {
    Row {
        siren: siren(of),
        name: Some(format!("Les Jardins « {of} »")),
        facts: Facts {
            valid_to: (!end.is_empty()).then(|| day(end)),
            ..Facts::default()
        },
    }
}

fn file(list: ListKind) -> NewImport {
    NewImport {
        list,
        file_name: "liste.csv".to_owned(),
        sha256: "a".repeat(64),
        size_bytes: 10,
        format: "csv",
        published_on: day("2026-02-01"),
        headings: vec!["SIREN".to_owned(), "Fin".to_owned()],
        sample: vec![vec![ONE.to_owned(), String::new()]],
        mapping: BTreeMap::from([(Field::Siren, "SIREN".to_owned())]),
        by: None,
    }
}

/// Reads a file with these rows, and compares it with what is in force.
async fn read(store: &Store, list: ListKind, rows: &[Row]) -> i64 {
    let new = &file(list);
    let id = store
        .write(|txn| async move { lists::open(&txn, new, noon()).await })
        .await
        .unwrap();
    again(store, list, id, rows).await;
    id
}

async fn again(store: &Store, list: ListKind, id: i64, rows: &[Row]) {
    let started = store
        .write(|txn| async move { lists::start(&txn, id, noon(), noon()).await })
        .await;
    assert!(started.unwrap());
    lists::clear(store, id).await.unwrap();
    store
        .write(|txn| async move { lists::insert(&txn, id, rows).await })
        .await
        .unwrap();
    let in_force = lists::in_force(store.read()).await.unwrap();
    let base = in_force.iter().find(|(import, _)| import.list == list);
    let base = base.map(|(import, _)| import.id);
    let outcome = &Outcome {
        rows: rows.len() as u64,
        lines: rows.len() as u64,
        difference: lists::difference(store.read(), id, base).await.unwrap(),
        ..Outcome::default()
    };
    store
        .write(|txn| async move { lists::record_outcome(&txn, id, outcome, base, noon()).await })
        .await
        .unwrap();
}

async fn put(store: &Store, id: i64) -> Result<Import, NotPut> {
    let done = store
        .write(|txn| async move { lists::put_in_force(&txn, id, None, noon()).await })
        .await;
    done.unwrap()
}

async fn back(store: &Store, id: i64) -> Result<Import, NotPut> {
    let done = store
        .write(
            |txn| async move { lists::roll_back(&txn, id, "Mauvais fichier", None, noon()).await },
        )
        .await;
    done.unwrap()
}

async fn found(store: &Store, list: ListKind, id: i64) -> Import {
    let imports = lists::imports(store.read(), list, 50).await.unwrap();
    imports.into_iter().find(|import| import.id == id).unwrap()
}

/// The end that the ESUS list in force gives of a company.
async fn end(store: &Store, of: &str) -> Option<Option<NaiveDate>> {
    let listed = lists::proofs(store.read(), &[siren(of)]).await.unwrap();
    listed.proofs.first().map(|proof| proof.facts.valid_to)
}

store::on_both_engines! {
    async fn the_old_list_holds_whole_until_the_new_one_does(db) {
        let store = db.store().await;
        assert_eq!(lists::proofs(store.read(), &[siren(ONE)]).await.unwrap(), domain::lists::Listed::default());
        let first = read(&store, ListKind::Esus, &[row(ONE, "2026-12-31"), row(OTHER, "")]).await;
        assert_eq!(end(&store, ONE).await, None, "a file that was read is not in force");
        put(&store, first).await.unwrap();
        assert_eq!(end(&store, ONE).await, Some(Some(day("2026-12-31"))));

        let second = read(&store, ListKind::Esus, &[row(ONE, "2031-12-31"), row("900000019", "")]).await;
        assert_eq!(end(&store, ONE).await, Some(Some(day("2026-12-31"))), "the old list, whole");
        assert_eq!(end(&store, OTHER).await, Some(None));
        let read = found(&store, ListKind::Esus, second).await;
        let difference = read.outcome.unwrap().difference;
        assert_eq!((difference.before, difference.added, difference.removed, difference.changed), (Some(2), 1, 1, 1));
        assert_eq!(difference.removed_examples[0].key, OTHER);
        assert_eq!(difference.changed_examples[0].name.as_deref(), Some("Les Jardins « 732829320 »"));

        put(&store, second).await.unwrap();
        assert_eq!(end(&store, ONE).await, Some(Some(day("2031-12-31"))), "the new list, whole");
        assert_eq!(end(&store, OTHER).await, None);
        assert_eq!(put(&store, second).await.unwrap_err(), NotPut::NotRead, "a second click");
        let remembered = lists::mapping(store.read(), ListKind::Esus, &read.headings).await.unwrap();
        assert_eq!(remembered, Some(read.mapping));
        let other = lists::mapping(store.read(), ListKind::Esus, &[]).await.unwrap();
        assert_eq!(other, None);
    }

    async fn a_difference_that_is_no_longer_true_is_not_made(db) {
        let store = db.store().await;
        let one = read(&store, ListKind::Esus, &[row(ONE, "")]).await;
        let two = read(&store, ListKind::Esus, &[row(OTHER, "")]).await;
        put(&store, one).await.unwrap();
        assert_eq!(put(&store, two).await.unwrap_err(), NotPut::Outdated, "compared with nothing");
        again(&store, ListKind::Esus, two, &[row(OTHER, "")]).await;
        put(&store, two).await.unwrap();
        assert_eq!(end(&store, ONE).await, None);
        // Each list is one of its own.
        let other = read(&store, ListKind::EssFrance, &[row(ONE, "")]).await;
        put(&store, other).await.unwrap();
        assert_eq!(end(&store, OTHER).await, Some(None));
    }

    async fn a_list_is_taken_back_step_by_step_as_far_as_its_rows_are_kept(db) {
        let store = db.store().await;
        let mut imports = Vec::new();
        for year in 2026..2031 {
            let id = read(&store, ListKind::Esus, &[row(ONE, &format!("{year}-12-31"))]).await;
            put(&store, id).await.unwrap();
            lists::prune(&store, ListKind::Esus).await.unwrap();
            imports.push(id);
        }
        let kept: Vec<bool> = lists::imports(store.read(), ListKind::Esus, 50)
            .await
            .unwrap()
            .iter()
            .rev()
            .map(|import| import.rows_kept)
            .collect();
        assert_eq!(kept, [false, false, true, true, true]);
        assert_eq!(db.number("SELECT COUNT(*) FROM list_rows").await, 3);
        assert_eq!(back(&store, imports[3]).await.unwrap_err(), NotPut::Outdated, "not in force");
        back(&store, imports[4]).await.unwrap();
        assert_eq!(end(&store, ONE).await, Some(Some(day("2029-12-31"))));
        assert_eq!(back(&store, imports[4]).await.unwrap_err(), NotPut::Outdated, "a second click");
        lists::prune(&store, ListKind::Esus).await.unwrap();
        back(&store, imports[3]).await.unwrap();
        assert_eq!(end(&store, ONE).await, Some(Some(day("2028-12-31"))));
        assert_eq!(back(&store, imports[2]).await.unwrap_err(), NotPut::NothingBefore, "its rows are gone");
        let turns = lists::turns(store.read(), ListKind::Esus, 50).await.unwrap();
        assert_eq!(turns.len(), 7);
        assert_eq!((turns[0].act, turns[0].import, turns[0].before), (TurnAct::RolledBack, Some(imports[2]), Some(imports[3])));
        assert_eq!(turns[0].reason, "Mauvais fichier");
        assert_eq!(turns[6].import, Some(imports[0]));
    }

    async fn the_first_import_taken_back_leaves_no_list(db) {
        let store = db.store().await;
        let first = read(&store, ListKind::Egapro, &[row(ONE, "")]).await;
        put(&store, first).await.unwrap();
        back(&store, first).await.unwrap();
        assert_eq!(lists::editions(store.read()).await.unwrap(), vec![]);
        assert_eq!(lists::turns(store.read(), ListKind::Egapro, 9).await.unwrap()[0].import, None);
        let again = read(&store, ListKind::Egapro, &[row(ONE, "")]).await;
        put(&store, again).await.unwrap();
        assert_eq!(lists::editions(store.read()).await.unwrap().len(), 1);
    }

    async fn companies_and_their_establishments_are_found_in_all_lists_by_one_query(db) {
        let store = db.store().await;
        let site = |siret: &str, kind| Row {
            siren: siren(ONE),
            name: None,
            facts: Facts { siret: Some(Siret::parse(siret).unwrap()), kind: Some(kind), ..Facts::default() },
        };
        let sites = [site("73282932000074", Kind::Esat), site("73282932000074", Kind::Ea)];
        for (list, rows) in [
            (ListKind::Esus, &[row(ONE, ""), row(OTHER, "")][..]),
            (ListKind::Inclusion, &sites),
            (ListKind::EssFrance, &[row("900000019", "")]),
        ] {
            let id = read(&store, list, rows).await;
            put(&store, id).await.unwrap();
        }
        let asked = [siren(ONE), siren(OTHER)];
        let (listed, queries) = store::queries::count(lists::proofs(store.read(), &asked)).await;
        let listed = listed.unwrap();
        assert_eq!(queries, 1);
        let lists: Vec<_> = listed.editions.iter().map(|edition| (edition.list, edition.rows)).collect();
        assert_eq!(lists, [(ListKind::Esus, 2), (ListKind::EssFrance, 1), (ListKind::Inclusion, 2)]);
        assert_eq!(listed.editions[0].published_on, day("2026-02-01"));
        let siret = &Siret::parse("73282932000074").unwrap();
        assert_eq!(listed.of(&siren(ONE)).count(), 3);
        assert_eq!(listed.of(&siren(OTHER)).count(), 1);
        assert_eq!(listed.of_siret(siret).filter(|proof| proof.supports(Kind::Esat)).count(), 1);
        assert_eq!(listed.of_siret(siret).filter(|proof| proof.supports(Kind::Esus)).count(), 1);
        // No company asked for: the lists alone.
        let editions = lists::editions(store.read()).await.unwrap();
        assert_eq!(editions, listed.editions);
    }

    async fn a_file_goes_through_its_states_once(db) {
        let store = db.store().await;
        let owner = account(&store, "admin@metropole.example", Role::Administrator).await;
        let new = &NewImport { by: Some(owner.id), ..file(ListKind::Esus) };
        let id = store.write(|txn| async move { lists::open(&txn, new, noon()).await }).await.unwrap();
        let start = async |at| {
            store.write(|txn| async move { lists::start(&txn, id, at, at).await }).await.unwrap()
        };
        assert!(start(noon()).await);
        assert!(!start(noon()).await, "somebody is at it");
        assert!(start(noon() + minutes(1)).await, "a reading that began long ago died");
        let failure = &Failure::NoRows;
        store.write(|txn| async move { lists::record_failure(&txn, id, failure, noon()).await }).await.unwrap();
        let failed = lists::find(store.read(), id).await.unwrap().unwrap();
        assert_eq!((failed.state, failed.failure, failed.by), (State::Failed, Some(Failure::NoRows), Some(owner.id)));
        assert_eq!(put(&store, id).await.unwrap_err(), NotPut::NotRead);
        assert_eq!(lists::abandoned(store.read(), noon() + minutes(1)).await.unwrap(), [id]);
        let discard = async || {
            store.write(|txn| async move { lists::discard(&txn, id, noon()).await }).await.unwrap()
        };
        assert!(discard().await);
        assert!(!discard().await, "a second click");
        assert!(!start(noon() + minutes(9)).await, "it is decided");
        assert_eq!(lists::pending(store.read(), 9).await.unwrap(), vec![]);
        let unknown = store.write(async |txn: Txn| lists::hold(&txn, 99).await).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
    }

    async fn what_was_in_force_is_never_changed(db) {
        let store = db.store().await;
        let first = read(&store, ListKind::Esus, &[row(ONE, "")]).await;
        put(&store, first).await.unwrap();
        for sql in ["UPDATE list_turns SET reason = 'autre'", "DELETE FROM list_turns"] {
            let refused = db.try_execute(sql).await;
            assert!(refused.is_err(), "{sql}");
        }
    }
}
