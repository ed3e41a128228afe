//! Step 4: the insertion commitments, one row each.

use chrono::NaiveDate;
use validator::Validate;

use super::step::{found, path};
use super::{Answers, Choice, FieldError, Rule, Step, StepCode, Widget, rules};
use crate::claims::Kind;
use crate::decimal::Hundredths;
use crate::identifiers::Siret;
use crate::insertion::{self, Modality, PUBLICS, Public};
use crate::text::text;

const fn modality(modality: Modality) -> Choice {
    Choice::new(modality.code(), modality.label())
}

pub const MODALITIES: &[Choice] = &[
    modality(Modality::EmbaucheDirecte),
    modality(Modality::MiseADisposition),
    modality(Modality::SousTraitance),
    modality(Modality::CoTraitance),
    modality(Modality::FormationTutorat),
];

pub const UNITS: &[Choice] = &[
    Choice::new("hours", text("Heures", "Hours")),
    Choice::new(
        "labour_share",
        text(
            "Part des heures de travail du marché",
            "Share of the labour hours of the contract",
        ),
    ),
    Choice::new(
        "etp",
        text("Équivalents temps plein", "Full-time equivalents"),
    ),
];

const fn structure(kind: Kind) -> Choice {
    Choice::new(kind.code(), kind.label())
}

pub const STRUCTURES: &[Choice] = &[
    structure(Kind::Ei),
    structure(Kind::Etti),
    structure(Kind::Ai),
    structure(Kind::Aci),
    structure(Kind::Eiti),
    structure(Kind::Ea),
    structure(Kind::Eatt),
    structure(Kind::Esat),
    structure(Kind::Geiq),
];

answers! {
    /// One commitment.
    CommitmentRow {
        modality: rules::required, Widget::Choice(MODALITIES), text("Modalité", "Modality");
        contract_ref: rules::line, Widget::Line,
            text("Référence du marché", "Reference of the contract"),
            hint = text("Laissez vide pour un engagement général.", "Leave empty for a general commitment."), optional = true;
        unit: rules::required, Widget::Choice(UNITS), text("Unité", "Unit");
        hours: rules::decimal, Widget::Decimal(text("h", "h")), text("Nombre d’heures", "Number of hours");
        rate: rules::percent, Widget::Decimal(text("%", "%")),
            text("Part des heures de travail", "Share of the labour hours");
        reference_hours: rules::decimal, Widget::Decimal(text("h", "h")),
            text("Heures de travail du marché", "Labour hours of the contract");
        etp: rules::decimal, Widget::Decimal(text("ETP", "FTE")),
            text("Équivalents temps plein", "Full-time equivalents"),
            hint = text("Sur une base de 1 607 heures par an.", "On a base of 1,607 hours a year.");
        persons: rules::whole, Widget::Whole, text("Nombre de personnes", "Number of persons");
        structure_siret: rules::siret, Widget::Siret,
            text("SIRET de la structure inclusive", "SIRET of the inclusion structure");
        structure_kind: rules::line, Widget::Choice(STRUCTURES), text("Type de structure", "Kind of structure");
        start: rules::required_date, Widget::Date, text("Du", "From");
        end: rules::required_date, Widget::Date, text("Au (inclus)", "To (included)");
        contract_end: rules::date, Widget::Date, text("Fin du marché", "End of the contract"), optional = true;
        contract_amount: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Montant du marché, hors taxes", "Amount of the contract, excluding tax"), optional = true;
        labour_pct: rules::percent, Widget::Decimal(text("%", "%")),
            text("Part de main-d’œuvre dans ce montant", "Share of labour in this amount"), optional = true;
        description: rules::long, Widget::Long, text("Précisions", "Details"), optional = true;
    }
    list publics: Widget::Many(PUBLICS), text("Publics concernés", "Publics concerned"),
            hint = text(
                "Par catégorie seulement : ne nommez personne.",
                "By category only: name nobody.",
            );
    shown |this, asked| {
        let modality = Modality::from_code(&this.modality);
        match asked {
            "hours" => this.unit.is_empty() || this.unit == "hours",
            "rate" | "reference_hours" => this.unit == "labour_share",
            "etp" => this.unit == "etp",
            "persons" => modality.is_none_or(Modality::needs_persons),
            "structure_siret" | "structure_kind" => modality.is_some_and(Modality::needs_structure),
            _ => true,
        }
    }
}

answers! {
    /// The insertion commitments of the company.
    InsertionStep {
        declare: rules::yes_no, Widget::YesNo,
            text("Prenez-vous des engagements d’insertion ?", "Do you make insertion commitments?"),
            hint = text(
                "Heures de travail confiées à des personnes éloignées de l’emploi.",
                "Hours of work given to people far from employment.",
            );
    }
    rows rows: CommitmentRow;
}

impl CommitmentRow {
    /// The volume in hours, whatever the unit; `None` while an answer is missing or wrong.
    pub fn hours_total(&self) -> Option<Hundredths> {
        match self.unit.as_str() {
            "hours" => rules::parse_decimal(&self.hours),
            "labour_share" => insertion::hours_from_rate(
                rules::parse_percent(&self.rate)?,
                rules::parse_decimal(&self.reference_hours)?,
            ),
            "etp" => Some(insertion::hours_from_etp(
                rules::parse_decimal(&self.etp)?,
                insertion::LEGAL_YEAR_HOURS,
            )),
            _ => None,
        }
    }

    /// The structure, when the modality asks for one.
    pub(super) fn structure(&self) -> Option<Siret> {
        Modality::from_code(&self.modality)
            .filter(|modality| modality.needs_structure())
            .and_then(|_| Siret::parse(&self.structure_siret).ok())
    }

    /// What tells two commitments apart, as in the key of the claim: an answer that is not asked any more says nothing.
    fn key(&self) -> (String, Option<Siret>, Option<String>) {
        (
            self.modality.clone(),
            self.structure(),
            insertion::normalize_contract(&self.contract_ref),
        )
    }
}

impl Step for InsertionStep {
    const CODE: StepCode = StepCode::Insertion;

    fn errors(&self, _today: NaiveDate) -> Vec<FieldError> {
        let mut errors = self
            .validate()
            .err()
            .map_or_else(Vec::new, |errors| found("", &errors, self));
        if self.declare != "yes" {
            return errors;
        }
        if self.rows.is_empty() {
            errors.push(FieldError {
                path: "rows".into(),
                rule: Rule::NeedRow,
            });
        }
        for (index, row) in self.rows.iter().enumerate() {
            errors.extend(row_errors(row, &format!("rows[{index}]")));
            if !row.modality.is_empty()
                && self
                    .rows
                    .iter()
                    .take(index)
                    .any(|other| other.key() == row.key())
            {
                errors.push(FieldError {
                    path: format!("rows[{index}][modality]"),
                    rule: Rule::Duplicate,
                });
            }
        }
        errors
    }
}

fn row_errors(row: &CommitmentRow, prefix: &str) -> Vec<FieldError> {
    let mut errors = row
        .validate()
        .err()
        .map_or_else(Vec::new, |errors| found(prefix, &errors, row));
    let mut wrong = |name: &str, rule: Rule| {
        let path = path(prefix, name);
        if row.shown(name) && !errors.iter().any(|error| error.path == path) {
            errors.push(FieldError { path, rule });
        }
    };
    let modality = Modality::from_code(&row.modality);
    if modality.is_none() && !row.modality.is_empty() {
        wrong("modality", Rule::Choice);
    }
    if !row.unit.is_empty() && Choice::label_of(UNITS, &row.unit).is_none() {
        wrong("unit", Rule::Choice);
    }
    for name in ["hours", "rate", "reference_hours", "etp"] {
        if row.answer(name).trim().is_empty() && !(name == "hours" && row.unit.is_empty()) {
            wrong(name, Rule::Required);
        }
    }
    if let Some(rate) = rules::parse_percent(&row.rate)
        && rate == crate::decimal::Percent::ZERO
    {
        wrong("rate", Rule::RateBounds);
    }
    let hours = row.hours_total();
    if hours.is_some_and(|hours| !insertion::check_hours(hours)) {
        let name = if row.unit == "labour_share" {
            "rate"
        } else {
            row.unit.as_str()
        };
        wrong(name, Rule::HoursBounds);
    }
    let persons = rules::parse_whole(&row.persons);
    if modality.is_some_and(Modality::needs_persons) && persons.is_none_or(|persons| persons == 0) {
        wrong("persons", Rule::PersonsMissing);
    }
    if let Some(modality) = modality.filter(|modality| modality.needs_structure()) {
        if row.structure_siret.trim().is_empty() {
            wrong("structure_siret", Rule::Required);
        }
        match row.structure_kind.parse::<Kind>() {
            Ok(kind) if modality.accepts(kind) => {}
            Ok(_) => wrong("structure_kind", Rule::Choice),
            Err(_) => wrong("structure_kind", Rule::Required),
        }
    }
    if row.publics.iter().all(|code| Public::parse(code).is_none()) {
        wrong("publics", Rule::AtLeastOnePublic);
    } else if row.publics.iter().any(|code| Public::parse(code).is_none()) {
        wrong("publics", Rule::Choice);
    }
    if let (Some(start), Some(end)) = (rules::parse_date(&row.start), rules::parse_date(&row.end)) {
        if end < start {
            wrong("end", Rule::EndBeforeStart);
        } else if rules::parse_date(&row.contract_end).is_some_and(|over| end > over) {
            wrong("end", Rule::AfterContract);
        } else if let (Some(hours), Some(persons)) = (hours, persons.filter(|persons| *persons > 0))
            && row.shown("persons")
            && !insertion::hours_fit_persons(
                hours,
                persons,
                start,
                end,
                insertion::HOURS_PER_PERSON_YEAR,
            )
        {
            wrong("persons", Rule::HoursPerPerson);
        }
    }
    errors
}
