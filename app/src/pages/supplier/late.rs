//! Answers that arrived once the declaration was no longer open: shown beside those it holds, with the way to use them.

use domain::form::StepCode;
use domain::lifecycle::CommandKind;
use leptos::prelude::*;

use super::answers::read_back;
use super::step_page::breadcrumb;
use super::versions::{Pair, compared};
use crate::doors::supplier::declaration_path;
use crate::i18n::{Lang, NO_BREAK};
use crate::ui::{Actions, ButtonLink, DescriptionList, Entry, Notice, PageTitle, Tone};
use crate::views::{Conflict, DeclarationView};

pub(super) fn late_page(
    lang: Lang,
    view: &DeclarationView,
    step: StepCode,
    conflict: &Conflict,
) -> AnyView {
    let (pairs, alone) = compared(&conflict.stored, &conflict.typed);
    // A line that one side alone has stands on both sides of its pairs: it differs all the same.
    let only_mine = |pair: &Pair| {
        pair.line
            .and_then(|line| alone.iter().find(|alone| alone.line == line))
            .map(|alone| alone.mine)
    };
    let entries: Vec<Entry> = pairs
        .iter()
        .filter(|pair| pair.differs() || only_mine(pair).is_some())
        .map(|pair| both(lang, pair, only_mine(pair)))
        .collect();
    let title = lang.pick(
        "Vos réponses sont arrivées trop tard",
        "Your answers came too late",
    );
    let step_title = step.title().get(lang);
    let explanation = match lang {
        Lang::Fr => format!(
            "La déclaration n’est plus un brouillon{NO_BREAK}: ce que vous venez de saisir n’y figure pas. Rien n’est perdu, vos réponses sont gardées sur cette page."
        ),
        Lang::En => "The declaration is no longer a draft: what you have just typed is not in it. Nothing is lost, your answers are kept on this page.".to_owned(),
    };
    let way = if view.allowed.contains(&CommandKind::TakeBack) {
        lang.pick(
            "Pour les utiliser, reprenez la déclaration, puis revenez à cette page\u{A0}: vous choisirez réponse par réponse.",
            "To use them, take the declaration back, then return to this page: you will choose answer by answer.",
        )
    } else {
        lang.pick(
            "La page de la déclaration dit ce que vous pouvez faire maintenant.",
            "The page of the declaration says what you can do now.",
        )
    };
    let href = declaration_path(view.id);
    view! {
        <PageTitle title=format!("{title}, {step_title}") error=true/>
        <div class="page declaring">
            {breadcrumb(lang, view)}
            <h1>{title}</h1>
            <p class="lead">{step_title}</p>
            <Notice tone=Tone::Warning live=true>
                <p>{explanation}</p>
                <p>{way}</p>
            </Notice>
            <DescriptionList
                entries=entries
                label=lang.pick("Réponses qui diffèrent", "Answers that differ")
            />
            <Actions>
                <ButtonLink
                    href=href
                    label=lang.pick("Voir la déclaration", "See the declaration")
                />
            </Actions>
        </div>
    }
    .into_any()
}

fn both(lang: Lang, pair: &Pair, only_mine: Option<bool>) -> Entry {
    let label = pair.stored.field.label.get(lang);
    let term = match (lang, pair.line) {
        (_, None) => label.to_owned(),
        (Lang::Fr, Some(line)) => format!("Ligne {line}, {label}"),
        (Lang::En, Some(line)) => format!("Line {line}, {label}"),
    };
    let absent = || lang.pick("Ligne absente", "No such line").to_owned();
    let (mine, held) = match only_mine {
        Some(true) => (read_back(lang, &pair.typed), absent()),
        Some(false) => (absent(), read_back(lang, &pair.stored)),
        None => (read_back(lang, &pair.typed), read_back(lang, &pair.stored)),
    };
    let value = view! {
        <p>
            <span class="version">{lang.pick("Votre réponse\u{A0}: ", "Your answer: ")}</span>
            <span class="as-typed">{mine}</span>
        </p>
        <p>
            <span class="version">{lang.pick("Dans la déclaration\u{A0}: ", "In the declaration: ")}</span>
            <span class="as-typed">{held}</span>
        </p>
    };
    Entry::view(term, value.into_any())
}
