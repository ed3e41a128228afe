//! The verdicts of a review, posted together: those that are complete are given, the others come back as they were typed.

use domain::lifecycle::{LONGEST_REASON, Refusal, Verdict};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::buyer_desk;
use super::typed::{Form, Stop, lines};
use crate::error::AppError;
use crate::pages::buyer::address;
use crate::pages::buyer::problem::Problem;
use crate::reply::use_reply;

/// The card of one claim: `verdicts[0][claim]` and so on, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerdictForm {
    pub claim: String,
    pub verdict: String,
    pub reason: String,
}

/// Gives every verdict that is complete; `at` is the rank from 1 of the card whose button was pressed.
#[server(prefix = "/fn", endpoint = "give-verdicts", input = PostUrl)]
pub async fn give_verdicts(
    id: Uuid,
    version: i64,
    #[server(default)] at: usize,
    #[server(default)] verdicts: Vec<VerdictForm>,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let page = address::review(id);
    let cards: Vec<Card> = (1..)
        .zip(&verdicts)
        .map(|(rank, form)| Card::read(form, rank == at))
        .collect();
    let given: Vec<(String, Verdict)> = verdicts
        .iter()
        .zip(&cards)
        .filter_map(|(form, card)| match card {
            Card::Given(verdict) => Some((form.claim.clone(), verdict.clone())),
            Card::Untouched | Card::Unfinished | Card::Wrong(_) => None,
        })
        .collect();
    let saved = if given.is_empty() {
        Ok(())
    } else {
        desk.give_verdicts(id, version, given).await
    };
    let wrong = cards.iter().find_map(Card::problem);
    let unfinished = cards.contains(&Card::Unfinished);
    let onward = format!("{page}?fait=verdict#{}", address::anchor(next(at, &cards)));
    let outcome = match (saved, wrong) {
        (Err(error), _) => Err(Stop::Desk(error)),
        (Ok(()), Some(problem)) => Err(Stop::Form(problem)),
        (Ok(()), None) if !unfinished => {
            use_reply().redirect(onward);
            return Ok(());
        }
        (Ok(()), None) => Ok(()),
    };
    // What was saved comes back from the database; what was not, from here.
    let failed = matches!(outcome, Err(Stop::Desk(_)));
    let mut kept = Form::of_declaration(id, page);
    for (rank, (form, card)) in (1..).zip(verdicts.iter().zip(&cards)) {
        if !failed && matches!(card, Card::Given(_) | Card::Untouched) {
            continue;
        }
        kept = kept
            .with(format!("verdict-{rank}"), form.verdict.as_str())
            .with(format!("reason-{rank}"), lines(&form.reason));
        if let Some(problem) = card.problem().filter(|_| !failed) {
            kept = kept.with(format!("problem-{rank}"), problem.code());
        }
    }
    kept.settle_with_rest(desk.as_ref(), outcome, onward).await
}

/// What one card asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Card {
    /// Nothing was chosen nor written.
    Untouched,
    Given(Verdict),
    /// A reason was written, no verdict was chosen yet, and another card's button was pressed.
    Unfinished,
    Wrong(Problem),
}

impl Card {
    fn read(form: &VerdictForm, pressed: bool) -> Self {
        let reason = lines(form.reason.trim());
        match form.verdict.as_str() {
            "accepted" => Self::Given(Verdict::Accepted),
            chosen @ ("to_fix" | "refused") => {
                if reason.is_empty() {
                    return Self::Wrong(Problem::Refused(Refusal::ReasonMissing));
                }
                if reason.chars().count() > LONGEST_REASON {
                    return Self::Wrong(Problem::Refused(Refusal::ReasonTooLong));
                }
                Verdict::from_parts(chosen, Some(&reason))
                    .map_or(Self::Wrong(Problem::VerdictMissing), Self::Given)
            }
            _ if pressed => Self::Wrong(Problem::VerdictMissing),
            _ if reason.is_empty() => Self::Untouched,
            _ => Self::Unfinished,
        }
    }

    fn problem(&self) -> Option<Problem> {
        match self {
            Self::Wrong(problem) => Some(problem.clone()),
            Self::Untouched | Self::Given(_) | Self::Unfinished => None,
        }
    }
}

/// The rank of the next card without a verdict after this one, round the list; 0, the signature, when there is none.
fn next(at: usize, cards: &[Card]) -> usize {
    let waits = |rank: &usize| {
        let card = rank.checked_sub(1).and_then(|index| cards.get(index));
        matches!(card, Some(Card::Untouched | Card::Unfinished))
    };
    (at + 1..=cards.len())
        .find(waits)
        .or_else(|| (1..at.min(cards.len() + 1)).find(waits))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(verdict: &str, reason: &str, pressed: bool) -> Card {
        let form = VerdictForm {
            claim: String::new(),
            verdict: verdict.to_owned(),
            reason: reason.to_owned(),
        };
        Card::read(&form, pressed)
    }

    #[test]
    fn a_card_is_given_unfinished_untouched_or_wrong() {
        assert_eq!(card("accepted", "", false), Card::Given(Verdict::Accepted));
        assert_eq!(
            card("refused", " Deux\r\nlignes ", false),
            Card::Given(Verdict::Refused("Deux\nlignes".to_owned()))
        );
        assert_eq!(card("", "", false), Card::Untouched);
        assert_eq!(card("", "À voir", false), Card::Unfinished);
        assert_eq!(card("", "", true), Card::Wrong(Problem::VerdictMissing));
        assert_eq!(
            card("<b>", "Motif", true),
            Card::Wrong(Problem::VerdictMissing)
        );
        assert_eq!(
            card("to_fix", " ", false),
            Card::Wrong(Problem::Refused(Refusal::ReasonMissing))
        );
        assert_eq!(
            card("to_fix", &"é".repeat(LONGEST_REASON + 1), false),
            Card::Wrong(Problem::Refused(Refusal::ReasonTooLong))
        );
    }

    #[test]
    fn one_goes_on_to_the_next_card_that_waits_and_then_to_the_signature() {
        let given = || Card::Given(Verdict::Accepted);
        let cards = [Card::Untouched, given(), Card::Untouched, given()];
        for (at, expected) in [(1, 3), (2, 3), (3, 1), (4, 1), (0, 1), (9, 1)] {
            assert_eq!(next(at, &cards), expected, "{at}");
        }
        assert_eq!(next(1, &[given(), given()]), 0);
    }
}
