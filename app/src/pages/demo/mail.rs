//! One mail: its headers and its plain text, with the addresses in it as links.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::mailbox;
use crate::error::AppError;
use crate::i18n::{Lang, use_lang};
use crate::pages::buyer::Back;
use crate::pages::shared::load::page;
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::ui::{DescriptionList, Entry, PageTitle};
use crate::views::DemoMailText;

#[component]
pub fn DemoMailPage() -> impl IntoView {
    let lang = use_lang();
    let id = use_params_map()
        .read_untracked()
        .get("id")
        .filter(|id| is_name(id));
    let mailbox = mailbox();
    page(
        async move { mailbox?.read(&id.ok_or(AppError::NotFound)?).await },
        move |mail| draw(lang, mail),
    )
}

/// What the identifier of a mail is made of; nothing that could walk out of a folder.
fn is_name(id: &str) -> bool {
    !id.starts_with('.')
        && id.len() <= 200
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn draw(lang: Lang, DemoMailText { mail, text }: DemoMailText) -> AnyView {
    let entries = vec![
        Entry::new(lang.pick("À", "To"), mail.to.join(", ")),
        Entry::new(lang.pick("Date", "Date"), long_moment(lang, mail.at)),
    ];
    let text = linked(&text);
    view! {
        <PageTitle title=mail.subject.clone()/>
        <div class="page agent">
            <Back href=path::DEMO_MAILS label=lang.pick("Tous les courriels", "All mails")/>
            <h1>{mail.subject}</h1>
            <DescriptionList entries=entries/>
            <div class="mail card">
                <p class="as-typed">{text}</p>
            </div>
        </div>
    }
    .into_any()
}

/// The text with each `http` or `https` address as a link; everything stays text.
fn linked(text: &str) -> Vec<AnyView> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned().into_any(),
            Piece::Link(href) => view! { <a href=href.to_owned()>{href.to_owned()}</a> }.into_any(),
        })
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(start) = next_link(rest) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»'))
            .unwrap_or(from.len());
        let (link, _) = from.split_at(end);
        // A full stop or a bracket after an address belongs to the sentence.
        let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']']);
        if !before.is_empty() {
            out.push(Piece::Words(before));
        }
        out.push(Piece::Link(link));
        rest = from.split_at(link.len()).1;
    }
    if !rest.is_empty() {
        out.push(Piece::Words(rest));
    }
    out
}

/// Where the next address starts; one that is only a scheme is not an address.
fn next_link(text: &str) -> Option<usize> {
    ["https://", "http://"]
        .into_iter()
        .filter_map(|scheme| {
            text.match_indices(scheme).map(|(at, _)| at).find(|at| {
                text.get(at + scheme.len()..)
                    .and_then(|after| after.chars().next())
                    .is_some_and(|c| c.is_ascii_alphanumeric() || c == '[')
            })
        })
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_links_and_the_sentence_keeps_its_stop() {
        assert_eq!(
            pieces(
                "Ouvrez http://127.0.0.1:3000/connexion/lien/abc. Merci\nhttps://a.example/?x=1&y=2"
            ),
            [
                Piece::Words("Ouvrez "),
                Piece::Link("http://127.0.0.1:3000/connexion/lien/abc"),
                Piece::Words(". Merci\n"),
                Piece::Link("https://a.example/?x=1&y=2"),
            ]
        );
    }

    #[test]
    fn nothing_else_is_a_link() {
        for text in [
            "javascript:alert(1)",
            "http:// x",
            "<https://>",
            "",
            "ftp://a.example",
        ] {
            assert!(
                pieces(text)
                    .iter()
                    .all(|piece| matches!(piece, Piece::Words(_))),
                "{text}"
            );
        }
        assert_eq!(
            pieces("<https://a.example>").get(1),
            Some(&Piece::Link("https://a.example"))
        );
    }

    #[test]
    fn an_identifier_stays_in_its_folder() {
        assert!(is_name("0192-abc_1.eml"));
        for id in ["..", "../x", ".hidden", "a/b", "a\\b", "é", ""] {
            assert_eq!(is_name(id), id.is_empty(), "{id}");
        }
    }
}
