//! The lines of a renewal: to be said anew, taken over, not taken over.

use domain::lists;
use domain::registry::{Agreement, compare};
use domain::renewal::{Fate, Line, Paper};
use leptos::prelude::*;

use super::{is_taken, words};
use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, long_date};
use crate::pages::shared::claim::claim_facts;
use crate::pages::shared::difference::changed_facts;
use crate::pages::shared::documents::document_words;
use crate::ui::{Button, ButtonKind, Checkbox, DescriptionList, Entry, StatusChip, Tone};
use crate::views::RenewalView;

/// Where the lines that may be chosen are.
pub(super) const ID: &str = "reprises";

/// What must be said anew before it can be sent.
pub(super) fn anew(lang: Lang, view: &RenewalView) -> Option<AnyView> {
    let lines: Vec<&Line> = view
        .renewal
        .lines
        .iter()
        .filter(|line| !is_taken(line) && matches!(line.fate, Fate::ToUpdate(_)))
        .collect();
    if lines.is_empty() {
        return None;
    }
    let cards = lines
        .into_iter()
        .map(|line| {
            let title = words::title(lang, line);
            let reasons = match &line.fate {
                Fate::ToUpdate(all) => all.as_slice(),
                _ => &[],
            };
            let reasons = reasons
                .iter()
                .map(|one| view! { <li>{words::stale(lang, one)}</li> })
                .collect_view();
            view! {
                <li class="claim claim-warning" id=line.mark() tabindex="-1">
                    <div class="claim-head">
                        <h3>{title.clone()}</h3>
                        <StatusChip label=lang.pick("À dire de nouveau", "To be said anew") tone=Tone::Warning/>
                    </div>
                    <ul>{reasons}</ul>
                    {in_force(lang, line)}
                    {view
                        .can_edit
                        .then(|| edit(line, lang.pick("Mettre à jour", "Update"), title, ButtonKind::Secondary))}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section aria-labelledby="anew-title">
                <h2 id="anew-title">{lang.pick("À dire de nouveau", "To be said anew")}</h2>
                <p class="hint">
                    {lang
                        .pick(
                            "Ce qui suit n’est plus à jour. Sans mise à jour, ce n’est pas renouvelé\u{202F}; le reste peut l’être quand même.",
                            "What follows is out of date. Without an update it is not renewed; the rest can be all the same.",
                        )}
                </p>
                <ul class="claims">{cards}</ul>
            </section>
        }
        .into_any(),
    )
}

fn in_force(lang: Lang, line: &Line) -> Option<AnyView> {
    let to = line.held?.to?;
    let words = match lang {
        Lang::Fr => format!(
            "La qualification actuelle reste en vigueur jusqu’au {}.",
            long_date(lang, to)
        ),
        Lang::En => format!(
            "The present qualification holds until {}.",
            long_date(lang, to)
        ),
    };
    Some(view! { <p class="hint">{words}</p> }.into_any())
}

/// What is taken over, one tick each.
pub(super) fn taken(lang: Lang, view: &RenewalView) -> Option<AnyView> {
    let lines: Vec<&Line> = view
        .renewal
        .lines
        .iter()
        .filter(|line| is_taken(line))
        .collect();
    if lines.is_empty() {
        return None;
    }
    let cards = lines
        .into_iter()
        .map(|line| one(lang, view, line))
        .collect_view();
    Some(
        view! {
            <section id=ID tabindex="-1" aria-labelledby="taken-title">
                <h2 id="taken-title">{lang.pick("Ce qui est repris", "What is taken over")}</h2>
                <ul class="claims">{cards}</ul>
            </section>
        }
        .into_any(),
    )
}

fn one(lang: Lang, view: &RenewalView, line: &Line) -> AnyView {
    let title = words::title(lang, line);
    let label = match lang {
        Lang::Fr => format!("Je renouvelle\u{A0}: {title}"),
        Lang::En => format!("I renew: {title}"),
    };
    let hint = words::periods(lang, line).unwrap_or_default();
    let cautions = words::caution(lang, &line.fate)
        .into_iter()
        .chain(before(lang, line))
        .map(|words| view! { <p class="doubt">{words}</p> })
        .collect_view();
    let changed = line.before.as_ref().zip(line.claim.as_ref());
    let changed = changed.map(|(before, claim)| {
        let names = use_catalogue();
        let heading = lang.pick("Ce qui change", "What changes");
        view! { {changed_facts(lang, &names, before, claim, heading)} }
    });
    let id = format!("tick-{}", line.mark());
    view! {
        <li class="claim renewal-line" id=line.mark() tabindex="-1">
            <Checkbox
                lang=lang
                id=id
                name="keep[]"
                value=line.mark()
                checked=line.ticked
                label=label
                hint=hint
            />
            {cautions}
            {sources(lang, view, line)}
            {papers(lang, &line.papers)}
            {changed}
            <details>
                <summary>{lang.pick("Voir les réponses reprises", "See the answers taken over")}</summary>
                <p class="row-note">{words::since(lang, line.since.as_ref())}</p>
                {facts(lang, line)}
            </details>
            {view
                .can_edit
                .then(|| edit(line, lang.pick("Modifier", "Change"), title, ButtonKind::Quiet))}
        </li>
    }
    .into_any()
}

/// What was said of it before, where the answers have changed or were refused since.
fn before(lang: Lang, line: &Line) -> Option<String> {
    let refused = line.refused_before.clone().map(Fate::Refused);
    let fate = match &refused {
        Some(refused) => refused,
        None if line.fate.is_takeable() => return None,
        None => &line.fate,
    };
    let (what, why) = words::left(lang, fate);
    Some(match lang {
        Lang::Fr => format!("{what}\u{A0}: {why}"),
        Lang::En => format!("{what}: {why}"),
    })
}

fn facts(lang: Lang, line: &Line) -> Option<AnyView> {
    let claim = line.claim.as_ref()?;
    let entries: Vec<Entry> = claim_facts(&use_catalogue(), claim, lang)
        .into_iter()
        .map(|fact| Entry::new(fact.label, fact.value))
        .collect();
    Some(view! { <DescriptionList entries=entries/> }.into_any())
}

/// What the register and the lists in force say of it otherwise; silence is no difference.
fn sources(lang: Lang, view: &RenewalView, line: &Line) -> Vec<AnyView> {
    let Some(claim) = &line.claim else {
        return vec![];
    };
    let register = compare(claim, &view.registry, None);
    let listed = lists::compare(claim, &view.siren, &view.listed, view.today);
    let all = std::iter::once(register).chain(listed.into_iter().map(|list| list.comparison));
    all.filter(|comparison| comparison.agreement == Agreement::Differ)
        .map(|comparison| {
            let said = comparison.explanation(lang).to_owned();
            view! {
                <p class="doubt">
                    <strong>{lang.pick("Un registre dit autre chose. ", "A register says otherwise. ")}</strong>
                    {said}
                </p>
            }
            .into_any()
        })
        .collect()
}

/// Each document, and whether it serves again.
fn papers(lang: Lang, papers: &[Paper]) -> Option<AnyView> {
    if papers.is_empty() {
        return None;
    }
    let items = papers
        .iter()
        .map(|paper| {
            let document = &paper.known.document;
            let (label, tone) = if paper.ended {
                (
                    lang.pick("Expirée, non reprise", "Ended, not taken over"),
                    Tone::Danger,
                )
            } else if paper.ends_soon {
                (
                    lang.pick(
                        "Reprise, à remplacer bientôt",
                        "Taken over, to be replaced soon",
                    ),
                    Tone::Warning,
                )
            } else {
                (lang.pick("Reprise", "Taken over"), Tone::Success)
            };
            view! {
                <li>
                    <span class="document-name">{document.name.clone()}</span>
                    <StatusChip label=label tone=tone/>
                    <span class="row-note">{document_words(lang, document)}</span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <p class="renewal-papers-title">{lang.pick("Pièces jointes", "Documents")}</p>
            <ul class="renewal-papers">{items}</ul>
        }
        .into_any(),
    )
}

/// What is not taken over, and why.
pub(super) fn left(lang: Lang, view: &RenewalView) -> Option<AnyView> {
    let lines: Vec<&Line> = view
        .renewal
        .lines
        .iter()
        .filter(|line| !is_taken(line) && !matches!(line.fate, Fate::ToUpdate(_)))
        .collect();
    if lines.is_empty() {
        return None;
    }
    // Without anything to renew there is no form, and nothing to go on with.
    let editable = view.can_edit && view.renewal.is_possible();
    let cards = lines
        .into_iter()
        .map(|line| {
            let title = words::title(lang, line);
            let (what, why) = words::left(lang, &line.fate);
            let tone = match line.fate {
                Fate::Refused(_) | Fate::Revoked { .. } => Tone::Danger,
                _ => Tone::Neutral,
            };
            let again = editable.then(|| {
                edit(
                    line,
                    lang.pick("Déclarer à nouveau", "Declare again"),
                    title.clone(),
                    ButtonKind::Quiet,
                )
            });
            view! {
                <li class=format!("claim claim-{}", tone.word()) id=line.mark() tabindex="-1">
                    <div class="claim-head">
                        <h3>{title}</h3>
                        <StatusChip label=what tone=tone/>
                    </div>
                    <p class="as-typed">{why}</p>
                    {again}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section aria-labelledby="left-title">
                <h2 id="left-title">{lang.pick("Ce qui n’est pas repris", "What is not taken over")}</h2>
                <ul class="claims">{cards}</ul>
            </section>
        }
        .into_any(),
    )
}

fn edit(
    line: &Line,
    label: &'static str,
    about: String,
    kind: ButtonKind,
) -> impl IntoView + use<> {
    view! {
        <p class="renewal-act">
            <Button
                label=label
                about=format!("({about})")
                kind=kind
                name="intent"
                value=format!("edit-{}", line.mark())
            />
        </p>
    }
}
