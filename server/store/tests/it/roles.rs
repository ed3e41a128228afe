//! On `PostgreSQL` the portal and an analyst work under roles that own nothing.

use sea_orm::ConnectionTrait;
use store::{
    Engine, StoreConfig,
    buyer::{BuyerStore, grants},
    testing::TestDatabase,
};

use crate::support::noon;

#[tokio::test]
async fn the_portal_changes_rows_and_no_definition_and_an_analyst_reads() {
    let db = TestDatabase::create(Engine::Postgres).await;
    let owner = BuyerStore::open(db.config().clone()).await.unwrap();
    owner.migrate(noon()).await.unwrap();
    let (writer, writer_url) = db.role("portail").await;
    let (analyst, analyst_url) = db.role("analyste").await;
    db.execute(&grants(&writer, &analyst).unwrap()).await;

    let portal = BuyerStore::open(StoreConfig::parse(&writer_url).unwrap())
        .await
        .unwrap();
    portal.ping().await.unwrap();
    let fed = portal
        .apply(Some("m"), &crate::buyer::state(1), noon())
        .await;
    assert!(fed.unwrap().rows > 0);

    let refused = async |url: &str, sql: &str| {
        let connection = sea_orm::Database::connect(url).await.unwrap();
        let error = connection.execute_unprepared(sql).await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("permission denied") || text.contains("must be owner"),
            "{sql}: {text}"
        );
    };
    for sql in [
        "DROP TABLE contracts",
        "ALTER TABLE suppliers ADD COLUMN x TEXT",
        "CREATE TABLE autre (x TEXT)",
        "DELETE FROM frozen_years",
        "UPDATE frozen_lines SET position = 1",
        "DELETE FROM schema_version",
    ] {
        refused(&writer_url, sql).await;
    }
    let connection = sea_orm::Database::connect(&analyst_url).await.unwrap();
    for sql in [
        "SELECT * FROM contracts",
        "SELECT * FROM qualification_periods",
        "SELECT * FROM statuses",
        "SELECT * FROM frozen_lines",
        "SELECT * FROM schema_comments",
    ] {
        connection.execute_unprepared(sql).await.expect(sql);
    }
    for sql in [
        "DELETE FROM contracts",
        "SELECT * FROM feed_inbox",
        "INSERT INTO quarantine VALUES ('a', 1, 'b', 'c', NULL)",
        "CREATE TABLE autre (x TEXT)",
    ] {
        refused(&analyst_url, sql).await;
    }
}

#[test]
fn a_name_that_is_no_role_is_refused() {
    for name in ["", "A", "a;b", "1a", "a b", "é", "public"] {
        assert!(grants(name, "a").is_err(), "{name}");
        assert!(grants("a", name).is_err(), "{name}");
    }
}
