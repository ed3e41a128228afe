//! A commitment as its company sees it, with what it stated.

use app::views::{HoursView, QualificationView};
use domain::decimal::Hundredths;
use domain::insertion::{HoursAccount, HoursCheck, HoursStatement, Quarter};

use super::scenes::{at, qualification};

/// A commitment with hours that were checked, sent back and not stated yet.
pub(crate) fn commitment() -> QualificationView {
    let statement = |number, quarter: &str, hours, check: Option<(bool, &str)>| HoursStatement {
        number,
        quarter: Quarter::parse(quarter).unwrap(),
        hours: Hundredths::from_units(hours),
        note: "États d’heures <signés>".into(),
        told_at: at("2026-04-02T10:30:00Z"),
        check: check.map(|(accepted, reason)| HoursCheck {
            accepted,
            reason: reason.into(),
            at: at("2026-04-03T10:30:00Z"),
        }),
    };
    let mut view = qualification(0);
    view.hours = Some(HoursView {
        promised: Some(Hundredths::from_units(1_500)),
        etp_base: 1_607,
        account: HoursAccount {
            statements: vec![
                statement(1, "2025-Q3", 310, Some((true, ""))),
                statement(2, "2025-Q4", 90, Some((false, "Il manque la <structure>."))),
            ],
            promises: vec![],
        },
        quarters: ["2025-Q3", "2025-Q4", "2026-Q1"]
            .map(|code| Quarter::parse(code).unwrap())
            .to_vec(),
    });
    view
}
