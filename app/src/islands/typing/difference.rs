//! What a page has and the server has not, as it is sent and as it is kept in the tab.

use web_sys::UrlSearchParams;

use super::fields::{Field, line, lines, of, same};
use super::page::Page;
use super::{PAGE, kept};

impl Page {
    /// The questions whose answers the server has not, by their place.
    pub(super) fn changes(&self, now: &[Field]) -> Vec<usize> {
        let (base, unsure) = (self.base.borrow(), self.unsure.borrow());
        let changed = |at: usize, field: &Field| {
            !same(of(&base, at, &field.name), &field.values) || unsure.contains(&field.name)
        };
        now.iter()
            .enumerate()
            .filter(|(at, field)| changed(*at, field))
            .map(|(at, _)| at)
            .collect()
    }

    /// The difference, kept in the tab until the server has it; `None` when there is none.
    pub(super) fn keep(&self, now: &[Field]) -> Option<UrlSearchParams> {
        let difference = self.difference(now);
        if let Some(difference) = &difference {
            difference.set(kept::OWNER, &self.owner);
            self.unkept.set(!kept::keep(&self.to, difference));
        } else {
            kept::forget(&self.to);
            self.unkept.set(false);
        }
        difference
    }

    /// These go now: until an answer comes, the server may or may not have them.
    pub(super) fn goes(&self, now: &[Field]) {
        let names: Vec<String> = self
            .changes(now)
            .into_iter()
            .filter_map(|at| now.get(at))
            .map(|field| field.name.clone())
            .collect();
        self.unsure.replace(names);
    }

    pub(super) fn difference(&self, now: &[Field]) -> Option<UrlSearchParams> {
        let changes = self.changes(now);
        let base = self.base.borrow();
        let (had, has) = (lines(&base), lines(now));
        if changes.is_empty() && had == has {
            return None;
        }
        let params = UrlSearchParams::new().ok()?;
        let names = self.names.borrow();
        self.turn.set(self.turn.get() + 1);
        for (name, value) in [
            (PAGE, names.0.as_str()),
            ("after", &names.1),
            ("turn", &self.turn.get().to_string()),
            ("version", &self.version.borrow()),
            ("copy", &self.copy.borrow()),
            ("lines_before", &had.to_string()),
            ("lines", &has.to_string()),
        ] {
            params.append(name, value);
        }
        let mut rows = Vec::new();
        for field in changes.iter().filter_map(|at| now.get(*at)) {
            params.append("changed", &field.name);
            append(&params, &field.name, &field.values);
            match line(&field.name) {
                Some(rank) if rows.contains(&rank) => {}
                Some(rank) => rows.push(rank),
                None => append(&params, &before(&field.name), of(&base, 0, &field.name)),
            }
        }
        // A line is known by what it held.
        for field in base.iter() {
            if line(&field.name).is_some_and(|rank| rows.contains(&rank)) {
                append(&params, &before(&field.name), &field.values);
            }
        }
        Some(params)
    }
}

/// The name under which goes what an answer was before.
pub(super) fn before(name: &str) -> String {
    name.replacen("answers", "before", 1)
}

/// With the line ends of a form.
fn append(params: &UrlSearchParams, name: &str, values: &[String]) {
    for value in values {
        params.append(name, &value.replace('\n', "\r\n"));
    }
}
