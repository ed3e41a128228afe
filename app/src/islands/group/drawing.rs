//! The drawing of the group, and the same in text: nested lists, in the same order.

use super::node::Node;
use super::plan::{HEIGHT, WIDTH, fitting, plan};
use super::words::{counted, share_words};
use crate::i18n::{Lang, NO_BREAK};
use domain::sme::{Case, Explanation, Kind, Outcome, Relation, Tie, Tree, TreeNode, tree};

/// A larger group is drawn when it is asked for: its list says the same in less room.
const DRAWN_AT_ONCE: usize = 30;

/// Nothing for an enterprise alone. `outcome`: what counts of each, once it can be computed.
pub fn drawing(lang: Lang, case: &Case, outcome: Option<&Outcome>) -> Vec<Node> {
    let tree = tree(case);
    if tree.nodes.len() < 2 {
        return vec![];
    }
    let lines = outcome.map_or(&[][..], |outcome| &outcome.explanation);
    let line = |name: &str| lines.iter().find(|line| line.enterprise == name);
    let others = tree.nodes.len() - 1;
    let label = match lang {
        Lang::Fr => format!(
            "Schéma du groupe, avec {others} autres que {}. Le même contenu suit en texte.",
            case.target
        ),
        Lang::En => format!(
            "Drawing of the group, with {others} others than {}. The same follows in text.",
            case.target
        ),
    };
    let mut figure = Node::new("details").set("class", "group-figure");
    if tree.nodes.len() <= DRAWN_AT_ONCE {
        figure = figure.set("open", "");
    }
    let summary = |words: &str| Node::new("summary").text(words);
    vec![
        figure.holds([
            summary(lang.pick("Schéma du groupe", "Drawing of the group")),
            svg(lang, label, &tree, &line),
        ]),
        Node::new("details").set("class", "group-twin").holds([
            summary(lang.pick("Le schéma en texte", "The drawing in text")),
            branch(lang, &tree, &line, &mut 0, 0),
        ]),
    ]
}

fn svg<'a>(
    lang: Lang,
    label: String,
    tree: &Tree,
    line: &impl Fn(&str) -> Option<&'a Explanation>,
) -> Node {
    let plan = plan(tree);
    let path = |class: &'static str| {
        move |path: String| Node::new("path").set("class", class).set("d", path)
    };
    let boxes = tree
        .nodes
        .iter()
        .zip(plan.places)
        .flat_map(|(node, place)| {
            let line = line(&node.name);
            let words = |class: &'static str, below: usize, words: String| {
                Node::new("text")
                    .set("class", class)
                    .set("x", place.x + 10)
                    .set("y", place.y + below)
                    .text(words)
            };
            [
                Node::new("rect")
                    .set("class", class(node, line))
                    .set("x", place.x)
                    .set("y", place.y)
                    .set("width", place.width)
                    .set("height", HEIGHT)
                    .set("rx", 7),
                words("node-name", 19, fitting(&node.name, place.width, 90)),
                words(
                    "node-words",
                    36,
                    fitting(&self::words(lang, node, line), place.width, 70),
                ),
            ]
        });
    let svg = Node::new("svg")
        .set("aria-hidden", "true")
        .set("viewBox", format!("0 0 {WIDTH} {}", plan.height))
        .holds(plan.ties.into_iter().map(path("tie")))
        .holds(plan.others.into_iter().map(path("tie tie-other")))
        .holds(boxes);
    Node::new("div")
        .set("class", "group-drawing")
        .set("role", "img")
        .set("aria-label", label)
        .holds([svg])
}

/// The colour only repeats the words.
fn class(node: &TreeNode, line: Option<&Explanation>) -> &'static str {
    match line.map(|line| line.relation) {
        _ if node.is_target => "node node-own",
        Some(Relation::Linked | Relation::Own) => "node node-linked",
        Some(Relation::Partner) => "node node-partner",
        Some(Relation::PublicBody) => "node node-public",
        Some(Relation::Exempt | Relation::Ignored) => "node node-out",
        None => "node",
    }
}

/// `60 %, liée, comptée à 100 %`, as short as a box.
fn words(lang: Lang, node: &TreeNode, line: Option<&Explanation>) -> String {
    let share = node.tie.as_ref().map(|tie| {
        let share = tie.capital.max(tie.votes).display(lang);
        match tie.control {
            Some(_) => format!("{share}, {}", lang.pick("contrôle", "control")),
            None => share,
        }
    });
    let parts = [share, line.map(|line| counted(lang, line))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The list of the nodes of one depth from `next` on, with what hangs below each.
fn branch<'a>(
    lang: Lang,
    tree: &Tree,
    line: &impl Fn(&str) -> Option<&'a Explanation>,
    next: &mut usize,
    depth: usize,
) -> Node {
    let mut items = Vec::new();
    while let Some(node) = tree.nodes.get(*next).filter(|node| node.depth == depth) {
        let rank = *next;
        *next += 1;
        let words = sentence(lang, tree, rank, node, line(&node.name));
        let deeper = tree.nodes.get(*next).is_some_and(|node| node.depth > depth);
        let below = deeper.then(|| branch(lang, tree, line, next, depth + 1));
        items.push(Node::new("li").text(words).holds(below));
    }
    Node::new("ul").holds(items)
}

/// All that the drawing says of a node, in one sentence.
fn sentence(
    lang: Lang,
    tree: &Tree,
    rank: usize,
    node: &TreeNode,
    line: Option<&Explanation>,
) -> String {
    let mut words = node.name.clone();
    if !matches!(node.kind, Kind::Enterprise) {
        words = format!("{words} ({})", node.kind.label().get(lang));
    }
    let others = tree.others.iter().filter(|tie| tie.held == rank);
    for tie in node.tie.iter().chain(others) {
        words.push_str(&held_by(lang, tree, tie));
    }
    if let Some(line) = line {
        let counted = counted(lang, line);
        match lang {
            Lang::Fr => words.extend([NO_BREAK, ':', ' ']),
            Lang::En => words.push_str(": "),
        }
        words.push_str(&lower(&counted));
    }
    words.push('.');
    words
}

fn held_by(lang: Lang, tree: &Tree, tie: &Tie) -> String {
    let holder = tree.nodes.get(tie.holder).map_or("", |node| &node.name);
    let share = share_words(lang, tie.capital, tie.votes, tie.control);
    match lang {
        Lang::Fr => format!(", détenue à {share} par {holder}"),
        Lang::En => format!(", held at {share} by {holder}"),
    }
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
