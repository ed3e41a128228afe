//! One claim: what is declared, its evidence and period, what the register says beside it, and its verdict.

use domain::claims::{Claim, ClaimBody, Kind};
use domain::lifecycle::Status;
use leptos::prelude::*;

use super::documents::documents;
use super::register::Register;
use super::size::SizeExplanation;
use super::verdict::VerdictForm;
use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::buyer::address;
use crate::pages::shared::claim::{claim_facts, claim_title, upper_first, witness_words};
use crate::pages::shared::difference::changed_facts;
use crate::pages::shared::wording::{period, verdict_tone};
use crate::ui::{DescriptionList, Entry, Issues, StatusChip, Tone};
use crate::views::{ReviewView, ReviewedClaim, Typed};

#[component]
pub(super) fn ClaimCard(
    lang: Lang,
    view: ReviewView,
    reviewed: ReviewedClaim,
    /// From 1.
    rank: usize,
    can_judge: bool,
    typed: Option<Typed>,
    issues: Issues,
) -> AnyView {
    let anchor = address::anchor(rank);
    let undecided = matches!(view.status, Status::Submitted | Status::InReview);
    let title_id = format!("{anchor}-title");
    let heading_id = title_id.clone();
    let title = claim_title(&use_catalogue(), &reviewed.claim, lang);
    let verdict = reviewed.verdict.label().get(lang);
    let tone = verdict_tone(&reviewed.verdict);
    let reason = reviewed.verdict.reason().map(|reason| {
        view! {
            <div class="reason">
                <p class="reason-title">{lang.pick("Motif transmis à l’entreprise", "Reason sent to the company")}</p>
                <p class="as-typed">{reason.to_owned()}</p>
            </div>
        }
    });
    let size = match &reviewed.claim.body {
        ClaimBody::Sme(size) => Some(view! {
            <SizeExplanation lang=lang size=size.clone() company=view.company_name.clone()/>
        }),
        _ => None,
    };
    let form = can_judge.then(|| {
        view! {
            <VerdictForm
                lang=lang
                reviewed=reviewed.clone()
                rank=rank
                typed=typed
                issues=issues
            />
        }
    });
    view! {
        <section class="claim card" id=anchor aria-labelledby=title_id>
            <div class="claim-head">
                <h3 id=heading_id>{title}</h3>
                <StatusChip label=verdict tone=tone/>
            </div>
            {undecided.then(|| history(lang, &reviewed))}
            {undecided.then(|| replaced(lang, &reviewed))}
            <div class="claim-sides">
                <div class="declared">
                    <h4>{lang.pick("Ce que l’entreprise déclare", "What the company declares")}</h4>
                    <DescriptionList entries=entries(lang, &reviewed, undecided)/>
                    {evidence(lang, &reviewed.claim)}
                    {documents(lang, &reviewed.documents)}
                </div>
                <Register
                    lang=lang
                    comparison=reviewed.comparison.clone()
                    registry=view.registry
                    lists=reviewed.lists.clone()
                />
            </div>
            {size}
            {reason}
            {form}
        </section>
    }
    .into_any()
}

fn entries(lang: Lang, reviewed: &ReviewedClaim, undecided: bool) -> Vec<Entry> {
    // The documents have a list of their own, with links.
    let claim = reviewed.claim.without_documents();
    let mut entries: Vec<Entry> = claim_facts(&use_catalogue(), &claim, lang)
        .into_iter()
        .map(|fact| Entry::new(fact.label, fact.value))
        .collect();
    let label = if undecided {
        lang.pick("Période si elle est acceptée", "Period if accepted")
    } else {
        lang.pick("Période demandée", "Period asked for")
    };
    entries.push(Entry::new(
        label,
        upper_first(&period(&reviewed.validity, lang)),
    ));
    entries
}

/// What proves a claim of this kind, for the agent who checks it.
fn evidence(lang: Lang, claim: &Claim) -> Option<AnyView> {
    let kind = claim.kind();
    if let ClaimBody::Status(evidence) = &claim.body
        && let Some(witness) = &evidence.witness
    {
        let source = witness_words(witness, lang);
        let words = match lang {
            Lang::Fr => format!(
                "Aucune pièce n’est demandée à l’entreprise\u{a0}: ce statut est prouvé par une source publique ({source})."
            ),
            Lang::En => format!(
                "No evidence is asked of the company: a public source proves this status ({source})."
            ),
        };
        return Some(view! { <p class="hint">{words}</p> }.into_any());
    }
    let what = match kind.evidence_rule() {
        Some(rule) => rule.what.get(lang),
        None if kind == Kind::Sme => lang.pick(
            "Comptes ou liasse fiscale de l’exercice, et organigramme du groupe s’il y en a un.",
            "Accounts or tax return of the period, and the chart of the group if there is one.",
        ),
        None => return None,
    };
    Some(
        view! {
            <p class="hint">
                {lang.pick("Pièce attendue\u{a0}: ", "Expected evidence: ")} {what}
            </p>
        }
        .into_any(),
    )
}

/// Answer by answer, what accepting the claim would change of the one that it replaces.
fn replaced(lang: Lang, reviewed: &ReviewedClaim) -> Option<AnyView> {
    let before = reviewed.replaces.as_ref()?;
    let heading = lang.pick("Ce qui changerait", "What would change");
    Some(
        view! {
            <details class="replaced" open="">
                <summary>{heading}</summary>
                {changed_facts(lang, &use_catalogue(), before, &reviewed.claim, heading)}
            </details>
        }
        .into_any(),
    )
}

/// How the claim relates to what already holds.
fn history(lang: Lang, reviewed: &ReviewedClaim) -> Option<AnyView> {
    let (label, tone) = if reviewed.already_in_force {
        (
            lang.pick(
                "Déjà en vigueur, mot pour mot\u{a0}: l’accepter ne crée pas de nouvelle qualification",
                "Already in force, word for word: accepting it creates no new qualification",
            ),
            Tone::Success,
        )
    } else if reviewed.changed {
        (
            lang.pick(
                "Différente de la qualification en vigueur\u{a0}: l’accepter la remplace",
                "Different from the qualification in force: accepting it replaces that one",
            ),
            Tone::Warning,
        )
    } else {
        return None;
    };
    Some(
        view! {
            <p>
                <StatusChip label=label tone=tone/>
            </p>
        }
        .into_any(),
    )
}
