//! Investors that may hold from 25 to 50 % without making a partner.

use serde_json::json;

use crate::notation::{answer, case, expect, line, reasons};

const KINDS: [&str; 4] = [
    "venture_capital",
    "university",
    "public_investment_corp",
    "institutional_investor",
];

#[test]
fn every_kind_is_exempt_from_25_to_50_percent() {
    for kind in KINDS {
        for share in ["25", "37.5", "50"] {
            let case = case(
                &format!("A 10/1/1; V:{kind} 900/90/90"),
                &format!("V→A {share}/{share}"),
            );
            let got = expect(&case, "small", "PME", "10/1/1");
            assert_eq!(line(&got, "V")["relation"], "exempt");
            assert_eq!(reasons(&got, "V"), ["exempt_investor"]);
        }
    }
}

#[test]
fn a_majority_or_a_right_of_control_ends_the_exception() {
    for kind in KINDS {
        let majority = case(&format!("A 10/1/1; V:{kind} 900/90/90"), "V→A 50/50.01");
        let got = expect(&majority, "not_sme", "ETI", "910/91/91");
        assert_eq!(line(&got, "V")["relation"], "linked");
        let control = case(
            &format!("A 10/1/1; V:{kind} 900/90/90"),
            "V→A 26/26 control=dominant_influence",
        );
        expect(&control, "not_sme", "ETI", "910/91/91");
    }
}

#[test]
fn more_than_half_of_the_capital_without_a_majority_of_votes_makes_a_partner() {
    let case = case("A 10/1/1; V:venture_capital 100/10/10", "V→A 60/40");
    expect(&case, "medium", "PME", "70/7/7");
}

#[test]
fn unlinked_investors_are_not_added_up_and_linked_ones_are() {
    let entities = "A 10/1/1; V:venture_capital 100/10/10; W:institutional_investor 100/10/10";
    expect(
        &case(entities, "V→A 40/40; W→A 40/40"),
        "small",
        "PME",
        "10/1/1",
    );
    expect(
        &case(entities, "V→A 20/20; W→A 30/30; V→W 100/100"),
        "small",
        "PME",
        "10/1/1",
    );
    expect(
        &case(entities, "V→A 20/20; W→A 30.01/30.01; V→W 100/100"),
        "medium",
        "PME",
        "210/21/21",
    );
}

#[test]
fn the_owner_of_an_exempt_investor_is_no_partner_unless_it_holds_a_share_itself() {
    let entities = "A 10/1/1; V:venture_capital 100/10/10; H 100/10/10";
    expect(
        &case(entities, "H→V 100/100; V→A 30/30"),
        "small",
        "PME",
        "10/1/1",
    );
    expect(
        &case(entities, "H→V 100/100; V→A 20/20; H→A 10/10"),
        "medium",
        "PME",
        "70/7/7",
    );
}

#[test]
fn the_exception_is_for_investors_above_not_for_holdings_below() {
    let case = case("A 10/1/1; V:venture_capital 100/10/10", "A→V 30/30");
    expect(&case, "small", "PME", "40/4/4");
}

#[test]
fn a_partner_of_a_subsidiary_can_be_exempt_too() {
    let case = case(
        "A 10/1/1; B 10/1/1; V:venture_capital 900/90/90",
        "A→B 60/60; V→B 40/40",
    );
    expect(&case, "small", "PME", "20/2/2");
}

#[test]
fn a_business_angel_is_exempt_below_the_ceiling_only() {
    let with = |invested: &str| {
        case(
            "A 10/1/1; b:business_angel 100/10/10",
            &format!("b→A 30/30 {invested}"),
        )
    };
    let got = expect(&with("invested=1249999.99"), "small", "PME", "10/1/1");
    assert_eq!(line(&got, "b")["manual_check"], false);
    let got = expect(&with("invested=1250000"), "small", "PME", "40/4/4");
    assert_eq!(reasons(&got, "b"), ["partner", "angel_above_ceiling"]);
    let got = expect(&with(""), "small", "PME", "10/1/1");
    assert_eq!(
        reasons(&got, "b"),
        ["exempt_investor", "investment_assumed"]
    );
    assert_eq!(line(&got, "b")["manual_check"], true);
}

#[test]
fn business_angels_who_act_jointly_share_one_ceiling_and_one_majority() {
    let mut case = case(
        "A 10/1/1; b:business_angel 100/10/10; c:business_angel 100/10/10",
        "b→A 20/20 invested=700000; c→A 10/10 invested=550000",
    );
    expect(&case, "small", "PME", "10/1/1");
    case["persons_acting_jointly"] = json!([["b", "c"]]);
    expect(&case, "medium", "PME", "70/7/7");
    case["holdings"][1]["invested_eur"] = json!(549_999.99);
    expect(&case, "small", "PME", "10/1/1");
    case["holdings"][0]["voting_pct"] = json!(41);
    expect(&case, "medium", "PME", "210/21/21");
}

#[test]
fn a_business_angel_without_accounts_is_a_natural_person() {
    let case = case("A 10/1/1; b:business_angel", "b→A 60/60 invested=2000000");
    let got = expect(&case, "small", "PME", "10/1/1");
    assert_eq!(line(&got, "b")["relation"], "ignored");
    assert_eq!(line(&got, "b")["manual_check"], true);
    let mut two = crate::notation::case(
        "A 10/1/1; B 20/2/2; b:business_angel",
        "b→A 60/60; b→B 60/60",
    );
    two["persons_active_in_same_or_adjacent_market"] = json!(["b"]);
    assert_eq!(answer(&two)["consolidated"]["awu"], 30);
}
