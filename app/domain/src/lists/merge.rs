//! Rows of one file that are about the same thing: counted once when they say the same, told when they do not.
//!
//! Rule: names and departments are for display, and the first row gives them. A cell that one row leaves empty is completed by
//! the other. Where two rows give two values (number of the approval, end, score), both lines are reported, the company stays
//! in the list, and the list says nothing of that value.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::{Deserialize, Serialize};

use super::{Facts, Field, Row};
use crate::identifiers::Siret;

/// How many lines of a contradiction are named.
const LINES: usize = 10;

/// Rows with one key that do not say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// The company or the establishment.
    pub number: String,
    pub name: Option<String>,
    /// The lines of the file, the first ten.
    pub lines: Vec<u64>,
    pub fields: Vec<Field>,
}

/// The first reading of a file: which keys come back, and whether with the same facts. It remembers a key and a checksum for
/// each row, not the row.
#[derive(Debug, Default)]
pub struct Tally {
    seen: HashMap<Box<str>, u64>,
    unlike: HashSet<Box<str>>,
}

impl Tally {
    /// Notes a row.
    pub fn note(&mut self, row: &Row) {
        let (key, said) = (row.key().into_boxed_str(), checksum(&row.facts));
        match self.seen.get(&key) {
            None => {
                self.seen.insert(key, said);
            }
            Some(before) if *before != said => {
                self.unlike.insert(key);
            }
            Some(_) => {}
        }
    }

    /// How many rows the list will have.
    pub fn rows(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Ready for the second reading.
    pub fn placing(self) -> Placing {
        Placing {
            left: self.seen.into_keys().collect(),
            unlike: self.unlike,
            merged: BTreeMap::new(),
            duplicates: 0,
        }
    }
}

/// What is remembered of the facts that may contradict.
fn checksum(facts: &Facts) -> u64 {
    let mut hasher = DefaultHasher::new();
    (
        &facts.reference,
        &facts.valid_to,
        &facts.score,
        &facts.state,
        &facts.signed_siret,
    )
        .hash(&mut hasher);
    hasher.finish()
}

/// The second reading: each key once.
#[derive(Debug)]
pub struct Placing {
    left: HashSet<Box<str>>,
    unlike: HashSet<Box<str>>,
    merged: BTreeMap<Box<str>, Merged>,
    duplicates: u64,
}

#[derive(Debug)]
struct Merged {
    row: Row,
    lines: Vec<u64>,
    others: u64,
}

impl Placing {
    /// The row to keep, if it is the first of its key and no other one says something else.
    pub fn place(&mut self, line: u64, row: Row) -> Option<Row> {
        let key = row.key();
        if !self.unlike.contains(key.as_str()) {
            if self.left.remove(key.as_str()) {
                return Some(row);
            }
            self.duplicates += 1;
            return None;
        }
        if let Some(merged) = self.merged.get_mut(key.as_str()) {
            merged.add(row);
            merged.others += 1;
            if merged.lines.len() < LINES {
                merged.lines.push(line);
            }
        } else {
            let merged = Merged {
                row,
                lines: vec![line],
                others: 0,
            };
            self.merged.insert(key.into_boxed_str(), merged);
        }
        None
    }

    /// What remains: the rows made of several, the contradictions, and how many rows said nothing new.
    pub fn finish(self) -> (Vec<Row>, Vec<Contradiction>, u64) {
        let (mut rows, mut contradictions) = (Vec::new(), Vec::new());
        let mut duplicates = self.duplicates;
        for (_, merged) in self.merged {
            let row = merged.row;
            if row.facts.contradicted.is_empty() {
                duplicates += merged.others;
            } else {
                let siret = row.facts.siret.as_ref().map(Siret::as_str);
                contradictions.push(Contradiction {
                    number: siret.unwrap_or(row.siren.as_str()).to_owned(),
                    name: row.name.clone(),
                    lines: merged.lines,
                    fields: row.facts.contradicted.clone(),
                });
            }
            rows.push(row);
        }
        contradictions.sort_by(|a, b| a.lines.cmp(&b.lines));
        (rows, contradictions, duplicates)
    }
}

impl Merged {
    fn add(&mut self, other: Row) {
        let facts = &mut self.row.facts;
        let said = &mut facts.contradicted;
        agree(
            &mut facts.reference,
            other.facts.reference,
            Field::Reference,
            said,
        );
        agree(
            &mut facts.valid_to,
            other.facts.valid_to,
            Field::ValidTo,
            said,
        );
        agree(&mut facts.score, other.facts.score, Field::Score, said);
        agree(&mut facts.state, other.facts.state, Field::State, said);
        agree(
            &mut facts.signed_siret,
            other.facts.signed_siret,
            Field::SignedSiret,
            said,
        );
        self.row.name = self.row.name.take().or(other.name);
        facts.department = facts.department.take().or(other.facts.department);
    }
}

/// One value of both; nothing once they differ, whatever comes after.
fn agree<T: PartialEq>(
    value: &mut Option<T>,
    other: Option<T>,
    field: Field,
    contradicted: &mut Vec<Field>,
) {
    if contradicted.contains(&field) {
        return;
    }
    match (value.as_ref(), other) {
        (None, other) => *value = other,
        (Some(one), Some(other)) if *one != other => {
            *value = None;
            contradicted.push(field);
        }
        _ => {}
    }
}
