//! The allow-list: the parameters of a link, by names that never change, with what each takes and fills.

use crate::claims::Kind;
use crate::form::StepCode;
use crate::pledges::Family;
use crate::text::{Text, text};

/// What a link may propose. Nothing that is not here can be filled in by an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    Siret,
    Sme,
    ClosingDate,
    Staff,
    Turnover,
    Balance,
    Group,
    Solidarity,
    Status,
    Siae,
    ValidFrom,
    ValidTo,
    Insertion,
    Pledges,
    Trade,
    Pledge,
}

/// What a parameter takes: read as the form reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A SIRET; or a SIREN, which names the company alone.
    Number,
    YesNo,
    Date,
    Decimal,
    /// Statuses, by their codes, separated by commas.
    Kinds,
    SiaeNumber,
    /// Trades, by their codes.
    Trades,
    /// Commitments of the scheme, by their codes.
    Pledges,
}

impl Parameter {
    pub const ALL: [Self; 16] = [
        Self::Siret,
        Self::Sme,
        Self::ClosingDate,
        Self::Staff,
        Self::Turnover,
        Self::Balance,
        Self::Group,
        Self::Solidarity,
        Self::Status,
        Self::Siae,
        Self::ValidFrom,
        Self::ValidTo,
        Self::Insertion,
        Self::Pledges,
        Self::Trade,
        Self::Pledge,
    ];

    /// The name in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Siret => "siret",
            Self::Sme => "pme",
            Self::ClosingDate => "date-cloture",
            Self::Staff => "effectif",
            Self::Turnover => "chiffre-affaires",
            Self::Balance => "total-bilan",
            Self::Group => "groupe",
            Self::Solidarity => "solidaire",
            Self::Status => "statut",
            Self::Siae => "siae",
            Self::ValidFrom => "valable-du",
            Self::ValidTo => "valable-au",
            Self::Insertion => "insertion",
            Self::Pledges => "autres-engagements",
            Self::Trade => "metier",
            Self::Pledge => "engagement",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    pub const fn takes(self) -> Takes {
        match self {
            Self::Siret => Takes::Number,
            Self::Sme | Self::Group | Self::Solidarity | Self::Insertion | Self::Pledges => {
                Takes::YesNo
            }
            Self::ClosingDate | Self::ValidFrom | Self::ValidTo => Takes::Date,
            Self::Staff | Self::Turnover | Self::Balance => Takes::Decimal,
            Self::Status => Takes::Kinds,
            Self::Siae => Takes::SiaeNumber,
            Self::Trade => Takes::Trades,
            Self::Pledge => Takes::Pledges,
        }
    }

    /// The step that it fills, and the question there: of the step, or of one of its lines.
    pub const fn place(self) -> (StepCode, &'static str) {
        match self {
            Self::Siret => (StepCode::Company, "siret"),
            Self::Sme => (StepCode::Size, "declare"),
            Self::ClosingDate => (StepCode::Size, "closing_date"),
            Self::Staff => (StepCode::Size, "awu"),
            Self::Turnover => (StepCode::Size, "turnover_eur"),
            Self::Balance => (StepCode::Size, "balance_eur"),
            Self::Group => (StepCode::Size, "group"),
            Self::Solidarity => (StepCode::Solidarity, "declare"),
            Self::Status => (StepCode::Solidarity, "kind"),
            Self::Siae => (StepCode::Solidarity, "reference"),
            Self::ValidFrom => (StepCode::Solidarity, "valid_from"),
            Self::ValidTo => (StepCode::Solidarity, "valid_to"),
            Self::Insertion => (StepCode::Insertion, "declare"),
            Self::Pledges => (StepCode::Pledges, "declare"),
            Self::Trade => (StepCode::Pledges, "families"),
            Self::Pledge => (StepCode::Pledges, "code"),
        }
    }

    /// What is proposed along, unless the link says otherwise: whoever gives a status says that there is one.
    pub const fn implies(self) -> Option<Self> {
        match self {
            Self::ClosingDate | Self::Staff | Self::Turnover | Self::Balance | Self::Group => {
                Some(Self::Sme)
            }
            Self::Status | Self::Siae => Some(Self::Solidarity),
            Self::Trade | Self::Pledge => Some(Self::Pledges),
            _ => None,
        }
    }

    /// What it proposes, in the words of the form.
    pub const fn label(self) -> Text {
        match self {
            Self::Siret => text("Entreprise et établissement", "Company and establishment"),
            Self::Sme => text("Déclarer votre taille (PME)", "Declare your size (SME)"),
            Self::ClosingDate => text("Clôture du dernier exercice", "Closing of the last period"),
            Self::Staff => text(
                "Effectif, en unités de travail par an",
                "Staff, in annual work units",
            ),
            Self::Turnover => text("Chiffre d’affaires, en euros", "Turnover, in euros"),
            Self::Balance => text("Total du bilan, en euros", "Balance sheet total, in euros"),
            Self::Group => text("Appartenance à un groupe", "Belonging to a group"),
            Self::Solidarity => text(
                "Caractère solidaire ou inclusif",
                "Solidarity or inclusion enterprise",
            ),
            Self::Status => text("Statut ou agrément", "Status or approval"),
            Self::Siae => text(
                "Numéro d’annexe financière (SIAE)",
                "Number of the SIAE agreement",
            ),
            Self::ValidFrom => text("Statut valable du", "Status valid from"),
            Self::ValidTo => text("Statut valable jusqu’au", "Status valid to"),
            Self::Insertion => text("Engagements d’insertion", "Insertion commitments"),
            Self::Pledges => text("Autres engagements", "Other commitments"),
            Self::Trade => text("Métier", "Trade"),
            Self::Pledge => text("Engagement", "Commitment"),
        }
    }

    pub const fn example(self) -> &'static str {
        match self {
            Self::Siret => "73282932000074",
            Self::Sme | Self::Solidarity | Self::Insertion | Self::Pledges => "oui",
            Self::Group => "non",
            Self::ClosingDate => "2025-12-31",
            Self::Staff => "12,5",
            Self::Turnover => "1850000",
            Self::Balance => "940000",
            Self::Status => "esus,ei",
            Self::Siae => "EI013240013A0M0",
            Self::ValidFrom => "2026-01-01",
            Self::ValidTo => "2026-12-31",
            Self::Trade => "travaux",
            Self::Pledge => "ENV-CLI-02",
        }
    }
}

impl Takes {
    /// What may be written.
    pub const fn words(self) -> Text {
        match self {
            Self::Number => text(
                "SIRET (14 chiffres) ou SIREN (9 chiffres)",
                "SIRET (14 digits) or SIREN (9 digits)",
            ),
            Self::YesNo => text("oui ou non", "oui (yes) or non (no)"),
            Self::Date => text("date, AAAA-MM-JJ", "date, YYYY-MM-DD"),
            Self::Decimal => text(
                "nombre, deux décimales au plus",
                "number, two decimals at most",
            ),
            Self::Kinds => text(
                "un ou plusieurs codes de statut, séparés par des virgules",
                "one or more codes of statuses, separated by commas",
            ),
            Self::SiaeNumber => text("numéro d’annexe financière", "number of a SIAE agreement"),
            Self::Trades => text(
                "un ou plusieurs codes de métier",
                "one or more codes of trades",
            ),
            Self::Pledges => text(
                "un ou plusieurs codes du catalogue",
                "one or more codes of the catalogue",
            ),
        }
    }

    pub const fn is_list(self) -> bool {
        matches!(self, Self::Kinds | Self::Trades | Self::Pledges)
    }
}

/// The code of a status in a link: that of the buyer database, in small letters.
pub fn kind_code(kind: Kind) -> String {
    kind.code().to_ascii_lowercase().replace('_', "-")
}

/// The status of a code, however its letters are written.
pub fn kind_of(code: &str) -> Option<Kind> {
    let code = code.to_ascii_uppercase().replace('-', "_");
    Kind::SOLIDARITY
        .into_iter()
        .find(|kind| kind.code() == code)
}

/// The trades, by the codes of a link.
pub const TRADE_CODES: [(&str, Family); 6] = [
    ("travaux", Family::Works),
    ("transport", Family::Transport),
    ("espaces-verts", Family::GreenSpaces),
    ("fournitures", Family::Supplies),
    ("alimentation", Family::Food),
    ("numerique", Family::Digital),
];
