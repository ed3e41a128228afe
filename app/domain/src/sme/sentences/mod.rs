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

/// `A, B et C`.
fn list(graph: &Graph<'_>, nodes: &[Node], and: &str) -> String {
    let mut out = String::new();
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
