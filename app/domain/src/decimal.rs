//! Exact decimal numbers: figures in hundredths, percentages with up to 18 decimals; no floating point in a rule.
//!
//! A figure (euros or annual work units) is a whole number of hundredths; a percentage is a whole number of 10⁻¹⁸ percent,
//! enough to hold exactly whatever a program prints for a third or a seventh. Comparisons are therefore exact.

mod error;
mod parse;

pub use error::DecimalError;

pub(crate) use parse::cut;
use parse::{scaled, typed};
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

use crate::text::Lang;

/// The greatest figure accepted, in hundredths: a million billion euros.
const MAX_HUNDREDTHS: i128 = 100_000_000_000_000_000;
/// Decimals kept in a percentage.
const PERCENT_DECIMALS: u32 = 18;
/// One percent, in the unit of [`Percent`].
pub(crate) const ONE_PERCENT: u128 = 1_000_000_000_000_000_000;

/// A number of euros (so: cents) or of annual work units, in whole hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(i128);

impl Hundredths {
    pub const ZERO: Self = Self(0);

    /// A value given in hundredths: `4999` is 49.99.
    pub const fn from_hundredths(value: i128) -> Self {
        Self(value)
    }

    /// A whole number of euros or units.
    pub const fn from_units(value: i64) -> Self {
        Self(value as i128 * 100)
    }

    pub const fn hundredths(self) -> i128 {
        self.0
    }

    /// The part before the decimal point.
    pub const fn whole(self) -> i128 {
        self.0 / 100
    }

    /// Reads a number in the notation of JSON (`50000001.0`, `5e7`), exactly.
    pub fn parse_json(text: &str) -> Result<Self, DecimalError> {
        let value = scaled(text, 2)?;
        let value = i128::try_from(value).map_err(|_| DecimalError::TooLarge)?;
        if value > MAX_HUNDREDTHS {
            return Err(DecimalError::TooLarge);
        }
        Ok(Self(value))
    }

    /// Reads what a person types: `1 234,56`, `1234.56`, with any kind of space.
    pub fn parse_input(text: &str) -> Result<Self, DecimalError> {
        Self::parse_json(&typed(text)?)
    }

    /// `1 234,50` in French, `1,234.50` in English; no decimals when there are none.
    pub fn display(self, lang: Lang) -> String {
        let mut out = grouped(self.0.unsigned_abs() / 100, lang);
        let rest = self.0.unsigned_abs() % 100;
        if rest != 0 {
            out.push(lang.pick(',', '.'));
            if rest < 10 {
                out.push('0');
            }
            out.push_str(&rest.to_string());
        }
        if self.0 < 0 {
            out.insert(0, '-');
        }
        out
    }
}

/// Plain decimal notation, as a form field holds it: `1234.5`, `249`.
impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match rest {
            0 => write!(f, "{whole}"),
            r if r % 10 == 0 => write!(f, "{whole}.{}", r / 10),
            r => write!(f, "{whole}.{r:02}"),
        }
    }
}

impl Serialize for Hundredths {
    /// A JSON number: whole when it is whole. The quotient of a double by 100 prints the exact decimals up to 10¹³ euros.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(self.0 / 100) {
            Ok(whole) if self.0 % 100 == 0 => serializer.serialize_i64(whole),
            #[expect(
                clippy::cast_precision_loss,
                reason = "display only, exact below 10^13 euros"
            )]
            _ => serializer.serialize_f64(self.0 as f64 / 100.0),
        }
    }
}

/// A percentage between 0 and 100, exact to 18 decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u128);

impl Percent {
    pub const ZERO: Self = Self(0);
    pub const HUNDRED: Self = Self(100 * ONE_PERCENT);

    /// A percentage in hundredths of a percent (`2499` is 24.99 %), cut at 100 %.
    pub const fn from_hundredths(value: u32) -> Self {
        let value = if value > 10_000 { 10_000 } else { value };
        Self(value as u128 * (ONE_PERCENT / 100))
    }

    /// Reads a number in the notation of JSON: exactly up to 18 decimals. What comes after them is cut, but never onto a
    /// whole percentage: every threshold is one, and a number stays on its side of it.
    pub fn parse_json(text: &str) -> Result<Self, DecimalError> {
        let value = match cut(text, PERCENT_DECIMALS) {
            Ok((value, false)) if value.is_multiple_of(ONE_PERCENT) => value + 1,
            Ok((value, _)) => value,
            Err(DecimalError::Negative | DecimalError::TooLarge) => {
                return Err(DecimalError::OutOfRange);
            }
            Err(other) => return Err(other),
        };
        if value > Self::HUNDRED.0 {
            return Err(DecimalError::OutOfRange);
        }
        Ok(Self(value))
    }

    /// Reads what a person types: `24,99`, `24.99`, `24,99 %`.
    pub fn parse_input(text: &str) -> Result<Self, DecimalError> {
        Self::parse_json(&typed(text.trim().trim_end_matches('%'))?)
    }

    /// In units of 10⁻¹⁸ percent.
    pub(crate) const fn raw(self) -> u128 {
        self.0
    }

    pub(crate) const fn from_raw(raw: u128) -> Self {
        Self(raw)
    }

    /// To two decimals, rounded half up.
    pub fn rounded(self) -> Hundredths {
        let unit = ONE_PERCENT / 100;
        let hundredths = (self.0 + unit / 2) / unit;
        Hundredths::from_hundredths(i128::try_from(hundredths).unwrap_or_default())
    }

    /// `24,99 %` in French, `24.99%` in English.
    pub fn display(self, lang: Lang) -> String {
        let mut out = self.to_string();
        if lang == Lang::Fr {
            out = out.replace('.', ",");
            out.push('\u{a0}');
        }
        out.push('%');
        out
    }
}

/// Plain decimal notation, all significant decimals: `24.99`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / ONE_PERCENT)?;
        let rest = self.0 % ONE_PERCENT;
        if rest != 0 {
            write!(f, ".{}", format!("{rest:018}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(ONE_PERCENT) {
            return serializer
                .serialize_u64(u64::try_from(self.0 / ONE_PERCENT).unwrap_or_default());
        }
        // The nearest double, as a program would write the same number.
        let nearest: f64 = self
            .to_string()
            .parse()
            .map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(nearest)
    }
}

/// Reads a number, or the text of one, through the exact parser.
struct NumberText<T>(fn(&str) -> Result<T, DecimalError>);

impl<T> Visitor<'_> for NumberText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        (self.0)(&value.to_string()).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        (self.0)(&value.to_string()).map_err(E::custom)
    }

    /// The shortest text of a double is the text it was read from, up to 15 digits.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        (self.0)(&value.to_string()).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        (self.0)(value).map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for Hundredths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberText(Self::parse_json))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberText(Self::parse_json))
    }
}

/// Groups of three digits, separated as the language does.
fn grouped(value: u128, lang: Lang) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(lang.pick('\u{202f}', ','));
        }
        out.push(digit);
    }
    out
}
