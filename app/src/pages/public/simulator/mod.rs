//! The SME simulator: the answers come in the address, so that a page without JavaScript loses nothing and can be kept.

mod declare;
mod entity_row;
mod form;
mod holding_row;
mod left_out;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub use declare::size_step;
pub use left_out::{LeftOut, left_out};

use crate::i18n::use_lang;
use crate::islands::simulator::{Act, Answers, Checked, check};
use crate::shell::IslandScript;
use crate::ui::{ErrorSummary, Issues, Notice, PageTitle, Tone};
use form::{Form, Sheet};

/// In the address of the page, when the answers could not be kept until a declaration begins.
pub const TOO_LONG: &str = "trop-long";

#[component]
pub fn Simulator() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map().get_untracked();
    let too_long = query.get(TOO_LONG).is_some();
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
            {too_long
                .then(|| {
                    view! {
                        <Notice
                            tone=Tone::Warning
                            live=true
                            title=lang.pick("Vos réponses n’ont pas pu être gardées", "Your answers could not be kept")
                        >
                            <p>
                                {lang
                                    .pick(
                                        "Elles sont trop longues pour vous suivre d’une page à l’autre. Revenez en arrière dans votre navigateur pour les retrouver, ou saisissez-les à nouveau avec des noms plus courts, une fois connecté.",
                                        "They are too long to follow you from page to page. Go back in your browser to find them again, or type them again with shorter names, once signed in.",
                                    )}
                            </p>
                        </Notice>
                    }
                })}
            <Form sheet=sheet checked=checked focus_answer=focus_answer/>
        </div>
        <IslandScript/>
    }
    .into_any()
}
