//! `--as-of`: the figures of what was recorded by the end of a day, from a throw-away database that holds nothing later.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::civil::paris_day;
use domain::indicators::{Asked, Facts};
use store::StoreConfig;
use store::buyer::BuyerStore;

pub async fn facts(buyer: &BuyerStore, asked: &Asked, day: NaiveDate) -> anyhow::Result<Facts> {
    let folder = tempfile::tempdir().context("a folder for the copy")?;
    let path = folder.path().join("as_of.sqlite");
    let copy = BuyerStore::open(StoreConfig::parse(&format!("sqlite:{}", path.display()))?).await?;
    let end = end_of(day);
    copy.migrate(end).await?;
    buyer.copy_until(&copy, end, day).await?;
    let mut facts = copy.year_facts(asked, day).await?;
    facts.data_date = Some(day.to_string());
    Ok(facts)
}

/// The first instant after the civil day in Paris.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let mut end = day.and_hms_opt(20, 0, 0).unwrap_or_default().and_utc();
    // Midnight in Paris is 22:00 or 23:00 in universal time.
    while paris_day(end) <= day {
        end += TimeDelta::hours(1);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_paris() {
        for (day, end) in [
            ("2026-07-01", "2026-07-01T22:00:00Z"),
            ("2026-12-31", "2026-12-31T23:00:00Z"),
        ] {
            assert_eq!(day.parse().map(end_of).ok(), end.parse().ok(), "{day}");
        }
    }
}
