//! The lines of a draft whatever their step: gathered from several declarations, parsed one by one, left out.

use chrono::NaiveDate;

use super::{Paper, Sources, worth_renewing};
use crate::claims::{Claim, ClaimKey};
use crate::form::{CompanyContext, Draft, FieldError, Place, StatementStep, StepCode, claim_of};

const STEPS: [StepCode; 4] = [
    StepCode::Size,
    StepCode::Solidarity,
    StepCode::Insertion,
    StepCode::Pledges,
];

/// How many lines of each step stand in the draft that is gone on with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts([usize; 4]);

impl Counts {
    fn of(draft: &Draft) -> Self {
        Self(STEPS.map(|step| count(draft, step)))
    }

    pub(super) fn count(self, step: StepCode) -> usize {
        STEPS
            .iter()
            .zip(self.0)
            .find(|(other, _)| **other == step)
            .map_or(0, |(_, count)| count)
    }
}

/// The draft to go on with, then what other declarations hold besides: nothing that is there already, and of older ones only
/// what is in force or has just ended. The statement is sworn anew.
pub(super) fn gathered(sources: &Sources<'_>) -> (Draft, Counts) {
    let newest = sources.pasts.first();
    let mut draft = match (sources.open, newest) {
        (Some(open), _) => open.clone(),
        (None, Some(past)) => past.draft.clone(),
        (None, None) => Draft::default(),
    };
    if sources.open.is_none() {
        draft.statement = StatementStep::default();
    }
    let mut mine = Counts::of(&draft);
    let mut keys: Vec<ClaimKey> = keys(&draft, sources.context);
    let from = usize::from(sources.open.is_none());
    for (age, past) in sources.pasts.iter().enumerate().skip(from) {
        for (step, index) in places(&past.draft) {
            let Some(claim) = claim_of(&past.draft, step, index, sources.context) else {
                continue;
            };
            let wanted = age == 0
                || sources
                    .qualifications
                    .iter()
                    .any(|held| held.claim.key == claim.key && worth_renewing(held, sources.today));
            if !wanted || keys.contains(&claim.key) {
                continue;
            }
            keys.push(claim.key);
            take(&mut draft, &past.draft, step, index);
        }
    }
    if sources.open.is_none() {
        mine = Counts::of(&draft);
    }
    (draft, mine)
}

fn keys(draft: &Draft, context: &CompanyContext) -> Vec<ClaimKey> {
    places(draft)
        .filter_map(|(step, index)| claim_of(draft, step, index, context))
        .map(|claim| claim.key)
        .collect()
}

/// Every line that is declared.
pub(super) fn places(draft: &Draft) -> impl Iterator<Item = (StepCode, usize)> + use<> {
    let counts = STEPS.map(|step| (step, count(draft, step)));
    counts
        .into_iter()
        .flat_map(|(step, count)| (0..count).map(move |index| (step, index)))
}

fn count(draft: &Draft, step: StepCode) -> usize {
    let if_declared = |declare: &str, rows: usize| if declare == "yes" { rows } else { 0 };
    match step {
        StepCode::Size => if_declared(&draft.size.declare, 1),
        StepCode::Solidarity => if_declared(&draft.solidarity.declare, draft.solidarity.rows.len()),
        StepCode::Insertion => if_declared(&draft.insertion.declare, draft.insertion.rows.len()),
        StepCode::Pledges => if_declared(&draft.pledges.declare, draft.pledges.rows.len()),
        StepCode::Company | StepCode::Statement => 0,
    }
}

/// Adds a line of another draft at the end of its step.
fn take(draft: &mut Draft, from: &Draft, step: StepCode, index: usize) {
    fn add<R: Clone>(declare: &mut String, rows: &mut Vec<R>, row: Option<&R>) {
        if declare != "yes" {
            rows.clear();
        }
        if let Some(row) = row {
            "yes".clone_into(declare);
            rows.push(row.clone());
        }
    }
    match step {
        StepCode::Size => draft.size = from.size.clone(),
        StepCode::Solidarity => {
            let (to, row) = (&mut draft.solidarity, from.solidarity.rows.get(index));
            add(&mut to.declare, &mut to.rows, row);
        }
        StepCode::Insertion => {
            let (to, row) = (&mut draft.insertion, from.insertion.rows.get(index));
            add(&mut to.declare, &mut to.rows, row);
        }
        StepCode::Pledges => {
            let (to, row) = (&mut draft.pledges, from.pledges.rows.get(index));
            add(&mut to.declare, &mut to.rows, row);
        }
        StepCode::Company | StepCode::Statement => {}
    }
}

/// Leaves out the lines that do not stay; a step without any line is answered no.
pub(super) fn retain(draft: &mut Draft, stays: impl Fn(StepCode, usize) -> bool) {
    fn keep<R>(declare: &mut String, rows: &mut Vec<R>, stays: impl Fn(usize) -> bool) {
        if declare != "yes" {
            return;
        }
        let mut index = 0;
        rows.retain(|_| {
            index += 1;
            stays(index - 1)
        });
        if rows.is_empty() {
            "no".clone_into(declare);
        }
    }
    if draft.size.declare == "yes" && !stays(StepCode::Size, 0) {
        "no".clone_into(&mut draft.size.declare);
    }
    let step = &mut draft.solidarity;
    keep(&mut step.declare, &mut step.rows, |index| {
        stays(StepCode::Solidarity, index)
    });
    let step = &mut draft.insertion;
    keep(&mut step.declare, &mut step.rows, |index| {
        stays(StepCode::Insertion, index)
    });
    let step = &mut draft.pledges;
    keep(&mut step.declare, &mut step.rows, |index| {
        stays(StepCode::Pledges, index)
    });
}

/// What the form finds wrong with one line; of the size, with the whole step.
pub(super) fn errors(
    draft: &Draft,
    step: StepCode,
    index: usize,
    context: &CompanyContext,
    today: NaiveDate,
) -> Vec<FieldError> {
    let prefix = format!("rows[{index}]");
    let mut errors = draft.step_errors(step, context, today);
    errors.retain(|error| step == StepCode::Size || error.path.starts_with(&prefix));
    errors
}

pub(super) fn claim(
    draft: &Draft,
    step: StepCode,
    index: usize,
    context: &CompanyContext,
) -> Option<Claim> {
    claim_of(draft, step, index, context)
}

/// The documents of one line.
pub(super) fn papers(
    draft: &Draft,
    step: StepCode,
    index: usize,
    context: &CompanyContext,
    today: NaiveDate,
) -> Vec<Paper> {
    let place = Place::of_line(step, index).and_then(|place| draft.at(place));
    place
        .into_iter()
        .flat_map(|(_, documents)| documents)
        .filter_map(|id| context.document(id))
        .map(|known| Paper::of(known, today))
        .collect()
}
