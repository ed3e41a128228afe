//! On `PostgreSQL` contracts are imported under a role that owns nothing.

use domain::contracts::Mode;
use domain::identifiers::Siren;
use serde_json::json;
use store::buyer::RegisterAnswer;
use store::buyer::contracts::{Import, Share};
use store::testing::TestDatabase;
use store::{Engine, StoreConfig};

use super::{Bench, CASES, file_of, record};

#[tokio::test]
async fn a_role_that_only_changes_rows_imports_and_removes() {
    let db = TestDatabase::create(Engine::Postgres).await;
    let owned = Bench::on(&db).await;
    let (writer, writer_url) = db.role("portail").await;
    let (analyst, _) = db.role("analyste").await;
    db.execute(&store::buyer::grants(&writer, &analyst).unwrap())
        .await;

    // All that the portal does with contracts: an import whose base is empty, a correction, shares, a removal, figures.
    let portal = Bench {
        buyer: store::buyer::BuyerStore::open(StoreConfig::parse(&writer_url).unwrap())
            .await
            .unwrap(),
        ..owned
    };
    portal.buyer.prepare(portal.clock.now()).await.unwrap();
    portal.declare().await;
    // It may not leave out the indexes of a large first import, nor make one that is missing: it imports all the same.
    let large = Import {
        schema: None,
        id: "large".into(),
        subject: "contracts",
        file_name: "large.json".into(),
        sha256: Some("large".into()),
        format: "json",
        size_bytes: Some(1 << 30),
        by: "test".into(),
    };
    let now = portal.clock.now();
    let begun = portal.buyer.begin_import(&large, now).await.unwrap();
    portal
        .buyer
        .end_import(&begun.running, None, now)
        .await
        .unwrap();
    portal.buyer.restore_indexes(now).await.unwrap();
    let imported = portal.add("cases.json", CASES).await;
    db.execute("DROP INDEX contracts_id").await;
    assert!(portal.buyer.restore_indexes(now).await.is_err());
    portal.add("other.json", file_of(&[record("Z", 10)])).await;
    portal
        .buyer
        .roll_back(
            &imported.import_id,
            "test",
            portal.clock.now(),
            portal.clock.today(),
        )
        .await
        .unwrap();
    // What is replaced is kept, whatever replaces it.
    for share in ["1", "2"] {
        let share = Share {
            contract: "Z".into(),
            holder: "910000017".into(),
            share: share.into(),
            source: "test".into(),
        };
        portal
            .buyer
            .enter_shares(&[share], "test", now)
            .await
            .unwrap();
    }
    let later = now + chrono::TimeDelta::days(1);
    portal
        .buyer
        .forget_shares("20005480700017", "Z", later)
        .await
        .unwrap();
    for at in [now, later] {
        let answer = RegisterAnswer {
            siren: Siren::parse("732829320").unwrap(),
            facts: None,
            at,
        };
        portal.buyer.note_register(&[answer]).await.unwrap();
    }
    let asked_again = portal.buyer.companies_to_look_up("", (later, later), 9);
    assert!(!asked_again.await.unwrap().is_empty());
    assert_eq!(portal.buyer.forget_unnamed(later).await.unwrap(), 1);
    db.execute("INSERT INTO qualifications (siren, claim_key, valid_from, kind, revision, accepted_at, declaration_id, content_hash)
        VALUES ('910000017', 'k', '2025-01-01', 'EI', 1, '2025-01-01T00:00:00Z', 'd', 'h')")
        .await;
    let role = format!("SET ROLE \"{writer}\"");
    let newer = "UPDATE qualifications SET revision = 2, accepted_at = '2025-02-01T00:00:00Z'";
    db.execute(&format!("BEGIN; {role}; {newer}; COMMIT; RESET ROLE"))
        .await;
    assert!(db.number("SELECT COUNT(*) FROM replaced_rows").await >= 3);
    let figures = portal.figures(Mode::Initial).await;
    assert_eq!(figures["n_contracts"], json!(1));
}
