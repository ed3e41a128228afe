//! One file of a list: its columns, what it would change, and the decision.

use domain::lists::{Failure, ImportState, Outcome};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::list::{list_of_address, problem_of_query, told};
use super::problem::ListProblem;
use super::{address, columns, difference, words};
use crate::doors::admin_desk;
use crate::error::AppError;
use crate::i18n::{Lang, file_size, long_date, use_lang};
use crate::pages::shared::load::page;
use crate::pages::shared::moment::long_moment;
use crate::reply::use_reply;
use crate::ui::{
    ButtonKind, Checkbox, ConfirmPanel, DescriptionList, Entry, ErrorSummary, Issues, Notice,
    PageTitle, StatusChip, Tone,
};
use crate::views::ListImportView;

#[component]
pub fn ListImportPage() -> impl IntoView {
    let lang = use_lang();
    let list = list_of_address();
    let id = {
        let params = use_params_map();
        let params = params.read_untracked();
        let id = params.get_str("import").and_then(|id| id.parse().ok());
        id.ok_or(AppError::NotFound)
    };
    let problem = problem_of_query();
    let desk = admin_desk();
    page(
        async move { desk?.list_import(list?, id?).await },
        move |view| draw(lang, problem, &view),
    )
}

fn draw(lang: Lang, problem: Option<ListProblem>, view: &ListImportView) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("{}, fichier n°\u{A0}{}", view.list.label().fr, view.id),
        Lang::En => format!("{}, file no. {}", view.list.label().en, view.id),
    };
    let (mut issues, stopped) = told(lang, problem);
    let wrong = columns::issues(lang, view);
    if !wrong.is_empty() {
        use_reply().status(422);
        issues = wrong;
    }
    let error = problem.is_some() || view.failure.is_some();
    let (state, tone) = words::state(view.state, view.in_force);
    let body = match view.state {
        ImportState::Sent | ImportState::Failed => choose(lang, view, &issues),
        ImportState::Reading => reading(lang, view),
        ImportState::Read => decide(lang, view, &issues),
        ImportState::Discarded | ImportState::Kept => past(lang, view).into_any(),
    };
    view! {
        <PageTitle title=title.clone() error=error/>
        <div class="page agent">
            <p class="back">
                <a href=address::list(view.list)>{view.list.label().get(lang)}</a>
            </p>
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            <p><StatusChip label=state.get(lang) tone=tone/></p>
            {stopped}
            {failure(lang, view)}
            {body}
            <section class="block" aria-labelledby="file">
                <h2 id="file">{lang.pick("Le fichier", "The file")}</h2>
                <DescriptionList entries=entries(lang, view)/>
            </section>
        </div>
    }
    .into_any()
}

fn entries(lang: Lang, view: &ListImportView) -> Vec<Entry> {
    vec![
        Entry::new(lang.pick("Nom", "Name"), view.file_name.clone()),
        Entry::new(
            lang.pick("Format", "Format"),
            format!(
                "{}, {}",
                view.format.to_uppercase(),
                file_size(lang, view.size_bytes)
            ),
        ),
        Entry::new(
            lang.pick("Date de la liste", "Date of the list"),
            long_date(lang, view.published_on),
        ),
        Entry::new(
            lang.pick("Envoyé", "Sent"),
            format!(
                "{}, {}",
                long_moment(lang, view.sent_at),
                words::by(lang, &view.by)
            ),
        ),
        Entry::new(
            lang.pick("Empreinte SHA-256", "SHA-256"),
            view.sha256.clone(),
        ),
    ]
}

/// Why it was not read; a wrong column is said beside its field.
fn failure(lang: Lang, view: &ListImportView) -> Option<AnyView> {
    let failure = view.failure.as_ref()?;
    if matches!(failure, Failure::Mapping(_)) {
        return None;
    }
    let words = words::failure(lang, failure);
    Some(
        view! {
            <Notice
                tone=Tone::Danger
                live=true
                title=lang.pick("Le fichier n’a pas pu être lu", "The file could not be read")
            >
                <p>{words}</p>
            </Notice>
        }
        .into_any(),
    )
}

fn choose(lang: Lang, view: &ListImportView, issues: &Issues) -> AnyView {
    view! {
        <section class="block" aria-labelledby="columns">
            <h2 id="columns">{lang.pick("Colonnes", "Columns")}</h2>
            <p>
                {lang
                    .pick(
                        "Vérifiez quelle colonne donne quoi. Le choix est retenu pour les prochains fichiers de mêmes titres.",
                        "Check which column gives what. The choice is remembered for the next files with the same headings.",
                    )}
            </p>
            {columns::form(lang, view, issues)}
            {columns::discard(lang, view)}
        </section>
    }
    .into_any()
}

fn reading(lang: Lang, view: &ListImportView) -> AnyView {
    let here = address::import(view.list, view.id);
    view! {
        <Notice tone=Tone::Info title=lang.pick("Lecture en cours", "Being read")>
            <p>
                {lang
                    .pick(
                        "Le fichier est lu ligne par ligne puis comparé à la liste en vigueur. Vous pouvez fermer cette page et y revenir.",
                        "The file is read line by line, then compared with the list in force. You may close this page and come back.",
                    )}
            </p>
            <p><a href=here>{lang.pick("Actualiser", "Refresh")}</a></p>
        </Notice>
    }
    .into_any()
}

fn decide(lang: Lang, view: &ListImportView, issues: &Issues) -> AnyView {
    let Some(outcome) = &view.outcome else {
        return choose(lang, view, issues);
    };
    let outdated = view.outdated.then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>{ListProblem::Outdated.message().get(lang)}</p>
            </Notice>
        }
    });
    let put = (!view.outdated).then(|| put(lang, view, outcome, issues));
    view! {
        {outdated}
        <section class="block" aria-labelledby="effect">
            <h2 id="effect">{lang.pick("Ce que ce fichier changerait", "What this file would change")}</h2>
            {difference::counts(lang, outcome)}
            {difference::examples(lang, outcome)}
            {difference::problems(lang, outcome)}
        </section>
        {put}
        <section class="block" aria-labelledby="columns">
            <h2 id="columns">{lang.pick("Changer les colonnes", "Change the columns")}</h2>
            {columns::form(lang, view, issues)}
            {columns::discard(lang, view)}
        </section>
    }
    .into_any()
}

/// The decision; one more tick when the list would shrink much.
fn put(lang: Lang, view: &ListImportView, outcome: &Outcome, issues: &Issues) -> AnyView {
    let (before, after) = (
        words::count(lang, outcome.difference.before.unwrap_or_default()),
        words::count(lang, outcome.rows),
    );
    let shrinks = view.shrinks.then(|| {
        let (percent, label) = match lang {
            Lang::Fr => (
                format!(
                    "La liste perdrait plus de {}\u{A0}% de ses lignes, ce qui arrive quand un fichier est coupé ou n’est pas le bon.",
                    view.shrink_percent
                ),
                format!("J’ai vérifié\u{A0}: la liste passe bien de {before} à {after} lignes"),
            ),
            Lang::En => (
                format!(
                    "The list would lose more than {}% of its rows, which happens when a file is cut or is not the right one.",
                    view.shrink_percent
                ),
                format!("I have checked: the list does go from {before} to {after} rows"),
            ),
        };
        view! {
            <Notice tone=Tone::Warning title=lang.pick("La liste rétrécit", "The list shrinks")>
                <p>{percent}</p>
            </Notice>
            <Checkbox
                lang=lang
                id="confirmed"
                name="confirmed"
                label=label
                error=issues.of("confirmed")
            />
        }
    });
    let consequence = lang.pick(
        "Dès maintenant, ce fichier remplace la liste en vigueur, en entier et d’un coup. Vous pourrez revenir à la version précédente.",
        "From now on, this file replaces the list in force, whole and at once. You will be able to go back to the version before.",
    );
    let (slug, import) = (view.list.slug(), view.id.to_string());
    view! {
        <ConfirmPanel
            lang=lang
            title=lang.pick("Mettre en vigueur", "Put in force")
            consequence=consequence
            action="/fn/put-list-in-force"
            confirm=lang.pick("Mettre en vigueur", "Put in force")
            cancel_href=address::list(view.list)
            kind=if view.shrinks { ButtonKind::Danger } else { ButtonKind::Primary }
        >
            <input type="hidden" name="list" value=slug/>
            <input type="hidden" name="import" value=import/>
            {shrinks}
        </ConfirmPanel>
    }
    .into_any()
}

fn past(lang: Lang, view: &ListImportView) -> Option<AnyView> {
    let outcome = view.outcome.as_ref()?;
    Some(
        view! {
            <section class="block" aria-labelledby="effect">
                <h2 id="effect">
                    {lang.pick("Ce que ce fichier changeait", "What this file changed")}
                </h2>
                {difference::counts(lang, outcome)}
                {difference::examples(lang, outcome)}
                {difference::problems(lang, outcome)}
            </section>
        }
        .into_any(),
    )
}
