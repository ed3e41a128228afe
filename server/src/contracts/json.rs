//! Cuts a JSON file into the texts of its contracts, so that neither its length nor one broken record matters.
//!
//! The cutter follows brackets and strings only; each text is then read on its own, and one that is no JSON goes to quarantine.

use std::io::{BufRead, Bytes};

use serde_json::Value;

use super::element::{Broken, Element, LONGEST, classed};

/// A container that is open, and under which name.
struct Frame {
    is_list: bool,
    name: String,
}

/// Elements of a JSON text, in the order of the file.
pub(super) struct JsonElements<R> {
    bytes: Bytes<R>,
    frames: Vec<Frame>,
    /// The last key seen in the object that is open.
    key: String,
    peeked: Option<u8>,
    started: bool,
    done: bool,
}

impl<R: BufRead> JsonElements<R> {
    pub(super) fn new(read: R) -> Self {
        Self {
            bytes: read.bytes(),
            frames: Vec::new(),
            key: String::new(),
            peeked: None,
            started: false,
            done: false,
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, Broken> {
        match self.peeked.take() {
            Some(byte) => Ok(Some(byte)),
            None => Ok(self.bytes.next().transpose()?),
        }
    }

    /// The rest of a string whose opening quote was read, still escaped.
    fn string(&mut self, into: &mut Vec<u8>) -> Result<(), Broken> {
        loop {
            let byte = self.byte()?.ok_or(Broken::Truncated)?;
            into.push(byte);
            match byte {
                b'"' => return Ok(()),
                b'\\' => into.push(self.byte()?.ok_or(Broken::Truncated)?),
                _ => {}
            }
            if into.len() > LONGEST {
                return Err(Broken::TooLong(LONGEST));
            }
        }
    }

    /// The whole text of an object or list whose opening bracket was read.
    fn block(&mut self, open: u8) -> Result<Vec<u8>, Broken> {
        let mut text = vec![open];
        let mut depth = 1_usize;
        while depth > 0 {
            let byte = self.byte()?.ok_or(Broken::Truncated)?;
            text.push(byte);
            match byte {
                b'"' => self.string(&mut text)?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            if text.len() > LONGEST {
                return Err(Broken::TooLong(LONGEST));
            }
        }
        Ok(text)
    }

    /// What stands between two commas and is neither object, list nor string.
    fn scalar(&mut self, first: u8) -> Result<Vec<u8>, Broken> {
        let mut text = vec![first];
        while let Some(byte) = self.byte()? {
            if matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace() {
                self.peeked = Some(byte);
                break;
            }
            text.push(byte);
        }
        Ok(text)
    }

    /// What a value at this place is: `None` for a container on the way.
    fn place(&self, opens_object: bool) -> Option<Place> {
        let frame = self.frames.last()?;
        let name = if frame.is_list {
            &frame.name
        } else {
            &self.key
        };
        match name.as_str() {
            "contrat-concession" if frame.is_list || opens_object => Some(Place::Concession),
            "marche" if frame.is_list || opens_object => Some(Place::Contract),
            // The lists of 2019, and lists without envelope.
            "marches" | "" if frame.is_list => Some(Place::Contract),
            _ => None,
        }
    }

    fn advance(&mut self) -> Result<Option<Element>, Broken> {
        loop {
            let Some(byte) = self.byte()? else {
                return if !self.started {
                    Err(Broken::NotContracts("it is empty"))
                } else if self.frames.is_empty() {
                    Ok(None)
                } else {
                    Err(Broken::Truncated)
                };
            };
            if byte.is_ascii_whitespace() || byte == b',' || byte == b':' {
                continue;
            }
            if !self.started && !matches!(byte, b'{' | b'[') {
                return Err(Broken::NotContracts("it is no JSON"));
            }
            self.started = true;
            if let Some(found) = self.token(byte)? {
                return Ok(Some(found));
            }
        }
    }

    fn token(&mut self, byte: u8) -> Result<Option<Element>, Broken> {
        match byte {
            b'{' => match self.place(true) {
                Some(place) => {
                    let text = self.block(byte)?;
                    return Ok(Some(place.element(&text)));
                }
                None => self.open(false),
            },
            // A list within a list of contracts only wraps them.
            b'[' => self.open(true),
            b'}' | b']' => {
                self.frames.pop();
                self.key.clear();
            }
            b'"' => {
                let mut text = vec![byte];
                self.string(&mut text)?;
                let in_list = self.frames.last().is_some_and(|frame| frame.is_list);
                if !in_list {
                    self.key = serde_json::from_slice(&text).unwrap_or_default();
                } else if let Some(place) = self.place(false) {
                    return Ok(Some(place.element(&text)));
                }
            }
            _ => {
                let text = self.scalar(byte)?;
                if let Some(place) = self.place(false) {
                    return Ok(Some(place.element(&text)));
                }
            }
        }
        Ok(None)
    }

    fn open(&mut self, is_list: bool) {
        let name = match self.frames.last() {
            Some(frame) if frame.is_list => frame.name.clone(),
            _ => std::mem::take(&mut self.key),
        };
        self.frames.push(Frame { is_list, name });
    }
}

/// What a value is, by where it stands.
#[derive(Clone, Copy)]
enum Place {
    Contract,
    Concession,
}

impl Place {
    fn element(self, text: &[u8]) -> Element {
        match (self, parse(text)) {
            (Self::Concession, Ok(value)) => Element::Concession(value),
            (Self::Contract, Ok(value)) => classed(value),
            (_, Err(reason)) => Element::Unreadable {
                reason,
                text: String::from_utf8_lossy(text).into_owned(),
            },
        }
    }
}

/// Reads one text. Some programs write `NaN`, which JSON does not know: it is no value.
fn parse(text: &[u8]) -> Result<Value, &'static str> {
    if std::str::from_utf8(text).is_err() {
        return Err("not_utf8");
    }
    serde_json::from_slice(text)
        .or_else(|_| serde_json::from_slice(&without_nan(text)))
        .map_err(|_| "not_json")
}

fn without_nan(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let (mut at, mut in_string) = (0, false);
    while let Some(byte) = text.get(at).copied() {
        let rest = text.get(at..).unwrap_or_default();
        let word = ["-Infinity", "Infinity", "NaN"]
            .into_iter()
            .find(|word| !in_string && rest.starts_with(word.as_bytes()));
        if let Some(word) = word {
            out.extend_from_slice(b"null");
            at += word.len();
            continue;
        }
        if in_string && byte == b'\\' {
            out.extend(rest.iter().take(2));
            at += 2;
            continue;
        }
        if byte == b'"' {
            in_string = !in_string;
        }
        out.push(byte);
        at += 1;
    }
    out
}

impl<R: BufRead> Iterator for JsonElements<R> {
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

    fn elements(text: &str) -> Vec<String> {
        JsonElements::new(text.as_bytes())
            .map(|found| match found {
                Ok(Element::Contract(value)) => value
                    .get("id")
                    .map_or_else(|| value.to_string(), |id| id.to_string().replace('"', "")),
                Ok(Element::Concession(_)) => "concession".to_owned(),
                Ok(Element::Unreadable { reason, .. }) => reason.to_owned(),
                Err(broken) => broken.code().to_owned(),
            })
            .collect()
    }

    #[test]
    fn every_known_envelope_gives_its_contracts() {
        for (text, found) in [
            (
                r#"{"marches":{"marche":[{"id":"a"},{"id":"b"}],"contrat-concession":[{"id":"c"}]}}"#,
                "a b concession",
            ),
            (
                r#"{"marches":{"contrat-concession":"","marche":[{"id":"a"}]}}"#,
                "a",
            ),
            (r#"{"marches":{"marche":{"id":"a"}}}"#, "a"),
            (
                r#"{"marches":[{"id":"a","_type":"Marché"},{"id":"b","_type":"Contrat de concession"}]}"#,
                "a concession",
            ),
            (r#"[{"id":"a"},[{"id":"b"}]]"#, "a b"),
            (r#"{"marche":[{"id":"a"}]}"#, "a"),
            (r#"{"marches":{"marche":[]}}"#, ""),
            (r#"{"marches":""}"#, ""),
            (
                r#"{"about":{"list":[1,{"id":"x"}]},"marches":{"marche":[{"id":"a","titulaires":[{"id":"y"}]}]}}"#,
                "a",
            ),
        ] {
            assert_eq!(elements(text).join(" "), found, "{text}");
        }
    }

    #[test]
    fn one_broken_record_does_not_hide_the_others() {
        for (text, found) in [
            (
                r#"{"marches":{"marche":[{"id":"a"},{"id":},{"id":"b"}]}}"#,
                "a not_json b",
            ),
            (
                r#"{"marches":{"marche":[{"id":"a"}],"contrat-concession":[{"id":},{"id":"c"}]}}"#,
                "a not_json concession",
            ),
            (
                r#"{"marches":{"marche":[{"id":"a","montant":NaN},"NaN",null,12]}}"#,
                r#"a "NaN" null 12"#,
            ),
            (
                r#"{"marches":{"marche":[{"id":"a NaN \" {","montant":-Infinity}]}}"#,
                r"a NaN \ {",
            ),
            (
                r#"{"marches":{"marche":[{"id":"a"},{"id":"b""#,
                "a truncated",
            ),
            (r#"{"marches":{"marche":[{"id":"a"}"#, "a truncated"),
            ("", "not_contracts"),
            ("<html>", "not_contracts"),
        ] {
            assert_eq!(elements(text).join(" "), found, "{text}");
        }
    }
}
