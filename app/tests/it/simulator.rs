//! The simulator without JavaScript: nothing typed is lost, errors lead to their fields, the answer explains itself.

use std::fmt::Write as _;

use crate::html::{all, assert_french_typography, assert_sound, text};
use crate::support::Visit;
use app::i18n::Lang;
use scraper::Html;

fn visit(query: &str, lang: Lang) -> (String, Html) {
    let source = Visit::to(&format!("/simulateur-pme?{query}"), lang).document();
    assert_sound(query, &source, lang.tag());
    if lang == Lang::Fr {
        assert_french_typography(query, &source);
    }
    let page = Html::parse_document(&source);
    (source, page)
}

fn value(page: &Html, id: &str) -> String {
    let field = all(page, &format!("#{id}")).remove(0);
    field.value().attr("value").unwrap_or_default().to_owned()
}

const OWN: &str = "e0-awu=180&e0-turnover=30%20000%20000&e0-balance=20000000";

#[test]
fn a_complete_form_is_answered() {
    let (_, page) = visit(&format!("{OWN}&do=check"), Lang::Fr);
    let headline = text(all(&page, ".answer-headline").remove(0));
    assert_eq!(headline, "Moyenne entreprise");
    assert!(all(&page, ".error-summary").is_empty());
    assert_eq!(value(&page, "e0-turnover"), "30 000 000");
    assert!(all(&page, "section.answer[autofocus]").len() == 1);
    let start = all(&page, ".answer button[formmethod=post]").remove(0);
    assert_eq!(
        start.value().attr("formaction"),
        Some("/declarer/depuis-simulateur")
    );
    let (_, english) = visit(&format!("{OWN}&do=check"), Lang::En);
    assert_eq!(
        text(all(&english, ".answer-headline").remove(0)),
        "Medium-sized enterprise"
    );
}

#[test]
fn a_partner_of_exactly_25_percent_is_explained_as_in_vector_14() {
    let query = "e0-awu=200&e0-turnover=40000000&e0-balance=30000000&e1-name=P&e1-kind=enterprise&e1-awu=400\
        &e1-turnover=100000000&e1-balance=90000000&h1-holder=1&h1-held=0&h1-capital=25&h1-votes=25&do=check";
    let (_, page) = visit(query, Lang::Fr);
    assert_eq!(
        text(all(&page, ".answer-headline").remove(0)),
        "Pas une PME"
    );
    let lines: Vec<String> = all(&page, ".why-line").into_iter().map(text).collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines
            .iter()
            .any(|line| line.contains("Partenaire") && line.contains("25\u{A0}%"))
    );
    let figures: Vec<String> = all(&page, ".answer td").into_iter().map(text).collect();
    assert!(figures.contains(&"300".to_owned()));
}

#[test]
fn mistakes_come_back_with_what_was_typed() {
    let (_, page) = visit(
        "e0-awu=douze&e0-turnover=1&e1-name=B&h1-holder=1&h1-held=0&do=check",
        Lang::Fr,
    );
    assert!(text(all(&page, "title").remove(0)).starts_with("Erreur"));
    let summary = all(&page, ".error-summary[autofocus][tabindex='-1']").remove(0);
    let links: Vec<_> = all(&page, ".error-summary a")
        .into_iter()
        .map(|link| link.value().attr("href").unwrap().to_owned())
        .collect();
    assert_eq!(links, ["#e0-awu", "#e0-balance", "#h1-capital"]);
    assert!(text(summary).contains("3 réponses"));
    for id in ["e0-awu", "e0-balance", "h1-capital"] {
        let field = all(&page, &format!("#{id}[aria-invalid=true]")).remove(0);
        let described = field.value().attr("aria-describedby").unwrap();
        assert!(described.contains(&format!("{id}-error")));
    }
    assert_eq!(value(&page, "e0-awu"), "douze");
    assert_eq!(value(&page, "e1-name"), "B");
}

#[test]
fn an_empty_form_that_was_sent_asks_for_its_figures() {
    let (_, page) = visit("do=check", Lang::Fr);
    assert_eq!(all(&page, ".error-summary a").len(), 3);
    let (_, fresh) = visit("", Lang::Fr);
    assert!(all(&fresh, ".error-summary").is_empty());
}

#[test]
fn rows_are_added_and_removed_without_javascript() {
    let (_, page) = visit(&format!("{OWN}&do=add-entity"), Lang::Fr);
    assert_eq!(all(&page, "#e1-name[autofocus]").len(), 1);
    assert_eq!(value(&page, "e0-turnover"), "30 000 000");
    let held = all(&page, "#h1-held option[selected]").remove(0);
    assert_eq!(held.value().attr("value"), Some("0"));
    let holder = all(&page, "#h1-holder option[selected]").remove(0);
    assert_eq!(holder.value().attr("value"), Some("1"));
    let (_, page) = visit(
        &format!(
            "{OWN}&e1-name=B&e2-name=C&h1-holder=1&h1-held=0&h2-holder=2&h2-held=0&do=remove-entity-1"
        ),
        Lang::Fr,
    );
    assert!(all(&page, "#e1-name").is_empty());
    assert_eq!(value(&page, "e2-name"), "C");
    assert!(all(&page, "#h1-holder").is_empty());
    assert_eq!(all(&page, "#h2-holder").len(), 1);
}

#[test]
fn hostile_answers_stay_text() {
    let hostile = "%22%3E%3C%2Foption%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%27";
    let (source, page) = visit(
        &format!(
            "{OWN}&e1-name={hostile}&e1-awu={hostile}&e1-kind={hostile}&h1-holder=1&h1-held=0&h1-capital=30&do=check"
        ),
        Lang::En,
    );
    assert!(!source.contains("<script>alert"));
    let typed = "\"></option><script>alert(1)</script>'";
    assert_eq!(value(&page, "e1-name"), typed);
    assert_eq!(
        text(all(&page, "#h1-holder option[selected]").remove(0)).trim(),
        typed
    );
}

#[test]
fn the_models_of_new_rows_are_complete_and_out_of_the_form() {
    let (_, page) = visit("", Lang::Fr);
    for (model, fields) in [("model-e", 7), ("model-h", 6)] {
        // The parser keeps the content of a template apart from the page: read it as a page of its own.
        let source = Visit::to("/simulateur-pme", Lang::Fr).document();
        let (_, content) = source
            .split_once(&format!("<template id=\"{model}\">"))
            .unwrap();
        let (content, _) = content.split_once("</template>").unwrap();
        let content = Html::parse_fragment(content);
        let found = all(&content, "input, select");
        assert_eq!(found.len(), fields, "{model}");
        assert!(all(&page, &format!("#{model} input")).is_empty());
        for field in found {
            let name = field.value().attr("name").unwrap();
            assert!(name.contains("9999"), "{name}");
        }
    }
}

#[test]
fn absurd_addresses_do_not_break_the_page() {
    let many = (0..300).fold(String::new(), |mut many, id| {
        write!(many, "e{id}-name=N{id}&h{id}-holder={id}&").unwrap();
        many
    });
    let (_, page) = visit(&format!("{many}do=check"), Lang::Fr);
    assert_eq!(all(&page, "#entities > fieldset").len(), 20);
    assert_eq!(all(&page, "#holdings > fieldset").len(), 40);
    visit(
        "do=remove-entity-0&e0-awu=%FF%FE&%00=%00&e0-awu=1&e0-awu=2",
        Lang::Fr,
    );
}
