//! One step posted: its rows added or removed, its answers stored as typed, then the next page.

use domain::form::{GroupAct, Place, SizeStep, StepCode};
use domain::lifecycle::Status;
use uuid::Uuid;

use super::renewal::renewal_path;
use super::supplier::{declaration_path, moved_on, step_path};
use super::supplier_desk;
use crate::desk::{Saved, Seen, StepAnswers};
use crate::error::AppError;
use crate::islands::declaration::{Rows, hidden, newly_asked};
use crate::pages::supplier::{REMOVED, add_path, documents_anchor, next_step};
use crate::reply::use_reply;

/// Rows that a step may have.
pub const MOST_ROWS: usize = 50;

/// Which button was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    /// Store, and stay.
    Save,
    /// Store, check, and go on.
    Continue,
    Add,
    Remove(usize),
    /// Store, then add a document to this line, perhaps in the place of another.
    Attach(usize, Option<Uuid>),
    /// Store without this document.
    Detach(usize, Uuid),
    /// Store with the document that was just taken away.
    Restore(usize, Uuid),
    /// Store, then fill in the index that the published list gives.
    Index,
    /// Store, then go on at this line.
    Line(usize),
    /// Store, then go on at the lines.
    Lines,
}

impl Intent {
    /// An unknown button stores, which never harms.
    pub(super) fn read(value: &str) -> Self {
        match value {
            "continue" => Self::Continue,
            "add" => Self::Add,
            "index" => Self::Index,
            _ => Self::of_document(value).unwrap_or_else(|| Self::of_line(value)),
        }
    }

    /// `attach-0`, `replace-0-<document>`, `detach-0-<document>`, `restore-0-<document>`.
    fn of_document(value: &str) -> Option<Self> {
        let (act, rest) = value.split_once('-')?;
        let (line, document) = rest.split_once('-').unwrap_or((rest, ""));
        let line = line.parse().ok()?;
        let document = Uuid::parse_str(document).ok();
        match (act, document) {
            ("attach", None) => Some(Self::Attach(line, None)),
            ("replace", Some(_)) => Some(Self::Attach(line, document)),
            ("detach", Some(document)) => Some(Self::Detach(line, document)),
            ("restore", Some(document)) => Some(Self::Restore(line, document)),
            _ => None,
        }
    }

    fn of_line(value: &str) -> Self {
        value
            .strip_prefix("remove-")
            .and_then(|rank| rank.parse().ok())
            .map_or(Self::Save, Self::Remove)
    }
}

/// Where the person came from, and goes back to once the step is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Back {
    #[default]
    Nowhere,
    /// The page that checks all answers.
    Check,
    /// The screen of a renewal.
    Renewal,
}

impl Back {
    pub fn read(word: &str) -> Self {
        match word {
            "verification" => Self::Check,
            "renouveler" => Self::Renewal,
            _ => Self::Nowhere,
        }
    }

    /// In an address and in a form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nowhere => "",
            Self::Check => "verification",
            Self::Renewal => "renouveler",
        }
    }
}

/// What comes with the answers of a step.
pub(super) struct Posted {
    id: Uuid,
    seen_at: Seen,
    intent: Intent,
    back: Back,
    /// The questions that were hidden on the page.
    seen: String,
}

impl Posted {
    pub(super) fn new(id: Uuid, version: i64, intent: &str, back: &str, seen: String) -> Self {
        Self {
            id,
            seen_at: Seen::at(version),
            intent: Intent::read(intent),
            back: Back::read(back),
            seen,
        }
    }
}

impl Posted {
    /// Whether what the buttons of the form do was done already.
    fn then(self, intent: Intent) -> Self {
        Self { intent, ..self }
    }

    /// From a page that may have saved before, while somebody typed.
    pub(super) fn of_page(mut self, page: String) -> Self {
        self.seen_at.page = page;
        self
    }

    /// Takes a document from the documents of its line, or puts back the one that was just taken.
    pub(super) fn move_document<'a>(&self, of: impl FnOnce(usize) -> Option<&'a mut Vec<String>>) {
        match self.intent {
            Intent::Detach(line, document) => {
                let document = document.to_string();
                if let Some(documents) = of(line) {
                    documents.retain(|id| *id != document);
                }
            }
            Intent::Restore(line, document) => {
                let document = document.to_string();
                if let Some(documents) = of(line)
                    && !documents.contains(&document)
                {
                    documents.push(document);
                }
            }
            _ => {}
        }
    }
}

/// Stores a step that has rows.
pub(super) async fn store_rows<S: Rows>(
    posted: Posted,
    mut step: S,
    wrap: impl FnOnce(S) -> StepAnswers,
) -> Result<(), AppError> {
    let rows = step.rows_mut();
    match posted.intent {
        Intent::Add if rows.len() < MOST_ROWS => rows.push(S::Row::default()),
        Intent::Remove(rank) if rank < rows.len() => {
            rows.remove(rank);
        }
        // Lines left blank say nothing: they are not worth an error.
        Intent::Continue => rows.retain(|row| *row != S::Row::default()),
        _ => {}
    }
    let hidden = hidden(&step);
    store(posted, wrap(step), &hidden).await
}

/// Stores the size, whose lines name each other. `many`: a list of subsidiaries that was pasted.
pub(super) async fn store_size(
    posted: Posted,
    act: Option<GroupAct>,
    many: &str,
    mut step: SizeStep,
) -> Result<(), AppError> {
    step.name_lines();
    if !many.trim().is_empty() {
        step.drop_blank_lines();
    }
    let pasted = step.add_list(many);
    let posted = match act {
        Some(GroupAct::Remove(_) | GroupAct::Prune(_)) => {
            act.and_then(|act| step.edit(act));
            posted.then(Intent::Lines)
        }
        Some(act) => {
            let line = step.edit(act);
            posted.then(line.map_or(Intent::Lines, Intent::Line))
        }
        // Whatever the button, a list is never lost.
        None => match pasted {
            Some(line) => posted.then(Intent::Line(line)),
            None => posted,
        },
    };
    if posted.intent == Intent::Continue {
        step.drop_blank_lines();
    }
    let hidden = hidden(&step);
    // A question that nobody could see yet is asked where it stands; otherwise each line goes below the one on which it hangs.
    if newly_asked(&posted.seen, &hidden).is_none() {
        step.arrange();
    }
    store(posted, StepAnswers::Size(step), &hidden).await
}

/// Stores the answers as typed, then sends the browser to the next page.
pub(super) async fn store(
    posted: Posted,
    answers: StepAnswers,
    hidden: &[String],
) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let id = posted.id;
    let step = answers.code();
    let here = step_path(id, step);
    let rows = row_count(&answers);
    let seen = Seen {
        settles: posted.intent == Intent::Continue,
        ..posted.seen_at
    };
    match desk.save_page(id, seen, answers).await {
        Ok(Saved::Done { .. }) => {}
        Ok(Saved::Conflict { copy }) => {
            use_reply().redirect(format!("{here}?conflit={copy}"));
            return Ok(());
        }
        Err(error) => {
            use_reply().redirect(moved_on(id, error)?);
            return Ok(());
        }
    }
    let back = match posted.back {
        Back::Nowhere => "",
        Back::Check => "&retour=verification",
        Back::Renewal => "&retour=renouveler",
    };
    let new_question = newly_asked(&posted.seen, hidden);
    let next = match (posted.intent, new_question) {
        (Intent::Attach(line, replaced), _) => {
            let replaced = replaced.map_or_else(String::new, |id| format!("?remplace={id}"));
            let place = Place::of_line(step, line).ok_or(AppError::NotFound)?;
            format!("{}{replaced}", add_path(id, place))
        }
        (Intent::Detach(line, document), _) => {
            let place = Place::of_line(step, line).ok_or(AppError::NotFound)?;
            let removed = format!("{REMOVED}={line}-{document}");
            format!(
                "{here}?enregistre&{removed}{back}#{}",
                documents_anchor(place)
            )
        }
        (Intent::Restore(line, _), _) => {
            let place = Place::of_line(step, line).ok_or(AppError::NotFound)?;
            format!("{here}?enregistre{back}#{}", documents_anchor(place))
        }
        (Intent::Index, _) => match desk.take_index(id).await? {
            Some(line) => format!("{here}?enregistre{back}#rows-{line}"),
            None => format!("{here}?enregistre{back}"),
        },
        (Intent::Add, _) => format!("{here}?ligne{back}#rows-{}", rows.saturating_sub(1)),
        (Intent::Line(line), _) => format!("{here}?ligne{back}#rows-{line}"),
        (Intent::Remove(_) | Intent::Lines, _) => format!("{here}?enregistre{back}#rows"),
        (Intent::Save | Intent::Continue, Some(question)) => {
            format!("{here}?suite{back}#{}", plain(question))
        }
        (Intent::Save, None) => format!("{here}?enregistre{back}"),
        (Intent::Continue, None) => {
            let view = desk.declaration(id).await?;
            let wrong = view.errors.iter().any(|(at, _)| *at == step);
            // After a correction, to the next remark, then to the signature: the other steps were right.
            let next = if view.status == Status::ChangesRequested {
                Some(next_step(&view))
            } else {
                step.next()
            };
            match (wrong, next) {
                (true, _) => format!("{here}?verifier{back}#errors"),
                (false, _) if posted.back == Back::Check => step_path(id, StepCode::Statement),
                (false, _) if posted.back == Back::Renewal => {
                    format!("{}?fait=modifie", renewal_path(id))
                }
                (false, Some(next)) => step_path(id, next),
                (false, None) => declaration_path(id),
            }
        }
    };
    use_reply().redirect(next);
    Ok(())
}

fn row_count(answers: &StepAnswers) -> usize {
    match answers {
        StepAnswers::Size(step) => step.rows.len(),
        StepAnswers::Solidarity(step) => step.rows.len(),
        StepAnswers::Insertion(step) => step.rows.len(),
        StepAnswers::Pledges(step) => step.rows.len(),
        StepAnswers::Company(_) | StepAnswers::Statement(_) => 0,
    }
}

/// An id that came with the form, made safe for an address.
fn plain(id: &str) -> String {
    id.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .take(60)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_what_it_does() {
        assert_eq!(Intent::read("continue"), Intent::Continue);
        assert_eq!(Intent::read("add"), Intent::Add);
        assert_eq!(Intent::read("remove-12"), Intent::Remove(12));
        let document = Uuid::from_u128(7);
        assert_eq!(Intent::read("attach-3"), Intent::Attach(3, None));
        assert_eq!(
            Intent::read(&format!("replace-0-{document}")),
            Intent::Attach(0, Some(document))
        );
        assert_eq!(
            Intent::read(&format!("detach-2-{document}")),
            Intent::Detach(2, document)
        );
        assert_eq!(
            Intent::read(&format!("restore-2-{document}")),
            Intent::Restore(2, document)
        );
        for odd in [
            "",
            "save",
            "attach-",
            "detach-0",
            "restore-0",
            "replace-0-x",
            "remove-",
            "remove--1",
            "remove-x",
            "delete",
        ] {
            assert_eq!(Intent::read(odd), Intent::Save, "{odd}");
        }
    }
}
