//! Why something was not done with a file of a list: a closed list of codes, and what to do about each.

use crate::i18n::{Text, text};

/// Under which name what was typed is kept.
pub const FORM: &str = "liste";
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListProblem {
    NoFile,
    Empty,
    NotATable,
    TooLarge,
    /// The browser went away, or the network.
    Interrupted,
    Disk,
    DateWrong,
    DateFuture,
    /// The list would shrink much, and nobody said that this is right.
    Shrinks,
    /// Another file came in force since the comparison.
    Outdated,
    /// Being read, or decided by somebody else.
    Settled,
    NothingBefore,
    ReasonMissing,
    ReasonTooLong,
}

impl ListProblem {
    const ALL: [Self; 14] = [
        Self::NoFile,
        Self::Empty,
        Self::NotATable,
        Self::TooLarge,
        Self::Interrupted,
        Self::Disk,
        Self::DateWrong,
        Self::DateFuture,
        Self::Shrinks,
        Self::Outdated,
        Self::Settled,
        Self::NothingBefore,
        Self::ReasonMissing,
        Self::ReasonTooLong,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::NoFile => "sans-fichier",
            Self::Empty => "vide",
            Self::NotATable => "illisible",
            Self::TooLarge => "trop-gros",
            Self::Interrupted => "interrompu",
            Self::Disk => "disque",
            Self::DateWrong => "date",
            Self::DateFuture => "date-future",
            Self::Shrinks => "reduction",
            Self::Outdated => "depasse",
            Self::Settled => "decide",
            Self::NothingBefore => "sans-precedent",
            Self::ReasonMissing => "sans-motif",
            Self::ReasonTooLong => "motif-long",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }

    /// The field to correct, where there is one.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::NoFile | Self::Empty | Self::NotATable | Self::TooLarge => Some("file"),
            Self::DateWrong | Self::DateFuture => Some("published_on"),
            Self::Shrinks => Some("confirmed"),
            Self::ReasonMissing | Self::ReasonTooLong => Some("reason"),
            Self::Interrupted
            | Self::Disk
            | Self::Outdated
            | Self::Settled
            | Self::NothingBefore => None,
        }
    }

    pub const fn message(self) -> Text {
        match self {
            Self::NoFile => text(
                "Choisissez le fichier de la liste sur votre poste.",
                "Choose the file of the list on your machine.",
            ),
            Self::Empty => text(
                "Le fichier est vide\u{A0}: téléchargez-le à nouveau chez son éditeur.",
                "The file is empty: download it again from its publisher.",
            ),
            Self::NotATable => text(
                "Ce fichier n’est ni un CSV ni un classeur XLSX lisible. Ouvrez-le dans un tableur et enregistrez-le dans l’un de ces formats.",
                "This file is neither a CSV nor a readable XLSX workbook. Open it in a spreadsheet and save it in one of these formats.",
            ),
            Self::TooLarge => text(
                "Le fichier est trop gros pour être une de ces listes. Vérifiez que c’est le bon, ou enregistrez-le en CSV.",
                "The file is too large to be one of these lists. Check that it is the right one, or save it as CSV.",
            ),
            Self::Interrupted => text(
                "Le fichier n’est pas arrivé entier. Rien n’a changé\u{A0}: envoyez-le à nouveau.",
                "The file did not arrive whole. Nothing changed: send it again.",
            ),
            Self::Disk => text(
                "Le portail n’a pas pu garder le fichier. Rien n’a changé\u{A0}: réessayez, puis prévenez la personne qui l’exploite.",
                "The portal could not keep the file. Nothing changed: try again, then tell whoever runs it.",
            ),
            Self::DateWrong => domain::dates::WRONG,
            Self::DateFuture => text(
                "Une liste ne peut pas dater de demain\u{A0}: donnez la date écrite par son éditeur.",
                "A list cannot be dated tomorrow: give the date written by its publisher.",
            ),
            Self::Shrinks => text(
                "La liste perdrait beaucoup de lignes. Vérifiez que le fichier est entier, puis cochez la case qui le confirme.",
                "The list would lose many rows. Check that the file is whole, then tick the box that confirms it.",
            ),
            Self::Outdated => text(
                "Une autre version est entrée en vigueur entre-temps\u{A0}: relisez le fichier pour voir les nouvelles différences.",
                "Another version came in force meanwhile: read the file again to see the new differences.",
            ),
            Self::Settled => text(
                "Ce fichier est en cours de lecture, ou quelqu’un a déjà décidé de son sort. L’état ci-dessous est à jour.",
                "This file is being read, or somebody decided about it already. The state below is up to date.",
            ),
            Self::NothingBefore => text(
                "Les lignes de la version précédente ne sont plus gardées\u{A0}: importez à nouveau son fichier.",
                "The rows of the version before are no longer kept: import its file again.",
            ),
            Self::ReasonMissing => text(
                "Donnez le motif\u{A0}: il reste dans l’historique.",
                "Give the reason: it stays in the history.",
            ),
            Self::ReasonTooLong => text(
                "Raccourcissez le motif à 500\u{A0}caractères au plus.",
                "Shorten the reason to 500 characters at most.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_leads_back_to_its_problem() {
        for problem in ListProblem::ALL {
            assert_eq!(ListProblem::from_code(problem.code()), Some(problem));
        }
        assert_eq!(ListProblem::from_code(""), None);
    }
}
