//! What no register knows: what the declaration already says of it, in short, each with the button that adds or changes it.

use domain::form::{Answers as _, Offered, StepCode};
use domain::insertion::Modality;
use leptos::prelude::*;

use super::statuses::Line;
use crate::catalogue::label_of;
use crate::i18n::{Lang, NO_BREAK, capital, euros};
use crate::islands::declaration::ours;
use crate::pages::shared::pledge::value;
use crate::ui::{Button, ButtonKind, StatusChip, Tone};
use crate::views::DeclarationView;

/// The section, to which an error of another step leads.
pub(super) const ID: &str = "ajouter";

/// One of the other steps, in short.
struct Other {
    step: StepCode,
    name: &'static str,
    /// What is declared; nothing while the step was not answered.
    said: Option<String>,
    /// The names of what is counted there.
    items: Vec<String>,
}

pub(super) fn section(lang: Lang, view: &DeclarationView, lines: &[Line]) -> AnyView {
    let rows = [
        size(lang, view),
        statuses(lang, view, lines),
        insertion(lang, view),
        pledges(lang, view),
    ]
    .into_iter()
    .map(|other| row(lang, view, other))
    .collect_view();
    view! {
        <section class="known-more" id=ID tabindex="-1" aria-labelledby="add-title">
            <h2 id="add-title">{lang.pick("Ce que les registres ignorent", "What the registers do not know")}</h2>
            <p class="hint">
                {lang
                    .pick(
                        "Facultatif, maintenant ou plus tard. Ce que vous n’ajoutez pas n’est simplement pas déclaré.",
                        "Optional, now or later. What you do not add is simply not declared.",
                    )}
            </p>
            <dl class="entries">{rows}</dl>
        </section>
    }
    .into_any()
}

/// The button saves this page, and goes to the step.
fn row(lang: Lang, view: &DeclarationView, other: Other) -> AnyView {
    let wrong = view.errors.iter().any(|(at, _)| *at == other.step);
    let answered = other.said.is_some();
    let label = if answered {
        lang.pick("Modifier", "Change")
    } else {
        lang.pick("Ajouter", "Add")
    };
    let said = other.said.unwrap_or_else(|| {
        lang.pick("Rien pour l’instant", "Nothing so far")
            .to_owned()
    });
    let items = (!other.items.is_empty()).then(|| {
        let items = other
            .items
            .into_iter()
            .map(|item| view! { <li>{item}</li> })
            .collect_view();
        view! { <ul class="known-items">{items}</ul> }
    });
    let chip = (wrong && answered).then(|| {
        view! {
            <p>
                <StatusChip label=lang.pick("À compléter", "To complete") tone=Tone::Warning/>
            </p>
        }
    });
    view! {
        <div class="entry">
            <dt>{other.name}</dt>
            <dd>
                <p class:hint=!answered>{said}</p>
                {items}
                {chip}
            </dd>
            <dd class="entry-action">
                <Button
                    label=label
                    about=format!("({})", other.name)
                    kind=ButtonKind::Quiet
                    name="intent"
                    value=format!("add-{}", other.step.slug())
                />
            </dd>
        </div>
    }
    .into_any()
}

fn not_declared(lang: Lang) -> String {
    lang.pick("Non déclaré", "Not declared").to_owned()
}

/// The category, the staff and the turnover: of the whole group once it is computed.
fn size(lang: Lang, view: &DeclarationView) -> Other {
    let answers = &view.draft.size;
    let said = match answers.declare.as_str() {
        "no" => Some(not_declared(lang)),
        "yes" => Some(
            answers
                .computed(ours(lang))
                .map_or_else(|| begun(lang), |computed| {
                    let figures = computed.outcome.consolidated;
                    let category = capital(computed.status.label().get(lang));
                    let awu = figures.awu.display(lang);
                    let turnover = euros(lang, figures.turnover_eur);
                    match lang {
                        Lang::Fr => format!(
                            "{category}\u{A0}: effectif {awu}{NO_BREAK}UTA, chiffre d’affaires {turnover}"
                        ),
                        Lang::En => {
                            format!("{category}: staff {awu}{NO_BREAK}AWU, turnover {turnover}")
                        }
                    }
                }),
        ),
        _ => None,
    };
    Other {
        step: StepCode::Size,
        name: lang.pick("Votre taille (PME)", "Your size (SME)"),
        said,
        items: vec![],
    }
}

fn begun(lang: Lang) -> String {
    lang.pick("Commencée", "Started").to_owned()
}

/// Those that are declared besides the ones that the page shows above.
fn statuses(lang: Lang, view: &DeclarationView, lines: &[Line]) -> Other {
    let answers = &view.draft.solidarity;
    let rows = answers.rows.iter().filter(|_| answers.declare == "yes");
    let items: Vec<String> = rows
        .filter(|row| !row.kind.is_empty() && !lines.iter().any(|line| line.is(row)))
        .filter_map(|row| label_of(lang, Offered::Kinds, &row.kind))
        .collect();
    let said = match (items.len(), lang) {
        (0, _) => None,
        (1, Lang::Fr) => Some("Un statut ou agrément\u{A0}:".to_owned()),
        (n, Lang::Fr) => Some(format!("{n} statuts ou agréments\u{A0}:")),
        (1, Lang::En) => Some("One status or approval:".to_owned()),
        (n, Lang::En) => Some(format!("{n} statuses or approvals:")),
    };
    Other {
        step: StepCode::Solidarity,
        name: lang.pick("Un autre statut", "Another status"),
        said,
        items,
    }
}

fn counted(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (_, 0) => begun(lang),
        (Lang::Fr, 1) => "Un engagement\u{A0}:".to_owned(),
        (Lang::Fr, n) => format!("{n} engagements\u{A0}:"),
        (Lang::En, 1) => "One commitment:".to_owned(),
        (Lang::En, n) => format!("{n} commitments:"),
    }
}

/// The number of lines that name something, or that none is declared.
fn said(lang: Lang, declare: &str, items: &[String]) -> Option<String> {
    match declare {
        "yes" => Some(counted(lang, items.len())),
        "no" => Some(not_declared(lang)),
        _ => None,
    }
}

fn insertion(lang: Lang, view: &DeclarationView) -> Other {
    let answers = &view.draft.insertion;
    let rows = answers.rows.iter().filter(|_| answers.declare == "yes");
    let items: Vec<String> = rows
        .filter_map(|row| {
            let modality = Modality::from_code(&row.modality)?.label().get(lang);
            let hours = row.hours_total().map_or_else(String::new, |hours| {
                format!(", {}{NO_BREAK}h", hours.display(lang))
            });
            Some(format!("{modality}{hours}"))
        })
        .collect();
    Other {
        step: StepCode::Insertion,
        name: lang.pick("Engagements d’insertion", "Insertion commitments"),
        said: said(lang, &answers.declare, &items),
        items,
    }
}

fn pledges(lang: Lang, view: &DeclarationView) -> Other {
    let answers = &view.draft.pledges;
    let rows = answers.rows.iter().filter(|_| answers.declare == "yes");
    let items: Vec<String> = rows
        .filter_map(|row| {
            let name = label_of(lang, Offered::Pledges, &row.code)?;
            let item = if row.shown("item") {
                row.item.trim()
            } else {
                ""
            };
            let item = match item {
                "" => String::new(),
                item => format!("{}{item}", lang.pick("\u{A0}: ", ": ")),
            };
            let target = domain::form::rules::parse_decimal(&row.target)
                .filter(|_| row.shown("target"))
                .map_or_else(String::new, |target| {
                    format!(
                        "{}{}",
                        lang.pick(", visé\u{A0}: ", ", target: "),
                        value(row.unit(), target, lang)
                    )
                });
            Some(format!("{name}{item}{target}"))
        })
        .collect();
    Other {
        step: StepCode::Pledges,
        name: lang.pick("Autres engagements", "Other commitments"),
        said: said(lang, &answers.declare, &items),
        items,
    }
}
