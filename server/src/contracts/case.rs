//! `spaser indicators --case`: a case goes through the real import and the real queries in a throw-away database, so that
//! anyone can check the figures.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::NaiveDate;
use domain::claims::KindSet;
use domain::contracts::Mode;
use domain::identifiers::Siren;
use domain::indicators::{Asked, Narrowing, Report, report};
use serde::Deserialize;
use serde_json::{Number, Value};
use store::StoreConfig;
use store::buyer::BuyerStore;
use store::buyer::contracts::Share;

use super::import::import;
use super::source::Source;
use super::taken_over;
use crate::clock::Clock;

/// A case; other keys, such as a note, are left.
#[derive(Debug, Deserialize)]
pub struct Case {
    buyer_siren: String,
    year: i32,
    today: NaiveDate,
    #[serde(default)]
    mode: Mode,
    #[serde(default)]
    declarations: Vec<Value>,
    decp: Value,
    #[serde(default)]
    cotraitance_shares: BTreeMap<String, BTreeMap<String, Number>>,
}

/// What is wrong with a case.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    #[error("{0}")]
    Malformed(String),
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// The figures of a case.
pub async fn run(json: &[u8]) -> Result<Report, CaseError> {
    let malformed = |text: String| CaseError::Malformed(text);
    let case: Case = serde_json::from_slice(json).map_err(|error| malformed(error.to_string()))?;
    let buyer_siren = Siren::parse(&case.buyer_siren)
        .map_err(|error| malformed(format!("buyer_siren : {error}")))?;
    let lines = taken_over::json(&Value::from(case.declarations))
        .map_err(|error| malformed(error.to_string()))?;
    let statuses = lines
        .iter()
        .map(taken_over::check)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|refused| {
            malformed(format!(
                "declarations[{}].{} : {}",
                refused.line - 1,
                refused.field,
                refused.code
            ))
        })?;
    if !case.decp.is_object() && !case.decp.is_array() {
        return Err(malformed("decp : objet attendu".to_owned()));
    }
    let asked = Asked {
        buyer: buyer_siren,
        year: case.year,
        mode: case.mode,
        kinds: KindSet::solidarity_default(),
        narrowing: Narrowing::default(),
    };
    let shares = shares(case.cotraitance_shares);
    Ok(computed(&asked, case.today, &case.decp, &statuses, &shares).await?)
}

fn shares(by_contract: BTreeMap<String, BTreeMap<String, Number>>) -> Vec<Share> {
    by_contract
        .into_iter()
        .flat_map(|(contract, holders)| {
            let contract = reference(&contract);
            holders.into_iter().map(move |(holder, share)| Share {
                contract: contract.clone(),
                holder,
                share: share.to_string(),
                source: "case".to_owned(),
            })
        })
        .collect()
}

/// The number of a contract as the data hold it, with the establishment in front when it is given.
fn reference(written: &str) -> String {
    let normal = |id: &str| domain::insertion::normalize_contract(id).unwrap_or_default();
    match written.trim().split_once('/') {
        Some((siret, id)) if siret.len() == 14 && siret.bytes().all(|c| c.is_ascii_digit()) => {
            format!("{siret}/{}", normal(id))
        }
        _ => normal(written),
    }
}

async fn computed(
    asked: &Asked,
    today: NaiveDate,
    decp: &Value,
    statuses: &[store::buyer::contracts::TakenOver],
    shares: &[Share],
) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir().context("a folder for the case")?;
    let database = folder.path().join("case.sqlite");
    let file = folder.path().join("case.json");
    std::fs::write(&file, decp.to_string())?;
    // Noon in Paris is the same civil day everywhere it matters.
    let noon = today.and_hms_opt(11, 0, 0).unwrap_or_default().and_utc();
    let clock = Clock::manual(noon);
    let config = StoreConfig::parse(&format!("sqlite:{}", database.display()))?;
    let buyer = BuyerStore::open(config).await?;
    buyer.migrate(noon).await?;
    let source = Source::open(&file)?;
    import(&buyer, &asked.buyer, source, "case", &clock, |_| {}).await?;
    buyer.take_over("case", statuses, noon).await?;
    buyer.enter_shares(shares, "case", noon).await?;
    let facts = buyer.year_facts(asked, today).await?;
    Ok(report(asked, &facts))
}
