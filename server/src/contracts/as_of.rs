//! `--as-of`: the figures of what was recorded by the end of a day, from a throw-away database that holds nothing later.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::civil::paris_day;
use domain::indicators::{Asked, Facts, LedgerFacts};
use store::StoreConfig;
use store::buyer::BuyerStore;

/// What is known of a year, from each source.
#[derive(Clone, Debug)]
pub struct Known {
    pub contracts: Facts,
    pub ledger: LedgerFacts,
}

pub async fn read(buyer: &BuyerStore, asked: &Asked, day: NaiveDate) -> anyhow::Result<Known> {
    let folder = tempfile::tempdir().context("a folder for the copy")?;
    let path = folder.path().join("as_of.sqlite");
    let copy = BuyerStore::open(StoreConfig::parse(&format!("sqlite:{}", path.display()))?).await?;
    let end = end_of(day);
    copy.migrate(end).await?;
    buyer.copy_until(&copy, end, day).await?;
    let mut known = Known {
        contracts: copy.year_facts(asked, day).await?,
        ledger: copy.ledger_facts(asked).await?,
    };
    known.contracts.data_date = Some(day.to_string());
    known.ledger.data_date = Some(day.to_string());
    Ok(known)
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
