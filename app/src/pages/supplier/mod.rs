//! The pages of a signed-in supplier.

mod actions;
mod answers;
mod attestation;
mod claim_place;
mod conflict;
mod declaration;
mod document_list;
mod document_page;
mod form;
mod hours;
mod late;
mod published;
mod qualification;
mod receipt;
mod register;
mod remarks;
mod search;
mod search_results;
mod simulated;
mod step_form;
mod step_page;
mod steps;
mod verification;
mod versions;
mod workspace;

pub use declaration::DeclarationPage;
pub use document_list::{add_path, anchor as documents_anchor};
pub use document_page::DocumentPage;
pub use qualification::SupplierQualification;
pub use receipt::ReceiptPage;
pub use search::{KEPT_SIMULATION, SearchPage};
pub use simulated::SIMULATION;
pub use step_page::StepPage;
pub use steps::next_step;
pub use workspace::WorkspacePage;
