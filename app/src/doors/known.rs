//! Doors of the page for whom registers already know: confirming and signing in one post, and contesting a fact.

use domain::form::{
    CompanyStep, ContestRow, PledgeStep, SizeStep, SolidarityStep, StatementStep, StatusRow,
};
use domain::known::Fact;
use domain::lifecycle::Refusal;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::opening::closed_path;
use super::steps::MOST_ROWS;
use super::supplier::{declaration_path, moved_on, step_path};
use super::supplier_desk;
use crate::desk::{Contesting, Saved, StepAnswers, Submitted, SupplierDesk};
use crate::error::AppError;
use crate::pages::supplier::{
    CHANGED, REMOVED, added, contest_documents, contest_path, index_of, known_path, proven_in,
};
use crate::reply::use_reply;
use crate::views::{DeclarationView, Typed};

/// Every answer of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    pub siret: String,
    pub name: String,
    pub contact_name: String,
    pub contact_role: String,
    pub contact_email: String,
    pub contact_phone: String,
    /// The proven statuses of the page, declared or not.
    pub rows: Vec<StatusRow>,
    /// The marks of those that are declared.
    pub taken: Vec<String>,
    /// The year of the published index that is declared.
    pub index: String,
    /// The year of the one on the page, declared or not.
    pub index_shown: String,
    pub signer_name: String,
    pub signer_quality: String,
    pub capacity: String,
    pub accepted: String,
}

impl Confirmation {
    fn company(&self) -> CompanyStep {
        CompanyStep {
            siret: self.siret.clone(),
            name: self.name.clone(),
            contact_name: self.contact_name.clone(),
            contact_role: self.contact_role.clone(),
            contact_email: self.contact_email.clone(),
            contact_phone: self.contact_phone.clone(),
        }
    }

    /// Nobody else is named: the contact signs.
    fn statement(&self) -> StatementStep {
        let other = !(self.signer_name.trim().is_empty() && self.signer_quality.trim().is_empty());
        let (name, quality) = if other {
            (&self.signer_name, &self.signer_quality)
        } else {
            (&self.contact_name, &self.contact_role)
        };
        StatementStep {
            signer_name: name.clone(),
            signer_quality: quality.clone(),
            capacity: self.capacity.clone(),
            accepted: self.accepted.clone(),
        }
    }

    /// The lines declared elsewhere stay; of those of this page, the ticked ones.
    fn solidarity(&self, stored: &SolidarityStep) -> SolidarityStep {
        let here = |row: &StatusRow| self.rows.iter().any(|shown| shown.mark() == row.mark());
        let kept = if stored.declare == "yes" {
            stored.rows.as_slice()
        } else {
            &[]
        };
        let mut rows: Vec<StatusRow> = kept.iter().filter(|row| !here(row)).cloned().collect();
        rows.extend(
            self.rows
                .iter()
                .filter(|row| self.taken.contains(&row.mark()))
                .take(MOST_ROWS)
                .cloned(),
        );
        SolidarityStep {
            declare: if rows.is_empty() { "no" } else { "yes" }.to_owned(),
            rows,
        }
    }
}

impl Confirmation {
    /// The commitments with the index of the page or without it; nothing when that changes nothing.
    fn pledges(&self, view: &DeclarationView) -> Option<PledgeStep> {
        let index = index_of(view).filter(|index| index.year.to_string() == self.index_shown)?;
        let mut step = view.draft.pledges.clone();
        if self.index != self.index_shown {
            index.take_off(&mut step);
        } else if !index.is_in(&step) {
            index.put(&mut step);
        }
        (step != view.draft.pledges).then_some(step)
    }
}

/// Saves the page; signs it when asked.
#[server(prefix = "/fn", endpoint = "confirm-known", input = PostUrl)]
pub async fn confirm_known(
    id: Uuid,
    version: i64,
    #[server(default)] intent: String,
    #[server(default)] answers: Confirmation,
) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let view = desk.declaration(id).await?;
    let sign = intent == "submit";
    let next = match save(desk.as_ref(), &view, version, &answers, sign).await {
        Ok(Kept::Conflict(next)) => next,
        Ok(Kept::Done { version }) if sign => signed(desk.as_ref(), id, version, &answers).await?,
        Ok(Kept::Moved) if sign => format!("{}?fait=change", known_path(id)),
        Ok(Kept::Done { .. } | Kept::Moved) => {
            added(id, &intent).unwrap_or_else(|| format!("{}?fait=enregistre", known_path(id)))
        }
        Err(error) => moved_on(id, error)?,
    };
    use_reply().redirect(next);
    Ok(())
}

enum Kept {
    Done {
        version: i64,
    },
    /// Somebody else wrote an answer that is not on the page.
    Moved,
    /// The page that shows both.
    Conflict(String),
}

/// Step by step, each over what the page showed.
async fn save(
    desk: &dyn SupplierDesk,
    view: &DeclarationView,
    seen: i64,
    answers: &Confirmation,
    sign: bool,
) -> Result<Kept, AppError> {
    let draft = &view.draft;
    let unticked = StatementStep {
        accepted: String::new(),
        ..answers.statement()
    };
    let mut steps = vec![StepAnswers::Company(answers.company())];
    // No status on the page and none before: the question is not answered for the person.
    if !answers.rows.is_empty() {
        steps.push(StepAnswers::Solidarity(
            answers.solidarity(&draft.solidarity),
        ));
    }
    steps.extend(answers.pledges(view).map(StepAnswers::Pledges));
    if sign {
        steps.extend(unasked(view));
    }
    steps.push(StepAnswers::Statement(unticked));
    let (mut version, mut moved, mut conflict) = (seen, false, None);
    for step in steps {
        let code = step.code();
        match desk.save_step(view.id, seen, step).await? {
            Saved::Done { version: after } => {
                moved |= after > version + 1;
                version = after;
            }
            // What nobody else touched is saved all the same.
            Saved::Conflict { copy } => {
                let page = step_path(view.id, code);
                conflict.get_or_insert(format!("{page}?conflit={copy}"));
            }
        }
    }
    Ok(match conflict {
        Some(page) => Kept::Conflict(page),
        None if moved => Kept::Moved,
        None => Kept::Done { version },
    })
}

/// What was never answered is not declared.
fn unasked(view: &DeclarationView) -> Vec<StepAnswers> {
    let (draft, no) = (&view.draft, || "no".to_owned());
    let mut steps = vec![];
    if draft.size.declare.is_empty() {
        let step = SizeStep {
            declare: no(),
            ..draft.size.clone()
        };
        steps.push(StepAnswers::Size(step));
    }
    if draft.solidarity.declare.is_empty() && proven_in(view).is_empty() {
        let step = SolidarityStep {
            declare: no(),
            ..draft.solidarity.clone()
        };
        steps.push(StepAnswers::Solidarity(step));
    }
    if draft.insertion.declare.is_empty() {
        let mut step = draft.insertion.clone();
        step.declare = no();
        steps.push(StepAnswers::Insertion(step));
    }
    steps
}

async fn signed(
    desk: &dyn SupplierDesk,
    id: Uuid,
    version: i64,
    answers: &Confirmation,
) -> Result<String, AppError> {
    let page = known_path(id);
    match desk.submit(id, version, answers.statement()).await {
        Ok(Submitted::Done) => Ok(format!("{}/accuse", declaration_path(id))),
        Ok(Submitted::Conflict { .. }) => Ok(format!("{page}?fait=change")),
        Ok(Submitted::Closed(company)) => Ok(closed_path(company.siren.as_str(), &company)),
        Ok(Submitted::Incomplete(_)) => Ok(format!("{page}?verifier#errors")),
        Err(AppError::Refused { refusal }) if !matches!(refusal, Refusal::WrongStatus { .. }) => {
            Ok(format!("{page}?verifier&refus={}#errors", refusal.code()))
        }
        Err(error) => moved_on(id, error),
    }
}

/// What the person says instead of a fact; or that they agree after all.
#[server(prefix = "/fn", endpoint = "contest-fact", input = PostUrl)]
pub async fn contest_fact(
    id: Uuid,
    #[server(default)] fact: String,
    #[server(default)] seen: String,
    #[server(default)] intent: String,
    #[server(default)] answers: ContestRow,
) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let fact: Fact = fact.parse().map_err(|_| AppError::NotFound)?;
    let mut answers = answers;
    if let Some(gone) = intent.strip_prefix("detach-") {
        answers.documents.retain(|document| document != gone);
    }
    if let Some(back) = intent.strip_prefix("restore-")
        && Uuid::parse_str(back).is_ok()
        && !answers.documents.iter().any(|document| document == back)
    {
        answers.documents.push(back.to_owned());
    }
    let outcome = if intent == "agree" {
        desk.uncontest(id, fact).await.map(|()| Ok("accord"))
    } else if answers.errors().is_empty() {
        let said = desk.contest(id, fact, &seen, answers.clone()).await;
        said.map(|said| match said {
            Contesting::Done => Ok("conteste"),
            Contesting::Changed => Err(CHANGED),
        })
    } else {
        Ok(Err("answers"))
    };
    let here = contest_path(id, fact);
    let next = match outcome {
        Ok(Ok(_)) if intent == "attach" => contest_documents(id, fact),
        Ok(Ok(_)) if intent.starts_with("restore-") => here,
        Ok(Ok(_)) if intent.starts_with("detach-") => {
            let gone = intent
                .strip_prefix("detach-")
                .and_then(|id| Uuid::parse_str(id).ok());
            gone.map_or(here.clone(), |gone| format!("{here}?{REMOVED}={gone}"))
        }
        Ok(Ok(done)) => format!("{}?fait={done}#fait-{fact}", known_path(id)),
        Ok(Err(problem)) => {
            let typed = Typed {
                problem: problem.to_owned(),
                fields: [
                    ("value".to_owned(), answers.value),
                    ("reason".to_owned(), answers.reason),
                ]
                .into(),
            };
            let copy = desk.keep_typed(id, typed).await?;
            format!("{here}?saisie={copy}#errors")
        }
        Err(error) => moved_on(id, error)?,
    };
    use_reply().redirect(next);
    Ok(())
}
