//! Lines of the group added, removed, pasted: the others keep what was typed and whom they name.

use domain::form::{GroupAct, GroupRow, Rule, Step as _};

use crate::form::{text, today};
use crate::group::{held, step};

#[test]
fn lines_are_added_and_removed_without_breaking_the_others() {
    let mut one = step(vec![]);
    assert_eq!(one.edit(GroupAct::Add), Some(0));
    assert_eq!(one.edit(GroupAct::Add), Some(1));
    assert_eq!(one.edit(GroupAct::AddUnder(0)), Some(1), "below its holder");
    assert_eq!(one.edit(GroupAct::AddOver(0)), Some(2));
    assert_eq!(one.edit(GroupAct::AddHolder), Some(4));
    assert_eq!(one.edit(GroupAct::AddLink), Some(5));
    for (rank, row) in one.rows.iter_mut().enumerate() {
        row.name = format!("Ligne {rank}");
        row.capital_pct = text("10");
    }
    one.rows[5].of = one.rows[0].code.clone();
    one.rows[5].with = one.rows[3].code.clone();
    let codes: Vec<&str> = one.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["e1", "e3", "e4", "e2", "e5", "e6"]);
    let mut removed = one.clone();
    removed.edit(GroupAct::Remove(0));
    let left: Vec<(&str, &str)> = removed
        .rows
        .iter()
        .map(|row| (row.code.as_str(), row.name.as_str()))
        .collect();
    assert_eq!(
        left,
        [
            ("e3", "Ligne 1"),
            ("e4", "Ligne 2"),
            ("e2", "Ligne 3"),
            ("e5", "Ligne 4")
        ],
        "what hung on it stays, the holding that named it goes"
    );
    assert!(
        removed
            .errors(today())
            .iter()
            .any(|error| error.path == "rows[0][with]" && error.rule == Rule::LineGone)
    );
    assert_eq!(one.lines_below(0), 2);
    one.edit(GroupAct::Prune(0));
    let left: Vec<&str> = one.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(left, ["e2", "e5"]);
    for odd in [
        GroupAct::Remove(9),
        GroupAct::AddUnder(9),
        GroupAct::Prune(9),
    ] {
        assert_eq!((one.edit(odd), one.rows.len()), (None, 2));
    }
}

#[test]
fn a_code_is_never_given_twice() {
    let mut one = step(vec![
        held("", "", "10"),
        held("e7", "", "10"),
        held("e7", "", "10"),
        held("x", "e7", "10"),
    ]);
    one.name_lines();
    let codes: Vec<&str> = one.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["e8", "e7", "e9", "x"]);
}

#[test]
fn a_pasted_list_becomes_lines_and_loses_nothing() {
    let mut one = step(vec![]);
    let list = "Alpha\t60 %\t12,5\t1 000 000\t800 000\n\n Bêta ; 30\nGamma;51;1;2;3;reste\n";
    assert_eq!(one.add_list(list), Some(0));
    let typed: Vec<[&str; 3]> = one
        .rows
        .iter()
        .map(|row| [&*row.name, &*row.capital_pct, &*row.awu])
        .collect();
    assert_eq!(
        typed,
        [
            ["Alpha", "60 %", "12,5"],
            ["Bêta", "30", ""],
            ["Gamma reste", "51", "1"]
        ]
    );
    assert_eq!(one.add_list(" \n"), None);
}

#[test]
fn blank_lines_are_dropped_unless_another_names_them() {
    let mut one = step(vec![]);
    one.edit(GroupAct::Add);
    one.edit(GroupAct::AddUnder(0));
    one.edit(GroupAct::Add);
    one.rows[1].name = text("Petite-fille");
    one.drop_blank_lines();
    assert_eq!(one.rows.len(), 2);
    let mut none = step(vec![GroupRow::default()]);
    none.drop_blank_lines();
    assert_eq!(none.rows, []);
}

#[test]
fn every_button_of_the_group_is_read() {
    for (value, act) in [
        ("add", GroupAct::Add),
        ("add-holder", GroupAct::AddHolder),
        ("add-link", GroupAct::AddLink),
        ("add-under-3", GroupAct::AddUnder(3)),
        ("add-over-0", GroupAct::AddOver(0)),
        ("remove-12", GroupAct::Remove(12)),
        ("prune-1", GroupAct::Prune(1)),
    ] {
        assert_eq!(GroupAct::read(value), Some(act));
    }
    for odd in [
        "",
        "save",
        "remove-",
        "remove--1",
        "add-under",
        "prune-x",
        "detach-0",
    ] {
        assert_eq!(GroupAct::read(odd), None, "{odd}");
    }
}
