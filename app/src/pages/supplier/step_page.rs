//! One step of a declaration: what the register and the buyer say of it, its questions, its errors when asked for.

use domain::form::StepCode;
use domain::lifecycle::CommandKind;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::answers::{label_at, with_label};
use super::claim_place::{CLAIM, FIELD, destination};
use super::form::Marks;
use super::late::late_page;
use super::proposed::sources;
use super::simulated::{SIMULATION, simulated};
use super::step_form::step_form;
use super::steps::{rank, save_state, step_list};
use super::{conflict, remarks, verification};
use crate::catalogue::profile;
use crate::doors::links::FILLED;
use crate::doors::steps::Back;
use crate::doors::supplier::{declaration_path, step_path};
use crate::doors::supplier_desk;
use crate::error::AppError;
use crate::i18n::{Lang, use_lang};
use crate::islands::declaration::{field_id, members};
use crate::pages::links::filled_notice;
use crate::pages::public::LeftOut;
use crate::pages::shared::load::{id_of_address, page, query};
use crate::reply::use_reply;
use crate::shell::IslandScript;
use crate::ui::{ErrorSummary, Issue, Issues, Notice, PageTitle, Tone};
use crate::views::DeclarationView;

/// Said after a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// The answers were just stored.
    Saved,
    /// Questions appeared because of the last answers.
    More,
}

/// What the address of a step asks for besides the step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// Show what must be corrected.
    pub check: bool,
    /// What the last save did.
    pub note: Option<Note>,
    /// The page that the person came from.
    pub back: Back,
    /// The document that was just taken from a line: the rank of the line, the document.
    pub removed: Option<(usize, Uuid)>,
    /// A link just filled something in.
    pub by_link: bool,
}

#[component]
pub fn StepPage() -> impl IntoView {
    let lang = use_lang();
    let id = id_of_address();
    let step = use_params_map()
        .read_untracked()
        .get_str("slug")
        .and_then(StepCode::from_slug)
        .ok_or(AppError::NotFound);
    let desk = supplier_desk();
    let copy = query("conflit").map(|copy| Uuid::parse_str(&copy).map_err(|_| AppError::NotFound));
    let asked = Asked {
        check: query("verifier").is_some(),
        note: if query("suite").is_some() {
            Some(Note::More)
        } else {
            (query("enregistre").is_some() || query("ligne").is_some()).then_some(Note::Saved)
        },
        back: query("retour").map_or(Back::Nowhere, |word| Back::read(&word)),
        removed: query(REMOVED).and_then(|place| removed(&place)),
        by_link: query(FILLED).is_some(),
    };
    let refusal = query("refus");
    let carried = query(SIMULATION).map(|codes| LeftOut::read(&codes));
    let load = async move {
        let (desk, id, step) = (desk?, id?, step?);
        let conflict = match copy {
            Some(copy) => Some(desk.conflict(id, copy?).await?),
            None => None,
        };
        Ok((desk.declaration(id).await?, step, conflict))
    };
    let (field, claim) = (query(FIELD), query(CLAIM));
    page(load, move |(view, step, conflict)| {
        let editable = view.allowed.contains(&CommandKind::Save);
        let to = destination(&view, step, field.as_deref(), claim.as_deref(), editable);
        if let Some(to) = to {
            use_reply().redirect(to);
            return ().into_any();
        }
        if !editable {
            if let Some(conflict) = conflict.filter(|conflict| conflict.stored.code() == step) {
                use_reply().status(409);
                return late_page(lang, &view, step, &conflict);
            }
            // Nothing to change here: the page of the declaration says why.
            use_reply().redirect(declaration_path(view.id));
            return ().into_any();
        }
        match (conflict, step) {
            (Some(conflict), step) if conflict.stored.code() == step => {
                use_reply().status(409);
                conflict::conflict_page(lang, &view, step, conflict, carried.as_deref())
            }
            (_, StepCode::Statement) => verification::check_page(lang, view, asked, refusal),
            (_, step) => one_step(lang, view, step, asked, carried.as_deref()),
        }
    })
}

/// In the address of a step: the document that was just taken from a line, as `0-<document>`.
pub const REMOVED: &str = "retiree";

fn removed(place: &str) -> Option<(usize, Uuid)> {
    let (line, document) = place.split_once('-')?;
    Some((line.parse().ok()?, Uuid::parse_str(document).ok()?))
}

fn one_step(
    lang: Lang,
    view: DeclarationView,
    step: StepCode,
    asked: Asked,
    carried: Option<&[LeftOut]>,
) -> AnyView {
    let issues: Issues = view
        .errors
        .iter()
        .filter(|(at, _)| asked.check && *at == step)
        .map(|(_, error)| Issue::new(field_id(&error.path), error.rule.message(lang)))
        .collect();
    // Away from its field, an error names it.
    let summary: Issues = view
        .errors
        .iter()
        .filter(|(at, _)| asked.check && *at == step)
        .map(|(_, error)| {
            let label = label_at(lang, &view.draft, step, &error.path);
            Issue::new(
                field_id(&error.path),
                with_label(lang, label, error.rule.message(lang)),
            )
        })
        .collect();
    let doubts = view
        .warnings
        .iter()
        .filter(|(at, _, _)| *at == step)
        .map(|(_, path, warning)| (field_id(path), warning.message().get(lang)))
        .collect();
    let wrong = !issues.is_empty();
    let sources = sources(lang, &view, step)
        .into_iter()
        .map(|(path, sentence)| (field_id(&path), sentence))
        .collect();
    let marks = Marks {
        lang,
        issues,
        doubts,
        sources,
        profile: profile(&view.draft, &view.registry),
        documents: view.documents.clone(),
        document_limits: view.document_limits,
        removed: asked.removed,
        members: members(lang, &view.draft.size),
    };
    let title = step.title().get(lang);
    let count = count(lang, step);
    let skip = (asked.check && wrong).then(|| skip(lang, &view, step));
    let notes = remarks::of_step(lang, &view, step);
    let carried = carried.map(|left| simulated(lang, left));
    let by_link = asked.by_link.then(|| filled_notice(lang));
    view! {
        <PageTitle title=format!("{title}, {}", lower(&count)) error=wrong/>
        <div class="page declaring">
            {breadcrumb(lang, &view)}
            <ErrorSummary lang=lang issues=summary/>
            {skip}
            <p class="step-count">{count}</p>
            <h1>{title}</h1>
            {save_state(lang, &view)}
            {asked.note.filter(|_| !wrong).map(|note| noted(lang, note))}
            {carried}
            {by_link}
            <div class="with-steps">
                <div class="with-steps-main">
                    {notes}
                    {step_form(&marks, &view, step, asked)}
                </div>
                <div class="with-steps-side">{step_list(lang, &view, Some(step))}</div>
            </div>
        </div>
        <IslandScript/>
    }
    .into_any()
}

pub(super) fn count(lang: Lang, step: StepCode) -> String {
    let (rank, all) = (rank(step), StepCode::ALL.len());
    match lang {
        Lang::Fr => format!("Étape {rank} sur {all}"),
        Lang::En => format!("Step {rank} of {all}"),
    }
}

pub(super) fn lower(words: &str) -> String {
    words.to_lowercase()
}

/// The way back to the declaration, above everything else.
pub(super) fn breadcrumb(lang: Lang, view: &DeclarationView) -> impl IntoView + use<> {
    let words = match lang {
        Lang::Fr => format!("Déclaration {} – {}", view.reference, view.company_name),
        Lang::En => format!("Declaration {} – {}", view.reference, view.company_name),
    };
    view! {
        <p class="back">
            <a href=declaration_path(view.id)>{words}</a>
        </p>
    }
}

fn noted(lang: Lang, note: Note) -> impl IntoView {
    let (tone, words) = match note {
        Note::Saved => (
            Tone::Success,
            lang.pick(
                "Vos réponses sont enregistrées. Rien n’est transmis tant que vous n’avez pas signé.",
                "Your answers are saved. Nothing is sent until you sign.",
            ),
        ),
        Note::More => (
            Tone::Info,
            lang.pick(
                "Vos réponses sont enregistrées. Elles appellent les questions suivantes.",
                "Your answers are saved. They call for the following questions.",
            ),
        ),
    };
    view! {
        <Notice tone=tone live=true>
            <p>{words}</p>
        </Notice>
    }
}

/// Correcting may wait: a draft holds anything.
fn skip(lang: Lang, view: &DeclarationView, step: StepCode) -> impl IntoView + use<> {
    let next = step.next().map_or_else(
        || declaration_path(view.id),
        |next| step_path(view.id, next),
    );
    view! {
        <p>
            {lang
                .pick(
                    "Vos réponses sont enregistrées telles quelles. Vous pouvez les corriger maintenant, ou ",
                    "Your answers are saved as they are. You may correct them now, or ",
                )}
            <a href=next>{lang.pick("continuer et y revenir plus tard", "go on and come back later")}</a> "."
        </p>
    }
}
