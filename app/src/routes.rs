//! The addresses of the portal and the page at each of them.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::pages::admin::{
    CatalogueEntryPage, CataloguePage, ListImportPage, ListPage, ListsPage, Outbox,
};
use crate::pages::buyer::{
    AgentComparison, AgentMails, AgentQualification, Attachments, Commitments, Concessions,
    ContractPage, Contracts, FrozenYears, ImportPage, Imports, Indicators, LetterPage, Levers,
    Payments, PreparedDrafts, Qualifications, Queue, Restated, Review, Signature, Subcontracts,
    SupplierPayments, YearHours,
};
use crate::pages::demo::{DemoMailPage, DemoMails};
use crate::pages::links::{FollowLink, LinksHelp};
use crate::pages::public::{
    Accessibility, Cookies, ErrorKind, ErrorPage, Help, Home, Legal, Privacy, Simulator, SiteMap,
    VerifyCode, VerifyForm,
};
use crate::pages::sign_in::{OpenLink, Resume, Sent, SignIn};
use crate::pages::supplier::{
    ContestPage, DeclarationPage, DocumentPage, InvitationPage, JoiningPage, KnownPage,
    MandatePage, PeoplePage, PreparedDraftPage, ReceiptPage, RenewalPage, SearchPage, StepPage,
    SupplierComparison, SupplierMails, SupplierQualification, WorkspacePage,
};
use crate::visitor::{AccountRole, Visitor};

/// Addresses named by links, once each.
pub mod path {
    pub const HOME: &str = "/";
    pub const SIMULATOR: &str = crate::islands::simulator::PAGE;
    pub const HELP: &str = "/aide";
    /// How to write a link that opens a declaration.
    pub const LINKS_HELP: &str = "/aide/liens";
    /// What such links open.
    pub const FOLLOW_LINK: &str = domain::links::PAGE;
    pub const PRIVACY: &str = "/donnees-personnelles";
    pub const LEGAL: &str = "/mentions-legales";
    pub const COOKIES: &str = "/cookies";
    pub const ACCESSIBILITY: &str = "/accessibilite";
    pub const SITE_MAP: &str = "/plan-du-site";
    pub const SIGN_IN: &str = "/connexion";
    pub const SIGN_OUT: &str = "/deconnexion";
    pub const SUPPLIER: &str = "/espace";
    /// The people of a company, each by its SIREN.
    pub const PEOPLE: &str = "/espace/personnes";
    /// Where it is asked to join a company, by its SIREN.
    pub const JOINING: &str = "/espace/rattachement";
    /// Where a third party says for whom it prepares.
    pub const MANDATE: &str = "/espace/mandat";
    pub const INVITATIONS: &str = "/invitations";
    pub const REVIEW: &str = "/instruction";
    pub const QUALIFICATIONS: &str = "/instruction/qualifications";
    pub const COMMITMENTS: &str = "/instruction/engagements";
    pub const ATTACHMENTS: &str = "/instruction/rattachements";
    /// The drafts that agents prepare for companies.
    pub const PREPARED: &str = "/instruction/brouillons";
    /// Below it, each of them for the person it was sent to.
    pub const PREPARED_DRAFT: &str = "/brouillons";
    pub const INDICATORS: &str = "/instruction/indicateurs";
    pub const INDICATOR_CONTRACTS: &str = "/instruction/indicateurs/marches";
    /// The frozen years, and below it their files.
    pub const FROZEN_YEARS: &str = "/instruction/indicateurs/annees-arretees";
    /// What changed since an edition was frozen.
    pub const RESTATED: &str = "/instruction/indicateurs/annees-arretees/ecarts";
    /// The insertion commitments of a year.
    pub const YEAR_HOURS: &str = "/instruction/indicateurs/heures";
    /// The subcontracts to solidarity enterprises.
    pub const SUBCONTRACTS: &str = "/instruction/indicateurs/sous-traitance";
    /// Outside the figures.
    pub const CONCESSIONS: &str = "/instruction/indicateurs/concessions";
    pub const IMPORTS: &str = "/instruction/imports";
    /// Receives a file of contracts, as a multipart form.
    pub const IMPORT_UPLOAD: &str = "/instruction/imports/depot";
    pub const LEVERS: &str = "/instruction/indicateurs/leviers";
    pub const PAYMENTS: &str = "/instruction/indicateurs/paiements";
    /// The payments of one supplier, which the query names: an identifier as written holds any character.
    pub const SUPPLIER_PAYMENTS: &str = "/instruction/indicateurs/paiements/fournisseur";
    /// The lists of the agents as files, each by its name.
    pub const EXPORTS: &str = "/instruction/exports";
    pub const ADMINISTRATION: &str = "/administration/envois";
    /// What the form offers, and below it the form of each entry.
    pub const CATALOGUE: &str = "/administration/catalogue";
    /// The published lists that prove, and below it each list and each of its files.
    pub const LISTS: &str = "/administration/listes";
    /// Checks an attestation by its code.
    pub const VERIFY: &str = "/verifier";
    /// The public key of signed attestations.
    pub const KEYS: &str = "/.well-known/jwks.json";
    /// The attestations of a company as PDF, each by its SIREN.
    pub const ATTESTATIONS: &str = "/espace/attestations";
    pub const DEMO_MAILS: &str = "/demo/courriels";
    /// Receives the answers of the simulator as a POST form, to start a declaration with them.
    pub const START_FROM_SIMULATOR: &str = crate::islands::simulator::START_ACTION;
}

/// The page at the address of this request.
#[component]
pub(crate) fn Pages() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <ErrorPage kind=ErrorKind::NotFound/> }>
                <Route path=path!("/") view=Home ssr=SsrMode::Async/>
                <Route path=path!("/simulateur-pme") view=Simulator ssr=SsrMode::Async/>
                <Route path=path!("/aide") view=Help ssr=SsrMode::Async/>
                <Route path=path!("/aide/liens") view=LinksHelp ssr=SsrMode::Async/>
                <Route path=path!("/declarer") view=FollowLink ssr=SsrMode::Async/>
                <Route path=path!("/donnees-personnelles") view=Privacy ssr=SsrMode::Async/>
                <Route path=path!("/mentions-legales") view=Legal ssr=SsrMode::Async/>
                <Route path=path!("/cookies") view=Cookies ssr=SsrMode::Async/>
                <Route path=path!("/accessibilite") view=Accessibility ssr=SsrMode::Async/>
                <Route path=path!("/plan-du-site") view=SiteMap ssr=SsrMode::Async/>
                <Route path=path!("/verifier") view=VerifyForm ssr=SsrMode::Async/>
                <Route path=path!("/verifier/:code") view=VerifyCode ssr=SsrMode::Async/>
                <Route path=path!("/connexion") view=SignIn ssr=SsrMode::Async/>
                <Route path=path!("/connexion/envoye") view=Sent ssr=SsrMode::Async/>
                <Route path=path!("/connexion/lien/:token") view=OpenLink ssr=SsrMode::Async/>
                <Route path=path!("/connexion/reprise") view=Resume ssr=SsrMode::Async/>
                <Route path=path!("/espace") view=WorkspacePage ssr=SsrMode::Async/>
                <Route path=path!("/espace/recherche") view=SearchPage ssr=SsrMode::Async/>
                <Route path=path!("/espace/personnes/:siren") view=PeoplePage ssr=SsrMode::Async/>
                <Route path=path!("/espace/rattachement/:siren") view=JoiningPage ssr=SsrMode::Async/>
                <Route path=path!("/espace/mandat") view=MandatePage ssr=SsrMode::Async/>
                <Route path=path!("/invitations/:id") view=InvitationPage ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id") view=DeclarationPage ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/accuse") view=ReceiptPage ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/courriels") view=SupplierMails ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/pieces/:line") view=DocumentPage ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/registres") view=KnownPage ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/registres/:fact") view=ContestPage ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/renouveler") view=RenewalPage ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/versions/:number") view=SupplierComparison ssr=SsrMode::Async/>
                <Route path=path!("/declarations/:id/:slug") view=StepPage ssr=SsrMode::Async/>
                <Route path=path!("/brouillons/:id") view=PreparedDraftPage ssr=SsrMode::Async/>
                <Route path=path!("/qualifications/:id") view=QualificationOfSide ssr=SsrMode::Async/>
                <Route path=path!("/instruction") view=Queue ssr=SsrMode::Async/>
                <Route path=path!("/instruction/qualifications") view=Qualifications ssr=SsrMode::Async/>
                <Route path=path!("/instruction/engagements") view=Commitments ssr=SsrMode::Async/>
                <Route path=path!("/instruction/rattachements") view=Attachments ssr=SsrMode::Async/>
                <Route path=path!("/instruction/rattachements/:id/courrier") view=LetterPage ssr=SsrMode::Async/>
                <Route path=path!("/instruction/brouillons") view=PreparedDrafts ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs") view=Indicators ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/marches") view=Contracts ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/leviers") view=Levers ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/paiements") view=Payments ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/paiements/fournisseur") view=SupplierPayments ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/annees-arretees") view=FrozenYears ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/annees-arretees/ecarts") view=Restated ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/heures") view=YearHours ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/sous-traitance") view=Subcontracts ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/concessions") view=Concessions ssr=SsrMode::Async/>
                <Route path=path!("/instruction/indicateurs/marches/:buyer/:contract") view=ContractPage ssr=SsrMode::Async/>
                <Route path=path!("/instruction/imports") view=Imports ssr=SsrMode::Async/>
                <Route path=path!("/instruction/imports/:id") view=ImportPage ssr=SsrMode::Async/>
                <Route path=path!("/instruction/:id") view=Review ssr=SsrMode::Async/>
                <Route path=path!("/instruction/:id/versions/:number") view=AgentComparison ssr=SsrMode::Async/>
                <Route path=path!("/instruction/:id/courriels") view=AgentMails ssr=SsrMode::Async/>
                <Route path=path!("/instruction/:id/signature") view=Signature ssr=SsrMode::Async/>
                <Route path=path!("/administration/envois") view=Outbox ssr=SsrMode::Async/>
                <Route path=path!("/administration/catalogue") view=CataloguePage ssr=SsrMode::Async/>
                <Route path=path!("/administration/catalogue/:list/:code") view=CatalogueEntryPage ssr=SsrMode::Async/>
                <Route path=path!("/administration/listes") view=ListsPage ssr=SsrMode::Async/>
                <Route path=path!("/administration/listes/:list") view=ListPage ssr=SsrMode::Async/>
                <Route path=path!("/administration/listes/:list/:import") view=ListImportPage ssr=SsrMode::Async/>
                <Route path=path!("/demo/courriels") view=DemoMails ssr=SsrMode::Async/>
                <Route path=path!("/demo/courriels/:id") view=DemoMailPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}

/// A qualification is one address for both sides; each desk says what its side may see.
#[component]
fn QualificationOfSide() -> AnyView {
    let role = use_context::<Visitor>().and_then(|visitor| visitor.role());
    if role.is_some_and(AccountRole::is_agent) {
        view! { <AgentQualification/> }.into_any()
    } else {
        view! { <SupplierQualification/> }.into_any()
    }
}
