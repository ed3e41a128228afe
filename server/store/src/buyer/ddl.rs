//! The SQL that builds the buyer database, made from its description, one version after the other.

use std::fmt::Write as _;

use crate::config::Engine;

use super::replaced;
use super::schema::{APPEND_ONLY, Column, Kind, REMADE, RETIRED, Retired, TABLES, Table, VIEWS};

/// The statements that lead from the version before to this one.
pub(super) fn step(version: u32, engine: Engine) -> Vec<String> {
    let mut statements = Vec::new();
    if version == 1 {
        statements.push(
            "CREATE TABLE schema_comments (
                table_name TEXT NOT NULL,
                column_name TEXT NOT NULL,
                comment_fr TEXT NOT NULL,
                comment_en TEXT NOT NULL,
                PRIMARY KEY (table_name, column_name)
            )"
            .to_owned(),
        );
    }
    for table in TABLES {
        if table.since == version {
            statements.push(create(table, version, engine));
            if engine == Engine::Postgres {
                statements.push(format!(
                    "COMMENT ON TABLE {} IS {}",
                    table.name,
                    quoted(table.about.fr)
                ));
            }
            statements.push(comment_row(table.name, "", table.about.fr, table.about.en));
        }
        for column in table
            .columns
            .iter()
            .filter(|column| column.since == version)
        {
            if table.since < version {
                statements.push(format!(
                    "ALTER TABLE {} ADD COLUMN {} {}",
                    table.name,
                    column.name,
                    sql_type(column.kind, engine)
                ));
            }
            if engine == Engine::Postgres {
                statements.push(format!(
                    "COMMENT ON COLUMN {}.{} IS {}",
                    table.name,
                    column.name,
                    quoted(column.about.fr)
                ));
            }
            statements.push(comment_row(
                table.name,
                column.name,
                column.about.fr,
                column.about.en,
            ));
        }
    }
    for column in RETIRED.iter().filter(|column| column.until == version) {
        statements.push(format!(
            "ALTER TABLE {} DROP COLUMN {}",
            column.table, column.name
        ));
        statements.push(format!(
            "DELETE FROM schema_comments WHERE table_name = {} AND column_name = {}",
            quoted(column.table),
            quoted(column.name)
        ));
    }
    for table in APPEND_ONLY.iter().filter(|table| table.since == version) {
        statements.extend(never_altered(table.name, engine));
    }
    if version == 3 {
        // What this version adds to the contracts is made of their publications: they are taken up again, as those whose day
        // has come.
        statements.push("UPDATE contract_records SET waits_until = '2000-01-01'".to_owned());
        statements.extend(replaced::triggers(engine));
    }
    statements.extend(indexes(version).iter().map(|index| (*index).to_owned()));
    for view in VIEWS.iter().filter(|view| view.since == version) {
        statements.push(format!("CREATE VIEW {} AS {}", view.name, view.sql));
        if engine == Engine::Postgres {
            statements.push(format!(
                "COMMENT ON VIEW {} IS {}",
                view.name,
                quoted(view.about.fr)
            ));
        }
        statements.push(comment_row(view.name, "", view.about.fr, view.about.en));
    }
    for remade in REMADE.iter().filter(|remade| remade.in_version == version) {
        let (name, sql) = (remade.view.name, remade.sql);
        match engine {
            Engine::Postgres => {
                statements.push(format!("CREATE OR REPLACE VIEW {name} AS {sql}"));
            }
            Engine::Sqlite => {
                statements.push(format!("DROP VIEW {name}"));
                statements.push(format!("CREATE VIEW {name} AS {sql}"));
            }
        }
    }
    statements
}

const NOTIFIED: &str = "CREATE INDEX contracts_notified ON contracts (notified_on)";
const IDS: &str = "CREATE INDEX contracts_id ON contracts (contract_id)";
const HELD: &str = "CREATE INDEX contract_holders_notified ON contract_holders (mode, notified_on)";
const HOLDERS: &str = "CREATE INDEX contract_holders_siren ON contract_holders (siren)";

/// Indexes that an import asks nothing of: their names, and what makes them.
pub(super) fn deferrable() -> impl Iterator<Item = (&'static str, &'static str)> {
    [NOTIFIED, IDS, HELD, HOLDERS]
        .into_iter()
        .filter_map(|create| Some((create.split(' ').nth(2)?, create)))
}

/// What makes the usual questions quick.
const fn indexes(version: u32) -> &'static [&'static str] {
    match version {
        1 => &[
            "CREATE INDEX qualifications_kind ON qualifications (kind, valid_from)",
            "CREATE INDEX commitments_contract ON commitments (contract)",
        ],
        2 => &[
            "CREATE INDEX contract_records_contract ON contract_records (buyer_siret, contract_id)",
            "CREATE INDEX contract_records_waiting ON contract_records (waits_until) WHERE waits_until IS NOT NULL",
            NOTIFIED,
            IDS,
            HELD,
            HOLDERS,
        ],
        3 => &[
            "CREATE INDEX payments_paid ON payments (paid_on)",
            "CREATE INDEX payments_party ON payments (party, paid_on)",
            "CREATE INDEX payments_siren ON payments (siren)",
            "CREATE INDEX subcontracts_counted ON subcontracts (counted_on)",
        ],
        4 => &["CREATE INDEX pledges_code ON pledges (code)"],
        _ => &[],
    }
}

/// Rows of this table are added and never changed, whoever asks.
fn never_altered(table: &str, engine: Engine) -> Vec<String> {
    if engine == Engine::Sqlite {
        return ["UPDATE", "DELETE"]
            .map(|act| {
                format!(
                    "CREATE TRIGGER {table}_no_{} BEFORE {act} ON {table} BEGIN
                        SELECT RAISE(ABORT, '{table} is append-only'); END",
                    act.to_lowercase()
                )
            })
            .into();
    }
    vec![
        format!(
            "CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        ),
        format!(
            "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        ),
    ]
}

fn create(table: &Table, version: u32, engine: Engine) -> String {
    let mut sql = format!("CREATE TABLE {} (\n", table.name);
    if engine == Engine::Sqlite {
        // SQLite keeps the text of the statement, comments included: `.schema` shows them.
        let _ = writeln!(sql, "    -- {}", table.about.fr);
    }
    for column in table
        .columns
        .iter()
        .filter(|column| column.since == version)
    {
        let required = if column.required { " NOT NULL" } else { "" };
        let _ = write!(
            sql,
            "    {} {}{required},",
            column.name,
            sql_type(column.kind, engine)
        );
        if engine == Engine::Sqlite {
            let _ = write!(sql, " -- {}", column.about.fr);
        }
        sql.push('\n');
    }
    let is_here = |column: &&Retired| column.table == table.name && column.since == version;
    for column in RETIRED.iter().filter(is_here) {
        let kind = sql_type(column.kind, engine);
        let _ = writeln!(sql, "    {} {kind} NOT NULL,", column.name);
    }
    let key: Vec<&str> = key(table).iter().map(|column| column.name).collect();
    let _ = write!(
        sql,
        "    CONSTRAINT {}_pkey PRIMARY KEY ({})\n)",
        table.name,
        key.join(", ")
    );
    if engine == Engine::Sqlite {
        sql.push_str(" STRICT");
    }
    sql
}

pub(super) fn key(table: &Table) -> &'static [Column] {
    table
        .columns
        .split_at_checked(table.key)
        .map_or(&[], |(key, _)| key)
}

pub(super) const fn sql_type(kind: Kind, engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => match kind {
            Kind::Text => "TEXT",
            Kind::Integer => "BIGINT",
            Kind::Decimal => "NUMERIC(16, 2)",
            Kind::Date => "DATE",
            Kind::Instant => "TIMESTAMPTZ",
        },
        Engine::Sqlite => match kind {
            Kind::Text | Kind::Date | Kind::Instant => "TEXT",
            Kind::Integer => "INTEGER",
            Kind::Decimal => "REAL",
        },
    }
}

fn comment_row(table: &str, column: &str, fr: &str, en: &str) -> String {
    format!(
        "INSERT INTO schema_comments (table_name, column_name, comment_fr, comment_en) VALUES ({}, {}, {}, {})",
        quoted(table),
        quoted(column),
        quoted(fr),
        quoted(en)
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
