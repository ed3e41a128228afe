//! Answers as people read them back, with a link to each: the page that checks them, and the one that compares two versions.

use domain::form::{Answers, Choice, Draft, StepCode, Widget, rules};
use domain::identifiers::Siret;
use leptos::prelude::*;
use uuid::Uuid;

use super::form::{Question, YES_NO, line_questions, questions};
use crate::catalogue::label_of;
use crate::doors::supplier::step_path;
use crate::i18n::{Lang, NO_BREAK, euros, long_date};
use crate::islands::declaration::{ROWS, Rows, ours};
use crate::ui::Entry;

/// A group of answers: the step itself, or one of its lines.
pub struct Group {
    /// The rank of the line, from 1.
    pub line: Option<usize>,
    pub questions: Vec<Question>,
}

/// The groups of a step, in order; only what is asked.
pub fn groups(draft: &Draft, step: StepCode) -> Vec<Group> {
    match step {
        StepCode::Company => vec![own(&draft.company)],
        StepCode::Size => with_rows(&draft.size),
        StepCode::Solidarity => with_rows(&draft.solidarity),
        StepCode::Insertion => with_rows(&draft.insertion),
        StepCode::Pledges => with_rows(&draft.pledges),
        StepCode::Statement => vec![own(&draft.statement)],
    }
}

fn own<A: Answers>(answers: &A) -> Group {
    Group {
        line: None,
        questions: questions(answers, "")
            .into_iter()
            .filter(|question| question.shown)
            .collect(),
    }
}

fn with_rows<S: Rows>(step: &S) -> Vec<Group> {
    let mut groups = vec![own(step)];
    if step.asked() {
        groups.extend(step.rows().iter().enumerate().map(|(index, row)| {
            Group {
                line: Some(index + 1),
                questions: line_questions(step, index, row)
                    .into_iter()
                    .filter(|question| question.shown)
                    .collect(),
            }
        }));
    }
    groups
}

/// One line of a list, with the link that changes it and comes back, and who proposed the answer.
pub fn entry(
    lang: Lang,
    declaration: Uuid,
    step: StepCode,
    question: &Question,
    source: Option<&str>,
) -> Entry {
    let href = format!(
        "{}?retour=verification#{}",
        step_path(declaration, step),
        question.id()
    );
    let label = question.field.label.get(lang);
    let (answer, source) = (read_back(lang, question), source.map(str::to_owned));
    let value = view! {
        <span class="as-typed">{answer}</span>
        {source.map(|words| view! { <span class="proposed-by">{words}</span> })}
    };
    let entry = Entry::view(label, value.into_any()).action(href, lang.pick("Modifier", "Change"));
    match line_of(&question.path) {
        Some(line) => entry.about(format!(
            "{}, {}{line}, {label}",
            step.title().get(lang),
            lang.pick("ligne ", "line ")
        )),
        None => entry,
    }
}

/// The rank of the line in which a question stands, from 1.
fn line_of(path: &str) -> Option<usize> {
    let (rank, _) = path
        .strip_prefix(ROWS)?
        .strip_prefix('[')?
        .split_once(']')?;
    Some(rank.parse::<usize>().ok()? + 1)
}

/// The answer in words; what cannot be read is shown as typed.
pub fn read_back(lang: Lang, question: &Question) -> String {
    if let Some(said) = &question.said {
        return said.clone();
    }
    let typed = question.answer.trim();
    if typed.is_empty() {
        if let Widget::Unless(otherwise, _) = question.field.widget {
            return otherwise.get(lang).to_owned();
        }
        if matches!(question.field.widget, Widget::Member) {
            return ours(lang).to_owned();
        }
        return if question.field.required {
            lang.pick("Pas encore répondu", "Not answered yet")
        } else {
            lang.pick("Sans réponse (facultatif)", "No answer (optional)")
        }
        .to_owned();
    }
    words(lang, question.field.widget, typed).unwrap_or_else(|| typed.to_owned())
}

fn words(lang: Lang, widget: Widget, typed: &str) -> Option<String> {
    match widget {
        Widget::YesNo => YES_NO
            .iter()
            .find(|(code, _)| *code == typed)
            .map(|(_, label)| label.get(lang).to_owned()),
        Widget::Choice(choices) | Widget::Unless(_, choices) => {
            Choice::label_of(choices, typed).map(|label| label.get(lang).to_owned())
        }
        Widget::Offered(list) => label_of(lang, list, typed),
        Widget::Many(choices) => Some(
            typed
                .split(',')
                .map(|code| Choice::label_of(choices, code).map_or(code, |label| label.get(lang)))
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        Widget::Date => rules::parse_date(typed).map(|date| long_date(lang, date)),
        Widget::Decimal(unit) => {
            let number = rules::parse_decimal(typed.trim_end_matches('%'))?;
            Some(match (unit.fr, lang) {
                ("€", _) => euros(lang, number),
                ("%", Lang::En) => format!("{}%", number.display(lang)),
                _ => format!("{}{NO_BREAK}{}", number.display(lang), unit.get(lang)),
            })
        }
        Widget::Siret => Siret::parse(typed).ok().map(|siret| siret.formatted()),
        Widget::Documents => {
            let count = typed.split(',').count();
            Some(match (lang, count) {
                (Lang::Fr, 1) => "1 pièce".to_owned(),
                (Lang::Fr, n) => format!("{n} pièces"),
                (Lang::En, 1) => "1 document".to_owned(),
                (Lang::En, n) => format!("{n} documents"),
            })
        }
        Widget::Line
        | Widget::Long
        | Widget::Email
        | Widget::Phone
        | Widget::Number
        | Widget::Member
        | Widget::Hidden
        | Widget::Whole => None,
    }
}

/// How a line of a step is called, as the form calls it.
pub fn line_heading(lang: Lang, step: StepCode, line: usize) -> String {
    let name = match step {
        StepCode::Solidarity => lang.pick("Statut ou agrément", "Status or approval"),
        StepCode::Insertion | StepCode::Pledges => lang.pick("Engagement", "Commitment"),
        StepCode::Company | StepCode::Size | StepCode::Statement => lang.pick("Ligne", "Line"),
    };
    format!("{name} {line}")
}

/// The label of the question at a path, with the rank of its line; of the lines together, the title of the step.
pub fn label_at(lang: Lang, draft: &Draft, step: StepCode, path: &str) -> Option<String> {
    if path == ROWS {
        return Some(step.title().get(lang).to_owned());
    }
    groups(draft, step).into_iter().find_map(|group| {
        let question = group
            .questions
            .into_iter()
            .find(|question| question.path == path)?;
        let label = question.field.label.get(lang);
        Some(match group.line {
            Some(line) => format!("{}, {label}", line_heading(lang, step, line)),
            None => label.to_owned(),
        })
    })
}

/// An error where its field is not in sight: the question first.
pub fn with_label(lang: Lang, label: Option<String>, message: String) -> String {
    match (label, lang) {
        // A question already ends with its own mark, and so does a sentence.
        (Some(label), _) if label.ends_with(['?', '.']) => format!("{label} {message}"),
        (Some(label), Lang::Fr) => format!("{label}{NO_BREAK}: {message}"),
        (Some(label), Lang::En) => format!("{label}: {message}"),
        (None, _) => message,
    }
}
