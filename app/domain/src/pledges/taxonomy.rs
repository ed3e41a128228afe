//! The commitments of the scheme that can be checked: their names, from which staff and for which trades each is shown, by theme.
//!
//! This is one table, longer than other files. All of it but the units and explanations is the default of the catalogue, which
//! the buyer edits.

use super::{Family, Unit};
use crate::catalogue::{ECOLOGICAL, ECONOMY, INCLUSIVE, STEERING};
use crate::text::{Text, text};

/// One commitment of the scheme.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    pub code: &'static str,
    pub label: Text,
    pub unit: Unit,
    /// Shown from this staff on, when the staff is known.
    pub staff_from: Option<u32>,
    /// Shown to these trades; all when empty.
    pub families: &'static [Family],
    pub theme: &'static str,
    /// The plans of the buyer that it serves.
    pub plans: &'static [&'static str],
    /// What is counted, what proves it, which rule asks for it.
    pub what: Text,
}

/// The commitment of a code.
pub fn definition(code: &str) -> Option<&'static Definition> {
    TAXONOMY.iter().find(|definition| definition.code == code)
}

const BASE: Definition = Definition {
    code: "",
    label: text("", ""),
    unit: Unit::None,
    staff_from: None,
    families: &[],
    theme: INCLUSIVE,
    plans: &[],
    what: text("", ""),
};

/// Insertion hours (SOC-INS-01) and the size (ECO-PME-01) have steps of their own; the place of establishment (ECO-LOC-01) is
/// read from the register and counts for nothing.
pub const TAXONOMY: [Definition; 24] = [
    Definition {
        code: "SOC-INS-02",
        label: text(
            "Part confiée à des structures inclusives",
            "Share given to inclusion structures",
        ),
        unit: Unit::Percent,
        plans: &["insertion"],
        what: text(
            "En pourcentage du montant\u{a0}: ce que vous confiez à des EI, ETTI, AI, ACI, EA ou ESAT. Pièce possible\u{a0}: récapitulatif des factures.",
            "In percent of the amount: what you give to EI, ETTI, AI, ACI, EA or ESAT. Possible document: list of the invoices.",
        ),
        ..BASE
    },
    Definition {
        code: "SOC-EGA-01",
        label: text(
            "Index de l’égalité professionnelle publié",
            "Gender equality index published",
        ),
        unit: Unit::Score,
        staff_from: Some(50),
        plans: &["equality"],
        what: text(
            "Note sur 100 et année des données, telles que publiées sur Egapro\u{202f}; NC si l’index n’est pas calculable. Vous pouvez viser une note, pour un jour donné. Obligatoire à partir de 50\u{a0}salariés.",
            "Score out of 100 and year of the data, as published on Egapro; NC if the index cannot be computed. You may aim at a score, by a given day. Compulsory from 50 staff on.",
        ),
        ..BASE
    },
    Definition {
        code: "SOC-EGA-02",
        label: text(
            "Plan d’action ou accord sur l’égalité professionnelle",
            "Action plan or agreement on gender equality",
        ),
        staff_from: Some(50),
        plans: &["equality"],
        what: text(
            "Référence et dates de l’accord ou du plan en vigueur, et le texte lui-même si vous le souhaitez\u{202f}; ou le jour où il sera signé.",
            "Reference and dates of the agreement or plan in force, and the text itself if you wish; or the day by which it is signed.",
        ),
        ..BASE
    },
    Definition {
        code: "SOC-EGA-03",
        label: text(
            "Part de femmes dans l’encadrement",
            "Share of women in management",
        ),
        unit: Unit::Percent,
        staff_from: Some(50),
        plans: &["equality"],
        what: text(
            "En pourcentage de l’encadrement.",
            "In percent of the management.",
        ),
        ..BASE
    },
    Definition {
        code: "SOC-DIS-01",
        label: text(
            "Formation des recruteurs à la non-discrimination",
            "Training of recruiters against discrimination",
        ),
        unit: Unit::Persons,
        plans: &["equality"],
        what: text(
            "Nombre de personnes formées\u{202f}; aucune pièce avec leurs noms. Obligatoire tous les cinq ans à partir de 300\u{a0}salariés (L1131-2 du code du travail).",
            "Number of persons trained; no document with their names. Compulsory every five years from 300 staff on (L1131-2 of the labour code).",
        ),
        ..BASE
    },
    Definition {
        code: "SOC-DIS-02",
        label: text(
            "Label Égalité professionnelle ou Label Diversité",
            "Gender equality label or Diversity label",
        ),
        plans: &["equality"],
        what: text(
            "Certificat AFNOR\u{a0}: sa référence, ses dates et une copie\u{202f}; ou le jour où vous visez le label.",
            "AFNOR certificate: its reference, its dates and a copy; or the day by which you aim at the label.",
        ),
        ..BASE
    },
    Definition {
        code: "SOC-DIS-03",
        label: text("Charte de la diversité signée", "Diversity charter signed"),
        plans: &["equality"],
        what: text("Année de la signature.", "Year of signature."),
        ..BASE
    },
    Definition {
        code: "SOC-HAND-01",
        label: text(
            "Obligation d’emploi des travailleurs handicapés atteinte",
            "Employment duty towards disabled workers met",
        ),
        staff_from: Some(20),
        plans: &["insertion"],
        what: text(
            "Taux de 6\u{a0}% (OETH), à partir de 20\u{a0}salariés. Ne transmettez aucune donnée sur une personne.",
            "Rate of 6% (OETH), from 20 staff on. Send no data about any person.",
        ),
        ..BASE
    },
    Definition {
        code: "SOC-APP-01",
        label: text(
            "Apprentis et stagiaires accueillis",
            "Apprentices and trainees taken on",
        ),
        unit: Unit::Persons,
        plans: &["insertion"],
        what: text(
            "Nombre de personnes par an\u{202f}; aucune pièce avec leurs noms.",
            "Number of persons a year; no document with their names.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-CLI-01",
        label: text(
            "Bilan des émissions de gaz à effet de serre publié",
            "Greenhouse gas report published",
        ),
        theme: ECOLOGICAL,
        plans: &["climate"],
        what: text(
            "Année du bilan publié sur le site de l’ADEME. Obligatoire à partir de 500\u{a0}salariés.",
            "Year of the report published on the ADEME site. Compulsory from 500 staff on.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-CLI-02",
        label: text(
            "Plan chiffré de réduction des émissions",
            "Figured plan to reduce emissions",
        ),
        unit: Unit::Percent,
        theme: ECOLOGICAL,
        plans: &["climate"],
        what: text(
            "En pourcentage de réduction, et année visée.",
            "In percent of reduction, and year aimed at.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-CLI-03",
        label: text("Flotte à faibles émissions", "Low-emission fleet"),
        unit: Unit::Percent,
        families: &[Family::Transport],
        theme: ECOLOGICAL,
        plans: &["climate"],
        what: text(
            "En pourcentage des véhicules.",
            "In percent of the vehicles.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-AIR-01",
        label: text(
            "Engins et véhicules peu polluants, livraison hors pointe",
            "Cleaner machines and vehicles, off-peak delivery",
        ),
        unit: Unit::Percent,
        families: &[Family::Works, Family::Transport],
        theme: ECOLOGICAL,
        plans: &["climate"],
        what: text(
            "En pourcentage d’engins Euro\u{a0}VI ou Crit’Air\u{a0}0 ou\u{a0}1\u{202f}; «\u{202f}en place\u{202f}» porte sur la livraison hors pointe.",
            "In percent of Euro VI or Crit’Air 0 or 1 machines; “in place” is about off-peak delivery.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-BIO-01",
        label: text("Mesures pour la biodiversité", "Measures for biodiversity"),
        families: &[Family::Works, Family::GreenSpaces],
        theme: ECOLOGICAL,
        plans: &["climate"],
        what: text(
            "Éclairage, espèces, absence de produits phytosanitaires…\u{a0}: décrivez les mesures.",
            "Lighting, species, no plant protection products…: describe the measures.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-NRJ-01",
        label: text(
            "Énergie renouvelable ou management de l’énergie",
            "Renewable energy or energy management",
        ),
        unit: Unit::Percent,
        theme: ECOLOGICAL,
        plans: &["climate"],
        what: text(
            "En pourcentage d’énergie renouvelable, ou certificat ISO\u{a0}50001.",
            "In percent of renewable energy, or ISO 50001 certificate.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-LAB-01",
        label: text(
            "Écolabel ou certification environnementale",
            "Ecolabel or environmental certification",
        ),
        theme: ECOLOGICAL,
        plans: &["climate", "waste"],
        what: text(
            "Écolabel, bio, RGE, EPV, ISO\u{a0}14001, EMAS…\u{a0}: référence, dates et copie du certificat\u{202f}; ou le jour où vous visez la certification.",
            "Ecolabel, organic, RGE, EPV, ISO 14001, EMAS…: reference, dates and copy of the certificate; or the day by which you aim at the certification.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-CIRC-01",
        label: text(
            "Réemploi, réutilisation, matières recyclées",
            "Reuse and recycled materials",
        ),
        unit: Unit::Percent,
        families: &[Family::Supplies],
        theme: ECOLOGICAL,
        plans: &["waste"],
        what: text(
            "En pourcentage de la fourniture, par catégorie de produits (article 58 de la loi AGEC, décret 2024-134).",
            "In percent of the supply, by product category (article 58 of the AGEC law, decree 2024-134).",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-CIRC-02",
        label: text(
            "Tri et valorisation des déchets de chantier (SOGED)",
            "Sorting and recovery of site waste (SOGED)",
        ),
        unit: Unit::Percent,
        families: &[Family::Works],
        theme: ECOLOGICAL,
        plans: &["waste"],
        what: text(
            "En pourcentage de déchets valorisés.",
            "In percent of waste recovered.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-ALI-01",
        label: text(
            "Part de produits durables et biologiques",
            "Share of sustainable and organic products",
        ),
        unit: Unit::Percent,
        families: &[Family::Food],
        theme: ECOLOGICAL,
        plans: &["food"],
        what: text(
            "En pourcentage de la valeur. La loi EGalim demande 50\u{a0}% de produits durables, dont 20\u{a0}% de bio, à la restauration collective.",
            "In percent of the value. The EGalim law asks 50% of sustainable products, 20% of them organic, of collective catering.",
        ),
        ..BASE
    },
    Definition {
        code: "ENV-NUM-01",
        label: text(
            "Numérique responsable, réparabilité",
            "Responsible digital technology, repairability",
        ),
        families: &[Family::Digital],
        theme: ECOLOGICAL,
        plans: &["climate", "waste"],
        what: text("Décrivez les mesures.", "Describe the measures taken."),
        ..BASE
    },
    Definition {
        code: "ECO-PME-02",
        label: text("Sous-traitance à des PME", "Subcontracting to SMEs"),
        unit: Unit::Percent,
        theme: ECONOMY,
        what: text("En pourcentage du montant.", "In percent of the amount."),
        ..BASE
    },
    Definition {
        code: "ECO-INN-01",
        label: text("Offre innovante", "Innovative offer"),
        theme: ECONOMY,
        what: text(
            "Solution nouvelle ou sensiblement améliorée (L2172-3 du code de la commande publique)\u{202f}; le statut de jeune entreprise innovante vaut présomption.",
            "New or substantially improved solution (L2172-3 of the public procurement code); the status of young innovative enterprise gives a presumption.",
        ),
        ..BASE
    },
    Definition {
        code: "GOV-RSE-01",
        label: text(
            "Label Relations fournisseurs et achats responsables",
            "Responsible purchasing and supplier relations label",
        ),
        theme: STEERING,
        what: text(
            "Référence, dates et copie du label RFAR\u{202f}; ou le jour où vous le visez.",
            "Reference, dates and copy of the RFAR label; or the day by which you aim at it.",
        ),
        ..BASE
    },
    Definition {
        code: "GOV-RSE-02",
        label: text(
            "Devoir de vigilance, rapport de durabilité",
            "Duty of vigilance, sustainability report",
        ),
        staff_from: Some(250),
        theme: STEERING,
        what: text(
            "Référence du plan de vigilance ou du rapport, sa date, et le document\u{202f}; ou le jour où il sera publié.",
            "Reference of the vigilance plan or of the report, its date, and the document; or the day by which it is published.",
        ),
        ..BASE
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::pledges::{Ask, asks};

    #[test]
    fn each_code_is_there_once_and_asks_something() {
        let codes: BTreeSet<_> = TAXONOMY.iter().map(|definition| definition.code).collect();
        assert_eq!(codes.len(), TAXONOMY.len());
        for definition in &TAXONOMY {
            let code = definition.code;
            let asked = asks(code);
            assert!(!asked.is_empty(), "{code}");
            let counted = asked.contains(&Ask::Measure) || asked.contains(&Ask::Score);
            assert_eq!(counted, definition.unit != Unit::None, "{code}");
            let axis = match code.get(..3) {
                Some("SOC") => INCLUSIVE,
                Some("ENV") => ECOLOGICAL,
                Some("ECO") => ECONOMY,
                _ => STEERING,
            };
            assert_eq!(definition.theme, axis, "{code}");
        }
    }
}
