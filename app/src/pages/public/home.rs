//! The first page: what the portal is, for whom, how it goes, and where to start.

use leptos::prelude::*;

use super::home_sections::{Audience, Course, Targets};
use crate::i18n::{Lang, use_lang};
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{ButtonKind, ButtonLink, PageTitle};

#[component]
pub fn Home() -> AnyView {
    let lang = use_lang();
    let site = use_site();
    let title = lang.pick(
        "Déclarez votre entreprise et vos engagements",
        "Declare your company and your commitments",
    );
    let lead = lang.pick(
        "Entreprise solidaire, PME, structure d’insertion\u{A0}: une seule déclaration suffit. Elle est vérifiée point par point, et l’acheteur public en tient compte dans ses achats.",
        "Solidarity enterprise, SME, insertion structure: one declaration is enough. It is checked point by point, and the public buyer takes it into account in its purchases.",
    );
    view! {
        <PageTitle title=title/>
        <section class="hero" aria-labelledby="hero-title">
            <div class="hero-inner">
                <div class="hero-words">
                    <p class="eyebrow">{site.buyer_name.clone()}</p>
                    <h1 id="hero-title">{title}</h1>
                    <p class="lead">{lead}</p>
                    <div class="actions">
                        <ButtonLink
                            href=path::SIGN_IN
                            label=lang.pick("Déclarer mon entreprise", "Declare my company")
                        />
                        <ButtonLink
                            href=path::SIMULATOR
                            label=lang.pick("Simuler ma taille", "Check my company size")
                            kind=ButtonKind::Secondary
                        />
                    </div>
                    <p class="hero-note">
                        {lang
                            .pick(
                                "Gratuit, sans mot de passe. La simulation ne demande pas de compte.",
                                "Free of charge, no password. The simulation needs no account.",
                            )}
                    </p>
                </div>
                <Prepare lang=lang/>
            </div>
        </section>
        <Audience lang=lang/>
        <Course lang=lang/>
        <Targets lang=lang targets=site.targets/>
    }
    .into_any()
}

/// What to have at hand, beside the first words.
#[component]
fn Prepare(lang: Lang) -> impl IntoView {
    let items = [
        (
            "le numéro Siret, ou le nom de l’entreprise",
            "the Siret number, or the name of the company",
        ),
        (
            "l’effectif, le chiffre d’affaires et le total du bilan du dernier exercice clos",
            "staff, turnover and balance sheet total of the last closed financial year",
        ),
        (
            "les parts détenues par d’autres entreprises ou par vous chez elles",
            "the shares that other companies hold in yours, or yours in them",
        ),
        (
            "la référence de vos agréments ou conventions (ESUS, insertion, handicap)",
            "the reference of your approvals or agreements (ESUS, insertion, disability)",
        ),
    ];
    let items = items
        .into_iter()
        .map(|(fr, en)| view! { <li>{lang.pick(fr, en)}</li> })
        .collect_view();
    view! {
        <div class="hero-card">
            <h2>{lang.pick("À avoir sous la main", "What to have at hand")}</h2>
            <ul>{items}</ul>
            <p>
                {lang
                    .pick(
                        "Ce que les registres publics savent déjà est prérempli. Vous pouvez vous arrêter et reprendre plus tard.",
                        "What public registers already know is filled in for you. You can stop and resume later.",
                    )}
            </p>
        </div>
    }
}
