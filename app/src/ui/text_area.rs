//! The only `<textarea>` of the program.
//!
//! Invariant: its text is escaped here, because Leptos 0.8 writes the children of a textarea raw on the server.

use leptos::prelude::*;

use super::field::{described_by, invalid};
use super::{Field, MaybeWords};
use crate::i18n::{Lang, Words};

/// The text as the content of a textarea: no tag can be opened or closed, and a first line break is doubled because the
/// HTML parser drops the one that follows the opening tag.
pub fn textarea_text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    if value.starts_with(['\n', '\r']) {
        out.push('\n');
    }
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // The parser would turn a lone carriage return into a line feed, and refuses the null character.
            '\r' => out.push_str("&#13;"),
            '\0' => {}
            other => out.push(other),
        }
    }
    out
}

/// A text of several lines.
#[component]
pub fn TextArea(
    lang: Lang,
    #[prop(into)] name: Words,
    #[prop(into)] label: Words,
    #[prop(optional, into)] value: Words,
    #[prop(optional, into)] hint: MaybeWords,
    #[prop(optional, into)] error: MaybeWords,
    #[prop(optional, into)] id: MaybeWords,
    #[prop(optional)] optional: bool,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] maxlength: Option<u32>,
) -> AnyView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described = described_by(&id, &error, &hint);
    let wrong = invalid(&error);
    view! {
        <Field lang=lang id=id.clone() label=label hint=hint error=error optional=optional>
            <textarea
                class="input input-area"
                id=id
                name=name
                rows=rows
                maxlength=maxlength
                aria-describedby=described
                aria-invalid=wrong
                inner_html=textarea_text(&value)
            ></textarea>
        </Field>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tag_survives() {
        assert_eq!(
            textarea_text("</textarea><script>alert(1)</script>&amp;"),
            "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
        );
    }

    #[test]
    fn a_first_line_break_is_kept() {
        assert_eq!(textarea_text("\nDeux"), "\n\nDeux");
        assert_eq!(textarea_text("\r\nDeux"), "\n&#13;\nDeux");
        assert_eq!(textarea_text("Un\nDeux"), "Un\nDeux");
        assert_eq!(textarea_text(""), "");
    }
}
