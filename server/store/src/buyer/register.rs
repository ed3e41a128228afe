//! What the register says of companies that the data name and that declared nothing: asked for, kept, joined, forgotten.

use chrono::{DateTime, Utc};
use domain::identifiers::Siren;
use domain::registry::RegistryFacts;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::{
    BuyerStore, bulk, changed, replaced,
    rows::{Row, instant},
    schema::REGISTER_FACTS,
};
use crate::error::StoreError;

/// Joins what the register says of the company `siren`, wherever it is kept: for [`NAME`], [`CATEGORY`] and [`LEGAL_CATEGORY`].
pub(super) fn joined(siren: &str) -> String {
    format!(
        "LEFT JOIN suppliers known ON known.siren = {siren}
            LEFT JOIN register_facts read ON read.siren = {siren}"
    )
}

/// Size category; what a supplier of the portal has goes first.
pub(super) const CATEGORY: &str = "COALESCE(known.register_category, read.register_category)";
pub(super) const NAME: &str = "COALESCE(known.name, read.name)";
pub(super) const LEGAL_CATEGORY: &str = "COALESCE(known.legal_category, read.legal_category)";

/// An answer of the register; `None`: nobody bears this number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterAnswer {
    pub siren: Siren,
    pub facts: Option<RegistryFacts>,
    pub at: DateTime<Utc>,
}

impl BuyerStore {
    /// The next companies of which the register should be asked, in the order of their SIREN: the data name them, they are no
    /// suppliers of the portal, and what is known of them, if anything, was read before `stale`, or before `unknown` where
    /// nobody bore the number.
    pub async fn companies_to_look_up(
        &self,
        after: &str,
        (stale, unknown): (DateTime<Utc>, DateTime<Utc>),
        size: u64,
    ) -> Result<Vec<String>, StoreError> {
        let connection = self.connection(false).await?;
        let done = to_look_up(&connection, after, (stale, unknown), size).await;
        self.give_back(connection).await;
        done
    }

    /// Forgets those whom no data name any more; how many.
    pub async fn forget_unnamed(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let connection = self.connection(false).await?;
        let done = forget(&connection, now).await;
        self.give_back(connection).await;
        done
    }

    /// Keeps what the register answered.
    pub async fn note_register(&self, answers: &[RegisterAnswer]) -> Result<(), StoreError> {
        if answers.is_empty() {
            return Ok(());
        }
        let connection = self.connection(false).await?;
        let done = note(&connection, answers).await;
        self.give_back(connection).await;
        done
    }
}

/// Who the data name, table by table.
const NAMING: [&str; 4] = [
    "contract_holders",
    "subcontracts",
    "payments",
    "taken_over_qualifications",
];

/// Asked before anything is written: most of the time there is nobody to forget.
async fn forget(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let named = NAMING.map(|table| format!("SELECT siren FROM {table} WHERE siren IS NOT NULL"));
    let unnamed = &format!("siren NOT IN ({})", named.join(" UNION "));
    let backend = db.get_database_backend();
    let any = format!("SELECT 1 FROM register_facts WHERE {unnamed} LIMIT 1");
    let any = Statement::from_string(backend, any);
    if db.query_one_raw(any).await?.is_none() {
        return Ok(0);
    }
    changed::write(db, |txn| async move {
        replaced::keep_register(&txn, unnamed, now).await?;
        let sql = format!("DELETE FROM register_facts WHERE {unnamed}");
        let statement = Statement::from_string(backend, sql);
        Ok(txn.execute_raw(statement).await?.rows_affected())
    })
    .await
}

/// An instant of ours as the engine compares it.
fn at(instant: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Postgres => format!("CAST('{instant}' AS TIMESTAMPTZ)"),
        _ => format!("'{instant}'"),
    }
}

async fn to_look_up(
    db: &DatabaseConnection,
    after: &str,
    (stale, unknown): (DateTime<Utc>, DateTime<Utc>),
    size: u64,
) -> Result<Vec<String>, StoreError> {
    let (stale, unknown) = (instant(stale), instant(unknown));
    let named = NAMING.map(|table| format!("SELECT siren FROM {table} WHERE siren > $1"));
    let sql = format!(
        "SELECT u.siren FROM ({}) AS u
        WHERE NOT EXISTS (SELECT 1 FROM suppliers r WHERE r.siren = u.siren)
            AND NOT EXISTS (SELECT 1 FROM register_facts g
                WHERE g.siren = u.siren AND g.register_read_at >= CASE WHEN g.is_known = 1
                    THEN {} ELSE {} END)
        ORDER BY u.siren LIMIT {size}",
        named.join(" UNION "),
        at(&stale, db.get_database_backend()),
        at(&unknown, db.get_database_backend())
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [after.into()]);
    db.query_all_raw(statement)
        .await?
        .iter()
        .map(|row| Ok(row.try_get_by_index(0)?))
        .collect()
}

async fn note(db: &DatabaseConnection, answers: &[RegisterAnswer]) -> Result<(), StoreError> {
    let rows: &Vec<Row> = &answers.iter().map(row).collect();
    // A category that stays the same is known since it was first read: `--as-of` would lose it otherwise. A register that lost a
    // company does not make us forget it, and an answer that comes late changes nothing.
    let kept = ["name", "legal_category", "naf", "postal_code", "commune"];
    let kept = kept.map(|name| {
        format!("{name} = CASE WHEN excluded.is_known = 1 THEN excluded.{name} ELSE register_facts.{name} END")
    });
    let action = &format!(
        "UPDATE SET {},
            known_since = CASE WHEN excluded.is_known = 0
                    OR register_facts.register_category IS NOT DISTINCT FROM excluded.register_category
                THEN register_facts.known_since ELSE excluded.known_since END,
            register_category = CASE WHEN excluded.is_known = 1
                THEN excluded.register_category ELSE register_facts.register_category END,
            is_active = CASE WHEN excluded.is_known = 1
                THEN excluded.is_active ELSE register_facts.is_active END,
            is_known = CASE WHEN excluded.is_known = 1 THEN 1 ELSE register_facts.is_known END,
            register_read_at = excluded.register_read_at
        WHERE excluded.register_read_at >= register_facts.register_read_at",
        kept.join(", ")
    );
    changed::write(db, |txn| async move {
        bulk::insert(&txn, &REGISTER_FACTS, rows, action).await?;
        Ok(())
    })
    .await
}

fn row(answer: &RegisterAnswer) -> Row {
    let facts = answer.facts.as_ref();
    let flag = |is: bool| Some(u8::from(is).to_string());
    vec![
        Some(answer.siren.to_string()),
        flag(facts.is_some()),
        facts.and_then(|facts| facts.name.clone()),
        facts.and_then(|facts| Some(facts.legal_category.as_ref()?.to_string())),
        facts.and_then(|facts| facts.naf.clone()),
        facts.and_then(|facts| facts.postal_code.clone()),
        facts.and_then(|facts| facts.commune.clone()),
        facts.and_then(|facts| facts.category.clone()),
        facts.and_then(|facts| flag(facts.active)),
        Some(instant(answer.at)),
        Some(instant(answer.at)),
    ]
}
