//! The views of the buyer database: the same columns whatever the engine.

use store::{
    Engine,
    buyer::{self, BuyerStore},
    testing::TestDatabase,
};

use crate::support::noon;

/// The columns of a view, in their order.
async fn columns_of(db: &TestDatabase, view: &str) -> Vec<String> {
    let listed = match db.config().engine() {
        Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{view}') ORDER BY cid"),
        Engine::Postgres => format!(
            "SELECT column_name AS name FROM information_schema.columns
             WHERE table_name = '{view}' AND table_schema = current_schema() ORDER BY ordinal_position"
        ),
    };
    let names = db.rows(&listed).await;
    names
        .iter()
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_view_has_the_same_columns_on_both_engines_and_periods_have_all_of_a_qualification() {
    let (sqlite, postgres) = (
        TestDatabase::create(Engine::Sqlite).await,
        TestDatabase::create(Engine::Postgres).await,
    );
    for db in [&sqlite, &postgres] {
        let buyer = BuyerStore::open(db.config()).await.unwrap();
        buyer.migrate(noon()).await.unwrap();
    }
    for view in buyer::schema::VIEWS {
        let columns = columns_of(&sqlite, view.name).await;
        assert!(!columns.is_empty(), "{}", view.name);
        assert_eq!(
            columns,
            columns_of(&postgres, view.name).await,
            "{}",
            view.name
        );
    }
    let periods = columns_of(&postgres, buyer::schema::PERIODS.name).await;
    for column in buyer::schema::QUALIFICATIONS.columns {
        assert!(
            periods.iter().any(|name| name == column.name),
            "{}",
            column.name
        );
    }
}
