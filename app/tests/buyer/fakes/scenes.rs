//! Declarations for the pages of the agents, with names and texts that test the escaping; lists are beside.

use app::views::{
    AttachmentProof, MailLine, MailState, MailsView, Proof, ReviewView, ReviewedClaim,
    TimelineEntry,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::{Claim, ClaimBody, ClaimKey, Evidence, Kind, Scope, SizeClaim, ValidityState};
use domain::decimal::Hundredths;
use domain::form::{Contact, SignedStatement, Snapshot};
use domain::identifiers::{Siren, Siret};
use domain::insertion::{Basis, Commitment, Modality, Public};
use domain::lifecycle::{Act, CommandKind, Status, SupplierNotice, Verdict};
use domain::registry::{Agreement, Comparison, RegistryFacts, RegistryState, Source, compare};
use domain::sme::Category;
use serde_json::json;
use uuid::Uuid;

pub(crate) use super::lists::*;

/// A name that breaks out of anything that forgets to escape.
pub(crate) const HOSTILE: &str = "L’\"Atelier\" </textarea><script>alert(1)</script> & fils";
pub(crate) const ID: Uuid = Uuid::from_u128(0xd1);

pub(crate) fn siren() -> Siren {
    Siren::parse("732829320").unwrap()
}

pub(crate) fn siret() -> Siret {
    Siret::parse("73282932000074").unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn key(kind: Kind, scope: Scope) -> ClaimKey {
    ClaimKey {
        kind,
        scope,
        commitment: None,
        contract: None,
    }
}

pub(crate) fn size_claim() -> Claim {
    Claim {
        key: key(Kind::Sme, Scope::Siren(siren())),
        body: ClaimBody::Sme(SizeClaim {
            documents: vec![],
            category: Category::Small,
            french_category: "PME".into(),
            closing_date: day("2025-12-31"),
            consolidated_awu: "34.50".into(),
            consolidated_turnover_eur: "4120000.00".into(),
            consolidated_balance_eur: "2900000.00".into(),
            case: json!({
                "target": "declarant",
                "enterprises": {
                    "declarant": {"kind": "enterprise", "awu": 24.5, "turnover_eur": 3_000_000, "balance_eur": 2_000_000},
                    "Holding Bleue (1)": {"kind": "enterprise", "awu": 4, "turnover_eur": 400_000, "balance_eur": 300_000},
                    "Partenaire Sud (2)": {"kind": "enterprise", "awu": 20, "turnover_eur": 2_400_000, "balance_eur": 2_000_000},
                    "Fonds Régional (3)": {"kind": "venture_capital"},
                },
                "holdings": [
                    {"holder": "Holding Bleue (1)", "held": "declarant", "capital_pct": 60, "voting_pct": 60},
                    {"holder": "declarant", "held": "Partenaire Sud (2)", "capital_pct": 30, "voting_pct": 30},
                    {"holder": "Fonds Régional (3)", "held": "declarant", "capital_pct": 20, "voting_pct": 20},
                ],
            }),
            earlier: vec![],
            previous_category: None,
        }),
    }
}

pub(crate) fn status_claim(kind: Kind, scope: Scope) -> Claim {
    Claim {
        key: key(kind, scope),
        body: ClaimBody::Status(Evidence {
            reference: Some("ACI051170013A0M1 <b>".into()),
            authority: Some("Préfecture des Bouches-du-Rhône".into()),
            valid_from: Some(day("2026-01-01")),
            valid_to: Some(day("2027-12-31")),
            documents: vec![],
            ..Evidence::default()
        }),
    }
}

pub(crate) fn commitment_claim() -> Claim {
    let commitment = Commitment {
        code: "SOC-INS-01".into(),
        modality: Modality::ALL[0],
        contract: Some("2026-17".into()),
        hours: Some(Hundredths::from_units(1_820)),
        basis: Basis::Hours,
        etp_base: 1_820,
        persons: Some(2),
        structure: None,
        structure_amount: None,
        structure_share: None,
        contract_types: vec![],
        publics: vec![Public::parse("minima_sociaux").unwrap()],
        start: day("2026-12-01"),
        end: day("2027-11-30"),
        contract_end: None,
        contract_amount: None,
        labour_share: None,
        training: None,
        description: Some("Deux postes d’agent d’entretien\navec un tuteur & une formation".into()),
    };
    Claim {
        key: ClaimKey {
            kind: Kind::Commitment,
            scope: Scope::Siren(siren()),
            commitment: Some(commitment.key_code()),
            contract: commitment.contract.clone(),
        },
        body: ClaimBody::Commitment(Box::new(commitment)),
    }
}

pub(crate) fn registry() -> RegistryState {
    RegistryState::Known(Box::new(RegistryFacts {
        siren: siren(),
        name: Some("L’ATELIER <FILS>".into()),
        siret: Some(siret()),
        address: Some("12 rue de la République, 13001 Marseille".into()),
        postal_code: Some("13001".into()),
        commune: Some("13201".into()),
        legal_category: None,
        naf: Some("81.21Z".into()),
        staff_band: Some("12".into()),
        staff_band_year: Some(2024),
        category: Some("PME".into()),
        category_year: Some(2023),
        active: true,
        created_on: Some(day("2012-05-02")),
        ess: Some(true),
        siae: Some(true),
        siae_kinds: vec![Kind::Aci],
        partly_masked: false,
        vat: vec![],
        source: Source::Demonstration,
        fetched_at: at("2026-11-20T09:12:00Z"),
    }))
}

fn reviewed(claim: Claim, verdict: Verdict) -> ReviewedClaim {
    ReviewedClaim {
        documents: vec![],
        validity: claim.validity(day("2026-11-20")),
        comparison: compare(&claim, &registry(), None),
        lists: vec![],
        already_in_force: false,
        changed: false,
        replaces: None,
        claim,
        verdict,
    }
}

/// Four claims: size, an inclusion structure, a status of one establishment, a commitment.
pub(crate) fn review(status: Status) -> ReviewView {
    let mut claims = vec![
        reviewed(size_claim(), Verdict::Pending),
        reviewed(
            status_claim(Kind::Ei, Scope::Siren(siren())),
            Verdict::Pending,
        ),
        reviewed(
            status_claim(Kind::Esat, Scope::Siret(siret())),
            Verdict::Pending,
        ),
        reviewed(commitment_claim(), Verdict::Pending),
    ];
    claims[1].changed = true;
    claims[2].comparison = Comparison {
        agreement: Agreement::Agree,
        fr: "Le Marché de l’inclusion connaît cette structure.".into(),
        en: "The inclusion directory knows this structure.".into(),
    };
    let allowed = match status {
        Status::Submitted => vec![CommandKind::StartReview],
        Status::InReview => vec![
            CommandKind::GiveVerdict,
            CommandKind::Release,
            CommandKind::Sign,
        ],
        _ => vec![],
    };
    ReviewView {
        id: ID,
        reference: "AMP-2026-00042".into(),
        siren: siren(),
        company_name: HOSTILE.into(),
        status,
        version: 5,
        revision: Some(2),
        contests: vec![],
        snapshot: Some(Snapshot {
            form_version: 1,
            catalogue: 0,
            siren: siren(),
            siret: siret(),
            name: HOSTILE.into(),
            contact: Contact {
                name: "Camille <Martin>".into(),
                role: "Gérante".into(),
                email: "camille@atelier.example".into(),
                phone: Some("04 91 00 00 00".into()),
            },
            claims: vec![],
            contests: vec![],
        }),
        statement: Some(SignedStatement {
            text_version: "2026-11".into(),
            signer_name: "Camille <Martin>".into(),
            signer_quality: "Gérante".into(),
            capacity: "legal_representative".into(),
            accepted: true,
            account: Uuid::from_u128(1),
            signed_at: at("2026-11-20T10:00:00Z"),
            ip: None,
        }),
        claims,
        registry: registry(),
        attachment: AttachmentProof {
            proof: Proof::None,
            emails: vec!["camille@gmail.example".into()],
        },
        allowed,
        reviewer_name: (status != Status::Submitted).then(|| "Dominique Roux".into()),
        held_by_me: status == Status::InReview,
        timeline: vec![
            entry("2026-11-20T10:00:00Z", Act::Submitted, "supplier"),
            entry("2026-11-21T14:30:00Z", Act::ReviewStarted, "reviewer"),
        ],
        may_close: vec![line(ValidityState::Valid, None)],
        outcome: None,
    }
}

fn entry(when: &str, act: Act, actor: &str) -> TimelineEntry {
    TimelineEntry {
        at: at(when),
        act,
        actor_kind: actor.into(),
        next: None,
        revision: Some(2),
    }
}

/// In review with a verdict on each claim, and what they add up to.
pub(crate) fn judged(verdicts: [Verdict; 4], outcome: Status) -> ReviewView {
    let mut view = review(Status::InReview);
    for (claim, verdict) in view.claims.iter_mut().zip(verdicts) {
        claim.verdict = verdict;
    }
    view.outcome = Some(outcome);
    view
}

pub(crate) fn partly() -> ReviewView {
    let refused = Verdict::Refused(
        "L’agrément </textarea><script>alert(2)</script> a pris fin.\nDeuxième ligne".into(),
    );
    judged(
        [
            Verdict::Accepted,
            Verdict::Accepted,
            refused,
            Verdict::Accepted,
        ],
        Status::PartlyValidated,
    )
}

pub(crate) fn sent_back() -> ReviewView {
    let to_fix = Verdict::ToFix("Indiquez la période de la convention.".into());
    judged(
        [
            Verdict::Accepted,
            to_fix,
            Verdict::Accepted,
            Verdict::Accepted,
        ],
        Status::ChangesRequested,
    )
}

/// Two mails to its company: one left, one did not.
pub(crate) fn sent() -> MailsView {
    let line = |state| MailLine {
        id: ID,
        notice: SupplierNotice::ReviewStarted,
        to: Some("camille@atelier.example".to_owned()),
        written_at: at("2026-05-04T10:00:00Z"),
        state,
    };
    MailsView {
        id: ID,
        reference: "D-2026-00012".to_owned(),
        company_name: HOSTILE.to_owned(),
        mails: vec![
            line(MailState::Left {
                at: at("2026-05-04T10:00:00Z"),
            }),
            line(MailState::Parked),
        ],
    }
}
