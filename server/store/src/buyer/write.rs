//! Writes the state of a company: each row only if it is newer than the one that is there.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::{
    bulk, changed,
    ddl::key,
    rows::{CompanyState, instant},
    schema::{
        CLOSURES, COMMITMENTS, FEED_INBOX, PLEDGES, QUALIFICATIONS, REALISED_HOURS, SUPPLIERS,
        Table,
    },
};
use crate::error::StoreError;

/// What a delivery did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fed {
    /// The message had been received before: nothing was looked at.
    pub already: bool,
    /// Rows written, of all tables.
    pub rows: u64,
}

/// When the row that is there gives way to the one that comes.
#[derive(Clone, Copy)]
enum Newer {
    /// A revision with a greater number.
    Revision,
    /// The same, or the register asked later.
    Supplier,
    /// Never: such a row does not change.
    Never,
}

pub(super) async fn apply(
    connection: &DatabaseConnection,
    message: Option<&str>,
    state: &CompanyState,
    now: DateTime<Utc>,
) -> Result<Fed, StoreError> {
    changed::write(connection, |txn| async move {
        if let Some(message) = message {
            let row = vec![
                Some(message.to_owned()),
                Some(state.siren.to_string()),
                Some(instant(now)),
            ];
            if bulk::insert(&txn, &FEED_INBOX, &[row], "NOTHING").await? == 0 {
                return Ok(Fed {
                    already: true,
                    rows: 0,
                });
            }
        }
        let mut rows = 0;
        let supplier = std::slice::from_ref(&state.supplier);
        for (table, written, newer) in [
            (&SUPPLIERS, supplier, Newer::Supplier),
            (&QUALIFICATIONS, &state.qualifications, Newer::Revision),
            (&COMMITMENTS, &state.commitments, Newer::Revision),
            (&PLEDGES, &state.pledges, Newer::Revision),
            (&CLOSURES, &state.closures, Newer::Never),
            (&REALISED_HOURS, &state.realised, Newer::Never),
        ] {
            rows += bulk::insert(&txn, table, written, &action(table, newer)).await?;
        }
        Ok(Fed {
            already: false,
            rows,
        })
    })
    .await
}

/// What happens to a row that is there.
fn action(table: &Table, newer: Newer) -> String {
    let name = table.name;
    let guard = match newer {
        Newer::Never => return "NOTHING".to_owned(),
        Newer::Revision => format!("excluded.revision > {name}.revision"),
        Newer::Supplier => format!(
            "excluded.revision > {name}.revision OR (excluded.revision = {name}.revision
             AND excluded.register_read_at > {name}.register_read_at)"
        ),
    };
    let keys = key(table).len();
    let set: Vec<String> = table
        .columns
        .iter()
        .skip(keys)
        .map(|column| format!("{0} = excluded.{0}", column.name))
        .collect();
    format!("UPDATE SET {} WHERE {guard}", set.join(", "))
}
