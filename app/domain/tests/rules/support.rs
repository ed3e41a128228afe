//! Declarations, actors and commands for the tests of the life cycle.

use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::{Claim, ClaimBody, ClaimKey, Evidence, Kind, Qualification, Scope, Validity};
use domain::form::{Contact, SignedStatement, Snapshot};
use domain::identifiers::{Siren, Siret};
use domain::lifecycle::{
    Actor, ClaimUnderReview, Command, CommandKind, Declaration, MemberRole, ReviewSignature,
    Status, Verdict,
};
use domain::registry::{RegistryFacts, RegistryState, Source};
use uuid::Uuid;

pub(crate) const SUPPLIER: Uuid = Uuid::from_u128(1);
pub(crate) const REVIEWER: Uuid = Uuid::from_u128(2);
pub(crate) const OTHER_REVIEWER: Uuid = Uuid::from_u128(3);
pub(crate) const ADMINISTRATOR: Uuid = Uuid::from_u128(4);

pub(crate) fn siren() -> Siren {
    Siren::parse("732829320").unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

pub(crate) fn supplier(member: MemberRole) -> Actor {
    Actor::supplier(SUPPLIER, siren(), member)
}

/// A status claim whose reference tells its contents apart.
pub(crate) fn claim(kind: Kind, reference: &str) -> Claim {
    Claim {
        key: ClaimKey {
            kind,
            scope: Scope::Siren(siren()),
            commitment: None,
            contract: None,
        },
        body: ClaimBody::Status(Evidence {
            reference: Some(reference.to_owned()),
            authority: None,
            valid_from: Some(day("2026-01-01")),
            valid_to: Some(day("2027-12-31")),
            documents: vec![],
            ..Evidence::default()
        }),
    }
}

pub(crate) fn reviewed(claim: Claim, verdict: Verdict) -> ClaimUnderReview {
    ClaimUnderReview {
        hash: claim.hash(),
        claim,
        verdict,
    }
}

pub(crate) fn qualification(id: u128, claim: Claim, from: &str, to: Option<&str>) -> Qualification {
    Qualification {
        id: Uuid::from_u128(id),
        siren: siren(),
        hash: claim.hash(),
        claim,
        validity: Validity {
            from: day(from),
            to: to.map(day),
        },
        revision: 1,
        closures: vec![],
    }
}

pub(crate) fn declaration(status: Status, claims: Vec<ClaimUnderReview>) -> Declaration {
    let sent = status != Status::Draft;
    Declaration {
        id: Uuid::from_u128(10),
        siren: siren(),
        status,
        version: 1,
        revision: sent.then_some(1),
        last_company_revision: u32::from(sent),
        stated_on: sent.then(|| day("2026-11-20")),
        reviewer: matches!(status, Status::InReview).then_some(REVIEWER),
        claims,
        qualifications: vec![],
    }
}

pub(crate) fn snapshot(claims: Vec<Claim>) -> Snapshot {
    Snapshot {
        form_version: 1,
        catalogue: 0,
        siren: siren(),
        siret: Siret::parse("73282932000074").unwrap(),
        name: "Exemple".to_owned(),
        contact: Contact {
            name: "Camille Martin".to_owned(),
            role: "Gérante".to_owned(),
            email: "camille@exemple.fr".to_owned(),
            phone: None,
        },
        claims,
        contests: vec![],
    }
}

pub(crate) fn statement(accepted: bool) -> SignedStatement {
    SignedStatement {
        text_version: "2026-11".to_owned(),
        signer_name: "Camille Martin".to_owned(),
        signer_quality: "Gérante".to_owned(),
        capacity: "legal_representative".to_owned(),
        accepted,
        account: SUPPLIER,
        signed_at: now(),
        ip: None,
    }
}

pub(crate) fn signature() -> ReviewSignature {
    ReviewSignature {
        name: "Dominique Roux".to_owned(),
        quality: "Acheteur".to_owned(),
    }
}

/// The command of a kind, with contents that its status accepts.
pub(crate) fn command(kind: CommandKind, claims: Vec<Claim>) -> Command {
    match kind {
        CommandKind::Save => Command::Save,
        CommandKind::Submit => Command::Submit {
            snapshot: Box::new(snapshot(claims)),
            statement: statement(true),
        },
        CommandKind::Discard => Command::Discard,
        CommandKind::TakeBack => Command::TakeBack,
        CommandKind::StartReview => Command::StartReview,
        CommandKind::GiveVerdict => Command::GiveVerdict {
            claim: claims.into_iter().next().unwrap().key,
            verdict: Verdict::Accepted,
        },
        CommandKind::Release => Command::Release,
        CommandKind::Withdraw => Command::Withdraw,
        CommandKind::Sign => Command::Sign {
            signature: signature(),
            closures: vec![],
        },
    }
}

/// A register that only knows the staff band of the company.
pub(crate) fn known_with_band(band: &str) -> RegistryState {
    RegistryState::Known(Box::new(RegistryFacts {
        siren: siren(),
        name: None,
        siret: None,
        address: None,
        postal_code: None,
        commune: None,
        legal_category: None,
        naf: None,
        staff_band: Some(band.to_owned()),
        staff_band_year: None,
        category: None,
        category_year: None,
        active: true,
        created_on: None,
        ess: None,
        siae: None,
        siae_kinds: vec![],
        partly_masked: false,
        vat: vec![],
        source: Source::Demonstration,
        fetched_at: now(),
    }))
}
