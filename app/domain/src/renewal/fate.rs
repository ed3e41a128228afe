//! What becomes of one line: taken over as it is, soon to be replaced, to be said anew, or over.

use chrono::{Months, NaiveDate};

use crate::claims::{Claim, ClaimBody};
use crate::documents::KnownDocument;
use crate::form::{Draft, FieldError, StepCode, rules};

/// A period that ends within this many days is near its end.
pub const SOON: i64 = 90;
/// The accounts of a period are approved within six months of its closing.
const APPROVED_WITHIN: Months = Months::new(6);
const YEAR: Months = Months::new(12);

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Taken over as it is.
    Same,
    /// Taken over; its evidence or one of its documents ends on this day, soon.
    EndsSoon(NaiveDate),
    /// Taken over, unless the accounts of the period closed on this day are approved already.
    NewerPeriod(NaiveDate),
    /// Not taken over before these are said anew; nothing of the form is wrong when a period has closed since.
    ToUpdate(Vec<Stale>),
    /// A commitment whose time has passed.
    Over(NaiveDate),
    /// The buyer refused these very words.
    Refused(String),
    Revoked {
        from: NaiveDate,
        reason: String,
    },
    /// The company gave the qualification up.
    GivenUp {
        from: NaiveDate,
    },
}

/// Why a line must be said anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// Its evidence ended on this day.
    Evidence(NaiveDate),
    /// A document of this name ended on this day.
    Document(String, NaiveDate),
    /// The figures are of a period after which this one closed, and was to be approved.
    Figures(NaiveDate),
    /// An answer that the form does not take any more.
    Answer(FieldError),
}

impl Fate {
    pub const fn is_takeable(&self) -> bool {
        matches!(self, Self::Same | Self::EndsSoon(_) | Self::NewerPeriod(_))
    }
}

/// A document of a line, and whether it may serve again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub known: KnownDocument,
    pub ended: bool,
    pub ends_soon: bool,
}

impl Paper {
    pub(super) fn of(known: &KnownDocument, today: NaiveDate) -> Self {
        let to = known.document.valid_to;
        let ended = to.is_some_and(|to| to < today);
        Self {
            known: known.clone(),
            ended,
            ends_soon: !ended && to.is_some_and(|to| is_soon(to, today)),
        }
    }
}

/// How old the figures of a size are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// Of the last closed period.
    Last,
    /// A period has closed since, whose accounts may not be approved yet.
    MaybeOld(NaiveDate),
    /// A period has closed since, whose accounts are approved.
    Old(NaiveDate),
}

/// The European definition takes the last approved period; accounts are approved within six months of the closing.
pub fn figures(closing: NaiveDate, today: NaiveDate) -> Figures {
    let mut next = closing;
    let mut newer = Figures::Last;
    while let Some(closed) = next.checked_add_months(YEAR).filter(|day| *day < today) {
        let approved = closed
            .checked_add_months(APPROVED_WITHIN)
            .is_some_and(|day| day < today);
        newer = match (approved, newer) {
            (true, _) => Figures::Old(closed),
            // One period is approved, and another not yet.
            (false, Figures::Old(_)) => newer,
            (false, _) => Figures::MaybeOld(closed),
        };
        next = closed;
    }
    newer
}

fn is_soon(day: NaiveDate, today: NaiveDate) -> bool {
    day >= today && (day - today).num_days() <= SOON
}

pub(super) fn of(
    claim: Option<&Claim>,
    draft: &Draft,
    step: StepCode,
    errors: &[FieldError],
    papers: &[Paper],
    today: NaiveDate,
) -> Fate {
    if let Some(ClaimBody::Commitment(commitment)) = claim.map(|claim| &claim.body)
        && commitment.end < today
    {
        return Fate::Over(commitment.end);
    }
    let mut newer = None;
    let mut stale: Vec<Stale> = vec![];
    if step == StepCode::Size
        && let Some(closing) = rules::parse_date(&draft.size.closing_date)
    {
        match figures(closing, today) {
            Figures::Last => {}
            Figures::MaybeOld(day) => newer = Some(day),
            Figures::Old(day) => stale.push(Stale::Figures(day)),
        }
    }
    stale.extend(
        papers
            .iter()
            .filter(|paper| paper.ended)
            .filter_map(|paper| {
                let document = &paper.known.document;
                Some(Stale::Document(document.name.clone(), document.valid_to?))
            }),
    );
    let told: Vec<Stale> = errors
        .iter()
        .filter_map(|error| said(error, &stale, step, draft))
        .collect();
    stale.extend(told);
    if !stale.is_empty() {
        return Fate::ToUpdate(stale);
    }
    if let Some(day) = newer {
        return Fate::NewerPeriod(day);
    }
    ends(claim, papers, today).map_or(Fate::Same, Fate::EndsSoon)
}

/// An error of the form in words of a renewal; nothing for one that is told already.
fn said(error: &FieldError, told: &[Stale], step: StepCode, draft: &Draft) -> Option<Stale> {
    use crate::form::Rule;
    match error.rule {
        Rule::ApprovalEnded(day) => Some(Stale::Evidence(day)),
        Rule::AlreadyEnded => {
            let rank = error.path.split(['[', ']']).nth(1)?.parse::<usize>().ok()?;
            let typed = match step {
                StepCode::Pledges => draft.pledges.rows.get(rank).map(|row| &row.valid_to),
                _ => draft.solidarity.rows.get(rank).map(|row| &row.valid_to),
            };
            let day = typed.and_then(|typed| rules::parse_date(typed));
            Some(day.map_or_else(|| Stale::Answer(error.clone()), Stale::Evidence))
        }
        Rule::DocumentEnded if told.iter().any(|one| matches!(one, Stale::Document(..))) => None,
        Rule::ClosingTooOld if told.iter().any(|one| matches!(one, Stale::Figures(_))) => None,
        _ => Some(Stale::Answer(error.clone())),
    }
}

/// The first end that comes soon, of the evidence or of a document.
fn ends(claim: Option<&Claim>, papers: &[Paper], today: NaiveDate) -> Option<NaiveDate> {
    let evidence = match claim.map(|claim| &claim.body) {
        Some(ClaimBody::Status(evidence)) => evidence.valid_to,
        Some(ClaimBody::Pledge(pledge)) => pledge.valid_to,
        _ => None,
    };
    papers
        .iter()
        .filter_map(|paper| paper.known.document.valid_to)
        .chain(evidence)
        .filter(|day| is_soon(*day, today))
        .min()
}
