//! The lower part of the first page: for whom, in which steps, and to what end.

use leptos::prelude::*;

use crate::i18n::{Lang, Text, text};
use crate::routes::path;
use crate::site::Targets as Percentages;

const AUDIENCE: [(Text, Text); 4] = [
    (
        text(
            "Petites et moyennes entreprises",
            "Small and medium-sized enterprises",
        ),
        text(
            "Moins de 250 personnes\u{A0}: le portail calcule votre catégorie, liens de capital compris, et l’explique.",
            "Fewer than 250 people: the portal computes your category, capital links included, and explains it.",
        ),
    ),
    (
        text(
            "Économie sociale et solidaire",
            "Social and solidarity economy",
        ),
        text(
            "Associations, coopératives, mutuelles, fondations, sociétés commerciales de l’ESS, entreprises agréées ESUS.",
            "Associations, cooperatives, mutual societies, foundations, commercial companies of the ESS, ESUS-approved companies.",
        ),
    ),
    (
        text("Insertion et handicap", "Insertion and disability"),
        text(
            "Entreprises et associations d’insertion, chantiers, entreprises adaptées, ESAT, régies de quartier, GEIQ.",
            "Insertion companies and associations, work-integration sites, adapted companies, ESAT, neighbourhood companies, GEIQ.",
        ),
    ),
    (
        text("Engagements d’insertion", "Insertion commitments"),
        text(
            "Heures d’insertion prévues dans un marché, publics concernés, structures partenaires\u{A0}: ligne par ligne.",
            "Insertion hours planned in a contract, people concerned, partner structures: line by line.",
        ),
    ),
];

/// Who may declare.
#[component]
pub(super) fn Audience(lang: Lang) -> impl IntoView {
    let cards = AUDIENCE
        .iter()
        .map(|(title, words)| {
            view! {
                <li class="card">
                    <h3>{title.get(lang)}</h3>
                    <p>{words.get(lang)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="band" aria-labelledby="audience">
            <h2 id="audience">{lang.pick("Pour qui\u{202F}?", "Who is it for?")}</h2>
            <ul class="cards">{cards}</ul>
        </section>
    }
}

const COURSE: [(Text, Text); 4] = [
    (
        text("Recevez un lien par courriel", "Receive a link by e-mail"),
        text(
            "Il vous connecte une fois. Il n’y a pas de mot de passe à retenir.",
            "It signs you in once. There is no password to remember.",
        ),
    ),
    (
        text("Répondez, étape par étape", "Answer, step by step"),
        text(
            "Chaque réponse est gardée. La page dit à tout moment si la déclaration est transmise.",
            "Every answer is kept. The page says at all times whether the declaration has been sent.",
        ),
    ),
    (
        text("Relisez et signez", "Check and sign"),
        text(
            "Vous attestez sur l’honneur et recevez un numéro de référence.",
            "You make a sworn statement and receive a reference number.",
        ),
    ),
    (
        text("Recevez une réponse motivée", "Receive a reasoned answer"),
        text(
            "Un agent se prononce sur chaque point\u{202F}; une demande de correction dit exactement quoi corriger.",
            "An agent decides on each point; a request for correction says exactly what to correct.",
        ),
    ),
];

/// The four steps of a declaration.
#[component]
pub(super) fn Course(lang: Lang) -> impl IntoView {
    let steps = COURSE
        .iter()
        .map(|(title, words)| {
            view! {
                <li class="course-step">
                    <h3>{title.get(lang)}</h3>
                    <p>{words.get(lang)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="band band-tinted" aria-labelledby="course">
            <div class="band-inner">
                <h2 id="course">{lang.pick("Comment ça se passe\u{202F}?", "How does it work?")}</h2>
                <ol class="course">{steps}</ol>
                <p class="course-note">
                    {lang
                        .pick(
                            "La déclaration ne remplace pas les pièces demandées dans une consultation. ",
                            "The declaration does not replace the documents required in a tender. ",
                        )}
                    <a href=path::HELP>{lang.pick("Questions fréquentes", "Frequent questions")}</a>
                </p>
            </div>
        </section>
    }
}

/// What the declarations are for: the three targets of the plan.
#[component]
pub(super) fn Targets(lang: Lang, targets: Percentages) -> impl IntoView {
    let space = lang.pick("\u{A0}%", "%");
    let figures = [
        (
            targets.solidarity,
            lang.pick(
                "des achats auprès d’entreprises solidaires",
                "of purchases from solidarity enterprises",
            ),
        ),
        (
            targets.social_clauses,
            lang.pick(
                "des marchés notifiés dans l’année avec une clause sociale",
                "of the contracts notified in the year with a social clause",
            ),
        ),
        (
            targets.environmental_clauses,
            lang.pick(
                "des marchés notifiés dans l’année avec une clause environnementale",
                "of the contracts notified in the year with an environmental clause",
            ),
        ),
    ];
    let figures = figures
        .into_iter()
        .map(|(percent, words)| {
            view! {
                <li class="target">
                    <strong>{format!("{percent}{space}")}</strong>
                    <span>{words}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="band" aria-labelledby="targets">
            <h2 id="targets">{lang.pick("Trois objectifs publics", "Three public targets")}</h2>
            <p class="band-lead">
                {lang
                    .pick(
                        "Votre déclaration permet de mesurer les objectifs du schéma de promotion des achats publics socialement et écologiquement responsables (Spaser).",
                        "Your declaration makes it possible to measure the targets of the plan for socially and environmentally responsible public purchasing (Spaser).",
                    )}
            </p>
            <ul class="targets">{figures}</ul>
        </section>
    }
}
