//! One list: what it proves, the file in force, the form that sends another, the history and the way back.

use domain::lists::ListKind;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::history::{files, turns};
use super::problem::{FORM, ListProblem};
use super::{address, words};
use crate::doors::{admin_desk, buyer_desk};
use crate::error::AppError;
use crate::i18n::{Lang, file_size, long_date, use_lang};
use crate::pages::buyer::Done;
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_moment;
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, ConfirmPanel, DateInput, DescriptionList, EmptyState,
    Entry, ErrorSummary, FileInput, Issue, Issues, Notice, PageTitle, TextArea, Tone,
};
use crate::views::{ListInForce, ListView, RollBack, Typed};

/// The list that the address names.
pub(super) fn list_of_address() -> Result<ListKind, AppError> {
    let params = use_params_map();
    let params = params.read_untracked();
    let list = params.get_str("list").and_then(|slug| slug.parse().ok());
    list.ok_or(AppError::NotFound)
}

/// What the query says was not done.
pub(super) fn problem_of_query() -> Option<ListProblem> {
    query("refus").and_then(|code| ListProblem::from_code(&code))
}

#[component]
pub fn ListPage() -> impl IntoView {
    let lang = use_lang();
    let list = list_of_address();
    let (done, problem) = (query("fait"), problem_of_query());
    let asked = query("retirer").is_some();
    let copy = query("saisie").and_then(|copy| Uuid::parse_str(&copy).ok());
    let (desk, agent) = (admin_desk(), buyer_desk());
    let load = async move {
        let view = desk?.list(list?).await?;
        let typed = match copy {
            Some(copy) => agent?.kept_form(FORM, copy).await?,
            None => None,
        };
        Ok((view, typed))
    };
    page(load, move |(view, typed)| {
        let problem = problem.or_else(|| {
            let typed = typed.as_ref()?;
            ListProblem::from_code(&typed.problem)
        });
        draw(lang, done.as_deref(), problem, asked, typed, &view)
    })
}

fn draw(
    lang: Lang,
    done: Option<&str>,
    problem: Option<ListProblem>,
    asked: bool,
    typed: Option<Typed>,
    view: &ListView,
) -> AnyView {
    let list = view.line.list;
    let title = list.label().get(lang);
    let (issues, stopped) = told(lang, problem);
    let done = done.and_then(|code| done_words(lang, code));
    let ask = view
        .roll_back
        .as_ref()
        .filter(|_| asked)
        .map(|back| removal(lang, list, back, typed.unwrap_or_default(), &issues));
    view! {
        <PageTitle title=title error=problem.is_some()/>
        <div class="page agent">
            <p class="back">
                <a href=path::LISTS>{lang.pick("Listes qui prouvent", "Lists that prove")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            <p class="lead">{list.proves().get(lang)}</p>
            {done.map(|words| view! { <Done text=words/> })}
            {stopped}
            {ask}
            <section class="block" aria-labelledby="in-force">
                <h2 id="in-force">{lang.pick("En vigueur", "In force")}</h2>
                {in_force(lang, view)}
            </section>
            {send(lang, view, &issues)}
            <section class="block" aria-labelledby="files">
                <h2 id="files">{lang.pick("Fichiers", "Files")}</h2>
                {files(lang, view)}
            </section>
            <section class="block" aria-labelledby="turns">
                <h2 id="turns">{lang.pick("Historique", "History")}</h2>
                {turns(lang, view)}
            </section>
        </div>
    }
    .into_any()
}

/// A problem of a field, or of the whole act; the page answers that it was not done.
pub(super) fn told(lang: Lang, problem: Option<ListProblem>) -> (Issues, Option<AnyView>) {
    let Some(problem) = problem else {
        return (Issues::default(), None);
    };
    use_reply().status(422);
    let message = problem.message().get(lang);
    if let Some(field) = problem.field() {
        return (std::iter::once(Issue::new(field, message)).collect(), None);
    }
    let notice = view! {
        <Notice
            tone=Tone::Danger
            live=true
            id="stopped"
            title=lang.pick("Cette action n’a pas été faite", "This was not done")
        >
            <p>{message}</p>
        </Notice>
    };
    (Issues::default(), Some(notice.into_any()))
}

fn done_words(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "vigueur" => lang.pick(
            "Nouvelle version en vigueur\u{A0}: elle est montrée dès maintenant à côté des déclarations.",
            "New version in force: it is shown beside declarations from now on.",
        ),
        "ecarte" => lang.pick(
            "Fichier écarté\u{A0}: la liste en vigueur n’a pas changé.",
            "File discarded: the list in force has not changed.",
        ),
        "retire" => lang.pick(
            "Version retirée\u{A0}: celle d’avant est de nouveau en vigueur.",
            "Version taken back: the one before is in force again.",
        ),
        _ => return None,
    })
}

fn in_force(lang: Lang, view: &ListView) -> AnyView {
    let Some(force) = &view.line.in_force else {
        return view! {
            <EmptyState
                title=lang.pick("Jamais importée", "Never imported")
                text=lang.pick(
                    "Tant qu’aucun fichier n’est en vigueur, rien n’est dit de cette liste aux fournisseurs ni aux agents.",
                    "As long as no file is in force, nothing of this list is told to suppliers nor to agents.",
                )
            />
        }
        .into_any();
    };
    let list = view.line.list;
    let back = view.roll_back.as_ref().map(|_| {
        let href = format!("{}#confirm", address::list_with(list, "retirer"));
        view! {
            <Actions>
                <ButtonLink
                    href=href
                    label=lang.pick("Revenir à la version précédente", "Go back to the version before")
                    kind=ButtonKind::Quiet
                />
            </Actions>
        }
    });
    view! {
        {force.old.then(|| old(lang, list))}
        <DescriptionList entries=entries(lang, list, force)/>
        {back}
    }
    .into_any()
}

fn old(lang: Lang, list: ListKind) -> AnyView {
    let publisher = list.publisher().get(lang);
    let words = match lang {
        Lang::Fr => format!(
            "Cette liste a plus de {}\u{A0}jours. Téléchargez la dernière chez son éditeur ({publisher}) et importez-la\u{A0}: une entreprise récente y manque peut-être.",
            list.fresh_days()
        ),
        Lang::En => format!(
            "This list is more than {} days old. Download the last one from its publisher ({publisher}) and import it: a recent company may be missing.",
            list.fresh_days()
        ),
    };
    view! {
        <Notice tone=Tone::Warning title=lang.pick("Liste ancienne", "Old list")>
            <p>{words}</p>
        </Notice>
    }
    .into_any()
}

fn entries(lang: Lang, list: ListKind, force: &ListInForce) -> Vec<Entry> {
    let sent = format!(
        "{}, {}",
        long_moment(lang, force.since),
        words::by(lang, &force.by)
    );
    vec![
        Entry::new(
            lang.pick("Date de la liste", "Date of the list"),
            long_date(lang, force.published_on),
        ),
        Entry::new(lang.pick("Lignes", "Rows"), words::count(lang, force.rows)),
        Entry::new(lang.pick("En vigueur depuis", "In force since"), sent),
        Entry::new(lang.pick("Fichier", "File"), force.file_name.clone()),
        Entry::new(
            lang.pick("Éditeur", "Publisher"),
            list.publisher().get(lang),
        ),
    ]
}

fn send(lang: Lang, view: &ListView, issues: &Issues) -> AnyView {
    let size = file_size(lang, view.largest);
    let hint = match lang {
        Lang::Fr => format!(
            "CSV ou XLSX, {size} au plus, tel que l’éditeur le publie. Rien n’entre en vigueur avant que vous ayez vu les différences."
        ),
        Lang::En => format!(
            "CSV or XLSX, {size} at most, as its publisher puts it out. Nothing comes in force before you have seen the differences."
        ),
    };
    view! {
        <section class="block" aria-labelledby="send">
            <h2 id="send">{lang.pick("Importer un fichier", "Import a file")}</h2>
            <form
                class="card"
                method="post"
                action=address::upload(view.line.list)
                enctype="multipart/form-data"
                novalidate
            >
                <DateInput
                    lang=lang
                    id="published_on"
                    name="published_on"
                    label=lang.pick("Date de la liste", "Date of the list")
                    hint=lang.pick(
                        "Celle que donne son éditeur\u{202F}; vide\u{A0}: aujourd’hui.",
                        "The one that its publisher gives; empty: today.",
                    )
                    error=issues.of("published_on")
                    optional=true
                />
                <FileInput
                    lang=lang
                    name="file"
                    label=lang.pick("Fichier de la liste", "File of the list")
                    hint=hint
                    error=issues.of("file")
                    accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                />
                <Actions>
                    <Button label=lang.pick("Envoyer et vérifier", "Send and check")/>
                </Actions>
            </form>
        </section>
    }
    .into_any()
}

fn removal(lang: Lang, list: ListKind, back: &RollBack, typed: Typed, issues: &Issues) -> AnyView {
    let consequence = match (lang, back.back_to) {
        (Lang::Fr, Some(id)) => format!(
            "Le fichier n°\u{A0}{} cesse d’être en vigueur, et le n°\u{A0}{id} l’est de nouveau. Les décisions déjà prises ne changent pas.",
            back.import
        ),
        (Lang::En, Some(id)) => format!(
            "File no. {} is no longer in force, and no. {id} is again. Decisions already made do not change.",
            back.import
        ),
        (Lang::Fr, None) => format!(
            "Le fichier n°\u{A0}{} est le premier\u{A0}: après lui, plus rien n’est dit de cette liste.",
            back.import
        ),
        (Lang::En, None) => format!(
            "File no. {} is the first: after it, nothing of this list is told any more.",
            back.import
        ),
    };
    let import = back.import.to_string();
    let (reason, wrong) = (typed.get("reason").to_owned(), issues.of("reason"));
    view! {
        <div id="confirm">
            <ConfirmPanel
                lang=lang
                title=lang.pick("Revenir à la version précédente\u{202F}?", "Go back to the version before?")
                consequence=consequence
                action="/fn/roll-back-list"
                confirm=lang.pick("Revenir en arrière", "Go back")
                cancel_href=address::list(list)
            >
                <input type="hidden" name="list" value=list.slug()/>
                <input type="hidden" name="import" value=import/>
                <TextArea
                    lang=lang
                    id="reason"
                    name="reason"
                    label=lang.pick("Motif", "Reason")
                    hint=lang.pick("Reste dans l’historique.", "Stays in the history.")
                    value=reason
                    error=wrong
                />
            </ConfirmPanel>
        </div>
    }
    .into_any()
}
