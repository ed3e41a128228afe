//! What one page changed in a step since it was drawn, and how it joins what was stored meanwhile.
//!
//! Invariants: an answer that somebody else changed in between is never replaced in silence; a line is known by what it
//! holds, never by its rank alone; the same difference joined twice changes nothing the second time.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Lines that a step may have at most.
pub const MOST_LINES: usize = 200;

/// The key of the lines in the answers of a step.
const LINES: &str = "rows";

/// Every answer to one question: none of a question that is left open, several where several are possible.
type Given = Vec<String>;

/// What a page changed. Names are those of the form: `answers[declare]`, `answers[rows][0][publics][]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    fields: BTreeMap<String, (Given, Given)>,
    rows: BTreeMap<usize, RowChange>,
    /// How many lines the page had, and has.
    lines: Option<(usize, usize)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct RowChange {
    /// The whole line as the page had it.
    before: BTreeMap<String, Given>,
    after: BTreeMap<String, Given>,
}

/// A difference that is not written as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// The answers once a difference joined them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined<S> {
    /// To be stored.
    pub stored: S,
    /// What the author of the difference had before the eyes, where it could not be stored.
    pub typed: S,
    /// The names, as in the form, of the answers that somebody else changed too.
    pub held: Vec<String>,
}

impl Difference {
    /// Reads what a page sends: `changed` names an answer, its values follow under its name, and those that it had before
    /// under the same name with `before` in the place of `answers`.
    pub fn read(pairs: &[(String, String)]) -> Result<Self, Unreadable> {
        let mut difference = Self::default();
        let number = |wanted: &str| {
            pairs
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.parse::<usize>().map_err(|_| Unreadable))
                .transpose()
        };
        difference.lines = number("lines_before")?.zip(number("lines")?);
        if difference
            .lines
            .is_some_and(|(before, now)| before.max(now) > MOST_LINES)
        {
            return Err(Unreadable);
        }
        let mut changed = BTreeSet::new();
        for (_, name) in pairs.iter().filter(|(name, _)| name == "changed") {
            match place(name, "answers[")? {
                Place::Field(field) => {
                    difference.fields.entry(field.clone()).or_default();
                    changed.insert((None, field));
                }
                Place::InRow(rank, field) => {
                    let row = difference.rows.entry(rank).or_default();
                    row.after.entry(field.clone()).or_default();
                    changed.insert((Some(rank), field));
                }
            }
        }
        for (name, value) in pairs {
            let before = name.starts_with("before[");
            if !before && !name.starts_with("answers[") {
                continue;
            }
            let given = match place(name, if before { "before[" } else { "answers[" })? {
                Place::Field(field) => difference
                    .fields
                    .get_mut(&field)
                    .map(|(old, new)| if before { old } else { new }),
                Place::InRow(rank, field) => difference.rows.get_mut(&rank).and_then(|row| {
                    if before {
                        Some(row.before.entry(field).or_default())
                    } else {
                        row.after.get_mut(&field)
                    }
                }),
            };
            if let Some(given) = given {
                given.push(value.clone());
            }
        }
        Ok(difference)
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.rows.is_empty() && self.lines.is_none_or(|(a, b)| a == b)
    }

    /// Joins the difference to the answers. `in_step`: nobody else changed them since the page was drawn.
    pub fn join<S>(&self, stored: &S, in_step: bool) -> Result<Joined<S>, Unreadable>
    where
        S: Serialize + DeserializeOwned,
    {
        let mut now = object(serde_json::to_value(stored))?;
        let mut typed = now.clone();
        let mut held = Vec::new();
        for (field, (before, after)) in &self.fields {
            let Some(current) = now.get(field).filter(|_| field != LINES).cloned() else {
                // A question of another version of the form.
                continue;
            };
            let wanted = as_kind(&current, after);
            if in_step || same(&current, &as_kind(&current, before)) || same(&current, &wanted) {
                now.insert(field.clone(), wanted.clone());
            } else {
                held.push(format!("answers[{field}]"));
            }
            typed.insert(field.clone(), wanted);
        }
        if let Some(lines) = now.get(LINES).and_then(Value::as_array).cloned() {
            let blank = blank_row::<S>()?;
            let mut rows = Rows {
                now: lines.clone(),
                typed: lines,
                blank,
            };
            self.join_rows(&mut rows, in_step, &mut held);
            now.insert(LINES.to_owned(), Value::Array(rows.now));
            typed.insert(LINES.to_owned(), Value::Array(rows.typed));
        }
        Ok(Joined {
            stored: read_back(now)?,
            typed: read_back(typed)?,
            held,
        })
    }

    fn join_rows(&self, rows: &mut Rows, in_step: bool, held: &mut Vec<String>) {
        // Lines that went or came shift the others: they only join what the page knew.
        let moved = self.lines.is_some_and(|(before, now)| before != now);
        for (rank, change) in &self.rows {
            let current = rows.now.get(*rank).cloned();
            let joins = if in_step {
                true
            } else {
                let before = rows.line(&change.before, None);
                let known = match &current {
                    Some(line) => same(line, &before),
                    None => *rank == rows.now.len() && before == rows.blank,
                };
                let mine = rows.line(&change.after, Some(&before));
                (known && !moved) || current.is_some_and(|line| same(&line, &mine))
            };
            if joins {
                rows.put(*rank, &change.after);
            } else {
                let before = rows.line(&change.before, None);
                let mine = rows.line(&change.after, Some(&before));
                set(&mut rows.typed, *rank, mine, &rows.blank);
                held.extend(
                    change
                        .after
                        .keys()
                        .map(|name| format!("answers[{LINES}][{rank}][{name}]")),
                );
            }
        }
        if let Some((_, left)) = self.lines.filter(|_| moved) {
            if in_step {
                rows.now.truncate(left);
                rows.typed.truncate(left);
            } else if rows.now.len() > left {
                held.push(format!("answers[{LINES}]"));
            }
        }
    }
}

/// The lines on their way to be joined.
struct Rows {
    now: Vec<Value>,
    typed: Vec<Value>,
    blank: Value,
}

impl Rows {
    /// A line with these answers, over another one or over a blank one.
    fn line(&self, given: &BTreeMap<String, Given>, over: Option<&Value>) -> Value {
        let mut line = over.unwrap_or(&self.blank).clone();
        if let Some(line) = line.as_object_mut() {
            for (name, answers) in given {
                if let Some(current) = line.get(name).cloned() {
                    line.insert(name.clone(), as_kind(&current, answers));
                }
            }
        }
        line
    }

    fn put(&mut self, rank: usize, given: &BTreeMap<String, Given>) {
        let line = self.line(given, self.now.get(rank));
        set(&mut self.now, rank, line.clone(), &self.blank);
        set(&mut self.typed, rank, line, &self.blank);
    }
}

fn set(rows: &mut Vec<Value>, rank: usize, line: Value, blank: &Value) {
    while rows.len() <= rank {
        rows.push(blank.clone());
    }
    if let Some(place) = rows.get_mut(rank) {
        *place = line;
    }
}

/// Where an answer is.
enum Place {
    Field(String),
    InRow(usize, String),
}

/// The place of a name of the form, without its root and without the mark of a list.
fn place(name: &str, root: &str) -> Result<Place, Unreadable> {
    let path = name
        .strip_prefix(root)
        .and_then(|rest| rest.strip_suffix(']'))
        .ok_or(Unreadable)?;
    let path = path.strip_suffix("][").unwrap_or(path);
    let keys: Vec<&str> = path.split("][").collect();
    match keys.as_slice() {
        [field] if !field.is_empty() => Ok(Place::Field((*field).to_owned())),
        [LINES, rank, field] if !field.is_empty() => {
            let rank: usize = rank.parse().map_err(|_| Unreadable)?;
            if rank >= MOST_LINES {
                return Err(Unreadable);
            }
            Ok(Place::InRow(rank, (*field).to_owned()))
        }
        _ => Err(Unreadable),
    }
}

/// Answers in the shape of those that are stored: a list, or one text.
fn as_kind(current: &Value, given: &Given) -> Value {
    if current.is_array() {
        Value::Array(given.iter().cloned().map(Value::String).collect())
    } else {
        Value::String(given.last().cloned().unwrap_or_default())
    }
}

/// Equal but for the line ends, which browsers write in their own way.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => line_ends(one) == line_ends(other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A line that nobody filled in, as the step stores it.
fn blank_row<S: Serialize + DeserializeOwned>() -> Result<Value, Unreadable> {
    let one = Map::from_iter([(
        LINES.to_owned(),
        Value::Array(vec![Value::Object(Map::new())]),
    )]);
    let step: S = read_back(one)?;
    let step = object(serde_json::to_value(&step))?;
    step.get(LINES)
        .and_then(Value::as_array)
        .and_then(|rows| rows.first())
        .cloned()
        .ok_or(Unreadable)
}

fn object(value: serde_json::Result<Value>) -> Result<Map<String, Value>, Unreadable> {
    match value {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Unreadable),
    }
}

fn read_back<S: DeserializeOwned>(object: Map<String, Value>) -> Result<S, Unreadable> {
    serde_json::from_value(Value::Object(object)).map_err(|_| Unreadable)
}
