//! Reads the XML form of the official format: each `<marche>` becomes the same element as in JSON.
//!
//! Entities that a document defines are not followed: a record that uses one goes to quarantine, and no document type can
//! make the text longer than it is.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value, json};

use super::element::{Broken, Element, LONGEST};

/// Lists whose items keep their own name around them, as in JSON.
const WRAPPED: [&str; 4] = [
    "titulaires",
    "modifications",
    "actesSousTraitance",
    "modificationsActesSousTraitance",
];

/// Elements of an XML document, in its order.
pub(super) struct XmlElements<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    /// Elements that are open around the contracts.
    depth: usize,
    started: bool,
    done: bool,
}

impl<R: BufRead> XmlElements<R> {
    pub(super) fn new(read: R) -> Self {
        let mut reader = Reader::from_reader(read);
        reader.config_mut().trim_text(false);
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            started: false,
            done: false,
        }
    }

    fn advance(&mut self) -> Result<Option<Element>, Broken> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(broken)? {
                Event::Start(tag) => {
                    self.started = true;
                    let name = tag.local_name().as_ref().to_owned();
                    match name.as_str() {
                        "marche" => return self.contract().map(Some),
                        "contrat-concession" => {
                            let value = self.node("", 0, &mut Vec::new())?;
                            return Ok(Some(Element::Concession(value)));
                        }
                        _ => self.depth += 1,
                    }
                }
                Event::End(_) => self.depth = self.depth.saturating_sub(1),
                Event::Eof => {
                    return match (self.started, self.depth) {
                        (false, _) => Err(Broken::NotContracts("it is no XML")),
                        (true, 0) => Ok(None),
                        (true, _) => Err(Broken::Truncated),
                    };
                }
                _ => {}
            }
        }
    }

    fn contract(&mut self) -> Result<Element, Broken> {
        let mut unknown = Vec::new();
        let value = self.node("", 0, &mut unknown)?;
        Ok(if unknown.is_empty() {
            Element::Contract(value)
        } else {
            Element::Unreadable {
                reason: "xml_entity",
                text: value.to_string(),
            }
        })
    }

    /// The content of the element that was just opened, to its end. `unknown` gathers entities that have no meaning here.
    fn node(
        &mut self,
        name_of: &str,
        depth: usize,
        unknown: &mut Vec<String>,
    ) -> Result<Value, Broken> {
        if depth > 64 {
            return Err(Broken::NotContracts("elements within elements without end"));
        }
        let mut children: Vec<(String, Value)> = Vec::new();
        let mut text = String::new();
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(broken)? {
                Event::Start(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    let value = self.node(&name, depth + 1, unknown)?;
                    children.push((name, value));
                }
                Event::Empty(tag) => {
                    children.push((tag.local_name().as_ref().to_owned(), Value::Null));
                }
                Event::Text(part) => text.push_str(&part),
                Event::CData(part) => text.push_str(&part),
                Event::GeneralRef(entity) => {
                    let character = entity.resolve_char_ref().map_err(broken)?;
                    match character.or_else(|| predefined(&entity)) {
                        Some(character) => text.push(character),
                        None => unknown.push(entity.to_string()),
                    }
                }
                Event::End(_) => break,
                Event::Eof => return Err(Broken::Truncated),
                _ => {}
            }
            if text.len() > LONGEST {
                return Err(Broken::TooLong(LONGEST));
            }
        }
        Ok(if children.is_empty() {
            match text.trim() {
                "" => Value::Null,
                text => Value::from(text),
            }
        } else if WRAPPED.contains(&name_of) {
            children
                .into_iter()
                .map(|(name, value)| json!({ name: value }))
                .collect()
        } else {
            gathered(children)
        })
    }
}

fn predefined(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Children as fields; one name several times is a list.
fn gathered(children: Vec<(String, Value)>) -> Value {
    let mut fields: Map<String, Value> = Map::new();
    for (name, value) in children {
        match fields.get_mut(&name) {
            None => {
                fields.insert(name, value);
            }
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(fields)
}

fn broken(error: quick_xml::Error) -> Broken {
    match error {
        quick_xml::Error::Io(error) => {
            Broken::Read(std::io::Error::new(error.kind(), error.to_string()))
        }
        quick_xml::Error::Syntax(_) => Broken::Truncated,
        _ => Broken::NotContracts("it is no well-formed XML"),
    }
}

impl<R: BufRead> Iterator for XmlElements<R> {
    type Item = Result<Element, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let found = self.advance().transpose();
        self.done = !matches!(found, Some(Ok(_)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(text: &str) -> Vec<Result<Element, Broken>> {
        XmlElements::new(text.as_bytes()).collect()
    }

    #[test]
    fn a_contract_in_xml_is_the_same_as_in_json() {
        let text = "<?xml version=\"1.0\"?><marches><marche><id>A &amp; B</id><titulaires><titulaire><id>1</id>\
            </titulaire></titulaires><techniques><technique>x</technique><technique>y</technique></techniques>\
            </marche><contrat-concession><id>c</id></contrat-concession></marches>";
        let found: Vec<_> = elements(text).into_iter().map(Result::ok).collect();
        assert_eq!(
            found,
            [
                Some(Element::Contract(json!({
                    "id": "A & B",
                    "titulaires": [{"titulaire": {"id": "1"}}],
                    "techniques": {"technique": ["x", "y"]},
                }))),
                Some(Element::Concession(json!({ "id": "c" })))
            ]
        );
    }

    #[test]
    fn entities_of_a_document_are_not_followed() {
        let text = "<!DOCTYPE m [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><marches><marche><id>&e;</id></marche>\
            <marche><id>b</id></marche></marches>";
        let found: Vec<_> = elements(text)
            .into_iter()
            .map(|found| matches!(found, Ok(Element::Contract(_))))
            .collect();
        assert_eq!(found, [false, true]);
    }

    #[test]
    fn a_document_that_stops_is_said_to() {
        for text in [
            "<marches><marche><id>a",
            "<marches><marche><id>a</id></marche>",
        ] {
            let last = elements(text).pop();
            assert!(
                matches!(last, Some(Err(Broken::Truncated))),
                "{text}: {last:?}"
            );
        }
    }
}
