//! Public bodies: 25 % or more, directly or not, alone or together.

use crate::notation::{case, expect, line, reasons};

#[test]
fn a_quarter_in_public_hands_is_too_much_and_a_little_less_is_not() {
    for (share, category) in [
        ("25/0", "not_sme"),
        ("0/25", "not_sme"),
        ("24.99/24.99", "micro"),
    ] {
        let case = case("A 5/1/1; C:public_body", &format!("C→A {share}"));
        let got = expect(&case, category, "MIC", "5/1/1");
        let relation = if category == "not_sme" {
            "public_body"
        } else {
            "ignored"
        };
        assert_eq!(line(&got, "C")["relation"], relation);
    }
}

#[test]
fn public_bodies_add_up_capital_and_votes_apart() {
    let entities = "A 5/1/1; C:public_body; D:public_body";
    let got = expect(
        &case(entities, "C→A 15/15; D→A 10/10"),
        "not_sme",
        "MIC",
        "5/1/1",
    );
    assert_eq!(reasons(&got, "A"), ["category_by_size", "public_control"]);
    expect(
        &case(entities, "C→A 15/10; D→A 9/14"),
        "micro",
        "MIC",
        "5/1/1",
    );
    expect(
        &case(entities, "C→A 24/0; D→A 0/24"),
        "micro",
        "MIC",
        "5/1/1",
    );
}

#[test]
fn companies_that_public_bodies_control_count_for_them() {
    let entities = "A 5/1/1; B 10/1/1; C:public_body; D:public_body";
    // 51 % of B, which holds 20 % of A, and 5 % directly.
    let got = expect(
        &case(entities, "C→B 51/51; B→A 20/20; C→A 5/5"),
        "not_sme",
        "MIC",
        "5/1/1",
    );
    assert!(reasons(&got, "B").contains(&"holds_as_public"));
    // Half of B is no control.
    expect(
        &case(entities, "C→B 50/50; B→A 20/20; C→A 5/5"),
        "micro",
        "MIC",
        "5/1/1",
    );
    // Control together.
    expect(
        &case(entities, "C→B 30/30; D→B 30/30; B→A 20/20; D→A 5/5"),
        "not_sme",
        "MIC",
        "5/1/1",
    );
    // A right of control instead of votes.
    expect(
        &case(
            entities,
            "C→B 10/10 control=appoints_majority; B→A 20/20; C→A 5/5",
        ),
        "not_sme",
        "MIC",
        "5/1/1",
    );
}

#[test]
fn a_chain_of_control_counts_and_the_company_in_it_is_still_a_partner() {
    let case = case(
        "A 5/1/1; B 10/1/1; M 10/1/1; C:public_body",
        "C→M 100/100; M→B 60/60; B→A 30/30",
    );
    expect(&case, "not_sme", "MIC", "11/1.6/1.6");
}

#[test]
fn public_share_of_a_parent_without_control_does_not_reach_the_subsidiary() {
    let case = case("A 5/1/1; P 10/1/1; C:public_body", "C→P 30/30; P→A 100/100");
    expect(&case, "small", "PME", "15/2/2");
}

#[test]
fn a_public_body_that_runs_the_enterprise_excludes_it_whatever_its_share() {
    let case = case(
        "A 5/1/1; C:public_body",
        "C→A 10/10 control=dominant_influence",
    );
    expect(&case, "not_sme", "MIC", "5/1/1");
}

#[test]
fn public_bodies_link_nothing_and_need_no_figures() {
    let case = case(
        "A 5/1/1; B 900/90/90; C:public_body",
        "C→A 60/60; C→B 100/100",
    );
    expect(&case, "not_sme", "MIC", "5/1/1");
}

#[test]
fn small_authorities_count_as_public_bodies_above_half_only() {
    let entities = "A 5/1/1; L:small_local_authority";
    let got = expect(&case(entities, "L→A 50/50"), "micro", "MIC", "5/1/1");
    assert_eq!(line(&got, "L")["relation"], "exempt");
    let got = expect(
        &case(entities, "L→A 50.01/50.01"),
        "not_sme",
        "MIC",
        "5/1/1",
    );
    assert_eq!(line(&got, "L")["relation"], "public_body");
    assert_eq!(reasons(&got, "L"), ["holds_as_public", "counts_as_public"]);
    expect(
        &case(entities, "L→A 30/30 control=agreement"),
        "not_sme",
        "MIC",
        "5/1/1",
    );
}

#[test]
fn small_authorities_and_universities_stay_out_of_the_sum() {
    let entities = "A 5/1/1; L:small_local_authority; U:university 900/90/90; C:public_body";
    expect(
        &case(entities, "L→A 30/30; U→A 40/40; C→A 24/24"),
        "micro",
        "MIC",
        "5/1/1",
    );
    expect(
        &case(entities, "L→A 10/10; C→A 20/20"),
        "micro",
        "MIC",
        "5/1/1",
    );
    expect(
        &case(entities, "L→A 51/51; C→A 1/1"),
        "not_sme",
        "MIC",
        "5/1/1",
    );
}

#[test]
fn the_greatest_of_several_holdings_says_what_a_small_authority_is() {
    for linked in ["0", "Z"] {
        let entities = format!("A 5/1/1; {linked} 1/0/0; L:small_local_authority");
        let holdings = format!("A→{linked} 60/60; L→{linked} 10/10; L→A 25/0");
        let got = expect(&case(&entities, &holdings), "micro", "MIC", "6/1/1");
        assert_eq!(line(&got, "L")["relation"], "exempt", "beside {linked}");
        assert_eq!(reasons(&got, "L"), ["exempt_investor"]);
    }
}

#[test]
fn a_university_above_half_counts_as_public_and_is_consolidated() {
    let with = case("A 5/1/1; U:university 900/90/90", "U→A 60/60");
    let got = expect(&with, "not_sme", "ETI", "905/91/91");
    assert!(reasons(&got, "U").contains(&"counts_as_public"));
    // Linked, so needed.
    let without = case("A 5/1/1; U:university", "U→A 60/60");
    let error = domain::sme::answer(&serde_json::to_vec(&without).unwrap()).unwrap_err();
    assert_eq!(error.code(), "missing_figure");
    // Small enough to stay an SME by size: the public rule alone excludes it.
    let small = case("A 5/1/1; U:university 3/0/0", "U→A 60/60");
    expect(&small, "not_sme", "MIC", "8/1/1");
}

#[test]
fn public_investors_keep_their_exception_although_a_public_body_owns_them() {
    let entities = "A 5/1/1; S:public_investment_corp 1/0/0; C:public_body";
    expect(
        &case(entities, "C→S 100/100; S→A 40/40"),
        "micro",
        "MIC",
        "5/1/1",
    );
    expect(
        &case(entities, "C→S 100/100; S→A 40/40; C→A 10/10"),
        "micro",
        "MIC",
        "5/1/1",
    );
    // More than half in one hand: linked, so no exception any more.
    expect(
        &case(entities, "C→S 100/100; S→A 40/40; C→A 10.01/10.01"),
        "not_sme",
        "MIC",
        "5/1/1",
    );
}
