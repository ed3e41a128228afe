//! Frozen years: the data set behind the figures of a year, read once as it stands, kept with them and never altered.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::Mode;
use domain::indicators::Asked;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

use super::{
    BuyerStore, bulk,
    contracts::{
        entered::shared,
        rows::party,
        scope::{HOLDS, Scope, kinds_in},
    },
    rows::{Row, instant},
    schema::{FROZEN_LINES, FROZEN_YEARS},
};
use crate::{error::StoreError, store, txn::Txn};

/// Lines written or read at a time.
const PAGE: usize = 1000;
/// The columns of a line before those of the published file.
const OWN: usize = 4;

/// The columns of the published file of contracts.
pub fn columns() -> impl Iterator<Item = &'static str> {
    FROZEN_LINES
        .columns
        .iter()
        .skip(OWN)
        .map(|column| column.name)
}

/// One state of a frozen year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenYear {
    pub year: i32,
    /// From 1; one more each time the year is frozen again.
    pub edition: u32,
    pub mode: Mode,
    pub buyer_siren: String,
    /// Codes of the kinds that make a solidarity enterprise, separated by spaces.
    pub kinds: String,
    pub rule_version: String,
    pub data_date: Option<String>,
    /// SHA-256 of the file of contracts.
    pub sha256: String,
    /// The figures, as JSON.
    pub figures: String,
    pub note: String,
    pub frozen_by: String,
}

impl BuyerStore {
    /// The contracts of a year with their holders, as the published file has them: one line per contract and holder.
    pub async fn year_lines(
        &self,
        asked: &Asked,
        today: NaiveDate,
    ) -> Result<Vec<Row>, StoreError> {
        let connection = self.connection(false).await?;
        let done = lines(&connection, asked, today).await;
        self.give_back(connection).await;
        done
    }

    /// Keeps the states of a year with their lines, all or nothing; the number of the edition.
    pub async fn keep_frozen(
        &self,
        states: &[(FrozenYear, Vec<Row>)],
        now: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        let connection = self.connection(false).await?;
        let done = store::write(&connection, |txn| keep(txn, states, now)).await;
        self.give_back(connection).await;
        done
    }

    /// Every frozen state, the latest year and edition first.
    pub async fn frozen_years(&self) -> Result<Vec<FrozenYear>, StoreError> {
        let connection = self.connection(false).await?;
        let done = years(&connection).await;
        self.give_back(connection).await;
        done
    }

    /// Lines of a frozen state, from after a position on: a page, empty at the end.
    pub async fn frozen_lines(
        &self,
        of: &FrozenYear,
        after: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let connection = self.connection(false).await?;
        let done = kept_lines(&connection, of, after).await;
        self.give_back(connection).await;
        done
    }
}

async fn lines(
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
    let sql = "SELECT c.buyer_siret, c.contract_id, SUBSTR(CAST(c.notified_on AS TEXT), 1, 10), c.amount,
            CAST(c.excluded AS BIGINT), CAST(c.holders AS BIGINT), f.party, CAST(f.solidarity AS BIGINT),
            CAST(CASE WHEN f.sme_declared = 1 OR f.sme_registered = 1 THEN 1 ELSE 0 END AS BIGINT),
            CAST(f.declared AS BIGINT), CAST(c.environmental_clause AS BIGINT),
            CAST(c.environmental_any AS BIGINT), CAST(c.social_clause AS BIGINT),
            CAST(c.social_any AS BIGINT), CAST(c.reserved AS BIGINT), CAST(c.innovative AS BIGINT),
            s.legal_category
        FROM scope c
        LEFT JOIN found f ON f.buyer_siret = c.buyer_siret AND f.contract_id = c.contract_id
        LEFT JOIN suppliers s ON s.siren = f.party
        ORDER BY c.buyer_siret, c.contract_id, f.party";
    let mut names = Names::default();
    scope
        .all(db, sql)
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

async fn keep(
    txn: Txn,
    states: &[(FrozenYear, Vec<Row>)],
    now: DateTime<Utc>,
) -> Result<u32, StoreError> {
    let backend = txn.get_database_backend();
    if backend == DbBackend::Postgres {
        txn.execute_unprepared("SELECT pg_advisory_xact_lock(7309943016)")
            .await?;
    }
    let mut edition = 1;
    for (frozen, lines) in states {
        let year = frozen.year.to_string();
        let sql = format!(
            "SELECT COALESCE(MAX(edition), 0) FROM frozen_years WHERE year = {year} AND mode = '{}'",
            frozen.mode.code()
        );
        let row = txn
            .query_one_raw(Statement::from_string(backend, sql))
            .await?;
        let last: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        edition = edition.max(u32::try_from(last).unwrap_or(u32::MAX).saturating_add(1));
        let own = |frozen: &FrozenYear| {
            [
                year.clone(),
                edition.to_string(),
                frozen.mode.code().to_owned(),
            ]
            .map(Some)
        };
        let mut head = own(frozen).to_vec();
        head.extend([
            Some(frozen.buyer_siren.clone()),
            Some(frozen.kinds.clone()),
            Some(frozen.rule_version.clone()),
            frozen.data_date.clone(),
            Some(frozen.sha256.clone()),
            Some(frozen.figures.clone()),
            Some(frozen.note.clone()),
            Some(frozen.frozen_by.clone()),
            Some(instant(now)),
        ]);
        bulk::insert(&txn, &FROZEN_YEARS, &[head], "NOTHING").await?;
        for (page, lines) in lines.chunks(PAGE).enumerate() {
            let rows: Vec<Row> = (page * PAGE + 1..)
                .zip(lines)
                .map(|(position, line)| {
                    let mut row = own(frozen).to_vec();
                    row.push(Some(position.to_string()));
                    row.extend(line.iter().cloned());
                    row
                })
                .collect();
            bulk::insert(&txn, &FROZEN_LINES, &rows, "NOTHING").await?;
        }
    }
    Ok(edition)
}

async fn years(db: &DatabaseConnection) -> Result<Vec<FrozenYear>, StoreError> {
    let sql = "SELECT CAST(year AS BIGINT), CAST(edition AS BIGINT), mode, buyer_siren, kinds, rule_version,
            SUBSTR(CAST(data_date AS TEXT), 1, 10), sha256, figures, note, frozen_by
        FROM frozen_years ORDER BY year DESC, edition DESC, mode DESC";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let mut found = Vec::new();
    for row in db.query_all_raw(statement).await? {
        let (year, edition): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let mode: String = row.try_get_by_index(2)?;
        found.push(FrozenYear {
            year: i32::try_from(year).unwrap_or_default(),
            edition: u32::try_from(edition).unwrap_or_default(),
            mode: Mode::ALL
                .into_iter()
                .find(|one| one.code() == mode)
                .ok_or_else(|| StoreError::corrupt("frozen_years.mode"))?,
            buyer_siren: row.try_get_by_index(3)?,
            kinds: row.try_get_by_index(4)?,
            rule_version: row.try_get_by_index(5)?,
            data_date: row.try_get_by_index(6)?,
            sha256: row.try_get_by_index(7)?,
            figures: row.try_get_by_index(8)?,
            note: row.try_get_by_index(9)?,
            frozen_by: row.try_get_by_index(10)?,
        });
    }
    Ok(found)
}

async fn kept_lines(
    db: &DatabaseConnection,
    of: &FrozenYear,
    after: usize,
) -> Result<Vec<Row>, StoreError> {
    let names: Vec<String> = columns()
        .map(|name| format!("CAST({name} AS TEXT)"))
        .collect();
    let sql = format!(
        "SELECT {} FROM frozen_lines WHERE year = {} AND edition = {} AND mode = '{}'
         AND position > {after} ORDER BY position LIMIT {PAGE}",
        names.join(", "),
        of.year,
        of.edition,
        of.mode.code()
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            (0..names.len())
                .map(|at| row.try_get_by_index(at))
                .collect::<Result<Row, _>>()
                .map_err(StoreError::from)
        })
        .collect()
}
