//! What people are told of roles and proofs.

use super::Proof;
use crate::lifecycle::MemberRole;
use crate::text::{Text, text};

/// A role in a word or two.
pub const fn role_label(role: MemberRole) -> Text {
    match role {
        MemberRole::Manager => text("Gère l’espace", "Manages"),
        MemberRole::Signatory => text("Signe", "Signs"),
        MemberRole::Editor => text("Prépare", "Prepares"),
        MemberRole::Reader => text("Consulte", "Reads"),
    }
}

/// What a role lets one do.
pub const fn role_means(role: MemberRole) -> Text {
    match role {
        MemberRole::Manager => text(
            "remplit, signe et transmet les déclarations\u{202f}; invite et retire des personnes",
            "fills in, signs and sends declarations; invites and removes people",
        ),
        MemberRole::Signatory => text(
            "remplit, signe et transmet les déclarations",
            "fills in, signs and sends declarations",
        ),
        MemberRole::Editor => text(
            "remplit les déclarations et joint des pièces, sans pouvoir signer",
            "fills in declarations and attaches documents, and cannot sign",
        ),
        MemberRole::Reader => text(
            "lit les déclarations, les accusés et les attestations",
            "reads declarations, acknowledgements and certificates",
        ),
    }
}

/// What shows that a person belongs, in short.
pub const fn proof_label(proof: Proof) -> Text {
    match proof {
        Proof::None => text(
            "première personne à avoir ouvert l’entreprise",
            "first to open the company",
        ),
        Proof::MailDomain => text(
            "adresse au domaine de l’entreprise",
            "address at the company’s domain",
        ),
        Proof::Member => text("admise par l’entreprise", "let in by the company"),
        Proof::Agent => text("admise par l’acheteur", "let in by the buyer"),
        Proof::Letter => text(
            "code reçu par courrier au siège",
            "code received by post at the seat",
        ),
        Proof::Mandate => text(
            "mandat déclaré, pas encore confirmé",
            "mandate declared, not confirmed yet",
        ),
    }
}
