//! What changed between two versions, in the words of the form: label, before, after. Never by colour alone.
//! Longer than 400 lines: one comparison read from top to bottom, from the two versions down to one answer.

use domain::catalogue::Catalogue;
use domain::claims::Claim;
use domain::form::{Changes, Snapshot, StepCode, step_of};
use domain::known::Contested;
use leptos::prelude::*;

use super::claim::{Fact, claim_facts, claim_title, fact};
use super::contest::{contest_facts, contest_title};
use super::moment::{long_moment, machine};
use crate::i18n::{Lang, Text, text};
use crate::ui::{Column, DataTable, DescriptionList, Entry, Notice, StatusChip, Tone};
use crate::views::ComparisonView;

/// One answer in both versions; nothing where the version does not have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub label: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The facts that differ, in their order. A label may stand several times, as for documents: what both have is left out.
pub fn changed(before: Vec<Fact>, after: Vec<Fact>) -> Vec<Changed> {
    let mut labels: Vec<&'static str> = vec![];
    for fact in before.iter().chain(&after) {
        if !labels.contains(&fact.label) {
            labels.push(fact.label);
        }
    }
    let mut all = vec![];
    for label in labels {
        let of = |facts: &[Fact]| -> Vec<String> {
            let named = facts.iter().filter(|fact| fact.label == label);
            named.map(|fact| fact.value.clone()).collect()
        };
        let (mut old, mut new) = (of(&before), of(&after));
        old.retain(|value| {
            let place = new.iter().position(|other| other == value);
            place.map(|at| new.remove(at)).is_none()
        });
        for rank in 0..old.len().max(new.len()) {
            all.push(Changed {
                label,
                before: old.get(rank).cloned(),
                after: new.get(rank).cloned(),
            });
        }
    }
    all
}

/// The facts of a claim that differ; the details of a size that its totals do not show are told as such.
pub fn changed_claim(lang: Lang, names: &Catalogue, before: &Claim, after: &Claim) -> Vec<Changed> {
    let mut all = changed(
        claim_facts(names, before, lang),
        claim_facts(names, after, lang),
    );
    if all.is_empty() && before.hash() != after.hash() {
        all.push(Changed {
            label: lang.pick("Détail des réponses", "Details of the answers"),
            before: Some(
                lang.pick("Autre détail, mêmes totaux", "Other details, same totals")
                    .to_owned(),
            ),
            after: Some(lang.pick("Détail modifié", "Details changed").to_owned()),
        });
    }
    all
}

/// What changed of one claim, as a table under this heading.
pub fn changed_facts(
    lang: Lang,
    names: &Catalogue,
    before: &Claim,
    after: &Claim,
    heading: &'static str,
) -> AnyView {
    table(
        lang,
        heading.to_owned(),
        &changed_claim(lang, names, before, after),
    )
}

fn table(lang: Lang, caption: String, rows: &[Changed]) -> AnyView {
    let (old, new) = (lang.pick("Avant", "Before"), lang.pick("Après", "After"));
    let columns = vec![
        Column::new(lang.pick("Réponse", "Answer")),
        Column::new(old),
        Column::new(new),
    ];
    let nothing = lang.pick("Rien", "Nothing");
    let rows = rows
        .iter()
        .map(|row| {
            let before = match &row.before {
                Some(words) => view! { <del class="as-typed">{words.clone()}</del> }.into_any(),
                None => view! { <span class="hint">{nothing}</span> }.into_any(),
            };
            let after = match &row.after {
                Some(words) => view! { <ins class="as-typed">{words.clone()}</ins> }.into_any(),
                None => view! { <span class="hint">{nothing}</span> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{row.label}</th>
                    <td data-label=old>{before}</td>
                    <td data-label=new>{after}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="rows difference">
            <DataTable caption=caption columns=columns quiet_caption=true>
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}

fn company_facts(lang: Lang, snapshot: &Snapshot) -> Vec<Fact> {
    let contact = &snapshot.contact;
    let mut facts = vec![
        fact(
            lang.pick("Établissement", "Establishment"),
            snapshot.siret.formatted(),
        ),
        fact(
            lang.pick("Nom de l’entreprise", "Name of the company"),
            snapshot.name.clone(),
        ),
        fact(
            lang.pick("Personne à contacter", "Person to contact"),
            contact.name.clone(),
        ),
        fact(lang.pick("Fonction", "Position"), contact.role.clone()),
        fact(lang.pick("Courriel", "E-mail"), contact.email.clone()),
    ];
    facts.extend(
        contact
            .phone
            .clone()
            .map(|phone| fact(lang.pick("Téléphone", "Phone"), phone)),
    );
    facts
}

/// The whole difference, step by step, or that there is none.
pub fn comparison(lang: Lang, view: &ComparisonView) -> AnyView {
    let Some(older) = &view.older else {
        let words = lang.pick(
            "C’est la première version que l’entreprise a transmise\u{A0}: il n’y a rien à comparer.",
            "This is the first version that the company sent: there is nothing to compare.",
        );
        return view! { <p>{words}</p> }.into_any();
    };
    let (old, new) = (&older.snapshot, &view.newer.snapshot);
    let changes = Changes::between(old, new);
    let company = changed(company_facts(lang, old), company_facts(lang, new));
    let contests = contests(lang, view, &old.contests, &new.contests);
    if changes.is_empty() && company.is_empty() && contests.is_none() {
        let words = lang.pick(
            "Aucune différence\u{A0}: les mêmes réponses ont été transmises de nouveau, avec une nouvelle attestation.",
            "No difference: the same answers were sent again, with a new statement.",
        );
        return view! { <Notice tone=Tone::Success><p>{words}</p></Notice> }.into_any();
    }
    let steps = StepCode::ALL
        .into_iter()
        .filter_map(|step| {
            let body = match step {
                StepCode::Company if company.is_empty() => return None,
                StepCode::Company => table(lang, step_name(step).get(lang).to_owned(), &company),
                _ => claims(lang, view, &changes, step)?,
            };
            let id = format!("diff-{}", step.slug());
            let label = id.clone();
            Some(view! {
                <section class="difference-step" aria-labelledby=label>
                    <h2 id=id>{step_name(step).get(lang)}</h2>
                    {body}
                </section>
            })
        })
        .collect_view();
    view! {
        <p class="lead">{summary(lang, &changes)}</p>
        {steps}
        {contests}
    }
    .into_any()
}

/// The name of a step for both sides: that of the form speaks to the company.
const fn step_name(step: StepCode) -> Text {
    match step {
        StepCode::Company => text("Entreprise et contact", "Company and contact"),
        StepCode::Size => text("Taille", "Size"),
        StepCode::Solidarity => text("Caractère solidaire", "Solidarity status"),
        StepCode::Insertion => text("Engagements d’insertion", "Insertion commitments"),
        StepCode::Pledges => text("Autres engagements", "Other commitments"),
        StepCode::Statement => text("Attestation", "Statement"),
    }
}

fn summary(lang: Lang, changes: &Changes<'_>) -> String {
    let (changed, added, removed, same) = (
        changes.changed.len(),
        changes.added.len(),
        changes.removed.len(),
        changes.same,
    );
    // What did not happen is not told.
    let told: Vec<String> = [
        (changed, text("modifiée", "changed")),
        (added, text("ajoutée", "added")),
        (removed, text("retirée", "removed")),
        (same, text("inchangée", "unchanged")),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .enumerate()
    .map(|(rank, (count, what))| {
        let plural = if lang == Lang::Fr && count > 1 {
            "s"
        } else {
            ""
        };
        let noun = match (lang, rank) {
            (Lang::Fr, 0) => format!(" affirmation{plural}"),
            _ => String::new(),
        };
        format!("{count}{noun} {}{plural}", what.get(lang))
    })
    .collect();
    let told = told.join(", ");
    match lang {
        Lang::Fr => format!("{told}."),
        Lang::En => format!("Claims: {told}."),
    }
}

fn claims(
    lang: Lang,
    view: &ComparisonView,
    changes: &Changes<'_>,
    step: StepCode,
) -> Option<AnyView> {
    let here = |claim: &Claim| step_of(claim.kind()) == step;
    let names = &view.names;
    let card = |claim: &Claim, label: &'static str, tone: Tone, body: AnyView| {
        let title = claim_title(names, claim, lang);
        view! {
            <li class=format!("claim claim-{}", tone.word())>
                <div class="claim-head">
                    <h3>{title}</h3>
                    <StatusChip label=label tone=tone/>
                </div>
                {body}
            </li>
        }
        .into_any()
    };
    let whole = |claim: &Claim, gone: bool| {
        let entries = claim_facts(names, claim, lang)
            .into_iter()
            .map(|fact| {
                let value = fact.value;
                let words = if gone {
                    view! { <del class="as-typed">{value}</del> }.into_any()
                } else {
                    view! { <ins class="as-typed">{value}</ins> }.into_any()
                };
                Entry::view(fact.label, words)
            })
            .collect();
        view! { <DescriptionList entries=entries/> }.into_any()
    };
    let mut cards: Vec<AnyView> = vec![];
    for (before, after) in changes.changed.iter().filter(|(_, after)| here(after)) {
        let caption = claim_title(names, after, lang);
        let body = table(lang, caption, &changed_claim(lang, names, before, after));
        cards.push(card(
            after,
            lang.pick("Modifiée", "Changed"),
            Tone::Warning,
            body,
        ));
    }
    for claim in changes.added.iter().filter(|claim| here(claim)) {
        cards.push(card(
            claim,
            lang.pick("Ajoutée", "Added"),
            Tone::Success,
            whole(claim, false),
        ));
    }
    for claim in changes.removed.iter().filter(|claim| here(claim)) {
        cards.push(card(
            claim,
            lang.pick("Retirée", "Removed"),
            Tone::Danger,
            whole(claim, true),
        ));
    }
    (!cards.is_empty()).then(|| view! { <ul class="claims">{cards}</ul> }.into_any())
}

fn contests(
    lang: Lang,
    view: &ComparisonView,
    old: &[Contested],
    new: &[Contested],
) -> Option<AnyView> {
    let mut facts: Vec<&Contested> = new.iter().collect();
    facts.extend(
        old.iter()
            .filter(|one| new.iter().all(|other| other.fact != one.fact)),
    );
    let rows: Vec<_> = facts
        .into_iter()
        .filter_map(|one| {
            let of = |all: &[Contested]| {
                let found = all.iter().find(|other| other.fact == one.fact);
                found.map_or_else(Vec::new, |found| contest_facts(found, lang))
            };
            let rows = changed(of(old), of(new));
            let title = contest_title(&view.names, one, lang);
            (!rows.is_empty()).then(|| {
                view! {
                    <h3>{title.clone()}</h3>
                    {table(lang, title, &rows)}
                }
            })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="difference-step" aria-labelledby="diff-contests">
                <h2 id="diff-contests">{lang.pick("Ce qui est contesté", "What is contested")}</h2>
                {rows}
            </section>
        }
        .into_any()
    })
}

/// Which two versions, and when each was sent.
pub fn versions(lang: Lang, view: &ComparisonView) -> AnyView {
    let newer = &view.newer;
    let at = |moment| view! { <time datetime=machine(moment)>{long_moment(lang, moment)}</time> };
    let older = view.older.as_ref().map(|older| {
        view! {
            {lang.pick(", comparée à la version ", ", compared with version ")} {older.number}
            {lang.pick(", transmise le ", ", sent on ")} {at(older.signed_at)}
        }
    });
    view! {
        <p>
            {lang.pick("Version ", "Version ")} {newer.number} {lang.pick(" de ", " of ")} {view.company_name.clone()}
            {lang.pick(", transmise le ", ", sent on ")} {at(newer.signed_at)} {older} "."
        </p>
    }
    .into_any()
}

/// The title of the page.
pub fn comparison_title(lang: Lang, view: &ComparisonView) -> String {
    let number = view.newer.number;
    match lang {
        Lang::Fr => format!("Ce qui a changé dans la version {number}"),
        Lang::En => format!("What changed in version {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_versions_have_is_left_out_even_under_a_repeated_label() {
        let before = vec![
            fact("Pièce", "a.pdf"),
            fact("Pièce", "b.pdf"),
            fact("Du", "1"),
            fact("Au", "2"),
        ];
        let after = vec![
            fact("Pièce", "b.pdf"),
            fact("Pièce", "c.pdf"),
            fact("Du", "1"),
            fact("Note", "x"),
        ];
        let row = |label, before: Option<&str>, after: Option<&str>| Changed {
            label,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        assert_eq!(
            changed(before.clone(), after),
            [
                row("Pièce", Some("a.pdf"), Some("c.pdf")),
                row("Au", Some("2"), None),
                row("Note", None, Some("x")),
            ]
        );
        assert_eq!(changed(before.clone(), before), []);
    }
}
