//! The SME simulator: the answers come in the address, so that a page without JavaScript loses nothing and can be kept.

mod declare;
mod entity_row;
mod form;
mod holding_row;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub use declare::size_step;

use crate::i18n::use_lang;
use crate::islands::simulator::{Act, Answers, Checked, check};
use crate::shell::IslandScript;
use crate::ui::{ErrorSummary, Issues, PageTitle};
use form::{Form, Sheet};

#[component]
pub fn Simulator() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map().get_untracked();
    let act = query.get("do").as_deref().and_then(Act::from_value);
    let mut answers = Answers::from_pairs(query);
    let focus = act.and_then(|act| answers.apply(act));
    let sent = act == Some(Act::Check);
    let checked = check(lang, &answers, sent);
    let issues = match &checked {
        Checked::Incomplete(issues) if sent => issues.clone(),
        _ => Issues::default(),
    };
    let sheet = Sheet {
        lang,
        answers,
        issues: issues.clone(),
        focus,
    };
    let focus_answer = sent && matches!(checked, Checked::Done { .. });
    let title = lang.pick(
        "Simuler la taille de mon entreprise",
        "Check the size of my company",
    );
    view! {
        <PageTitle title=title error=!issues.is_empty()/>
        <div class="page">
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "Votre entreprise est-elle une PME au sens européen\u{202F}? Le calcul tient compte des entreprises liées et partenaires, et s’explique ligne par ligne. Sans compte, sans enregistrement.",
                        "Is your company an SME under the European definition? The computation takes linked and partner enterprises into account and explains itself line by line. No account, nothing recorded.",
                    )}
            </p>
            <Form sheet=sheet checked=checked focus_answer=focus_answer/>
        </div>
        <IslandScript/>
    }
    .into_any()
}
