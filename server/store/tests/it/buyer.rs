//! The buyer database: newest wins, replays change nothing, and its absence is answered quickly.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::{
    claims::{Closure, ClosureCause, Qualification, Validity},
    identifiers::Siren,
    lifecycle::{EarlyClosure, Verdict},
    registry::RegistryState,
    text::Lang,
};
use store::{
    Engine, StoreConfig, StoreError,
    buyer::{self, Accepted, BuyerStore, CompanyState, DifferenceKind, Fed},
    companies::Company,
    feed,
    testing::TestDatabase,
};
use uuid::Uuid;

use crate::{
    file::{File, day, esus, hours},
    support::{minutes, noon, refused},
};

fn company() -> Company {
    Company {
        siren: Siren::parse("732829320").unwrap(),
        name: "Les Éclaireurs d’Aix".to_owned(),
        registry: RegistryState::Unresolved,
        registry_at: noon(),
        created_at: noon(),
        last_revision: 9,
        published: true,
    }
}

fn accepted(revision: u32, amount: i64, closures: Vec<Closure>) -> Accepted {
    let claim = hours(&company().siren, amount);
    Accepted {
        declaration: Uuid::from_u128(7),
        at: noon(),
        qualification: Qualification {
            id: Uuid::from_u128(u128::from(revision)),
            siren: company().siren,
            hash: claim.hash(),
            validity: Validity {
                from: day("2026-01-01"),
                to: Some(day("2026-12-31")),
            },
            claim,
            revision,
            closures,
        },
    }
}

fn closed(from: &str) -> Closure {
    Closure {
        from: day(from),
        cause: ClosureCause::Superseded,
        by: None,
        second: None,
        reason: String::new(),
        recorded_at: noon(),
    }
}

/// The state of the company as it was at its nth revision.
pub(crate) fn state(n: u32) -> CompanyState {
    let all: Vec<Accepted> = (1..=n)
        .map(|revision| {
            let end = if revision < n {
                vec![closed("2026-01-01")]
            } else {
                Vec::new()
            };
            accepted(revision, i64::from(revision) * 100, end)
        })
        .collect();
    CompanyState::of(&company(), &all, &[])
}

fn quick(config: StoreConfig) -> StoreConfig {
    let mut config = config;
    config.patience = Duration::from_millis(300);
    config.statement_timeout = Duration::from_millis(500);
    config
}

async fn open(db: &TestDatabase) -> BuyerStore {
    let buyer = BuyerStore::open(quick(db.config())).await.unwrap();
    buyer.migrate(noon()).await.unwrap();
    buyer
}

async fn feed(buyer: &BuyerStore, message: Option<&str>, state: &CompanyState) -> Fed {
    buyer.apply(message, state, noon()).await.unwrap()
}

/// Asserts that a call fails as unavailable, and soon.
async fn unavailable(buyer: &BuyerStore) {
    let start = Instant::now();
    let failed = buyer.apply(Some("late"), &state(1), noon()).await;
    assert!(
        matches!(failed, Err(StoreError::Unavailable(_))),
        "{failed:?}"
    );
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

store::on_both_engines! {
    async fn the_newest_revision_wins_in_whatever_order_and_replays_change_nothing(db) {
        let buyer = open(&db).await;
        // v3, v2, v3 again, then each message a second time.
        assert!(feed(&buyer, Some("m3"), &state(3)).await.rows > 0);
        feed(&buyer, Some("m2"), &state(2)).await;
        assert_eq!(feed(&buyer, Some("m3"), &state(3)).await, Fed { already: true, rows: 0 });
        assert_eq!(feed(&buyer, None, &state(3)).await, Fed { already: false, rows: 0 });
        let rows = db.rows("SELECT revision, hours, contract FROM commitments").await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0]["revision"].as_i64(), rows[0]["contract"].as_str()), (Some(3), Some("2026_TRAVAUX_7")));
        assert_eq!(db.number("SELECT CAST(hours AS BIGINT) FROM commitments").await, 300);
        assert_eq!(db.number("SELECT COUNT(*) FROM qualifications").await, 1);
        // The closures of revisions 1 and 2 do not end revision 3, which begins on the same day.
        assert_eq!(db.number("SELECT COUNT(*) FROM closures").await, 2);
        assert_eq!(db.number("SELECT COUNT(*) FROM qualification_periods WHERE closed_from IS NULL").await, 1);
        assert!(buyer.verify(&[state(3)], None, None).await.unwrap().is_equal());
        assert_eq!(db.number("SELECT COUNT(*) FROM feed_inbox").await, 2);
    }

    async fn the_closure_of_what_is_in_force_shows_in_the_periods(db) {
        let buyer = open(&db).await;
        let ended = CompanyState::of(&company(), &[accepted(1, 100, vec![closed("2026-07-01"), closed("2026-05-01")])], &[]);
        feed(&buyer, Some("m1"), &state(1)).await;
        feed(&buyer, Some("m2"), &ended).await;
        let on = |day: &str| format!(
            "SELECT COUNT(*) FROM qualification_periods WHERE valid_from <= '{day}' AND (valid_to IS NULL OR valid_to >= '{day}')
             AND (closed_from IS NULL OR closed_from > '{day}')"
        );
        assert_eq!(db.number(&on("2026-04-30")).await, 1);
        assert_eq!(db.number(&on("2026-05-01")).await, 0);
        assert_eq!(db.number(&on("2025-12-31")).await, 0);
    }

    async fn the_portal_and_the_buyer_database_agree_and_verify_names_what_does_not(db) {
        let source = TestDatabase::create(Engine::Sqlite).await;
        let store = source.store().await;
        let buyer = open(&db).await;
        let first = File::open(&store).await;
        first.validate(vec![esus(&first.siren, "A1"), hours(&first.siren, 800)], noon()).await;
        let second = first.amend(noon() + minutes(1)).await;
        let new = hours(&second.siren, 1200);
        second.submit(vec![new.clone()], noon() + minutes(2)).await;
        second.review(noon()).await;
        second.verdict(&new, Verdict::Accepted).await;
        let esus_id = second.record().await.declaration.qualifications[0].id;
        let closure = EarlyClosure { qualification: esus_id, from: day("2026-09-01"), reason: "Fin d’agrément".to_owned() };
        second.sign(vec![closure], noon() + minutes(3)).await;

        let sirens = feed::companies_after(store.read(), None, 10).await.unwrap();
        assert_eq!(sirens, std::slice::from_ref(&first.siren));
        assert!(feed::companies_after(store.read(), Some(&first.siren), 10).await.unwrap().is_empty());
        let states = feed::states_of(store.read(), &sirens).await.unwrap();
        let empty = buyer.verify(&states, None, None).await.unwrap();
        assert!(!empty.is_equal() && empty.differences.iter().all(|d| d.kind == DifferenceKind::Missing));
        let one = feed::state(store.read(), &first.siren).await.unwrap().unwrap();
        assert_eq!(states, std::slice::from_ref(&one));
        feed(&buyer, Some("m1"), &one).await;
        let report = buyer.verify(&states, None, None).await.unwrap();
        assert!(report.is_equal(), "{report:?}");
        // A supplier, two qualifications (the two commitments begin on the same day), one commitment, two closures.
        assert_eq!(report.expected, 6);

        for (sql, table, kind) in [
            ("UPDATE qualifications SET authority = 'X' WHERE kind = 'ESUS'", "qualifications", DifferenceKind::Differs(vec!["authority"])),
            ("UPDATE commitments SET hours = 1200.01", "commitments", DifferenceKind::Differs(vec!["hours"])),
            ("DELETE FROM closures WHERE cause = 'withdrawn'", "closures", DifferenceKind::Missing),
            ("INSERT INTO suppliers (siren, name, register_read_at, revision) VALUES ('999999999', 'X', '2026-01-01T00:00:00Z', 1)", "suppliers", DifferenceKind::Unknown),
        ] {
            db.execute(sql).await;
            let report = buyer.verify(&states, None, None).await.unwrap();
            assert!(report.differences.iter().any(|d| d.table == table && d.kind == kind), "{sql}: {report:?}");
        }
        let bounded = buyer.verify(&states, None, Some(first.siren.as_str())).await.unwrap();
        assert!(bounded.differences.iter().all(|d| d.table != "suppliers"));
    }

    async fn a_new_reading_of_the_register_is_fed(db) {
        let store = db.store().await;
        let file = File::open(&store).await;
        file.validate(vec![esus(&file.siren, "A1")], noon()).await;
        let orders = async || db.number("SELECT count(*) FROM outbox WHERE route = 'feed.company'").await;
        let record = async |state: RegistryState, at: DateTime<Utc>| {
            let (siren, state) = (&file.siren, &state);
            store.write(|txn| async move { store::companies::record(&txn, siren, "Nom changé", state, at).await }).await.unwrap();
        };
        assert_eq!(orders().await, 1);
        record(RegistryState::Unresolved, noon() + minutes(1)).await;
        assert_eq!(orders().await, 1);
        record(RegistryState::Unknown { asked_at: noon() }, noon() + minutes(2)).await;
        assert_eq!(orders().await, 2);
    }

    async fn every_table_and_column_is_described_in_the_database(db) {
        open(&db).await;
        for table in buyer::schema::TABLES {
            let about = db.number(&format!("SELECT COUNT(*) FROM schema_comments WHERE table_name = '{}'", table.name)).await;
            assert_eq!(usize::try_from(about).unwrap(), table.columns.len() + 1, "{}", table.name);
        }
        if db.config().engine() == Engine::Postgres {
            let bare = db.number(
                "SELECT COUNT(*) FROM information_schema.columns c WHERE table_schema = 'public'
                 AND table_name <> 'schema_comments'
                 AND EXISTS (SELECT 1 FROM pg_tables t WHERE t.tablename = c.table_name)
                 AND col_description(to_regclass(table_name), ordinal_position) IS NULL",
            ).await;
            assert_eq!(bare, 0);
        } else {
            let sql = db.rows("SELECT sql FROM sqlite_schema WHERE name = 'commitments'").await;
            assert!(sql[0]["sql"].as_str().unwrap().contains("hours REAL NOT NULL, -- Heures d’insertion"));
        }
    }

    async fn the_example_questions_have_answers(db) {
        let buyer = open(&db).await;
        let claim = esus(&company().siren, "A1");
        let solidarity = Accepted {
            declaration: Uuid::from_u128(7),
            at: noon(),
            qualification: Qualification {
                id: Uuid::from_u128(1),
                siren: company().siren,
                hash: claim.hash(),
                validity: Validity { from: day("2026-02-01"), to: None },
                claim,
                revision: 2,
                closures: vec![closed("2026-09-01")],
            },
        };
        let state = CompanyState::of(&company(), &[solidarity, accepted(2, 800, Vec::new())], &[]);
        feed(&buyer, Some("m1"), &state).await;
        let date = if buyer.engine() == Engine::Postgres { "DATE" } else { "TEXT" };
        db.execute(&format!("CREATE TABLE expenses (siren TEXT, paid_on {date}, amount INTEGER)")).await;
        db.execute(
            "INSERT INTO expenses VALUES ('732829320', '2026-01-31', 100), ('732829320', '2026-02-01', 50),
             ('732829320', '2026-08-31', 25), ('732829320', '2026-09-01', 100), ('552100554', '2026-03-01', 25)",
        ).await;
        let [who, share, hours] = buyer::EXAMPLES.map(|example| example.sql);
        let who = db.rows(who).await;
        assert_eq!((who.len(), who[0]["kind"].as_str()), (1, Some("ESUS")));
        assert_eq!(db.number(&format!("SELECT CAST(percent AS BIGINT) FROM ({share}) answer")).await, 25);
        assert_eq!(db.number(&format!("SELECT CAST(SUM(hours) AS BIGINT) FROM ({hours}) answer")).await, 800);
    }

    async fn installing_twice_and_at_once_is_harmless(db) {
        let all = futures::future::join_all((0..4).map(|_| async {
            let mut config = db.config();
            config.patience = Duration::from_secs(5);
            let buyer = BuyerStore::open(config).await.unwrap();
            tokio::spawn(async move { buyer.migrate(noon()).await }).await.unwrap()
        })).await;
        for done in all {
            done.unwrap();
        }
        assert_eq!(db.number("SELECT COUNT(*) FROM schema_version").await, i64::from(buyer::schema::VERSION));
    }

    async fn a_table_without_its_columns_is_a_schema_error(db) {
        let buyer = open(&db).await;
        db.execute("DROP VIEW establishments").await;
        db.execute("DROP VIEW statuses").await;
        db.execute("DROP VIEW qualification_periods").await;
        let on = if db.config().engine() == Engine::Postgres { "ON qualifications" } else { "" };
        db.execute(&format!("DROP TRIGGER qualifications_kept {on}")).await;
        db.execute("ALTER TABLE qualifications DROP COLUMN authority").await;
        assert_eq!(refused(buyer.apply(Some("m1"), &state(1), noon()).await), "schema");
        assert_eq!(db.number("SELECT COUNT(*) FROM feed_inbox").await, 0, "nothing was half done");
    }
}

/// `SPASER_WRITE_PAGES=1 cargo test -p store` writes the pages anew.
#[test]
fn the_pages_for_analysts_say_what_the_schema_is() {
    for (lang, name) in [
        (Lang::Fr, "buyer-database.fr.md"),
        (Lang::En, "buyer-database.en.md"),
    ] {
        let page = buyer::markdown(lang);
        for table in buyer::schema::TABLES {
            assert!(page.contains(&format!("## `{}`", table.name)));
            for column in table.columns {
                assert!(
                    page.contains(&format!("`{}`", column.name)),
                    "{}.{}",
                    table.name,
                    column.name
                );
                assert_ne!(column.about.fr, column.about.en);
            }
        }
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("SPASER_WRITE_PAGES").is_some() {
            std::fs::write(&path, &page).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&path).unwrap_or_default(),
            page,
            "{name} is stale"
        );
    }
}

#[tokio::test]
async fn a_sqlite_file_that_is_missing_or_locked_is_unavailable_and_comes_back() {
    let db = TestDatabase::create(Engine::Sqlite).await;
    let buyer = open(&db).await;
    db.execute("BEGIN EXCLUSIVE").await;
    unavailable(&buyer).await;
    db.execute("ROLLBACK").await;
    assert!(feed(&buyer, Some("m1"), &state(1)).await.rows > 0);

    let path = db.config().sqlite_path().unwrap().to_owned();
    let away = format!("{path}.away");
    std::fs::rename(&path, &away).unwrap();
    unavailable(&buyer).await;
    assert!(
        !std::path::Path::new(&path).exists(),
        "no empty database is made in its place"
    );
    std::fs::rename(&away, &path).unwrap();
    assert!(feed(&buyer, Some("m2"), &state(2)).await.rows > 0);

    let read_only = StoreConfig::parse(&format!("sqlite:{path}?mode=ro")).unwrap();
    let buyer = BuyerStore::open(quick(read_only)).await.unwrap();
    unavailable(&buyer).await;
}

#[tokio::test]
async fn a_postgresql_that_is_absent_read_only_or_locked_is_unavailable_and_comes_back() {
    let db = TestDatabase::create(Engine::Postgres).await;
    let buyer = open(&db).await;
    db.execute("BEGIN; LOCK TABLE suppliers IN ACCESS EXCLUSIVE MODE")
        .await;
    unavailable(&buyer).await;
    db.execute("ROLLBACK").await;
    assert!(feed(&buyer, Some("m1"), &state(1)).await.rows > 0);

    let name = db.url().rsplit('/').next().unwrap().to_owned();
    db.execute(&format!(
        "ALTER DATABASE {name} SET default_transaction_read_only = on"
    ))
    .await;
    let again = BuyerStore::open(quick(db.config())).await.unwrap();
    unavailable(&again).await;
    db.execute("SET default_transaction_read_only = off").await;
    db.execute(&format!(
        "ALTER DATABASE {name} RESET default_transaction_read_only"
    ))
    .await;
    // Connections opened meanwhile remember; cutting them is what a restart does.
    db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").await;
    let again = BuyerStore::open(quick(db.config())).await.unwrap();
    assert!(feed(&again, Some("m2"), &state(2)).await.rows > 0);

    let nowhere = StoreConfig::parse("postgres://postgres@127.0.0.1:1/none").unwrap();
    let buyer = BuyerStore::open(quick(nowhere)).await.unwrap();
    unavailable(&buyer).await;
}

/// A server that accepts connections and then says nothing.
#[tokio::test]
async fn a_postgresql_that_is_hung_is_unavailable() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let port = listener.local_addr().unwrap().port();
    let hung = tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((socket, _)) = listener.accept().await {
            kept.push(socket);
        }
    });
    let config = StoreConfig::parse(&format!("postgres://postgres@127.0.0.1:{port}/none")).unwrap();
    let buyer = BuyerStore::open(quick(config)).await.unwrap();
    unavailable(&buyer).await;
    hung.abort();
}
