//! What changed from one version to the next: claims paired by their keys, each in the step where it is made.

use super::{Snapshot, StepCode};
use crate::claims::{Claim, Kind};

/// The claims of two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    pub added: Vec<&'a Claim>,
    pub removed: Vec<&'a Claim>,
    /// Before, after.
    pub changed: Vec<(&'a Claim, &'a Claim)>,
    pub same: usize,
}

impl<'a> Changes<'a> {
    pub fn between(older: &'a Snapshot, newer: &'a Snapshot) -> Self {
        let mut changes = Self::default();
        for claim in &newer.claims {
            match older.claims.iter().find(|other| other.key == claim.key) {
                None => changes.added.push(claim),
                Some(before) if before.hash() == claim.hash() => changes.same += 1,
                Some(before) => changes.changed.push((before, claim)),
            }
        }
        changes.removed.extend(older.claims.iter().filter(|claim| {
            let mut kept = newer.claims.iter();
            !kept.any(|other| other.key == claim.key)
        }));
        changes
    }

    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// The step of the form where a claim of this kind is made.
pub const fn step_of(kind: Kind) -> StepCode {
    match kind {
        Kind::Sme => StepCode::Size,
        Kind::Commitment => StepCode::Insertion,
        Kind::Pledge => StepCode::Pledges,
        Kind::EssStatus
        | Kind::EssCompany
        | Kind::Esus
        | Kind::Ei
        | Kind::Etti
        | Kind::Ai
        | Kind::Aci
        | Kind::Eiti
        | Kind::Ea
        | Kind::Eatt
        | Kind::Esat
        | Kind::Geiq
        | Kind::Sep
        | Kind::Rq
        | Kind::Tih => StepCode::Solidarity,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::claims::{ClaimBody, ClaimKey, Evidence, Scope};
    use crate::form::Contact;
    use crate::identifiers::{Siren, Siret};

    fn claim(kind: Kind, reference: &str) -> Claim {
        Claim {
            key: ClaimKey {
                kind,
                scope: Scope::Siren(Siren::parse("732829320").unwrap()),
                commitment: None,
                contract: None,
            },
            body: ClaimBody::Status(Evidence {
                reference: Some(reference.to_owned()),
                authority: None,
                valid_from: None,
                valid_to: None,
                documents: vec![],
                ..Evidence::default()
            }),
        }
    }

    fn snapshot(claims: Vec<Claim>) -> Snapshot {
        Snapshot {
            form_version: 3,
            catalogue: 0,
            siren: Siren::parse("732829320").unwrap(),
            siret: Siret::parse("73282932000074").unwrap(),
            name: "X".into(),
            contact: Contact {
                name: String::new(),
                role: String::new(),
                email: String::new(),
                phone: None,
            },
            claims,
            contests: vec![],
        }
    }

    #[test]
    fn claims_are_paired_by_their_keys_whatever_their_order() {
        let older = snapshot(vec![
            claim(Kind::Ei, "1"),
            claim(Kind::Esus, "2"),
            claim(Kind::Ea, "3"),
        ]);
        let newer = snapshot(vec![
            claim(Kind::Rq, "4"),
            claim(Kind::Ea, "3"),
            claim(Kind::Ei, "5"),
        ]);
        let changes = Changes::between(&older, &newer);
        let kinds = |claims: &[&Claim]| claims.iter().map(|claim| claim.kind()).collect::<Vec<_>>();
        assert_eq!(kinds(&changes.added), [Kind::Rq]);
        assert_eq!(kinds(&changes.removed), [Kind::Esus]);
        assert_eq!(
            changes
                .changed
                .iter()
                .map(|(_, after)| after.kind())
                .collect::<Vec<_>>(),
            [Kind::Ei]
        );
        assert_eq!(changes.same, 1);
        assert!(Changes::between(&older, &older).is_empty());
    }
}
