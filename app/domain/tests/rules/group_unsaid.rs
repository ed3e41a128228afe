//! A group of which nothing is said, or not yet who holds whom: no size, because it would look like that of a company alone.

use domain::form::{Draft, GroupAct, GroupRow, SizeStep, Step as _};
use domain::sme::Category;

use crate::form::{complete, context, text, today};
use crate::group::{held, step};

fn status(step: &SizeStep) -> Option<Category> {
    step.computed("Nous").map(|computed| computed.status)
}

/// Neither a verdict, nor a claim of the size that could be signed.
fn no_verdict(step: &SizeStep, what: &str) {
    assert_eq!(status(step), None, "{what}");
    assert_eq!(step.case(), None, "{what}");
    assert!(!step.errors(today()).is_empty(), "{what}: it is asked for");
    let draft = Draft {
        size: step.clone(),
        ..complete()
    };
    assert!(draft.parse(&context(), today()).is_err(), "{what}");
}

#[test]
fn a_group_without_a_line_has_no_size() {
    let alone = SizeStep {
        group: text("no"),
        ..step(vec![])
    };
    assert_eq!(status(&alone), Some(Category::Medium), "alone, it has one");
    no_verdict(&step(vec![]), "no line");
    let mut one = step(vec![]);
    one.edit(GroupAct::Add);
    no_verdict(&one, "a blank line");
    one.edit(GroupAct::AddHolder);
    no_verdict(&one, "two blank lines");
}

#[test]
fn a_line_counts_once_it_says_who_holds_whom_and_by_what() {
    let whole = held("e1", "", "60");
    assert!(status(&step(vec![whole.clone()])).is_some());
    let without = |change: &dyn Fn(&mut GroupRow)| {
        let mut row = whole.clone();
        change(&mut row);
        row
    };
    for (what, row) in [
        ("no direction", without(&|row| row.direction.clear())),
        ("no share", without(&|row| row.capital_pct.clear())),
        ("spaces", without(&|row| row.capital_pct = text("  "))),
        (
            "figures alone",
            without(&|row| {
                row.direction.clear();
                row.capital_pct.clear();
            }),
        ),
    ] {
        no_verdict(&step(vec![row.clone()]), what);
        // One line that says all does not speak for another.
        let both = step(vec![held("e2", "", "30"), row]);
        no_verdict(&both, &format!("{what}, beside a whole line"));
    }
    // The votes or another control stand for the share of the capital.
    for row in [
        without(&|row| {
            row.capital_pct.clear();
            row.voting_pct = text("60");
        }),
        without(&|row| {
            row.capital_pct.clear();
            row.control = text("agreement");
        }),
        without(&|row| row.capital_pct = text("0")),
    ] {
        assert!(status(&step(vec![row.clone()])).is_some(), "{row:?}");
    }
}

#[test]
fn a_person_has_no_direction_and_still_needs_a_share() {
    let person = GroupRow {
        code: text("e1"),
        kind: text("person"),
        name: text("Dirigeante"),
        capital_pct: text("100"),
        market: text("no"),
        ..GroupRow::default()
    };
    assert!(status(&step(vec![person.clone()])).is_some());
    let nothing = GroupRow {
        capital_pct: String::new(),
        ..person
    };
    no_verdict(&step(vec![nothing]), "a person without a share");
}

#[test]
fn the_drawing_shows_the_lines_all_the_same() {
    let mut row = held("e1", "", "60");
    row.capital_pct.clear();
    let sketch = step(vec![row]).sketch("Nous");
    assert_eq!(sketch.enterprises.len(), 2);
}
