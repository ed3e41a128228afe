//! The drawing of the group, and the same in text: nested lists, in the same order.

use domain::sme::{Case, Explanation, Kind, Outcome, Relation, Tie, Tree, TreeNode, tree};
use leptos::prelude::*;

use super::plan::{HEIGHT, WIDTH, fitting, plan};
use super::words::{counted, share_words};
use crate::i18n::{Lang, NO_BREAK};

/// A larger group is drawn when it is asked for: its list says the same in less room.
const DRAWN_AT_ONCE: usize = 30;

/// Nothing for an enterprise alone. `outcome`: what counts of each, once it can be computed.
#[component]
pub fn Drawing(lang: Lang, case: Case, outcome: Option<Outcome>) -> AnyView {
    let tree = tree(&case);
    if tree.nodes.len() < 2 {
        return ().into_any();
    }
    let lines = outcome.map_or_else(Vec::new, |outcome| outcome.explanation);
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
    let open = tree.nodes.len() <= DRAWN_AT_ONCE;
    let twin = branch(lang, &tree, &line, &mut 0, 0);
    view! {
        <details class="group-figure" open=open>
            <summary>{lang.pick("Schéma du groupe", "Drawing of the group")}</summary>
            {svg(lang, label, &tree, &line)}
        </details>
        <details class="group-twin">
            <summary>{lang.pick("Le schéma en texte", "The drawing in text")}</summary>
            {twin}
        </details>
    }
    .into_any()
}

fn svg<'a>(
    lang: Lang,
    label: String,
    tree: &Tree,
    line: &impl Fn(&str) -> Option<&'a Explanation>,
) -> AnyView {
    let plan = plan(tree);
    let ties = plan
        .ties
        .into_iter()
        .map(|path| view! { <path class="tie" d=path></path> })
        .collect_view();
    let others = plan
        .others
        .into_iter()
        .map(|path| view! { <path class="tie tie-other" d=path></path> })
        .collect_view();
    let boxes = tree
        .nodes
        .iter()
        .zip(plan.places)
        .map(|(node, place)| {
            let line = line(&node.name);
            let x = place.x + 10;
            view! {
                <rect class=class(node, line) x=place.x y=place.y width=place.width height=HEIGHT rx="7"></rect>
                <text class="node-name" x=x y=place.y + 19>
                    {fitting(&node.name, place.width, 90)}
                </text>
                <text class="node-words" x=x y=place.y + 36>
                    {fitting(&words(lang, node, line), place.width, 70)}
                </text>
            }
        })
        .collect_view();
    view! {
        <div class="group-drawing" role="img" aria-label=label>
            <svg aria-hidden="true" viewBox=format!("0 0 {WIDTH} {}", plan.height)>
                {ties}
                {others}
                {boxes}
            </svg>
        </div>
    }
    .into_any()
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
) -> AnyView {
    let mut items = Vec::new();
    while let Some(node) = tree.nodes.get(*next).filter(|node| node.depth == depth) {
        let rank = *next;
        *next += 1;
        let words = sentence(lang, tree, rank, node, line(&node.name));
        let deeper = tree.nodes.get(*next).is_some_and(|node| node.depth > depth);
        let below = deeper.then(|| branch(lang, tree, line, next, depth + 1));
        items.push(view! { <li>{words} {below}</li> });
    }
    view! { <ul>{items}</ul> }.into_any()
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
