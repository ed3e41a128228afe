//! From typed answers to a case, and from errors to fields.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]
use domain::decimal::Hundredths;

use super::*;

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let own = [
        ("e0-awu", "180"),
        ("e0-turnover", "30 000 000"),
        ("e0-balance", "20000000"),
    ];
    Answers::from_pairs(own.iter().chain(pairs).copied())
}

fn messages(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    match check(Lang::Fr, &answers(pairs), false) {
        Checked::Incomplete(Issues(issues)) => issues
            .into_iter()
            .map(|issue| (issue.field.into_owned(), issue.message.into_owned()))
            .collect(),
        other => panic!("expected issues, got {other:?}"),
    }
}

fn fields(pairs: &[(&str, &str)]) -> Vec<String> {
    messages(pairs)
        .into_iter()
        .map(|(field, _)| field)
        .collect()
}

#[test]
fn linked_holders_add_up_as_in_vector_27() {
    let checked = check(
        Lang::Fr,
        &answers(&[
            ("e1-name", "H"),
            ("e1-awu", "100"),
            ("e1-turnover", "20 000 000"),
            ("e1-balance", "10 000 000"),
            ("e2-name", "H2"),
            ("e2-awu", "150"),
            ("e2-turnover", "25 000 000"),
            ("e2-balance", "18 000 000"),
            ("h1-holder", "1"),
            ("h1-held", "2"),
            ("h1-capital", "100"),
            ("h2-holder", "1"),
            ("h2-held", "0"),
            ("h2-capital", "20 %"),
            ("h3-holder", "2"),
            ("h3-held", "0"),
            ("h3-votes", "10"),
        ]),
        false,
    );
    let Checked::Done {
        status, outcome, ..
    } = checked
    else {
        panic!("{checked:?}")
    };
    assert_eq!(status, Category::NotSme);
    assert_eq!(outcome.consolidated.awu, Hundredths::from_units(255));
    assert_eq!(
        outcome.consolidated.turnover_eur,
        Hundredths::from_units(43_500_000)
    );
}

#[test]
fn the_previous_period_holds_the_status_back() {
    let checked = check(Lang::Fr, &answers(&[("previous", "small")]), false);
    let Checked::Done {
        status, outcome, ..
    } = checked
    else {
        panic!("{checked:?}")
    };
    assert_eq!(outcome.eu_category, Category::Medium);
    assert_eq!(status, Category::Small);
}

#[test]
fn nothing_typed_is_not_an_error() {
    assert_eq!(check(Lang::Fr, &Answers::default(), false), Checked::Blank);
    let sent = check(Lang::Fr, &Answers::default(), true);
    assert!(matches!(sent, Checked::Incomplete(Issues(issues)) if issues.len() == 3));
}

#[test]
fn each_mistake_is_put_beside_its_field() {
    assert_eq!(fields(&[("e0-awu", "douze")]), ["e0-awu"]);
    assert_eq!(fields(&[("e0-balance", "")]), ["e0-balance"]);
    assert_eq!(fields(&[("e1-name", "B"), ("e2-name", "B")]), ["e2-name"]);
    assert_eq!(
        fields(&[("h1-holder", "7"), ("h1-held", "0"), ("h1-capital", "3")]),
        ["h1-holder"]
    );
    assert_eq!(
        fields(&[("h1-holder", "0"), ("h1-held", "0"), ("h1-capital", "3")]),
        ["h1-held"]
    );
    let holder = [("e1-name", "B"), ("h1-holder", "1"), ("h1-held", "0")];
    assert_eq!(fields(&holder), ["h1-capital"]);
    let too_much = [("h1-capital", "101")];
    assert_eq!(fields(&[&holder[..], &too_much].concat()), ["h1-capital"]);
    let partner = [("h1-capital", "30")];
    assert_eq!(fields(&[&holder[..], &partner].concat()), ["e1-awu"]);
    let twice = [
        ("h1-capital", "3"),
        ("h2-holder", "1"),
        ("h2-held", "0"),
        ("h2-capital", "4"),
    ];
    assert_eq!(fields(&[&holder[..], &twice].concat()), ["h2-holder"]);
    let angel = [
        ("e1-kind", "business_angel"),
        ("h1-capital", "30"),
        ("h1-invested", "beaucoup"),
    ];
    assert_eq!(fields(&[&holder[..], &angel].concat()), ["h1-invested"]);
}

#[test]
fn more_than_everything_is_refused_where_it_is_held() {
    let over = [
        ("e1-name", "B"),
        ("e2-name", "C"),
        ("h1-holder", "1"),
        ("h1-held", "0"),
        ("h1-capital", "60"),
        ("h2-holder", "2"),
        ("h2-held", "0"),
        ("h2-capital", "50"),
    ];
    assert_eq!(fields(&over), ["h1-capital"]);
}

#[test]
fn persons_link_enterprises_of_the_same_market() {
    let persons = |market: &'static str| {
        answers(&[
            ("e1-name", "B"),
            ("e1-awu", "150"),
            ("e1-turnover", "30000000"),
            ("e1-balance", "28000000"),
            ("e2-kind", "person"),
            ("e2-market", market),
            ("h1-holder", "2"),
            ("h1-held", "0"),
            ("h1-capital", "100"),
            ("h2-holder", "2"),
            ("h2-held", "1"),
            ("h2-capital", "100"),
        ])
    };
    for (market, category) in [("yes", Category::NotSme), ("", Category::Medium)] {
        let Checked::Done { outcome, .. } = check(Lang::En, &persons(market), false) else {
            panic!("{market}")
        };
        assert_eq!(outcome.eu_category, category);
        assert!(
            outcome
                .explanation
                .iter()
                .any(|line| line.enterprise == "Person 2")
        );
    }
}

#[test]
fn messages_are_sentences_in_french() {
    let (_, message) = messages(&[("e0-awu", "")]).pop().unwrap();
    assert_eq!(message, "Indiquez l’effectif, par exemple 12,5.");
}
