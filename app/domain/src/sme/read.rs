//! Reads a case or a sequence from JSON: numbers to the last digit, and errors that name the key or the enterprise.

use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use super::case::{Case, Control, Enterprise, Holding};
use super::consolidate::simulate;
use super::error::CaseError;
use super::json::{Object, join, list, text};
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
    let mut file = Object::read(raw, "")?;
    if let Some(sequence) = file.take(SEQUENCE) {
        file.finish()?;
        return list(sequence, SEQUENCE)?
            .into_iter()
            .enumerate()
            .map(category)
            .collect::<Result<_, _>>()
            .map(Question::Sequence);
    }
    let case = Case {
        target: text(file.require("target")?, "target")?,
        enterprises: enterprises(file.require("enterprises")?)?,
        holdings: file
            .take("holdings")
            .map_or_else(|| Ok(Vec::new()), holdings)?,
        persons_active_in_same_or_adjacent_market: file
            .take(SAME_MARKET)
            .map_or_else(|| Ok(Vec::new()), |raw| names(raw, SAME_MARKET))?,
        persons_acting_jointly: file.take(JOINTLY).map_or_else(
            || Ok(Vec::new()),
            |raw| {
                let groups = list(raw, JOINTLY)?;
                groups
                    .into_iter()
                    .enumerate()
                    .map(|(index, group)| names(group, &format!("{JOINTLY}[{index}]")))
                    .collect()
            },
        )?,
    };
    file.finish()?;
    Ok(Question::Case(case))
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
    let all = Object::read(raw, "enterprises")?;
    all.into_entries()
        .into_iter()
        .map(|(id, raw)| {
            let enterprise = enterprise(raw, &join("enterprises", &id))?;
            Ok((id, enterprise))
        })
        .collect()
}

fn enterprise(raw: &RawValue, path: &str) -> Result<Enterprise, CaseError> {
    let mut object = Object::read(raw, path)?;
    let name = text(object.require("kind")?, &join(path, "kind"))?;
    let kind = Kind::from_name(&name).ok_or_else(|| CaseError::UnknownValue {
        path: join(path, "kind"),
        value: name,
    })?;
    let awu = object.number("awu", Hundredths::parse_json)?;
    let turnover_eur = object.number("turnover_eur", Hundredths::parse_json)?;
    let balance_eur = object.number("balance_eur", Hundredths::parse_json)?;
    object.finish()?;
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
    let mut object = Object::read(raw, path)?;
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
    object.finish()?;
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
