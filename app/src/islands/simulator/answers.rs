//! What was typed into the simulator, as typed: it travels in the address of the page, or in a posted form.
//!
//! Invariant: reading never fails and keeps what was typed, right or wrong; only unknown names and rows beyond the limits
//! are dropped.

use std::collections::BTreeMap;

use domain::sme::Kind;
use serde::{Deserialize, Serialize};

/// Rows accepted besides the enterprise asked about.
pub const MAX_ENTITIES: usize = 20;
pub const MAX_HOLDINGS: usize = 40;
/// Longest answer kept, in characters.
const MAX_LENGTH: usize = 120;

/// The whole form. Entity 0 is the enterprise asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    pub entities: Vec<Entity>,
    pub holdings: Vec<Share>,
    /// Category of the previous period; empty when unknown.
    pub previous: String,
}

/// An enterprise, a person or a body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable number of the row, in the names of its fields.
    pub id: u32,
    pub name: String,
    pub kind: String,
    pub awu: String,
    pub turnover: String,
    pub balance: String,
    /// A person whose enterprises act on the same market or on adjacent ones.
    pub market: bool,
    /// The number of the group of persons who act together; empty when alone.
    pub group: String,
}

/// A holding of one entity in another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub id: u32,
    /// Row number of the holder, as typed.
    pub holder: String,
    pub held: String,
    pub capital: String,
    pub votes: String,
    pub control: String,
    pub invested: String,
}

/// What a button of the form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Check,
    AddEntity,
    AddHolding,
    RemoveEntity(u32),
    RemoveHolding(u32),
}

impl Act {
    /// Reads the value of the button named `do`.
    pub fn from_value(value: &str) -> Option<Self> {
        match value {
            "check" => Some(Self::Check),
            "add-entity" => Some(Self::AddEntity),
            "add-holding" => Some(Self::AddHolding),
            _ => {
                let (what, id) = value.rsplit_once('-')?;
                let id = id.parse().ok()?;
                match what {
                    "remove-entity" => Some(Self::RemoveEntity(id)),
                    "remove-holding" => Some(Self::RemoveHolding(id)),
                    _ => None,
                }
            }
        }
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            entities: vec![Entity::default()],
            holdings: Vec::new(),
            previous: String::new(),
        }
    }
}

impl Answers {
    /// Reads the fields of the form, in any order.
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut entities = BTreeMap::from([(0, Entity::default())]);
        let mut holdings = BTreeMap::new();
        let mut previous = String::new();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), shortened(value.as_ref()));
            if name == "previous" {
                previous = value;
                continue;
            }
            let Some((row, field)) = name.split_once('-') else {
                continue;
            };
            if let Some(id) = row_number(row, 'e') {
                let full = entities.len() > MAX_ENTITIES && !entities.contains_key(&id);
                if !full {
                    let entity = entities.entry(id).or_insert_with(|| Entity {
                        id,
                        ..Entity::default()
                    });
                    entity.set(field, value);
                }
            } else if let Some(id) = row_number(row, 'h') {
                let full = holdings.len() >= MAX_HOLDINGS && !holdings.contains_key(&id);
                if !full {
                    let holding = holdings.entry(id).or_insert_with(|| Share {
                        id,
                        ..Share::default()
                    });
                    holding.set(field, value);
                }
            }
        }
        Self {
            entities: entities.into_values().collect(),
            holdings: holdings.into_values().collect(),
            previous,
        }
    }

    /// The enterprise asked about.
    pub fn own(&self) -> Option<&Entity> {
        self.entities.first()
    }

    /// True when nothing was typed about the enterprise itself.
    pub fn is_blank(&self) -> bool {
        self.own().is_none_or(|own| {
            own.awu.is_empty() && own.turnover.is_empty() && own.balance.is_empty()
        })
    }

    pub fn entity(&self, id: u32) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }

    pub fn holding(&self, id: u32) -> Option<&Share> {
        self.holdings.iter().find(|holding| holding.id == id)
    }

    /// Does what a button asks; answers the id of the field where one goes on typing.
    pub fn apply(&mut self, act: Act) -> Option<String> {
        match act {
            Act::Check | Act::RemoveEntity(0) => None,
            Act::AddEntity => {
                if self.entities.len() > MAX_ENTITIES {
                    return None;
                }
                let id = next(self.entities.iter().map(|entity| entity.id));
                self.entities.push(Entity {
                    id,
                    kind: Kind::Enterprise.name().to_owned(),
                    ..Entity::default()
                });
                // Most often the new one holds the enterprise asked about: its row is ready.
                self.add_holding(id.to_string(), "0".to_owned());
                Some(format!("e{id}-name"))
            }
            Act::AddHolding => self
                .add_holding(String::new(), String::new())
                .map(|id| format!("h{id}-holder")),
            Act::RemoveEntity(id) => {
                self.entities.retain(|entity| entity.id != id);
                let name = id.to_string();
                self.holdings
                    .retain(|holding| holding.holder != name && holding.held != name);
                Some("add-entity".to_owned())
            }
            Act::RemoveHolding(id) => {
                self.holdings.retain(|holding| holding.id != id);
                Some("add-holding".to_owned())
            }
        }
    }

    fn add_holding(&mut self, holder: String, held: String) -> Option<u32> {
        if self.holdings.len() >= MAX_HOLDINGS {
            return None;
        }
        let id = next(self.holdings.iter().map(|holding| holding.id));
        self.holdings.push(Share {
            id,
            holder,
            held,
            ..Share::default()
        });
        Some(id)
    }
}

impl Entity {
    fn set(&mut self, field: &str, value: String) {
        match field {
            "name" => self.name = value,
            "kind" => self.kind = value,
            "awu" => self.awu = value,
            "turnover" => self.turnover = value,
            "balance" => self.balance = value,
            "market" => self.market = !value.is_empty(),
            "group" => self.group = value,
            _ => {}
        }
    }
}

impl Share {
    fn set(&mut self, field: &str, value: String) {
        match field {
            "holder" => self.holder = value,
            "held" => self.held = value,
            "capital" => self.capital = value,
            "votes" => self.votes = value,
            "control" => self.control = value,
            "invested" => self.invested = value,
            _ => {}
        }
    }
}

fn next(ids: impl Iterator<Item = u32>) -> u32 {
    ids.max().unwrap_or_default().saturating_add(1)
}

fn row_number(row: &str, prefix: char) -> Option<u32> {
    let digits = row.strip_prefix(prefix)?;
    if digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn shortened(value: &str) -> String {
    value.trim().chars().take(MAX_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn reading_keeps_what_was_typed_in_any_order() {
        let answers = Answers::from_pairs([
            ("h2-capital", " 30 "),
            ("e3-name", "Holding"),
            ("e0-awu", "douze"),
            ("h2-holder", "3"),
            ("e3-market", "yes"),
            ("unknown", "x"),
            ("e99999-name", "x"),
            ("e-name", "x"),
            ("previous", "small"),
        ]);
        assert_eq!(answers.entities.len(), 2);
        assert_eq!(answers.own().unwrap().awu, "douze");
        assert!(answers.entity(3).unwrap().market);
        assert_eq!(answers.holding(2).unwrap().capital, "30");
        assert_eq!(answers.previous, "small");
    }

    #[test]
    fn rows_are_added_and_removed_with_their_holdings() {
        let mut answers = Answers::default();
        assert_eq!(answers.apply(Act::AddEntity).as_deref(), Some("e1-name"));
        assert_eq!(answers.apply(Act::AddEntity).as_deref(), Some("e2-name"));
        assert_eq!(answers.holdings.len(), 2);
        assert_eq!(answers.holding(1).unwrap().held, "0");
        assert_eq!(answers.apply(Act::AddHolding).as_deref(), Some("h3-holder"));
        answers.apply(Act::RemoveEntity(1));
        assert_eq!(answers.entities.len(), 2);
        assert_eq!(answers.holdings.len(), 2);
        answers.apply(Act::RemoveHolding(3));
        assert_eq!(answers.holdings.len(), 1);
        assert_eq!(answers.apply(Act::RemoveEntity(0)), None);
        assert_eq!(answers.entities.len(), 2);
    }

    #[test]
    fn rows_are_limited() {
        let mut answers = Answers::default();
        for _ in 0..100 {
            answers.apply(Act::AddEntity);
            answers.apply(Act::AddHolding);
        }
        assert_eq!(answers.entities.len(), MAX_ENTITIES + 1);
        assert_eq!(answers.holdings.len(), MAX_HOLDINGS);
        let pairs = (0..9999).map(|id| (format!("e{id}-name"), "x".repeat(500)));
        let answers = Answers::from_pairs(pairs);
        assert_eq!(answers.entities.len(), MAX_ENTITIES + 1);
        assert_eq!(answers.own().unwrap().name.len(), 120);
    }

    #[test]
    fn buttons_say_what_they_do() {
        assert_eq!(Act::from_value("check"), Some(Act::Check));
        assert_eq!(
            Act::from_value("remove-entity-12"),
            Some(Act::RemoveEntity(12))
        );
        assert_eq!(Act::from_value("remove-entity-"), None);
        assert_eq!(Act::from_value("drop-entity-1"), None);
        assert_eq!(Act::from_value(""), None);
    }
}
