//! Reads decimal numbers digit by digit, without losing any.

use super::error::DecimalError;

/// What a person typed, in the notation of JSON.
pub(super) fn typed(text: &str) -> Result<String, DecimalError> {
    let out: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    if out.is_empty() {
        return Err(DecimalError::Empty);
    }
    // An exponent is a notation of programs: in a form it is more likely a slip.
    if out.contains(['e', 'E']) {
        return Err(DecimalError::NotANumber);
    }
    Ok(out)
}

/// The number as a whole count of 10^-`decimals`, without ever losing a digit.
pub(super) fn scaled(text: &str, decimals: u32) -> Result<u128, DecimalError> {
    match cut(text, decimals)? {
        (value, true) => Ok(value),
        (_, false) => Err(DecimalError::TooManyDecimals),
    }
}

/// As [`scaled`], cut after the last decimal kept; `false` when something was cut.
pub(crate) fn cut(text: &str, decimals: u32) -> Result<(u128, bool), DecimalError> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return Err(DecimalError::NotANumber);
    }
    let mut digits: Vec<u8> = Vec::new();
    for byte in whole.bytes().chain(fraction.bytes()) {
        if !byte.is_ascii_digit() {
            return Err(DecimalError::NotANumber);
        }
        digits.push(byte - b'0');
    }
    let significant = digits
        .iter()
        .rposition(|d| *d != 0)
        .map_or(0, |last| last + 1);
    if significant == 0 {
        return Ok((0, true));
    }
    if negative {
        return Err(DecimalError::Negative);
    }
    let trailing = i64::try_from(digits.len() - significant).unwrap_or(i64::MAX);
    let fraction_digits = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let shift = exponent
        .saturating_sub(fraction_digits)
        .saturating_add(trailing)
        .saturating_add(i64::from(decimals));
    let kept = if shift < 0 {
        let lost = usize::try_from(shift.unsigned_abs()).unwrap_or(usize::MAX);
        significant.saturating_sub(lost)
    } else {
        significant
    };
    let mut value: u128 = 0;
    for digit in digits.iter().take(kept) {
        value = push_digit(value, *digit)?;
    }
    for _ in 0..shift {
        value = push_digit(value, 0)?;
    }
    Ok((value, shift >= 0))
}

fn push_digit(value: u128, digit: u8) -> Result<u128, DecimalError> {
    value
        .checked_mul(10)
        .and_then(|v| v.checked_add(u128::from(digit)))
        .ok_or(DecimalError::TooLarge)
}

/// An exponent too long for the machine keeps its sign: the number is then too large, or has too many decimals.
fn parse_exponent(text: &str) -> Result<i64, DecimalError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    let size = digits
        .parse::<i64>()
        .unwrap_or(i64::MAX / 4)
        .min(i64::MAX / 4);
    Ok(if negative { -size } else { size })
}
