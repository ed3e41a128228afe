//! The arithmetic enterprise by enterprise: what each is, which part of it counts, the totals, the ceilings beside them.

use domain::decimal::{Hundredths, Percent};
use domain::sme::{Category, Consolidated, Explanation, Outcome};
use leptos::prelude::*;

use super::node::Node;
use super::words::relation;
use crate::i18n::{Lang, euros};

/// The table, and the rule under it.
pub fn arithmetic(lang: Lang, outcome: &Outcome) -> Vec<Node> {
    let reference = if outcome.eu_category.is_sme() {
        outcome.eu_category
    } else {
        Category::Medium
    };
    let (staff, turnover, balance) = reference.ceilings().unwrap_or_default();
    let amount = |value: i64| euros(lang, Hundredths::from_units(value));
    let label = reference.label().get(lang);
    let (ceiling, below) = match lang {
        Lang::Fr => (format!("Plafond, {label}"), format!("moins de {staff}")),
        Lang::En => (format!("Ceiling, {label}"), format!("fewer than {staff}")),
    };
    let caption = lang.pick(
        "Calcul, entreprise par entreprise",
        "Computation, enterprise by enterprise",
    );
    let heads = [
        lang.pick("Entreprise", "Enterprise"),
        lang.pick("Rôle", "Role"),
        lang.pick("Part comptée", "Part counted"),
        lang.pick("Effectif", "Staff"),
        lang.pick("Chiffre d’affaires", "Turnover"),
        lang.pick("Total du bilan", "Balance sheet total"),
    ];
    let heads = heads.into_iter().enumerate().map(|(rank, words)| {
        let head = Node::new("th").set("scope", "col").text(words);
        if rank < 2 {
            head
        } else {
            head.set("class", "figures")
        }
    });
    let foot = |words: String, figures: [String; 3]| {
        let head = Node::new("th").set("scope", "row").set("colspan", 3);
        Node::new("tr")
            .holds([head.text(words)])
            .holds(cells(figures))
    };
    let table = Node::new("table").set("class", "arithmetic").holds([
        Node::new("caption").text(caption),
        Node::new("thead").holds([Node::new("tr").holds(heads)]),
        Node::new("tbody").holds(outcome.explanation.iter().map(|line| row(lang, line))),
        Node::new("tfoot").holds([
            foot(
                lang.pick("Total", "Total").to_owned(),
                figures(lang, &outcome.consolidated),
            ),
            foot(ceiling, [below, amount(turnover), amount(balance)]),
        ]),
    ]);
    let rule = lang.pick(
        "L’effectif doit rester sous le plafond\u{202F}; un seul des deux montants peut le dépasser.",
        "The staff must stay below its ceiling; only one of the two amounts may exceed its own.",
    );
    vec![
        Node::new("section")
            .set("class", "scroller")
            .set("tabindex", 0)
            .set("aria-label", caption)
            .holds([table]),
        Node::new("p").set("class", "hint").text(rule),
    ]
}

fn row(lang: Lang, line: &Explanation) -> Node {
    let (label, tone) = relation(line.relation);
    let share = line.percentage.unwrap_or(Percent::ZERO).display(lang);
    let parts = line.contribution.unwrap_or_default();
    // As the chip of `ui`.
    let chip = Node::new("span")
        .set("class", tone.chip())
        .text(label.get(lang));
    Node::new("tr")
        .holds([
            Node::new("th")
                .set("scope", "row")
                .text(line.enterprise.clone()),
            Node::new("td").holds([chip]),
            Node::new("td").set("class", "figures").text(share),
        ])
        .holds(cells(figures(lang, &parts)))
}

fn figures(lang: Lang, of: &Consolidated) -> [String; 3] {
    [
        of.awu.display(lang),
        euros(lang, of.turnover_eur),
        euros(lang, of.balance_eur),
    ]
}

fn cells(words: [String; 3]) -> impl Iterator<Item = Node> {
    words
        .into_iter()
        .map(|words| Node::new("td").set("class", "figures").text(words))
}

/// The category of each period, when there are several; nothing otherwise.
pub fn periods(lang: Lang, by_period: &[Category]) -> Option<AnyView> {
    let names = ["N-2", "N-1", "N"];
    let skipped = names.len().checked_sub(by_period.len())?;
    let items = names
        .into_iter()
        .skip(skipped)
        .zip(by_period)
        .map(|(name, category)| {
            let period = lang.pick("Exercice\u{A0}", "Period ");
            let colon = lang.pick("\u{A0}: ", ": ");
            view! { <li>{format!("{period}{name}{colon}{}", category.label().get(lang))}</li> }
        })
        .collect_view();
    (by_period.len() > 1).then(|| view! { <ul class="periods">{items}</ul> }.into_any())
}
