//! A fact of a register that the supplier does not agree with: what it says, why it may be wrong, who corrects it, and the answer.

use domain::documents::KnownDocument;
use domain::form::{Answers as _, ContestRow, FieldError, Place};
use domain::known::{Advice, Contest, Fact, KnownFact, advice, known};
use domain::lifecycle::CommandKind;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::answers::with_label;
use super::document_list::{one, removed_notice};
use super::form::{Marks, ask, kept_state, questions};
use super::known::{fact_source, known_path};
use super::step_page::REMOVED;
use crate::catalogue::use_catalogue;
use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::error::AppError;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::reply::use_reply;
use crate::shell::IslandScript;
use crate::ui::{
    Actions, Button, ButtonKind, DescriptionList, Entry, ErrorSummary, Issue, Issues, Notice,
    PageTitle, Tone,
};
use crate::views::{DeclarationView, Typed};

/// The page of a fact.
pub fn contest_path(id: Uuid, fact: Fact) -> String {
    format!("{}/{fact}", known_path(id))
}

/// Somebody else contested the fact in between.
pub const CHANGED: &str = "change";

#[component]
pub fn ContestPage() -> impl IntoView {
    let lang = use_lang();
    let fact = use_params_map()
        .read_untracked()
        .get_str("fact")
        .and_then(|code| code.parse::<Fact>().ok())
        .ok_or(AppError::NotFound);
    let (id, desk) = (id_of_address(), supplier_desk());
    let address = |name: &str| query(name).and_then(|id| Uuid::parse_str(&id).ok());
    let (copy, removed) = (address("saisie"), address(REMOVED));
    let load = async move {
        let (desk, id, fact) = (desk?, id?, fact?);
        let view = desk.declaration(id).await?;
        let typed = match copy {
            Some(copy) => desk.typed(id, copy).await?,
            None => None,
        };
        let found = known(
            (&view.siren, &view.registry),
            &view.listed,
            &use_catalogue(),
        );
        let said = found.into_iter().find(|one| one.fact == fact);
        if said.is_none() && view.draft.contest(fact).is_none() {
            return Err(AppError::NotFound);
        }
        Ok((view, fact, said, typed))
    };
    page(load, move |(view, fact, said, typed)| {
        if view.allowed.contains(&CommandKind::Save) {
            draw(lang, &view, (fact, said), typed, removed)
        } else {
            use_reply().redirect(declaration_path(view.id));
            ().into_any()
        }
    })
}

fn draw(
    lang: Lang,
    view: &DeclarationView,
    (fact, said): (Fact, Option<KnownFact>),
    typed: Option<Typed>,
    removed: Option<Uuid>,
) -> AnyView {
    let stored = view.draft.contest(fact);
    let changed = typed.as_ref().is_some_and(|typed| typed.problem == CHANGED);
    let answers = match &typed {
        Some(typed) => ContestRow {
            value: typed.get("value").to_owned(),
            reason: typed.get("reason").to_owned(),
            documents: stored
                .map(|one| one.answers.documents.clone())
                .unwrap_or_default(),
        },
        None => stored.map(|one| one.answers.clone()).unwrap_or_default(),
    };
    let errors = if typed.is_some() && !changed {
        answers.errors()
    } else {
        vec![]
    };
    let words = |error: &FieldError| error.rule.message(lang);
    let issues: Issues = errors
        .iter()
        .map(|error| Issue::new(error.path.clone(), words(error)))
        .collect();
    // Away from its field, an error names it.
    let summary: Issues = errors
        .iter()
        .map(|error| {
            let mut fields = ContestRow::fields().iter();
            let field = fields.find(|field| field.name == error.path);
            let label = field.map(|field| field.label.get(lang).to_owned());
            Issue::new(error.path.clone(), with_label(lang, label, words(error)))
        })
        .collect();
    if let Some(status) = typed.as_ref().map(|_| if changed { 409 } else { 422 }) {
        use_reply().status(status);
    }
    let name = fact.name(&use_catalogue(), lang);
    let title = match lang {
        Lang::Fr => format!("{name}\u{A0}: ce que dit le registre n’est pas exact"),
        Lang::En => format!("{name}: what the register says is not right"),
    };
    let advice = advice(fact, view.registry.facts(), view.today);
    let wrong = !issues.is_empty();
    view! {
        <PageTitle title=title.clone() error=wrong/>
        <div class="page declaring">
            <p class="back">
                <a href=known_path(view.id)>{lang.pick("Ce que nous savons de vous", "What we know of you")}</a>
            </p>
            <ErrorSummary lang=lang issues=summary/>
            <h1>{title}</h1>
            {changed.then(|| changed_meanwhile(lang, stored))}
            {the_register(lang, said.as_ref(), stored)}
            {assistant(lang, &advice)}
            {form(lang, view, fact, &answers, &issues, removed)}
        </div>
    }
    .into_any()
}

fn changed_meanwhile(lang: Lang, stored: Option<&Contest>) -> impl IntoView + use<> {
    let theirs = stored.map(|one| format!("{} – {}", one.answers.value, one.answers.reason));
    let words = lang.pick(
        "Une autre personne a répondu entre-temps. Rien n’est perdu\u{A0}: votre texte est ci-dessous, sa réponse est ici. Enregistrer garde la vôtre.",
        "Another person answered in between. Nothing is lost: your text is below, their answer is here. Saving keeps yours.",
    );
    view! {
        <Notice tone=Tone::Warning live=true>
            <p>{words}</p>
            {theirs.map(|words| view! { <p class="as-typed">{words}</p> })}
        </Notice>
    }
}

/// What the register says today, and what it said when it was contested if that differs.
fn the_register(lang: Lang, said: Option<&KnownFact>, stored: Option<&Contest>) -> AnyView {
    let mut entries = vec![];
    let now = lang.pick("Le registre dit", "The register says");
    match said {
        Some(known) => {
            let words = format!("{}\n{}", known.said.get(lang), fact_source(lang, known));
            entries.push(Entry::new(now, words));
        }
        None => entries.push(Entry::new(
            now,
            lang.pick("Plus rien à ce sujet", "Nothing about this any more"),
        )),
    }
    if let Some(contest) = stored.filter(|one| said.is_none_or(|known| known.said != one.said)) {
        let label = lang.pick("Quand vous avez répondu", "When you answered");
        let source = contest.source.get(lang);
        entries.push(Entry::new(
            label,
            format!("{}\n{source}", contest.said.get(lang)),
        ));
    }
    view! { <DescriptionList entries=entries/> }.into_any()
}

fn assistant(lang: Lang, advice: &Advice) -> AnyView {
    let causes = advice
        .causes
        .iter()
        .map(|cause| view! { <li>{cause.get(lang)}</li> })
        .collect_view();
    view! {
        <section class="assistant" aria-labelledby="causes-title">
            <h2 id="causes-title">{lang.pick("Pourquoi cette différence\u{202f}?", "Why this difference?")}</h2>
            <p class="hint">
                {lang.pick("Causes fréquentes, sans rien préjuger\u{A0}:", "Common causes, without prejudging anything:")}
            </p>
            <ul>{causes}</ul>
            <h3>{lang.pick("Qui peut le corriger à la source", "Who can correct it at the source")}</h3>
            <p>{advice.body.get(lang)} "."</p>
            <p>{advice.way.get(lang)}</p>
        </section>
    }
    .into_any()
}

fn form(
    lang: Lang,
    view: &DeclarationView,
    fact: Fact,
    answers: &ContestRow,
    issues: &Issues,
    removed: Option<Uuid>,
) -> AnyView {
    let marks = Marks::plain(lang, view, issues);
    let stored = view.draft.contest(fact);
    let (seen, contested) = (
        stored.map(Contest::mark).unwrap_or_default(),
        stored.is_some(),
    );
    let fields = questions(answers, "")
        .iter()
        .filter(|question| question.field.name != "documents")
        .map(|question| ask(&marks, question))
        .collect_view();
    let full = answers.documents.len() >= view.document_limits.per_claim;
    let limits = view.document_limits.sentence(lang);
    view! {
        <form class="card contest" method="post" action="/fn/contest-fact" novalidate>
            <h2>{lang.pick("Votre réponse", "Your answer")}</h2>
            <p class="hint">
                {lang
                    .pick(
                        "Elle est gardée à côté de celle du registre, et jointe à ce que vous signez. Elle ne vous bloque pas.",
                        "It is kept beside that of the register, and goes with what you sign. It does not stop you.",
                    )}
            </p>
            <input type="hidden" name="id" value=view.id.to_string()/>
            <input type="hidden" name="fact" value=fact.to_string()/>
            <input type="hidden" name="seen" value=seen/>
            {fields}
            {documents(lang, view, &answers.documents)}
            {put_back(lang, removed, &answers.documents)}
            {(!full).then(|| view! { <p class="hint">{limits}</p> })}
            <Actions>
                <Button label=lang.pick("Enregistrer", "Save") name="intent" value="save"/>
                {(!full)
                    .then(|| {
                        view! {
                            <Button
                                label=lang.pick("Enregistrer et ajouter une pièce", "Save and add a document")
                                kind=ButtonKind::Secondary
                                name="intent"
                                value="attach"
                            />
                        }
                    })}
                {contested
                    .then(|| {
                        view! {
                            <Button
                                label=lang.pick("Ne plus contester", "Stop contesting")
                                kind=ButtonKind::Quiet
                                name="intent"
                                value="agree"
                            />
                        }
                    })}
            </Actions>
            {kept_state(lang, contest_path(view.id, fact), "seen")}
        </form>
        <IslandScript/>
    }
    .into_any()
}

/// The documents of the answer, each with what removes it.
fn documents(lang: Lang, view: &DeclarationView, ids: &[String]) -> Option<AnyView> {
    if ids.is_empty() {
        return None;
    }
    let known = |id: &String| view.documents.iter().find(|one| one.id.to_string() == **id);
    let items = ids
        .iter()
        .map(|id| {
            let found: Option<&KnownDocument> = known(id);
            let about = found.map_or_else(|| id.clone(), |one| one.document.name.clone());
            view! {
                <li class="document">
                    <input type="hidden" name="answers[documents][]" value=id.clone()/>
                    {found.map_or_else(|| about.clone().into_any(), |known| one(lang, known))}
                    <Button
                        label=lang.pick("Retirer", "Remove")
                        about=about
                        kind=ButtonKind::Quiet
                        name="intent"
                        value=format!("detach-{id}")
                    />
                </li>
            }
        })
        .collect_view();
    Some(view! { <ul class="documents">{items}</ul> }.into_any())
}

/// Said after a document was taken away, with the button that undoes it.
fn put_back(lang: Lang, removed: Option<Uuid>, ids: &[String]) -> Option<AnyView> {
    let gone = removed?.to_string();
    let notice = || removed_notice(lang, format!("restore-{gone}")).into_any();
    (!ids.contains(&gone)).then(notice)
}

/// The page that adds a document to the answer.
pub fn contest_documents(id: Uuid, fact: Fact) -> String {
    super::document_list::add_path(id, Place::Contest(fact))
}
