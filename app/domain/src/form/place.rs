//! Where a document is attached: a line of the solidarity step, or a fact that is contested.

use std::fmt;
use std::str::FromStr;

use super::Draft;
use crate::known::Fact;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Line(usize),
    Contest(Fact),
}

/// Before the code of a fact, in addresses.
const CONTEST: &str = "fait-";

/// As addresses write it, such as `0` or `fait-adresse`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(rank) => write!(f, "{rank}"),
            Self::Contest(fact) => write!(f, "{CONTEST}{fact}"),
        }
    }
}

/// No place is written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown place")]
pub struct UnknownPlace;

impl FromStr for Place {
    type Err = UnknownPlace;

    fn from_str(code: &str) -> Result<Self, UnknownPlace> {
        match code.strip_prefix(CONTEST) {
            Some(fact) => fact.parse().map(Self::Contest).map_err(|_| UnknownPlace),
            None => code.parse().map(Self::Line).map_err(|_| UnknownPlace),
        }
    }
}

impl Draft {
    /// The documents of a place that is there, and the mark by which a form about it knows it again.
    pub fn at(&self, place: Place) -> Option<(String, &[String])> {
        match place {
            Place::Line(rank) => {
                let row = self.solidarity.rows.get(rank)?;
                Some((row.mark(), &row.documents))
            }
            Place::Contest(fact) => {
                let contest = self.contest(fact)?;
                Some((fact.to_string(), &contest.answers.documents))
            }
        }
    }

    /// The same, to change them.
    pub fn at_mut(&mut self, place: Place) -> Option<&mut Vec<String>> {
        match place {
            Place::Line(rank) => Some(&mut self.solidarity.rows.get_mut(rank)?.documents),
            Place::Contest(fact) => {
                let mut contests = self.contests.iter_mut();
                let contest = contests.find(|contest| contest.fact == fact)?;
                Some(&mut contest.answers.documents)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_from_its_address() {
        for place in [
            Place::Line(0),
            Place::Line(41),
            Place::Contest(Fact::Address),
        ] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for odd in ["", "-1", "fait-", "fait-x", "x"] {
            assert_eq!(odd.parse::<Place>(), Err(UnknownPlace), "{odd}");
        }
    }
}
