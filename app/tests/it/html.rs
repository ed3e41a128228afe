//! Questions asked of a parsed page.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

/// All elements of a page that match a selector.
pub(crate) fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a valid selector");
    page.select(&selector).collect()
}

/// The text of an element, spaces as they are.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// Checks that hold for every page of the portal; `what` names the page in the message.
pub(crate) fn assert_sound(what: &str, source: &str, lang: &str) {
    let page = Html::parse_document(source);
    assert!(source.starts_with("<!DOCTYPE html>"), "{what}: doctype");
    let root = page.root_element();
    assert_eq!(root.value().attr("lang"), Some(lang), "{what}: lang");
    let titles = all(&page, "head > title");
    assert_eq!(titles.len(), 1, "{what}: one title");
    for title in titles {
        assert!(
            text(title).contains('\u{2013}'),
            "{what}: the title names the service"
        );
    }
    headings(what, &page);
    references(what, &page);
    labels(what, &page);
    nothing_inline(what, &page);
    assert_eq!(all(&page, "main#main").len(), 1, "{what}: one main part");
    assert_eq!(
        all(&page, "body > a.skip[href='#main']").len(),
        1,
        "{what}: skip link"
    );
    assert!(
        !source.contains("{{"),
        "{what}: a variable was not replaced"
    );
}

/// One `h1`, and no level skipped.
fn headings(what: &str, page: &Html) {
    assert_eq!(all(page, "h1").len(), 1, "{what}: one h1");
    let mut previous = 0;
    // An error summary stands before the h1, with a heading of its own.
    for heading in all(page, "main :is(h1, h2, h3, h4):not(.error-summary *)") {
        let level = heading
            .value()
            .name()
            .trim_start_matches('h')
            .parse::<u8>()
            .expect("a level");
        assert!(
            level <= previous + 1,
            "{what}: {} after h{previous}",
            heading.html()
        );
        assert!(!text(heading).trim().is_empty(), "{what}: an empty heading");
        previous = level;
    }
}

/// Ids are unique, and whatever is named by an id exists.
fn references(what: &str, page: &Html) {
    let mut ids = BTreeSet::new();
    for element in all(page, "[id]") {
        let id = element.value().attr("id").expect("an id");
        assert!(ids.insert(id), "{what}: two elements have the id {id}");
    }
    for name in ["aria-describedby", "aria-labelledby", "for"] {
        for element in all(page, &format!("[{name}]")) {
            for id in element
                .value()
                .attr(name)
                .unwrap_or_default()
                .split_whitespace()
            {
                assert!(
                    ids.contains(id),
                    "{what}: {name} names {id}, which is not there"
                );
            }
        }
    }
    for link in all(page, "a[href^='#']") {
        let id = link
            .value()
            .attr("href")
            .unwrap_or_default()
            .trim_start_matches('#');
        assert!(
            ids.contains(id),
            "{what}: a link leads to {id}, which is not there"
        );
    }
}

/// Each field has a label, each group a legend, each button and link a name.
fn labels(what: &str, page: &Html) {
    let labelled: BTreeSet<_> = all(page, "label[for]")
        .into_iter()
        .filter(|label| !text(*label).trim().is_empty())
        .filter_map(|label| label.value().attr("for"))
        .collect();
    for field in all(
        page,
        "input:not([type=hidden]):not([type=submit]), select, textarea",
    ) {
        let id = field.value().attr("id").unwrap_or_default();
        assert!(
            labelled.contains(id),
            "{what}: no label for {}",
            field.html()
        );
    }
    for group in all(page, "fieldset") {
        let legend = group
            .children()
            .find_map(ElementRef::wrap)
            .expect("a first child");
        assert_eq!(
            legend.value().name(),
            "legend",
            "{what}: a fieldset begins with its legend"
        );
    }
    for element in all(page, "a, button") {
        assert!(
            !text(element).trim().is_empty(),
            "{what}: no name on {}",
            element.html()
        );
    }
    for table in all(page, "table") {
        let html = table.html();
        assert!(!html.contains("<th>"), "{what}: a header without scope");
    }
}

/// Nothing that the content security policy refuses.
fn nothing_inline(what: &str, page: &Html) {
    assert!(
        all(page, "[style], style").is_empty(),
        "{what}: inline style"
    );
    for script in all(page, "script") {
        assert!(
            script.value().attr("src").is_some(),
            "{what}: inline script"
        );
        assert!(text(script).is_empty(), "{what}: inline script");
    }
    for element in all(page, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{what}: inline handler {name}");
            assert!(
                !value.trim_start().starts_with("javascript:"),
                "{what}: script in {name}"
            );
        }
    }
}

/// French punctuation: apostrophes, guillemets and spaces.
pub(crate) fn assert_french_typography(what: &str, source: &str) {
    let page = Html::parse_document(source);
    for node in page.tree.nodes() {
        let Some(words) = node.value().as_text() else {
            continue;
        };
        // A text in another language says so on an ancestor.
        let foreign = node.ancestors().filter_map(ElementRef::wrap).any(|parent| {
            parent.value().attr("lang").is_some_and(|lang| lang != "fr")
                || parent.value().name() == "code"
        });
        if !foreign {
            assert_eq!(typography(words), None, "{what}: {words:?}");
        }
    }
}

/// The first fault of a French text.
pub(crate) fn typography(words: &str) -> Option<&'static str> {
    let letters: Vec<char> = words.chars().collect();
    for pair in letters.windows(2) {
        match *pair {
            [before, '?' | '!' | ';'] if before != '\u{202F}' && !matches!(before, '?' | '!') => {
                return Some("no narrow no-break space before ? ! ;");
            }
            [before, ':']
                if before != '\u{A0}'
                    && !before.is_ascii_digit()
                    && before != 's'
                    && before != 'p' =>
            {
                return Some("no no-break space before :");
            }
            ['«', after] if after != '\u{202F}' => {
                return Some("no narrow no-break space after «");
            }
            [before, '»'] if before != '\u{202F}' => {
                return Some("no narrow no-break space before »");
            }
            [before, '%' | '€'] if !matches!(before, '\u{A0}' | '\u{202F}' | 'M') => {
                return Some("no no-break space before % or €");
            }
            _ => {}
        }
    }
    if words.contains('\'') {
        return Some("a straight apostrophe");
    }
    if words.contains('"') || words.contains("...") {
        return Some("straight quotes or three points");
    }
    None
}
