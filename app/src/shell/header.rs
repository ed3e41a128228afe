//! The top of every page: name of the service, navigation, help, language, signing in or out.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::location::RequestUrl;

use super::nav::use_nav_role;
use crate::i18n::Lang;
use crate::routes::path;
use crate::site::Site;

#[component]
pub(super) fn Header(lang: Lang, site: Arc<Site>) -> impl IntoView {
    let role = use_nav_role();
    let here = here();
    let (current, query) = here.split_once('?').unwrap_or((&here, ""));
    let entries = role
        .entries()
        .iter()
        .map(|&(href, label)| {
            view! { <li>{nav_link(href, label.get(lang), current)}</li> }
        })
        .collect_view();
    let session = if role.signed_in() {
        view! {
            <form method="post" action=path::SIGN_OUT>
                <button class="link" type="submit">{lang.pick("Se déconnecter", "Sign out")}</button>
            </form>
        }
        .into_any()
    } else {
        nav_link(path::SIGN_IN, lang.pick("Se connecter", "Sign in"), current).into_any()
    };
    view! {
        <header class="top">
            <div class="top-inner">
                <a class="brand" href=path::HOME>
                    <Logo/>
                    <span class="brand-text">
                        <span class="brand-name">{site.name.clone()}</span>
                        <span class="brand-buyer">{site.buyer_short_name.clone()}</span>
                    </span>
                </a>
                <nav class="top-nav" aria-label=lang.pick("Navigation principale", "Main navigation")>
                    <ul>{entries}</ul>
                </nav>
                <ul class="top-tools">
                    <li>{nav_link(path::HELP, lang.pick("Aide et contact", "Help and contact"), current)}</li>
                    <li>{language_switch(lang, query)}</li>
                    <li class="top-session">{session}</li>
                </ul>
            </div>
        </header>
    }
}

fn nav_link(href: &'static str, label: &'static str, current: &str) -> impl IntoView + use<> {
    let here = (href == current).then_some("page");
    view! { <a href=href aria-current=here>{label}</a> }
}

/// The address of this request, path and query, as the router knows it.
fn here() -> String {
    use_context::<RequestUrl>()
        .map(|url| url.as_ref().to_owned())
        .unwrap_or_default()
}

/// A link to the same page in the other language. It only replaces the query, so that no path can lead elsewhere.
fn language_switch(lang: Lang, query: &str) -> impl IntoView + use<> {
    let (other, name) = match lang {
        Lang::Fr => (Lang::En, "English"),
        Lang::En => (Lang::Fr, "Français"),
    };
    let mut href = String::from("?");
    for pair in query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
    {
        href.push_str(pair);
        href.push('&');
    }
    href.push_str("lang=");
    href.push_str(other.tag());
    view! { <a href=href lang=other.tag() hreflang=other.tag()>{name}</a> }
}

/// Three waves under a sun: three targets, one sea. Decoration beside the written name.
#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 48 48" width="44" height="44" aria-hidden="true" focusable="false">
            <rect class="logo-ground" width="48" height="48" rx="11"/>
            <circle class="logo-sun" cx="33" cy="14" r="5.5"/>
            <path class="logo-wave" d="M7 26c5.7-5.6 11.3-5.6 17 0s11.3 5.6 17 0"/>
            <path class="logo-wave" d="M7 33.5c5.7-5.6 11.3-5.6 17 0s11.3 5.6 17 0"/>
            <path class="logo-wave" d="M7 41c5.7-5.6 11.3-5.6 17 0s11.3 5.6 17 0"/>
        </svg>
    }
}
