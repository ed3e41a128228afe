//! A file is read while it is taken: so many queries a span, none a row, and none once nobody takes it.

use app::i18n::Lang;
use app::views::FileFormat;
use domain::contracts::Mode;
use domain::indicators::Measure;
use futures::{StreamExt, TryStreamExt};
use serde_json::json;
use server::contracts::export::{Wanted, table};
use server::export::{ExportError, parts};
use store::StoreError;

use crate::contracts::{Bench, asked, file_of, record, today};

const CONTRACTS: u64 = 40;

async fn filled(db: &store::testing::TestDatabase) -> Bench {
    let bench = Bench::on(db).await;
    let records: Vec<_> = (0..CONTRACTS)
        .map(|number| {
            let mut contract = record(&format!("C{number:03}"), 1000 + number);
            // Many on one day: the key goes beyond the day.
            contract["dateNotification"] = json!(if number < 30 {
                "2025-03-01"
            } else {
                "2025-12-31"
            });
            contract
        })
        .collect();
    bench.add("many.json", file_of(&records)).await;
    bench
}

fn wanted() -> Wanted {
    Wanted {
        asked: asked(2025, Mode::Initial),
        today: today(),
        measure: Measure::All,
        supplier: None,
    }
}

store::on_both_engines! {
    async fn two_queries_a_span_whatever_the_rows(db) {
        let bench = filled(&db).await;
        for (at_a_time, spans) in [(5, 9), (10, 5), (1000, 1)] {
            for format in FileFormat::ALL {
                let before = bench.buyer.statements();
                let table = table(&bench.buyer, wanted(), Lang::Fr, at_a_time);
                assert_eq!(bench.buyer.statements(), before, "nothing is read before somebody takes it");
                let taken: Vec<_> = parts(table, format).try_collect().await.unwrap();
                assert!(!taken.is_empty());
                assert_eq!(bench.buyer.statements() - before, 2 * spans, "{format:?} {at_a_time}");
            }
        }
    }

    async fn a_file_that_nobody_takes_any_more_is_not_read(db) {
        let bench = filled(&db).await;
        let before = bench.buyer.statements();
        let mut csv = parts(table(&bench.buyer, wanted(), Lang::Fr, 1), FileFormat::Csv);
        // The headings, then two spans.
        for _ in 0..3 {
            csv.next().await.unwrap().unwrap();
        }
        drop(csv);
        assert_eq!(bench.buyer.statements() - before, 4);
        let mut xlsx = parts(table(&bench.buyer, wanted(), Lang::Fr, 1), FileFormat::Xlsx);
        let before = bench.buyer.statements();
        let first = tokio::time::timeout(std::time::Duration::ZERO, xlsx.next()).await;
        assert!(first.is_err());
        drop(xlsx);
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        assert!(bench.buyer.statements() - before < 2 * CONTRACTS);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_breaks_breaks_the_file() {
    for format in FileFormat::ALL {
        let mut broken = table_of_one_row();
        let failure = Err(StoreError::NotFound);
        broken.rows = broken.rows.chain(futures::stream::iter([failure])).boxed();
        let taken: Result<Vec<_>, _> = parts(broken, format).try_collect().await;
        assert!(matches!(taken, Err(ExportError::Store(_))), "{format:?}");
    }
}

fn table_of_one_row() -> server::export::Table {
    use app::i18n::text;
    use server::export::{Cell, Column, Table};
    let columns = vec![Column::new(text("Nom", "Name"), 10)];
    Table::of(
        text("Noms", "Names"),
        Lang::En,
        columns,
        vec![vec![Cell::text("x")]],
    )
}
