//! The form that corrects one record set aside, with what is still wrong in it.

use domain::contracts::{StillWrong, Unusable, corrected};
use leptos::prelude::*;

use super::words;
use crate::i18n::Lang;
use crate::pages::buyer::address;
use crate::ui::{Actions, Button, ButtonKind, ButtonLink, Issue, Issues, TextArea};
use crate::views::{ImportAddress, SetAside, Typed};

/// Under which name a correction that could not be taken is kept.
pub const FORM: &str = "record";
pub const FIELD: &str = "record";

/// What is wrong with a correction that came back.
pub(super) fn issues(lang: Lang, typed: &Typed) -> Issues {
    let Err(wrong) = corrected(typed.get(FIELD), "", 0) else {
        return Issues::default();
    };
    Issues(vec![Issue::new(FIELD, message(lang, &wrong))])
}

fn message(lang: Lang, wrong: &StillWrong) -> String {
    match (wrong, lang) {
        (StillWrong::NotJson { line, column }, Lang::Fr) => format!(
            "Ce texte n’est pas du JSON\u{A0}: corrigez la ligne {line}, vers le caractère {column}."
        ),
        (StillWrong::NotJson { line, column }, Lang::En) => {
            format!("This text is not JSON: correct line {line}, near character {column}.")
        }
        (StillWrong::Unusable(why), _) => {
            let why: Unusable = *why;
            words::reason(why.code()).get(lang).to_owned()
        }
    }
}

/// As people read it: the record indented, or the text as it came.
fn shown(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}

#[component]
pub(super) fn Correction(
    lang: Lang,
    at: ImportAddress,
    record: SetAside,
    typed: Option<Typed>,
    issues: Issues,
) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Corriger l’enregistrement n°\u{A0}{}", record.position),
        Lang::En => format!("Correct record no. {}", record.position),
    };
    let text = match typed {
        Some(typed) => typed.get(FIELD).to_owned(),
        None => shown(&record.text),
    };
    let back = address::import(&ImportAddress {
        correct: None,
        ..at
    });
    view! {
        <section class="block" id="correction" aria-labelledby="correction-title">
            <h2 id="correction-title">{title}</h2>
            <p>
                {words::reason(&record.reason).get(lang)}
                " "
                {lang
                    .pick(
                        "La correction sera importée comme un fichier d’un enregistrement, sous votre nom.",
                        "The correction is imported as a file of one record, under your name.",
                    )}
            </p>
            <form class="card" method="post" action="/fn/correct-record" novalidate>
                <input type="hidden" name="import" value=at.id.to_string()/>
                <input type="hidden" name="position" value=record.position/>
                <TextArea
                    lang=lang
                    name=FIELD
                    label=lang.pick("Enregistrement, en JSON", "Record, in JSON")
                    value=text
                    error=issues.of(FIELD)
                    rows=16
                />
                <Actions>
                    <Button label=lang.pick("Importer la correction", "Import the correction")/>
                    <ButtonLink href=back label=lang.pick("Annuler", "Cancel") kind=ButtonKind::Quiet/>
                </Actions>
            </form>
        </section>
    }
    .into_any()
}
