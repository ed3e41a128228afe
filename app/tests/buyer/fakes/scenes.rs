//! Declarations, qualifications and mails for the pages of the agents, with names and texts that test the escaping.

use app::views::{
    AttachmentProof, AttachmentRequest, DemoMail, DemoMailText, OutboxView, ParkedMessage, Proof, QualificationLine,
    QualificationPage, QualificationView, QueuePage, QueueRow, ReviewView, ReviewedClaim, TimelineEntry,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::{
    Claim, ClaimBody, ClaimKey, ClosureCause, Evidence, Kind, Scope, SizeClaim, Validity, ValidityState,
};
use domain::decimal::Hundredths;
use domain::form::{Contact, SignedStatement, Snapshot};
use domain::identifiers::{Siren, Siret};
use domain::insertion::{Basis, Commitment, Modality, Public};
use domain::lifecycle::{Act, CommandKind, RevocationProposal, Status, Verdict};
use domain::registry::{Agreement, Comparison, RegistryFacts, RegistryState, Source, compare};
use domain::sme::Category;
use serde_json::json;
use uuid::Uuid;

/// A name that breaks out of anything that forgets to escape.
pub(crate) const HOSTILE: &str = "L’\"Atelier\" </textarea><script>alert(1)</script> & fils";
pub(crate) const ID: Uuid = Uuid::from_u128(0xd1);

pub(crate) fn siren() -> Siren {
    Siren::parse("732829320").unwrap()
}

fn siret() -> Siret {
    Siret::parse("73282932000074").unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn key(kind: Kind, scope: Scope) -> ClaimKey {
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
        }),
    }
}

pub(crate) fn commitment_claim() -> Claim {
    let commitment = Commitment {
        code: "SOC-INS-01".into(),
        modality: Modality::ALL[0],
        contract: Some("2026-17".into()),
        hours: Hundredths::from_units(1_820),
        basis: Basis::Hours,
        etp_base: 1_820,
        persons: Some(2),
        structure: None,
        publics: vec![Public::parse("minima_sociaux").unwrap()],
        start: day("2026-12-01"),
        end: day("2027-11-30"),
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
        validity: claim.validity(day("2026-11-20")),
        comparison: compare(&claim, &registry()),
        already_in_force: false,
        changed: false,
        claim,
        verdict,
    }
}

/// Four claims: size, an inclusion structure, a status of one establishment, a commitment.
pub(crate) fn review(status: Status) -> ReviewView {
    let mut claims = vec![
        reviewed(size_claim(), Verdict::Pending),
        reviewed(status_claim(Kind::Ei, Scope::Siren(siren())), Verdict::Pending),
        reviewed(status_claim(Kind::Esat, Scope::Siret(siret())), Verdict::Pending),
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
        Status::InReview => vec![CommandKind::GiveVerdict, CommandKind::Release, CommandKind::Sign],
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
        snapshot: Some(Snapshot {
            form_version: 1,
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
    let refused = Verdict::Refused("L’agrément </textarea><script>alert(2)</script> a pris fin.\nDeuxième ligne".into());
    judged(
        [Verdict::Accepted, Verdict::Accepted, refused, Verdict::Accepted],
        Status::PartlyValidated,
    )
}

pub(crate) fn sent_back() -> ReviewView {
    let to_fix = Verdict::ToFix("Indiquez la période de la convention.".into());
    judged(
        [Verdict::Accepted, to_fix, Verdict::Accepted, Verdict::Accepted],
        Status::ChangesRequested,
    )
}

pub(crate) fn line(state: ValidityState, closed: Option<(NaiveDate, ClosureCause)>) -> QualificationLine {
    QualificationLine {
        id: Uuid::from_u128(0xa1),
        siren: siren(),
        company_name: HOSTILE.into(),
        key: key(Kind::Esat, Scope::Siret(siret())),
        validity: Validity {
            from: day("2025-01-01"),
            to: Some(day("2027-12-31")),
        },
        state,
        closed,
    }
}

pub(crate) fn qualification(proposal: bool, mine: bool) -> QualificationView {
    QualificationView {
        line: line(ValidityState::Valid, None),
        claim: status_claim(Kind::Esat, Scope::Siret(siret())),
        declaration: ID,
        revision: 1,
        decided_at: at("2025-01-10T08:00:00Z"),
        proposal: proposal.then(|| RevocationProposal {
            by: Uuid::from_u128(8),
            from: day("2026-12-01"),
            reason: "Agrément retiré par l’ARS <i>le 15 novembre</i>.".into(),
        }),
        proposed_by_me: mine,
        closure_reason: None,
    }
}

pub(crate) fn revoked() -> QualificationView {
    QualificationView {
        line: line(ValidityState::Valid, Some((day("2026-12-01"), ClosureCause::Revoked))),
        closure_reason: Some("Agrément retiré <b>par l’ARS</b>.".into()),
        ..qualification(false, false)
    }
}

pub(crate) fn qualifications(rows: usize) -> QualificationPage {
    let states = [
        line(ValidityState::Valid, None),
        line(ValidityState::Expiring, None),
        line(ValidityState::Expired, None),
        line(ValidityState::Pending, None),
        line(ValidityState::Valid, Some((day("2026-01-01"), ClosureCause::Revoked))),
        line(ValidityState::Valid, Some((day("2026-01-01"), ClosureCause::Superseded))),
        line(ValidityState::Valid, Some((day("2026-01-01"), ClosureCause::Withdrawn))),
    ];
    QualificationPage {
        rows: states.into_iter().cycle().take(rows).collect(),
        total: rows as u64,
        page: 1,
        pages: 1,
        search: String::new(),
    }
}

pub(crate) fn queue(rows: usize) -> QueuePage {
    let names = [HOSTILE, "Régie des Calanques", "Méditerranée Propreté", "Ateliers du Port"];
    QueuePage {
        counts: vec![
            (Status::Submitted, 312),
            (Status::InReview, 4),
            (Status::ChangesRequested, 2),
            (Status::Validated, 51),
            (Status::PartlyValidated, 7),
            (Status::Refused, 1),
            (Status::Withdrawn, 3),
        ],
        rows: (0..rows)
            .map(|index| QueueRow {
                id: Uuid::from_u128(0x100 + index as u128),
                reference: format!("AMP-2026-{:05}", 42 + index),
                siren: siren(),
                company_name: names[index % names.len()].into(),
                status: Status::ALL[1 + index % 7],
                kinds: vec![Kind::Sme, Kind::Ei, Kind::EssStatus, Kind::EssCompany, Kind::Commitment],
                submitted_at: Some(at("2026-11-20T10:00:00Z")),
                reviewer_name: (index % 2 == 1).then(|| "Dominique Roux".into()),
            })
            .collect(),
        total: if rows == 0 { 0 } else { 312 },
        page: 2,
        pages: 13,
    }
}

pub(crate) fn attachments() -> Vec<AttachmentRequest> {
    [true, false]
        .map(|same_domain| AttachmentRequest {
            id: Uuid::from_u128(if same_domain { 0xe1 } else { 0xe2 }),
            siren: siren(),
            company_name: HOSTILE.into(),
            email: "sacha@atelier.example".into(),
            holder_emails: if same_domain { vec!["camille@atelier.example".into()] } else { vec![] },
            same_domain,
            asked_at: at("2026-11-22T16:00:00Z"),
        })
        .into()
}

pub(crate) fn outbox(parked: usize) -> OutboxView {
    OutboxView {
        waiting: 3,
        oldest_seconds: Some(4_000),
        parked: (0..parked)
            .map(|index| ParkedMessage {
                id: Uuid::from_u128(0xf0 + index as u128),
                route: ["mail.supplier", "mail.buyer", "feed.company", "mail.sign_in", "other"][index % 5].into(),
                subject: format!("AMP-2026-{index:05} <script>"),
                attempts: 8,
                last_error: "550 5.1.1 <nobody@atelier.example>: Recipient address rejected".into(),
                created_at: at("2026-11-22T16:00:00Z"),
            })
            .collect(),
    }
}

pub(crate) fn mails() -> Vec<DemoMailText> {
    let mail = |id: &str, subject: &str, text: &str| DemoMailText {
        mail: DemoMail {
            id: id.into(),
            subject: subject.into(),
            to: vec!["camille@atelier.example".into()],
            at: at("2026-11-22T16:00:00Z"),
        },
        text: text.into(),
    };
    vec![
        mail(
            "0192-b.eml",
            "Votre lien de connexion",
            "Bonjour,\n\nOuvrez ce lien : http://127.0.0.1:3000/connexion/lien/abcDEF-123\nCode : 1234 5678\n\nÀ bientôt.",
        ),
        mail(
            "0192-a.eml",
            "Déclaration <script>alert(3)</script> reçue",
            "<script>alert(4)</script> </p><a href=\"javascript:alert(5)\">x</a> https://spaser.example/instruction/1?x=<b>",
        ),
    ]
}
