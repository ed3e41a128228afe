//! The data of a plausible company: its register entry, its answers, and what its desk shows of them.
//! Longer than 400 lines: one company, whole.

use app::desk::ClosedCompany;
use app::views::*;
use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::{ClosureCause, ValidityState};
use domain::form::*;
use domain::identifiers::{LegalCategory, Siren, Siret};
use domain::insertion::Quarter;
use domain::lifecycle::{Act, CommandKind, MemberRole, Sequel, Status, Verdict};
use domain::registry::{RegistryFacts, RegistryState, Source};
use uuid::Uuid;

pub(crate) const HOSTILE: &str = "</textarea><script>alert(\"x\")</script>&amp;'";

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn siren() -> Siren {
    Siren::parse("732829320").unwrap()
}

pub(crate) fn closed_company() -> ClosedCompany {
    ClosedCompany {
        siren: siren(),
        name: "X".into(),
        since: Some(day("2024-03-01")),
    }
}

pub(crate) fn context() -> CompanyContext {
    CompanyContext {
        siren: siren(),
        created_on: Some(day("2009-04-01")),
        catalogue: std::sync::Arc::default(),
        documents: vec![],
        proved: vec![],
    }
}

pub(crate) fn today() -> NaiveDate {
    day("2026-03-03")
}

/// The register's answer for the company.
pub(crate) fn facts() -> RegistryFacts {
    RegistryFacts {
        siren: siren(),
        name: Some("Atelier des Calanques".into()),
        siret: Some(Siret::parse("73282932000074").unwrap()),
        address: Some("12 traverse des Fabres, 13013 Marseille".into()),
        postal_code: Some("13013".into()),
        commune: Some("13213".into()),
        legal_category: Some(LegalCategory::parse("5458").unwrap()),
        naf: Some("43.34Z".into()),
        staff_band: Some("12".into()),
        staff_band_year: Some(2024),
        category: Some("PME".into()),
        category_year: Some(2023),
        active: true,
        created_on: Some(day("2009-04-01")),
        ess: Some(true),
        siae: Some(true),
        siae_kinds: vec![domain::claims::Kind::Ei],
        partly_masked: false,
        vat: vec![],
        source: Source::Demonstration,
        fetched_at: at("2026-03-02T09:12:00Z"),
    }
}

/// Every step answered: a small enterprise with a holding, an EI, two commitments.
pub(crate) fn filled() -> Draft {
    Draft {
        company: CompanyStep {
            siret: "732 829 320 00074".into(),
            name: "Atelier des Calanques".into(),
            contact_name: "Anne Martin".into(),
            contact_role: "Gérante".into(),
            contact_email: "anne.martin@calanques.example".into(),
            contact_phone: "04 91 00 00 00".into(),
        },
        size: SizeStep {
            declare: "yes".into(),
            closing_date: "31/12/2025".into(),
            awu: "38,5".into(),
            turnover_eur: "2 450 000".into(),
            balance_eur: "1 100 000".into(),
            previous_category: "small".into(),
            group: "yes".into(),
            rows: vec![GroupRow {
                code: "e1".into(),
                name: "Calanques Participations".into(),
                kind: "enterprise".into(),
                direction: "holder".into(),
                capital_pct: "60".into(),
                voting_pct: "60".into(),
                awu: "4".into(),
                turnover_eur: "600 000".into(),
                balance_eur: "900 000".into(),
                ..GroupRow::default()
            }],
            ..SizeStep::default()
        },
        solidarity: SolidarityStep {
            declare: "yes".into(),
            rows: vec![StatusRow {
                kind: "EI".into(),
                reference: "EI013230042A0M1".into(),
                authority: "DDETS des Bouches-du-Rhône".into(),
                valid_from: "01/01/2026".into(),
                valid_to: "31/12/2026".into(),
                state: "VALIDE".into(),
                ..StatusRow::default()
            }],
        },
        insertion: InsertionStep {
            declare: "yes".into(),
            rows: vec![
                CommitmentRow {
                    modality: "embauche_directe".into(),
                    contract_ref: "2026-TRX-014".into(),
                    unit: "labour_share".into(),
                    rate: "5".into(),
                    reference_hours: "16 666,67".into(),
                    persons: "3".into(),
                    publics: vec!["deld".into(), "qpv".into()],
                    start: "01/04/2026".into(),
                    end: "31/03/2027".into(),
                    ..CommitmentRow::default()
                },
                CommitmentRow {
                    modality: "sous_traitance".into(),
                    unit: "hours".into(),
                    hours: "420".into(),
                    structure_siret: "356 000 000 00048".into(),
                    structure_kind: "ESAT".into(),
                    publics: vec!["structure_handicap".into()],
                    start: "01/04/2026".into(),
                    end: "31/12/2026".into(),
                    description: "Entretien des espaces verts du chantier.".into(),
                    ..CommitmentRow::default()
                },
            ],
        },
        pledges: PledgeStep::default(),
        statement: StatementStep {
            signer_name: "Anne Martin".into(),
            signer_quality: "Gérante".into(),
            capacity: "legal_representative".into(),
            accepted: String::new(),
        },
        contests: vec![],
        prefilled: vec![],
    }
}

/// What the register and the account fill in.
pub(crate) fn fresh() -> Draft {
    Draft {
        company: CompanyStep {
            siret: "73282932000074".into(),
            name: "Atelier des Calanques".into(),
            contact_email: "anne.martin@calanques.example".into(),
            ..CompanyStep::default()
        },
        ..Draft::default()
    }
}

fn allowed(status: Status) -> Vec<CommandKind> {
    use CommandKind::{Discard, Save, Submit, TakeBack, Withdraw};
    match status {
        Status::Draft => vec![Save, Submit, Discard],
        Status::Submitted => vec![TakeBack, Withdraw],
        Status::InReview => vec![Withdraw],
        Status::ChangesRequested => vec![Save, Submit, Withdraw],
        _ => vec![],
    }
}

fn sequels(status: Status) -> Vec<Sequel> {
    match status {
        Status::Submitted | Status::InReview | Status::ChangesRequested => vec![Sequel::Redo],
        Status::Validated | Status::PartlyValidated => vec![Sequel::Renew, Sequel::Amend],
        Status::Refused | Status::Withdrawn => vec![Sequel::Amend],
        Status::Draft => vec![],
    }
}

/// The declaration as its desk shows it.
pub(crate) fn view(status: Status, draft: Draft) -> DeclarationView {
    let registry = RegistryState::Known(Box::new(facts()));
    let mut errors = draft.errors(&context(), today());
    errors.extend(
        Step::errors(&draft.statement, today())
            .into_iter()
            .map(|error| (StepCode::Statement, error)),
    );
    let sent = filled().parse(&context(), today()).unwrap();
    let verdict = |rank: usize| match (status, rank) {
        (Status::ChangesRequested, 1) => Verdict::ToFix(
            "Le numéro d’annexe financière est celui de 2025 :\nindiquez celui de 2026."
                .replace(" :", "\u{a0}:"),
        ),
        (Status::PartlyValidated, 2) | (Status::Refused, _) => {
            Verdict::Refused("Le marché 2026-TRX-014 ne prévoit pas de clause sociale.".into())
        }
        (Status::ChangesRequested | Status::Validated | Status::PartlyValidated, _) => {
            Verdict::Accepted
        }
        _ => Verdict::Pending,
    };
    let was_sent = !matches!(status, Status::Draft);
    DeclarationView {
        sent_by: vec![],
        documents: vec![],
        document_limits: domain::documents::DocumentLimits::default(),
        listed: domain::lists::Listed::default(),
        today: today(),
        id: id(1),
        reference: "D-2026-00012".into(),
        siren: siren(),
        company_name: "Atelier des Calanques".into(),
        status,
        version: 7,
        warnings: draft.warnings(&registry),
        preview: draft.parse(&context(), today()).ok(),
        errors,
        allowed: allowed(status),
        sequels: sequels(status),
        claims: if was_sent {
            sent.claims
                .into_iter()
                .enumerate()
                .map(|(rank, claim)| ClaimVerdict {
                    claim,
                    verdict: verdict(rank),
                })
                .collect()
        } else {
            vec![]
        },
        revision: was_sent.then_some(1),
        saved_at: at("2026-03-03T13:05:00Z"),
        timeline: history(status),
        qualifications: if matches!(status, Status::Validated | Status::PartlyValidated) {
            qualifications()
        } else {
            vec![]
        },
        registry,
        draft,
    }
}

fn history(status: Status) -> Vec<TimelineEntry> {
    let entry = |at_: &str, act, actor: &str, revision| TimelineEntry {
        at: at(at_),
        act,
        actor_kind: actor.into(),
        revision,
        next: None,
    };
    let mut all = vec![entry("2026-03-01T08:00:00Z", Act::Opened, "supplier", None)];
    if status != Status::Draft {
        all.push(entry(
            "2026-03-03T13:06:00Z",
            Act::Submitted,
            "supplier",
            Some(1),
        ));
    }
    let decided = match status {
        Status::InReview => Some(Act::ReviewStarted),
        Status::ChangesRequested => Some(Act::ChangesRequested),
        Status::Validated => Some(Act::Validated),
        Status::PartlyValidated => Some(Act::PartlyValidated),
        Status::Refused => Some(Act::Refused),
        _ => None,
    };
    all.extend(decided.map(|act| entry("2026-03-05T10:30:00Z", act, "reviewer", Some(1))));
    all.reverse();
    all
}

/// One in force, one about to expire, one withdrawn.
pub(crate) fn qualifications() -> Vec<QualificationLine> {
    let snapshot = filled().parse(&context(), today()).unwrap();
    let states = [
        (ValidityState::Valid, None),
        (ValidityState::Expiring, None),
        (
            ValidityState::Valid,
            Some((day("2026-02-01"), ClosureCause::Withdrawn)),
        ),
        (ValidityState::Pending, None),
    ];
    snapshot
        .claims
        .iter()
        .zip(states)
        .enumerate()
        .map(|(rank, (claim, (state, closed)))| QualificationLine {
            id: id(50 + rank as u128),
            siren: siren(),
            company_name: "Atelier des Calanques".into(),
            key: claim.key.clone(),
            validity: claim.validity(today()),
            state,
            ended: closed.is_some(),
            closed,
        })
        .collect()
}

pub(crate) fn qualification(rank: usize) -> QualificationView {
    let snapshot = filled().parse(&context(), today()).unwrap();
    let line = qualifications().remove(rank);
    QualificationView {
        closure_reason: line.closed.as_ref().map(|_| "Activité arrêtée.".into()),
        line,
        claim: snapshot.claims.get(rank).unwrap().clone(),
        declaration: id(1),
        revision: 1,
        decided_at: at("2026-03-05T10:30:00Z"),
        proposal: None,
        proposed_by_me: false,
        hours: None,
    }
}

pub(crate) fn receipt() -> ReceiptView {
    let snapshot = filled().parse(&context(), today()).unwrap();
    ReceiptView {
        names: std::sync::Arc::default(),
        id: id(1),
        reference: "D-2026-00012".into(),
        company_name: "Atelier des Calanques".into(),
        hash: snapshot.hash(),
        snapshot,
        revision: 1,
        statement: SignedStatement {
            text_version: STATEMENT_VERSION.into(),
            signer_name: "Anne Martin".into(),
            signer_quality: "Gérante".into(),
            capacity: "legal_representative".into(),
            accepted: true,
            account: id(100),
            signed_at: at("2026-03-03T13:06:00Z"),
            ip: None,
        },
        received_at: at("2026-03-03T13:06:00Z"),
        status: Status::Submitted,
    }
}

pub(crate) fn workspace() -> Workspace {
    let line = |number, reference: &str, status, changed: &str| DeclarationLine {
        id: id(number),
        reference: reference.into(),
        status,
        changed_at: at(changed),
    };
    Workspace {
        companies: vec![WorkspaceCompany {
            hours_due: vec![HoursDue {
                qualification: id(50),
                key: qualifications().remove(0).key,
                quarters: vec![Quarter::parse("2025-Q4").unwrap()],
            }],
            siren: siren(),
            name: "Atelier des Calanques".into(),
            role: MemberRole::Manager,
            organisation: None,
            unconfirmed: false,
            published: true,
            declarations: vec![
                line(1, "D-2026-00012", Status::Draft, "2026-03-03T13:05:00Z"),
                line(
                    3,
                    "D-2025-00231",
                    Status::PartlyValidated,
                    "2025-03-12T09:00:00Z",
                ),
                line(4, "D-2024-00107", Status::Withdrawn, "2024-05-02T09:00:00Z"),
            ],
            qualifications: qualifications(),
        }],
        pending: vec![Siren::parse("356000000").unwrap()],
        invitations: vec![InvitedTo {
            id: id(60),
            company_name: "Les <Éclaireurs>".into(),
            until: at("2026-04-02T13:05:00Z").date_naive(),
        }],
        prepared: vec![InvitedTo {
            id: id(61),
            company_name: "Les <Jardins>".into(),
            until: at("2026-04-02T13:05:00Z").date_naive(),
        }],
    }
}

pub(crate) fn hits() -> Vec<CompanyHit> {
    vec![
        CompanyHit {
            siren: siren(),
            siret: Some(Siret::parse("73282932000074").unwrap()),
            name: "Atelier des Calanques".into(),
            address: Some("12 traverse des Fabres, 13013 Marseille".into()),
            active: true,
            doubt: None,
            head_office: None,
        },
        CompanyHit {
            siren: Siren::parse("356000000").unwrap(),
            siret: None,
            name: "Atelier du Vallon".into(),
            address: Some("4 rue du Vallon, 13001 Marseille".into()),
            active: false,
            doubt: None,
            head_office: None,
        },
    ]
}
