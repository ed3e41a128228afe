//! The queue: what is to be reviewed first, everything else one link away. The address holds the filter.

mod rows;
mod tabs;

use domain::lifecycle::Status;
use leptos::prelude::*;

use super::address;
use super::frame::{Lists, stopped};
use super::list::{Shown, pager as pages};
use super::problem::Problem;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Choice, EmptyState, Notice, PageTitle, Select, TextInput, Tone,
};
use crate::views::{QueueFilter, QueuePage, QueueSort, Stakes};
use rows::Rows;
pub(super) use rows::kinds;
use tabs::Tabs;

#[component]
pub fn Queue() -> impl IntoView {
    let lang = use_lang();
    let filter = address::queue_filter(query);
    let problem = query("refus").and_then(|code| Problem::from_code(&code, Status::Draft, 0));
    let desk = buyer_desk();
    let asked = filter.clone();
    page(async move { desk?.queue(&asked).await }, move |found| {
        draw(lang, &filter, problem, found)
    })
}

fn draw(lang: Lang, filter: &QueueFilter, problem: Option<Problem>, found: QueuePage) -> AnyView {
    let title = lang.pick("Déclarations à instruire", "Declarations to review");
    let notice = problem.map(|problem| stopped(lang, &problem, None, false));
    let pager = pager(lang, filter, &found);
    let stakes = found.stakes;
    let away = (stakes == Stakes::Unavailable).then(|| away(lang));
    let list = if found.rows.is_empty() {
        empty(lang, filter, found.total)
    } else {
        view! { <Rows lang=lang filter=filter.clone() stakes=stakes rows=found.rows/> }.into_any()
    };
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <h1>{title}</h1>
            <Lists lang=lang current=path::REVIEW/>
            {notice}
            <Tabs lang=lang filter=filter.clone() counts=found.counts/>
            <Search lang=lang filter=filter.clone()/>
            {away}
            {list}
            {pager}
            <p>
                <a href=path::LEVERS>
                    {lang
                        .pick(
                            "Ce qui ferait monter la part des achats solidaires",
                            "What would raise the share of solidarity purchases",
                        )}
                </a>
            </p>
        </div>
    }
    .into_any()
}

/// The list is there all the same, in its usual order.
fn away(lang: Lang) -> impl IntoView {
    view! {
        <Notice
            tone=Tone::Warning
            title=lang.pick("Les euros en jeu ne sont pas connus", "The euros at stake are not known")
        >
            <p>
                {lang
                    .pick(
                        "La base de l’acheteur ne répond pas\u{A0}: les déclarations sont triées de la plus ancienne à la plus récente. Réessayez dans quelques minutes.",
                        "The buyer database does not answer: the declarations are sorted from the oldest to the newest. Try again in a few minutes.",
                    )}
            </p>
        </Notice>
    }
}

/// The search looks through every status: a person who types a name wants that company, wherever it stands.
#[component]
fn Search(lang: Lang, filter: QueueFilter) -> AnyView {
    let sorts = [
        (
            QueueSort::Oldest,
            lang.pick("Attend depuis le plus longtemps", "Waiting for the longest"),
        ),
        (
            QueueSort::Newest,
            lang.pick("Transmise le plus récemment", "Sent most recently"),
        ),
        (
            QueueSort::Name,
            lang.pick("Nom de l’entreprise", "Name of the company"),
        ),
        (
            QueueSort::Stake,
            lang.pick("Euros en jeu", "Euros at stake"),
        ),
    ]
    .map(|(sort, label)| Choice::new(address::sort_code(sort), label));
    let searching = !filter.search.is_empty();
    let status = filter
        .status
        .filter(|_| searching)
        .map_or(address::EVERY_STATUS, Status::code);
    let clear = searching.then(|| {
        let href = address::queue(&QueueFilter {
            search: String::new(),
            page: 1,
            ..filter.clone()
        });
        view! {
            <ButtonLink
                href=href
                label=lang.pick("Effacer la recherche", "Clear the search")
                kind=ButtonKind::Quiet
            />
        }
    });
    view! {
        <form class="filter" method="get" action=path::REVIEW role="search">
            <TextInput
                lang=lang
                name="q"
                kind="search"
                label=lang.pick(
                    "Rechercher un nom, un SIREN, un SIRET ou une référence",
                    "Search a name, a SIREN, a SIRET or a reference",
                )
                value=filter.search.clone()
                autocomplete="off"
                maxlength=200
            />
            <Select
                lang=lang
                name="tri"
                label=lang.pick("Trier par", "Sort by")
                choices=sorts.to_vec()
                value=address::sort_code(filter.sort)
            />
            <input type="hidden" name="statut" value=status/>
            <Button label=lang.pick("Rechercher", "Search") kind=ButtonKind::Secondary/>
            {clear}
        </form>
    }
    .into_any()
}

fn pager(lang: Lang, filter: &QueueFilter, found: &QueuePage) -> Option<AnyView> {
    (found.total > 0 && !found.rows.is_empty()).then(|| {
        let at = |page: u32| {
            address::queue(&QueueFilter {
                page,
                ..filter.clone()
            })
        };
        let label = lang.pick("Pages des déclarations", "Pages of declarations");
        let shown = Shown {
            page: found.page,
            pages: found.pages,
            rows: found.rows.len(),
            total: found.total,
        };
        pages(lang, label, shown, at)
    })
}

fn empty(lang: Lang, filter: &QueueFilter, total: u64) -> AnyView {
    let every = address::queue(&QueueFilter {
        status: None,
        page: 1,
        ..QueueFilter::default()
    });
    if total > 0 {
        let first = address::queue(&QueueFilter {
            page: 1,
            ..filter.clone()
        });
        return view! {
            <EmptyState title=lang.pick("Cette page de la liste est vide", "This page of the list is empty")>
                <a href=first>{lang.pick("Revenir à la première page", "Back to the first page")}</a>
            </EmptyState>
        }
        .into_any();
    }
    if !filter.search.is_empty() {
        let wanted = crate::pages::shared::claim::quoted(lang, &filter.search);
        let title = match lang {
            Lang::Fr => format!("Aucune déclaration ne correspond à {wanted}"),
            Lang::En => format!("No declaration matches {wanted}"),
        };
        return view! {
            <EmptyState
                title=title
                text=lang.pick(
                    "Vérifiez le numéro ou essayez le début du nom. Les brouillons non transmis ne sont pas visibles.",
                    "Check the number or try the beginning of the name. Drafts that were not sent are not visible.",
                )
            >
                <a href=every>{lang.pick("Voir toutes les déclarations", "See all declarations")}</a>
            </EmptyState>
        }
        .into_any();
    }
    let title = if filter.status == Some(Status::Submitted) {
        lang.pick(
            "Aucune déclaration n’attend d’examen",
            "No declaration is waiting for a review",
        )
    } else {
        lang.pick(
            "Aucune déclaration dans cet état",
            "No declaration in this state",
        )
    };
    view! {
        <EmptyState
            title=title
            text=lang.pick(
                "Vous recevez un courriel à chaque transmission ou correction.",
                "You receive an e-mail for each submission or correction.",
            )
        >
            <a href=every>{lang.pick("Voir toutes les déclarations", "See all declarations")}</a>
        </EmptyState>
    }
    .into_any()
}
