//! What the company swears to be otherwise than a register said: both values, the reason, the documents.

use leptos::prelude::*;

use super::documents::documents;
use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::shared::contest::{contest_facts, contest_title};
use crate::ui::{DescriptionList, Entry};
use crate::views::{ContestSeen, ReviewView};

pub(super) fn contests(lang: Lang, view: &ReviewView) -> Option<AnyView> {
    if view.contests.is_empty() {
        return None;
    }
    let items = view
        .contests
        .iter()
        .map(|seen| one(lang, seen))
        .collect_view();
    Some(
        view! {
            <section class="contests" aria-labelledby="contests-title">
                <h2 id="contests-title">
                    {lang.pick("Ce que l’entreprise conteste", "What the company contests")}
                </h2>
                <p class="hint">
                    {lang
                        .pick(
                            "Ni l’un ni l’autre n’est écarté\u{a0}: appréciez les affirmations en connaissance des deux.",
                            "Neither is set aside: judge the claims knowing both.",
                        )}
                </p>
                {items}
            </section>
        }
        .into_any(),
    )
}

fn one(lang: Lang, seen: &ContestSeen) -> AnyView {
    let entries: Vec<Entry> = contest_facts(&seen.contested, lang)
        .into_iter()
        .map(|fact| Entry::new(fact.label, fact.value))
        .collect();
    let title = contest_title(&use_catalogue(), &seen.contested, lang);
    view! {
        <div class="card">
            <h3>{title}</h3>
            <DescriptionList entries=entries/>
            {documents(lang, &seen.documents)}
        </div>
    }
    .into_any()
}
