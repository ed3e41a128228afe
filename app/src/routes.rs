//! The addresses of the portal and the page at each of them.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::pages::public::{
    Accessibility, Cookies, ErrorKind, ErrorPage, Help, Home, Legal, Privacy, Simulator, SiteMap,
};
use crate::pages::sign_in::{OpenLink, Resume, Sent, SignIn};

/// Addresses named by links, once each.
pub mod path {
    pub const HOME: &str = "/";
    pub const SIMULATOR: &str = crate::islands::simulator::PAGE;
    pub const HELP: &str = "/aide";
    pub const PRIVACY: &str = "/donnees-personnelles";
    pub const LEGAL: &str = "/mentions-legales";
    pub const COOKIES: &str = "/cookies";
    pub const ACCESSIBILITY: &str = "/accessibilite";
    pub const SITE_MAP: &str = "/plan-du-site";
    pub const SIGN_IN: &str = "/connexion";
    pub const SIGN_OUT: &str = "/deconnexion";
    pub const SUPPLIER: &str = "/espace";
    pub const REVIEW: &str = "/instruction";
    pub const QUALIFICATIONS: &str = "/instruction/qualifications";
    pub const ATTACHMENTS: &str = "/instruction/rattachements";
    pub const ADMINISTRATION: &str = "/administration/envois";
    pub const DEMO_MAILS: &str = "/demo/courriels";
    /// Receives the answers of the simulator as a POST form, to start a declaration with them.
    pub const START_FROM_SIMULATOR: &str = crate::islands::simulator::START_ACTION;
}

/// The page at the address of this request.
#[component]
pub(crate) fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <ErrorPage kind=ErrorKind::NotFound/> }>
                <Route path=path!("/") view=Home ssr=SsrMode::Async/>
                <Route path=path!("/simulateur-pme") view=Simulator ssr=SsrMode::Async/>
                <Route path=path!("/aide") view=Help ssr=SsrMode::Async/>
                <Route path=path!("/donnees-personnelles") view=Privacy ssr=SsrMode::Async/>
                <Route path=path!("/mentions-legales") view=Legal ssr=SsrMode::Async/>
                <Route path=path!("/cookies") view=Cookies ssr=SsrMode::Async/>
                <Route path=path!("/accessibilite") view=Accessibility ssr=SsrMode::Async/>
                <Route path=path!("/plan-du-site") view=SiteMap ssr=SsrMode::Async/>
                <Route path=path!("/connexion") view=SignIn ssr=SsrMode::Async/>
                <Route path=path!("/connexion/envoye") view=Sent ssr=SsrMode::Async/>
                <Route path=path!("/connexion/lien/:token") view=OpenLink ssr=SsrMode::Async/>
                <Route path=path!("/connexion/reprise") view=Resume ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
