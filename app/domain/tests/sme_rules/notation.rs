//! A short notation for cases: `A 40/6/4; V:venture_capital 3/2/1` and `V→A 30/25 control=agreement`.

use serde_json::{Value, json};

/// The JSON of a case. Figures are units / million euros / million euros; the target is `A`.
pub(crate) fn case(entities: &str, holdings: &str) -> Value {
    let mut enterprises = serde_json::Map::new();
    for entity in parts(entities) {
        let mut words = entity.split_whitespace();
        let name = words.next().unwrap();
        let (name, kind) = name.split_once(':').unwrap_or((name, "enterprise"));
        let mut value = json!({ "kind": kind });
        if let Some(figures) = words.next() {
            let figures: Vec<f64> = figures
                .split('/')
                .map(|figure| figure.parse().unwrap())
                .collect();
            value["awu"] = json!(figures[0]);
            value["turnover_eur"] = json!((figures[1] * 1e6).round());
            value["balance_eur"] = json!((figures[2] * 1e6).round());
        }
        enterprises.insert(name.to_owned(), value);
    }
    let holdings: Vec<Value> = parts(holdings).map(holding).collect();
    json!({ "target": "A", "enterprises": enterprises, "holdings": holdings })
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn holding(text: &str) -> Value {
    let mut words = text.split_whitespace();
    let (holder, held) = words.next().unwrap().split_once('→').unwrap();
    let (capital, votes) = words.next().unwrap().split_once('/').unwrap();
    let number = |text: &str| text.parse::<f64>().unwrap();
    let mut value = json!({ "holder": holder, "held": held, "capital_pct": number(capital), "voting_pct": number(votes) });
    for word in words {
        match word.split_once('=').unwrap() {
            ("control", control) => value["control"] = json!(control),
            (_, invested) => value["invested_eur"] = json!(number(invested)),
        }
    }
    value
}

/// The answer, as a program would read it.
pub(crate) fn answer(case: &Value) -> Value {
    let json = serde_json::to_vec(case).unwrap();
    serde_json::to_value(domain::sme::answer(&json).unwrap()).unwrap()
}

/// Asserts categories and consolidated figures, and gives the answer for more.
pub(crate) fn expect(case: &Value, eu: &str, fr: &str, figures: &str) -> Value {
    let got = answer(case);
    let total = &got["consolidated"];
    let millions = |key: &str| total[key].as_f64().unwrap() / 1e6;
    let shown = format!(
        "{}/{}/{}",
        total["awu"].as_f64().unwrap(),
        millions("turnover_eur"),
        millions("balance_eur")
    );
    assert_eq!(
        (
            shown.as_str(),
            got["eu_category"].as_str(),
            got["fr_category_linked_only"].as_str()
        ),
        (figures, Some(eu), Some(fr)),
        "{case:#}"
    );
    got
}

/// The line of one entity.
pub(crate) fn line<'a>(answer: &'a Value, id: &str) -> &'a Value {
    answer["explanation"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["enterprise"] == id)
        .unwrap()
}

/// The codes of the reasons of one entity.
pub(crate) fn reasons<'a>(answer: &'a Value, id: &str) -> Vec<&'a str> {
    line(answer, id)["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| reason["code"].as_str().unwrap())
        .collect()
}
