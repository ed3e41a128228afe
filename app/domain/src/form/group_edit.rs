//! Lines of the group added, removed and put in the order of the tree. Nothing typed is ever dropped but by a removal.

use std::collections::BTreeSet;

use super::group::LINK;
use super::{GroupRow, SizeStep};

/// What a button of the group asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupAct {
    /// A line held by ours.
    Add,
    /// A line that holds ours.
    AddHolder,
    /// A line held by this one.
    AddUnder(usize),
    /// A line that holds this one.
    AddOver(usize),
    /// One more holding between two lines.
    AddLink,
    /// The line and the holdings that name it; what hangs below stays, without its tie.
    Remove(usize),
    /// The line and all that hangs below.
    Prune(usize),
}

impl GroupAct {
    /// Reads the value of a button.
    pub fn read(value: &str) -> Option<Self> {
        match value {
            "add" => return Some(Self::Add),
            "add-holder" => return Some(Self::AddHolder),
            "add-link" => return Some(Self::AddLink),
            _ => {}
        }
        let (what, rank) = value.rsplit_once('-')?;
        let rank = rank.parse().ok()?;
        Some(match what {
            "add-under" => Self::AddUnder(rank),
            "add-over" => Self::AddOver(rank),
            "remove" => Self::Remove(rank),
            "prune" => Self::Prune(rank),
            _ => return None,
        })
    }
}

impl SizeStep {
    /// Lines that the step may have: 200 enterprises, and room for what else ties them.
    pub const MOST_LINES: usize = 250;

    /// The line that has a code.
    pub fn line(&self, code: &str) -> Option<usize> {
        if code.is_empty() {
            return None;
        }
        self.rows.iter().position(|row| row.code == code)
    }

    /// Gives a code to the lines that have none, or one that is taken.
    pub fn name_lines(&mut self) {
        let mut seen = BTreeSet::new();
        let mut next = self.next_code();
        for row in &mut self.rows {
            if row.code.is_empty() || !seen.insert(row.code.clone()) {
                row.code = format!("e{next}");
                next += 1;
                seen.insert(row.code.clone());
            }
        }
    }

    /// A number above all those in use.
    fn next_code(&self) -> u32 {
        let number = |row: &GroupRow| row.code.strip_prefix('e')?.parse::<u32>().ok();
        let most = self.rows.iter().filter_map(number).max().unwrap_or(0);
        // A code is short, whatever was posted.
        if most < 1_000_000 { most + 1 } else { 1 }
    }

    /// Does what a button asks. Answers the line where one goes on typing, when there is one.
    pub fn edit(&mut self, act: GroupAct) -> Option<usize> {
        self.name_lines();
        let code = |rank: usize| self.rows.get(rank).map(|row| row.code.clone());
        let new = match act {
            GroupAct::Add => ("enterprise", "held", String::new()),
            GroupAct::AddHolder => ("enterprise", "holder", String::new()),
            GroupAct::AddUnder(rank) => ("enterprise", "held", code(rank)?),
            GroupAct::AddOver(rank) => ("enterprise", "holder", code(rank)?),
            GroupAct::AddLink => (LINK, "holder", String::new()),
            GroupAct::Remove(rank) => {
                self.remove(&BTreeSet::from([code(rank)?]));
                return None;
            }
            GroupAct::Prune(rank) => {
                let below = self.below(&code(rank)?);
                self.remove(&below);
                return None;
            }
        };
        self.push(GroupRow {
            kind: new.0.to_owned(),
            direction: new.1.to_owned(),
            with: new.2,
            ..GroupRow::default()
        })
    }

    fn push(&mut self, row: GroupRow) -> Option<usize> {
        if self.rows.len() >= Self::MOST_LINES {
            return None;
        }
        let code = format!("e{}", self.next_code());
        self.rows.push(GroupRow {
            code: code.clone(),
            ..row
        });
        self.arrange();
        self.line(&code)
    }

    /// A line for each line of a list: name, share, staff, turnover, balance sheet total, apart by a tab or a semicolon. What
    /// does not fit stays in the name: nothing is lost. Answers the first new line.
    pub fn add_list(&mut self, typed: &str) -> Option<usize> {
        self.name_lines();
        let mut first = None;
        for line in typed.lines().filter(|line| !line.trim().is_empty()) {
            let mut cells = line.split(['\t', ';']).map(|cell| cell.trim().to_owned());
            let mut cell = || cells.next().unwrap_or_default();
            let mut row = GroupRow {
                kind: "enterprise".to_owned(),
                direction: "held".to_owned(),
                name: cell(),
                capital_pct: cell(),
                awu: cell(),
                turnover_eur: cell(),
                balance_eur: cell(),
                ..GroupRow::default()
            };
            for rest in cells.filter(|rest| !rest.is_empty()) {
                row.name = format!("{} {rest}", row.name);
            }
            let added = self.push(row)?;
            first = first.or(Some(added));
        }
        first
    }

    /// Drops the lines that say nothing and that no other line names.
    pub fn drop_blank_lines(&mut self) {
        let named: BTreeSet<String> = self
            .rows
            .iter()
            .filter(|row| !row.is_blank())
            .flat_map(|row| [row.with.clone(), row.of.clone()])
            .collect();
        self.rows
            .retain(|row| !row.is_blank() || named.contains(&row.code));
    }

    /// The line of a code and those that hang below it.
    fn below(&self, code: &str) -> BTreeSet<String> {
        let mut below = BTreeSet::from([code.to_owned()]);
        loop {
            let before = below.len();
            for row in &self.rows {
                if !row.is_link() && !row.code.is_empty() && below.contains(&row.with) {
                    below.insert(row.code.clone());
                }
            }
            if below.len() == before {
                return below;
            }
        }
    }

    /// How many lines hang below one.
    pub fn lines_below(&self, rank: usize) -> usize {
        self.rows
            .get(rank)
            .filter(|row| !row.is_link() && !row.code.is_empty())
            .map_or(0, |row| self.below(&row.code).len() - 1)
    }

    /// A holding between two lines says nothing without one of them.
    fn remove(&mut self, codes: &BTreeSet<String>) {
        self.rows.retain(|row| {
            let ends = row.is_link() && (codes.contains(&row.of) || codes.contains(&row.with));
            !codes.contains(&row.code) && !ends
        });
    }

    /// The line on which another hangs: the one that it names.
    fn parent(&self, row: &GroupRow) -> Option<usize> {
        self.line(if row.is_link() { &row.of } else { &row.with })
    }

    /// Puts each line below the one on which it hangs; otherwise the order stays.
    pub fn arrange(&mut self) {
        self.name_lines();
        let parents: Vec<Option<usize>> = self.rows.iter().map(|row| self.parent(row)).collect();
        let mut children: Vec<Vec<usize>> = vec![vec![]; self.rows.len()];
        for (rank, parent) in parents.iter().enumerate().rev() {
            if let Some(of) = parent.and_then(|parent| children.get_mut(parent)) {
                of.push(rank);
            }
        }
        // Those that hang on no line first, then what only hangs in a circle.
        let roots = parents
            .iter()
            .enumerate()
            .filter(|(_, parent)| parent.is_none())
            .map(|(rank, _)| rank);
        let mut order = Vec::with_capacity(self.rows.len());
        let mut placed = vec![false; self.rows.len()];
        for start in roots.chain(0..self.rows.len()) {
            let mut waiting = vec![start];
            while let Some(rank) = waiting.pop() {
                let Some(slot) = placed.get_mut(rank).filter(|slot| !**slot) else {
                    continue;
                };
                *slot = true;
                order.push(rank);
                waiting.extend(children.get(rank).into_iter().flatten());
            }
        }
        let mut rows: Vec<Option<GroupRow>> = std::mem::take(&mut self.rows)
            .into_iter()
            .map(Some)
            .collect();
        self.rows = order
            .into_iter()
            .filter_map(|rank| rows.get_mut(rank).and_then(Option::take))
            .collect();
    }

    /// How far from ours each line stands, for its place on the page.
    pub fn depths(&self) -> Vec<usize> {
        self.rows
            .iter()
            .map(|row| {
                let mut depth = 0;
                let mut at = self.parent(row);
                // A circle ends after as many steps as there are lines.
                while let Some(row) = at.and_then(|rank| self.rows.get(rank)) {
                    depth += 1;
                    if depth > self.rows.len() {
                        return 0;
                    }
                    at = self.parent(row);
                }
                depth
            })
            .collect()
    }
}
