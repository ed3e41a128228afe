//! The step of insertion as a page: each modality asks its own questions, the arithmetic is shown, and no hours where there are none.

use domain::form::{CommitmentRow, Draft};
use domain::insertion::Modality;
use domain::lifecycle::Status;

use crate::fakes::hours::commitment;
use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_visit::{only, sound, step, words};

/// The questions that not all modalities ask, and which do.
const OWN: [(&str, &[Modality]); 9] = [
    ("clause_hours", &[Modality::FormationTutorat]),
    ("training", &[Modality::FormationTutorat]),
    (
        "unit",
        &[
            Modality::EmbaucheDirecte,
            Modality::MiseADisposition,
            Modality::SousTraitance,
            Modality::CoTraitance,
        ],
    ),
    (
        "persons",
        &[Modality::EmbaucheDirecte, Modality::MiseADisposition],
    ),
    ("contract_types", &[Modality::EmbaucheDirecte]),
    ("structure_amount", &[Modality::SousTraitance]),
    ("structure_share", &[Modality::CoTraitance]),
    (
        "structure_siret",
        &[
            Modality::MiseADisposition,
            Modality::SousTraitance,
            Modality::CoTraitance,
        ],
    ),
    (
        "contract_amount",
        &[
            Modality::EmbaucheDirecte,
            Modality::MiseADisposition,
            Modality::SousTraitance,
            Modality::CoTraitance,
        ],
    ),
];

fn one(row: CommitmentRow) -> Draft {
    let mut draft = filled();
    draft.insertion.rows = vec![row];
    draft
}

fn shown(slug: &str, draft: Draft) -> scraper::Html {
    sound(slug, Fake::showing(view(Status::Draft, draft)), &step(slug))
}

#[test]
fn each_modality_asks_its_own_questions() {
    for modality in Modality::ALL {
        let row = CommitmentRow {
            modality: modality.code().into(),
            ..CommitmentRow::default()
        };
        let page = shown("insertion", one(row));
        for (name, of) in OWN {
            let question = only(&page, &format!("[data-question='rows-0-{name}']"));
            let hidden = question.value().attr("hidden").is_some();
            assert_eq!(hidden, !of.contains(&modality), "{name} of {modality:?}");
        }
    }
}

#[test]
fn the_base_of_an_equivalent_is_the_legal_year_until_another_is_chosen() {
    let page = |base: &str| {
        let row = CommitmentRow {
            modality: "embauche_directe".into(),
            unit: "etp".into(),
            etp: "0,5".into(),
            etp_base: base.into(),
            ..CommitmentRow::default()
        };
        (
            shown("insertion", one(row.clone())),
            shown("verification", one(row)),
        )
    };
    let (step, check) = page("");
    let values: Vec<_> = all(&step, "#rows-0-etp_base option")
        .iter()
        .map(|option| option.value().attr("value").unwrap().to_owned())
        .collect();
    assert_eq!(values, ["", "1505", "1600", "1820"]);
    assert!(all(&step, "#rows-0-etp_base option[selected]").is_empty());
    assert!(words(&check, "main").contains("1\u{202f}607\u{a0}h par an (durée légale"));
    let (step, check) = page("1505");
    let chosen = only(&step, "#rows-0-etp_base option[selected]");
    assert_eq!(chosen.value().attr("value"), Some("1505"));
    assert!(words(&check, "main").contains("1\u{202f}505\u{a0}h par an"));
}

#[test]
fn a_company_that_promised_no_hours_has_none_to_state() {
    let mut qualification = commitment();
    let hours = qualification.hours.as_mut().unwrap();
    hours.promised = None;
    hours.account = domain::insertion::HoursAccount::default();
    hours.quarters = vec![];
    let fake = Fake {
        qualification: Some(qualification),
        ..Fake::default()
    };
    let page = sound("no hours", fake, &format!("/qualifications/{}", id(50)));
    assert!(words(&page, "main").contains("il n’y a rien à relever"));
    assert!(all(&page, "form[action='/fn/tell-hours']").is_empty());
    assert!(!words(&page, "main").contains("une fois chaque trimestre"));
}
