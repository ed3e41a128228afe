//! One text, two shapes: the Markdown of a mail becomes HTML and plain text; what people typed is text in both.

use std::fmt::Write as _;

use domain::text::Lang;
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};

/// Writes `value` so that Markdown reads it back as the same text, whatever it holds: no link, no tag, no title.
pub(super) fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for line in value.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            // A hard break: what was typed on two lines is shown on two.
            out.push_str("\\\n");
        }
        for letter in line.chars() {
            match letter {
                letter if letter.is_control() => out.push(' '),
                letter if letter.is_ascii_punctuation() => {
                    out.push('\\');
                    out.push(letter);
                }
                letter => out.push(letter),
            }
        }
    }
    out
}

/// The HTML of the text, without the document around it.
pub(super) fn to_html(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut out, safe(markdown));
    out
}

/// HTML that our own templates do not use is shown as text.
fn safe(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new(markdown).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    })
}

/// The plain text: the same words, each link followed by its address.
pub(super) fn to_text(markdown: &str, lang: Lang) -> String {
    let mut writer = TextWriter {
        colon: lang.pick("\u{a0}:", ":"),
        ..TextWriter::default()
    };
    for event in safe(markdown) {
        writer.event(event);
    }
    let mut text = writer.out;
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[derive(Default)]
struct TextWriter<'a> {
    out: String,
    /// As this language writes it after a word.
    colon: &'static str,
    /// Depth of lists; items are indented by two spaces a level.
    depth: usize,
    link: Option<CowStr<'a>>,
    /// The next block continues the line of its bullet.
    after_bullet: bool,
}

impl<'a> TextWriter<'a> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => self.block(),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => self.out.push('\n'),
            Event::Start(Tag::List(_)) => self.depth += 1,
            Event::End(TagEnd::List(_)) => self.depth = self.depth.saturating_sub(1),
            Event::Start(Tag::Item) => {
                self.end_line();
                if self.depth == 1 && !self.out.is_empty() && !self.out.ends_with("\n\n") {
                    self.out.push('\n');
                }
                self.out
                    .push_str(&"  ".repeat(self.depth.saturating_sub(1)));
                self.out.push_str("- ");
                self.after_bullet = true;
            }
            Event::End(TagEnd::Item) => {
                self.after_bullet = false;
                self.end_line();
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.link = Some(dest_url),
            Event::End(TagEnd::Link) => {
                if let Some(address) = self.link.take() {
                    let _ = write!(self.out, "{}\n{}{address}", self.colon, self.indent());
                }
            }
            Event::Text(text) | Event::Code(text) => self.out.push_str(&text),
            Event::SoftBreak => self.out.push(' '),
            Event::HardBreak => {
                let indent = self.indent();
                self.out.push('\n');
                self.out.push_str(&indent);
            }
            Event::Rule => {
                self.block();
                self.out.push_str("-- \n");
            }
            _ => {}
        }
    }

    fn indent(&self) -> String {
        "  ".repeat(self.depth)
    }

    /// Begins a block, after an empty line.
    fn block(&mut self) {
        if std::mem::take(&mut self.after_bullet) {
            return;
        }
        self.end_line();
        if !self.out.is_empty() && self.depth == 0 && !self.out.ends_with("-- \n") {
            self.out.push('\n');
        }
        let indent = self.indent();
        self.out.push_str(&indent);
    }

    fn end_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_stays_text() {
        for typed in [
            "<script>alert(1)</script>",
            "[ici](http://evil.example)",
            "![x](http://evil.example/a.png)",
            "# Titre",
            "**gras** _italique_ `code`",
            "1. un",
            "> cité",
            "&lt;b&gt; &amp; &copy;",
            "<http://evil.example>",
            "a | b\\",
            "~~~",
            "---",
        ] {
            let markdown = format!("Avant {} après", escape(typed));
            assert_eq!(
                to_text(&markdown, Lang::Fr),
                format!("Avant {typed} après\n")
            );
            let html = to_html(&markdown);
            let inner = html
                .strip_prefix("<p>")
                .and_then(|rest| rest.strip_suffix("</p>\n"))
                .unwrap_or("more than a paragraph");
            assert!(!inner.contains('<'), "{html}");
        }
    }

    #[test]
    fn lines_stay_lines_even_in_a_list() {
        let markdown = format!("- {}\n\nFin", escape("un\n\n  - deux\r\n    trois\u{0}"));
        assert_eq!(
            to_text(&markdown, Lang::Fr),
            "- un\n  - deux\n  trois\n\nFin\n"
        );
        assert_eq!(
            to_html(&markdown),
            "<ul>\n<li>un<br />\n- deux<br />\ntrois</li>\n</ul>\n<p>Fin</p>\n"
        );
    }

    #[test]
    fn a_link_is_followed_by_its_address() {
        let markdown = format!(
            "[Ouvrir](<{}>)\n\nFin",
            escape("https://a.example/x-y?z=(1)")
        );
        assert_eq!(
            to_text(&markdown, Lang::Fr),
            "Ouvrir\u{a0}:\nhttps://a.example/x-y?z=(1)\n\nFin\n"
        );
        assert!(to_html(&markdown).contains(r#"href="https://a.example/x-y?z=(1)""#));
    }
}
