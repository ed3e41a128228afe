//! The amount of a contract (R6): excluding tax, in euros, exact to the millionth.

use serde_json::Value;

use crate::decimal;

/// Decimals kept: more than any published amount needs. What comes after is cut.
const DECIMALS: u32 = 6;
const ONE_EURO: i128 = 1_000_000;
/// An integer part of more than eleven digits is no amount.
const TOO_LARGE: i128 = 100_000_000_000 * ONE_EURO;

/// An amount as published, in millionths of a euro; it may be unusable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i128);

impl Amount {
    pub const fn from_millionths(value: i128) -> Self {
        Self(value)
    }

    pub const fn millionths(self) -> i128 {
        self.0
    }

    /// Reads a number, or a text with comma or point; `None` when there is none.
    pub fn read(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::Number(number) => Self::parse(&number.to_string()),
            Value::String(text) => Self::parse(&plain(text)?),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (value, _) = match decimal::cut(digits, DECIMALS) {
            Ok(value) => value,
            // A number nevertheless, whatever its size: it tells two publications apart.
            Err(decimal::DecimalError::TooLarge) => return Some(Self(i128::MAX)),
            Err(_) => return None,
        };
        let value = i128::try_from(value).unwrap_or(i128::MAX);
        Some(Self(if negative { -value } else { value }))
    }

    /// True when it enters the amount indicators.
    pub const fn is_usable(self) -> bool {
        self.0 >= ONE_EURO && self.0 < TOO_LARGE
    }

    /// Exactly one euro: what some software writes when the amount is not known.
    pub const fn is_placeholder(self) -> bool {
        self.0 == ONE_EURO
    }
}

/// The notation of JSON for what a spreadsheet or a person wrote: `1 234,50 €`, `1.234,50`, `1,234.50`.
fn plain(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '€')
        .collect();
    let is_separator = |c: char| c == ',' || c == '.';
    let last = text.rfind(is_separator);
    let separators = text.chars().filter(|c| is_separator(*c)).count();
    let kinds = usize::from(text.contains(',')) + usize::from(text.contains('.'));
    // Several of one kind only group the thousands.
    let decimal = last.filter(|_| separators == 1 || kinds == 2);
    let out: String = text
        .char_indices()
        .filter_map(|(at, c)| match (is_separator(c), decimal == Some(at)) {
            (true, true) => Some('.'),
            (true, false) => None,
            (false, _) => Some(c),
        })
        .collect();
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_texts_say_the_same_amount() {
        let fifty = Some(Amount(50_000_020_000));
        for value in [
            json!(50000.02),
            json!("50000,02"),
            json!("50000.02"),
            json!("50 000,02"),
            json!("50\u{202f}000,02 €"),
            json!("50.000,02"),
            json!("50,000.02"),
            json!("5.000002e4"),
        ] {
            assert_eq!(Amount::read(Some(&value)), fifty, "{value}");
        }
        assert_eq!(
            Amount::read(Some(&json!("1.234.567"))),
            Some(Amount(1_234_567_000_000))
        );
    }

    #[test]
    fn what_is_no_amount_stays_out() {
        for value in [
            json!(null),
            json!("NaN"),
            json!(""),
            json!("à définir"),
            json!([1]),
            json!(true),
        ] {
            assert_eq!(Amount::read(Some(&value)), None, "{value}");
        }
        for value in [
            json!(0),
            json!(-5),
            json!(0.99),
            json!(1e17),
            json!(1e300),
            json!("1e17"),
            json!(100_000_000_000_i64),
        ] {
            let read = Amount::read(Some(&value));
            assert!(read.is_some_and(|amount| !amount.is_usable()), "{value}");
        }
        for value in [json!(1), json!("1,00"), json!(99_999_999_999.99)] {
            assert!(
                Amount::read(Some(&value)).is_some_and(Amount::is_usable),
                "{value}"
            );
        }
        assert!(Amount(ONE_EURO).is_placeholder());
        assert!(!Amount(ONE_EURO + 1).is_placeholder());
    }
}
