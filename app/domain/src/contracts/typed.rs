//! Shares of co-contractors as an agent types them (R12): percentages that add up to a hundred, or weights of any kind.

use crate::decimal::{Hundredths, ONE_PERCENT, Percent};

/// What the numbers are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShareUnit {
    #[default]
    Percent,
    /// Euros, days: only their proportions count.
    Weights,
}

impl ShareUnit {
    pub const ALL: [Self; 2] = [Self::Percent, Self::Weights];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Percent => "pourcentages",
            Self::Weights => "poids",
        }
    }

    /// What is not understood is a percentage.
    pub fn from_code(code: &str) -> Self {
        let wanted = |unit: &Self| unit.code() == code;
        Self::ALL.into_iter().find(wanted).unwrap_or_default()
    }
}

/// What is wrong with one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareFault {
    Missing,
    /// No number from 0 on; in percent, up to 100.
    NotANumber,
}

/// What is wrong with the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharesFault {
    /// By rank, from 0.
    Fields(Vec<(usize, ShareFault)>),
    /// Their sum, more than a hundredth away from a hundred.
    NotHundred(Percent),
    AllZero,
}

/// The shares in plain decimal notation, in the order given.
pub fn typed_shares(unit: ShareUnit, typed: &[&str]) -> Result<Vec<String>, SharesFault> {
    let mut wrong = Vec::new();
    let (mut shares, mut percents, mut positive) = (Vec::new(), 0_u128, false);
    for (rank, text) in typed.iter().enumerate() {
        if text.trim().is_empty() {
            wrong.push((rank, ShareFault::Missing));
            continue;
        }
        let read = match unit {
            ShareUnit::Percent => Percent::parse_input(text).ok().map(|share| {
                percents = percents.saturating_add(share.raw());
                (share != Percent::ZERO, share.to_string())
            }),
            ShareUnit::Weights => Hundredths::parse_input(text)
                .ok()
                .map(|weight| (weight != Hundredths::ZERO, weight.to_string())),
        };
        match read {
            Some((more_than_nothing, share)) => {
                positive |= more_than_nothing;
                shares.push(share);
            }
            None => wrong.push((rank, ShareFault::NotANumber)),
        }
    }
    if !wrong.is_empty() {
        return Err(SharesFault::Fields(wrong));
    }
    if unit == ShareUnit::Percent && percents.abs_diff(Percent::HUNDRED.raw()) > ONE_PERCENT / 100 {
        return Err(SharesFault::NotHundred(Percent::from_raw(percents)));
    }
    if !positive {
        return Err(SharesFault::AllZero);
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn percentages_add_up_to_a_hundred_within_a_hundredth() {
        let read = |typed: &[&str]| typed_shares(ShareUnit::Percent, typed);
        assert_eq!(
            read(&["60", "39,5\u{202f}%", "0.5"]),
            Ok(vec!["60".into(), "39.5".into(), "0.5".into()])
        );
        assert!(read(&["33,33", "33,33", "33,33"]).is_ok());
        assert!(read(&["33,33", "33,33", "33,35"]).is_ok());
        for (typed, sum) in [
            (["33,3", "33,3", "33,3"], "99,9\u{a0}%"),
            (["100", "0", "0,02"], "100,02\u{a0}%"),
            (["0", "0", "0"], "0\u{a0}%"),
        ] {
            let found = match read(&typed) {
                Err(SharesFault::NotHundred(found)) => Some(found.display(Lang::Fr)),
                _ => None,
            };
            assert_eq!(found.as_deref(), Some(sum), "{typed:?}");
        }
    }

    #[test]
    fn weights_may_be_any_numbers_but_nothing() {
        let read = |typed: &[&str]| typed_shares(ShareUnit::Weights, typed);
        assert_eq!(
            read(&["12 345,50", "1"]),
            Ok(vec!["12345.5".into(), "1".into()])
        );
        assert_eq!(read(&["0", "0,00"]), Err(SharesFault::AllZero));
        assert_eq!(
            read(&["", "-1", "x", "2"]),
            Err(SharesFault::Fields(vec![
                (0, ShareFault::Missing),
                (1, ShareFault::NotANumber),
                (2, ShareFault::NotANumber),
            ]))
        );
    }
}
