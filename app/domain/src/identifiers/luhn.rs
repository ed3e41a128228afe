//! Check digits: Luhn's sum, and the plain sum of La Poste.

/// From the right, every second digit is doubled, less 9 when above 9; valid when the sum is a multiple of 10.
/// The text is made of ASCII digits only: the caller has checked it.
pub(crate) fn passes(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            match (index % 2, digit) {
                (0, _) => digit,
                (_, 0..=4) => digit * 2,
                _ => digit * 2 - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The sum of the digits.
pub(crate) fn digit_sum(digits: &str) -> u32 {
    digits
        .bytes()
        .map(|byte| u32::from(byte.wrapping_sub(b'0')))
        .sum()
}
