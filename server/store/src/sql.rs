//! The little SQL that differs between the engines.

use chrono::TimeDelta;
use sea_orm::{DbBackend, sea_query::Expr};

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
