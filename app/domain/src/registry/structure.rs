//! How the inclusion structure that a commitment names compares with the register (`domain.md` 4.6).

use super::{Agreement, Comparison, RegistryState, say};
use crate::insertion::Structure;

pub(super) fn compare_structure(named: &Structure, state: &RegistryState) -> Comparison {
    let facts = match state {
        RegistryState::Known(facts) => facts,
        RegistryState::Unknown { .. } => {
            return say(
                Agreement::Unknown,
                "Le répertoire ne connaît pas le SIRET de la structure d’insertion désignée : vérifiez-le.",
                "The register does not know the SIRET of the inclusion structure named: check it.",
            );
        }
        RegistryState::Unresolved => {
            return say(
                Agreement::Unknown,
                "Le répertoire n’a rien dit de la structure d’insertion désignée : vérifiez sa convention.",
                "The register said nothing of the inclusion structure named: check its agreement.",
            );
        }
    };
    let name = facts
        .name
        .clone()
        .unwrap_or_else(|| named.siret.formatted());
    let code = named.kind.code();
    if !facts.active {
        return Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "Le répertoire indique que la structure désignée, {name}, a cessé son activité."
            ),
            en: format!("The register says that the structure named, {name}, has closed."),
        };
    }
    if facts.siae_kinds.contains(&named.kind) {
        return Comparison {
            agreement: Agreement::Agree,
            fr: format!(
                "Le Marché de l’inclusion connaît la structure désignée, {name}, comme {code}."
            ),
            en: format!("The inclusion directory knows the structure named, {name}, as {code}."),
        };
    }
    if !facts.siae_kinds.is_empty() {
        let known: Vec<&str> = facts.siae_kinds.iter().map(|kind| kind.code()).collect();
        let known = known.join(", ");
        return Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "Le Marché de l’inclusion connaît la structure désignée, {name}, comme {known} et non comme {code} : vérifiez sa convention."
            ),
            en: format!(
                "The inclusion directory knows the structure named, {name}, as {known} and not as {code}: check its agreement."
            ),
        };
    }
    if named.kind.is_siae() && facts.siae == Some(false) {
        return Comparison {
            agreement: Agreement::Differ,
            fr: format!(
                "La structure désignée, {name}, n’est pas une structure d’insertion selon le répertoire : vérifiez sa convention."
            ),
            en: format!(
                "The structure named, {name}, is not an inclusion structure according to the register: check its agreement."
            ),
        };
    }
    Comparison {
        agreement: Agreement::Unknown,
        fr: format!(
            "Le répertoire ne dit pas si la structure désignée, {name}, est {code}, ce qui ne prouve rien : vérifiez sa convention."
        ),
        en: format!(
            "The register does not say whether the structure named, {name}, is {code}, which proves nothing: check its agreement."
        ),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use chrono::DateTime;

    use super::*;
    use crate::claims::Kind;
    use crate::identifiers::Siret;
    use crate::registry::{RegistryFacts, Source};

    fn named(kind: Kind) -> Structure {
        Structure {
            siret: Siret::parse("73282932000074").unwrap(),
            kind,
        }
    }

    fn facts() -> RegistryFacts {
        let siret = Siret::parse("73282932000074").unwrap();
        RegistryFacts {
            siren: siret.siren(),
            name: Some("LES ÉCLAIREURS".to_owned()),
            siret: Some(siret),
            address: None,
            postal_code: None,
            commune: None,
            legal_category: None,
            naf: None,
            staff_band: None,
            staff_band_year: None,
            category: None,
            category_year: None,
            active: true,
            created_on: None,
            ess: None,
            siae: None,
            siae_kinds: vec![],
            partly_masked: false,
            vat: vec![],
            source: Source::Demonstration,
            fetched_at: DateTime::UNIX_EPOCH,
        }
    }

    fn against(kind: Kind, facts: RegistryFacts) -> (Agreement, String) {
        let state = RegistryState::Known(Box::new(facts));
        let comparison = compare_structure(&named(kind), &state);
        (comparison.agreement, comparison.fr)
    }

    #[test]
    fn the_kind_that_the_register_gives_decides() {
        let known = |kinds: Vec<Kind>| RegistryFacts {
            siae: Some(true),
            siae_kinds: kinds,
            ..facts()
        };
        assert_eq!(
            against(Kind::Aci, known(vec![Kind::Aci])).0,
            Agreement::Agree
        );
        let (agreement, fr) = against(Kind::Aci, known(vec![Kind::Ei, Kind::Etti]));
        assert_eq!(agreement, Agreement::Differ);
        assert!(fr.contains("comme EI, ETTI et non comme ACI"), "{fr}");
    }

    #[test]
    fn a_company_that_is_no_inclusion_structure_is_said_so() {
        let other = || RegistryFacts {
            siae: Some(false),
            ..facts()
        };
        assert_eq!(against(Kind::Ei, other()).0, Agreement::Differ);
        // The mention is about structures under agreement with the State: it says nothing of the others.
        assert_eq!(against(Kind::Geiq, other()).0, Agreement::Unknown);
        assert_eq!(against(Kind::Ei, facts()).0, Agreement::Unknown);
    }

    #[test]
    fn a_closed_structure_is_said_so() {
        let closed = RegistryFacts {
            active: false,
            siae_kinds: vec![Kind::Ei],
            ..facts()
        };
        assert_eq!(against(Kind::Ei, closed).0, Agreement::Differ);
    }

    #[test]
    fn silence_and_absence_prove_nothing() {
        for state in [
            RegistryState::Unresolved,
            RegistryState::Unknown {
                asked_at: DateTime::UNIX_EPOCH,
            },
        ] {
            let comparison = compare_structure(&named(Kind::Ei), &state);
            assert_eq!(comparison.agreement, Agreement::Unknown);
        }
    }
}
