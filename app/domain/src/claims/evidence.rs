//! The evidence of a status claim, and the rule of each kind: which reference, whose authority, which dates (`domain.md` 2.2 to 2.7).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AgreementState, EssCondition, Kind, Witness};
use crate::documents::Document;
use crate::identifiers::Siret;
use crate::text::{Text, text};

/// What the supplier gives to prove a status, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Absent where there is none, so that what was signed before there were documents keeps its hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Of the agreement of an inclusion structure; absent from what was signed before the form asked for it, as all that follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<AgreementState>,
    /// The establishment that signed the agreement, which may have moved since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_siret: Option<Siret>,
    /// The conditions of the law that a commercial company confirms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<EssCondition>,
    /// What proves the status where the supplier leaves out what is asked of others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
}

impl Evidence {
    /// What the supplier says, whatever the day on which the witness was read: by this two claims are the same.
    #[must_use]
    pub(super) fn undated(&self) -> Self {
        let mut said = self.clone();
        if let Some(witness) = &mut said.witness {
            witness.read_on = None;
        }
        said
    }
}

/// The form that the reference of a kind must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceRule {
    /// The register proves the fact: no reference is asked.
    None,
    /// Free text of 1 to 60 characters.
    Text,
    /// Agreement number of a SIAE (annexe financière) whose measure is the kind.
    SiaeNumber,
    /// FINESS number: nine characters.
    Finess,
}

/// What the form asks for a kind, and what the reviewer must see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceRule {
    pub reference: ReferenceRule,
    pub reference_label: Text,
    pub authority_label: Text,
    /// Start and end dates must be typed; otherwise they follow from the rules of validity.
    pub start_required: bool,
    pub end_required: bool,
    pub what: Text,
}

impl Kind {
    /// The form of the reference asked for this kind, without the words.
    pub const fn reference_rule(self) -> ReferenceRule {
        match self {
            Self::Sme | Self::Commitment | Self::Pledge | Self::EssStatus | Self::Tih => {
                ReferenceRule::None
            }
            Self::EssCompany
            | Self::Esus
            | Self::Ea
            | Self::Eatt
            | Self::Geiq
            | Self::Sep
            | Self::Rq => ReferenceRule::Text,
            Self::Ei | Self::Etti | Self::Ai | Self::Aci | Self::Eiti => ReferenceRule::SiaeNumber,
            Self::Esat => ReferenceRule::Finess,
        }
    }

    /// The evidence asked for this kind; `None` for what carries no evidence of its own (size, commitments).
    #[expect(clippy::too_many_lines, reason = "one table, read top to bottom")]
    pub const fn evidence_rule(self) -> Option<EvidenceRule> {
        const STATE: Text = text(
            "Autorité (préfecture, DREETS ou DDETS)",
            "Authority (préfecture, DREETS or DDETS)",
        );
        let siae = EvidenceRule {
            reference: self.reference_rule(),
            reference_label: text(
                "Numéro d’annexe financière",
                "Agreement number (annexe financière)",
            ),
            authority_label: STATE,
            start_required: true,
            end_required: true,
            what: text(
                "Convention avec l’État et numéro d’annexe financière, par exemple ACI051170013A0M1.",
                "Agreement with the State and number of its annexe financière, for example ACI051170013A0M1.",
            ),
        };
        let cpom = EvidenceRule {
            reference: self.reference_rule(),
            reference_label: text(
                "Référence du CPOM",
                "Reference of the multi-year contract (CPOM)",
            ),
            authority_label: text("Préfet de région signataire", "Regional prefect who signed"),
            start_required: true,
            end_required: true,
            what: text(
                "Contrat pluriannuel d’objectifs et de moyens valant agrément (R5213-62 du code du travail).",
                "Multi-year contract that stands as approval (R5213-62 of the labour code).",
            ),
        };
        match self {
            Self::Sme | Self::Commitment | Self::Pledge => None,
            Self::EssStatus => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text("Référence", "Reference"),
                authority_label: text("Registre", "Register"),
                start_required: false,
                end_required: false,
                what: text(
                    "La catégorie juridique au répertoire Sirene suffit ; aucune pièce n’est demandée.",
                    "The legal category in the Sirene register is enough; no document is asked.",
                ),
            }),
            Self::EssCompany => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text(
                    "Référence de l’extrait ou des statuts",
                    "Reference of the register extract or statutes",
                ),
                authority_label: text("Greffe ou registre", "Court registry or register"),
                start_required: true,
                end_required: false,
                what: text(
                    "Extrait du registre portant la mention ESS, ou statuts (article 1 de la loi du 31 juillet 2014).",
                    "Register extract with the ESS mention, or statutes (article 1 of the law of 31 July 2014).",
                ),
            }),
            Self::Esus => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text(
                    "Référence de la décision d’agrément",
                    "Reference of the approval decision",
                ),
                authority_label: STATE,
                start_required: true,
                end_required: false,
                what: text(
                    "Décision d’agrément ESUS (L3332-17-1 du code du travail) : 5 ans, ou 2 ans pour une entreprise de moins de 3 ans.",
                    "ESUS approval decision (L3332-17-1 of the labour code): 5 years, or 2 years for an enterprise under 3 years old.",
                ),
            }),
            Self::Ei | Self::Etti | Self::Ai | Self::Aci | Self::Eiti => Some(siae),
            Self::Ea | Self::Eatt => Some(cpom),
            Self::Esat => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text(
                    "Numéro FINESS de l’établissement",
                    "FINESS number of the establishment",
                ),
                authority_label: text("Autorité (ARS)", "Authority (ARS)"),
                start_required: true,
                end_required: true,
                what: text(
                    "Autorisation (L344-2 du code de l’action sociale et des familles), propre à un établissement.",
                    "Authorisation (L344-2 of the social action code), for one establishment.",
                ),
            }),
            Self::Geiq => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text("Référence de la labellisation", "Reference of the label"),
                authority_label: text("Organisme de labellisation", "Labelling body"),
                start_required: true,
                end_required: true,
                what: text("Labellisation annuelle GEIQ.", "Yearly GEIQ label."),
            }),
            Self::Sep => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text("Référence du contrat", "Reference of the contract"),
                authority_label: text("Établissement pénitentiaire", "Prison establishment"),
                start_required: true,
                end_required: true,
                what: text(
                    "Contrat d’implantation avec l’administration pénitentiaire.",
                    "Contract with the prison administration.",
                ),
            }),
            Self::Rq => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text("Référence du label", "Reference of the label"),
                authority_label: text("Réseau national", "National network"),
                start_required: true,
                end_required: true,
                what: text(
                    "Label du réseau national des régies.",
                    "Label of the national network.",
                ),
            }),
            Self::Tih => Some(EvidenceRule {
                reference: self.reference_rule(),
                reference_label: text("Référence", "Reference"),
                authority_label: text("Autorité", "Authority"),
                start_required: true,
                end_required: true,
                what: text(
                    "Aucune pièce : la décision de RQTH ne doit jamais être transmise.",
                    "No document: the RQTH decision must never be sent.",
                ),
            }),
        }
    }
}
