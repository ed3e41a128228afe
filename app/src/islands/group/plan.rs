//! Where each piece of the drawing stands. Whole numbers, in the units of the drawing; the width never grows, so that it can be read
//! on a phone.

use domain::sme::Tree;

pub(super) const WIDTH: usize = 380;
pub(super) const HEIGHT: usize = 46;
/// From the top of a box to the top of the next one.
const PITCH: usize = 58;
const MARGIN: usize = 4;
/// Where boxes end: right of it run the holdings that the tree itself does not show.
const RIGHT: usize = 330;
/// The room that the steps of all levels take at most.
const STEPS: usize = 130;
/// From one of those holdings to the next.
const LANE: usize = 8;
const LANES: usize = 5;

/// The box of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
}

/// All lines as the drawing commands of SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) height: usize,
    pub(super) places: Vec<Place>,
    pub(super) ties: Vec<String>,
    /// With the place where an arrow shows which one is held.
    pub(super) others: Vec<String>,
}

pub(super) fn plan(tree: &Tree) -> Plan {
    let deepest = tree.nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let step = (STEPS / deepest.max(1)).clamp(1, 20);
    let places: Vec<Place> = tree
        .nodes
        .iter()
        .enumerate()
        .map(|(rank, node)| {
            let x = MARGIN + (node.depth * step).min(STEPS + 70);
            Place {
                x,
                y: MARGIN + rank * PITCH,
                width: RIGHT - x,
            }
        })
        .collect();
    let place = |rank: usize| places.get(rank).copied();
    let ties = tree
        .nodes
        .iter()
        .filter_map(|node| {
            let tie = node.tie.as_ref()?;
            let (from, to) = (place(tie.holder)?, place(tie.held)?);
            let x = from.x + (step / 2).min(12);
            Some(format!(
                "M{x} {}V{}H{}",
                from.y + HEIGHT,
                to.y + HEIGHT / 2,
                to.x
            ))
        })
        .collect();
    let others = tree
        .others
        .iter()
        .enumerate()
        .filter_map(|(index, tie)| {
            let (from, to) = (place(tie.holder)?, place(tie.held)?);
            let lane = RIGHT + 14 + (index % LANES) * LANE;
            let (from, to) = (from.y + HEIGHT * 2 / 3, to.y + HEIGHT / 3);
            let tip = RIGHT + 7;
            Some(format!(
                "M{RIGHT} {from}H{lane}V{to}H{RIGHT}M{tip} {}L{RIGHT} {to}L{tip} {}",
                to - 4,
                to + 4
            ))
        })
        .collect();
    Plan {
        height: 2 * MARGIN + tree.nodes.len().max(1) * PITCH - (PITCH - HEIGHT),
        places,
        ties,
        others,
    }
}

/// As much of a text as fits, in characters of about this width in tenths of a unit.
pub(super) fn fitting(words: &str, width: usize, character: usize) -> String {
    let room = (width.saturating_sub(20) * 10 / character).max(4);
    if words.chars().count() <= room {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(room - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use domain::form::{GroupRow, SizeStep};
    use domain::sme::tree;

    use super::*;

    fn step(rows: &[(&str, &str)]) -> SizeStep {
        SizeStep {
            group: "yes".into(),
            rows: rows
                .iter()
                .map(|(code, with)| GroupRow {
                    code: (*code).into(),
                    name: format!("Société {code}"),
                    kind: "enterprise".into(),
                    direction: "held".into(),
                    with: (*with).into(),
                    capital_pct: "60".into(),
                    ..GroupRow::default()
                })
                .collect(),
            ..SizeStep::default()
        }
    }

    #[test]
    fn boxes_stand_below_each_other_and_nothing_leaves_the_drawing() {
        let chain: Vec<(String, String)> = (1..=200)
            .map(|rank: usize| (format!("e{rank}"), format!("e{}", rank - 1)))
            .collect();
        let mut rows: Vec<(&str, &str)> = chain
            .iter()
            .map(|(code, with)| (code.as_str(), with.as_str()))
            .collect();
        rows[0].1 = "";
        for rows in [&rows[..], &rows[..9], &rows[..0]] {
            let tree = tree(&step(rows).sketch("Nous"));
            let plan = plan(&tree);
            assert_eq!(plan.places.len(), rows.len() + 1);
            for (one, other) in plan.places.iter().zip(plan.places.iter().skip(1)) {
                assert!(one.y + HEIGHT < other.y && one.x <= other.x);
            }
            let last = plan.places.last().unwrap();
            assert!(last.y + HEIGHT <= plan.height && last.x + last.width <= WIDTH);
            assert!(last.width >= 120, "room for a name: {}", last.width);
            assert_eq!(plan.ties.len(), rows.len());
        }
    }

    #[test]
    fn what_the_tree_does_not_show_runs_beside_it() {
        let mut circle = step(&[("e1", ""), ("e2", "e1")]);
        circle.rows.push(GroupRow {
            kind: domain::form::LINK.into(),
            of: "e2".into(),
            direction: "holder".into(),
            capital_pct: "10".into(),
            ..GroupRow::default()
        });
        let plan = plan(&tree(&circle.sketch("Nous")));
        assert_eq!((plan.ties.len(), plan.others.len()), (2, 1));
        assert_eq!(plan.others[0], "M330 150H344V19H330M337 15L330 19L337 23");
    }

    #[test]
    fn a_name_that_is_too_long_is_cut_and_says_so() {
        assert_eq!(fitting("Alpha", 200, 75), "Alpha");
        let cut = fitting("Société méditerranéenne de propreté", 210, 75);
        assert_eq!(cut, "Société méditerranéenne…");
    }
}
