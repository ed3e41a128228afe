//! Long texts kept as Markdown files, one per language, with the identity of the site put in.
//!
//! Invariant: a value of the configuration is escaped before it enters the text; the files themselves are ours.

use std::borrow::Cow;
use std::sync::LazyLock;

use leptos::prelude::*;
use pulldown_cmark::{Options, Parser, html};

use crate::i18n::{Lang, long_date};
use crate::site::{Site, use_site};

/// A text in both languages, as HTML whose variables are not yet replaced.
pub(super) struct Prose {
    fr: LazyLock<String>,
    en: LazyLock<String>,
}

impl Prose {
    pub(super) const fn new(fr: fn() -> String, en: fn() -> String) -> Self {
        Self {
            fr: LazyLock::new(fr),
            en: LazyLock::new(en),
        }
    }

    fn html(&self, lang: Lang, site: &Site) -> String {
        fill(lang.pick(&self.fr, &self.en), lang, site)
    }
}

/// Turns Markdown into HTML, once per text. Tables get a scroller that the keyboard reaches.
pub(super) fn markdown(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    html::push_html(&mut out, Parser::new_ext(source, Options::ENABLE_TABLES));
    out.replace("<th>", "<th scope=\"col\">")
}

/// Replaces each `{{variable}}`; an unknown one stays visible, and a test refuses it.
fn fill(template: &str, lang: Lang, site: &Site) -> String {
    let mut out = String::with_capacity(template.len() + 512);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            rest = after;
            break;
        };
        match variable(name, lang, site) {
            Some(value) => escape_into(&mut out, &value),
            None => out.extend(["{{", name, "}}"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn variable<'a>(name: &str, lang: Lang, site: &'a Site) -> Option<Cow<'a, str>> {
    Some(match name {
        "name" => site.name.as_str().into(),
        "buyer_name" => site.buyer_name.as_str().into(),
        "buyer_siren" => site.buyer_siren.as_str().into(),
        "service" => site.service.as_str().into(),
        "postal_address" => site.postal_address.as_str().into(),
        "email" => site.email.as_str().into(),
        "phone" => site.phone.as_str().into(),
        "hours" => lang
            .pick(&site.opening_hours_fr, &site.opening_hours_en)
            .as_str()
            .into(),
        "dpo_email" => site.dpo_email.as_str().into(),
        "publication_director" => site.publication_director.as_str().into(),
        "host" => [&site.host.name, &site.host.postal_address, &site.host.phone]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
            .into(),
        "accessibility_date" => long_date(lang, site.accessibility_date).into(),
        _ => return None,
    })
}

fn escape_into(out: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// A long text, set for reading.
#[component]
pub(super) fn Reading(lang: Lang, prose: &'static Prose) -> impl IntoView {
    let site = use_site();
    view! { <div class="reading" inner_html=prose.html(lang, &site)></div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configured_values_are_escaped() {
        let site = Site {
            service: "<b>&".into(),
            ..Site::default()
        };
        assert_eq!(
            fill("a {{service}} b {{unknown}}", Lang::Fr, &site),
            "a &lt;b&gt;&amp; b {{unknown}}"
        );
    }
}
