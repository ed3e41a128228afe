//! The page of what registers know: what the declaration says besides; and the weight of a renewal.

use app::views::Workspace;
use domain::claims::ValidityState;
use domain::form::{FieldError, PledgeRow, PledgeStep, Rule, StatementStep, StatusRow, StepCode};
use domain::lifecycle::Status;

use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_visit::{only, sound, step, words};

#[test]
fn what_registers_do_not_know_shows_the_answers_and_what_changes_them() {
    let mut draft = filled();
    // The register proves the first status, which the page shows above.
    draft.solidarity.rows.push(StatusRow {
        kind: "GEIQ".into(),
        ..StatusRow::default()
    });
    draft.pledges = PledgeStep {
        declare: "yes".into(),
        rows: vec![PledgeRow {
            code: "ENV-CLI-03".into(),
            target: "40".into(),
            ..PledgeRow::default()
        }],
        ..PledgeStep::default()
    };
    let page = sound(
        "known",
        Fake::showing(view(Status::Draft, draft)),
        &step("registres"),
    );
    let said = words(&page, ".known-more");
    for expected in [
        "Petite entreprise\u{a0}: effectif 42,50\u{a0}UTA, chiffre d’affaires 3\u{202f}050\u{202f}000\u{a0}€",
        "Groupement d’employeurs pour l’insertion et la qualification (GEIQ)",
        "2 engagements\u{a0}:",
        "Sous-traitance à une structure inclusive, 420\u{a0}h",
        "Un engagement\u{a0}:",
        "Flotte à faibles émissions, visé\u{a0}: 40\u{a0}%",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    for slug in ["taille", "solidarite", "insertion", "engagements"] {
        let button = only(&page, &format!(".known-more button[value='add-{slug}']"));
        let class = button.attr("class").unwrap();
        assert!(class.contains("button-quiet"), "{class}");
    }
    let blank = sound(
        "known",
        Fake::showing(view(Status::Draft, fresh())),
        &step("registres"),
    );
    let said = words(&blank, ".known-more");
    assert_eq!(said.matches("Rien pour l’instant").count(), 4, "{said}");
    assert_eq!(said.matches("Ajouter (").count(), 4, "{said}");
}

/// What the contact leaves empty is asked once, though the signer needs it too.
#[test]
fn the_signer_is_the_contact_until_another_name_is_given() {
    let mut draft = fresh();
    draft.company.contact_name.clear();
    draft.company.contact_role.clear();
    draft.statement = StatementStep::default();
    let asked = |draft| {
        let mut shown = view(Status::Draft, draft);
        let missing = |step, path: &str| {
            let path = path.to_owned();
            let rule = Rule::Required;
            (step, FieldError { path, rule })
        };
        shown.errors = vec![
            missing(StepCode::Company, "contact_name"),
            missing(StepCode::Statement, "signer_name"),
        ];
        let url = format!("{}?verifier", step("registres"));
        sound("known", Fake::showing(shown), &url)
    };
    let page = asked(draft.clone());
    only(&page, ".error-summary a[href='#contact_name']");
    assert!(all(&page, ".error-summary a[href='#signer_name']").is_empty());
    // Half of another signer: the fold is open on what is missing.
    draft.statement.signer_quality = "Gérante".into();
    let page = asked(draft);
    only(&page, ".error-summary a[href='#signer_name']");
    only(&page, "details[open] #signer_name");
}

#[test]
fn to_renew_is_the_main_thing_to_do_once_it_is_due() {
    let space = |states: &[ValidityState]| {
        let mut workspace: Workspace = workspace();
        let company = workspace.companies.first_mut().unwrap();
        company.declarations.remove(0);
        company.qualifications.truncate(states.len());
        for (line, state) in company.qualifications.iter_mut().zip(states) {
            (line.state, line.ended, line.closed) = (*state, false, None);
        }
        let fake = Fake {
            workspace,
            ..Fake::default()
        };
        sound("workspace", fake, "/espace")
    };
    let href = "a[href$='/renouveler']";
    for (states, main) in [
        (&[ValidityState::Valid, ValidityState::Pending][..], false),
        (&[ValidityState::Valid, ValidityState::Expired], false),
        (&[ValidityState::Valid, ValidityState::Expiring], true),
        (&[ValidityState::Expired], true),
        (&[], true),
    ] {
        let page = space(states);
        let class = only(&page, href).attr("class").unwrap();
        assert_eq!(!class.contains("button-secondary"), main, "{states:?}");
    }
}
