//! The statuses that registers prove: one tick each, with what is still to be answered.

use domain::claims::AgreementState;
use domain::form::{Answers as _, StatusRow, rules};
use domain::identifiers::Siret;
use domain::known::Proven;
use domain::lifecycle::Status;
use leptos::prelude::*;

use super::super::form::{Marks, ask, questions};
use super::super::published_index::tick;
use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, long_date};
use crate::islands::declaration::{field_id, field_name};
use crate::ui::{Checkbox, Notice, Tone};
use crate::views::DeclarationView;

/// Where the section is.
pub(super) const ID: &str = "statuts";

/// A status that may be confirmed.
pub(super) struct Line {
    proven: Proven,
    /// As it would be declared: what was answered before, else what is known.
    row: StatusRow,
    taken: bool,
}

impl Line {
    /// This row of the draft is shown here.
    pub(super) fn is(&self, row: &StatusRow) -> bool {
        self.row.mark() == row.mark()
    }
}

pub(super) fn lines(view: &DeclarationView, proven: Vec<Proven>) -> Vec<Line> {
    let answered = view.draft.solidarity.declare.as_str();
    let rows = &view.draft.solidarity.rows;
    proven
        .into_iter()
        .map(|proven| {
            let stored = rows.iter().find(|row| row.mark() == proven.row.mark());
            let contested = view.draft.contest(proven.fact).is_some();
            let fresh = answered.is_empty() && view.status == Status::Draft && !contested;
            Line {
                taken: (stored.is_some() && answered == "yes") || fresh,
                row: stored.cloned().unwrap_or_else(|| proven.row.clone()),
                proven,
            }
        })
        .collect()
}

/// The line of this page and the answer where an error of the solidarity step is corrected; nothing for a line that is not here.
fn place<'a>(lines: &[Line], view: &DeclarationView, path: &'a str) -> Option<(usize, &'a str)> {
    let mut parts = path.split(['[', ']']).filter(|part| !part.is_empty());
    let (Some("rows"), Some(rank), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let row = view
        .draft
        .solidarity
        .rows
        .get(rank.parse::<usize>().ok()?)?;
    let here = lines
        .iter()
        .position(|line| line.row.mark() == row.mark())?;
    Some((here, name))
}

/// Its field.
pub(super) fn field_of(lines: &[Line], view: &DeclarationView, path: &str) -> Option<String> {
    let (here, name) = place(lines, view, path)?;
    Some(field_id(&format!("rows[{here}][{name}]")))
}

/// Its question, with the status that it is about.
pub(super) fn label_of(
    lang: Lang,
    lines: &[Line],
    view: &DeclarationView,
    path: &str,
) -> Option<String> {
    let (here, name) = place(lines, view, path)?;
    let mut fields = StatusRow::fields().iter();
    let label = fields.find(|field| field.name == name)?.label.get(lang);
    let kind = lines.get(here)?.proven.kind;
    let status = use_catalogue().kind_label(kind, lang).to_owned();
    Some(format!("{status}, {label}"))
}

pub(super) fn section(marks: &Marks, view: &DeclarationView, lines: &[Line]) -> AnyView {
    let lang = marks.lang;
    let heading = lang.pick("Ce que les registres prouvent", "What the registers prove");
    let body = if lines.is_empty() {
        let words = lang.pick(
            "Aucun registre consulté ne nous dit que vous êtes une entreprise solidaire. Cela ne prouve rien\u{A0}: si vous avez un statut ou un agrément, ajoutez-le plus bas.",
            "No register that we read says that you are a solidarity enterprise. This proves nothing: if you have a status or an approval, add it below.",
        );
        view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }.into_any()
    } else {
        lines
            .iter()
            .enumerate()
            .map(|(rank, line)| one(marks, view, rank, line))
            .collect_view()
            .into_any()
    };
    view! {
        <section id=ID tabindex="-1" aria-labelledby="statuses-title">
            <h2 id="statuses-title">{heading}</h2>
            {body}
            {tick(lang, view)}
        </section>
    }
    .into_any()
}

fn one(marks: &Marks, view: &DeclarationView, rank: usize, line: &Line) -> AnyView {
    let lang = marks.lang;
    let name = use_catalogue()
        .kind_label(line.proven.kind, lang)
        .to_owned();
    let path = |field: &str| format!("rows[{rank}][{field}]");
    let hidden = ["kind", "siret"]
        .into_iter()
        .map(|field| {
            view! { <input type="hidden" name=field_name(&path(field)) value=line.row.answer(field)/> }
        })
        .collect_view();
    let documents = line
        .row
        .documents
        .iter()
        .map(|id| {
            let name = format!("{}[]", field_name(&path("documents")));
            view! { <input type="hidden" name=name value=id.clone()/> }
        })
        .collect_view();
    let proved = line.row.is_proved_by(&line.proven.proved)
        && view.draft.contest(line.proven.fact).is_none();
    let asked: Vec<_> = questions(&line.row, &format!("rows[{rank}]"))
        .into_iter()
        .filter(|question| {
            question.shown && !matches!(question.field.name, "kind" | "siret" | "documents")
        })
        .map(|mut question| {
            question.field.required &=
                !(proved && StatusRow::PROVED.contains(&question.field.name));
            question
        })
        .collect();
    let wrong = asked
        .iter()
        .any(|question| marks.issues.of(&question.id()).0.is_some());
    let whole = Proven {
        row: line.row.clone(),
        ..line.proven.clone()
    }
    .is_whole(view.today);
    let fields = asked
        .iter()
        .map(|question| ask(marks, question))
        .collect_view();
    // Nothing is left to answer: the fields wait, folded, for whoever wants to change them.
    let fields = match (asked.is_empty(), whole && !wrong) {
        (true, _) => ().into_any(),
        (false, true) => {
            let note = given(lang, &line.row);
            view! {
                <details class="known-evidence">
                    <summary>
                        {lang.pick("Voir ou modifier la preuve", "See or change the evidence")}
                        <span class="row-note">{note}</span>
                    </summary>
                    {fields}
                </details>
            }
            .into_any()
        }
        (false, false) => view! {
            <p class="hint">{lang.pick("Il ne manque que ceci\u{A0}:", "Only this is missing:")}</p>
            {fields}
        }
        .into_any(),
    };
    let source = line.proven.source.get(lang).to_owned();
    let day = long_date(lang, line.proven.read_on);
    let hint = match lang {
        Lang::Fr => format!("Source\u{A0}: {source}, le {day}"),
        Lang::En => format!("Source: {source}, on {day}"),
    };
    let siret = if line.row.siret.is_empty() {
        String::new()
    } else {
        let typed = &line.row.siret;
        let siret = Siret::parse(typed).map_or_else(|_| typed.clone(), |siret| siret.formatted());
        format!(", SIRET {siret}")
    };
    let label = match lang {
        Lang::Fr => format!("Je déclare ce statut\u{A0}: {name}{siret}"),
        Lang::En => format!("I declare this status: {name}{siret}"),
    };
    view! {
        <div class="card known-status" role="group" aria-label=format!("{name}{siret}")>
            <Checkbox
                lang=lang
                id=format!("taken-{rank}")
                name="answers[taken][]"
                value=line.row.mark()
                checked=line.taken
                label=label
                hint=hint
            />
            {hidden}
            {documents}
            {fields}
        </div>
    }
    .into_any()
}

/// What is given of the evidence, in words; without a reference, that the source stands for it.
fn given(lang: Lang, row: &StatusRow) -> String {
    if row.reference.is_empty() {
        return lang
            .pick(
                "Cette source tient lieu de justificatif.",
                "This source stands for the evidence.",
            )
            .to_owned();
    }
    let day = |typed: &str| {
        rules::parse_date(typed).map_or_else(|| typed.to_owned(), |day| long_date(lang, day))
    };
    let period = match (row.valid_from.as_str(), row.valid_to.as_str(), lang) {
        ("", "", _) => String::new(),
        (from, "", Lang::Fr) => format!(", depuis le {}", day(from)),
        (from, "", Lang::En) => format!(", since {}", day(from)),
        ("", to, Lang::Fr) => format!(", jusqu’au {} inclus", day(to)),
        ("", to, Lang::En) => format!(", until {} inclusive", day(to)),
        (from, to, Lang::Fr) => format!(", du {} au {} inclus", day(from), day(to)),
        (from, to, Lang::En) => format!(", from {} to {} inclusive", day(from), day(to)),
    };
    let state = AgreementState::from_code(&row.state).map_or_else(String::new, |state| {
        format!(", {}", state.label().get(lang))
    });
    let reference = &row.reference;
    match lang {
        Lang::Fr => format!("Référence {reference}{period}{state}"),
        Lang::En => format!("Reference {reference}{period}{state}"),
    }
}
