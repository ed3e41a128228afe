//! The arithmetic behind an SME claim, recomputed from its figures, enterprise by enterprise.

use domain::claims::SizeClaim;
use domain::sme::{Case, Explanation, Outcome, Relation, simulate};
use leptos::prelude::*;

use crate::i18n::{Lang, Text, euros, text};
use crate::pages::shared::claim::upper_first;
use crate::ui::{Column, DataTable, Notice, StatusChip, Tone};

/// Folded, because most companies stand alone and the category is above.
#[component]
pub(super) fn SizeExplanation(lang: Lang, size: SizeClaim, company: String) -> AnyView {
    let Some(outcome) = recompute(&size, &company) else {
        return view! {
            <Notice tone=Tone::Warning>
                <p>
                    {lang
                        .pick(
                            "Le calcul ne peut pas être refait à partir des chiffres déclarés\u{a0}: vérifiez la catégorie à la main.",
                            "The computation cannot be done again from the declared figures: check the category by hand.",
                        )}
                </p>
            </Notice>
        }
        .into_any();
    };
    let differs = outcome.eu_category != size.category;
    let check = outcome.explanation.iter().any(|line| line.manual_check);
    let note = differs.then(|| {
        let (raw, kept) = (outcome.eu_category.label().get(lang), size.category.label().get(lang));
        let words = match lang {
            Lang::Fr => format!("L’exercice donne «\u{202f}{raw}\u{202f}», mais un seul exercice ne fait pas changer de catégorie\u{a0}: «\u{202f}{kept}\u{202f}» est conservée (règle des deux exercices)."),
            Lang::En => format!("The period gives “{raw}”, but one period alone does not change the category: “{kept}” is kept (two-period rule)."),
        };
        view! { <p>{words}</p> }
    });
    let flag = check.then(|| {
        view! {
            <p>
                <StatusChip
                    label=lang.pick("Un point est à vérifier à la main", "One point is to be checked by hand")
                    tone=Tone::Warning
                />
            </p>
        }
    });
    let lines = outcome
        .explanation
        .into_iter()
        .map(|line| line_view(lang, line))
        .collect_view();
    let columns = vec![
        Column::new(lang.pick("Entreprise", "Enterprise")),
        Column::new(lang.pick("Rôle", "Role")),
        Column::new(lang.pick("Part", "Share")).figures(),
        Column::new(lang.pick("Effectif", "Staff")).figures(),
        Column::new(lang.pick("Chiffre d’affaires", "Turnover")).figures(),
        Column::new(lang.pick("Bilan", "Balance sheet")).figures(),
    ];
    view! {
        {flag}
        <details class="size" open=check>
            <summary>
                {lang.pick("Calcul, entreprise par entreprise", "Computation, enterprise by enterprise")}
            </summary>
            {note}
            <DataTable
                caption=lang.pick(
                    "Entreprises prises en compte pour la catégorie européenne",
                    "Enterprises taken into account for the European category",
                )
                columns=columns
            >
                {lines}
            </DataTable>
        </details>
    }
    .into_any()
}

/// The outcome of the claim's own case, with the name of the company instead of its place in the case.
fn recompute(size: &SizeClaim, company: &str) -> Option<Outcome> {
    let mut case: Case = serde_json::from_value(size.case.clone()).ok()?;
    if !case.enterprises.contains_key(company)
        && let Some(own) = case.enterprises.remove(&case.target)
    {
        case.enterprises.insert(company.to_owned(), own);
        for holding in &mut case.holdings {
            for side in [&mut holding.holder, &mut holding.held] {
                if *side == case.target {
                    company.clone_into(side);
                }
            }
        }
        company.clone_into(&mut case.target);
    }
    simulate(&case).ok()
}

const fn relation(relation: Relation) -> (Text, Tone) {
    match relation {
        Relation::Own => (text("Déclarante", "Declaring"), Tone::Info),
        Relation::Linked => (text("Liée", "Linked"), Tone::Info),
        Relation::Partner => (text("Partenaire", "Partner"), Tone::Info),
        Relation::Exempt => (
            text("Investisseur écarté", "Exempt investor"),
            Tone::Neutral,
        ),
        Relation::PublicBody => (text("Organisme public", "Public body"), Tone::Warning),
        Relation::Ignored => (text("Non comptée", "Not counted"), Tone::Neutral),
    }
}

fn line_view(lang: Lang, line: Explanation) -> AnyView {
    let (label, tone) = relation(line.relation);
    let reasons = line
        .reasons
        .into_iter()
        .map(|reason| view! { <span class="row-note">{upper_first(&lang.pick(reason.fr, reason.en))}</span> })
        .collect_view();
    let share = line.percentage.map(|share| share.display(lang));
    let figures = line.contribution.map(|sums| {
        (
            sums.awu.display(lang),
            euros(lang, sums.turnover_eur),
            euros(lang, sums.balance_eur),
        )
    });
    let (awu, turnover, balance) = figures.unwrap_or_default();
    let check = line.manual_check.then(|| {
        view! {
            <span class="row-note">
                <strong>{lang.pick("À vérifier à la main.", "To be checked by hand.")}</strong>
            </span>
        }
    });
    view! {
        <tr>
            <th scope="row">{line.enterprise} {reasons} {check}</th>
            <td>
                <StatusChip label=label.get(lang) tone=tone/>
            </td>
            <td class="figures">{share}</td>
            <td class="figures">{awu}</td>
            <td class="figures">{turnover}</td>
            <td class="figures">{balance}</td>
        </tr>
    }
    .into_any()
}
