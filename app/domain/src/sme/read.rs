//! Reads a case or a sequence from JSON: numbers to the last digit, and errors that name the key or the enterprise.

use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use super::case::{Case, Control, Enterprise, Holding};
use super::consolidate::simulate;
use super::error::CaseError;
use super::json::{Object, entries, join, list, text};
use super::kind::Kind;
use super::outcome::Outcome;
use super::thresholds::{Category, two_periods};
use crate::decimal::{Hundredths, Percent};

/// What a file asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    Case(Case),
    /// Raw categories, oldest period first.
    Sequence(Vec<Category>),
}

/// What the program answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Case(Outcome),
    Sequence { status_by_period: Vec<Category> },
}

const SEQUENCE: &str = "raw_category_by_period_oldest_first";

/// Reads and answers in one go.
pub fn answer(json: &[u8]) -> Result<Answer, CaseError> {
    Ok(match read(json)? {
        Question::Case(case) => Answer::Case(simulate(&case)?),
        Question::Sequence(raw) => Answer::Sequence {
            status_by_period: two_periods(&raw),
        },
    })
}

/// Reads an element of `vectors` or of `sequences`.
pub fn read(json: &[u8]) -> Result<Question, CaseError> {
    // Some editors put a byte order mark in front.
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let raw: &RawValue = serde_json::from_slice(json).map_err(|error| CaseError::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    if entries(raw, "")?.iter().any(|(key, _)| key == SEQUENCE) {
        return sequence(raw).map(Question::Sequence);
    }
    let keys = ["target", "enterprises", "holdings", SAME_MARKET, JOINTLY];
    let mut file = Object::read(raw, "", &keys)?;
    let target = text(file.require("target")?, "target")?;
    let enterprises = enterprises(file.require("enterprises")?)?;
    let holdings = match file.take("holdings") {
        Some(raw) => holdings(raw)?,
        None => Vec::new(),
    };
    let same_market = match file.take(SAME_MARKET) {
        Some(raw) => names(raw, SAME_MARKET)?,
        None => Vec::new(),
    };
    let jointly = match file.take(JOINTLY) {
        Some(raw) => list(raw, JOINTLY)?
            .into_iter()
            .enumerate()
            .map(|(index, group)| names(group, &format!("{JOINTLY}[{index}]")))
            .collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    Ok(Question::Case(Case {
        target,
        enterprises,
        holdings,
        persons_active_in_same_or_adjacent_market: same_market,
        persons_acting_jointly: jointly,
    }))
}

fn sequence(raw: &RawValue) -> Result<Vec<Category>, CaseError> {
    let mut file = Object::read(raw, "", &[SEQUENCE])?;
    list(file.require(SEQUENCE)?, SEQUENCE)?
        .into_iter()
        .enumerate()
        .map(category)
        .collect()
}

const SAME_MARKET: &str = "persons_active_in_same_or_adjacent_market";
const JOINTLY: &str = "persons_acting_jointly";

fn category((index, raw): (usize, &RawValue)) -> Result<Category, CaseError> {
    let path = format!("{SEQUENCE}[{index}]");
    let name = text(raw, &path)?;
    Category::from_name(&name).ok_or(CaseError::UnknownValue { path, value: name })
}

fn names(raw: &RawValue, path: &str) -> Result<Vec<String>, CaseError> {
    list(raw, path)?
        .into_iter()
        .enumerate()
        .map(|(index, raw)| text(raw, &format!("{path}[{index}]")))
        .collect()
}

fn enterprises(raw: &RawValue) -> Result<BTreeMap<String, Enterprise>, CaseError> {
    entries(raw, "enterprises")?
        .into_iter()
        .map(|(id, raw)| Ok((id.clone(), enterprise(raw, &join("enterprises", &id))?)))
        .collect()
}

fn enterprise(raw: &RawValue, path: &str) -> Result<Enterprise, CaseError> {
    let mut object = Object::read(raw, path, &["kind", "awu", "turnover_eur", "balance_eur"])?;
    let name = text(object.require("kind")?, &join(path, "kind"))?;
    let kind = Kind::from_name(&name).ok_or_else(|| CaseError::UnknownValue {
        path: join(path, "kind"),
        value: name,
    })?;
    let awu = object.number("awu", Hundredths::parse_json)?;
    let turnover_eur = object.number("turnover_eur", Hundredths::parse_json)?;
    let balance_eur = object.number("balance_eur", Hundredths::parse_json)?;
    Ok(Enterprise {
        kind,
        awu,
        turnover_eur,
        balance_eur,
    })
}

fn holdings(raw: &RawValue) -> Result<Vec<Holding>, CaseError> {
    list(raw, "holdings")?
        .into_iter()
        .enumerate()
        .map(|(index, raw)| holding(raw, &format!("holdings[{index}]")))
        .collect()
}

fn holding(raw: &RawValue, path: &str) -> Result<Holding, CaseError> {
    let keys = [
        "holder",
        "held",
        "capital_pct",
        "voting_pct",
        "control",
        "invested_eur",
    ];
    let mut object = Object::read(raw, path, &keys)?;
    let holder = text(object.require("holder")?, &join(path, "holder"))?;
    let held = text(object.require("held")?, &join(path, "held"))?;
    // From here on an error names the two enterprises, which a person finds faster than a rank in a list.
    object.rename(&format!("{path} ({holder} → {held})"));
    let capital_pct = percent(&mut object, "capital_pct")?;
    let voting_pct = percent(&mut object, "voting_pct")?;
    let control = match object.take("control") {
        None => None,
        Some(raw) => {
            let path = object.path_of("control");
            let name = text(raw, &path)?;
            Some(Control::from_name(&name).ok_or(CaseError::UnknownValue { path, value: name })?)
        }
    };
    let invested_eur = object.number("invested_eur", Hundredths::parse_json)?;
    Ok(Holding {
        holder,
        held,
        capital_pct,
        voting_pct,
        control,
        invested_eur,
    })
}

fn percent(object: &mut Object<'_>, key: &'static str) -> Result<Percent, CaseError> {
    match object.number(key, Percent::parse_json)? {
        Some(value) => Ok(value),
        None => Err(object.missing(key)),
    }
}
