//! The buttons of the group: lines added, removed, pasted, and nothing typed lost.
#![expect(clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;

use app::desk::StepAnswers;
use app::doors::supplier::save_size;
use app::visitor::AccountRole;
use domain::form::{GroupRow, SizeStep};

use crate::fakes::supplier::*;
use crate::supplier_group::nine;
use crate::supplier_visit::{knock, step};

/// What the door stored, and where it leads.
fn posted(intent: &str, many: &str, answers: SizeStep) -> (SizeStep, String) {
    let fake = Arc::new(Fake::default());
    let door = || {
        save_size(
            id(1),
            7,
            intent.into(),
            String::new(),
            String::new(),
            String::new(),
            many.into(),
            answers,
        )
    };
    let (outcome, location) = knock(&fake, &visitor(AccountRole::Supplier), door);
    assert_eq!(outcome, Ok(()));
    match fake.stored.lock().unwrap().clone() {
        Some(StepAnswers::Size(step)) => (step, location.unwrap_or_default()),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn lines_are_added_around_another_and_the_page_goes_on_there() {
    let here = step("taille");
    let typed = nine().size;
    for (intent, at) in [
        ("add", 10),
        ("add-holder", 10),
        ("add-link", 10),
        ("add-under-0", 2),
        ("add-over-0", 2),
    ] {
        let (stored, location) = posted(intent, "", typed.clone());
        assert_eq!(stored.rows.len(), 11, "{intent}");
        assert!(
            location.ends_with("?ligne#rows-10") || at == 2,
            "{intent}: {location}"
        );
        let rank: usize = location.rsplit('-').next().unwrap().parse().unwrap();
        assert!(location.starts_with(&here), "{location}");
        let new = &stored.rows[rank];
        assert!(new.is_blank() && new.code == "e11", "{intent}: {new:?}");
        let kept = stored.rows.iter().filter(|row| typed.rows.contains(row));
        assert_eq!(kept.count(), 10, "{intent}: what was typed stays");
    }
}

#[test]
fn lines_are_removed_alone_or_with_what_hangs_on_them() {
    let typed = nine().size;
    let (stored, location) = posted("remove-0", "", typed.clone());
    assert_eq!(
        (stored.rows.len(), &*location),
        (9, &*format!("{}?enregistre#rows", step("taille")))
    );
    assert!(
        stored.rows.iter().any(|row| row.with == "e1"),
        "kept, to be tied again"
    );
    let (stored, _) = posted("prune-0", "", typed.clone());
    assert!(
        !stored
            .rows
            .iter()
            .any(|row| row.with == "e1" || row.code == "e1")
    );
    let (stored, _) = posted("remove-99", "", typed.clone());
    assert_eq!(stored.rows.len(), 10);
    // Going on drops what says nothing, saving does not.
    let mut blank = typed;
    blank.rows.push(GroupRow {
        kind: "enterprise".into(),
        ..GroupRow::default()
    });
    assert_eq!(posted("save", "", blank.clone()).0.rows.len(), 11);
    assert_eq!(posted("continue", "", blank).0.rows.len(), 10);
}

#[test]
fn nine_subsidiaries_are_pasted_at_once_whatever_the_button() {
    let lines: Vec<String> = (1..=9)
        .map(|rank| format!("Filiale {rank};60;10;1000000;500000"))
        .collect();
    let list = lines.join("\n");
    for intent in ["add-many", "save", "continue"] {
        let (stored, location) = posted(
            intent,
            &list,
            SizeStep {
                rows: vec![],
                ..filled().size
            },
        );
        assert_eq!(stored.rows.len(), 9, "{intent}");
        assert!(location.ends_with("?ligne#rows-0"), "{location}");
        assert_eq!(stored.rows[8].name, "Filiale 9");
    }
}
