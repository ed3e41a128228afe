//! What became of an attestation since it was issued, whole and line by line.

use chrono::NaiveDate;
use serde::Serialize;

use crate::claims::{ClosureCause, Qualification};

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    InForce,
    /// Before its first day.
    Pending,
    Superseded,
    Revoked,
    Withdrawn,
    Expired,
}

/// What became of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It says exactly what is validated today.
    Valid,
    /// Something else is validated today: a newer version exists, or may be issued.
    Changed,
    /// The buyer revoked a status that it shows.
    Revoked,
    /// The company gave up all that it shows.
    Withdrawn,
    /// All that it shows came to its end.
    Expired,
}

impl Standing {
    pub const ALL: [Self; 5] = [
        Self::Valid,
        Self::Changed,
        Self::Revoked,
        Self::Withdrawn,
        Self::Expired,
    ];
}

pub fn line_state(held: &Qualification, day: NaiveDate) -> LineState {
    // The first closure that began is the one that ended it.
    let ended = held
        .closures
        .iter()
        .filter(|closure| closure.from <= day)
        .min_by_key(|closure| closure.from);
    // What had come to its end cannot be closed any more.
    let expired = held.validity.to.filter(|to| day > *to);
    match (ended, expired) {
        (Some(closure), None) => of_cause(closure.cause),
        (Some(closure), Some(to)) if closure.from <= to => of_cause(closure.cause),
        (_, Some(_)) => LineState::Expired,
        (None, None) if day < held.validity.from => LineState::Pending,
        (None, None) => LineState::InForce,
    }
}

const fn of_cause(cause: ClosureCause) -> LineState {
    match cause {
        ClosureCause::Superseded => LineState::Superseded,
        ClosureCause::Revoked => LineState::Revoked,
        ClosureCause::Withdrawn => LineState::Withdrawn,
    }
}

/// `same` when what holds today has the content of the attestation; `lines` are those that it shows, `others` whether
/// something holds today that it does not show.
pub fn standing(same: bool, lines: &[LineState], others: bool) -> Standing {
    let any = |state| lines.contains(&state);
    let none_in_force = !any(LineState::InForce);
    if any(LineState::Revoked) {
        Standing::Revoked
    } else if same && !lines.is_empty() {
        Standing::Valid
    } else if others || any(LineState::Superseded) || !none_in_force {
        Standing::Changed
    } else if any(LineState::Withdrawn) {
        Standing::Withdrawn
    } else {
        Standing::Expired
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use LineState::{Expired, InForce, Revoked, Superseded, Withdrawn};

    #[test]
    fn the_whole_follows_from_its_lines() {
        for (same, lines, others, expected) in [
            (true, vec![InForce, InForce], false, Standing::Valid),
            // One more status since, or a date that moved.
            (false, vec![InForce], true, Standing::Changed),
            (false, vec![InForce], false, Standing::Changed),
            (false, vec![InForce, Expired], false, Standing::Changed),
            (false, vec![Superseded], true, Standing::Changed),
            (false, vec![Superseded], false, Standing::Changed),
            (false, vec![Expired], true, Standing::Changed),
            (false, vec![InForce, Revoked], true, Standing::Revoked),
            (false, vec![Revoked], false, Standing::Revoked),
            (false, vec![Withdrawn], false, Standing::Withdrawn),
            (false, vec![Withdrawn, Expired], false, Standing::Withdrawn),
            (false, vec![Expired], false, Standing::Expired),
        ] {
            assert_eq!(standing(same, &lines, others), expected, "{lines:?}");
        }
    }
}
