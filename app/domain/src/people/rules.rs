//! Who may do what to whom among the people of a company.

use uuid::Uuid;

use super::{PeopleProblem, Proof};
use crate::lifecycle::MemberRole;

/// A person of the company, as the rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub account: Uuid,
    pub role: MemberRole,
    pub proof: Proof,
    /// Works for another organisation, which the company mandated.
    pub third_party: bool,
}

impl Person {
    const fn manages(&self) -> bool {
        matches!(self.role, MemberRole::Manager)
    }
}

fn find(people: &[Person], account: Uuid) -> Option<&Person> {
    people.iter().find(|person| person.account == account)
}

/// The manager who acts.
pub fn manage(people: &[Person], by: Uuid) -> Result<&Person, PeopleProblem> {
    find(people, by)
        .filter(|person| person.manages())
        .ok_or(PeopleProblem::NotManager)
}

/// Whether `by` may invite, and what it proves: a manager lets people in; a third party that prepares for a company of which
/// nobody has come yet tells it so, and proves nothing.
pub fn invite(people: &[Person], by: Uuid) -> Result<Proof, PeopleProblem> {
    if manage(people, by).is_ok() {
        return Ok(Proof::Member);
    }
    find(people, by)
        .filter(|person| person.proof == Proof::Mandate)
        .map(|_| Proof::None)
        .ok_or(PeopleProblem::NotManager)
}

/// Whether `by` may act on `other`: a better proof is not undone by a lesser one. A third party is there by the will of the
/// company, however its mandate was proved.
fn over(people: &[Person], by: Uuid, other: Uuid) -> Result<&Person, PeopleProblem> {
    let actor = manage(people, by)?;
    let other = find(people, other).ok_or(PeopleProblem::Gone)?;
    if other.account != by && !other.third_party && other.proof.weight() > actor.proof.weight() {
        return Err(PeopleProblem::WeighsMore);
    }
    Ok(other)
}

fn another_manages(people: &[Person], than: Uuid) -> bool {
    people
        .iter()
        .any(|person| person.account != than && person.manages())
}

/// A manager gives `other`, or themself, another role.
pub fn change_role(
    people: &[Person],
    by: Uuid,
    other: Uuid,
    role: MemberRole,
) -> Result<(), PeopleProblem> {
    let other = over(people, by, other)?;
    if other.third_party && !matches!(role, MemberRole::Editor | MemberRole::Reader) {
        return Err(PeopleProblem::ThirdParty);
    }
    if other.manages() && role != MemberRole::Manager && !another_manages(people, other.account) {
        return Err(PeopleProblem::LastManager);
    }
    Ok(())
}

/// A manager puts somebody else out.
pub fn remove(people: &[Person], by: Uuid, other: Uuid) -> Result<(), PeopleProblem> {
    if by == other {
        return leave(people, by);
    }
    over(people, by, other).map(|_| ())
}

/// Somebody goes. The last manager names another first, unless nobody else is left.
pub fn leave(people: &[Person], who: Uuid) -> Result<(), PeopleProblem> {
    let leaver = find(people, who).ok_or(PeopleProblem::Gone)?;
    let others = people
        .iter()
        .any(|person| person.account != who && person.proof != Proof::Mandate);
    if leaver.manages() && others && !another_manages(people, who) {
        return Err(PeopleProblem::LastManager);
    }
    Ok(())
}
