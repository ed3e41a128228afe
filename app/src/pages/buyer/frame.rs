//! What the agents' pages have in common: the lists of the section, the way back, what was just done, who acted last.

use domain::lifecycle::{Side, next_holder};
use leptos::prelude::*;

use super::problem::Problem;
use crate::i18n::{Lang, Text, text};
use crate::pages::shared::moment::long_moment;
use crate::pages::shared::wording::{act_words, actor_words};
use crate::routes::path;
use crate::ui::{Notice, Tone};
use crate::views::{ReviewView, TimelineEntry};

const LISTS: [(&str, Text); 7] = [
    (path::REVIEW, text("Déclarations", "Declarations")),
    (
        path::QUALIFICATIONS,
        text("Qualifications", "Qualifications"),
    ),
    (path::COMMITMENTS, text("Engagements", "Commitments")),
    (path::ATTACHMENTS, text("Rattachements", "Attachments")),
    (
        path::PREPARED,
        text("Brouillons préparés", "Prepared drafts"),
    ),
    (path::INDICATORS, text("Indicateurs", "Figures")),
    (path::IMPORTS, text("Imports", "Imports")),
];

/// Links between the lists; `current` is the path of this one.
#[component]
pub fn Lists(lang: Lang, current: &'static str) -> AnyView {
    let links = LISTS
        .iter()
        .map(|(href, label)| {
            let here = (*href == current).then_some("page");
            view! { <li><a href=*href aria-current=here>{label.get(lang)}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=lang.pick("Instruction", "Review")>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}

/// The way back to the page above.
#[component]
pub fn Back(#[prop(into)] href: String, #[prop(into)] label: String) -> AnyView {
    view! {
        <p class="back">
            <a href=href>{label}</a>
        </p>
    }
    .into_any()
}

/// What the form of the page before has done, announced.
#[component]
pub fn Done(#[prop(into)] text: String) -> AnyView {
    view! {
        <Notice tone=Tone::Success live=true>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}

/// Why a form was not carried out, and, when somebody else was faster, who and when.
pub fn stopped(lang: Lang, problem: &Problem, view: Option<&ReviewView>, kept: bool) -> AnyView {
    let race = view.filter(|_| problem.is_race());
    let title = if race.is_some() {
        lang.pick(
            "La déclaration a changé entre-temps",
            "The declaration changed in the meantime",
        )
    } else {
        lang.pick("Cette action n’a pas été faite", "This was not done")
    };
    let message = problem.message(lang);
    let who = race.and_then(|view| last_act(lang, view));
    let kept = kept.then(|| {
        view! {
            <p>
                {lang
                    .pick(
                        "Ce que vous aviez écrit est conservé ci-dessous.",
                        "What you had written is kept below.",
                    )}
            </p>
        }
    });
    let reload = race.map(|view| {
        view! {
            <p>
                <a href=super::address::review(view.id)>
                    {lang.pick("Recharger la déclaration", "Reload the declaration")}
                </a>
            </p>
        }
    });
    view! {
        <Notice tone=Tone::Danger live=true title=title id="stopped">
            <p>{message}</p>
            {who.map(|words| view! { <p><strong>{words}</strong></p> })}
            {kept}
            {reload}
        </Notice>
    }
    .into_any()
}

/// The latest entry of the history, with the name of the colleague when the portal knows it.
fn last_act(lang: Lang, view: &ReviewView) -> Option<String> {
    let last: &TimelineEntry = view.timeline.iter().max_by_key(|entry| entry.at)?;
    let act = act_words(last.act).get(lang);
    let who = match &view.reviewer_name {
        Some(name) if last.actor_kind == "reviewer" => match lang {
            Lang::Fr => format!("par {name}"),
            Lang::En => format!("by {name}"),
        },
        _ => actor_words(&last.actor_kind).get(lang).to_owned(),
    };
    let at = long_moment(lang, last.at);
    Some(match lang {
        Lang::Fr => format!("Dernier événement\u{a0}: {act}, {who}, le {at}."),
        Lang::En => format!("Latest event: {act}, {who}, on {at}."),
    })
}

/// Who holds the pen, in one line for an agent.
pub fn holder(lang: Lang, view: &ReviewView) -> String {
    match (next_holder(view.status), &view.reviewer_name) {
        (Some(Side::Supplier), _) => lang
            .pick("L’entreprise a la main.", "The company holds the pen.")
            .to_owned(),
        (Some(Side::Buyer), _) if view.held_by_me => lang
            .pick(
                "Vous examinez cette déclaration.",
                "You are reviewing this declaration.",
            )
            .to_owned(),
        (Some(Side::Buyer), Some(name)) => match lang {
            Lang::Fr => format!("Examinée par {name}."),
            Lang::En => format!("Reviewed by {name}."),
        },
        (Some(Side::Buyer), None) => lang
            .pick(
                "Personne ne l’examine encore.",
                "Nobody is reviewing it yet.",
            )
            .to_owned(),
        (None, Some(name)) => match lang {
            Lang::Fr => format!("Décidée par {name}."),
            Lang::En => format!("Decided by {name}."),
        },
        (None, None) => lang
            .pick("Rien n’est attendu.", "Nothing is expected.")
            .to_owned(),
    }
}
