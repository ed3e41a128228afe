//! Linked enterprises: chains, joint majorities, control, natural persons.

use serde_json::json;

use crate::notation::{case, expect, line, reasons};

#[test]
fn links_run_down_a_chain_and_up_again() {
    let case = case(
        "A 10/1/1; B 20/2/2; C 30/3/3; M 40/4/4; S 50/5/5",
        "A→B 60/60; B→C 51/51; M→A 80/80; M→S 100/100",
    );
    let got = expect(&case, "medium", "PME", "150/15/15");
    for id in ["B", "C", "M", "S"] {
        assert_eq!(line(&got, id)["relation"], "linked");
        assert_eq!(reasons(&got, id), ["linked_by_votes"]);
    }
}

#[test]
fn capital_without_votes_makes_a_partner_and_votes_without_capital_a_link() {
    expect(
        &case("A 10/1/1; P 10/1/1", "P→A 90/50"),
        "small",
        "PME",
        "19/1.9/1.9",
    );
    expect(
        &case("A 10/1/1; P 10/1/1", "P→A 0/50.01"),
        "small",
        "PME",
        "20/2/2",
    );
}

#[test]
fn holders_linked_together_reach_a_majority_together() {
    // P owns B and C, and each of them holds 30 % of A: 60 % in one hand.
    let case = case(
        "A 10/1/1; B 20/2/2; C 30/3/3; P 40/4/4",
        "P→B 100/100; P→C 100/100; B→A 30/30; C→A 30/30",
    );
    let got = expect(&case, "medium", "PME", "100/10/10");
    let french = line(&got, "B")["reasons"][0]["fr"].as_str().unwrap();
    assert!(
        french.starts_with("B et C détiennent ensemble 60\u{a0}% des droits de vote de A"),
        "{french}"
    );
}

#[test]
fn a_majority_found_late_can_give_another_one() {
    // A holds 51 % of B; together they hold 51 % of C; the three together hold 51 % of D.
    let case = case(
        "A 1/0.1/0.1; B 1/0.1/0.1; C 1/0.1/0.1; D 1/0.1/0.1",
        "A→B 51/51; A→C 26/26; B→C 25/25; A→D 17/17; B→D 17/17; C→D 17/17",
    );
    expect(&case, "micro", "MIC", "4/0.4/0.4");
}

#[test]
fn two_halves_without_a_link_between_the_holders_make_two_partners() {
    let case = case("A 10/1/1; P 100/10/10; Q 200/20/20", "P→A 50/50; Q→A 50/50");
    expect(&case, "medium", "PME", "160/16/16");
}

#[test]
fn circular_majorities_count_each_enterprise_once() {
    let case = case(
        "A 10/1/1; B 20/2/2; C 30/3/3",
        "A→B 60/60; B→C 60/60; C→A 60/60",
    );
    expect(&case, "medium", "PME", "60/6/6");
    let mutual = crate::notation::case("A 10/1/1; B 20/2/2", "A→B 51/51; B→A 51/51");
    expect(&mutual, "small", "PME", "30/3/3");
}

#[test]
fn control_links_whatever_the_percentage() {
    for control in ["appoints_majority", "dominant_influence", "agreement"] {
        let case = case("A 10/1/1; P 20/2/2", &format!("P→A 0/0 control={control}"));
        let got = expect(&case, "small", "PME", "30/3/3");
        assert_eq!(reasons(&got, "P"), ["linked_by_control"]);
    }
    // Downwards too, and through a chain.
    let case = case(
        "A 10/1/1; B 20/2/2; C 30/3/3",
        "A→B 10/10 control=agreement; B→C 60/60",
    );
    expect(&case, "medium", "PME", "60/6/6");
}

#[test]
fn a_person_links_on_the_same_market_only_and_never_for_the_french_category() {
    let mut case = case("A 120/20/15; B 150/30/28; p:person", "p→A 60/60; p→B 51/51");
    expect(&case, "medium", "PME", "120/20/15");
    case["persons_active_in_same_or_adjacent_market"] = json!(["p"]);
    let got = expect(&case, "not_sme", "PME", "270/50/43");
    assert_eq!(line(&got, "B")["in_french_perimeter"], false);
    assert_eq!(reasons(&got, "B"), ["linked_by_persons"]);
    assert_eq!(reasons(&got, "p"), ["person_links"]);
}

#[test]
fn a_person_with_half_of_the_votes_links_nothing() {
    let mut case = case(
        "A 120/20/15; B 150/30/28; p:person",
        "p→A 50/50; p→B 100/100",
    );
    case["persons_active_in_same_or_adjacent_market"] = json!(["p"]);
    expect(&case, "medium", "PME", "120/20/15");
}

#[test]
fn persons_acting_jointly_are_added_up() {
    let mut case = case(
        "A 120/20/15; B 150/30/28; p:person; q:person",
        "p→A 30/30; q→A 30/30; p→B 26/26; q→B 26/26",
    );
    case["persons_active_in_same_or_adjacent_market"] = json!(["p", "q"]);
    expect(&case, "medium", "PME", "120/20/15");
    case["persons_acting_jointly"] = json!([["q", "p"]]);
    let got = expect(&case, "not_sme", "PME", "270/50/43");
    assert_eq!(reasons(&got, "B"), ["linked_by_persons"]);
    // The market matters for a group as well.
    case["persons_active_in_same_or_adjacent_market"] = json!([]);
    expect(&case, "medium", "PME", "120/20/15");
}

#[test]
fn a_person_counts_with_the_votes_of_its_companies() {
    // p owns H, and holds with it 60 % of A; H and A are then linked through p.
    let mut case = case(
        "A 120/20/15; H 150/30/28; p:person",
        "p→H 100/100; p→A 40/40; H→A 20/20",
    );
    case["persons_active_in_same_or_adjacent_market"] = json!(["p"]);
    expect(&case, "not_sme", "PME", "270/50/43");
    case["persons_active_in_same_or_adjacent_market"] = json!([]);
    expect(&case, "medium", "PME", "120/20/15");
}

#[test]
fn a_person_with_a_right_of_control_links_too() {
    let mut case = case(
        "A 1/0.1/0.1; B 2/0.2/0.2; p:person",
        "p→A 10/10 control=appoints_majority; p→B 100/100",
    );
    case["persons_active_in_same_or_adjacent_market"] = json!(["p"]);
    expect(&case, "micro", "MIC", "3/0.3/0.3");
}

#[test]
fn a_person_makes_no_partner() {
    let case = case("A 10/1/1; B 900/90/90; p:person", "p→A 40/40; p→B 100/100");
    let got = expect(&case, "small", "PME", "10/1/1");
    assert_eq!(reasons(&got, "p"), ["person_does_not_link"]);
}
