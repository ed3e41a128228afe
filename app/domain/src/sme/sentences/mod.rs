//! The sentences of the explanation, in both languages.

mod group;
mod outside;
mod size;

pub(super) use group::*;
pub(super) use outside::*;
pub(super) use size::*;

use super::explain::{Reason, ReasonCode};
use super::graph::{Graph, Node};

fn reason(code: ReasonCode, fr: String, en: String) -> Reason {
    Reason { code, fr, en }
}

/// More names than this are counted: a sentence stays one, and an explanation does not grow with the square of the group.
const NAMED: usize = 10;

/// `A, B et C`; beyond ten, `A, B, … et 12 autres`.
fn list(graph: &Graph<'_>, nodes: &[Node], and: &str) -> String {
    let mut out = String::new();
    if nodes.len() > NAMED + 1 {
        for node in nodes.iter().take(NAMED) {
            out.push_str(graph.name(*node));
            out.push_str(", ");
        }
        out.truncate(out.len() - 2);
        let others = if and == "et" { "autres" } else { "others" };
        let rest = nodes.len() - NAMED;
        return format!("{out} {and} {rest} {others}");
    }
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            if index + 1 == nodes.len() {
                out.push(' ');
                out.push_str(and);
                out.push(' ');
            } else {
                out.push_str(", ");
            }
        }
        out.push_str(graph.name(*node));
    }
    out
}
