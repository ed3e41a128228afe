//! The little SQL that differs between the engines.

use chrono::TimeDelta;
use sea_orm::{
    ConnectionTrait, DbBackend,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement},
};

use crate::error::StoreError;

/// The database's own clock, in the form in which instants are stored.
pub(crate) fn db_now(backend: DbBackend) -> Expr {
    match backend {
        DbBackend::Postgres => Expr::cust("clock_timestamp()"),
        _ => Expr::cust("strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"),
    }
}

/// An instant `later` by the database's own clock.
pub(crate) fn db_later(backend: DbBackend, later: TimeDelta) -> Expr {
    let millis = later.num_milliseconds();
    let seconds = millis / 1000;
    let rest = millis % 1000;
    match backend {
        DbBackend::Postgres => Expr::cust(format!(
            "clock_timestamp() + make_interval(secs => {seconds}.{rest:03})"
        )),
        _ => Expr::cust(format!(
            "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '+{seconds}.{rest:03} seconds')"
        )),
    }
}

/// How many rows a query has, but never more than `cap`: the database stops counting there.
pub(crate) async fn capped_count(
    db: &impl ConnectionTrait,
    mut matching: SelectStatement,
    cap: u64,
) -> Result<u64, StoreError> {
    matching.clear_selects().expr(Expr::val(1)).limit(cap);
    let count = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .from_subquery(matching, "matching")
        .take();
    let row = db.query_one(&count).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "count"))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The values of a column of many lines as one text, a space between, in no order; both engines write it alike.
pub(crate) fn joined(column: &'static str) -> Expr {
    Expr::cust(format!(r#"string_agg("{column}", ' ')"#))
}

/// Several values as one JSON list: the driver copies each value of each line at a price, which a long list pays too often.
pub(crate) fn line(backend: DbBackend, values: impl IntoIterator<Item = Expr>) -> Expr {
    match backend {
        DbBackend::Postgres => Func::cust("json_build_array").args(values).cast_as("text"),
        _ => Func::cust("json_array").args(values).into(),
    }
}

/// An identifier in the form that a JSON list can hold.
pub(crate) fn uuid_text(backend: DbBackend, id: Expr) -> Expr {
    match backend {
        DbBackend::Postgres => id,
        _ => Func::cust("hex").arg(id).into(),
    }
}
