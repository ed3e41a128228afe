//! Every address of the portal, from its routes: pages, server functions, and the table of the others, which a test keeps whole.

use std::collections::BTreeMap;
use std::fmt::Write;

use leptos::server_fn::axum::server_fn_paths;
use server::http::leptos::page_paths;
use server::state::AppState;

use super::chance::{Chance, MARK};
use crate::access::PLAIN;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    pub(super) post: bool,
    /// As in the router: `/declarations/{id}`.
    pub(super) route: String,
}

pub(super) fn all(state: &AppState) -> Vec<Address> {
    let functions = server_fn_paths().map(|(path, _)| (true, path.to_owned()));
    let pages = page_paths(state).into_iter().map(|path| (false, path));
    let plain = PLAIN.iter().filter_map(|row| {
        let (method, route) = row.split_once(' ').unwrap();
        route
            .starts_with('/')
            .then(|| (method == "POST", route.replace("{*name}", "{name}")))
    });
    functions
        .chain(pages)
        .chain(plain)
        .map(|(post, route)| Address { post, route })
        .collect()
}

/// What stands for each parameter of a route in a path, if the path is one of this route.
pub(super) fn parameters<'a>(route: &'a str, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let path = path.split('?').next()?;
    let (wanted, found): (Vec<_>, Vec<_>) = (route.split('/').collect(), path.split('/').collect());
    if wanted.len() != found.len() {
        return None;
    }
    let mut parameters = vec![];
    for (wanted, found) in wanted.into_iter().zip(found) {
        match wanted.strip_prefix('{') {
            Some(name) => parameters.push((name.strip_suffix('}')?, found)),
            None if wanted != found => return None,
            None => {}
        }
    }
    Some(parameters)
}

/// The values seen for each parameter, by its name.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<String, Vec<String>>);

impl Seen {
    pub(super) fn note(&mut self, addresses: &[Address], path: &str) {
        for (name, value) in addresses
            .iter()
            .filter_map(|address| parameters(&address.route, path))
            .flatten()
        {
            let values = self.0.entry(name.to_owned()).or_default();
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.0.get("id").cloned().unwrap_or_default()
    }

    /// A path of this route, most often one that exists.
    pub(super) fn path(&self, route: &str, chance: &mut Chance) -> String {
        let odd = chance.one_in(4);
        let segments = route.split('/').map(|segment| {
            let Some(name) = segment
                .strip_prefix('{')
                .and_then(|one| one.strip_suffix('}'))
            else {
                return segment.to_owned();
            };
            match self.0.get(name) {
                Some(values) if !odd || chance.one_in(2) => chance.pick(values).clone(),
                _ => piece(chance, &self.ids()),
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }
}

/// A segment of a path that names nothing.
fn piece(chance: &mut Chance, ids: &[String]) -> String {
    match chance.below(5) {
        0 => "%00".to_owned(),
        1 => "%FF%C3".to_owned(),
        2 => "-1".to_owned(),
        _ => {
            let mut value = chance.odd(ids);
            value.truncate(600);
            if value.is_empty() {
                value = MARK.into();
            }
            escaped(&value)
        }
    }
}

/// Bytes as a form or an address sends them.
pub(super) fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-_.[]".contains(byte) {
            text.push(char::from(*byte));
        } else {
            write!(text, "%{byte:02X}").unwrap();
        }
    }
    text
}
