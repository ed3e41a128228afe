//! The lists that an agent takes away as a file, and the kinds of files.

use domain::text::{Text, text};

/// A list of the pages of figures, of the qualifications, or of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    Contracts,
    Breakdown,
    Years,
    Measures,
    Findings,
    Waiting,
    Undeclared,
    Ending,
    Qualifications,
    Commitments,
    Conformity,
    PaidDirections,
    PaidSuppliers,
    Payments,
    Subcontracts,
    Concessions,
    Hours,
    Restated,
}

impl Export {
    pub const ALL: [Self; 18] = [
        Self::Contracts,
        Self::Breakdown,
        Self::Years,
        Self::Measures,
        Self::Findings,
        Self::Waiting,
        Self::Undeclared,
        Self::Ending,
        Self::Qualifications,
        Self::Commitments,
        Self::Conformity,
        Self::PaidDirections,
        Self::PaidSuppliers,
        Self::Payments,
        Self::Subcontracts,
        Self::Concessions,
        Self::Hours,
        Self::Restated,
    ];

    /// As addresses and names of files write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contracts => "marches",
            Self::Breakdown => "ventilation",
            Self::Years => "annees",
            Self::Measures => "mesures",
            Self::Findings => "constats",
            Self::Waiting => "dossiers",
            Self::Undeclared => "sans-statut",
            Self::Ending => "fins-de-statut",
            Self::Qualifications => "qualifications",
            Self::Commitments => "engagements",
            Self::Conformity => "conformite",
            Self::PaidDirections => "directions",
            Self::PaidSuppliers => "fournisseurs-payes",
            Self::Payments => "paiements",
            Self::Subcontracts => "sous-traitance",
            Self::Concessions => "concessions",
            Self::Hours => "heures",
            Self::Restated => "ecarts",
        }
    }

    /// What the sheet is called: no more than 25 characters.
    pub const fn label(self) -> Text {
        match self {
            Self::Contracts => text("Marchés", "Contracts"),
            Self::Breakdown => text("Ventilation", "Breakdown"),
            Self::Years => text("Années", "Years"),
            Self::Measures => text("Mesures", "Measures"),
            Self::Findings => text("Constats", "Findings"),
            Self::Waiting => text("Dossiers en attente", "Waiting files"),
            Self::Undeclared => text("Sans statut validé", "No validated status"),
            Self::Ending => text("Statuts qui finissent", "Statuses that end"),
            Self::Qualifications => text("Qualifications", "Qualifications"),
            Self::Commitments => text("Engagements", "Commitments"),
            Self::Conformity => text("Conformité", "Conformity"),
            Self::PaidDirections => text("Directions", "Departments"),
            Self::PaidSuppliers => text("Fournisseurs payés", "Suppliers paid"),
            Self::Payments => text("Paiements", "Payments"),
            Self::Subcontracts => text("Sous-traitance solidaire", "Solidarity subcontracts"),
            Self::Concessions => text("Concessions", "Concessions"),
            Self::Hours => text("Heures d’insertion", "Insertion hours"),
            Self::Restated => text("Écarts depuis l’arrêté", "Changes since frozen"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    Csv,
    Xlsx,
}

impl FileFormat {
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The end of the names of files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// What the link says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
        }
    }
}

/// The list and the format of a file such as `marches.csv`.
pub fn export_file(name: &str) -> Option<(Export, FileFormat)> {
    let (list, format) = name.split_once('.')?;
    let list = Export::ALL.into_iter().find(|one| one.code() == list)?;
    let format = FileFormat::ALL
        .into_iter()
        .find(|one| one.code() == format)?;
    Some((list, format))
}
