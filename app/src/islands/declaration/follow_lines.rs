//! The headings of the lines of the group, and the lists that name them, in step with what is typed.

use domain::form::SizeStep;
use web_sys::{Element, HtmlFormElement};

use super::dom::all;
use super::lines::{line_title, members};
use crate::i18n::Lang;

/// `last`: the names that the lists show, so that a large group is not named again at each key.
pub(super) fn name_lines(
    form: &HtmlFormElement,
    lang: Lang,
    step: &SizeStep,
    last: &mut Vec<(String, String)>,
) {
    let lines = all(form, ".line > legend");
    // Before the first line is there, the page has one more than the answers.
    for (rank, title) in lines.iter().enumerate().take(step.rows.len()) {
        say(title, &line_title(lang, step, rank));
    }
    let names = members(lang, step);
    if *last == names {
        return;
    }
    for option in all(
        form,
        "select[name$='[with]'] option, select[name$='[of]'] option",
    ) {
        let code = option.get_attribute("value").unwrap_or_default();
        if let Some((_, name)) = names
            .iter()
            .find(|(known, _)| *known == code && !code.is_empty())
        {
            say(&option, name);
        }
    }
    *last = names;
}

fn say(element: &Element, words: &str) {
    if element.text_content().as_deref() != Some(words) {
        element.set_text_content(Some(words));
    }
}
