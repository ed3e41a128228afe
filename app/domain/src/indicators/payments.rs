//! The lines of a ledger: payments instead of contract amounts, each counted with the status valid on its own day.

use chrono::{Datelike, NaiveDate};

use crate::contracts::Amount;
use crate::identifiers::{FrenchVat, Siren, Siret};

/// No ledger of a buyer reaches further back.
const FIRST_YEAR: i32 = 2000;
/// An integer part of more than eleven digits is no payment, as it is no amount of a contract (R6).
const TOO_LARGE: i128 = 100_000_000_000 * 1_000_000;

/// One payment; a credit is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub paid_on: NaiveDate,
    pub amount: Amount,
    /// The SIREN, else the identifier as written.
    pub party: String,
    pub siren: Option<Siren>,
    pub siret: Option<Siret>,
    /// The department that pays.
    pub direction: Option<String>,
    /// The document.
    pub reference: Option<String>,
}

/// A line of a ledger as text.
#[derive(Clone, Copy, Debug, Default)]
pub struct PaymentLine<'l> {
    pub supplier: Option<&'l str>,
    pub date: Option<&'l str>,
    pub amount: Option<&'l str>,
    pub direction: Option<&'l str>,
    pub reference: Option<&'l str>,
}

/// What is wrong in a line: the field, and a stable code.
pub type PaymentRefused = (&'static str, &'static str);

impl Payment {
    /// Reads a line. A supplier that leads to no SIREN is kept, and never counts as a solidarity enterprise.
    pub fn read(line: PaymentLine<'_>, today: NaiveDate) -> Result<Self, PaymentRefused> {
        let supplier = line.supplier.ok_or(("supplier", "missing"))?;
        let id: String = supplier.chars().filter(|c| !c.is_whitespace()).collect();
        let siret = Siret::parse(&id).ok();
        let vat = || FrenchVat::parse(&id).ok().and_then(|vat| vat.siren());
        let siren = siret
            .as_ref()
            .map(Siret::siren)
            .or_else(|| Siren::parse(&id).ok())
            .or_else(vat);
        let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
        if siren.is_none() && is_number && matches!(id.len(), 9 | 14) {
            return Err(("supplier", "invalid"));
        }
        let paid_on = day(line.date.ok_or(("date", "missing"))?).ok_or(("date", "invalid_date"))?;
        if paid_on.year() < FIRST_YEAR {
            return Err(("date", "invalid_date"));
        }
        if paid_on > today {
            return Err(("date", "in_future"));
        }
        let written = line.amount.ok_or(("amount", "missing"))?;
        let amount = signed(written).ok_or(("amount", "invalid"))?;
        if amount.millionths().abs() >= TOO_LARGE {
            return Err(("amount", "too_large"));
        }
        Ok(Self {
            paid_on,
            amount,
            party: siren.as_ref().map_or(id, ToString::to_string),
            siren,
            siret,
            direction: line.direction.map(str::to_owned),
            reference: line.reference.map(str::to_owned),
        })
    }
}

/// `2025-12-31`, with or without a time, or `31/12/2025`.
fn day(text: &str) -> Option<NaiveDate> {
    let head = text.get(..10)?;
    head.parse()
        .or_else(|_| NaiveDate::parse_from_str(head, "%d/%m/%Y"))
        .ok()
}

/// `-12,50`, and what ledgers write for it: `12,50-`, `(12,50)`, `−12,50`.
fn signed(text: &str) -> Option<Amount> {
    let text = text.trim().replace('\u{2212}', "-");
    let inside = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let (negative, digits) = match (inside, text.strip_suffix('-'), text.strip_prefix('-')) {
        (Some(digits), _, _) | (_, Some(digits), _) | (_, _, Some(digits)) => (true, digits),
        (None, None, None) => (false, text.as_str()),
    };
    let amount = Amount::read(Some(&serde_json::Value::from(digits)))?.millionths();
    // A sign twice says nothing sure.
    (amount >= 0).then(|| Amount::from_millionths(if negative { -amount } else { amount }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(supplier: &str, date: &str, amount: &str) -> Result<Payment, PaymentRefused> {
        let line = PaymentLine {
            supplier: Some(supplier),
            date: Some(date),
            amount: Some(amount),
            ..PaymentLine::default()
        };
        let today = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default();
        Payment::read(line, today)
    }

    #[test]
    fn amounts_of_ledgers_have_their_sign_in_many_places() {
        for (written, cents) in [
            ("1 234,56", 123_456),
            ("-1 234,56", -123_456),
            ("1234.56-", -123_456),
            ("(1\u{202f}234,56 €)", -123_456),
            ("\u{2212}0,01", -1),
            ("0", 0),
        ] {
            let payment = read("910000017", "2025-01-31", written);
            let amount = payment.map(|payment| payment.amount.millionths() / 10_000);
            assert_eq!(amount, Ok(cents), "{written}");
        }
        for (written, code) in [
            ("", "invalid"),
            ("NaN", "invalid"),
            ("--5", "invalid"),
            ("-(5)", "invalid"),
            ("1e17", "too_large"),
        ] {
            let refused = read("910000017", "2025-01-31", written);
            assert_eq!(refused, Err(("amount", code)), "{written}");
        }
    }

    #[test]
    fn whoever_is_paid_is_known_by_siren_siret_or_vat_number() {
        for (supplier, siren, siret) in [
            ("910 000 017", Some("910000017"), None),
            ("91000001700012", Some("910000017"), Some("91000001700012")),
            ("FR53910000017", Some("910000017"), None),
            ("DE123456789", None, None),
        ] {
            let payment = read(supplier, "31/01/2025", "1");
            let found = payment.map(|payment| {
                let siren = payment.siren.as_ref().map(ToString::to_string);
                (siren, payment.siret.as_ref().map(ToString::to_string))
            });
            assert_eq!(
                found,
                Ok((siren.map(str::to_owned), siret.map(str::to_owned))),
                "{supplier}"
            );
        }
        assert_eq!(
            read("910000018", "2025-01-31", "1"),
            Err(("supplier", "invalid"))
        );
    }

    #[test]
    fn a_day_that_is_none_or_not_yet_is_refused() {
        for (date, code) in [
            ("2025-02-30", "invalid_date"),
            ("5021-01-01", "in_future"),
            ("0002-11-30", "invalid_date"),
            ("hier", "invalid_date"),
            ("2026-11-02", "in_future"),
        ] {
            assert_eq!(read("910000017", date, "1"), Err(("date", code)), "{date}");
        }
        let with_time = read("910000017", "2025-01-31 00:00:00", "1");
        assert!(with_time.is_ok(), "{with_time:?}");
    }
}
