//! Exact numbers, and their only rounding.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::decimal::Hundredths;

/// Half up to two decimals, for display (R13).
pub fn rounded(value: &BigRational) -> Hundredths {
    let hundred = BigRational::from(BigInt::from(100));
    let half = BigRational::new(BigInt::from(1), BigInt::from(2));
    let cents = (value * hundred + half).floor().to_integer();
    Hundredths::from_hundredths(i128::try_from(cents).unwrap_or(i128::MAX))
}

pub(super) fn whole(value: impl Into<BigInt>) -> BigRational {
    BigRational::from(value.into())
}

/// `part` of `of`, `None` when there is nothing to divide by (R16).
pub(super) fn rate(part: &BigRational, of: &BigRational) -> Option<BigRational> {
    (*of != whole(0)).then(|| part * whole(100) / of)
}

/// A weight in plain decimal or scientific notation, exactly.
pub(super) fn parse(text: &str) -> Option<BigRational> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (units, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{units}{decimals}").parse().ok()?;
    let shift = exponent.checked_sub(i32::try_from(decimals.len()).ok()?)?;
    if shift.unsigned_abs() > 400 {
        return None;
    }
    let power = BigInt::from(10).pow(shift.unsigned_abs());
    Some(if shift < 0 {
        BigRational::new(digits, power)
    } else {
        whole(digits * power)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_rounds_half_up() {
        for (part, of, shown) in [
            (1, 3, "33.33"),
            (2, 3, "66.67"),
            (1, 8, "12.5"),
            (3, 4, "75"),
        ] {
            let value = rate(&whole(part), &whole(of)).map(|value| rounded(&value).to_string());
            assert_eq!(value.as_deref(), Some(shown), "{part}/{of}");
        }
        let half_a_cent = BigRational::new(BigInt::from(5), BigInt::from(1000));
        assert_eq!(rounded(&half_a_cent).to_string(), "0.01");
        assert_eq!(rate(&whole(0), &whole(0)), None);
    }

    #[test]
    fn weights_are_read_exactly() {
        let third = |text| parse(text);
        assert_eq!(third("0.5"), Some(BigRational::new(1.into(), 2.into())));
        assert_eq!(third("2.5e-1"), Some(BigRational::new(1.into(), 4.into())));
        assert_eq!(third("3"), Some(whole(3)));
        assert_eq!(third("-1"), Some(whole(-1)));
        for text in ["", "a", "1e9999", "0,5", "."] {
            assert_eq!(third(text), None, "{text}");
        }
    }
}
