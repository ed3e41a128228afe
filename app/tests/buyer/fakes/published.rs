//! Published lists in every state: never imported, in force, old, with files to decide about.

use app::views::{
    ListFile, ListImportView, ListInForce, ListLine, ListTurn, ListView, ListsView, RollBack,
};
use domain::lists::{
    Contradiction, Difference, Example, Failure, Field, ImportState, LineProblem, ListKind,
    Mapping, Outcome, ProblemKind, WrongMapping,
};

use super::scenes::{HOSTILE, at, day};

pub(crate) const PAGE: &str = "/administration/listes";
pub(crate) const LIST: &str = "/administration/listes/esus";
pub(crate) const IMPORT: &str = "/administration/listes/esus/7";

fn in_force(import: i64, old: bool) -> ListInForce {
    ListInForce {
        import,
        published_on: day("2026-09-01"),
        since: at("2026-09-03T08:00:00Z"),
        rows: 1712,
        file_name: format!("esus {HOSTILE}.xlsx"),
        by: String::new(),
        old,
    }
}

fn line(list: ListKind, in_force: Option<ListInForce>, pending: usize) -> ListLine {
    ListLine {
        list,
        in_force,
        pending,
    }
}

pub(crate) fn lists() -> ListsView {
    ListsView {
        lists: vec![
            line(ListKind::Esus, Some(in_force(6, true)), 2),
            line(ListKind::EssFrance, None, 1),
            line(ListKind::Inclusion, Some(in_force(5, false)), 0),
            line(ListKind::Egapro, None, 0),
        ],
    }
}

fn file(id: i64, state: ImportState) -> ListFile {
    ListFile {
        id,
        state,
        in_force: id == 6,
        file_name: format!("esus {HOSTILE}.xlsx"),
        published_on: day("2026-09-01"),
        rows: 1712,
        by: format!("Alex {HOSTILE}"),
        sent_at: at("2026-09-03T08:00:00Z"),
    }
}

pub(crate) fn list() -> ListView {
    let turn = |import: Option<i64>, taken_back, reason: &str| ListTurn {
        taken_back,
        import,
        reason: reason.to_owned(),
        by: "Alex Petit".to_owned(),
        at: at("2026-09-03T08:00:00Z"),
    };
    ListView {
        line: line(ListKind::Esus, Some(in_force(6, true)), 3),
        files: vec![
            file(9, ImportState::Reading),
            file(8, ImportState::Sent),
            file(7, ImportState::Read),
            file(6, ImportState::Kept),
            file(5, ImportState::Kept),
            file(4, ImportState::Failed),
            file(3, ImportState::Discarded),
        ],
        turns: vec![
            turn(Some(6), false, ""),
            turn(None, true, HOSTILE),
            turn(Some(5), true, "Mauvais fichier"),
        ],
        roll_back: Some(RollBack {
            import: 6,
            back_to: Some(5),
        }),
        largest: 100_000_000,
    }
}

pub(crate) fn empty() -> ListView {
    ListView {
        line: line(ListKind::Esus, None, 0),
        files: vec![],
        turns: vec![],
        roll_back: None,
        largest: 100_000_000,
    }
}

/// A file that was read: rows come, go and change, some are wrong, two contradict each other.
pub(crate) fn read() -> ListImportView {
    let example = |key: &str, name: Option<&str>| Example {
        key: key.to_owned(),
        name: name.map(str::to_owned),
    };
    ListImportView {
        list: ListKind::Esus,
        id: 7,
        state: ImportState::Read,
        in_force: false,
        file_name: format!("esus {HOSTILE}.csv"),
        size_bytes: 123_456,
        format: "csv".to_owned(),
        sha256: "a1".repeat(32),
        published_on: day("2026-11-01"),
        headings: vec![
            "SIREN".to_owned(),
            HOSTILE.to_owned(),
            String::new(),
            "Date de fin".to_owned(),
        ],
        sample: vec![vec!["732829320".to_owned(), HOSTILE.to_owned()], vec![]],
        mapping: Mapping::from([
            (Field::Siren, "SIREN".to_owned()),
            (Field::ValidTo, "Date de fin".to_owned()),
        ]),
        outcome: Some(Outcome {
            lines: 1303,
            rows: 1300,
            refused: 1,
            duplicates: 1,
            left_out: 1,
            contradicted: 1,
            problems: vec![LineProblem {
                line: 12,
                field: Field::Siren,
                kind: ProblemKind::Scientific,
                value: HOSTILE.to_owned(),
            }],
            contradictions: vec![Contradiction {
                number: "732829320".to_owned(),
                name: Some(HOSTILE.to_owned()),
                lines: vec![3, 4],
                fields: vec![Field::ValidTo],
            }],
            difference: Difference {
                before: Some(1712),
                added: 2,
                removed: 414,
                changed: 1,
                added_examples: vec![example("910000058", None)],
                removed_examples: vec![example("732829320@2024-02-01", Some(HOSTILE))],
                changed_examples: vec![example("910000090", Some("Recyclerie"))],
            },
        }),
        failure: None,
        outdated: false,
        shrinks: true,
        shrink_percent: 20,
        by: format!("Alex {HOSTILE}"),
        sent_at: at("2026-11-02T08:00:00Z"),
    }
}

pub(crate) fn in_state(state: ImportState) -> ListImportView {
    ListImportView {
        state,
        outcome: None,
        shrinks: false,
        failure: (state == ImportState::Failed).then_some(Failure::NoRows),
        ..read()
    }
}

pub(crate) fn wrong_columns() -> ListImportView {
    ListImportView {
        failure: Some(Failure::Mapping(WrongMapping::Twice(
            Field::Siren,
            Field::Name,
        ))),
        ..in_state(ImportState::Failed)
    }
}
