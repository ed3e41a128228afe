//! Partner enterprises: thresholds, groups, cross-holdings, several attachments.

use serde_json::json;

use crate::notation::{answer, case, expect, line, reasons};

#[test]
fn capital_and_votes_of_linked_holders_are_summed_apart() {
    // 20 % of capital here and 20 % of votes there make neither 25 % nor 40 %.
    let apart = case(
        "A 10/1/1; H 100/10/10; I 100/10/10",
        "H→I 100/100; H→A 20/0; I→A 0/20",
    );
    expect(&apart, "small", "PME", "10/1/1");
    let together = case(
        "A 10/1/1; H 100/10/10; I 100/10/10",
        "H→I 100/100; H→A 20/0; I→A 5/20",
    );
    expect(&together, "medium", "PME", "60/6/6");
}

#[test]
fn linked_members_of_ours_add_up_downstream() {
    // A and its subsidiary B hold 15 % + 10 % of X, which owns Y.
    let case = case(
        "A 10/1/1; B 10/1/1; X 100/10/10; Y 100/10/10",
        "A→B 100/100; A→X 15/15; B→X 10/10; X→Y 100/100",
    );
    let got = expect(&case, "medium", "PME", "70/7/7");
    assert_eq!(line(&got, "X")["percentage"], 25);
    assert_eq!(reasons(&got, "Y"), ["linked_to_partner"]);
}

#[test]
fn a_partner_brings_its_whole_linked_group_upwards_and_downwards() {
    // M owns P (partner of A at 40 %), P owns Q: all three at 40 %.
    let case = case(
        "A 10/1/1; P 100/10/10; M 100/10/10; Q 100/10/10",
        "P→A 40/40; M→P 70/70; P→Q 70/70",
    );
    expect(&case, "medium", "PME", "130/13/13");
}

#[test]
fn partners_of_partners_are_ignored_but_partners_of_linked_ones_are_not() {
    let case = case(
        "A 10/1/1; B 10/1/1; P 100/10/10; R 9000/900/900; S 100/10/10",
        "A→B 70/70; P→B 30/30; R→P 49/49; B→S 25/25",
    );
    let got = expect(&case, "medium", "PME", "75/7.5/7.5");
    assert_eq!(line(&got, "R")["relation"], "ignored");
    assert_eq!(reasons(&got, "R"), ["not_attached"]);
}

#[test]
fn a_cross_holding_takes_the_greater_percentage_even_below_the_threshold_on_one_side() {
    let case = case(
        "A 10/1/1; B 100/10/10; C 100/10/10",
        "A→B 10/10; B→A 45/30; B→C 100/100",
    );
    let got = expect(&case, "medium", "PME", "100/10/10");
    assert_eq!(line(&got, "B")["percentage"], 45);
    let crossed = crate::notation::case("A 10/1/1; B 100/10/10", "A→B 30/30; B→A 25/25");
    let got = expect(&crossed, "small", "PME", "40/4/4");
    assert!(reasons(&got, "B").contains(&"cross_holding"));
}

#[test]
fn one_partner_group_attached_twice_counts_once_at_the_greatest_percentage_and_is_flagged() {
    let case = case(
        "A 10/1/1; B 10/1/1; P 100/10/10; Q 100/10/10",
        "A→B 60/60; P→A 25/25; Q→B 40/40; P→Q 100/100",
    );
    let got = expect(&case, "medium", "PME", "100/10/10");
    for id in ["P", "Q"] {
        assert_eq!(line(&got, id)["percentage"], 40);
        assert_eq!(line(&got, id)["manual_check"], true);
    }
}

#[test]
fn the_threshold_is_exact_beyond_two_decimals() {
    let below = case("A 10/1/1; P 100/10/10", "P→A 24.999999/24.999999");
    expect(&below, "small", "PME", "10/1/1");
    let mut third = case("A 10/1/1; P 300/30/30", "P→A 0/0");
    third["holdings"][0]["capital_pct"] = json!(33.333_333_333_333_336);
    let got = expect(&third, "medium", "PME", "110/11/11");
    assert_eq!(line(&got, "P")["relation"], "partner");
}

#[test]
fn ceilings_are_compared_before_rounding() {
    // 33.33 % of 0.01 € on top of the ceiling: over it, though it prints as the ceiling itself.
    let mut case = case("A 100/50/50; P 0/0/0", "P→A 33.33/33.33");
    case["enterprises"]["P"]["turnover_eur"] = json!(0.01);
    let got = answer(&case);
    assert_eq!(got["consolidated"]["turnover_eur"], 50_000_000);
    assert_eq!(got["eu_category"], "not_sme");
    case["enterprises"]["P"]["turnover_eur"] = json!(0);
    assert_eq!(answer(&case)["eu_category"], "medium");
}

#[test]
fn staff_is_compared_before_rounding() {
    // 249.996 units print as 250 and are still below it.
    let mut case = case("A 249.99/1/1; P 0.02/0/0", "P→A 30/30");
    let got = answer(&case);
    assert_eq!(
        (
            got["consolidated"]["awu"].as_f64(),
            got["eu_category"].as_str()
        ),
        (Some(250.0), Some("medium"))
    );
    case["enterprises"]["P"]["awu"] = json!(0.04);
    assert_eq!(answer(&case)["eu_category"], "not_sme");
}

#[test]
fn figures_are_rounded_half_up() {
    let mut case = case("A 1/1/1; P 0/0/0", "P→A 50/50");
    case["enterprises"]["P"]["turnover_eur"] = json!(0.01);
    assert_eq!(answer(&case)["consolidated"]["turnover_eur"], 1_000_000.01);
    case["holdings"][0]["capital_pct"] = json!(49.99);
    case["holdings"][0]["voting_pct"] = json!(49.99);
    assert_eq!(answer(&case)["consolidated"]["turnover_eur"], 1_000_000);
}

#[test]
fn only_what_is_consolidated_needs_figures() {
    let case = case(
        "A 10/1/1; P; Q 100/10/10; R",
        "P→A 24.99/24.99; Q→A 25/25; R→Q 49/49",
    );
    expect(&case, "small", "PME", "35/3.5/3.5");
}

#[test]
fn a_group_attached_to_two_of_ours_in_two_directions_is_checked_by_hand() {
    let entities = "A 40/6/4; B 30/5/3; P 20/2/2";
    let got = expect(
        &case(entities, "A→B 60/60; P→A 30/30; B→P 40/40"),
        "medium",
        "PME",
        "78/11.8/7.8",
    );
    assert_eq!(line(&got, "P")["manual_check"], true);
    assert!(
        !reasons(&got, "P").contains(&"cross_holding"),
        "no two hold each other"
    );
}

#[test]
fn one_of_ours_that_holds_two_of_a_group_needs_no_check() {
    let entities = "A 40/6/4; P 20/2/2; Q 10/1/1";
    let got = expect(
        &case(entities, "A→P 30/30; A→Q 40/40; P→Q 55/55"),
        "medium",
        "PME",
        "52/7.2/5.2",
    );
    assert_eq!(line(&got, "P")["manual_check"], false);
}
