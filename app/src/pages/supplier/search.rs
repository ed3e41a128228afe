//! Finding the company that declares: by SIRET, SIREN or name, with every way in which it may not work.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::doors::supplier_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::claim::quoted;
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{
    Actions, Button, ButtonKind, EmptyState, ErrorSummary, Issue, Issues, MaybeWords, Notice,
    PageTitle, StatusChip, TextInput, Tone,
};
use crate::views::{CompanyHit, CompanySearch, SearchOutcome};

/// The id and the name of the only field.
const FIELD: &str = "q";

/// What became of an attempt to open a company, told by the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stopped {
    HeldByAnother,
    Closed(Option<NaiveDate>),
    Unknown,
}

/// The form, on the workspace and above the results. It reads only: a GET, whose address can be kept.
pub fn search_form(lang: Lang, typed: &str, error: Option<String>) -> impl IntoView + use<> {
    view! {
        <form class="search" method="get" action=format!("{}/recherche", path::SUPPLIER) role="search" novalidate>
            <TextInput
                lang=lang
                name=FIELD
                label=lang.pick("SIRET, SIREN ou nom de l’entreprise", "SIRET, SIREN or name of the company")
                hint=lang
                    .pick(
                        "Par exemple 732 829 320 00074, ou un nom avec la ville.",
                        "For example 732 829 320 00074, or a name with the town.",
                    )
                value=typed.to_owned()
                error=MaybeWords::from(error)
                kind="search"
                autocomplete="off"
            />
            <Actions>
                <Button label=lang.pick("Chercher", "Search")/>
            </Actions>
        </form>
    }
}

#[component]
pub fn SearchPage() -> impl IntoView {
    let lang = use_lang();
    let desk = supplier_desk();
    let typed = query(FIELD).unwrap_or_default();
    let stopped = query("issue").and_then(|issue| match issue.as_str() {
        "suivie" => Some(Stopped::HeldByAnother),
        "fermee" => Some(Stopped::Closed(
            query("depuis").and_then(|day| day.parse().ok()),
        )),
        "inconnue" => Some(Stopped::Unknown),
        _ => None,
    });
    page(
        async move { desk?.search(typed.trim()).await },
        move |found| show(lang, &found, stopped),
    )
}

fn show(lang: Lang, found: &CompanySearch, stopped: Option<Stopped>) -> AnyView {
    let error = match &found.outcome {
        SearchOutcome::Invalid(error) => Some(error.message(lang)),
        SearchOutcome::Empty => Some(
            lang.pick(
                "Saisissez un SIRET, un SIREN, ou un nom d’au moins trois lettres.",
                "Type a SIRET, a SIREN, or a name of at least three letters.",
            )
            .to_owned(),
        ),
        _ => None,
    };
    let issues: Issues = error
        .iter()
        .map(|error| Issue::new(FIELD, error.clone()))
        .collect();
    let title = lang.pick("Trouver une entreprise", "Find a company");
    let results = match &found.outcome {
        SearchOutcome::Empty | SearchOutcome::Invalid(_) => None,
        SearchOutcome::Found {
            hits,
            demonstration,
        } => Some(results(lang, &found.query, hits, *demonstration, stopped).into_any()),
        SearchOutcome::RegistryDown { number } => Some(down(lang, number.as_deref()).into_any()),
    };
    view! {
        <PageTitle title=title error=!issues.is_empty()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            {stopped.map(|stopped| stop(lang, stopped))}
            {search_form(lang, &found.query, error)}
            {results}
        </div>
    }
    .into_any()
}

/// Why the company could not be opened, and what to do.
fn stop(lang: Lang, stopped: Stopped) -> impl IntoView {
    let site = use_site();
    let (tone, title, words) = match stopped {
        Stopped::HeldByAnother => (
            Tone::Warning,
            lang.pick("Entreprise déjà suivie par une autre personne", "Another person already follows this company"),
            lang.pick(
                "Votre demande de rattachement est enregistrée. Pour protéger l’entreprise, rien ne vous est montré avant qu’un agent l’ait acceptée. Vous pouvez aussi l’appeler ou lui écrire\u{A0}:",
                "Your request to join is recorded. To protect the company, nothing is shown until an agent accepts it. You may also call or write:",
            )
            .to_owned(),
        ),
        Stopped::Closed(since) => (
            Tone::Danger,
            lang.pick("Entreprise fermée", "Closed company"),
            closed(lang, since),
        ),
        Stopped::Unknown => (
            Tone::Warning,
            lang.pick("Numéro inconnu du répertoire", "Number not in the register"),
            lang.pick(
                "Ce numéro est bien formé, mais le répertoire ne le connaît pas. Vérifiez-le sur un document officiel. S’il est juste, par exemple pour une entreprise toute récente, écrivez-nous\u{A0}:",
                "This number is well formed, but the register does not know it. Check it on an official document. If it is right, for example for a very recent company, write to us:",
            )
            .to_owned(),
        ),
    };
    let mail = format!("mailto:{}", site.email);
    let phone = site.phone.replace(' ', "\u{A0}");
    view! {
        <Notice tone=tone title=title live=true>
            <p>{words}</p>
            <p>
                {site.service.clone()} ", " <a href=mail>{site.email.clone()}</a> ", " {phone}
            </p>
        </Notice>
    }
}

fn closed(lang: Lang, since: Option<NaiveDate>) -> String {
    match (lang, since) {
        (Lang::Fr, Some(day)) => format!("Le répertoire indique que cette entreprise a cessé son activité le {}\u{A0}: elle ne peut pas déclarer. Si c’est une erreur, faites-la corriger auprès de l’Insee, puis écrivez-nous\u{A0}:", long_date(lang, day)),
        (Lang::Fr, None) => "Le répertoire indique que cette entreprise a cessé son activité\u{A0}: elle ne peut pas déclarer. Si c’est une erreur, faites-la corriger auprès de l’Insee, puis écrivez-nous\u{A0}:".to_owned(),
        (Lang::En, Some(day)) => format!("The register says that this company closed on {}: it cannot declare. If this is a mistake, have it corrected by Insee, then write to us:", long_date(lang, day)),
        (Lang::En, None) => "The register says that this company has closed: it cannot declare. If this is a mistake, have it corrected by Insee, then write to us:".to_owned(),
    }
}

fn results(
    lang: Lang,
    query: &str,
    hits: &[CompanyHit],
    demonstration: bool,
    stopped: Option<Stopped>,
) -> impl IntoView + use<> {
    let quoted = quoted(lang, query);
    let heading = match (lang, hits.len()) {
        (Lang::Fr, 0) => format!("Aucun résultat pour {quoted}"),
        (Lang::Fr, 1) => format!("Un résultat pour {quoted}"),
        (Lang::Fr, n) => format!("{n} résultats pour {quoted}"),
        (Lang::En, 0) => format!("No result for {quoted}"),
        (Lang::En, 1) => format!("One result for {quoted}"),
        (Lang::En, n) => format!("{n} results for {quoted}"),
    };
    let empty = hits.is_empty().then(|| {
        view! {
            <EmptyState
                title=lang.pick("Le répertoire ne trouve rien", "The register finds nothing")
                text=lang
                    .pick(
                        "Essayez le SIRET, inscrit sur vos factures, ou un nom plus court.",
                        "Try the SIRET, printed on your invoices, or a shorter name.",
                    )
            />
        }
    });
    let items = hits
        .iter()
        .map(|hit| result(lang, hit, stopped))
        .collect_view();
    view! {
        <section aria-labelledby="results-title">
            <h2 id="results-title">{heading}</h2>
            {demonstration
                .then(|| {
                    view! {
                        <p class="hint">
                            <StatusChip label=lang.pick("Démonstration", "Demonstration") tone=Tone::Warning/> " "
                            {lang
                                .pick(
                                    "Ces entreprises sont fictives\u{A0}: aucun registre réel n’est interrogé.",
                                    "These companies are fictional: no real register is asked.",
                                )}
                        </p>
                    }
                })}
            {empty}
            <ul class="hits">{items}</ul>
        </section>
    }
}

fn result(lang: Lang, hit: &CompanyHit, stopped: Option<Stopped>) -> impl IntoView + use<> {
    let number = hit.siret.as_ref().map_or_else(
        || format!("SIREN {}", hit.siren.formatted()),
        |siret| format!("SIRET {}", siret.formatted()),
    );
    let value = hit.siret.as_ref().map_or_else(
        || hit.siren.as_str().to_owned(),
        |siret| siret.as_str().to_owned(),
    );
    let about = match lang {
        Lang::Fr => format!("pour {}", hit.name),
        Lang::En => format!("for {}", hit.name),
    };
    let act = if !hit.active {
        view! {
            <p class="state-line">
                <StatusChip label=lang.pick("Fermée", "Closed") tone=Tone::Danger/>
                {lang
                    .pick(
                        "Le répertoire indique qu’elle a cessé son activité\u{A0}: elle ne peut pas déclarer.",
                        "The register says that it has closed: it cannot declare.",
                    )}
            </p>
        }
        .into_any()
    } else if stopped == Some(Stopped::HeldByAnother) {
        ().into_any()
    } else {
        view! {
            <form method="post" action="/fn/open-company">
                <input type="hidden" name="number" value=value/>
                <Button
                    label=lang.pick("Déclarer", "Declare")
                    about=about
                    kind=ButtonKind::Secondary
                />
            </form>
        }
        .into_any()
    };
    view! {
        <li class="hit">
            <div>
                <h3>{hit.name.clone()}</h3>
                {hit.address.clone().map(|address| view! { <p>{address}</p> })}
                <p class="hint">{number}</p>
            </div>
            {act}
        </li>
    }
}

fn down(lang: Lang, number: Option<&str>) -> impl IntoView + use<> {
    let go_on = number.map(|number| {
        view! {
            <form method="post" action="/fn/open-company">
                <input type="hidden" name="number" value=number.to_owned()/>
                <Actions>
                    <Button label=lang.pick("Continuer sans le répertoire", "Go on without the register")/>
                </Actions>
            </form>
        }
    });
    let words = if number.is_some() {
        lang.pick(
            "Votre numéro est valide\u{A0}: vous pouvez continuer. Ce que le répertoire dirait sera vérifié plus tard.",
            "Your number is valid: you may go on. What the register would say is checked later.",
        )
    } else {
        lang.pick(
            "La recherche par nom n’est pas possible pour l’instant. Avec un SIRET ou un SIREN, vous pouvez continuer sans attendre.",
            "Searching by name is not possible for now. With a SIRET or a SIREN you may go on without waiting.",
        )
    };
    view! {
        <Notice tone=Tone::Warning live=true title=lang.pick("Le répertoire ne répond pas", "The register does not answer")>
            <p>{words}</p>
            {go_on}
        </Notice>
    }
}
