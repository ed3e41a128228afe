//! The bottom of every page: who answers, and the pages that a public service owes.

use std::sync::Arc;

use leptos::prelude::*;

use crate::i18n::{Lang, Text, text};
use crate::routes::path;
use crate::site::Site;

const LINKS: [(&str, Text); 6] = [
    (path::SITE_MAP, text("Plan du site", "Site map")),
    // The wording of this mention is fixed by law; it changes with the audit, and so does the statement.
    (
        path::ACCESSIBILITY,
        text(
            "Accessibilité\u{A0}: non conforme",
            "Accessibility: not compliant",
        ),
    ),
    (path::LEGAL, text("Mentions légales", "Legal notice")),
    (path::PRIVACY, text("Données personnelles", "Personal data")),
    (path::COOKIES, text("Cookies", "Cookies")),
    (path::HELP, text("Aide et contact", "Help and contact")),
];

#[component]
pub(super) fn Footer(lang: Lang, site: Arc<Site>) -> impl IntoView {
    let links = LINKS
        .iter()
        .map(|(href, label)| view! { <li><a href=*href>{label.get(lang)}</a></li> })
        .collect_view();
    let mail = format!("mailto:{}", site.email);
    view! {
        <footer class="bottom">
            <div class="bottom-inner">
                <div class="bottom-who">
                    <p class="bottom-name">{site.buyer_name.clone()}</p>
                    <p>{site.service.clone()}</p>
                    <p>
                        <a href=mail>{site.email.clone()}</a>
                    </p>
                    <p>{site.phone.clone()}</p>
                </div>
                <nav aria-label=lang.pick("Informations sur le service", "About this service")>
                    <ul class="bottom-links">{links}</ul>
                </nav>
            </div>
        </footer>
    }
}
