//! The explanation of the simulator, entity by entity.

use domain::sme::{Explanation, Relation};
use leptos::prelude::*;

use crate::i18n::{Lang, Text, euros, text};
use crate::ui::{StatusChip, Tone};

#[component]
pub fn Lines(lang: Lang, lines: Vec<Explanation>) -> impl IntoView {
    let items = lines
        .into_iter()
        .map(|line| item(lang, line))
        .collect_view();
    view! {
        <h3>{lang.pick("Pourquoi", "Why")}</h3>
        <ul class="why">{items}</ul>
    }
}

const fn relation(relation: Relation) -> (Text, Tone) {
    match relation {
        Relation::Own => (text("Votre entreprise", "Your company"), Tone::Info),
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

fn item(lang: Lang, line: Explanation) -> impl IntoView {
    let (label, tone) = relation(line.relation);
    let counted = line.percentage.zip(line.contribution).map(|(share, sums)| {
        let (share, awu) = (share.display(lang), sums.awu.display(lang));
        let (turnover, balance) = (euros(lang, sums.turnover_eur), euros(lang, sums.balance_eur));
        match lang {
            Lang::Fr => format!("Comptée à {share}\u{A0}: effectif {awu}, chiffre d’affaires {turnover}, bilan {balance}."),
            Lang::En => format!("Counted at {share}: staff {awu}, turnover {turnover}, balance sheet {balance}."),
        }
    });
    let reasons = line
        .reasons
        .into_iter()
        .map(|reason| view! { <p>{lang.pick(reason.fr, reason.en)}</p> })
        .collect_view();
    let check = line.manual_check.then(|| {
        view! {
            <p>
                <strong>
                    {lang.pick("À vérifier par une personne.", "To be checked by a person.")}
                </strong>
            </p>
        }
    });
    view! {
        <li class="why-line">
            <p class="why-name">
                <strong>{line.enterprise}</strong>
                " "
                <StatusChip label=label.get(lang) tone=tone/>
            </p>
            {reasons}
            {counted.map(|words| view! { <p class="hint">{words}</p> })}
            {check}
        </li>
    }
}
