//! The server functions: ten-line doors between a posted form and a desk.

pub mod admin;
pub mod attestation;
pub mod buyer;
pub mod catalogue;
pub mod frozen;
pub mod hours;
pub mod imports;
pub mod known;
pub mod links;
pub mod lists;
pub mod mails;
pub mod opening;
pub mod people;
pub mod prepared;
pub mod renewal;
pub mod shares;
pub(crate) mod steps;
pub mod supplier;
mod typed;
pub mod verdicts;

use std::sync::Arc;

use leptos::prelude::use_context;

use crate::desk::{AdminDesk, BuyerDesk, LinkDesk, PeopleDesk, Reception, SupplierDesk};
use crate::error::AppError;
use crate::visitor::Visitor;

fn reception() -> Result<(Arc<dyn Reception>, Visitor), AppError> {
    let reception = use_context::<Arc<dyn Reception>>().ok_or(AppError::Forbidden)?;
    Ok((reception, use_context::<Visitor>().unwrap_or_default()))
}

/// What a visitor without the role is told: sign in, or this is not for you.
fn refused(visitor: &Visitor) -> AppError {
    if visitor.identity().is_some() {
        AppError::Forbidden
    } else {
        AppError::SignIn
    }
}

/// The desk of the signed-in supplier.
pub fn supplier_desk() -> Result<Arc<dyn SupplierDesk>, AppError> {
    let (reception, visitor) = reception()?;
    reception
        .supplier(&visitor)
        .ok_or_else(|| refused(&visitor))
}

/// The desk of the people of companies, for the signed-in supplier.
pub fn people_desk() -> Result<Arc<dyn PeopleDesk>, AppError> {
    let (reception, visitor) = reception()?;
    reception.people(&visitor).ok_or_else(|| refused(&visitor))
}

/// The desk of anyone who follows a link.
pub fn link_desk() -> Result<Arc<dyn LinkDesk>, AppError> {
    use_context::<Arc<dyn LinkDesk>>().ok_or(AppError::Forbidden)
}

/// The desk of the signed-in agent.
pub fn buyer_desk() -> Result<Arc<dyn BuyerDesk>, AppError> {
    let (reception, visitor) = reception()?;
    reception.buyer(&visitor).ok_or_else(|| refused(&visitor))
}

/// The desk of the signed-in administrator.
pub fn admin_desk() -> Result<Arc<dyn AdminDesk>, AppError> {
    let (reception, visitor) = reception()?;
    reception.admin(&visitor).ok_or_else(|| refused(&visitor))
}
