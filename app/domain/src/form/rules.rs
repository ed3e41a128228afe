//! The rules that `validator` calls on answers as typed. An empty answer passes: whether it is required is another rule.
//!
//! Never `validator`'s own `email` or `url`: they bring a regular-expression engine into the browser.

use validator::ValidationError;

pub use crate::dates::parse_date;
use crate::decimal::{Hundredths, Percent};
use crate::identifiers::Siret;

/// The longest answer on one line, in characters.
pub const LINE: usize = 200;
/// The longest free text, in characters.
pub const LONG: usize = 2_000;

fn code(holds: bool, code: &'static str) -> Result<(), ValidationError> {
    if holds {
        Ok(())
    } else {
        Err(ValidationError::new(code))
    }
}

pub fn required(answer: &str) -> Result<(), ValidationError> {
    code(!answer.trim().is_empty(), "required")?;
    line(answer)
}

pub fn line(answer: &str) -> Result<(), ValidationError> {
    code(answer.chars().count() <= LINE, "line")
}

pub fn long(answer: &str) -> Result<(), ValidationError> {
    code(answer.chars().count() <= LONG, "long")
}

pub fn required_long(answer: &str) -> Result<(), ValidationError> {
    code(!answer.trim().is_empty(), "required")?;
    long(answer)
}

pub fn siret(answer: &str) -> Result<(), ValidationError> {
    code(
        answer.trim().is_empty() || Siret::parse(answer).is_ok(),
        "siret",
    )
}

/// One `@`, something before it, a domain with a dot after it, no space and no control character. The mail that we send is the real test.
pub fn email(answer: &str) -> Result<(), ValidationError> {
    let answer = answer.trim();
    code(answer.is_empty() || is_email(answer), "email")
}

/// The contact's address: compulsory.
pub fn contact_email(answer: &str) -> Result<(), ValidationError> {
    required(answer)?;
    email(answer)
}

/// Whether a text has the shape of an e-mail address that may be used in a header.
pub fn is_email(answer: &str) -> bool {
    let Some((local, domain)) = answer.split_once('@') else {
        return false;
    };
    let clean = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| {
                !c.is_whitespace()
                    && !c.is_control()
                    && !matches!(c, '@' | '<' | '>' | ',' | ';' | '"' | '\\' | '(' | ')')
            })
    };
    let labels = || {
        domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
    };
    answer.len() <= 254
        && local.len() <= 64
        && clean(local)
        && clean(domain)
        && domain.contains('.')
        && labels()
}

pub fn phone(answer: &str) -> Result<(), ValidationError> {
    let digits = answer.chars().filter(char::is_ascii_digit).count();
    let shape = answer.trim().chars().all(|c| {
        c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}')
    });
    code(
        answer.trim().is_empty() || (shape && (9..=15).contains(&digits)),
        "phone",
    )
}

pub fn date(answer: &str) -> Result<(), ValidationError> {
    code(
        answer.trim().is_empty() || parse_date(answer).is_some(),
        "date",
    )
}

/// A date that must be given.
pub fn required_date(answer: &str) -> Result<(), ValidationError> {
    required(answer)?;
    date(answer)
}

pub fn decimal(answer: &str) -> Result<(), ValidationError> {
    code(
        answer.trim().is_empty() || parse_decimal(answer).is_some(),
        "decimal",
    )
}

pub fn percent(answer: &str) -> Result<(), ValidationError> {
    let holds = answer.trim().is_empty() || parse_percent(answer).is_some();
    code(holds, "percent")
}

pub fn whole(answer: &str) -> Result<(), ValidationError> {
    code(
        answer.trim().is_empty() || parse_whole(answer).is_some(),
        "whole",
    )
}

pub fn yes_no(answer: &str) -> Result<(), ValidationError> {
    code(matches!(answer, "yes" | "no"), "choose_one")
}

/// Reads a number as people type it in French or English: `1 250,50`, `1250.50`, `12 000 €`; two decimals at most.
pub fn parse_decimal(answer: &str) -> Option<Hundredths> {
    Hundredths::parse_input(answer.trim().trim_end_matches('€')).ok()
}

pub fn parse_percent(answer: &str) -> Option<Percent> {
    Percent::parse_input(answer).ok()
}

pub fn parse_whole(answer: &str) -> Option<u32> {
    let digits: String = answer.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        None
    } else {
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, hundredths) in [
            ("1 250,50", 125_050),
            ("1250.5", 125_050),
            ("12\u{202f}000 €", 1_200_000),
            ("0", 0),
        ] {
            assert_eq!(
                parse_decimal(typed).unwrap().hundredths(),
                hundredths,
                "{typed}"
            );
        }
        for typed in ["", "-1", "1,234", "1e3", "NaN", "1,2,3", "douze"] {
            assert!(parse_decimal(typed).is_none(), "{typed}");
        }
        assert!(parse_percent("100 %").is_some());
        assert!(parse_percent("100,01").is_none());
    }

    #[test]
    fn addresses_that_could_forge_a_header_are_refused() {
        for good in ["a@b.fr", "prenom.nom+tri@sous.exemple.fr"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "a@@b.fr",
            "a@b.fr\r\nBcc: c@d.fr",
            "a b@c.fr",
            "<a@b.fr>",
            "a@.fr",
            "a@b..fr",
            "a@-b.fr",
            "@b.fr",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
