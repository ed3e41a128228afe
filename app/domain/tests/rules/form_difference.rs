//! What pages change in a step, joined in any order: what was accepted is there, nothing lands in a line it was not typed in.

use std::collections::BTreeMap;

use domain::form::{Answers, CompanyStep, Difference, SolidarityStep, StatusRow, Unreadable};
use proptest::collection::vec;
use proptest::prelude::*;

type Pairs = Vec<(String, String)>;

fn pair(name: impl Into<String>, value: impl Into<String>) -> (String, String) {
    (name.into(), value.into())
}

/// The answers to a question that takes several.
fn several<'a>(row: &'a StatusRow, name: &str) -> Option<&'a Vec<String>> {
    match name {
        "documents" => Some(&row.documents),
        "conditions" => Some(&row.conditions),
        _ => None,
    }
}

/// What a browser sends of these two states of one page.
fn sent(before: &SolidarityStep, now: &SolidarityStep) -> Pairs {
    let mut pairs = vec![];
    if before.declare != now.declare {
        pairs.push(pair("changed", "answers[declare]"));
        pairs.push(pair("before[declare]", &before.declare));
        pairs.push(pair("answers[declare]", &now.declare));
    }
    let blank = StatusRow::default();
    for (rank, row) in now.rows.iter().enumerate() {
        let old = before.rows.get(rank).unwrap_or(&blank);
        let mut changed = false;
        for name in StatusRow::names() {
            let list = several(row, name).is_some();
            let at = format!("[rows][{rank}][{name}]");
            let at = if list { format!("{at}[]") } else { at };
            let values = |row: &StatusRow| {
                several(row, name)
                    .cloned()
                    .unwrap_or_else(|| vec![row.answer(name)])
            };
            if values(old) == values(row) {
                continue;
            }
            changed = true;
            pairs.push(pair("changed", format!("answers{at}")));
            pairs.extend(
                values(row)
                    .into_iter()
                    .map(|value| pair(format!("answers{at}"), value)),
            );
        }
        if changed {
            for name in StatusRow::names() {
                let at = format!("before[rows][{rank}][{name}]");
                if let Some(values) = several(old, name) {
                    let at = format!("{at}[]");
                    pairs.extend(values.iter().map(|value| pair(&at, value)));
                } else {
                    pairs.push(pair(at, old.answer(name)));
                }
            }
        }
    }
    if before.rows.len() != now.rows.len() {
        pairs.push(pair("lines_before", before.rows.len().to_string()));
        pairs.push(pair("lines", now.rows.len().to_string()));
    }
    pairs
}

fn row(id: &str, authority: &str) -> StatusRow {
    StatusRow {
        kind: id.into(),
        authority: authority.into(),
        ..StatusRow::default()
    }
}

fn step(rows: &[StatusRow]) -> SolidarityStep {
    SolidarityStep {
        declare: "yes".into(),
        rows: rows.to_vec(),
    }
}

#[test]
fn people_who_change_different_answers_both_keep_them() {
    let drawn = CompanyStep::default();
    let stored = CompanyStep {
        name: "Elle".into(),
        ..CompanyStep::default()
    };
    let pairs = [
        pair("changed", "answers[contact_name]"),
        pair("before[contact_name]", &drawn.contact_name),
        pair("answers[contact_name]", "Lui"),
    ];
    let joined = Difference::read(&pairs)
        .unwrap()
        .join(&stored, false)
        .unwrap();
    assert_eq!(
        (
            joined.stored.name.as_str(),
            joined.stored.contact_name.as_str()
        ),
        ("Elle", "Lui")
    );
    assert!(joined.held.is_empty());
}

#[test]
fn the_same_answer_changed_twice_is_held_and_both_versions_are_there() {
    let stored = CompanyStep {
        name: "Elle".into(),
        ..CompanyStep::default()
    };
    let pairs = [
        pair("changed", "answers[name]"),
        pair("before[name]", ""),
        pair("answers[name]", "Lui"),
    ];
    let joined = Difference::read(&pairs)
        .unwrap()
        .join(&stored, false)
        .unwrap();
    assert_eq!(joined.stored, stored);
    assert_eq!(joined.typed.name, "Lui");
    assert_eq!(joined.held, ["answers[name]"]);
    // With the line ends of a browser it is the same answer.
    let stored = CompanyStep {
        name: "a\r\nb".into(),
        ..CompanyStep::default()
    };
    let pairs = [
        pair("changed", "answers[name]"),
        pair("before[name]", "a\nb"),
        pair("answers[name]", "c"),
    ];
    let joined = Difference::read(&pairs)
        .unwrap()
        .join(&stored, false)
        .unwrap();
    assert_eq!(joined.stored.name, "c");
}

#[test]
fn a_line_that_went_is_never_written_into_its_neighbour() {
    let drawn = step(&[row("A", ""), row("B", "")]);
    let mut page = drawn.clone();
    page.rows[1].authority = "B:préfet".into();
    let difference = Difference::read(&sent(&drawn, &page)).unwrap();
    // Another tab removed the first line, so that B is now first.
    let stored = step(&[row("B", "")]);
    let joined = difference.join(&stored, false).unwrap();
    assert_eq!(joined.stored, stored);
    assert_eq!(joined.held, ["answers[rows][1][authority]"]);
    assert_eq!(
        joined.typed.rows[1], page.rows[1],
        "what was typed is kept aside, with its line"
    );
    // The first one removed and another added: the rank holds another line.
    let stored = step(&[row("B", ""), row("C", "")]);
    assert_eq!(difference.join(&stored, false).unwrap().stored, stored);
}

#[test]
fn boxes_unticked_and_lines_removed_are_changes_too() {
    let mut drawn = step(&[row("A", ""), row("B", "")]);
    drawn.rows[0].documents = vec!["d1".into(), "d2".into()];
    let mut page = drawn.clone();
    page.rows[0].documents.clear();
    let joined = Difference::read(&sent(&drawn, &page))
        .unwrap()
        .join(&drawn, true)
        .unwrap();
    assert_eq!(joined.stored, page);
    let page = step(&[row("B", "")]);
    let joined = Difference::read(&sent(&drawn, &page))
        .unwrap()
        .join(&drawn, true)
        .unwrap();
    assert_eq!(joined.stored, page);
    // Not over what somebody else wrote meanwhile.
    let mut stored = drawn.clone();
    stored.rows[1].authority = "préfet".into();
    let joined = Difference::read(&sent(&drawn, &page))
        .unwrap()
        .join(&stored, false)
        .unwrap();
    assert_eq!(joined.stored, stored);
    assert!(!joined.held.is_empty());
}

#[test]
fn what_is_not_a_difference_is_refused() {
    for (name, value) in [
        ("changed", "declare"),
        ("changed", "answers["),
        ("changed", "answers[]"),
        ("changed", "answers[rows][x][kind]"),
        ("changed", "answers[rows][200][kind]"),
        ("changed", "answers[rows][99999999999999999999][kind]"),
        ("changed", "answers[a][b][c][d]"),
        ("lines", "-1"),
        ("answers[rows][7", "x"),
    ] {
        assert_eq!(
            Difference::read(&[pair(name, value)]),
            Err(Unreadable),
            "{name}={value}"
        );
    }
    // Questions that this version of the form does not ask are let go.
    let pairs = [
        pair("changed", "answers[unknown]"),
        pair("answers[unknown]", "x"),
        pair("changed", "answers[rows]"),
        pair("answers[rows]", "x"),
    ];
    let stored = step(&[row("A", "x")]);
    assert_eq!(
        Difference::read(&pairs)
            .unwrap()
            .join(&stored, true)
            .unwrap()
            .stored,
        stored
    );
}

/// What a tab does.
#[derive(Clone, Debug)]
enum Act {
    /// Reads the page again.
    Reload,
    Declare(String),
    /// Types into a line, after its name where it has none.
    Type(usize, String),
    AddLine,
    RemoveLine(usize),
    /// Sends what changed; the answer may be lost on the way.
    Send(bool),
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let any_text = "\\PC{0,4}|[\\x01-\\x1f<&%+=\\[\\]]{0,4}";
    let act = prop_oneof![
        1 => Just(Act::Reload),
        2 => any_text.prop_map(Act::Declare),
        5 => (0_usize..4, any_text).prop_map(|(rank, text)| Act::Type(rank, text)),
        2 => Just(Act::AddLine),
        2 => (0_usize..4).prop_map(Act::RemoveLine),
        6 => any::<bool>().prop_map(Act::Send),
    ];
    vec((0_usize..3, act), 1..60)
}

#[derive(Clone, Default)]
struct Tab {
    base: SolidarityStep,
    page: SolidarityStep,
    seen: u64,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Three pages of one step: what was accepted last is what a reload shows, answer by answer; a value never lands in a line
    /// that it was not typed in; sending again what was accepted changes nothing.
    #[test]
    fn any_sequence_from_any_pages_shows_what_was_last_accepted(acts in acts()) {
        let (mut stored, mut version, mut lines) = (SolidarityStep::default(), 0_u64, 0_u64);
        let mut declared = String::new();
        let mut authorities: BTreeMap<String, String> = BTreeMap::new();
        let mut tabs = vec![Tab::default(); 3];
        for (tab, act) in acts {
            let tab = &mut tabs[tab];
            match act {
                Act::Reload => *tab = Tab { base: stored.clone(), page: stored.clone(), seen: version },
                Act::Declare(text) => tab.page.declare = text,
                Act::Type(rank, text) => {
                    let next = format!("line {lines}");
                    if let Some(row) = tab.page.rows.get_mut(rank) {
                        if row.kind.is_empty() {
                            row.kind = next;
                            lines += 1;
                        }
                        row.authority = format!("{}|{text}", row.kind);
                    }
                }
                Act::AddLine => tab.page.rows.push(StatusRow::default()),
                Act::RemoveLine(rank) if rank < tab.page.rows.len() => {
                    tab.page.rows.remove(rank);
                }
                Act::RemoveLine(_) => {}
                Act::Send(answered) => {
                    let pairs = sent(&tab.base, &tab.page);
                    let difference = Difference::read(&pairs).unwrap();
                    let joined = difference.join(&stored, tab.seen == version).unwrap();
                    let held = |name: &str| joined.held.iter().any(|held| held.starts_with(name));
                    if tab.base.declare != tab.page.declare && !held("answers[declare]") {
                        declared.clone_from(&tab.page.declare);
                    }
                    for (rank, row) in tab.page.rows.iter().enumerate() {
                        let old = tab.base.rows.get(rank);
                        let changed = old != Some(row) && (old.is_some() || *row != StatusRow::default());
                        let name = format!("answers[rows][{rank}]");
                        if changed && !held(&name) {
                            authorities.insert(row.kind.clone(), row.authority.clone());
                        }
                        if held(&name) {
                            prop_assert_eq!(&joined.typed.rows[rank], row, "kept aside as it was typed");
                        }
                    }
                    let again = difference.join(&joined.stored, false).unwrap();
                    if joined.held.is_empty() && tab.base.rows.len() == tab.page.rows.len() {
                        prop_assert_eq!(&again.stored, &joined.stored, "twice is once");
                        prop_assert!(again.held.is_empty());
                    }
                    if stored != joined.stored {
                        version += 1;
                        stored = joined.stored;
                    }
                    if answered && joined.held.is_empty() {
                        *tab = Tab { base: stored.clone(), page: stored.clone(), seen: version };
                    }
                }
            }
            prop_assert_eq!(&stored.declare, &declared);
            for row in &stored.rows {
                if row.kind.is_empty() {
                    prop_assert_eq!(&row.authority, "");
                    continue;
                }
                prop_assert!(row.authority.starts_with(&format!("{}|", row.kind)), "{:?}", row);
                prop_assert_eq!(Some(&row.authority), authorities.get(&row.kind), "the last accepted");
            }
        }
    }

    /// Whatever is sent, the answer is a refusal or answers: never a panic.
    #[test]
    fn any_pairs_do_no_harm(names in vec("(changed|lines|lines_before|(answers|before)\\[[a-z0-9\\]\\[]{0,12}|answers\\[rows\\]\\[[0-9]{1,3}\\]\\[kind\\])", 0..8), values in vec("(\\PC{0,6}|answers\\[(kind|rows|declare)\\]|answers\\[rows\\]\\[[0-3]\\]\\[(kind|documents)\\])", 8)) {
        let pairs: Pairs = names.into_iter().zip(values).collect();
        if let Ok(difference) = Difference::read(&pairs) {
            let stored = step(&[row("A", "x")]);
            let joined = difference.join(&stored, false).unwrap();
            prop_assert!(joined.stored.rows.len() <= domain::form::MOST_LINES);
        }
    }
}
