//! What the companies of the demonstration register declare. All of it is fictional.

use app::desk::StepAnswers;
use chrono::{Datelike, NaiveDate};
use domain::claims::{AgreementState, Kind};
use domain::form::{
    CommitmentRow, CompanyStep, InsertionStep, SizeStep, SolidarityStep, StatementStep, StatusRow,
};

use super::Reach;

/// One declaration.
pub(crate) struct Example {
    pub(crate) siret: &'static str,
    name: &'static str,
    /// The person who declares; `None` for the demonstration supplier.
    pub(crate) email: Option<&'static str>,
    staff: &'static str,
    turnover: &'static str,
    /// Kind and reference of a status.
    status: Option<(&'static str, &'static str)>,
    /// Hours promised.
    hours: Option<&'static str>,
    pub(crate) reach: Reach,
}

pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        siret: "91000005800016",
        name: "DÉMO INSERTION PROPRETÉ",
        email: None,
        staff: "62,5",
        turnover: "8 000 000",
        status: Some(("EI", "EI013240013A0M0")),
        hours: Some("1 500"),
        reach: Reach::SentBack,
    },
    Example {
        siret: "91000001700012",
        name: "ASSOCIATION DÉMO LES JARDINS DU LARGUE",
        email: Some("jardins@demo.example"),
        staff: "24",
        turnover: "900 000",
        status: Some(("ACI", "ACI004230021A0M0")),
        hours: Some("3 200"),
        reach: Reach::Sent,
    },
    Example {
        siret: "91000002500015",
        name: "SCOP DÉMO BOIS ET CHARPENTE",
        email: Some("scop@demo.example"),
        staff: "31",
        turnover: "4 200 000",
        status: Some(("ESS_STATUS", "")),
        hours: Some("900"),
        reach: Reach::Validated,
    },
    Example {
        siret: "91000003300019",
        name: "DÉMO NUMÉRIQUE SAS",
        email: Some("numerique@demo.example"),
        staff: "14",
        turnover: "1 850 000",
        status: None,
        hours: Some("200"),
        reach: Reach::PartlyValidated,
    },
    Example {
        siret: "91000008200016",
        name: "DÉMO ADAPTÉE SERVICES",
        email: Some("adaptee@demo.example"),
        staff: "71",
        turnover: "5 100 000",
        status: Some(("EA", "CPOM PACA 2024-118")),
        hours: Some("12 000"),
        reach: Reach::InReview,
    },
    Example {
        siret: "91000009000019",
        name: "DÉMO RECYCLERIE SOLIDAIRE",
        email: Some("recyclerie@demo.example"),
        staff: "8",
        turnover: "610 000",
        status: Some(("ESUS", "2024-13-042")),
        hours: None,
        reach: Reach::Sent,
    },
    Example {
        siret: "91000013200019",
        name: "DÉMO INTÉRIM D’INSERTION",
        email: Some("interim@demo.example"),
        staff: "28",
        turnover: "2 900 000",
        status: Some(("ETTI", "ETTI013250007A0M0")),
        hours: Some("5 400"),
        reach: Reach::Draft,
    },
];

fn text(value: &str) -> String {
    value.to_owned()
}

/// The answers of each step, with dates around `today`.
pub(crate) fn steps(example: &Example, today: NaiveDate) -> Vec<StepAnswers> {
    let year = today.year();
    let on = |day: &str, years: i32| format!("{day}/{}", year + years);
    let commitment = |hours: &str| CommitmentRow {
        modality: text("embauche_directe"),
        contract_ref: format!("{}-003", year - 1),
        unit: text("hours"),
        hours: text(hours),
        persons: text("12"),
        start: on("01/07", -1),
        end: on("30/06", 1),
        contract_types: vec![text("cdi"), text("cdd")],
        publics: vec![text("qpv"), text("deld")],
        ..CommitmentRow::default()
    };
    let status = |(kind, reference): (&str, &str)| StatusRow {
        kind: text(kind),
        reference: text(reference),
        valid_from: on("01/02", -1),
        valid_to: on("31/01", 2),
        state: text(
            kind.parse::<Kind>()
                .ok()
                .filter(|kind| kind.is_siae())
                .map_or("", |_| AgreementState::Valide.code()),
        ),
        ..StatusRow::default()
    };
    vec![
        StepAnswers::Company(CompanyStep {
            siret: text(example.siret),
            name: text(example.name),
            contact_name: text("Camille Martin"),
            contact_role: text("Gérante"),
            contact_email: text(example.email.unwrap_or("contact@demo.example.fr")),
            contact_phone: String::new(),
        }),
        StepAnswers::Size(SizeStep {
            declare: text("yes"),
            closing_date: on("31/12", -1),
            awu: text(example.staff),
            turnover_eur: text(example.turnover),
            balance_eur: text("750 000"),
            group: text("no"),
            ..SizeStep::default()
        }),
        StepAnswers::Solidarity(SolidarityStep {
            declare: text(if example.status.is_some() {
                "yes"
            } else {
                "no"
            }),
            rows: example.status.into_iter().map(status).collect(),
        }),
        StepAnswers::Insertion(InsertionStep {
            declare: text(if example.hours.is_some() { "yes" } else { "no" }),
            rows: example.hours.into_iter().map(commitment).collect(),
        }),
    ]
}

pub(crate) fn statement() -> StatementStep {
    StatementStep {
        signer_name: text("Camille Martin"),
        signer_quality: text("Gérante"),
        capacity: text("legal_representative"),
        accepted: text("yes"),
    }
}
