//! A form of an agent that was not carried out: what was typed is kept aside, and the page comes back saying why.
//!
//! Invariant: no text that a person typed travels in an address; only a closed code or an identifier does.

use uuid::Uuid;

use crate::desk::BuyerDesk;
use crate::error::AppError;
use crate::pages::buyer::address;
use crate::pages::buyer::problem::Problem;
use crate::reply::use_reply;
use crate::routes::path;
use crate::views::Typed;

/// Why the act did not happen: found while reading the form, or answered by the desk.
pub(super) enum Stop {
    Form(Problem),
    Desk(AppError),
}

impl From<AppError> for Stop {
    fn from(error: AppError) -> Self {
        Self::Desk(error)
    }
}

/// Where a form came from, and the answers worth keeping.
pub(super) struct Form {
    /// Under which declaration the answers are kept.
    declaration: Uuid,
    page: String,
    on_declaration: bool,
    typed: Typed,
}

impl Form {
    /// A form about a declaration, on this page of it.
    pub(super) fn of_declaration(declaration: Uuid, page: String) -> Self {
        Self {
            declaration,
            page,
            on_declaration: true,
            typed: Typed::default(),
        }
    }

    /// A form about a qualification that `declaration` established.
    pub(super) fn of_qualification(qualification: Uuid, declaration: Uuid) -> Self {
        Self {
            on_declaration: false,
            ..Self::of_declaration(declaration, address::qualification(qualification))
        }
    }

    #[must_use]
    pub(super) fn with(mut self, field: impl Into<String>, answer: impl Into<String>) -> Self {
        self.typed.fields.insert(field.into(), answer.into());
        self
    }

    /// As [`Form::settle`], where what is not finished is kept even when the act was carried out.
    pub(super) async fn settle_with_rest(
        self,
        desk: &dyn BuyerDesk,
        outcome: Result<(), Stop>,
        next: String,
    ) -> Result<(), AppError> {
        if outcome.is_err() {
            return self.settle(desk, outcome, next).await;
        }
        let kept = desk.keep_typed(self.declaration, self.typed).await?;
        let (path, anchor) = next.split_once('#').unwrap_or((&next, ""));
        use_reply().redirect(format!("{path}&saisie={kept}#{anchor}"));
        Ok(())
    }

    /// Goes on to `next`, or back to the page with the answers and the reason.
    pub(super) async fn settle(
        mut self,
        desk: &dyn BuyerDesk,
        outcome: Result<(), Stop>,
        next: String,
    ) -> Result<(), AppError> {
        let (problem, error) = match outcome {
            Ok(()) => {
                use_reply().redirect(next);
                return Ok(());
            }
            Err(Stop::Form(problem)) => (problem, AppError::Unreadable),
            Err(Stop::Desk(error)) => (Problem::of(&error).ok_or_else(|| error.clone())?, error),
        };
        let gone = self.on_declaration
            && problem.is_race()
            && desk.review(self.declaration).await == Err(AppError::NotFound);
        if gone {
            use_reply().redirect(format!("{}?refus={}", path::REVIEW, Problem::Gone.code()));
            return Err(error);
        }
        let anchor = if problem.field().is_some() {
            "errors"
        } else {
            "stopped"
        };
        problem.code().clone_into(&mut self.typed.problem);
        let worth_keeping = !self.typed.fields.is_empty();
        let kept = if worth_keeping {
            desk.keep_typed(self.declaration, self.typed).await.ok()
        } else {
            None
        };
        let why = match kept {
            Some(copy) => format!("saisie={copy}"),
            None => format!("refus={}", problem.code()),
        };
        use_reply().redirect(format!("{}?{why}#{anchor}", self.page));
        Err(error)
    }
}

/// A text as people count it: browsers send line ends as two characters, and count them as one.
pub(super) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
