//! The lines of the published file as the data stand: one per contract and holder, without the name of any natural person.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::indicators::Asked;
use sea_orm::{DatabaseConnection, QueryResult};

use crate::buyer::{
    contracts::{
        entered::shared,
        rows::party,
        scope::{HOLDS, Scope, kinds_in},
    },
    register::{LEGAL_CATEGORY, joined},
    rows::Row,
};
use crate::error::StoreError;

pub(super) async fn lines(
    db: &DatabaseConnection,
    asked: &Asked,
    today: NaiveDate,
) -> Result<Vec<Row>, StoreError> {
    let scope = Scope::years(asked, asked.year, today);
    let mut shares: HashMap<(String, String), BTreeMap<String, String>> = HashMap::new();
    for contract in shared(db, &scope, asked.mode).await? {
        if let Some(split) = contract.split() {
            let split = split
                .iter()
                .map(|(who, part)| (party(who), part.to_string()));
            shares.insert(
                (contract.buyer_siret, contract.contract_id),
                split.collect(),
            );
        }
    }
    let statuses = statuses(db, &scope, asked).await?;
    let sql = format!(
        "SELECT c.buyer_siret, c.contract_id, SUBSTR(CAST(c.notified_on AS TEXT), 1, 10), c.amount,
            CAST(c.excluded AS BIGINT), CAST(c.holders AS BIGINT), f.party, CAST(f.solidarity AS BIGINT),
            CAST(CASE WHEN f.sme_declared = 1 OR f.sme_registered = 1 THEN 1 ELSE 0 END AS BIGINT),
            CAST(f.declared AS BIGINT), CAST(c.environmental_clause AS BIGINT),
            CAST(c.environmental_any AS BIGINT), CAST(c.social_clause AS BIGINT),
            CAST(c.social_any AS BIGINT), CAST(c.reserved AS BIGINT), CAST(c.innovative AS BIGINT),
            {LEGAL_CATEGORY}
        FROM scope c
        LEFT JOIN found f ON f.buyer_siret = c.buyer_siret AND f.contract_id = c.contract_id
        {}
        ORDER BY c.buyer_siret, c.contract_id, f.party",
        joined("f.party")
    );
    let mut names = Names::default();
    scope
        .all(db, &sql)
        .await?
        .iter()
        .map(|row| line(row, &shares, &statuses, &mut names))
        .collect()
}

/// Kind, first and last day of the first status that makes a holder count.
type Period = [Option<String>; 3];

async fn statuses(
    db: &DatabaseConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<HashMap<(String, String, String), Period>, StoreError> {
    let sql = format!(
        "SELECT h.buyer_siret, h.contract_id, h.party, s.kind,
            SUBSTR(CAST(s.valid_from AS TEXT), 1, 10), SUBSTR(CAST(s.valid_to AS TEXT), 1, 10)
        FROM scope c JOIN contract_holders h ON h.buyer_siret = c.buyer_siret
            AND h.contract_id = c.contract_id AND h.mode = '{}'
        JOIN statuses s ON s.siren = h.siren AND {HOLDS}
        WHERE s.kind IN ({}) ORDER BY 1, 2, 3, 4, 5, 6",
        asked.mode.code(),
        kinds_in(&asked.kinds)
    );
    let mut found = HashMap::new();
    for row in scope.all(db, &sql).await? {
        let key = (
            row.try_get_by_index(0)?,
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
        );
        let period = [
            row.try_get_by_index(3)?,
            row.try_get_by_index(4)?,
            row.try_get_by_index(5)?,
        ];
        found.entry(key).or_insert(period);
    }
    Ok(found)
}

/// Who may be named: legal persons by their SIREN, everybody else by a number drawn for this file.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn of(&mut self, party: &str, legal_category: Option<&str>) -> Result<String, StoreError> {
        let is_siren = party.len() == 9 && party.bytes().all(|byte| byte.is_ascii_digit());
        // Level I of the legal categories: 1 is a natural person.
        if is_siren && !legal_category.is_some_and(|category| category.starts_with('1')) {
            return Ok(party.to_owned());
        }
        if let Some(name) = self.0.get(party) {
            return Ok(name.clone());
        }
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::corrupt("random"))?;
        let name = format!("X-{}", hex::encode(bytes));
        self.0.insert(party.to_owned(), name.clone());
        Ok(name)
    }
}

fn line(
    row: &QueryResult,
    shares: &HashMap<(String, String), BTreeMap<String, String>>,
    statuses: &HashMap<(String, String, String), Period>,
    names: &mut Names,
) -> Result<Row, StoreError> {
    let number = |at: usize| -> Result<i64, StoreError> {
        let value: Option<i64> = row.try_get_by_index(at)?;
        Ok(value.unwrap_or(0))
    };
    let (buyer, contract): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let amount: Option<i64> = row.try_get_by_index(3)?;
    let who: Option<String> = row.try_get_by_index(6)?;
    let legal_category: Option<String> = row.try_get_by_index(16)?;
    let (mut holder, mut share, mut period) = (None, None, Period::default());
    if let Some(who) = &who {
        holder = Some(names.of(who, legal_category.as_deref())?);
        let key = (buyer.clone(), contract.clone());
        let entered = shares.get(&key).and_then(|split| split.get(who)).cloned();
        share = Some(match (entered, number(5)?) {
            (Some(entered), _) => entered,
            (None, 1) => "1".to_owned(),
            (None, holders) => format!("1/{holders}"),
        });
        let key = (buyer.clone(), contract.clone(), who.clone());
        period = statuses.get(&key).cloned().unwrap_or_default();
    }
    let counts = amount.is_some() && number(4)? == 0;
    let mut line = vec![
        Some(buyer),
        Some(contract),
        row.try_get_by_index(2)?,
        amount.map(euros),
        Some(u8::from(counts).to_string()),
        holder,
        share,
    ];
    for at in [7, 8, 9] {
        line.push(Some(number(at)?.to_string()));
    }
    line.extend(period);
    for at in 10..16 {
        line.push(Some(number(at)?.to_string()));
    }
    Ok(line)
}

/// `1234.5`: a decimal number without the zeros it does not need.
fn euros(millionths: i64) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
