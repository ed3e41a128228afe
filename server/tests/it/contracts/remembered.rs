//! Figures kept in memory hold until anything is written, by whatever process.

use domain::contracts::Mode;
use domain::indicators::Dimension;
use store::buyer::BuyerStore;

use super::{Bench, asked, file_of, record, today};

/// How many statements answer the question.
async fn cost(buyer: &BuyerStore) -> (usize, u64) {
    let before = buyer.statements();
    let asked = asked(2025, Mode::Initial);
    let facts = buyer.year_facts(&asked, today()).await.unwrap();
    let place = Dimension::Place;
    let parts = buyer.broken_down(&asked, today(), place).await.unwrap();
    let contracts = |found: u64, more: u64| found + more;
    let whole = facts
        .groups
        .iter()
        .map(|group| group.contracts)
        .fold(0, contracts);
    let broken = parts
        .iter()
        .map(|(_, group)| group.contracts)
        .fold(0, contracts);
    assert_eq!(whole, broken);
    (usize::try_from(whole).unwrap(), buyer.statements() - before)
}

store::on_both_engines! {
    async fn figures_are_asked_again_after_a_change_only(db) {
        let bench = Bench::on(&db).await;
        let other_process = BuyerStore::open(db.config().clone()).await.unwrap();
        assert_eq!(cost(&bench.buyer).await.0, 0, "an empty database has figures");
        bench.add("one.json", file_of(&[record("A", 100)])).await;
        let (contracts, first) = cost(&bench.buyer).await;
        assert_eq!(contracts, 1);
        let (contracts, again) = cost(&bench.buyer).await;
        assert_eq!((contracts, again), (1, 2), "the mark of the last change, twice; the first time {first} statements");
        assert!(first > 4, "{first}");
        assert_eq!(cost(&other_process).await.0, 1);
        let brought = bench.add("two.json", file_of(&[record("B", 100), record("C", 5)])).await;
        assert_eq!(cost(&other_process).await.0, 3, "what another process wrote is seen");
        bench.buyer.roll_back(&brought.import_id, "agent", bench.clock.now(), today()).await.unwrap();
        assert_eq!(cost(&other_process).await.0, 1);
        // Nothing was waiting for this day: nothing is forgotten.
        bench.buyer.release(today()).await.unwrap();
        cost(&bench.buyer).await;
        bench.buyer.release(today()).await.unwrap();
        assert_eq!(cost(&bench.buyer).await.1, 2);
    }

    async fn visitors_at_once_ask_once(db) {
        let bench = Bench::on(&db).await;
        bench.add("one.json", file_of(&[record("A", 100)])).await;
        let alone = BuyerStore::open(db.config().clone()).await.unwrap();
        let (_, alone) = cost(&alone).await;
        let before = bench.buyer.statements();
        let crowd = futures::future::join_all((0..20).map(|_| cost(&bench.buyer))).await;
        assert!(crowd.iter().all(|(contracts, _)| *contracts == 1));
        let asked = bench.buyer.statements() - before;
        assert!(asked <= alone + 2 * 19, "{asked} statements of 20 visitors, {alone} of one");
    }
}
