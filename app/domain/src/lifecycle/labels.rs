//! The words for a status, on each side, and who holds the pen.

use super::Status;
use crate::text::{Text, text};

/// The neutral label: lists, filters, mails.
pub const fn status_label(status: Status) -> Text {
    match status {
        Status::Draft => text("Brouillon, non transmis", "Draft, not sent"),
        Status::Submitted => text("Transmise", "Sent"),
        Status::InReview => text("En cours d’examen", "Under review"),
        Status::ChangesRequested => text("Corrections demandées", "Corrections requested"),
        Status::Validated => text("Validée", "Validated"),
        Status::PartlyValidated => text("Validée en partie", "Partly validated"),
        Status::Refused => text("Refusée", "Refused"),
        Status::Withdrawn => text("Retirée", "Withdrawn"),
    }
}

/// One side of the declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Supplier,
    Buyer,
}

/// Who must act next; `None` when nothing is awaited.
pub const fn next_holder(status: Status) -> Option<Side> {
    match status {
        Status::Draft | Status::ChangesRequested => Some(Side::Supplier),
        Status::Submitted | Status::InReview => Some(Side::Buyer),
        Status::Validated | Status::PartlyValidated | Status::Refused | Status::Withdrawn => None,
    }
}

/// The sentence that says, to one side, where things stand and who holds the pen.
pub const fn status_sentence(status: Status, side: Side) -> Text {
    match (status, side) {
        (Status::Draft, Side::Supplier) => text(
            "Brouillon, non transmis. À vous de le compléter, puis de le transmettre.",
            "Draft, not sent. It is for you to complete and send it.",
        ),
        (Status::Draft, Side::Buyer) => text(
            "Brouillon du fournisseur : rien n’a été transmis.",
            "The supplier’s draft: nothing was sent.",
        ),
        (Status::Submitted, Side::Supplier) => text(
            "Transmise. L’acheteur ne l’a pas encore ouverte en examen : vous pouvez la reprendre.",
            "Sent. The buyer has not started the review: you may take it back.",
        ),
        (Status::Submitted, Side::Buyer) => text("À examiner.", "To be reviewed."),
        (Status::InReview, Side::Supplier) => text(
            "En cours d’examen par l’acheteur. Vous n’avez rien à faire.",
            "Under review by the buyer. Nothing is expected from you.",
        ),
        (Status::InReview, Side::Buyer) => text(
            "En cours d’examen : donnez un verdict à chaque affirmation, puis signez.",
            "Under review: give each claim a verdict, then sign.",
        ),
        (Status::ChangesRequested, Side::Supplier) => text(
            "L’acheteur demande des corrections. À vous de corriger, puis de transmettre à nouveau.",
            "The buyer asks for corrections. It is for you to correct and send again.",
        ),
        (Status::ChangesRequested, Side::Buyer) => text(
            "Corrections demandées : le fournisseur a la main.",
            "Corrections requested: the supplier holds the pen.",
        ),
        (Status::Validated, _) => text(
            "Validée : chaque affirmation est acceptée.",
            "Validated: every claim is accepted.",
        ),
        (Status::PartlyValidated, _) => text(
            "Validée en partie : certaines affirmations sont refusées.",
            "Partly validated: some claims are refused.",
        ),
        (Status::Refused, _) => text(
            "Refusée : aucune affirmation n’est acceptée.",
            "Refused: no claim is accepted.",
        ),
        (Status::Withdrawn, Side::Supplier) => text(
            "Retirée. Vous pouvez commencer une nouvelle déclaration.",
            "Withdrawn. You may start a new declaration.",
        ),
        (Status::Withdrawn, Side::Buyer) => {
            text("Retirée par le fournisseur.", "Withdrawn by the supplier.")
        }
    }
}
