//! The document around every page: head, skip link, header, main part, footer.
//!
//! Invariants: no inline script or style, so that an anonymous page needs no nonce and is the same bytes for everyone;
//! nothing outside an island is hydrated. Leptos's own `HydrationScripts` is not used: it copies the nonce into `crossorigin`.

mod assets;
mod footer;
mod header;
mod nav;

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

use crate::i18n::{Lang, use_lang};
use crate::pages::public::{ErrorKind, ErrorPage};
use crate::routes::Pages;
use crate::site::use_site;
use crate::ui::written;

pub use assets::{Assets, IslandScript, use_assets};
pub use nav::NavRole;

use footer::Footer;
use header::Header;

/// The whole document, for the routes of the portal. Contexts read: `Lang`, `Arc<Site>`, `Arc<Assets>`, `NavRole`.
pub fn shell() -> impl IntoView {
    document(|| view! { <Pages/> }.into_any())
}

/// The whole document around an error, for the server's fallback and refusals; the server sets the status itself.
pub fn error_shell(kind: ErrorKind) -> impl IntoView {
    document(move || view! { <ErrorPage kind=kind/> }.into_any())
}

fn document(main: impl FnOnce() -> AnyView) -> impl IntoView {
    provide_meta_context();
    // Only islands are hydrated: nothing else may serialise its data into the page.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let lang = use_lang();
    let site = use_site();
    let stylesheet = use_assets().css.clone();
    let main = main();
    let header = written(view! { <Header lang=lang site=site.clone()/> });
    let footer = written(view! { <Footer lang=lang site=site.clone()/> });
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=stylesheet/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <MetaTags/>
            </head>
            <body>
                <a class="skip" href="#main">{lang.pick("Aller au contenu", "Skip to content")}</a>
                {site.demonstration.then(|| demonstration(lang))}
                {header}
                <main id="main" tabindex="-1">{main}</main>
                {footer}
            </body>
        </html>
    }
}

fn demonstration(lang: Lang) -> impl IntoView {
    view! {
        <aside class="demonstration" aria-label=lang.pick("Démonstration", "Demonstration")>
            {lang
                .pick(
                    "Démonstration\u{A0}: entreprises fictives, aucun courriel n’est envoyé.",
                    "Demonstration: fictional companies, no e-mail is sent.",
                )}
        </aside>
    }
}
