//! Step 4: the insertion commitments, one row each.

use chrono::NaiveDate;
use validator::Validate;

use super::step::{found, path};
use super::{Answers, Choice, FieldError, Rule, Step, StepCode, Widget, lines, rules};
use crate::claims::Kind;
use crate::decimal::{Hundredths, Percent};
use crate::identifiers::Siret;
use crate::insertion::{
    self, Basis, CONTRACT_TYPES, ContractType, ETP_BASES, LEGAL_YEAR_HOURS, Modality, PUBLICS,
    Public,
};
use crate::text::{Text, text};

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

/// What a full-time equivalent is counted on unless the clause says otherwise.
const LEGAL_YEAR: Text = text(
    "1 607 h par an (durée légale du travail ; AI)",
    "1,607 h a year (legal working time; intermediary associations)",
);

/// What a full-time equivalent may be counted on instead of the legal year.
pub const OTHER_BASES: &[Choice] = &[
    Choice::new(
        "1505",
        text(
            "1 505 h par an (entreprises d’insertion)",
            "1,505 h a year (work-integration enterprises)",
        ),
    ),
    Choice::new(
        "1600",
        text(
            "1 600 h par an (ETTI)",
            "1,600 h a year (temporary-work integration enterprises)",
        ),
    ),
    Choice::new(
        "1820",
        text(
            "1 820 h par an (heures payées : 35 h × 52 semaines ; ACI)",
            "1,820 h a year (paid hours: 35 h × 52 weeks; integration workshops)",
        ),
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
        clause_hours: rules::line, Widget::YesNo,
            text(
                "La clause du marché prévoit-elle un volume d’heures ?",
                "Does the clause of the contract ask for a volume of hours?",
            ),
            hint = text(
                "Sinon, aucune heure n’est promise ni relevée.",
                "Otherwise no hours are promised nor stated.",
            );
        training: rules::long, Widget::Long,
            text("Actions de formation ou de tutorat", "Training or mentoring"),
            hint = text(
                "Qui forme ou accompagne, sur quoi, à quel rythme.",
                "Who trains or mentors, on what, how often.",
            );
        unit: rules::required, Widget::Choice(UNITS), text("Unité", "Unit");
        hours: rules::decimal, Widget::Decimal(text("h", "h")), text("Nombre d’heures", "Number of hours");
        rate: rules::percent, Widget::Decimal(text("%", "%")),
            text("Part des heures de travail", "Share of the labour hours");
        reference_hours: rules::decimal, Widget::Decimal(text("h", "h")),
            text("Heures de travail du marché", "Labour hours of the contract");
        etp: rules::decimal, Widget::Decimal(text("ETP", "FTE")),
            text("Nombre d’équivalents temps plein", "Number of full-time equivalents");
        etp_base: rules::line, Widget::Unless(LEGAL_YEAR, OTHER_BASES),
            text("Base d’un équivalent temps plein", "Base of a full-time equivalent"),
            hint = text(
                "Celle de la clause : le volume est le nombre d’équivalents multiplié par cette base.",
                "That of the clause: the volume is the number of equivalents times this base.",
            );
        persons: rules::whole, Widget::Whole, text("Nombre de personnes", "Number of persons");
        structure_siret: rules::siret, Widget::Siret,
            text("SIRET de la structure inclusive", "SIRET of the inclusion structure");
        structure_kind: rules::line, Widget::Choice(STRUCTURES), text("Type de structure", "Kind of structure");
        structure_amount: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Montant confié à la structure, hors taxes", "Amount given to the structure, excluding tax"),
            optional = true;
        structure_share: rules::percent, Widget::Decimal(text("%", "%")),
            text("Part de la structure dans le groupement", "Share of the structure in the group"), optional = true;
        start: rules::required_date, Widget::Date, text("Début de l’engagement", "Start of the commitment");
        end: rules::required_date, Widget::Date, text("Fin de l’engagement (incluse)", "End of the commitment (inclusive)");
        contract_end: rules::date, Widget::Date, text("Fin du marché", "End of the contract"), optional = true;
        contract_amount: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Montant du marché, hors taxes", "Amount of the contract, excluding tax"), optional = true;
        labour_pct: rules::percent, Widget::Decimal(text("%", "%")),
            text("Part de main-d’œuvre dans ce montant", "Share of labour in this amount"), optional = true;
        description: rules::long, Widget::Long, text("Précisions", "Details"), optional = true;
    }
    list contract_types: Widget::Many(CONTRACT_TYPES), text("Types de contrat de travail", "Types of work contract"),
            optional = true;
    list publics: Widget::Many(PUBLICS), text("Publics concernés", "People concerned"),
            hint = text(
                "Par catégorie seulement : ne nommez personne.",
                "By category only: name nobody.",
            );
    shown |this, asked| {
        let modality = Modality::from_code(&this.modality);
        let training = modality.is_some_and(Modality::may_have_no_hours);
        let counted = this.counts_hours();
        match asked {
            "clause_hours" | "training" => training,
            "unit" | "contract_amount" | "labour_pct" => counted,
            "hours" => counted && (this.unit.is_empty() || this.unit == "hours"),
            "rate" | "reference_hours" => counted && this.unit == "labour_share",
            "etp" | "etp_base" => counted && this.unit == "etp",
            "contract_types" => modality == Some(Modality::EmbaucheDirecte),
            "structure_amount" => modality == Some(Modality::SousTraitance),
            "structure_share" => modality == Some(Modality::CoTraitance),
            // What was written there before training had a question of its own is not lost.
            "description" => !training || !this.description.trim().is_empty(),
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
                "Working hours given to people who are far from employment.",
            );
    }
    rows rows: CommitmentRow;
}

impl CommitmentRow {
    /// Whether hours are promised at all. Before it was asked, training always had some: they stay until it is answered.
    fn counts_hours(&self) -> bool {
        let training = Modality::from_code(&self.modality).is_some_and(Modality::may_have_no_hours);
        match self.clause_hours.as_str() {
            _ if !training => true,
            "yes" => true,
            "no" => false,
            _ => !self.unit.trim().is_empty(),
        }
    }

    /// How the volume is expressed; `None` while an answer is missing or wrong.
    pub(super) fn basis(&self) -> Option<Basis> {
        if !self.counts_hours() {
            return Some(Basis::NoHours);
        }
        Some(match self.unit.as_str() {
            "hours" => Basis::Hours,
            "labour_share" => Basis::LabourShare {
                rate: rules::parse_percent(&self.rate)?,
                reference_hours: rules::parse_decimal(&self.reference_hours)?,
            },
            "etp" => Basis::Etp {
                etp: rules::parse_decimal(&self.etp)?,
            },
            _ => return None,
        })
    }

    /// The hours of one full-time equivalent a year; `None` for what is no base.
    pub(super) fn base(&self) -> Option<u32> {
        if self.unit != "etp" || self.etp_base.trim().is_empty() {
            return Some(LEGAL_YEAR_HOURS);
        }
        rules::parse_whole(&self.etp_base).filter(|base| ETP_BASES.contains(base))
    }

    /// The volume in hours, whatever the unit; `None` while an answer is missing or wrong, and where no hours are promised.
    pub fn hours_total(&self) -> Option<Hundredths> {
        match self.basis()? {
            Basis::Hours => rules::parse_decimal(&self.hours),
            Basis::LabourShare {
                rate,
                reference_hours,
            } => insertion::hours_from_rate(rate, reference_hours),
            Basis::Etp { etp } => Some(insertion::hours_from_etp(etp, self.base()?)),
            Basis::NoHours => None,
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
        lines::errors(self, &self.rows, "modality", row_errors, |one, other| {
            one.key() == other.key()
        })
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
    if !matches!(row.clause_hours.as_str(), "yes" | "no") {
        wrong("clause_hours", Rule::ChooseOne);
    }
    if row.base().is_none() {
        wrong("etp_base", Rule::Choice);
    }
    if row
        .contract_types
        .iter()
        .any(|code| ContractType::parse(code).is_none())
    {
        wrong("contract_types", Rule::Choice);
    }
    for name in ["hours", "rate", "reference_hours", "etp", "training"] {
        if row.answer(name).trim().is_empty() && !(name == "hours" && row.unit.is_empty()) {
            wrong(name, Rule::Required);
        }
    }
    for name in ["rate", "structure_share"] {
        if rules::parse_percent(&row.answer(name)) == Some(Percent::ZERO) {
            wrong(name, Rule::RateBounds);
        }
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
