//! Why a command is refused: closed, so that every reason has its sentence in both languages.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::text::{Lang, Text, text};

/// A command that cannot be carried out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("refused: {}", self.code())]
pub enum Refusal {
    /// The status does not allow it.
    WrongStatus {
        status: Status,
    },
    /// The role does not allow it.
    NotYourRole,
    /// A reader or an editor tried to sign.
    CannotSign,
    /// Another reviewer has the declaration in hand.
    HeldByAnother,
    NothingDeclared,
    StatementNotTicked,
    UnknownClaim,
    /// A document of the claim was not cleared by the scanner.
    DocumentNotCleared,
    ReasonMissing,
    ReasonTooLong,
    ClaimsPending {
        count: usize,
    },
    SignatureMissing,
    UnknownQualification,
    /// An early closure concerns a claim that the same signature accepts.
    ClosureOfAcceptedClaim,
    /// A closure must not start before the qualification does, nor after it ends.
    ClosureOutsideValidity,
    /// A request for corrections decides nothing yet: it cannot end a qualification.
    ClosureBeforeDecision,
    AlreadyClosed,
    /// A revocation takes two people.
    SecondPersonNeeded,
    NoProposal,
    /// Hours are told of an insertion commitment only.
    NotACommitment,
    /// The quarter is not over, or is none of the commitment's.
    QuarterNotOver,
    HoursOutOfBounds,
    NoteTooLong,
    /// The company corrected the statement, or somebody checked it.
    StatementSettled,
    TooManyStatements,
}

impl Refusal {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongStatus { .. } => "wrong_status",
            Self::NotYourRole => "not_your_role",
            Self::CannotSign => "cannot_sign",
            Self::HeldByAnother => "held_by_another",
            Self::NothingDeclared => "nothing_declared",
            Self::StatementNotTicked => "statement_not_ticked",
            Self::UnknownClaim => "unknown_claim",
            Self::DocumentNotCleared => "document_not_cleared",
            Self::ReasonMissing => "reason_missing",
            Self::ReasonTooLong => "reason_too_long",
            Self::ClaimsPending { .. } => "claims_pending",
            Self::SignatureMissing => "signature_missing",
            Self::UnknownQualification => "unknown_qualification",
            Self::ClosureOfAcceptedClaim => "closure_of_accepted_claim",
            Self::ClosureOutsideValidity => "closure_outside_validity",
            Self::ClosureBeforeDecision => "closure_before_decision",
            Self::AlreadyClosed => "already_closed",
            Self::SecondPersonNeeded => "second_person_needed",
            Self::NoProposal => "no_proposal",
            Self::NotACommitment => "not_a_commitment",
            Self::QuarterNotOver => "quarter_not_over",
            Self::HoursOutOfBounds => "hours_out_of_bounds",
            Self::NoteTooLong => "note_too_long",
            Self::StatementSettled => "statement_settled",
            Self::TooManyStatements => "too_many_statements",
        }
    }

    /// What happened and what to do, for the person who asked.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::WrongStatus { status } => {
                let label = super::status_label(*status).get(lang);
                lang.pick(
                    format!("Cette action n’est plus possible : la déclaration est « {label} ». Rechargez la page pour voir où elle en est."),
                    format!("This is no longer possible: the declaration is “{label}”. Reload the page to see where it stands."),
                )
            }
            Self::ClaimsPending { count } => lang.pick(
                if *count == 1 {
                    "Il reste une affirmation sans verdict : examinez-la avant de signer."
                        .to_owned()
                } else {
                    format!(
                        "Il reste {count} affirmations sans verdict : examinez-les avant de signer."
                    )
                },
                if *count == 1 {
                    "One claim has no verdict yet: examine it before signing.".to_owned()
                } else {
                    format!("{count} claims have no verdict yet: examine them before signing.")
                },
            ),
            _ => self.sentence().get(lang).to_owned(),
        }
    }

    const fn sentence(&self) -> Text {
        match self {
            Self::WrongStatus { .. } | Self::ClaimsPending { .. } => text("", ""),
            Self::NotYourRole => text(
                "Votre rôle ne permet pas cette action.",
                "Your role does not allow this.",
            ),
            Self::CannotSign => text(
                "Vous pouvez modifier la déclaration, mais pas la signer : demandez à un signataire de votre entreprise.",
                "You may edit the declaration but not sign it: ask a signatory of your company.",
            ),
            Self::HeldByAnother => text(
                "Un autre agent examine cette déclaration. Il peut la remettre dans la file, ou un administrateur peut le faire.",
                "Another reviewer has this declaration in hand. They can release it, or an administrator can.",
            ),
            Self::NothingDeclared => text(
                "La déclaration ne contient aucune affirmation : déclarez au moins votre taille, un statut ou un engagement.",
                "The declaration holds no claim: declare at least your size, a status or a commitment.",
            ),
            Self::StatementNotTicked => text(
                "Cochez l’attestation sur l’honneur pour transmettre la déclaration.",
                "Tick the sworn statement to send the declaration.",
            ),
            Self::DocumentNotCleared => text(
                "Une pièce de cette affirmation n’est pas encore analysée, ou contient un virus\u{a0}: l’affirmation ne peut pas être acceptée. Attendez l’analyse, ou demandez une pièce saine.",
                "A document of this claim is not scanned yet, or holds a virus: the claim cannot be accepted. Wait for the scan, or ask for a clean document.",
            ),
            Self::UnknownClaim => text(
                "Cette affirmation ne figure pas dans la dernière version transmise. Rechargez la page.",
                "This claim is not in the last version sent. Reload the page.",
            ),
            Self::ReasonMissing => text(
                "Donnez un motif : il sera transmis au fournisseur, qui doit comprendre quoi corriger.",
                "Give a reason: it is sent to the supplier, who must understand what to correct.",
            ),
            Self::ReasonTooLong => text(
                "Le motif dépasse 2 000 caractères : raccourcissez-le.",
                "The reason is over 2,000 characters: shorten it.",
            ),
            Self::SignatureMissing => text(
                "Indiquez vos prénom, nom et qualité : toute décision les porte (article L212-1 du CRPA).",
                "Give your name and quality: every decision bears them (article L212-1 CRPA).",
            ),
            Self::UnknownQualification => text(
                "Cette qualification n’existe pas, ou n’est pas celle de cette entreprise.",
                "This qualification does not exist, or is not this company’s.",
            ),
            Self::ClosureOfAcceptedClaim => text(
                "Vous acceptez une affirmation et mettez fin à sa qualification dans la même signature : choisissez.",
                "You accept a claim and end its qualification in the same signature: choose one.",
            ),
            Self::ClosureOutsideValidity => text(
                "La date de fin doit être comprise dans la période de validité de la qualification.",
                "The end date must fall within the validity period of the qualification.",
            ),
            Self::ClosureBeforeDecision => text(
                "Une demande de corrections ne décide rien : elle ne peut pas mettre fin à une qualification.",
                "A request for corrections decides nothing yet: it cannot end a qualification.",
            ),
            Self::AlreadyClosed => text(
                "Cette qualification est déjà close.",
                "This qualification is already closed.",
            ),
            Self::SecondPersonNeeded => text(
                "Une révocation demande deux personnes : un autre agent doit la confirmer.",
                "A revocation takes two people: another agent must confirm it.",
            ),
            Self::NoProposal => text(
                "Aucune révocation n’est proposée pour cette qualification.",
                "No revocation is proposed for this qualification.",
            ),
            Self::NotACommitment => text(
                "Des heures réalisées ne se déclarent que pour un engagement d’insertion qui en promet.",
                "Realised hours are stated only for an insertion commitment that promises some.",
            ),
            Self::QuarterNotOver => text(
                "Choisissez un trimestre terminé pendant lequel court l’engagement.",
                "Choose a quarter that is over and during which the commitment runs.",
            ),
            Self::HoursOutOfBounds => text(
                "Saisissez un nombre d’heures de 0 à 200 000, deux décimales au plus : par exemple 151,67.",
                "Type a number of hours from 0 to 200,000, two decimals at most: for example 151.67.",
            ),
            Self::NoteTooLong => text(
                "La précision dépasse 1 000 caractères : raccourcissez-la.",
                "The details are over 1,000 characters: shorten them.",
            ),
            Self::StatementSettled => text(
                "Ce relevé a été vérifié ou corrigé entre-temps : rechargez la page pour voir où il en est.",
                "This statement was checked or corrected meanwhile: reload the page to see where it stands.",
            ),
            Self::TooManyStatements => text(
                "Ce trimestre a déjà été déclaré vingt fois : écrivez à l’acheteur pour le corriger.",
                "This quarter has been stated twenty times already: write to the buyer to correct it.",
            ),
        }
    }
}
