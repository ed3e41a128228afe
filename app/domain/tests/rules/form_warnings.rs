//! What is worth a second look without stopping anybody (`domain.md` 4.6), and what stops.

use crate::form::{complete, context, text, today};
use crate::pledges::answered;
use domain::form::{CommitmentRow, Draft, Rule, SolidarityStep, Warning};
use domain::registry::RegistryState;

/// A draft with these commitments, each changed from the same sound one.
fn with(rows: impl IntoIterator<Item = fn(&mut CommitmentRow)>) -> Draft {
    let sound = complete().insertion.rows[0].clone();
    let mut draft = complete();
    draft.solidarity = SolidarityStep {
        declare: text("no"),
        rows: vec![],
    };
    draft.insertion.rows = rows
        .into_iter()
        .map(|change| {
            let mut row = sound.clone();
            change(&mut row);
            row
        })
        .collect();
    draft
}

fn doubts(draft: &Draft) -> Vec<(String, Warning)> {
    let found = draft.warnings(&RegistryState::Unresolved);
    found
        .into_iter()
        .map(|(_, path, warning)| (path, warning))
        .collect()
}

#[test]
fn more_recruiters_trained_than_staff_is_doubtful() {
    let mut draft = complete();
    draft.pledges.declare = text("yes");
    let mut row = answered("SOC-DIS-01");
    row.baseline = text("63");
    row.target = text("64");
    draft.pledges.rows = vec![row];
    assert_eq!(
        doubts(&draft),
        [(text("rows[0][target]"), Warning::TrainedAboveStaff)],
        "62.5 work units: 63 persons may well be all of them"
    );
}

fn errors(draft: &Draft) -> Vec<(String, Rule)> {
    let found = draft.errors(&context(), today());
    found
        .into_iter()
        .map(|(_, error)| (error.path, error.rule))
        .collect()
}

#[test]
fn a_sound_commitment_raises_no_doubt() {
    let draft = with([(|_| {}) as fn(&mut CommitmentRow)]);
    assert_eq!((doubts(&draft), errors(&draft)), (vec![], vec![]));
}

#[test]
fn a_high_rate_is_a_doubt_unless_the_company_is_itself_inclusive() {
    let mut draft = with([(|row| {
        row.unit = text("labour_share");
        row.rate = text("60");
        row.reference_hours = text("2000");
    }) as fn(&mut CommitmentRow)]);
    assert_eq!(doubts(&draft), [(text("rows[0][rate]"), Warning::HighRate)]);
    draft.solidarity = complete().solidarity;
    assert_eq!(doubts(&draft), [], "an integration enterprise");
}

#[test]
fn hours_beyond_the_labour_of_the_contract_are_a_doubt() {
    let draft = with([(|row| {
        row.contract_amount = text("100 000");
        row.labour_pct = text("40");
    }) as fn(&mut CommitmentRow)]);
    assert_eq!(
        doubts(&draft),
        [(text("rows[0][contract_amount]"), Warning::HoursAboveLabour)]
    );
    assert_eq!(errors(&draft), []);
}

#[test]
fn a_period_beyond_the_contract_is_an_error() {
    let draft = with([(|row| row.contract_end = text("30/12/2027")) as fn(&mut CommitmentRow)]);
    assert_eq!(
        errors(&draft),
        [(text("rows[0][end]"), Rule::AfterContract)]
    );
}

#[test]
fn the_same_structure_is_recognised_however_it_is_written() {
    let through = |siret: &str, modality: &str| {
        let mut row = complete().insertion.rows[0].clone();
        row.modality = text(modality);
        row.structure_siret = text(siret);
        row.structure_kind = text("EI");
        row
    };
    let mut draft = with([]);
    draft.insertion.rows = vec![
        through("732 829 320 00074", "sous_traitance"),
        through("73282932000074", "co_traitance"),
        // Left over from before the modality changed: not asked, so it says nothing.
        through("73282932000074", "formation_tutorat"),
    ];
    assert_eq!(
        doubts(&draft),
        [(text("rows[1][contract_ref]"), Warning::DoubleDeclaration)]
    );
}
