//! The group of the size step: a tree whose lines name each other, several periods, and what is refused beside which field.

use domain::claims::ClaimBody;
use domain::form::{
    Draft, FORM_VERSION, GroupAct, GroupRow, LINK, Rule, SizeStep, Step as _, StepCode, Warning,
};
use domain::registry::RegistryState;
use domain::sme::{Category, Relation};

use crate::form::{complete, context, text, today};
use crate::support::known_with_band;

/// A step with figures far below every ceiling, and these lines.
pub(crate) fn step(rows: Vec<GroupRow>) -> SizeStep {
    SizeStep {
        group: text("yes"),
        rows,
        ..complete().size
    }
}

/// `code name`, held by `with` at `percent`, with small figures.
pub(crate) fn held(code: &str, with: &str, percent: &str) -> GroupRow {
    GroupRow {
        code: text(code),
        kind: text("enterprise"),
        name: format!("Société {code}"),
        direction: text("held"),
        with: text(with),
        capital_pct: text(percent),
        awu: text("10"),
        turnover_eur: text("1 000 000"),
        balance_eur: text("500 000"),
        ..GroupRow::default()
    }
}

fn holder(code: &str, with: &str, percent: &str) -> GroupRow {
    GroupRow {
        direction: text("holder"),
        ..held(code, with, percent)
    }
}

fn link(code: &str, of: &str, with: &str, percent: &str) -> GroupRow {
    GroupRow {
        code: text(code),
        kind: text(LINK),
        of: text(of),
        direction: text("holder"),
        with: text(with),
        capital_pct: text(percent),
        ..GroupRow::default()
    }
}

fn person(code: &str, with: &str, percent: &str) -> GroupRow {
    GroupRow {
        code: text(code),
        kind: text("person"),
        name: text("Dirigeante"),
        with: text(with),
        capital_pct: text(percent),
        market: text("yes"),
        ..GroupRow::default()
    }
}

fn awu(step: &SizeStep) -> String {
    let computed = step.computed("Nous").unwrap();
    computed.outcome.consolidated.awu.to_string()
}

fn wrong(step: &SizeStep) -> Vec<(String, Rule)> {
    step.errors(today())
        .into_iter()
        .map(|error| (error.path, error.rule))
        .collect()
}

#[test]
fn an_enterprise_may_be_held_by_another_of_the_group() {
    // Ours has 62.5; e1 is ours, e2 is e1’s, e3 is a partner of e2 at 30 %.
    let nested = step(vec![
        held("e1", "", "60"),
        held("e2", "e1", "55"),
        held("e3", "e2", "30"),
    ]);
    assert_eq!(wrong(&nested), []);
    assert_eq!(awu(&nested), "85.5");
    // Above ours: the holder, and what else it holds.
    let above = step(vec![holder("e1", "", "80"), held("e2", "e1", "100")]);
    assert_eq!(awu(&above), "82.5");
    assert_eq!(above.depths(), [0, 1]);
}

#[test]
fn votes_that_are_not_given_are_those_of_the_capital() {
    let mut one = step(vec![held("e1", "", "60")]);
    assert_eq!(awu(&one), "72.5", "linked: counted whole");
    one.rows[0].voting_pct = text("40");
    assert_eq!(awu(&one), "68.5", "a partner: 60 %");
    one.rows[0].capital_pct = String::new();
    one.rows[0].voting_pct = text("60");
    assert_eq!((awu(&one), wrong(&one)), (text("72.5"), vec![]));
}

#[test]
fn control_without_a_majority_links() {
    for control in ["appoints_majority", "dominant_influence", "agreement"] {
        let mut row = held("e1", "", "10");
        row.control = text(control);
        assert_eq!(awu(&step(vec![row.clone()])), "72.5", "{control}");
        row.capital_pct.clear();
        assert_eq!(wrong(&step(vec![row])), [], "control needs no percentage");
    }
    let mut row = held("e1", "", "10");
    row.control = text("magic");
    assert_eq!(
        wrong(&step(vec![row])),
        [(text("rows[0][control]"), Rule::Choice)]
    );
}

#[test]
fn persons_link_what_they_control_on_one_market() {
    let owner = |market: &str| {
        let mut rows = vec![person("e1", "", "100"), held("e2", "e1", "80")];
        rows[0].market = text(market);
        step(rows)
    };
    assert_eq!(awu(&owner("yes")), "72.5");
    assert_eq!(awu(&owner("no")), "62.5");
    assert_eq!(
        wrong(&owner("")),
        [(text("rows[0][market]"), Rule::ChooseOne)]
    );
    // Two persons, 30 % each of both: together they hold the majority.
    let mut rows = vec![
        person("e1", "", "30"),
        person("e2", "", "30"),
        held("e3", "e1", "30"),
        link("e4", "e2", "e3", "30"),
    ];
    assert_eq!(awu(&step(rows.clone())), "62.5");
    for row in &mut rows[..2] {
        row.jointly = text("1");
    }
    assert_eq!(awu(&step(rows)), "72.5");
}

#[test]
fn exempt_investors_and_public_bodies_keep_their_rules() {
    let mut fund = holder("e1", "", "40");
    fund.kind = text("venture_capital");
    assert_eq!(awu(&step(vec![fund.clone()])), "62.5");
    fund.kind = text("business_angel");
    fund.invested_eur = text("1 250 000");
    assert_eq!(
        awu(&step(vec![fund.clone()])),
        "66.5",
        "too much: a partner"
    );
    let mut body = holder("e1", "", "25");
    body.kind = text("public_body");
    let computed = step(vec![body]).computed("Nous").unwrap();
    assert_eq!(computed.status, Category::NotSme);
}

#[test]
fn an_enterprise_held_by_two_is_one_line_and_one_link() {
    let two = step(vec![
        held("e1", "", "100"),
        held("e2", "", "30"),
        link("e3", "e1", "e2", "30"),
    ]);
    assert_eq!(wrong(&two), []);
    assert_eq!(awu(&two), "82.5", "60 % together: linked, counted once");
}

#[test]
fn a_circular_group_is_computed_and_each_enterprise_counted_once() {
    let circle = step(vec![
        held("e1", "", "60"),
        held("e2", "e1", "60"),
        link("e3", "e2", "", "60"),
    ]);
    assert_eq!(wrong(&circle), []);
    let computed = circle.computed("Nous").unwrap();
    assert_eq!(computed.outcome.consolidated.awu.to_string(), "82.5");
    let linked = |line: &&domain::sme::Explanation| line.relation == Relation::Linked;
    assert_eq!(
        computed.outcome.explanation.iter().filter(linked).count(),
        2
    );
    // Two lines that only name each other are apart from ours.
    let apart = step(vec![held("e1", "e2", "60"), held("e2", "e1", "60")]);
    assert_eq!((wrong(&apart), awu(&apart)), (vec![], text("62.5")));
}

#[test]
fn an_enterprise_holding_itself_is_an_error_on_its_field() {
    let with = (text("rows[0][with]"), Rule::HoldsItself);
    assert_eq!(wrong(&step(vec![held("e1", "e1", "60")])), [with]);
    let of = (text("rows[1][with]"), Rule::HoldsItself);
    let rows = vec![held("e1", "", "60"), link("e2", "e1", "e1", "5")];
    assert_eq!(wrong(&step(rows)), [of]);
}

#[test]
fn two_hundred_enterprises_are_computed_and_a_line_too_many_is_said() {
    let rows = |count: usize| -> Vec<GroupRow> {
        let code = |rank: usize| match rank {
            0 => String::new(),
            rank => format!("e{rank}"),
        };
        (1..=count)
            .map(|rank| held(&code(rank), &code(rank / 3), "60"))
            .collect()
    };
    let large = step(rows(200));
    assert_eq!(wrong(&large), []);
    assert_eq!(awu(&large), "2062.5");
    assert_eq!(large.depths().len(), 200);
    let most = SizeStep::MOST_LINES;
    assert_eq!(
        wrong(&step(rows(most + 1))),
        [(text("rows"), Rule::TooManyRows(most))]
    );
    let mut full = step(rows(most));
    assert_eq!(full.edit(GroupAct::Add), None);
    assert_eq!(full.rows.len(), most);
}

#[test]
fn a_chain_of_two_hundred_enterprises_is_computed() {
    let code = |rank: usize| match rank {
        0 => String::new(),
        rank => format!("e{rank}"),
    };
    let rows = (1..=200).rev();
    let mut chain = step(
        rows.map(|rank| held(&code(rank), &code(rank - 1), "60"))
            .collect(),
    );
    assert_eq!(awu(&chain), "2062.5");
    chain.arrange();
    assert_eq!(chain.depths(), (0..200).collect::<Vec<_>>());
    assert_eq!(awu(&chain), "2062.5");
    assert_eq!(domain::sme::tree(&chain.sketch("Nous")).nodes.len(), 201);
}

#[test]
fn percentages_above_100_are_refused_alone_and_together() {
    assert_eq!(
        wrong(&step(vec![held("e1", "", "100,01")])),
        [(text("rows[0][capital_pct]"), Rule::Percent)]
    );
    let rows = vec![holder("e1", "", "60"), holder("e2", "", "40,01")];
    let over = Rule::OverHundred { votes: false };
    assert_eq!(
        wrong(&step(rows.clone())),
        [(text("rows[1][capital_pct]"), over)]
    );
    let mut votes = rows;
    votes[1].capital_pct = text("40");
    votes[1].voting_pct = text("41");
    let over = Rule::OverHundred { votes: true };
    assert_eq!(wrong(&step(votes)), [(text("rows[1][voting_pct]"), over)]);
}

#[test]
fn a_closing_date_in_the_future_is_refused() {
    let mut one = step(vec![held("e1", "", "60")]);
    one.closing_date = text("24/11/2026");
    assert_eq!(wrong(&one), [(text("closing_date"), Rule::NotInTheFuture)]);
}

#[test]
fn a_staff_figure_ten_times_the_register_band_is_a_warning_and_not_an_error() {
    let mut draft = complete();
    // Band 11: 10 to 19.
    draft.size.awu = text("190");
    assert_eq!(wrong(&draft.size), []);
    let doubts = draft.warnings(&known_with_band("11"));
    assert_eq!(doubts, [(StepCode::Size, text("awu"), Warning::StaffBand)]);
    assert_eq!(draft.warnings(&RegistryState::Unresolved), []);
}

#[test]
fn a_holding_given_twice_and_a_line_that_is_gone_are_errors_on_their_fields() {
    let rows = vec![held("e1", "", "40"), link("e2", "e1", "", "10")];
    assert_eq!(wrong(&step(rows)), [], "each holds the other");
    let mut rows = vec![held("e1", "", "40"), held("e2", "e1", "30")];
    rows.push(link("e3", "e1", "e2", "10"));
    assert_eq!(
        wrong(&step(rows)),
        [(text("rows[2][with]"), Rule::HeldTwice)]
    );
    let gone = (text("rows[0][with]"), Rule::LineGone);
    assert_eq!(wrong(&step(vec![held("e1", "e9", "40")])), [gone]);
    let rows = vec![person("e1", "", "40"), held("e2", "", "40"), {
        let mut row = link("e3", "e2", "e1", "5");
        row.direction = text("holder");
        row
    }];
    assert_eq!(
        wrong(&step(rows)),
        [(text("rows[2][with]"), Rule::PersonHeld)]
    );
}

#[test]
fn a_figure_is_asked_only_of_those_who_count() {
    let mut rows = vec![held("e1", "", "60"), held("e2", "", "10")];
    for row in &mut rows {
        row.balance_eur.clear();
    }
    assert_eq!(
        wrong(&step(rows)),
        [(text("rows[0][balance_eur]"), Rule::FigureNeeded)]
    );
}

#[test]
fn the_two_period_rule_is_computed_from_the_figures_of_each_period() {
    let mut one = step(vec![held("e1", "", "100")]);
    one.periods = text("2");
    one.awu = text("245");
    one.previous_awu = text("200");
    one.previous_turnover_eur = text("9 000 000");
    one.previous_balance_eur = text("5 000 000");
    assert_eq!(
        wrong(&one),
        [(text("rows[0][previous_awu]"), Rule::FigureNeeded)]
    );
    assert_eq!(
        one.computed("Nous"),
        None,
        "no result on half of the figures"
    );
    one.rows[0].previous_awu = text("10");
    one.rows[0].previous_turnover_eur = text("900 000");
    one.rows[0].previous_balance_eur = text("400 000");
    // What was said of the period before does not count any more.
    one.previous_category = text("micro");
    let computed = one.computed("Nous").unwrap();
    assert_eq!(computed.by_period, [Category::Medium, Category::NotSme]);
    assert_eq!(computed.status, Category::Medium, "255 for one period only");
    one.periods = text("3");
    one.earlier_awu = text("300");
    one.earlier_turnover_eur = text("60 000 000");
    one.earlier_balance_eur = text("60 000 000");
    one.rows[0].earlier_awu = text("0");
    one.rows[0].earlier_turnover_eur = text("0");
    one.rows[0].earlier_balance_eur = text("0");
    let computed = one.computed("Nous").unwrap();
    assert_eq!(
        (computed.by_period.len(), computed.status),
        (3, Category::NotSme)
    );
    let mut draft = complete();
    draft.size = one;
    draft.size.periods = text("2");
    let snapshot = draft.parse(&context(), today()).unwrap();
    let ClaimBody::Sme(size) = &snapshot.claims[0].body else {
        unreachable!("the size comes first")
    };
    assert_eq!((size.category, size.earlier.len()), (Category::Medium, 1));
    assert_eq!(snapshot.form_version, FORM_VERSION);
}

#[test]
fn what_was_saved_and_signed_before_the_tree_is_still_read() {
    let old = r#"{"company":{"siret":"73282932000074","name":"Exemple","contact_name":"C","contact_role":"G","contact_email":"c@exemple.fr","contact_phone":""},
        "size":{"declare":"yes","closing_date":"31/12/2025","awu":"62,5","turnover_eur":"8 000 000","balance_eur":"4 000 000","previous_category":"","group":"yes",
        "rows":[{"name":"Filiale","kind":"enterprise","direction":"held","capital_pct":"60","voting_pct":"60","awu":"30","turnover_eur":"5 000 000","balance_eur":"3 000 000"}]}}"#;
    let mut draft: Draft = serde_json::from_str(old).unwrap();
    draft.solidarity.declare = text("no");
    draft.insertion.declare = text("no");
    assert_eq!(wrong(&draft.size), []);
    let snapshot = draft.parse(&context(), today()).unwrap();
    // The claim that version 2 signed for the same answers, to the letter.
    let signed = r#"{"key":{"kind":"SME","scope":{"level":"siren","id":"732829320"}},"body":{"type":"sme","category":"medium","french_category":"PME","closing_date":"2025-12-31","consolidated_awu":"92.5","consolidated_turnover_eur":"13000000","consolidated_balance_eur":"7000000","case":{"enterprises":{"Filiale (1)":{"awu":30,"balance_eur":3000000,"kind":"enterprise","turnover_eur":5000000},"declarant":{"awu":62.5,"balance_eur":4000000,"kind":"enterprise","turnover_eur":8000000}},"holdings":[{"capital_pct":60,"held":"Filiale (1)","holder":"declarant","voting_pct":60}],"persons_active_in_same_or_adjacent_market":[],"target":"declarant"}}}"#;
    let old: domain::claims::Claim = serde_json::from_str(signed).unwrap();
    let new = &snapshot.claims[0];
    assert_eq!(new, &old);
    assert_eq!(
        new.hash(),
        "32baf262e9f5e15531e66cf39c6d3a94130e2b46a3b23cd09f8a40ae64a64a7b",
        "the hash of version 2: an unchanged claim keeps its verdict"
    );
}
