//! Where a document is attached: the size, a line of the statuses or of the other commitments, or a fact that is contested.

use std::fmt;
use std::str::FromStr;

use super::{Draft, StepCode};
use crate::known::Fact;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The accounts behind the size.
    Size,
    Line(usize),
    /// A line of the other commitments.
    Pledge(usize),
    Contest(Fact),
}

/// The size, in addresses.
const SIZE: &str = "comptes";
/// Before the rank of a commitment, in addresses.
const PLEDGE: &str = "engagement-";

/// Before the code of a fact, in addresses.
const CONTEST: &str = "fait-";

/// As addresses write it, such as `0`, `engagement-0` or `fait-adresse`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size => f.write_str(SIZE),
            Self::Line(rank) => write!(f, "{rank}"),
            Self::Pledge(rank) => write!(f, "{PLEDGE}{rank}"),
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
        if code == SIZE {
            return Ok(Self::Size);
        }
        if let Some(fact) = code.strip_prefix(CONTEST) {
            return fact.parse().map(Self::Contest).map_err(|_| UnknownPlace);
        }
        let (line, rank): (fn(usize) -> Self, _) = match code.strip_prefix(PLEDGE) {
            Some(rank) => (Self::Pledge, rank),
            None => (Self::Line, code),
        };
        rank.parse().map(line).map_err(|_| UnknownPlace)
    }
}

impl Place {
    /// A line of a step that takes documents; the size has one place, whatever the rank.
    pub const fn of_line(step: StepCode, rank: usize) -> Option<Self> {
        match step {
            StepCode::Size => Some(Self::Size),
            StepCode::Solidarity => Some(Self::Line(rank)),
            StepCode::Pledges => Some(Self::Pledge(rank)),
            StepCode::Company | StepCode::Insertion | StepCode::Statement => None,
        }
    }

    /// The path of the documents in the answers of their step.
    pub fn path(self) -> String {
        match self {
            Self::Size | Self::Contest(_) => "documents".to_owned(),
            Self::Line(rank) | Self::Pledge(rank) => format!("rows[{rank}][documents]"),
        }
    }
}

impl Draft {
    /// The documents of a place that is there, and the mark by which a form about it knows it again.
    pub fn at(&self, place: Place) -> Option<(String, &[String])> {
        match place {
            Place::Size => {
                let declared = self.size.declare == "yes";
                declared.then(|| (SIZE.to_owned(), self.size.documents.as_slice()))
            }
            Place::Line(rank) => {
                let row = self.solidarity.rows.get(rank)?;
                Some((row.mark(), &row.documents))
            }
            Place::Pledge(rank) => {
                let row = self.pledges.rows.get(rank)?;
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
            Place::Size => Some(&mut self.size.documents),
            Place::Line(rank) => Some(&mut self.solidarity.rows.get_mut(rank)?.documents),
            Place::Pledge(rank) => Some(&mut self.pledges.rows.get_mut(rank)?.documents),
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
            Place::Size,
            Place::Line(0),
            Place::Line(41),
            Place::Pledge(7),
            Place::Contest(Fact::Address),
        ] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for odd in [
            "",
            "-1",
            "fait-",
            "fait-x",
            "x",
            "engagement-",
            "engagement-x",
        ] {
            assert_eq!(odd.parse::<Place>(), Err(UnknownPlace), "{odd}");
        }
    }
}
