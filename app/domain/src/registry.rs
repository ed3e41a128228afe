//! What a public register says of a company, and how a claim compares with it. Absence from a register never proves a claim false.

mod structure;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::claims::{Claim, ClaimBody, Kind};
use crate::identifiers::{EssStatus, LegalCategory, Siren, Siret};
use crate::text::Lang;

/// Where the facts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// API Recherche d'entreprises (DINUM).
    RechercheEntreprises,
    /// The fictional register shipped with the portal.
    Demonstration,
}

impl Source {
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::RechercheEntreprises, Lang::Fr) => "Annuaire des entreprises (DINUM, Insee)",
            (Self::RechercheEntreprises, Lang::En) => "French company directory (DINUM, Insee)",
            (Self::Demonstration, Lang::Fr) => "Registre de démonstration (données fictives)",
            (Self::Demonstration, Lang::En) => "Demonstration register (fictional data)",
        }
    }
}

/// The facts of one company, with their source and their date. Every fact may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryFacts {
    pub siren: Siren,
    pub name: Option<String>,
    pub siret: Option<Siret>,
    pub address: Option<String>,
    pub postal_code: Option<String>,
    /// INSEE code of the commune.
    pub commune: Option<String>,
    pub legal_category: Option<LegalCategory>,
    pub naf: Option<String>,
    pub staff_band: Option<String>,
    pub staff_band_year: Option<i32>,
    /// `PME`, `ETI` or `GE`.
    pub category: Option<String>,
    pub category_year: Option<i32>,
    /// `false` once the company is closed.
    pub active: bool,
    pub created_on: Option<NaiveDate>,
    pub ess: Option<bool>,
    pub siae: Option<bool>,
    /// The kinds of inclusion structure named by the register.
    pub siae_kinds: Vec<Kind>,
    /// Some values are masked at the person's request.
    pub partly_masked: bool,
    pub vat: Vec<String>,
    pub source: Source,
    pub fetched_at: DateTime<Utc>,
}

/// What is known of a company's entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RegistryState {
    Known(Box<RegistryFacts>),
    /// The register answered that it does not know the number.
    Unknown {
        asked_at: DateTime<Utc>,
    },
    /// The register did not answer: nothing can be said, and nothing is blocked.
    Unresolved,
}

impl RegistryState {
    pub fn facts(&self) -> Option<&RegistryFacts> {
        match self {
            Self::Known(facts) => Some(facts),
            Self::Unknown { .. } | Self::Unresolved => None,
        }
    }
}

/// How a claim compares with the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// `confirmed_by_source`
    Agree,
    /// `contradicted_by_source`
    Differ,
    /// `not_checkable`
    Unknown,
}

impl Agreement {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agree => "confirmed_by_source",
            Self::Differ => "contradicted_by_source",
            Self::Unknown => "not_checkable",
        }
    }
}

/// A comparison with its explanation in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub agreement: Agreement,
    pub fr: String,
    pub en: String,
}

impl Comparison {
    pub fn explanation(&self, lang: Lang) -> &str {
        lang.pick(self.fr.as_str(), self.en.as_str())
    }
}

/// Compares one claim with what the register says of the company and, for a commitment, of the structure that it names.
pub fn compare(
    claim: &Claim,
    company: &RegistryState,
    structure: Option<&RegistryState>,
) -> Comparison {
    // What is said of the structure does not depend on what is said of the company, unless this one has closed.
    let closed = company.facts().is_some_and(|facts| !facts.active);
    if let (ClaimBody::Commitment(commitment), Some(state)) = (&claim.body, structure)
        && let Some(named) = &commitment.structure
        && !closed
    {
        return structure::compare_structure(named, state);
    }
    let facts = match company {
        RegistryState::Known(facts) => facts,
        RegistryState::Unknown { .. } => {
            return say(
                Agreement::Unknown,
                "Le répertoire ne connaît pas ce numéro : demandez une pièce.",
                "The register does not know this number: ask for evidence.",
            );
        }
        RegistryState::Unresolved => {
            return say(
                Agreement::Unknown,
                "Le répertoire n’a pas répondu : rien n’est vérifié pour l’instant.",
                "The register did not answer: nothing is checked for now.",
            );
        }
    };
    if !facts.active {
        return say(
            Agreement::Differ,
            "Le répertoire indique que l’entreprise a cessé son activité.",
            "The register says that the company has closed.",
        );
    }
    match &claim.body {
        ClaimBody::Sme(size) => compare_size(&size.french_category, facts),
        ClaimBody::Status(_) => compare_status(claim.kind(), facts),
        ClaimBody::Commitment(_) => say(
            Agreement::Unknown,
            "Un engagement ne figure dans aucun registre : appréciez-le avec le marché.",
            "No register holds a commitment: judge it with the contract.",
        ),
        ClaimBody::Pledge(_) => say(
            Agreement::Unknown,
            "Aucun registre interrogé par le portail ne dit cela : vérifiez la pièce, ou la source publique citée par l’engagement.",
            "No register that the portal asks says this: check the evidence, or the public source that the commitment names.",
        ),
    }
}

fn compare_size(declared: &str, facts: &RegistryFacts) -> Comparison {
    let Some(registered) = facts.category.as_deref() else {
        return say(
            Agreement::Unknown,
            "Le répertoire n’indique pas de catégorie d’entreprise (fréquent pour une unité récente).",
            "The register gives no size category (common for a recent unit).",
        );
    };
    let year = facts
        .category_year
        .map(|year| format!(" ({year})"))
        .unwrap_or_default();
    // The register has no separate microenterprise.
    let comparable = if declared == "MIC" { "PME" } else { declared };
    if comparable == registered {
        return Comparison {
            agreement: Agreement::Agree,
            fr: format!(
                "Le répertoire classe l’entreprise « {registered} »{year}, comme le calcul français."
            ),
            en: format!(
                "The register classes the company “{registered}”{year}, like the French computation."
            ),
        };
    }
    Comparison {
        agreement: Agreement::Differ,
        fr: format!(
            "Le répertoire classe l’entreprise « {registered} »{year}, le calcul français donne « {comparable} ». Causes fréquentes : chiffres plus récents, groupe différent, catégorie ancienne."
        ),
        en: format!(
            "The register classes the company “{registered}”{year}, the French computation gives “{comparable}”. Common causes: more recent figures, another group, an old category."
        ),
    }
}

fn compare_status(kind: Kind, facts: &RegistryFacts) -> Comparison {
    let by_form = facts
        .legal_category
        .as_ref()
        .map_or(EssStatus::No, LegalCategory::ess_family);
    match kind {
        Kind::EssStatus => match by_form {
            EssStatus::ByStatus(_) => say(
                Agreement::Agree,
                "La catégorie juridique relève de l’économie sociale et solidaire par son statut.",
                "The legal category is part of the social economy by its legal form.",
            ),
            EssStatus::ToCheck(_) => say(
                Agreement::Unknown,
                "La catégorie juridique ne suffit pas à conclure : demandez les statuts.",
                "The legal category does not settle it: ask for the statutes.",
            ),
            EssStatus::No if facts.ess == Some(true) => say(
                Agreement::Agree,
                "Le répertoire porte la mention « économie sociale et solidaire ».",
                "The register bears the social-economy mention.",
            ),
            EssStatus::No => say(
                Agreement::Unknown,
                "La catégorie juridique n’est pas l’une des formes de l’ESS ; une SCOP ou une SCIC en SAS n’y figure pas. Demandez les statuts.",
                "The legal category is not one of the social-economy forms; a SCOP or SCIC as an SAS does not show there. Ask for the statutes.",
            ),
        },
        Kind::EssCompany => {
            if facts.ess == Some(true) {
                say(
                    Agreement::Agree,
                    "Le répertoire ou la liste d’ESS France mentionne l’entreprise.",
                    "The register or the ESS France list mentions the company.",
                )
            } else {
                say(
                    Agreement::Unknown,
                    "Le répertoire ne mentionne pas l’ESS, ce qui ne prouve rien : demandez l’extrait ou les statuts.",
                    "The register shows no social-economy mention, which proves nothing: ask for the extract or the statutes.",
                )
            }
        }
        Kind::Ei
        | Kind::Etti
        | Kind::Ai
        | Kind::Aci
        | Kind::Eiti
        | Kind::Ea
        | Kind::Eatt
        | Kind::Esat
        | Kind::Geiq
        | Kind::Sep => {
            if facts.siae_kinds.contains(&kind) {
                return say(
                    Agreement::Agree,
                    "Le Marché de l’inclusion connaît cette structure sous ce type.",
                    "The inclusion directory knows this structure under this kind.",
                );
            }
            if facts.siae == Some(true) && !facts.siae_kinds.is_empty() {
                let named = facts
                    .siae_kinds
                    .iter()
                    .map(|known| known.code())
                    .collect::<Vec<_>>()
                    .join(", ");
                return Comparison {
                    agreement: Agreement::Differ,
                    fr: format!(
                        "Le Marché de l’inclusion connaît cette entreprise, mais comme {named}. Une entreprise peut porter plusieurs structures : vérifiez la pièce."
                    ),
                    en: format!(
                        "The inclusion directory knows this company, but as {named}. A company may run several structures: check the evidence."
                    ),
                };
            }
            say(
                Agreement::Unknown,
                "Le Marché de l’inclusion ne cite pas cette structure, ce qui ne prouve rien : vérifiez la pièce.",
                "The inclusion directory does not name this structure, which proves nothing: check the evidence.",
            )
        }
        Kind::Esus | Kind::Rq | Kind::Tih | Kind::Sme | Kind::Commitment | Kind::Pledge => say(
            Agreement::Unknown,
            "Aucun registre interrogé ne dit cela : vérifiez la pièce.",
            "No register that the portal asks says this: check the evidence.",
        ),
    }
}

fn say(agreement: Agreement, fr: &str, en: &str) -> Comparison {
    Comparison {
        agreement,
        fr: fr.to_owned(),
        en: en.to_owned(),
    }
}
