//! The two secrets of a sign-in mail: a token for its link, and eight digits to type.

use store::Hash;

use super::browser::random_token;
use crate::keys::{KeyError, Keys, Purpose, random};

/// How many codes there are.
const CODES: u32 = 100_000_000;

/// Made for one mail, and never stored in clear.
#[derive(Clone)]
pub(super) struct Secrets {
    pub(super) token: String,
    pub(super) code: String,
}

impl Secrets {
    pub(super) fn new() -> Result<Self, KeyError> {
        Ok(Self {
            token: random_token()?,
            code: random_code()?,
        })
    }
}

/// Every code is as likely as any other: numbers above the last whole multiple are drawn again.
fn random_code() -> Result<String, KeyError> {
    const LIMIT: u32 = u32::MAX - u32::MAX % CODES;
    loop {
        let drawn = u32::from_be_bytes(random()?);
        if drawn < LIMIT {
            return Ok(format!("{:08}", drawn % CODES));
        }
    }
}

/// What is kept of a token.
pub(super) fn token_hash(token: &str) -> Hash {
    Hash::of(token)
}

/// What is kept of a code: keyed, because eight digits alone could be searched by whoever steals the database.
pub(super) fn code_hash(keys: &Keys, code: &str) -> Hash {
    keys.digest(Purpose::SignInCode, code.as_bytes())
}

/// The digits of a code as typed, with the spaces that people and mails put in it.
pub(super) fn read_code(typed: &str) -> Option<String> {
    let digits: String = typed
        .chars()
        .filter(|letter| {
            !letter.is_whitespace() && !matches!(letter, '-' | '.' | '\u{202f}' | '\u{a0}')
        })
        .collect();
    (digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn codes_have_eight_digits_and_tokens_256_bits() {
        for _ in 0..100 {
            let secrets = Secrets::new().unwrap();
            assert_eq!(read_code(&secrets.code).as_ref(), Some(&secrets.code));
            assert_eq!(secrets.token.len(), 43);
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for (typed, expected) in [
            ("12345678", Some("12345678")),
            (" 1234 5678 ", Some("12345678")),
            ("1234-5678", Some("12345678")),
            ("1234\u{202f}5678", Some("12345678")),
            ("1234567", None),
            ("123456789", None),
            ("1234567a", None),
            ("١٢٣٤٥٦٧٨", None),
            ("", None),
        ] {
            assert_eq!(read_code(typed).as_deref(), expected, "{typed}");
        }
    }
}
