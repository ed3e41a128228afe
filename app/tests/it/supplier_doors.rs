//! The doors of a supplier: who may knock, how a posted form is read, and where the browser goes next.

use std::sync::Arc;

use app::desk::{Saved, StepAnswers, Submitted};
use app::doors::mails::send_again;
use app::doors::supplier::*;
use app::error::AppError;
use app::visitor::{AccountRole, Visitor};
use domain::form::*;
use domain::lifecycle::Status;
use serde::de::DeserializeOwned;

use crate::fakes::supplier::*;
use crate::supplier_visit::knock;

pub(crate) fn supplier() -> Visitor {
    visitor(AccountRole::Supplier)
}

/// Reads a body as the server does.
fn read<T: DeserializeOwned>(body: &str) -> T {
    serde_qs::Config::new(5, false)
        .deserialize_str(body)
        .expect(body)
}

pub(crate) fn here(slug: &str) -> String {
    format!("/declarations/{}/{slug}", id(1))
}

#[test]
fn a_form_with_lines_and_lists_is_read_whole() {
    let body = format!(
        "intent=continue&id={}&version=7&seen=&back=&answers%5Bdeclare%5D=yes\
         &answers%5Brows%5D%5B0%5D%5Bmodality%5D=embauche_directe&answers%5Brows%5D%5B0%5D%5Bpublics%5D%5B%5D=deld\
         &answers%5Brows%5D%5B0%5D%5Bpublics%5D%5B%5D=qpv&answers%5Brows%5D%5B1%5D%5Bhours%5D=420&autre=champ",
        id(1)
    );
    let posted: SaveInsertion = read(&body);
    assert_eq!((posted.id, posted.version), (id(1), 7));
    assert_eq!(posted.answers.rows.len(), 2);
    let first = posted.answers.rows.first().unwrap();
    assert_eq!(first.publics, ["deld", "qpv"]);
    assert_eq!(posted.answers.rows.last().unwrap().hours, "420");
    // Brackets that a program did not encode, twelve lines, and no answer at all.
    let lines: Vec<String> = (0..12)
        .map(|rank| format!("answers[rows][{rank}][kind]=EI{rank}"))
        .collect();
    let posted: SaveSolidarity = read(&format!("id={}&version=7&{}", id(1), lines.join("&")));
    let kinds: Vec<_> = posted
        .answers
        .rows
        .iter()
        .map(|row| row.kind.clone())
        .collect();
    assert_eq!(
        kinds,
        (0..12).map(|rank| format!("EI{rank}")).collect::<Vec<_>>()
    );
    let posted: SaveSize = read(&format!("id={}&version=7", id(1)));
    assert_eq!(posted.answers, SizeStep::default());
}

#[test]
fn what_the_browser_reads_is_what_the_server_reads() {
    let body = "answers[declare]=yes&answers[rows][0][publics][]=deld&answers[rows][0][publics][]=qpv&answers[rows][1][persons]=3";
    let pairs = body.split('&').map(|pair| pair.split_once('=').unwrap());
    let browser: InsertionStep =
        app::islands::declaration::posted(pairs.map(|(name, value)| (name, value.to_owned())));
    let server: SaveInsertion = read(&format!("id={}&version=1&{body}", id(1)));
    assert_eq!(browser, server.answers);
}

macro_rules! every_door {
    ($run:ident) => {
        $run("save-company", || {
            save_company(
                id(1),
                7,
                String::new(),
                String::new(),
                String::new(),
                CompanyStep::default(),
            )
        });
        $run("save-size", || {
            save_size(
                id(1),
                7,
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                SizeStep::default(),
            )
        });
        $run("save-solidarity", || {
            save_solidarity(
                id(1),
                7,
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                SolidarityStep::default(),
            )
        });
        $run("save-insertion", || {
            save_insertion(
                id(1),
                7,
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                InsertionStep::default(),
            )
        });
        $run("save-pledges", || {
            save_pledges(
                id(1),
                7,
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                PledgeStep::default(),
            )
        });
        $run("submit-declaration", || {
            submit_declaration(id(1), 7, "submit".into(), StatementStep::default())
        });
        $run("submit-declaration, saved", || {
            submit_declaration(id(1), 7, String::new(), StatementStep::default())
        });
        $run("discard-declaration", || discard_declaration(id(1), 7));
        $run("take-back-declaration", || take_back_declaration(id(1), 7));
        $run("withdraw-declaration", || withdraw_declaration(id(1), 7));
        $run("send-again", || send_again(id(1), id(2)));
        $run("amend-declaration", || amend_declaration(id(1)));
        $run("open-company", || open_company("732829320".into()));
        $run("withdraw-qualification", || {
            withdraw_qualification(id(50), "31/12/2026".into(), "Arrêt".into(), "yes".into())
        });
    };
}

fn is_closed<F: Future<Output = Result<(), AppError>>>(what: &str, door: impl Fn() -> F) {
    let fake = Arc::new(Fake::default());
    assert_eq!(
        knock(&fake, &Visitor::Anonymous, &door).0,
        Err(AppError::SignIn),
        "{what}"
    );
    for role in [AccountRole::Reviewer, AccountRole::Administrator] {
        assert_eq!(
            knock(&fake, &visitor(role), &door).0,
            Err(AppError::Forbidden),
            "{what}"
        );
    }
    assert!(
        fake.asked.lock().unwrap().is_empty(),
        "{what}: nothing was done"
    );
}

fn leads_somewhere<F: Future<Output = Result<(), AppError>>>(what: &str, door: impl Fn() -> F) {
    let fake = Arc::new(Fake::default());
    let (outcome, location) = knock(&fake, &supplier(), &door);
    assert_eq!(outcome, Ok(()), "{what}");
    let location = location.unwrap_or_default();
    assert!(
        location.len() > 1 && location.starts_with('/'),
        "{what}: {location}"
    );
}

#[test]
fn every_door_is_closed_to_all_but_suppliers() {
    every_door!(is_closed);
}

#[test]
fn every_door_says_where_to_go() {
    every_door!(leads_somewhere);
}

/// The doors above are all the doors of the source.
#[test]
fn no_door_is_left_out() {
    let source = include_str!("../../src/doors/supplier.rs");
    let tested = include_str!("supplier_doors.rs");
    let mut doors = 0;
    for name in source
        .split("endpoint = \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(tested.contains(&format!("$run(\"{name}\"")), "{name}");
        doors += 1;
    }
    assert_eq!(doors, 12);
}

pub(crate) fn solidarity(
    fake: &Arc<Fake>,
    intent: &str,
    seen: &str,
    answers: SolidarityStep,
) -> String {
    let door = || {
        save_solidarity(
            id(1),
            7,
            intent.into(),
            String::new(),
            String::new(),
            seen.into(),
            answers,
        )
    };
    let (outcome, location) = knock(fake, &supplier(), door);
    assert_eq!(outcome, Ok(()));
    location.unwrap_or_default()
}

fn stored_rows(fake: &Fake) -> Vec<StatusRow> {
    match fake.stored.lock().unwrap().clone() {
        Some(StepAnswers::Solidarity(step)) => step.rows,
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn lines_are_added_and_removed_with_everything_typed() {
    let typed = filled().solidarity;
    let fake = Arc::new(Fake::default());
    assert_eq!(
        solidarity(&fake, "add", "", typed.clone()),
        format!("{}?ligne#rows-1", here("solidarite"))
    );
    assert_eq!(stored_rows(&fake).len(), 2);
    assert_eq!(stored_rows(&fake).first(), typed.rows.first());
    let mut two = typed.clone();
    two.rows.insert(0, StatusRow::default());
    assert_eq!(
        solidarity(&fake, "remove-0", "", two.clone()),
        format!("{}?enregistre#rows", here("solidarite"))
    );
    assert_eq!(stored_rows(&fake), typed.rows);
    // A rank that is not there removes nothing.
    solidarity(&fake, "remove-7", "", typed.clone());
    assert_eq!(stored_rows(&fake), typed.rows);
    // Saving keeps a blank line, going on drops it.
    solidarity(&fake, "save", "", two.clone());
    assert_eq!(stored_rows(&fake).len(), 2);
    solidarity(&fake, "continue", "", two);
    assert_eq!(stored_rows(&fake), typed.rows);
    // There is a limit.
    let many = SolidarityStep {
        declare: "yes".into(),
        rows: vec![StatusRow::default(); 50],
    };
    solidarity(&fake, "add", "", many);
    assert_eq!(stored_rows(&fake).len(), 50);
}

#[test]
fn going_on_checks_the_step_that_was_stored() {
    let right = Arc::new(Fake::default());
    assert_eq!(
        solidarity(&right, "continue", "", filled().solidarity),
        here("insertion")
    );
    let wrong = Arc::new(Fake::showing(view(Status::Draft, fresh())));
    assert_eq!(
        solidarity(&wrong, "continue", "", SolidarityStep::default()),
        format!("{}?verifier#errors", here("solidarite"))
    );
    assert_eq!(
        solidarity(&wrong, "save", "", SolidarityStep::default()),
        format!("{}?enregistre", here("solidarite"))
    );
    let door = || {
        save_solidarity(
            id(1),
            7,
            "continue".into(),
            "verification".into(),
            String::new(),
            String::new(),
            filled().solidarity,
        )
    };
    assert_eq!(
        knock(&right, &supplier(), door).1,
        Some(here("verification"))
    );
}

#[test]
fn a_question_that_was_hidden_is_shown_before_it_is_an_error() {
    let fake = Arc::new(Fake::showing(view(Status::Draft, fresh())));
    let answers = SolidarityStep {
        declare: "yes".into(),
        rows: vec![],
    };
    assert_eq!(
        solidarity(&fake, "continue", "rows,rows-0-reference", answers.clone()),
        format!("{}?suite#rows", here("solidarite"))
    );
    let odd = solidarity(&fake, "continue", "\"><script>", answers);
    assert_eq!(odd, format!("{}?suite#script", here("solidarite")));
}

#[test]
fn a_conflict_leads_to_both_versions() {
    let fake = Arc::new(Fake {
        saved: Saved::Conflict { copy: id(9) },
        submitted: Ok(Submitted::Conflict { copy: id(9) }),
        ..Fake::default()
    });
    assert_eq!(
        solidarity(&fake, "continue", "", filled().solidarity),
        format!("{}?conflit={}", here("solidarite"), id(9))
    );
    let door = || submit_declaration(id(1), 7, "submit".into(), filled().statement);
    assert_eq!(
        knock(&fake, &supplier(), door).1,
        Some(format!("{}?conflit={}", here("verification"), id(9)))
    );
}
