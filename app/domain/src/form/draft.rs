//! The answers of a declaration as typed: anything may be saved, only what parses may be sent.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    CompanyStep, Contact, FieldError, InsertionStep, Place, PledgeStep, Rule, SizeStep, Snapshot,
    SolidarityStep, StatementStep, StatusRow, Step, StepCode, parse, rules,
};
use crate::catalogue::{Catalogue, Profile};
use crate::claims::{Kind, Proved};
use crate::documents::{KnownDocument, Scan};
use crate::identifiers::{Siren, Siret};
use crate::known::{Contest, Fact};
use crate::links::Prefilled;

/// The version of the questions, stored with each draft and each snapshot. 3: the group is a tree, with figures of several periods.
/// 4: documents prove every claim, not only statuses.
/// Agreements have a state, conditions of the law are ticked, what is proved needs no reference.
/// Each modality of insertion has its own questions, training may have no hours, and full-time equivalents a base.
pub const FORM_VERSION: u32 = 4;

/// Every answer, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub company: CompanyStep,
    pub size: SizeStep,
    pub solidarity: SolidarityStep,
    pub insertion: InsertionStep,
    pub pledges: PledgeStep,
    pub statement: StatementStep,
    /// What the registers say, and the supplier does not agree with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contests: Vec<Contest>,
    /// The answers that somebody else proposed, until the supplier changes or confirms them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefilled: Vec<Prefilled>,
}

/// What the portal knows of the company apart from the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyContext {
    pub siren: Siren,
    /// Creation date in the register, for the length of an ESUS approval.
    pub created_on: Option<NaiveDate>,
    /// What the form offers today.
    pub catalogue: Arc<Catalogue>,
    /// The documents of the company that the answers name; a name that is not here is nobody's.
    pub documents: Vec<KnownDocument>,
    /// The statuses that a register or a list proves today.
    pub proved: Vec<Proved>,
}

impl CompanyContext {
    pub(crate) fn document(&self, id: &str) -> Option<&KnownDocument> {
        let id = Uuid::parse_str(id).ok()?;
        self.documents.iter().find(|known| known.id == id)
    }
}

impl Draft {
    /// What must be corrected in one step.
    pub fn step_errors(
        &self,
        step: StepCode,
        context: &CompanyContext,
        today: NaiveDate,
    ) -> Vec<FieldError> {
        match step {
            StepCode::Company => {
                let mut errors = self.company.errors(today);
                if self.company.siret.trim().is_empty() {
                    errors.insert(
                        0,
                        FieldError {
                            path: "siret".into(),
                            rule: Rule::Required,
                        },
                    );
                }
                errors.extend(foreign("siret", &self.company.siret, context));
                errors.extend(self.contests.iter().filter_map(|contest| {
                    let rule = documents(&contest.answers.documents, context, today)?;
                    let path = contest_path(contest.fact);
                    Some(FieldError { path, rule })
                }));
                errors
            }
            StepCode::Size => {
                let mut errors = self.size.errors(today);
                let asked = self.size.declare == "yes";
                errors.extend(
                    asked
                        .then(|| self.at_fault(Place::Size, context, today))
                        .flatten(),
                );
                errors
            }
            StepCode::Solidarity => {
                let proof = |row: &StatusRow| self.proof_of(row, context);
                let mut errors = self.solidarity.errors_beside(today, proof);
                let told: Vec<String> = errors.iter().map(|error| error.path.clone()).collect();
                for (index, row) in self.solidarity.rows.iter().enumerate() {
                    if super::Answers::shown(row, "siret") && self.solidarity.declare == "yes" {
                        errors.extend(foreign(
                            &format!("rows[{index}][siret]"),
                            &row.siret,
                            context,
                        ));
                    }
                    if super::Answers::shown(row, "documents") && self.solidarity.declare == "yes" {
                        errors.extend(self.at_fault(Place::Line(index), context, today));
                    }
                }
                let over = self
                    .solidarity
                    .approvals_over(context.created_on, today, proof);
                errors.extend(over.into_iter().filter(|over| !told.contains(&over.path)));
                errors.extend(self.solidarity.not_offered(&context.catalogue));
                errors
            }
            StepCode::Insertion => self.insertion.errors(today),
            StepCode::Pledges => {
                let mut errors = self.pledges.errors(today);
                for (index, row) in self.pledges.rows.iter().enumerate() {
                    if super::Answers::shown(row, "documents") && self.pledges.declare == "yes" {
                        errors.extend(self.at_fault(Place::Pledge(index), context, today));
                    }
                }
                errors.extend(self.pledges.not_offered(&context.catalogue));
                errors
            }
            StepCode::Statement => self.statement.errors(today),
        }
    }

    /// What is wrong with the documents of a place.
    fn at_fault(
        &self,
        place: Place,
        context: &CompanyContext,
        today: NaiveDate,
    ) -> Option<FieldError> {
        let rule = documents(self.at(place)?.1, context, today)?;
        let path = place.path();
        Some(FieldError { path, rule })
    }

    /// What must be corrected before the statement can be signed, step by step.
    pub fn errors(
        &self,
        context: &CompanyContext,
        today: NaiveDate,
    ) -> Vec<(StepCode, FieldError)> {
        [
            StepCode::Company,
            StepCode::Size,
            StepCode::Solidarity,
            StepCode::Insertion,
            StepCode::Pledges,
        ]
        .into_iter()
        .flat_map(|step| {
            self.step_errors(step, context, today)
                .into_iter()
                .map(move |error| (step, error))
        })
        .collect()
    }

    /// Parses the answers into what the supplier signs.
    pub fn parse(
        &self,
        context: &CompanyContext,
        today: NaiveDate,
    ) -> Result<Snapshot, Vec<(StepCode, FieldError)>> {
        let errors = self.errors(context, today);
        if !errors.is_empty() {
            return Err(errors);
        }
        let unknown = || {
            vec![(
                StepCode::Company,
                FieldError {
                    path: "siret".into(),
                    rule: Rule::Unknown,
                },
            )]
        };
        let company = &self.company;
        Ok(Snapshot {
            form_version: FORM_VERSION,
            catalogue: context.catalogue.version,
            siren: context.siren.clone(),
            siret: Siret::parse(&company.siret).map_err(|_| unknown())?,
            name: company.name.trim().to_owned(),
            contact: Contact {
                name: company.contact_name.trim().to_owned(),
                role: company.contact_role.trim().to_owned(),
                email: company.contact_email.trim().to_owned(),
                phone: Some(company.contact_phone.trim().to_owned())
                    .filter(|phone| !phone.is_empty()),
            },
            claims: parse::claims(self, context).ok_or_else(unknown)?,
            contests: self
                .contests
                .iter()
                .map(|contest| contest.signed(context))
                .collect(),
        })
    }

    /// What is known of the supplier that decides which pledges are shown: its declared staff, its trades.
    pub fn profile(&self) -> Profile {
        let declared = (self.size.declare == "yes").then(|| rules::parse_decimal(&self.size.awu));
        Profile {
            staff: declared
                .flatten()
                .and_then(|awu| u32::try_from(awu.hundredths() / 100).ok()),
            families: self.pledges.families.clone(),
        }
    }

    /// The documents that the answers name.
    pub fn documents(&self) -> Vec<Uuid> {
        let statuses = self.solidarity.rows.iter().map(|row| &row.documents);
        let pledges = self.pledges.rows.iter().map(|row| &row.documents);
        let contests = self.contests.iter();
        std::iter::once(&self.size.documents)
            .chain(statuses)
            .chain(pledges)
            .chain(contests.map(|contest| &contest.answers.documents))
            .flatten()
            .filter_map(|id| Uuid::parse_str(id).ok())
            .collect()
    }

    /// What proves a line today; nothing where the supplier contests it.
    pub(crate) fn proof_of<'p>(
        &self,
        row: &StatusRow,
        context: &'p CompanyContext,
    ) -> Option<&'p Proved> {
        let kind = row.kind.parse::<Kind>().ok()?;
        let contested = self.contest(Fact::Status(kind)).is_some()
            || (kind == Kind::EssCompany && self.contest(Fact::Ess).is_some());
        let mut proved = context.proved.iter().filter(|_| !contested);
        proved.find(|proved| row.is_proved_by(proved))
    }

    /// What the supplier says instead of a fact.
    pub fn contest(&self, fact: Fact) -> Option<&Contest> {
        self.contests.iter().find(|contest| contest.fact == fact)
    }

    /// Whether a step was ever answered.
    pub fn started(&self, step: StepCode) -> bool {
        match step {
            StepCode::Company => self.company != CompanyStep::default(),
            StepCode::Size => self.size != SizeStep::default(),
            StepCode::Solidarity => self.solidarity != SolidarityStep::default(),
            StepCode::Insertion => self.insertion != InsertionStep::default(),
            StepCode::Pledges => self.pledges != PledgeStep::default(),
            StepCode::Statement => self.statement != StatementStep::default(),
        }
    }

    /// The first step that still has something to correct.
    pub fn next_incomplete(&self, context: &CompanyContext, today: NaiveDate) -> StepCode {
        StepCode::ALL
            .into_iter()
            .find(|step| {
                *step != StepCode::Statement && !self.step_errors(*step, context, today).is_empty()
            })
            .unwrap_or(StepCode::Statement)
    }
}

/// Where the page shows what is wrong with a contest.
pub fn contest_path(fact: Fact) -> String {
    format!("contests[{fact}]")
}

/// What is wrong with the documents of a line, the gravest first.
fn documents(ids: &[String], context: &CompanyContext, today: NaiveDate) -> Option<Rule> {
    let known: Vec<_> = ids.iter().map(|id| context.document(id)).collect();
    let any = |wrong: fn(&KnownDocument, NaiveDate) -> bool| {
        known.iter().flatten().any(|known| wrong(known, today))
    };
    if any(|known, _| known.scan == Scan::Infected) {
        Some(Rule::DocumentInfected)
    } else if known.iter().any(Option::is_none) {
        Some(Rule::DocumentUnknown)
    } else if any(|known, today| known.document.valid_to.is_some_and(|to| to < today)) {
        Some(Rule::DocumentEnded)
    } else {
        None
    }
}

/// An establishment whose first nine digits are not the company's.
fn foreign(path: &str, typed: &str, context: &CompanyContext) -> Option<FieldError> {
    let siret = Siret::parse(typed).ok()?;
    (siret.siren() != context.siren).then(|| FieldError {
        path: path.to_owned(),
        rule: Rule::OtherCompany,
    })
}
