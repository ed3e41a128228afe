//! The index of professional equality that a published list gives: a line of the other commitments, ready to be declared.

use chrono::{NaiveDate, NaiveTime};

use crate::catalogue::{Catalogue, Label};
use crate::form::{Draft, NOT_CALCULABLE, PledgeRow, PledgeStep, StepCode};
use crate::identifiers::Siren;
use crate::links::{Origin, Prefilled};
use crate::lists::{EGAPRO_PLEDGE, ListKind, Listed, Score};

/// The most lines of the step that the index may join.
const MOST_LINES: usize = 50;

/// The last index that the list gives of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedIndex {
    pub year: i32,
    pub score: Score,
    pub source: Label,
    /// The date of the list.
    pub read_on: NaiveDate,
}

/// Nothing where the form does not ask it, or where the list contradicts itself.
pub fn published_index(
    siren: &Siren,
    listed: &Listed,
    catalogue: &Catalogue,
) -> Option<PublishedIndex> {
    let asked = catalogue.offers_pledge(EGAPRO_PLEDGE);
    let last = listed
        .of(siren)
        .filter(|proof| asked && proof.list == ListKind::Egapro)
        .max_by_key(|proof| proof.facts.year)?;
    Some(PublishedIndex {
        year: last.facts.year?,
        score: last.facts.score?,
        source: last.list.label().into(),
        read_on: last.published_on,
    })
}

/// A line about the whole company: an index is never that of a contract.
fn is_index(row: &PledgeRow) -> bool {
    row.code == EGAPRO_PLEDGE && row.contract_ref.trim().is_empty()
}

impl PublishedIndex {
    /// The line, as somebody would type it.
    pub fn row(&self) -> PledgeRow {
        PledgeRow {
            code: EGAPRO_PLEDGE.to_owned(),
            score: match self.score {
                Score::Points(points) => points.to_string(),
                Score::NotComputable => NOT_CALCULABLE.to_owned(),
            },
            year: self.year.to_string(),
            ..PledgeRow::default()
        }
    }

    /// Whether the step declares it already.
    pub fn is_in(&self, step: &PledgeStep) -> bool {
        let known = self.row();
        step.declare == "yes"
            && step.rows.iter().any(|row| {
                let same = |one: &str, other: &str| one.trim().eq_ignore_ascii_case(other);
                is_index(row) && same(&row.score, &known.score) && same(&row.year, &known.year)
            })
    }

    /// Writes it on the line of the index, else on a blank or new one, and says which; nothing else of the line changes. `None`
    /// when there is no room.
    pub fn put(&self, step: &mut PledgeStep) -> Option<usize> {
        let (known, rows) = (self.row(), &mut step.rows);
        let there = rows.iter().position(is_index);
        let blank = || rows.iter().position(|row| *row == PledgeRow::default());
        let line = match there.or_else(blank) {
            Some(line) => line,
            None if rows.len() < MOST_LINES => {
                rows.push(PledgeRow::default());
                rows.len() - 1
            }
            None => return None,
        };
        let row = rows.get_mut(line)?;
        row.code = known.code;
        row.score = known.score;
        row.year = known.year;
        "yes".clone_into(&mut step.declare);
        Some(line)
    }

    /// Takes the line off again, unless somebody added something to it.
    pub fn take_off(&self, step: &mut PledgeStep) {
        let known = self.row();
        step.rows.retain(|row| *row != known);
        if step.rows.is_empty() && step.declare == "yes" {
            "no".clone_into(&mut step.declare);
        }
    }

    /// The draft that declares it, each answer marked with where it comes from, and the line.
    pub fn fill(&self, draft: &Draft) -> Option<(Draft, usize)> {
        let mut filled = draft.clone();
        let line = self.put(&mut filled.pledges)?;
        let row = self.row();
        let step = StepCode::Pledges.slug();
        let ours = |one: &Prefilled| one.step == step && one.line.as_deref() == Some(EGAPRO_PLEDGE);
        filled.prefilled.retain(|one| !ours(one));
        for (field, value) in [("score", row.score), ("year", row.year)] {
            filled.prefilled.push(Prefilled {
                step: step.to_owned(),
                line: Some(EGAPRO_PLEDGE.to_owned()),
                field: field.to_owned(),
                value,
                origin: Origin::Egapro,
                at: self.read_on.and_time(NaiveTime::MIN).and_utc(),
            });
        }
        Some((filled, line))
    }
}
