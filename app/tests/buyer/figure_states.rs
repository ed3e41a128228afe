//! The states of the pages of figures that are narrowed, and of the page of a contract.

use app::views::{ShareSource, Typed};
use domain::indicators::{Dimension, NO_KIND, OTHER, UNKNOWN};

use crate::fakes::desk::{COPY, Scene};
use crate::fakes::figures;
use crate::fakes::scenes as made;
use crate::fakes::{apart, contract, frozen};
use crate::states::typed;

pub(crate) fn states() -> Vec<(String, Scene)> {
    let mut states = contract_states();
    states.extend(narrowed_states());
    states.extend(apart_states());
    states.extend(concession_states());
    states.extend(hours_states());
    states.extend(restated_states());
    states
}

fn apart_states() -> Vec<(String, Scene)> {
    [
        ("", 0),
        ("?annee=2025&etat=modifie", 3),
        ("?page=2", 26),
        ("?page=x", 1),
    ]
    .map(|(query, rows)| {
        let scene = Scene {
            subcontracts: Some(apart::subcontracts(rows)),
            ..Scene::default()
        };
        (format!("{}{query}", apart::SUBCONTRACTS), scene)
    })
    .into()
}

fn restated_states() -> Vec<(String, Scene)> {
    [
        ("?annee=2025&edition=1", 0),
        ("?annee=2025&edition=2&etat=modifie", 9),
        ("?annee=2025&edition=2&page=2", 26),
        ("", 2),
    ]
    .map(|(query, rows)| {
        let scene = Scene {
            restated: Some(frozen::restated(rows)),
            ..Scene::default()
        };
        (format!("{}{query}", frozen::RESTATED), scene)
    })
    .into()
}

fn hours_states() -> Vec<(String, Scene)> {
    [
        ("", 0),
        ("?annee=2025", 3),
        ("?annee=2025&page=2", 26),
        ("?page=x", 1),
    ]
    .map(|(query, rows)| {
        let scene = Scene {
            year_hours: Some(apart::year_hours(rows)),
            ..Scene::default()
        };
        (format!("{}{query}", apart::YEAR_HOURS), scene)
    })
    .into()
}

fn concession_states() -> Vec<(String, Scene)> {
    [
        ("", 0),
        ("", 3),
        ("?annee=2025", 1),
        ("?annee=2019", 0),
        ("?page=2", 26),
    ]
    .map(|(query, rows)| {
        let scene = Scene {
            concessions: Some(apart::concessions(rows)),
            ..Scene::default()
        };
        (format!("{}{query}", apart::CONCESSIONS), scene)
    })
    .into()
}

fn narrowed_states() -> Vec<(String, Scene)> {
    let states = [
        (Dimension::Establishment, ["20005480700017", "x"]),
        (Dimension::Place, ["13", UNKNOWN]),
        (Dimension::Family, ["44", OTHER]),
        (Dimension::Size, ["pme-repertoire", "autre"]),
        (Dimension::Kind, ["ESAT", NO_KIND]),
    ]
    .map(|(by, keys)| {
        (
            format!("/instruction/indicateurs?annee=2025&par={}", by.code()),
            Scene {
                indicators: Some(figures::narrowed(by, &keys)),
                ..Scene::default()
            },
        )
    });
    let empty = (
        "/instruction/indicateurs?annee=2025&lieu=13".to_owned(),
        Scene {
            indicators: Some(figures::empty_part()),
            ..Scene::default()
        },
    );
    let list =
        "/instruction/indicateurs/marches?annee=2025&lieu=13&taille=autre&etablissement=%3Cb%3E";
    let list = [0, 3].map(|rows| {
        (
            list.to_owned(),
            Scene {
                contracts: Some(figures::contracts(rows)),
                ..Scene::default()
            },
        )
    });
    states.into_iter().chain([empty]).chain(list).collect()
}

fn contract_states() -> Vec<(String, Scene)> {
    [
        contract::contract(ShareSource::Equal),
        contract::contract(ShareSource::Entered(contract::entered())),
        contract::contract(ShareSource::Ignored(contract::entered())),
        contract::excluded(),
    ]
    .into_iter()
    .map(|view| {
        (
            contract::ADDRESS.to_owned(),
            Scene {
                contract: Some(view),
                ..Scene::default()
            },
        )
    })
    .chain(typed_shares())
    .collect()
}

fn typed_shares() -> Vec<(String, Scene)> {
    let long = "é".repeat(501);
    let at = |query: &str| format!("{}?{query}", contract::ADDRESS);
    let scene = |typed| Scene {
        contract: Some(contract::contract(ShareSource::Equal)),
        typed: Some(typed),
        ..Scene::default()
    };
    let kept = [
        ("", "pourcentages", "60", "30", ""),
        ("", "pourcentages", "", "<b>", made::HOSTILE),
        ("", "poids", "0", "0", &long),
        ("holders", "poids", "1", "2", "Acte"),
    ]
    .map(|(problem, unit, first, second, source)| {
        let first_field = format!("share-{}", made::siren());
        let fields = [
            ("unit", unit),
            (first_field.as_str(), first),
            ("share-X", second),
            ("source", source),
        ];
        let typed = typed(problem, &fields);
        (at(&format!("saisie={COPY}")), scene(typed))
    });
    let done = ["fait=parts", "fait=parts-egales&etat=modifie", "fait=x"]
        .map(|query| (at(query), scene(Typed::default())));
    kept.into_iter().chain(done).collect()
}
