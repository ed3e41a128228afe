//! The hours realised for a commitment: stated quarter by quarter by the company, checked by the buyer.

use crate::support::*;
use domain::claims::{
    Claim, ClaimBody, ClaimKey, Closure, ClosureCause, Kind, Qualification, Scope,
};
use domain::decimal::Hundredths;
use domain::insertion::{
    Basis, COMMITMENT_CODE, Commitment, HoursAccount, HoursState, LEGAL_YEAR_HOURS, Modality,
    Quarter,
};
use domain::lifecycle::{
    Act, Actor, Effect, HoursCommand, HoursDecision, MemberRole, Refusal, decide_hours,
    hours_already_done, hours_quarters,
};
use proptest::prelude::*;

fn promised() -> Qualification {
    let commitment = Commitment {
        code: COMMITMENT_CODE.to_owned(),
        modality: Modality::EmbaucheDirecte,
        contract: Some("2026-01".to_owned()),
        hours: Some(Hundredths::from_units(800)),
        basis: Basis::Hours,
        etp_base: LEGAL_YEAR_HOURS,
        persons: Some(2),
        structure: None,
        structure_amount: None,
        structure_share: None,
        contract_types: vec![],
        publics: vec![],
        start: day("2026-02-01"),
        end: day("2026-12-31"),
        contract_end: None,
        contract_amount: None,
        labour_share: None,
        training: None,
        description: None,
    };
    let claim = Claim {
        key: ClaimKey {
            kind: Kind::Commitment,
            scope: Scope::Siren(siren()),
            commitment: Some(commitment.key_code()),
            contract: commitment.contract.clone(),
        },
        body: ClaimBody::Commitment(Box::new(commitment)),
    };
    qualification(30, claim, "2026-02-01", Some("2026-12-31"))
}

fn none() -> HoursAccount {
    HoursAccount {
        statements: vec![],
        promises: vec![(day("2026-02-01"), None)],
    }
}

fn quarter(text: &str) -> Quarter {
    Quarter::parse(text).unwrap()
}

fn tell(at: &str, hours: i64) -> HoursCommand {
    HoursCommand::Tell {
        quarter: quarter(at),
        hours: Hundredths::from_units(hours),
        note: " états de présence signés ".to_owned(),
    }
}

fn asked(
    account: &HoursAccount,
    command: &HoursCommand,
    by: &Actor,
) -> Result<HoursDecision, Refusal> {
    decide_hours(&promised(), account, command, by, now())
}

/// What the database holds afterwards.
fn written(account: &mut HoursAccount, decision: &HoursDecision) {
    account.statements.extend(decision.statement.clone());
    if let Some((number, check)) = &decision.check {
        for one in account
            .statements
            .iter_mut()
            .filter(|one| one.number == *number)
        {
            one.check = Some(check.clone());
        }
    }
}

fn editor() -> Actor {
    supplier(MemberRole::Editor)
}

#[test]
fn a_company_states_the_hours_of_quarters_that_are_over() {
    let quarters = hours_quarters_today(&promised());
    assert_eq!(
        quarters,
        ["2026-Q1", "2026-Q2", "2026-Q3"],
        "on 23 November"
    );
    let none = none();
    let decision = asked(&none, &tell("2026-Q3", 120), &editor()).unwrap();
    assert_eq!(decision.event.act, Act::HoursTold);
    let statement = decision.statement.unwrap();
    assert_eq!(
        (statement.number, statement.note.as_str()),
        (1, "états de présence signés")
    );
    assert!(matches!(
        decision.effects.as_slice(),
        [Effect::TellBuyers(_)]
    ));
    for outside in ["2026-Q4", "2025-Q4", "2027-Q1"] {
        let refused = asked(&none, &tell(outside, 120), &editor());
        assert_eq!(refused, Err(Refusal::QuarterNotOver), "{outside}");
    }
}

fn hours_quarters_today(q: &Qualification) -> Vec<String> {
    let ClaimBody::Commitment(commitment) = &q.claim.body else {
        return Vec::new();
    };
    let quarters = hours_quarters(q, commitment, &none(), day("2026-11-23"));
    quarters.iter().map(ToString::to_string).collect()
}

#[test]
fn a_commitment_that_ended_early_has_no_later_quarter() {
    let mut q = promised();
    q.closures.push(Closure {
        from: day("2026-07-01"),
        cause: ClosureCause::Withdrawn,
        by: None,
        second: None,
        reason: "marché résilié".to_owned(),
        recorded_at: now(),
    });
    assert_eq!(hours_quarters_today(&q), ["2026-Q1", "2026-Q2"]);
}

#[test]
fn only_people_of_the_company_state_and_only_agents_check() {
    let mut account = none();
    for other in [
        supplier(MemberRole::Reader),
        Actor::supplier(
            SUPPLIER,
            domain::identifiers::Siren::parse("910000017").unwrap(),
            MemberRole::Manager,
        ),
        Actor::reviewer(REVIEWER),
        Actor::SYSTEM,
    ] {
        let refused = asked(&account, &tell("2026-Q1", 1), &other);
        assert_eq!(refused, Err(Refusal::NotYourRole), "{other:?}");
    }
    let told = asked(&account, &tell("2026-Q1", 1), &editor()).unwrap();
    written(&mut account, &told);
    let accept = HoursCommand::Accept { number: 1 };
    assert_eq!(
        asked(&account, &accept, &supplier(MemberRole::Manager)),
        Err(Refusal::NotYourRole)
    );
    let decision = asked(&account, &accept, &Actor::reviewer(REVIEWER)).unwrap();
    assert!(
        decision.effects.contains(&Effect::Feed),
        "the buyer database counts it"
    );
}

#[test]
fn hours_have_bounds_and_notes_a_length() {
    let none = none();
    let with = |hundredths: i128, note: String| {
        let command = HoursCommand::Tell {
            quarter: quarter("2026-Q1"),
            hours: Hundredths::from_hundredths(hundredths),
            note,
        };
        asked(&none, &command, &editor()).map(|decision| decision.statement.unwrap().hours)
    };
    assert_eq!(
        with(0, String::new()),
        Ok(Hundredths::ZERO),
        "nothing was worked"
    );
    assert!(with(20_000_000, String::new()).is_ok());
    assert_eq!(
        with(20_000_001, String::new()),
        Err(Refusal::HoursOutOfBounds)
    );
    assert_eq!(with(-1, String::new()), Err(Refusal::HoursOutOfBounds));
    assert!(with(100, "é".repeat(1_000)).is_ok());
    assert_eq!(with(100, "é".repeat(1_001)), Err(Refusal::NoteTooLong));
}

#[test]
fn a_statement_is_checked_once_and_a_correction_takes_its_place() {
    let agent = Actor::reviewer(REVIEWER);
    let mut account = none();
    for hours in [100, 90] {
        let told = asked(&account, &tell("2026-Q2", hours), &editor()).unwrap();
        written(&mut account, &told);
    }
    let first = HoursCommand::Accept { number: 1 };
    assert_eq!(
        asked(&account, &first, &agent),
        Err(Refusal::StatementSettled),
        "it was corrected"
    );
    let empty = HoursCommand::Return {
        number: 2,
        reason: "  ".to_owned(),
    };
    assert_eq!(asked(&account, &empty, &agent), Err(Refusal::ReasonMissing));
    let back = HoursCommand::Return {
        number: 2,
        reason: "Il manque la structure".to_owned(),
    };
    let returned = asked(&account, &back, &agent).unwrap();
    assert!(
        !returned.effects.contains(&Effect::Feed),
        "nothing counts yet"
    );
    written(&mut account, &returned);
    assert!(hours_already_done(&account, &back));
    let other = HoursCommand::Return {
        number: 2,
        reason: "Autre motif".to_owned(),
    };
    assert!(
        !hours_already_done(&account, &other),
        "that reason was not sent"
    );
    assert_eq!(
        asked(&account, &other, &agent),
        Err(Refusal::StatementSettled)
    );
    assert_eq!(
        asked(&account, &HoursCommand::Accept { number: 2 }, &agent),
        Err(Refusal::StatementSettled)
    );
    assert!(
        !hours_already_done(&account, &tell("2026-Q2", 90)),
        "the same hours may be stated again"
    );
    let again = asked(&account, &tell("2026-Q2", 90), &editor()).unwrap();
    written(&mut account, &again);
    assert!(
        hours_already_done(&account, &tell("2026-Q2", 90)),
        "a second click"
    );
    let accepted = asked(&account, &HoursCommand::Accept { number: 3 }, &agent).unwrap();
    written(&mut account, &accepted);
    assert_eq!(account.realised(), Hundredths::from_units(90));
    let corrected = asked(&account, &tell("2026-Q2", 80), &editor()).unwrap();
    written(&mut account, &corrected);
    assert_eq!(
        account.realised(),
        Hundredths::from_units(90),
        "until the correction is checked"
    );
    assert_eq!(account.waiting(), Hundredths::from_units(80));
}

#[test]
fn what_waits_is_told_once_and_a_quarter_is_not_stated_for_ever() {
    let mut account = none();
    for hours in 0..20 {
        let told = asked(&account, &tell("2026-Q1", hours), &editor()).unwrap();
        assert_eq!(told.effects.len(), usize::from(hours == 0), "{hours}");
        written(&mut account, &told);
    }
    let refused = asked(&account, &tell("2026-Q1", 20), &editor());
    assert_eq!(refused, Err(Refusal::TooManyStatements));
    assert!(asked(&account, &tell("2026-Q2", 1), &editor()).is_ok());
}

#[test]
fn hours_after_a_closure_count_no_more_and_are_not_accepted() {
    let agent = Actor::reviewer(REVIEWER);
    let mut account = none();
    for at in ["2026-Q1", "2026-Q3"] {
        let told = asked(&account, &tell(at, 10), &editor()).unwrap();
        written(&mut account, &told);
    }
    account.promises = vec![(day("2026-02-01"), Some(day("2026-03-01")))];
    let late = asked(&account, &HoursCommand::Accept { number: 2 }, &agent);
    assert_eq!(late, Err(Refusal::StatementSettled));
    let accepted = asked(&account, &HoursCommand::Accept { number: 1 }, &agent).unwrap();
    written(&mut account, &accepted);
    assert_eq!(
        account.of(day("2026-02-01")).realised(),
        Hundredths::from_units(10)
    );
}

#[test]
fn hours_of_a_status_are_refused() {
    let q = qualification(20, claim(Kind::Ei, "a"), "2026-01-01", None);
    let refused = decide_hours(&q, &none(), &tell("2026-Q1", 1), &editor(), now());
    assert_eq!(refused, Err(Refusal::NotACommitment));
}

proptest! {
    #[test]
    fn whatever_is_asked_each_quarter_counts_once(
        asks in prop::collection::vec((0_u8..3, 1_u8..5, 0_i64..300, 0_u32..12), 0..40)
    ) {
        let agent = Actor::reviewer(REVIEWER);
        let mut account = none();
        let mut counted = std::collections::BTreeMap::new();
        for (what, at, hours, number) in asks {
            let (command, by) = match what {
                0 => (tell(&format!("2026-Q{at}"), hours), editor()),
                1 => (HoursCommand::Accept { number }, agent.clone()),
                _ => (HoursCommand::Return { number, reason: "non".to_owned() }, agent.clone()),
            };
            if hours_already_done(&account, &command) {
                continue;
            }
            let Ok(decision) = asked(&account, &command, &by) else { continue };
            if let Some((number, check)) = &decision.check && check.accepted {
                let one = account.statements.iter().find(|one| one.number == *number).unwrap();
                counted.insert(one.quarter, one.hours.hundredths());
            }
            written(&mut account, &decision);
        }
        prop_assert_eq!(account.realised().hundredths(), counted.values().sum::<i128>());
        for quarter in counted.keys() {
            let accepted = account.statements.iter().filter(|one| {
                one.quarter == *quarter && account.state(one) == HoursState::Accepted
            });
            prop_assert_eq!(accepted.count(), 1);
        }
        prop_assert!(account.realised() >= Hundredths::ZERO);
    }
}
