//! Lists for the pages of the agents: queue, qualifications, attachments, outbox, mails.

use app::views::{
    AttachmentRequest, CommitmentLine, CommitmentsView, DemoMail, DemoMailText, HoursView,
    OutboxView, ParkedMessage, QualificationLine, QualificationPage, QualificationView, QueuePage,
    QueueRow,
};
use chrono::NaiveDate;
use domain::claims::{ClosureCause, Kind, Scope, Validity, ValidityState};
use domain::decimal::Hundredths;
use domain::insertion::{HoursAccount, HoursCheck, HoursStatement, Quarter};
use domain::lifecycle::MemberRole;
use domain::lifecycle::{RevocationProposal, Status};
use uuid::Uuid;

use super::scenes::{HOSTILE, ID, at, day, key, siren, siret, status_claim};

pub(crate) fn line(
    state: ValidityState,
    closed: Option<(NaiveDate, ClosureCause)>,
) -> QualificationLine {
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
        ended: closed.is_some(),
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
        hours: None,
    }
}

/// A commitment with a statement in each state.
pub(crate) fn commitment() -> QualificationView {
    let claim = super::scenes::commitment_claim();
    QualificationView {
        line: QualificationLine {
            key: claim.key.clone(),
            ..line(ValidityState::Valid, None)
        },
        claim,
        hours: Some(hours()),
        ..qualification(false, false)
    }
}

fn hours() -> HoursView {
    let statement = |number, quarter: &str, hours, check: Option<bool>| HoursStatement {
        number,
        quarter: Quarter::parse(quarter).unwrap(),
        hours: Hundredths::from_units(hours),
        note: "Attestation <b>du facilitateur</b>".into(),
        told_at: at("2025-04-02T10:30:00Z"),
        check: check.map(|accepted| HoursCheck {
            accepted,
            reason: if accepted {
                ""
            } else {
                "Il manque <i>une pièce</i>."
            }
            .into(),
            at: at("2025-04-03T10:30:00Z"),
        }),
    };
    HoursView {
        promised: Some(Hundredths::from_units(200)),
        etp_base: 1_607,
        account: HoursAccount {
            statements: vec![
                statement(1, "2025-Q1", 310, Some(true)),
                statement(2, "2025-Q2", 90, Some(false)),
                statement(3, "2025-Q3", 100, None),
                statement(4, "2025-Q3", 120, None),
                statement(5, "2025-Q4", 0, None),
            ],
            promises: vec![],
        },
        quarters: ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
            .map(|code| Quarter::parse(code).unwrap())
            .to_vec(),
    }
}

/// Training of which the clause asks no hours.
pub(crate) fn training() -> QualificationView {
    let mut view = commitment();
    if let domain::claims::ClaimBody::Commitment(body) = &mut view.claim.body {
        body.modality = domain::insertion::Modality::FormationTutorat;
        body.hours = None;
        body.basis = domain::insertion::Basis::NoHours;
        body.training = Some("Un tuteur <b>par</b> apprenti".into());
    }
    view.hours = Some(HoursView {
        promised: None,
        account: HoursAccount::default(),
        quarters: vec![],
        ..hours()
    });
    view
}

pub(crate) fn commitments(rows: usize, only_to_check: bool) -> CommitmentsView {
    let view = commitment();
    let row = CommitmentLine {
        line: view.line,
        hours: hours(),
    };
    CommitmentsView {
        rows: vec![row; rows],
        total: rows as u64,
        to_check: 1_204,
        only_to_check,
        page: 1,
        pages: 1,
    }
}

pub(crate) fn revoked() -> QualificationView {
    QualificationView {
        line: line(
            ValidityState::Valid,
            Some((day("2026-12-01"), ClosureCause::Revoked)),
        ),
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
        line(
            ValidityState::Valid,
            Some((day("2026-01-01"), ClosureCause::Revoked)),
        ),
        line(
            ValidityState::Valid,
            Some((day("2026-01-01"), ClosureCause::Superseded)),
        ),
        line(
            ValidityState::Valid,
            Some((day("2026-01-01"), ClosureCause::Withdrawn)),
        ),
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
    let names = [
        HOSTILE,
        "Régie des Calanques",
        "Méditerranée Propreté",
        "Ateliers du Port",
    ];
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
                kinds: vec![
                    Kind::Sme,
                    Kind::Ei,
                    Kind::EssStatus,
                    Kind::EssCompany,
                    Kind::Commitment,
                ],
                submitted_at: Some(at("2026-11-20T10:00:00Z")),
                reviewer_name: (index % 2 == 1).then(|| "Dominique Roux".into()),
                stake: None,
            })
            .collect(),
        stakes: app::views::Stakes::NotAsked,
        total: if rows == 0 { 0 } else { 312 },
        page: 2,
        pages: 13,
    }
}

pub(crate) fn attachments() -> Vec<AttachmentRequest> {
    [true, false]
        .map(|same_domain| AttachmentRequest {
            id: Uuid::from_u128(if same_domain { 0xe1 } else { 0xe2 }),
            role: MemberRole::Editor,
            organisation: same_domain.then(|| "Cabinet <Durand>".into()),
            message: "Je suis <comptable>.".into(),
            managed: same_domain,
            address: String::new(),
            siren: siren(),
            company_name: HOSTILE.into(),
            email: "sacha@atelier.example".into(),
            holder_emails: if same_domain {
                vec!["camille@atelier.example".into()]
            } else {
                vec![]
            },
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
                route: [
                    "mail.supplier",
                    "mail.buyer",
                    "feed.company",
                    "mail.sign_in",
                    "other",
                ][index % 5]
                    .into(),
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
