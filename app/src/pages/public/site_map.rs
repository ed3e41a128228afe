//! Every page that a visitor can reach without an invitation, as one list.

use leptos::prelude::*;

use crate::i18n::{Text, text, use_lang};
use crate::routes::path;
use crate::ui::PageTitle;
use crate::visitor::{AccountRole, Visitor};

const PARTS: [(Text, &[(&str, Text)]); 3] = [
    (
        text("Déclarer", "Declaring"),
        &[
            (path::HOME, text("Accueil", "Home")),
            (
                path::SIMULATOR,
                text(
                    "Simuler la taille de mon entreprise",
                    "Check my company size",
                ),
            ),
            (path::SIGN_IN, text("Se connecter", "Sign in")),
            (
                path::SUPPLIER,
                text("Mon espace fournisseur", "My supplier account"),
            ),
        ],
    ),
    (
        text("Être aidé", "Getting help"),
        &[
            (path::HELP, text("Aide et contact", "Help and contact")),
            (
                path::LINKS_HELP,
                text(
                    "Donner un lien vers une déclaration",
                    "Giving a link to a declaration",
                ),
            ),
            (
                path::VERIFY,
                text("Vérifier une attestation", "Check a certificate"),
            ),
        ],
    ),
    (
        text("À propos du service", "About the service"),
        &[
            (
                path::ACCESSIBILITY,
                text("Déclaration d’accessibilité", "Accessibility statement"),
            ),
            (path::LEGAL, text("Mentions légales", "Legal notice")),
            (path::PRIVACY, text("Données personnelles", "Personal data")),
            (path::COOKIES, text("Cookies", "Cookies")),
            (path::SITE_MAP, text("Plan du site", "Site map")),
        ],
    ),
];

#[component]
pub fn SiteMap() -> impl IntoView {
    let lang = use_lang();
    let title = lang.pick("Plan du site", "Site map");
    // Agents have no company of their own.
    let agent = use_context::<Visitor>()
        .and_then(|visitor| visitor.role())
        .is_some_and(AccountRole::is_agent);
    let parts = PARTS
        .iter()
        .map(|(heading, links)| {
            let links = links
                .iter()
                .filter(|(href, _)| !(agent && *href == path::SUPPLIER))
                .map(|(href, label)| view! { <li><a href=*href>{label.get(lang)}</a></li> })
                .collect_view();
            view! {
                <h2>{heading.get(lang)}</h2>
                <ul>{links}</ul>
            }
        })
        .collect_view();
    view! {
        <PageTitle title=title/>
        <div class="page">
            <h1>{title}</h1>
            {parts}
        </div>
    }
}
