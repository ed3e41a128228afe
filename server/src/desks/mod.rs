//! The desks of this server: the business acts behind the pages, each one transaction around one decision.

mod admin;
mod attachment;
mod attestation;
mod buyer;
mod catalogue;
mod common;
mod comparing;
mod error;
mod hours;
mod kept;
mod links;
mod lists;
mod mails;
mod papers;
mod people;
mod register;
mod simulation;
mod supplier;
mod typed;
mod typing;

use std::sync::Arc;

use app::desk::{
    AdminDesk, BuyerDesk, LinkDesk, PeopleDesk, Reception, SupplierDesk, VerificationDesk,
};
use app::routes::path;
use app::visitor::{AccountRole, Identity, Visitor};
use axum::Router;
use axum::routing::{get, post};

use crate::http::{RequestContext, SignedIn};
use crate::state::AppState;
use common::Desk;
pub(crate) use supplier::{Attached, DocumentsDesk, Sent};

/// The desk giver of one request; `request` is absent while the list of pages is made.
pub fn reception(state: &AppState, request: Option<&RequestContext>) -> Arc<dyn Reception> {
    Arc::new(FrontDesk {
        state: state.clone(),
        request: request.cloned(),
    })
}

/// What the upload of a document may ask, for a signed-in supplier.
pub(crate) fn documents_desk(
    state: &AppState,
    signed: &SignedIn,
    request: &RequestContext,
) -> DocumentsDesk {
    let desk = Desk::new(state.clone(), signed.identity(), Some(request.clone()));
    DocumentsDesk(supplier::SupplierService(desk))
}

/// The desk of anyone who has the code of an attestation.
pub fn verification(
    state: &AppState,
    request: Option<&RequestContext>,
) -> Arc<dyn VerificationDesk> {
    Arc::new(attestation::VerificationService {
        state: state.clone(),
        request: request.cloned(),
    })
}

/// The desk of anyone who follows a link.
pub fn links(state: &AppState) -> Arc<dyn LinkDesk> {
    Arc::new(links::LinkService {
        state: state.clone(),
    })
}

/// Routes beside the pages, behind the same session and guards.
pub fn routes() -> Router<AppState> {
    let file = format!("{}/{{file}}", path::EXPORTS);
    let frozen = format!("{}/{{file}}", path::FROZEN_YEARS);
    let attestation = format!("{}/{{file}}", path::ATTESTATIONS);
    let facts = format!("{}/{{code}}/attestation.json", path::VERIFY);
    Router::new()
        .route(path::START_FROM_SIMULATOR, post(simulation::start))
        .route(&file, get(buyer::download))
        .route(&frozen, get(buyer::frozen_file))
        .route("/declarations/{id}/accuse.pdf", get(papers::receipt))
        .route("/declarations/{id}/{slug}/saisie", post(typing::save))
        .route(&attestation, get(papers::attestation))
        .route(&facts, get(papers::signed_facts))
        .route(path::KEYS, get(papers::keys))
}

/// Gives each visitor the desk of their role, and no other.
struct FrontDesk {
    state: AppState,
    request: Option<RequestContext>,
}

impl FrontDesk {
    fn desk(&self, visitor: &Visitor, opens: impl Fn(AccountRole) -> bool) -> Option<Desk> {
        let identity: &Identity = visitor.identity().filter(|identity| opens(identity.role))?;
        Some(Desk::new(
            self.state.clone(),
            identity.clone(),
            self.request.clone(),
        ))
    }
}

impl Reception for FrontDesk {
    fn supplier(&self, visitor: &Visitor) -> Option<Arc<dyn SupplierDesk>> {
        let desk = self.desk(visitor, |role| role == AccountRole::Supplier)?;
        Some(Arc::new(supplier::SupplierService(desk)))
    }

    fn people(&self, visitor: &Visitor) -> Option<Arc<dyn PeopleDesk>> {
        let desk = self.desk(visitor, |role| role == AccountRole::Supplier)?;
        Some(Arc::new(people::PeopleService(desk)))
    }

    fn buyer(&self, visitor: &Visitor) -> Option<Arc<dyn BuyerDesk>> {
        let desk = self.desk(visitor, AccountRole::is_agent)?;
        Some(Arc::new(buyer::BuyerService(desk)))
    }

    fn admin(&self, visitor: &Visitor) -> Option<Arc<dyn AdminDesk>> {
        let desk = self.desk(visitor, |role| role == AccountRole::Administrator)?;
        Some(Arc::new(admin::AdminService(desk)))
    }
}
