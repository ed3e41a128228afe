//! Contracts grouped by what they bring to the figures, whole or by the parts of their holders, for the whole or by parts.

use domain::contracts::{CPV_DIVISIONS, DEPARTMENTS};
use domain::indicators::{Dimension, Group, NO_KIND, OTHER, Part, SupplierSize, UNKNOWN};
use domain::text::Text;
use sea_orm::{DatabaseConnection, QueryResult};

use super::figures::count;
use super::scope::Scope;
use crate::error::StoreError;

/// A group, with its year and its part of the breakdown.
pub(super) struct Grouped {
    pub(super) year: i32,
    pub(super) key: String,
    pub(super) group: Group,
}

/// What tells the groups of one kind, in the columns of a contract `c`; each is a flag.
pub(super) const COUNTED: [&str; 6] = [
    "environmental_clause",
    "environmental_any",
    "social_clause",
    "social_any",
    "reserved",
    "innovative",
];

/// The part of a contract `c`, of its holder `f` or of a kind `k` of it, in a dimension.
pub(super) fn key(dimension: Dimension) -> String {
    let listed = |list: &[(&str, Text)], length: usize| {
        let codes: Vec<String> = list
            .iter()
            .filter(|(code, _)| code.len() == length)
            .map(|(code, _)| format!("'{code}'"))
            .collect();
        codes.join(", ")
    };
    match dimension {
        Dimension::Establishment => "c.buyer_siret".to_owned(),
        Dimension::Place => {
            let code = |length: usize| format!("UPPER(SUBSTR(c.place_code, 1, {length}))");
            let (three, two) = (code(3), code(2));
            format!(
                "CASE WHEN c.place_code IS NULL THEN '{UNKNOWN}'
                    WHEN c.place_kind IN ('Code région', 'Code pays') THEN '{OTHER}'
                    WHEN {three} IN ({}) THEN {three} WHEN {two} IN ({}) THEN {two}
                    ELSE '{OTHER}' END",
                listed(&DEPARTMENTS, 3),
                listed(&DEPARTMENTS, 2)
            )
        }
        Dimension::Family => format!(
            "CASE WHEN c.cpv IS NULL THEN '{UNKNOWN}'
                WHEN SUBSTR(c.cpv, 1, 2) IN ({}) THEN SUBSTR(c.cpv, 1, 2) ELSE '{OTHER}' END",
            listed(&CPV_DIVISIONS, 2)
        ),
        Dimension::Size => format!(
            "CASE WHEN f.sme_declared = 1 THEN '{}' WHEN f.sme_registered = 1 THEN '{}' ELSE '{}' END",
            SupplierSize::Declared.code(),
            SupplierSize::Registered.code(),
            SupplierSize::Other.code()
        ),
        Dimension::Kind => format!("COALESCE(k.kind, '{NO_KIND}')"),
    }
}

/// The groups of the contracts in `scope`, by parts when a dimension is given: one query.
pub(super) async fn groups(
    db: &DatabaseConnection,
    scope: &Scope,
    by: Option<Dimension>,
) -> Result<Vec<Grouped>, StoreError> {
    let sum = |what: &str| format!("CAST(COALESCE(SUM({what}), 0) AS BIGINT)");
    let parts = |of: &str| {
        let amount = format!(
            "CASE WHEN c.amount IS NOT NULL{of} AND c.excluded = 0 THEN c.amount ELSE 0 END"
        );
        format!(
            "{}, {}",
            sum(&format!("({amount}) / 1000000")),
            sum(&format!("({amount}) % 1000000"))
        )
    };
    let counts = COUNTED.map(|flag| sum(&format!("c.{flag}"))).join(", ");
    let slices = scope.slices(by);
    // What is the same for all groups is not worth sorting by.
    let of_holders = ["7", "8", "9"]
        .iter()
        .take(if slices.of_holders { 3 } else { 0 });
    let ordinals: Vec<&str> = ["1", "2", "3", "4", "5"]
        .iter()
        .chain(of_holders)
        .chain(by.map(|_| &"6"))
        .copied()
        .collect();
    let sql = format!(
        "SELECT CASE WHEN c.amount IS NULL OR c.excluded = 1 THEN 0 ELSE 1 END AS in_amounts,
            CAST(c.holders AS BIGINT) AS held, CAST(COALESCE(m.solidarity, 0) AS BIGINT) AS solidarity,
            CAST(COALESCE(m.sme, 0) AS BIGINT) AS sme,
            CAST(SUBSTR(CAST(c.notified_on AS TEXT), 1, 4) AS BIGINT) AS year,
            {}, {}, COUNT(*), {counts}, {}, {}, {}
        FROM scope c LEFT JOIN matched m
            ON m.buyer_siret = c.buyer_siret AND m.contract_id = c.contract_id {} GROUP BY {}",
        by.map_or_else(|| "CAST('' AS TEXT)".to_owned(), key),
        slices.part(),
        parts(""),
        parts(" AND c.environmental_clause = 1"),
        parts(" AND c.social_clause = 1"),
        slices.from(),
        ordinals.join(", ")
    );
    let rows = scope.all(db, &sql).await?;
    rows.iter()
        .map(|row| {
            let year: i64 = row.try_get_by_index(4)?;
            let kinds = count(row, 6)?;
            let part = match kinds {
                0 => None,
                kinds => Some(Part {
                    kinds,
                    solidarity: count(row, 7)? == 1,
                    sme: count(row, 8)? == 1,
                }),
            };
            Ok(Grouped {
                year: i32::try_from(year).unwrap_or_default(),
                key: row.try_get_by_index(5)?,
                group: group(row, part)?,
            })
        })
        .collect()
}

fn group(row: &QueryResult, part: Option<Part>) -> Result<Group, StoreError> {
    let in_amounts: i32 = row.try_get_by_index(0)?;
    Ok(Group {
        in_amounts: in_amounts == 1,
        holders: count(row, 1)?,
        solidarity: count(row, 2)?,
        sme: count(row, 3)?,
        contracts: count(row, 9)?,
        environmental_clause: count(row, 10)?,
        environmental_any: count(row, 11)?,
        social_clause: count(row, 12)?,
        social_any: count(row, 13)?,
        reserved: count(row, 14)?,
        innovative: count(row, 15)?,
        amount: whole(row, 16)?,
        environmental_amount: whole(row, 18)?,
        social_amount: whole(row, 20)?,
        part,
    })
}

/// A sum kept in two parts, euros then millionths.
pub(in crate::buyer) fn whole(row: &QueryResult, at: usize) -> Result<i128, StoreError> {
    let (euros, rest): (i64, i64) = (row.try_get_by_index(at)?, row.try_get_by_index(at + 1)?);
    Ok(i128::from(euros) * 1_000_000 + i128::from(rest))
}
