//! Which new declarations may begin from one: what the pages offer, decided here and nowhere else.

use super::{Actor, ActorRole, CommandKind, Declaration, Status, allowed};

/// A new declaration that begins from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sequel {
    /// On one screen, what was decided is confirmed and signed again.
    Renew,
    /// The same answers, to change them step by step.
    Amend,
    /// What was sent is cancelled, and begun again with the same answers, in one act.
    Redo,
}

/// The sequels of a declaration for this person, the first one first.
pub fn sequels(d: &Declaration, by: &Actor) -> Vec<Sequel> {
    let theirs = matches!(&by.role, ActorRole::Supplier { siren, .. } if *siren == d.siren);
    if !theirs || !by.can_edit() {
        return vec![];
    }
    match d.status {
        Status::Draft => vec![],
        // To redo is to withdraw first.
        Status::Submitted | Status::InReview | Status::ChangesRequested => {
            if allowed(d, by).contains(&CommandKind::Withdraw) {
                vec![Sequel::Redo]
            } else {
                vec![]
            }
        }
        Status::Validated | Status::PartlyValidated => vec![Sequel::Renew, Sequel::Amend],
        // Nothing was granted: there is nothing to renew.
        Status::Refused | Status::Withdrawn => vec![Sequel::Amend],
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::identifiers::Siren;
    use crate::lifecycle::MemberRole;
    use uuid::Uuid;

    fn at(status: Status) -> Declaration {
        Declaration {
            id: Uuid::nil(),
            siren: Siren::parse("732829320").unwrap(),
            status,
            version: 1,
            revision: Some(1),
            last_company_revision: 1,
            stated_on: None,
            reviewer: None,
            claims: vec![],
            qualifications: vec![],
        }
    }

    #[test]
    fn what_may_begin_follows_from_the_status_and_the_person() {
        let siren = || Siren::parse("732829320").unwrap();
        let person = |role| Actor::supplier(Uuid::nil(), siren(), role);
        for (status, expected) in [
            (Status::Draft, vec![]),
            (Status::Submitted, vec![Sequel::Redo]),
            (Status::InReview, vec![Sequel::Redo]),
            (Status::ChangesRequested, vec![Sequel::Redo]),
            (Status::Validated, vec![Sequel::Renew, Sequel::Amend]),
            (Status::PartlyValidated, vec![Sequel::Renew, Sequel::Amend]),
            (Status::Refused, vec![Sequel::Amend]),
            (Status::Withdrawn, vec![Sequel::Amend]),
        ] {
            let d = at(status);
            assert_eq!(
                sequels(&d, &person(MemberRole::Editor)),
                expected,
                "{status:?}"
            );
            assert!(sequels(&d, &person(MemberRole::Reader)).is_empty());
            assert!(sequels(&d, &Actor::reviewer(Uuid::nil())).is_empty());
        }
        let other = Actor::supplier(
            Uuid::nil(),
            Siren::parse("356000000").unwrap(),
            MemberRole::Manager,
        );
        assert!(sequels(&at(Status::Validated), &other).is_empty());
    }
}
