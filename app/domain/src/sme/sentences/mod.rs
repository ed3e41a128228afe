//! The sentences of the explanation, in both languages.

mod group;
mod outside;
mod size;

pub(super) use group::*;
pub(super) use outside::*;
pub(super) use size::*;

use super::explain::{Reason, ReasonCode};

fn reason(code: ReasonCode, fr: String, en: String) -> Reason {
    Reason { code, fr, en }
}

/// `A, B et C`.
fn list(names: &[&str], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}
