//! Each difference has its cause, and none is left out.
#![expect(clippy::indexing_slicing, reason = "tests")]

use super::*;

fn line(id: &str, amount: &str, holder: &str, share: &str, solidarity: bool) -> PublishedLine {
    PublishedLine {
        buyer_siret: "1".to_owned(),
        contract_id: id.to_owned(),
        amount: Some(amount.to_owned()),
        in_amounts: true,
        holder: Some(holder.to_owned()),
        share: Some(share.to_owned()),
        solidarity,
        environmental: false,
        social: false,
    }
}

fn euros(cents: i128) -> Hundredths {
    Hundredths::from_hundredths(cents)
}

#[test]
fn the_same_data_change_nothing_even_with_other_drawn_numbers() {
    let one = [
        line("A", "10", "X-1", "1/2", true),
        line("A", "10", "910000017", "1/2", false),
    ];
    let other = [
        line("A", "10", "910000017", "1/2", false),
        line("A", "10", "X-2", "1/2", true),
    ];
    assert_eq!(restate(&one, &other), Restatement::default());
}

#[test]
fn each_difference_has_its_cause() {
    let before = [
        line("gained", "100", "910000017", "1", false),
        line("lost", "50.5", "910000025", "1", true),
        line("amount", "10", "910000025", "1", true),
        line("shares", "90", "910000017", "1/3", true),
        line("shares", "90", "910000025", "2/3", false),
        line("gone", "7", "X-9", "1", true),
        line("same", "7", "X-9", "1", true),
        line("holders", "8", "910000017", "1", false),
        line("several", "4", "910000017", "1", false),
    ];
    let mut clause = line("same", "7", "X-8", "1", true);
    clause.social = true;
    let after = [
        line("gained", "100", "910000017", "1", true),
        line("lost", "50.5", "910000025", "1", false),
        line("amount", "20", "910000025", "1", true),
        line("shares", "90", "910000017", "1/2", true),
        line("shares", "90", "910000025", "1/2", false),
        line("new", "3", "910000025", "1", true),
        clause,
        line("holders", "8", "910000025", "1", true),
        line("several", "6", "910000017", "1", true),
    ];
    let found = restate(&before, &after);
    let told: Vec<_> = found
        .contracts
        .iter()
        .map(|one| (one.contract_id.as_str(), one.cause(), one.gain()))
        .collect();
    assert_eq!(
        told,
        [
            ("gained", Cause::StatusGained, euros(10_000)),
            ("lost", Cause::StatusLost, euros(-5_050)),
            ("shares", Cause::Shares, euros(1_500)),
            ("amount", Cause::Amount, euros(1_000)),
            ("holders", Cause::Holders, euros(800)),
            ("gone", Cause::Removed, euros(-700)),
            ("several", Cause::Several, euros(600)),
            ("new", Cause::Added, euros(300)),
            ("same", Cause::Clauses, euros(0)),
        ]
    );
    assert_eq!(found.contracts[0].holders, ["910000017"]);
    assert_eq!(
        found.contracts[6].causes,
        [Cause::Amount, Cause::StatusGained]
    );
    let sums: i128 = found
        .causes
        .values()
        .map(|sums| sums.solidarity.hundredths())
        .sum();
    assert_eq!(found.whole.solidarity, euros(sums));
    assert_eq!(
        found.whole,
        CauseSums {
            contracts: 9,
            solidarity: euros(8_450),
            amount: euros(800)
        }
    );
}

#[test]
fn thirds_are_not_rounded_before_the_end() {
    let thirds = |yes| ["1", "2", "3"].map(|id| line(id, "0.01", "910000017", "1/3", yes));
    let found = restate(&thirds(false), &thirds(true));
    assert!(
        found.contracts.iter().all(|one| one.gain() == euros(0)),
        "a third of a cent each"
    );
    assert_eq!(found.whole.solidarity, euros(1));
}

#[test]
fn what_does_not_count_in_amounts_brings_no_euro() {
    let mut aside = line("A", "10", "910000017", "1", true);
    aside.in_amounts = false;
    let found = restate(&[line("A", "10", "910000017", "1", true)], &[aside]);
    assert_eq!(found.contracts[0].causes, [Cause::Framework]);
    assert_eq!(found.whole.solidarity, euros(-1_000));
    let mut unusable = line("A", "10", "910000017", "1", true);
    (unusable.amount, unusable.in_amounts) = (None, false);
    let found = restate(&[line("A", "10", "910000017", "1", true)], &[unusable]);
    assert_eq!(found.contracts[0].causes, [Cause::Amount]);
}

#[test]
fn persons_who_are_not_named_and_change_places_are_told() {
    let pair = |first| {
        [
            line("A", "9", "X-1", "1/3", first),
            line("A", "9", "X-2", "2/3", !first),
        ]
    };
    let found = restate(&pair(true), &pair(false));
    assert_eq!(found.contracts[0].causes, [Cause::Holders]);
    assert_eq!(found.whole.solidarity, euros(300));
}
