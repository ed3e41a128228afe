//! What a case may hold, and the error that names what it may not.
#![expect(clippy::unwrap_used, reason = "tests")]

use domain::sme::{CaseError, answer};
use domain::text::Lang;

/// A valid case with one thing changed.
fn with(from: &str, to: &str) -> String {
    const VALID: &str = r#"{"id":"X","title":"t","note":"n","expected":{"awu":1},"target":"A",
        "enterprises":{
            "A":{"kind":"enterprise","awu":10,"turnover_eur":1000000,"balance_eur":1000000.00},
            "B":{"kind":"enterprise","awu":20.5,"turnover_eur":2e6,"balance_eur":2000000},
            "p":{"kind":"person"}},
        "holdings":[
            {"holder":"A","held":"B","capital_pct":60,"voting_pct":60.00},
            {"holder":"p","held":"A","capital_pct":40,"voting_pct":40,"control":null}],
        "persons_active_in_same_or_adjacent_market":["p"],
        "persons_acting_jointly":[["p"]]}"#;
    assert_eq!(VALID.matches(from).count(), 1, "{from}");
    VALID.replacen(from, to, 1)
}

fn error(json: &str) -> CaseError {
    answer(json.as_bytes()).unwrap_err()
}

/// The code, and a name that both sentences must hold.
fn refused(from: &str, to: &str, code: &str, named: &str) {
    let error = error(&with(from, to));
    assert_eq!(error.code(), code, "{error}");
    for lang in [Lang::Fr, Lang::En] {
        let message = error.message(lang);
        assert!(message.contains(named), "{message}");
    }
}

#[test]
fn the_valid_case_is_valid_and_optional_keys_are_optional() {
    assert!(answer(with("\"X\"", "\"Y\"").as_bytes()).is_ok());
    let least = r#"{"target":"A","enterprises":{"A":{"kind":"enterprise","awu":0,"turnover_eur":-0.0,"balance_eur":0e9}}}"#;
    assert!(answer(least.as_bytes()).is_ok());
    assert!(
        answer(format!("\u{feff} {least}\n").as_bytes()).is_ok(),
        "a byte order mark is harmless"
    );
}

#[test]
fn notes_and_expected_results_are_ignored() {
    for key in ["expected_awu", "expected_status_by_period"] {
        let json = with(
            "\"target\":\"A\"",
            &format!("\"target\":\"A\",\"{key}\":[1]"),
        );
        assert!(answer(json.as_bytes()).is_ok(), "{key}");
    }
}

#[test]
fn unknown_keys_are_named_wherever_they_are() {
    refused(
        "\"target\":\"A\"",
        "\"target\":\"A\",\"colour\":1",
        "unknown_key",
        "colour",
    );
    refused(
        "\"awu\":10",
        "\"awu\":10,\"staff\":1",
        "unknown_key",
        "staff",
    );
    refused(
        "\"capital_pct\":60",
        "\"capital_pct\":60,\"pct\":1",
        "unknown_key",
        "pct",
    );
    refused("\"target\"", "\"cible\"", "unknown_key", "cible");
    assert_eq!(error(r#"{"note":"n","vectors":[]}"#).subject(), "vectors");
}

#[test]
fn keys_and_enterprises_given_twice_are_named() {
    refused(
        "\"awu\":10",
        "\"awu\":10,\"awu\":11",
        "duplicate_key",
        "awu",
    );
    refused("\"B\":{\"kind\"", "\"A\":{\"kind\"", "duplicate_key", "A");
}

#[test]
fn missing_keys_are_named() {
    assert_eq!(error("{}").subject(), "target");
    assert_eq!(error(r#"{"target":"A"}"#).subject(), "enterprises");
    refused(",\"voting_pct\":60.00", "", "missing_key", "voting_pct");
    refused("\"capital_pct\":60,", "", "missing_key", "A → B");
    refused("\"kind\":\"person\"", "", "missing_key", "enterprises.p");
}

#[test]
fn missing_enterprises_and_figures_are_named() {
    refused(
        "\"target\":\"A\"",
        "\"target\":\"Zed\"",
        "missing_enterprise",
        "Zed",
    );
    refused(
        "\"held\":\"B\"",
        "\"held\":\"Zed\"",
        "missing_enterprise",
        "Zed",
    );
    refused(
        "\"holder\":\"p\"",
        "\"holder\":\"Zed\"",
        "missing_enterprise",
        "Zed",
    );
    refused(
        "market\":[\"p\"]",
        "market\":[\"Zed\"]",
        "missing_enterprise",
        "Zed",
    );
    refused("[[\"p\"]]", "[[\"Zed\"]]", "missing_enterprise", "Zed");
    refused(
        ",\"turnover_eur\":2e6",
        "",
        "missing_figure",
        "turnover_eur",
    );
    refused(
        ",\"turnover_eur\":2e6",
        ",\"turnover_eur\":null",
        "missing_figure",
        "B",
    );
}

#[test]
fn figures_have_at_most_two_decimals_and_are_not_negative() {
    refused(
        "\"awu\":10",
        "\"awu\":10.001",
        "too_many_decimals",
        "enterprises.A.awu",
    );
    refused(
        "2e6",
        "2e-3",
        "too_many_decimals",
        "enterprises.B.turnover_eur",
    );
    refused(
        "\"awu\":10",
        "\"awu\":-0.01",
        "number_negative",
        "enterprises.A.awu",
    );
    refused(
        "\"awu\":10",
        "\"awu\":1e300",
        "number_too_large",
        "enterprises.A.awu",
    );
    refused(
        "\"awu\":10",
        "\"awu\":\"10\"",
        "wrong_type",
        "enterprises.A.awu",
    );
    refused(
        "\"control\":null",
        "\"invested_eur\":1.005",
        "too_many_decimals",
        "p → A",
    );
    // As many decimals as one likes when they are zeros.
    assert!(answer(with("\"awu\":10", "\"awu\":10.0000000000000000000000000").as_bytes()).is_ok());
}

#[test]
fn numbers_are_read_to_the_last_digit() {
    // The nearest double of this turnover is the ceiling itself.
    let json = with(
        "\"turnover_eur\":1000000",
        "\"turnover_eur\":999999999999999.99",
    );
    assert!(answer(json.as_bytes()).is_ok());
    let json = r#"{"target":"A","enterprises":{
        "A":{"kind":"enterprise","awu":1,"turnover_eur":50000000,"balance_eur":90000000},
        "P":{"kind":"enterprise","awu":0,"turnover_eur":0.01,"balance_eur":0}},
        "holdings":[{"holder":"P","held":"A","capital_pct":24.9999999999999999,"voting_pct":0}]}"#;
    let text = |json: &str| serde_json::to_string(&answer(json.as_bytes()).unwrap()).unwrap();
    assert!(text(json).contains("\"medium\""));
    assert!(
        text(&json.replace("24.9999999999999999", "25.0000000000000001")).contains("\"not_sme\"")
    );
}

#[test]
fn percentages_lie_between_0_and_100() {
    for wrong in ["-0.01", "100.01", "1e9", "-1"] {
        refused(
            "\"capital_pct\":60",
            &format!("\"capital_pct\":{wrong}"),
            "percentage_out_of_range",
            "A → B",
        );
        refused(
            "\"voting_pct\":40",
            &format!("\"voting_pct\":{wrong}"),
            "percentage_out_of_range",
            "p → A",
        );
    }
    refused(
        "\"capital_pct\":60",
        "\"capital_pct\":100.0000000000000000000000001",
        "percentage_out_of_range",
        "capital_pct",
    );
    // As many decimals as a program prints.
    let long = with(
        "\"capital_pct\":60",
        "\"capital_pct\":0.0012345678901234567",
    );
    assert!(answer(long.as_bytes()).is_ok());
    assert!(answer(with("\"capital_pct\":60", "\"capital_pct\":100").as_bytes()).is_ok());
}

#[test]
fn more_than_all_of_an_enterprise_cannot_be_held() {
    let third = r#","control":null},{"holder":"B","held":"A","capital_pct":CAP,"voting_pct":VOT}"#;
    let json = |capital: &str, votes: &str| {
        with(
            ",\"control\":null}",
            &third.replace("CAP", capital).replace("VOT", votes),
        )
    };
    assert!(answer(json("60", "60").as_bytes()).is_ok());
    let capital = error(&json("60.01", "60"));
    assert_eq!(
        capital,
        CaseError::Over100 {
            id: "A".into(),
            votes: false
        }
    );
    let votes = error(&json("60", "60.01"));
    assert_eq!(
        votes,
        CaseError::Over100 {
            id: "A".into(),
            votes: true
        }
    );
    assert!(votes.message(Lang::Fr).contains("«\u{202f}A\u{202f}»"));
}

#[test]
fn contradictory_holdings_are_named() {
    refused("\"held\":\"B\"", "\"held\":\"A\"", "holds_itself", "A");
    refused(
        "\"holder\":\"p\",\"held\":\"A\"",
        "\"holder\":\"A\",\"held\":\"B\"",
        "pair_twice",
        "B",
    );
    refused("\"held\":\"B\"", "\"held\":\"p\"", "person_held", "p");
}

#[test]
fn words_outside_their_list_are_named() {
    refused(
        "\"kind\":\"person\"",
        "\"kind\":\"robot\"",
        "unknown_value",
        "robot",
    );
    refused(
        "\"control\":null",
        "\"control\":\"magic\"",
        "unknown_value",
        "magic",
    );
    let json = r#"{"raw_category_by_period_oldest_first":["micro","huge"]}"#;
    assert!(error(json).message(Lang::Fr).contains("huge"));
}

#[test]
fn lists_of_persons_hold_persons_and_targets_are_enterprises() {
    refused("market\":[\"p\"]", "market\":[\"B\"]", "not_a_person", "B");
    refused("[[\"p\"]]", "[[\"p\",\"B\"]]", "not_a_person", "B");
    refused(
        "\"target\":\"A\"",
        "\"target\":\"p\"",
        "target_not_an_enterprise",
        "p",
    );
}

#[test]
fn wrong_types_are_named() {
    refused(
        "[[\"p\"]]",
        "[\"p\"]",
        "wrong_type",
        "persons_acting_jointly[0]",
    );
    refused("\"target\":\"A\"", "\"target\":1", "wrong_type", "target");
    refused("{\"kind\":\"person\"}", "[]", "wrong_type", "enterprises.p");
    for json in ["", "nul", "[", "{\"target\":}", "\u{0}", "{\"a\":1} x"] {
        assert_eq!(error(json).code(), "not_json", "{json}");
    }
    for json in ["[]", "1", "\"A\"", "null"] {
        assert_eq!(error(json).code(), "wrong_type", "{json}");
    }
    assert_eq!(
        answer(b"{\"target\":\"\xff\"}").unwrap_err().code(),
        "not_json"
    );
}

#[test]
fn a_sequence_may_be_empty_and_takes_no_other_key() {
    let text = |json: &str| serde_json::to_string(&answer(json.as_bytes()).unwrap()).unwrap();
    assert_eq!(
        text(r#"{"id":"Q","raw_category_by_period_oldest_first":[]}"#),
        r#"{"status_by_period":[]}"#
    );
    assert_eq!(
        error(r#"{"raw_category_by_period_oldest_first":[],"target":"A"}"#).subject(),
        "target"
    );
}

#[test]
fn a_case_in_code_is_checked_like_a_file() {
    use domain::decimal::{Hundredths, Percent};
    use domain::sme::{Case, Category, Figures, Holding, simulate};
    let figures = Figures {
        awu: Hundredths::from_units(9),
        turnover_eur: Hundredths::from_units(2_000_000),
        balance_eur: Hundredths::from_units(3_000_000),
    };
    let mut case = Case::alone(figures);
    assert_eq!(simulate(&case).unwrap().eu_category, Category::Micro);
    case.holdings.push(Holding {
        holder: "B".into(),
        held: "A".into(),
        capital_pct: Percent::HUNDRED,
        ..Holding::default()
    });
    assert_eq!(
        simulate(&case).unwrap_err(),
        CaseError::MissingEnterprise { id: "B".into() }
    );
    let negative = Case::alone(Figures {
        awu: Hundredths::from_hundredths(-1),
        ..figures
    });
    assert_eq!(simulate(&negative).unwrap_err().code(), "number_negative");
}

#[test]
fn a_case_survives_its_own_json() {
    let domain::sme::Question::Case(case) =
        domain::sme::read(with("\"X\"", "\"Y\"").as_bytes()).unwrap()
    else {
        unreachable!("a case was written");
    };
    let json = serde_json::to_vec(&case).unwrap();
    assert_eq!(
        serde_json::from_slice::<domain::sme::Case>(&json).unwrap(),
        case
    );
    assert_eq!(
        domain::sme::read(&json).unwrap(),
        domain::sme::Question::Case(case)
    );
}
