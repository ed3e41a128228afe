//! The words of imports: where they stand, why they failed, why a record was set aside, how large a file is.

use domain::decimal::Hundredths;

pub(super) use crate::i18n::file_size as size;
use crate::i18n::{Lang, Text, text};
use crate::ui::Tone;
use crate::views::{ImportRow, ImportStage};

/// What stopped a file on its way, as the address of the page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    NoFile,
    Empty,
    NotContracts,
    TooLarge,
    /// The browser went away, or the network did.
    Interrupted,
    /// Too many files wait.
    Full,
    /// The disk of the portal is full or broken.
    Disk,
    /// Somebody else took the import back first.
    Settled,
    /// The turn of the file came meanwhile.
    Begun,
}

impl Stopped {
    const ALL: [Self; 9] = [
        Self::NoFile,
        Self::Empty,
        Self::NotContracts,
        Self::TooLarge,
        Self::Interrupted,
        Self::Full,
        Self::Disk,
        Self::Settled,
        Self::Begun,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::NoFile => "fichier-absent",
            Self::Empty => "fichier-vide",
            Self::NotContracts => "pas-de-marches",
            Self::TooLarge => "trop-gros",
            Self::Interrupted => "interrompu",
            Self::Full => "file-pleine",
            Self::Disk => "disque",
            Self::Settled => "deja-fait",
            Self::Begun => "commence",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    pub(super) const fn message(self) -> Text {
        match self {
            Self::NoFile => text(
                "Choisissez un fichier avant de l’envoyer.",
                "Choose a file before you send it.",
            ),
            Self::Empty => text(
                "Ce fichier est vide. Vérifiez l’export de votre profil d’acheteur et envoyez-le à nouveau.",
                "This file is empty. Check the export of your buyer profile and send it again.",
            ),
            Self::NotContracts => text(
                "Ce fichier ne contient pas de données essentielles. Envoyez un fichier JSON, XML ou CSV tel que le publie votre profil d’acheteur.",
                "This file holds no essential data. Send a JSON, XML or CSV file as your buyer profile publishes it.",
            ),
            Self::TooLarge => text(
                "Ce fichier dépasse la taille acceptée. Découpez-le\u{A0}: importer les morceaux donne les mêmes chiffres.",
                "This file is larger than what is accepted. Cut it into pieces: importing them gives the same figures.",
            ),
            Self::Interrupted => text(
                "L’envoi s’est interrompu avant la fin. Rien n’a été importé\u{A0}: envoyez le fichier à nouveau.",
                "The file stopped coming before its end. Nothing was imported: send it again.",
            ),
            Self::Full => text(
                "Trop de fichiers attendent déjà. Attendez la fin d’un import, puis envoyez le vôtre.",
                "Too many files are waiting. Wait for the end of an import, then send yours.",
            ),
            Self::Disk => text(
                "Le portail n’a pas pu garder ce fichier. Réessayez plus tard\u{202F}; si cela dure, prévenez l’administrateur.",
                "The portal could not keep this file. Try again later; if it lasts, tell the administrator.",
            ),
            Self::Begun => text(
                "L’import de ce fichier vient de commencer\u{A0}: ouvrez-le dans l’historique pour l’annuler.",
                "The import of this file has just begun: open it in the history to cancel it.",
            ),
            Self::Settled => text(
                "Quelqu’un d’autre l’a déjà annulé ou retiré. Rien n’a été fait une seconde fois.",
                "Somebody else has already cancelled or removed it. Nothing was done twice.",
            ),
        }
    }
}

pub(super) const fn stage(stage: ImportStage) -> (Text, Tone) {
    match stage {
        ImportStage::Running => (text("En cours", "Running"), Tone::Info),
        ImportStage::Done => (text("Terminé", "Done"), Tone::Success),
        ImportStage::Failed => (text("Interrompu", "Stopped"), Tone::Danger),
        ImportStage::RollingBack => (text("Retrait en cours", "Being removed"), Tone::Info),
        ImportStage::RolledBack => (text("Retiré", "Removed"), Tone::Neutral),
    }
}

/// Why an import stopped before the end of its file, and what to do.
pub(super) fn failure(code: &str) -> Text {
    match code {
        "truncated" => text(
            "Le fichier s’arrête au milieu d’un enregistrement\u{A0}: ce qui précède est importé. Envoyez le fichier complet, il ne comptera pas deux fois.",
            "The file ends in the middle of a record: what comes before is imported. Send the whole file, it will not count twice.",
        ),
        "not_contracts" => text(
            "Le fichier ne contient pas de marchés.",
            "The file holds no contracts.",
        ),
        "too_long" => text(
            "Un enregistrement dépasse 4\u{A0}Mo\u{A0}: ce n’est pas un marché. Ce qui précède est importé.",
            "A record is longer than 4 MB: it is no contract. What comes before is imported.",
        ),
        "stopped" => text(
            "L’import s’est arrêté sans se terminer. Envoyez le même fichier\u{A0}: ce qui est déjà lu ne comptera pas deux fois.",
            "The import stopped without ending. Send the same file: what was read will not count twice.",
        ),
        _ => text(
            "Le fichier n’a pas pu être lu jusqu’au bout. Envoyez-le à nouveau.",
            "The file could not be read to its end. Send it again.",
        ),
    }
}

/// Why a record was set aside, and what to correct.
pub(super) fn reason(code: &str) -> Text {
    match code {
        "no_buyer" => text(
            "Acheteur absent\u{A0}: il faut acheteur.id, un SIRET.",
            "No buyer: acheteur.id, a SIRET, is needed.",
        ),
        "no_id" => text("Numéro de marché absent (id).", "No contract number (id)."),
        "no_signature" => text(
            "Concession sans date de signature réelle (dateSignature).",
            "Concession without a real date of signature (dateSignature).",
        ),
        "not_an_object" => text("Ce n’est pas un enregistrement.", "It is not a record."),
        "zero_character" => text(
            "L’enregistrement contient un caractère nul, illisible.",
            "The record holds a null character, which cannot be read.",
        ),
        _ => text(
            "L’enregistrement est illisible dans ce format.",
            "The record cannot be read in this format.",
        ),
    }
}

/// What is imported.
pub(super) const fn subject(row: &ImportRow) -> Text {
    if row.payments {
        text("Paiements", "Payments")
    } else {
        text("Marchés", "Contracts")
    }
}

/// A count as people read it.
pub(super) fn number(lang: Lang, count: u64) -> String {
    Hundredths::from_units(i64::try_from(count).unwrap_or(i64::MAX)).display(lang)
}
