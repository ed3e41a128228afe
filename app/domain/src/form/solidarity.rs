//! Step 3: the statuses and approvals, each with its evidence.

use chrono::NaiveDate;
use validator::Validate;

use super::step::{found, path};
use super::{Answers, FieldError, Offered, Rule, Step, StepCode, Widget, rules};
use crate::catalogue::Catalogue;
use crate::claims::{Kind, ReferenceRule, esus_end};
use crate::identifiers::{SiaeNumber, Siret};
use crate::text::text;

answers! {
    /// One status, with its evidence.
    StatusRow {
        kind: rules::required, Widget::Offered(Offered::Kinds), text("Statut ou agrément", "Status or approval");
        siret: rules::siret, Widget::Siret,
            text("SIRET de l’établissement concerné", "SIRET of the establishment concerned"),
            hint = text(
                "Seulement si le statut ne vaut que pour un établissement ; obligatoire pour un ESAT.",
                "Only if the status is that of one establishment; compulsory for an ESAT.",
            ), optional = true;
        reference: rules::line, Widget::Line, text("Référence de la pièce", "Reference of the evidence");
        authority: rules::line, Widget::Line, text("Autorité qui l’a délivrée", "Authority that issued it"), optional = true;
        applied_on: rules::date, Widget::Date,
            text("Date de la demande d’agrément", "Date of the application"), optional = true;
        valid_from: rules::date, Widget::Date, text("Valable du", "Valid from");
        valid_to: rules::date, Widget::Date, text("Au (inclus)", "To (included)"), optional = true;
    }
    list documents: Widget::Documents, text("Pièces jointes", "Documents"), optional = true;
    shown |this, asked| {
        let kind = this.kind.parse::<Kind>();
        let proved = kind.is_ok_and(|kind| kind.reference_rule() != ReferenceRule::None);
        match asked {
            "siret" => kind.is_ok_and(Kind::may_be_siret_scoped),
            "applied_on" => this.kind == Kind::Esus.code(),
            "reference" | "authority" | "valid_from" | "valid_to" | "documents" => proved,
            _ => true,
        }
    }
}

answers! {
    /// The solidarity statuses of the company.
    SolidarityStep {
        declare: rules::yes_no, Widget::YesNo,
            text(
                "Relevez-vous de l’économie sociale et solidaire, ou êtes-vous une structure inclusive ?",
                "Are you part of the social economy, or an inclusion structure?",
            );
    }
    rows rows: StatusRow;
}

/// A reference without the spaces that people put in it.
pub(super) fn compact(reference: &str) -> String {
    reference.chars().filter(|c| !c.is_whitespace()).collect()
}

impl StatusRow {
    /// What tells two statuses apart, as in the key of the claim: an answer that is not asked any more says nothing.
    fn key(&self) -> (&str, Option<Siret>) {
        let siret = self
            .kind
            .parse::<Kind>()
            .ok()
            .filter(|kind| kind.may_be_siret_scoped())
            .and_then(|_| Siret::parse(&self.siret).ok());
        (&self.kind, siret)
    }

    /// The last day of an ESUS approval, by its certificate or by the law; nothing for other kinds, whose end is typed.
    pub(super) fn approval_end(&self, created_on: Option<NaiveDate>) -> Option<NaiveDate> {
        if self.kind != Kind::Esus.code() {
            return None;
        }
        let from = rules::parse_date(&self.valid_from)?;
        let applied = rules::parse_date(&self.applied_on).unwrap_or(from);
        let certificate = rules::parse_date(&self.valid_to);
        esus_end(from, certificate, applied, created_on)
    }

    /// The same as text: by this a form about one line knows it again, should the lines have moved meanwhile.
    pub fn mark(&self) -> String {
        match self.key() {
            (kind, Some(siret)) => format!("{kind}@{}", siret.as_str()),
            (kind, None) => kind.to_owned(),
        }
    }
}

impl SolidarityStep {
    /// The approvals that are over, whether their end is typed or computed: nothing is left to accept.
    pub(super) fn approvals_over(
        &self,
        created_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Vec<FieldError> {
        if self.declare != "yes" {
            return Vec::new();
        }
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| {
                let end = row.approval_end(created_on).filter(|end| *end < today)?;
                Some(FieldError {
                    path: format!("rows[{index}][valid_to]"),
                    rule: Rule::ApprovalEnded(end),
                })
            })
            .collect()
    }

    /// The rows whose kind the catalogue does not offer any more.
    pub(super) fn not_offered(&self, catalogue: &Catalogue) -> Vec<FieldError> {
        if self.declare != "yes" {
            return Vec::new();
        }
        self.rows
            .iter()
            .enumerate()
            .filter(|(_, row)| {
                let kind = row.kind.parse::<Kind>();
                kind.is_ok_and(|kind| Kind::SOLIDARITY.contains(&kind) && !catalogue.offers(kind))
            })
            .map(|(index, _)| FieldError {
                path: format!("rows[{index}][kind]"),
                rule: Rule::NotOffered,
            })
            .collect()
    }
}

impl Step for SolidarityStep {
    const CODE: StepCode = StepCode::Solidarity;

    fn errors(&self, today: NaiveDate) -> Vec<FieldError> {
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
            errors.extend(row_errors(row, &format!("rows[{index}]"), today));
            let mut before = self.rows.iter().take(index);
            let repeated = before.any(|other| other.key() == row.key());
            if repeated && !row.kind.is_empty() {
                errors.push(FieldError {
                    path: format!("rows[{index}][kind]"),
                    rule: Rule::Duplicate,
                });
            }
        }
        errors
    }
}

fn row_errors(row: &StatusRow, prefix: &str, today: NaiveDate) -> Vec<FieldError> {
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
    let Ok(kind) = row.kind.parse::<Kind>() else {
        wrong(
            "kind",
            if row.kind.is_empty() {
                Rule::Required
            } else {
                Rule::Choice
            },
        );
        return errors;
    };
    let Some(rule) = kind
        .evidence_rule()
        .filter(|_| Kind::SOLIDARITY.contains(&kind))
    else {
        wrong("kind", Rule::Choice);
        return errors;
    };
    if kind.is_siret_scoped() && row.siret.trim().is_empty() {
        wrong("siret", Rule::Required);
    }
    let reference = row.reference.trim();
    match rule.reference {
        ReferenceRule::None => {}
        _ if reference.is_empty() => wrong("reference", Rule::Required),
        ReferenceRule::Text if reference.chars().count() > 60 => {
            wrong("reference", Rule::TooLong(60));
        }
        ReferenceRule::Text => {}
        ReferenceRule::SiaeNumber => match SiaeNumber::parse(reference) {
            Err(error) => wrong("reference", Rule::Identifier(error)),
            Ok(number) if !measure_is(&number, kind) => wrong("reference", Rule::SiaeMeasure),
            Ok(_) => {}
        },
        ReferenceRule::Finess => {
            let compact = compact(reference);
            if compact.len() != 9 || !compact.chars().all(|c| c.is_ascii_alphanumeric()) {
                wrong("reference", Rule::Finess);
            }
        }
    }
    if rule.start_required && row.valid_from.trim().is_empty() {
        wrong("valid_from", Rule::Required);
    }
    if rule.end_required && row.valid_to.trim().is_empty() {
        wrong("valid_to", Rule::Required);
    }
    let (from, to) = (
        rules::parse_date(&row.valid_from),
        rules::parse_date(&row.valid_to),
    );
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        wrong("valid_to", Rule::EndBeforeStart);
    }
    // Of an ESUS approval, a typed end is judged with the computed one.
    if kind != Kind::Esus && to.is_some_and(|to| to < today) {
        wrong("valid_to", Rule::AlreadyEnded);
    }
    errors
}

/// The measure at the head of the number is the acronym of the kind.
fn measure_is(number: &SiaeNumber, kind: Kind) -> bool {
    let measure: String = number
        .as_str()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    measure == kind.code()
}
