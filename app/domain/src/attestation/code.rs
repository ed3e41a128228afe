//! The short code of an attestation: ten characters that are hard to confuse, the last of which finds a typing error.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{Lang, Text, text};

/// Digits and capitals without 0, O, 1, I and L. Thirty-one of them, which is prime: the check below finds any wrong
/// character and any two that were swapped.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// How many characters a code has, the check included.
pub const LENGTH: usize = 10;
const HALF: usize = LENGTH / 2;
const BASE: u128 = ALPHABET.len() as u128;

/// A code whose check is right. It may still name nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShortCode(String);

/// Why what was typed is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    Empty,
    Length,
    /// A character that no code has.
    Character(char),
    /// Every character is possible, and together they are not.
    Check,
}

impl ShortCode {
    /// Reads a code as people type it: any case, with spaces and hyphens.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        let mut code = String::with_capacity(LENGTH);
        for character in typed.chars() {
            if character.is_whitespace() || is_hyphen(character) {
                continue;
            }
            let capital = character.to_ascii_uppercase();
            if value(capital).is_none() {
                return Err(CodeError::Character(character));
            }
            code.push(capital);
        }
        match code.len() {
            0 => return Err(CodeError::Empty),
            LENGTH => {}
            _ => return Err(CodeError::Length),
        }
        if weighted(&code) == 0 {
            Ok(Self(code))
        } else {
            Err(CodeError::Check)
        }
    }

    /// The code that random bytes make. Far more of them than a code needs, so that all codes are as likely.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut left = u128::from_be_bytes(bytes);
        let mut code = String::with_capacity(LENGTH);
        for _ in 1..LENGTH {
            code.push(character(left % BASE));
            left /= BASE;
        }
        // The last place weighs ten: ten times four is nine, and so on; trying all is plainer than the inverse.
        let check = (0..BASE)
            .map(character)
            .find(|check| weighted(&format!("{code}{check}")) == 0);
        code.extend(check);
        Self(code)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In two groups, to be read aloud.
    pub fn grouped(&self) -> String {
        match self.0.split_at_checked(HALF) {
            Some((first, second)) => format!("{first}-{second}"),
            None => self.0.clone(),
        }
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl CodeError {
    pub fn message(self, lang: Lang) -> String {
        match self {
            Self::Empty => EMPTY.get(lang).to_owned(),
            Self::Length => WRONG_LENGTH.get(lang).to_owned(),
            Self::Check => CHECK.get(lang).to_owned(),
            Self::Character(character) => match lang {
                Lang::Fr => format!(
                    "Un code ne contient jamais le caractère «\u{202F}{character}\u{202F}»\u{A0}: ni 0 ni O, ni 1 ni I ni L, ni signe. Relisez-le."
                ),
                Lang::En => format!(
                    "A code never has the character “{character}”: neither 0 nor O, neither 1 nor I nor L, no sign. Read it again."
                ),
            },
        }
    }
}

const EMPTY: Text = text(
    "Saisissez le code inscrit sur l’attestation.",
    "Type the code written on the attestation.",
);
const WRONG_LENGTH: Text = text(
    "Un code a 10\u{A0}caractères. Relisez-le.",
    "A code has 10 characters. Read it again.",
);
const CHECK: Text = text(
    "Ce code contient une faute de frappe\u{A0}: un caractère est faux, ou deux sont inversés. Relisez-le.",
    "This code has a typing error: a character is wrong, or two are swapped. Read it again.",
);

/// The sum of the values, each times its rank.
fn weighted(code: &str) -> u128 {
    code.chars()
        .zip(1_u128..)
        .map(|(character, rank)| rank * value(character).unwrap_or_default())
        .sum::<u128>()
        % BASE
}

fn value(character: char) -> Option<u128> {
    let at = ALPHABET
        .iter()
        .position(|known| char::from(*known) == character)?;
    u128::try_from(at).ok()
}

fn character(value: u128) -> char {
    usize::try_from(value)
        .ok()
        .and_then(|at| ALPHABET.get(at))
        .map_or('2', |byte| char::from(*byte))
}

fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '.'
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;

    fn codes() -> impl Iterator<Item = ShortCode> {
        (0_u8..40).map(|seed| {
            let bytes: [u8; 16] = std::array::from_fn(|at| {
                seed.wrapping_mul(97)
                    .wrapping_add(u8::try_from(at).unwrap().wrapping_mul(53))
            });
            ShortCode::from_random(bytes)
        })
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for code in codes() {
            assert_eq!(code.as_str().len(), LENGTH);
            assert!(!code.as_str().contains(['0', 'O', '1', 'I', 'L']));
            let (first, second) = code.as_str().split_at(5);
            for typed in [
                code.as_str().to_owned(),
                code.grouped(),
                code.as_str().to_lowercase(),
                format!(" {first} {second}\u{A0}"),
                format!("{first}\u{2011}{second}"),
            ] {
                assert_eq!(ShortCode::parse(&typed).as_ref(), Ok(&code), "{typed}");
            }
        }
    }

    #[test]
    fn any_wrong_character_and_any_swap_is_found() {
        for code in codes() {
            let letters: Vec<char> = code.as_str().chars().collect();
            for at in 0..LENGTH {
                for other in ALPHABET.iter().map(|byte| char::from(*byte)) {
                    if other != letters[at] {
                        let mut wrong = letters.clone();
                        wrong[at] = other;
                        let wrong: String = wrong.into_iter().collect();
                        assert_eq!(ShortCode::parse(&wrong), Err(CodeError::Check), "{wrong}");
                    }
                }
                for with in at + 1..LENGTH {
                    if letters[at] != letters[with] {
                        let mut swapped = letters.clone();
                        swapped.swap(at, with);
                        let swapped: String = swapped.into_iter().collect();
                        assert_eq!(
                            ShortCode::parse(&swapped),
                            Err(CodeError::Check),
                            "{swapped}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_code_says_why() {
        for (typed, error) in [
            ("", CodeError::Empty),
            (" - ", CodeError::Empty),
            ("ABC", CodeError::Length),
            ("ABCDEFGHJKM", CodeError::Length),
            ("ABCDEFGHO2", CodeError::Character('O')),
            ("ABCDé", CodeError::Character('é')),
        ] {
            assert_eq!(ShortCode::parse(typed), Err(error), "{typed:?}");
        }
    }

    #[test]
    fn different_bytes_make_different_codes() {
        let all: std::collections::BTreeSet<_> = codes().collect();
        assert_eq!(all.len(), 40);
    }
}
