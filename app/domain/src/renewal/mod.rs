//! What a new declaration may take over from those that were decided: exactly what, since when, and what must be said anew.
//!
//! Invariants: what was refused, revoked or given up is never taken over in silence; a line that something is wrong with is
//! never ticked for the supplier; nothing here changes what is in force.

mod fate;
mod rows;

pub use fate::{Fate, Figures, Paper, SOON, Stale, figures};

use chrono::{Days, NaiveDate};

use crate::claims::{Claim, ClaimKey, ClosureCause, Qualification, Validity};
use crate::form::{CompanyContext, Draft, FieldError, StepCode};
use crate::lifecycle::Verdict;

/// A qualification that ended more than this ago is not offered again.
const LATE: Days = Days::new(90);

/// A declaration that was decided, as far as a renewal needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub reference: String,
    /// The day on which its last version was signed.
    pub signed_on: NaiveDate,
    pub draft: Draft,
    /// What was signed, with what the buyer decided.
    pub claims: Vec<(Claim, Verdict)>,
}

/// What a renewal starts from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The newest first.
    pub pasts: &'a [Past],
    /// Of the whole company.
    pub qualifications: &'a [Qualification],
    /// The renewal that is open already.
    pub open: Option<&'a Draft>,
    pub context: &'a CompanyContext,
    pub today: NaiveDate,
}

/// When an answer was given for the first time with the words that it has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    pub signed_on: NaiveDate,
    pub reference: String,
}

/// One thing that may be declared again.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub step: StepCode,
    /// Its rank among the lines of its step in the draft of the renewal; 0 for the size.
    pub index: usize,
    /// Nothing while its answers do not parse.
    pub claim: Option<Claim>,
    pub fate: Fate,
    /// May be chosen on the page; otherwise it must first be said anew.
    pub offered: bool,
    /// Chosen unless the supplier says otherwise.
    pub ticked: bool,
    pub since: Option<Since>,
    /// What was signed last under the same key, when the answers changed since.
    pub before: Option<Claim>,
    /// Why the buyer refused what was signed last under the same key, in other words than now.
    pub refused_before: Option<String>,
    /// The period that is in force today.
    pub held: Option<Validity>,
    /// The period once it is accepted, if it were signed today.
    pub renewed: Option<Validity>,
    pub papers: Vec<Paper>,
    pub errors: Vec<FieldError>,
    /// It stands in no other declaration: taking it away would lose it.
    fresh: bool,
}

impl Line {
    /// By this the form of the page names it.
    pub fn mark(&self) -> String {
        format!("{}-{}", self.step.slug(), self.index)
    }

    /// The renewal makes it hold longer than it does.
    pub fn extends(&self) -> bool {
        match (self.held, self.renewed) {
            (Some(held), Some(renewed)) => {
                let end = |period: Validity| period.to.unwrap_or(NaiveDate::MAX);
                end(renewed) > end(held)
            }
            _ => true,
        }
    }
}

/// What may be taken over, and the answers that it would be sent with.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// Every answer that may be taken over; what is not chosen is left out by [`Renewal::chosen`].
    pub draft: Draft,
    pub lines: Vec<Line>,
    /// Since when the answers about the company and its contact are the same.
    pub company_since: Option<Since>,
}

impl Renewal {
    pub fn of(sources: &Sources<'_>) -> Self {
        let (draft, mine) = rows::gathered(sources);
        let lines = rows::places(&draft)
            .filter_map(|(step, index)| {
                let primary = index < mine.count(step);
                line(sources, &draft, step, index, primary)
            })
            .collect();
        let company_since = since(sources.pasts, |past| past.draft.company == draft.company);
        Self {
            draft,
            lines,
            company_since,
        }
    }

    /// Something may be sent, at once or once it is said anew.
    pub fn is_possible(&self) -> bool {
        self.lines
            .iter()
            .any(|line| line.offered || matches!(line.fate, Fate::ToUpdate(_)))
    }

    pub fn line(&self, mark: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.mark() == mark)
    }

    /// The answers with the lines that are chosen and no other: what is sent.
    pub fn chosen(&self, kept: &[String]) -> Draft {
        let mut draft = self.draft.clone();
        self.retain(&mut draft, |line| kept.contains(&line.mark()));
        draft
    }

    /// The answers to go on with at another page, and where the line `at` stands there. What waits for a correction stays, and so
    /// does what was never sent: only what can be taken over again is left out.
    pub fn edited(&self, kept: &[String], at: Option<&str>) -> (Draft, Option<usize>) {
        let mut draft = self.draft.clone();
        let stays = |line: &Line| {
            let mark = line.mark();
            kept.contains(&mark)
                || at == Some(mark.as_str())
                || line.fresh
                || matches!(line.fate, Fate::ToUpdate(_))
        };
        self.retain(&mut draft, stays);
        let rank = at.and_then(|at| self.line(at)).map(|line| {
            self.lines
                .iter()
                .filter(|other| other.step == line.step && other.index < line.index)
                .filter(|other| stays(other))
                .count()
        });
        (draft, rank)
    }

    fn retain(&self, draft: &mut Draft, stays: impl Fn(&Line) -> bool) {
        rows::retain(draft, |step, index| {
            let line = self
                .lines
                .iter()
                .find(|line| line.step == step && line.index == index);
            line.is_none_or(&stays)
        });
    }
}

fn line(
    sources: &Sources<'_>,
    draft: &Draft,
    step: StepCode,
    index: usize,
    primary: bool,
) -> Option<Line> {
    let (context, today) = (sources.context, sources.today);
    let claim = rows::claim(draft, step, index, context);
    let errors = rows::errors(draft, step, index, context, today);
    if claim.is_none() && errors.is_empty() {
        // Figures that make no SME claim nothing.
        return None;
    }
    let key = claim.as_ref().map(|claim| &claim.key);
    let last = key.and_then(|key| last_signed(sources.pasts, key));
    let hash = claim.as_ref().map(Claim::hash);
    let same = |other: &Claim| hash.as_deref() == Some(other.hash().as_str());
    let fresh = claim.as_ref().is_none_or(|claim| {
        let mut signed = sources.pasts.iter().flat_map(|past| &past.claims);
        !signed.any(|(other, _)| other.key == claim.key && same(other))
    });
    let known = Known {
        last: last.filter(|(claim, _)| same(claim)),
        newest: key.and_then(|key| newest(sources.qualifications, key)),
    };
    let papers = rows::papers(draft, step, index, context, today);
    let fate = known
        .ended(today, &same)
        .unwrap_or_else(|| fate::of(claim.as_ref(), draft, step, &errors, &papers, today));
    let takeable = fate.is_takeable();
    // In a renewal that is open, what stands there was put there by somebody: it may be chosen whatever was said of it.
    let offered = takeable || (sources.open.is_some() && primary && errors.is_empty());
    Some(Line {
        step,
        index,
        ticked: takeable && primary,
        offered,
        since: claim.as_ref().and_then(|claim| {
            since(sources.pasts, |past| {
                past.claims
                    .iter()
                    .any(|(other, _)| other.key == claim.key && same(other))
            })
        }),
        before: last
            .filter(|(claim, _)| !same(claim))
            .map(|(claim, _)| claim.clone()),
        refused_before: last.filter(|(claim, _)| !same(claim)).and_then(
            |(_, verdict)| match verdict {
                Verdict::Refused(reason) => Some(reason.clone()),
                _ => None,
            },
        ),
        held: key
            .and_then(|key| held(sources.qualifications, key, today))
            .map(|held| held.validity),
        renewed: claim.as_ref().map(|claim| claim.validity(today)),
        papers,
        errors,
        fate,
        claim,
        fresh,
    })
}

/// What became of a claim.
struct Known<'a> {
    /// What the buyer decided of these very words.
    last: Option<(&'a Claim, &'a Verdict)>,
    /// The last qualification of the same key.
    newest: Option<&'a Qualification>,
}

impl Known<'_> {
    /// Why the claim is not taken over as it is.
    fn ended(&self, today: NaiveDate, same: &impl Fn(&Claim) -> bool) -> Option<Fate> {
        if let Some((_, Verdict::Refused(reason))) = self.last {
            return Some(Fate::Refused(reason.clone()));
        }
        let closed = self.newest.filter(|held| same(&held.claim))?;
        let closure = closed
            .closures
            .iter()
            .filter(|closure| closure.from <= today)
            .min_by_key(|closure| closure.from)?;
        match closure.cause {
            ClosureCause::Revoked => Some(Fate::Revoked {
                from: closure.from,
                reason: closure.reason.clone(),
            }),
            ClosureCause::Withdrawn => Some(Fate::GivenUp { from: closure.from }),
            ClosureCause::Superseded => None,
        }
    }
}

/// The last time that a claim was signed, and what was decided of it.
fn last_signed<'a>(pasts: &'a [Past], key: &ClaimKey) -> Option<(&'a Claim, &'a Verdict)> {
    pasts
        .iter()
        .flat_map(|past| &past.claims)
        .find(|(claim, _)| claim.key == *key)
        .map(|(claim, verdict)| (claim, verdict))
}

fn newest<'a>(all: &'a [Qualification], key: &ClaimKey) -> Option<&'a Qualification> {
    all.iter()
        .filter(|held| held.claim.key == *key)
        .max_by_key(|held| held.revision)
}

/// The qualification that is in force today.
fn held<'a>(
    all: &'a [Qualification],
    key: &ClaimKey,
    today: NaiveDate,
) -> Option<&'a Qualification> {
    all.iter()
        .find(|held| held.claim.key == *key && held.holds_on(today))
}

/// It holds, or has just ended by its date.
fn worth_renewing(held: &Qualification, today: NaiveDate) -> bool {
    let late = today.checked_sub_days(LATE).unwrap_or(today);
    !held.is_closed_on(today) && held.validity.to.is_none_or(|to| to >= late)
}

/// The oldest of the declarations, one after the other, that say the same.
fn since(pasts: &[Past], says: impl Fn(&Past) -> bool) -> Option<Since> {
    pasts
        .iter()
        .take_while(|past| says(past))
        .last()
        .map(|past| Since {
            signed_on: past.signed_on,
            reference: past.reference.clone(),
        })
}

#[cfg(test)]
mod tests;
