//! Why a file is not taken, and what to do instead.

use super::DocumentLimits;
use crate::text::{Lang, Text, text};

/// What is wrong with a file, or with the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentRefusal {
    NoFile,
    Empty,
    TooLarge,
    /// Its content is of another type, whatever its name says.
    WrongType,
    /// Several types at once: a document with something before or behind it.
    Mixed,
    /// It opens with a password only.
    Encrypted,
    NoPage,
    Unreadable,
    TooMany,
    /// The browser went away, or the network did.
    Interrupted,
    /// The storage is full or does not answer.
    Storage,
    /// Too many files are being read at once.
    Busy,
    /// A date that does not exist.
    Dates,
    EndBeforeStart,
    AlreadyEnded,
    /// The lines of the step changed since the page was drawn.
    Moved,
}

impl DocumentRefusal {
    pub const ALL: [Self; 16] = [
        Self::NoFile,
        Self::Empty,
        Self::TooLarge,
        Self::WrongType,
        Self::Mixed,
        Self::Encrypted,
        Self::NoPage,
        Self::Unreadable,
        Self::TooMany,
        Self::Interrupted,
        Self::Storage,
        Self::Busy,
        Self::Dates,
        Self::EndBeforeStart,
        Self::AlreadyEnded,
        Self::Moved,
    ];

    /// In an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoFile => "fichier-absent",
            Self::Empty => "fichier-vide",
            Self::TooLarge => "trop-gros",
            Self::WrongType => "type",
            Self::Mixed => "double-contenu",
            Self::Encrypted => "mot-de-passe",
            Self::NoPage => "sans-page",
            Self::Unreadable => "illisible",
            Self::TooMany => "trop-de-pieces",
            Self::Interrupted => "interrompu",
            Self::Storage => "stockage",
            Self::Busy => "occupe",
            Self::Dates => "date",
            Self::EndBeforeStart => "ordre-des-dates",
            Self::AlreadyEnded => "perimee",
            Self::Moved => "ligne-changee",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The status of the answer that says it.
    pub const fn status(self) -> u16 {
        match self {
            Self::TooLarge => 413,
            Self::Storage | Self::Busy => 503,
            Self::Moved => 409,
            _ => 422,
        }
    }

    /// The field to correct: the file, or a date.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Dates => "valid_from",
            Self::EndBeforeStart | Self::AlreadyEnded => "valid_to",
            _ => "file",
        }
    }

    pub fn message(self, lang: Lang, limits: &DocumentLimits) -> String {
        match self {
            Self::TooLarge => {
                let size = limits.megabytes();
                lang.pick(
                    format!("Ce fichier dépasse {size}\u{a0}Mo. Réduisez la résolution de la numérisation, ou envoyez les pages utiles seulement."),
                    format!("This file is larger than {size} MB. Lower the resolution of the scan, or send the useful pages only."),
                )
            }
            Self::TooMany => {
                let most = limits.per_claim;
                lang.pick(
                    format!("Cette réponse a déjà {most}\u{a0}pièces, le plus possible. Retirez-en une avant d’en ajouter."),
                    format!("This answer has {most} documents already, the most it may have. Remove one before you add another."),
                )
            }
            _ => self.sentence().get(lang).to_owned(),
        }
    }

    const fn sentence(self) -> Text {
        match self {
            Self::NoFile => text(
                "Choisissez un fichier avant de l’envoyer.",
                "Choose a file before you send it.",
            ),
            Self::Empty => text(
                "Ce fichier est vide. Ouvrez-le pour vérifier ce qu’il contient, puis choisissez le bon.",
                "This file is empty. Open it to see what it holds, then choose the right one.",
            ),
            Self::WrongType => text(
                "Le contenu de ce fichier n’est ni un PDF, ni une image JPEG ou PNG, quel que soit son nom. Enregistrez-le dans l’un de ces formats, puis renvoyez-le.",
                "The content of this file is no PDF, JPEG or PNG, whatever its name says. Save it in one of these formats, then send it again.",
            ),
            Self::Mixed => text(
                "Ce fichier contient autre chose que le document, avant ou après lui. Imprimez-le en PDF, puis envoyez ce nouveau fichier.",
                "This file holds something else than the document, before or behind it. Print it to a PDF, then send that new file.",
            ),
            Self::Encrypted => text(
                "Ce PDF demande un mot de passe\u{a0}: personne ne pourrait l’ouvrir pour le vérifier. Enregistrez-en une copie sans mot de passe, puis envoyez-la.",
                "This PDF asks for a password: nobody could open it to check it. Save a copy without a password, then send it.",
            ),
            Self::NoPage => text(
                "Ce PDF n’a aucune page. Vérifiez le fichier, puis envoyez le bon.",
                "This PDF has no page. Check the file, then send the right one.",
            ),
            Self::Unreadable => text(
                "Ce fichier est abîmé ou incomplet\u{a0}: il ne s’ouvre pas. Essayez de l’ouvrir chez vous\u{202f}; numérisez le document à nouveau s’il le faut.",
                "This file is damaged or incomplete: it does not open. Try to open it yourself; scan the document again if need be.",
            ),
            Self::Interrupted => text(
                "L’envoi s’est interrompu avant la fin. Rien n’a été enregistré\u{a0}: envoyez le fichier à nouveau.",
                "The file stopped coming before its end. Nothing was kept: send it again.",
            ),
            Self::Storage => text(
                "Le portail n’a pas pu garder ce fichier. Rien n’a été enregistré. Réessayez plus tard\u{202f}; si cela dure, écrivez-nous.",
                "The portal could not keep this file. Nothing was kept. Try again later; if it lasts, write to us.",
            ),
            Self::Busy => text(
                "Beaucoup de fichiers arrivent en même temps. Rien n’a été enregistré\u{a0}: réessayez dans une minute.",
                "Many files are coming at once. Nothing was kept: try again in a minute.",
            ),
            Self::Dates => text(
                "Saisissez une date qui existe, sous la forme jour/mois/année, par exemple 31/12/2026, ou laissez ce champ vide.",
                "Type a date that exists, as day/month/year, for example 31/12/2026, or leave this field empty.",
            ),
            Self::EndBeforeStart => text(
                "La fin de validité de la pièce vient avant son début.",
                "The document ends before it begins.",
            ),
            Self::AlreadyEnded => text(
                "Cette pièce n’est plus valable. Envoyez celle qui est en vigueur.",
                "This document is not valid any more. Send the one that is in force.",
            ),
            Self::Moved => text(
                "Les lignes de cette étape ont changé entre-temps. Rien n’a été enregistré\u{a0}: ouvrez à nouveau la ligne, puis ajoutez la pièce.",
                "The lines of this step changed meanwhile. Nothing was kept: open the line again, then add the document.",
            ),
            Self::TooLarge | Self::TooMany => text(
                "Cette pièce n’a pas pu être ajoutée.",
                "This document could not be added.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_to_do_in_both_languages() {
        let limits = DocumentLimits::default();
        for refusal in DocumentRefusal::ALL {
            assert_eq!(DocumentRefusal::from_code(refusal.code()), Some(refusal));
            for lang in [Lang::Fr, Lang::En] {
                assert!(refusal.message(lang, &limits).len() > 30, "{refusal:?}");
            }
        }
        assert!(
            DocumentRefusal::TooLarge
                .message(Lang::Fr, &limits)
                .contains("10\u{a0}Mo")
        );
        assert_eq!(DocumentRefusal::from_code("x"), None);
    }
}
