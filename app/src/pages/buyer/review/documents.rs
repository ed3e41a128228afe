//! The documents of a claim, for the agent who checks it: what each is, what the scanner said, and its first page.

use domain::documents::{KnownDocument, Scan};
use leptos::prelude::*;

use crate::i18n::{Lang, Text, text};
use crate::pages::shared::documents::{document_link, document_path, document_words, scan_chip};

pub(super) fn documents(lang: Lang, documents: &[KnownDocument]) -> Option<AnyView> {
    if documents.is_empty() {
        return None;
    }
    let items = documents
        .iter()
        .map(|known| {
            let opens = known.scan.may_be_opened();
            let picture = (opens && known.preview).then(|| {
                let alt = match lang {
                    Lang::Fr => format!("Première page de {}", known.document.name),
                    Lang::En => format!("First page of {}", known.document.name),
                };
                let src = format!("{}/apercu.png", document_path(known.id));
                view! { <img class="document-page" src=src alt=alt loading="lazy"/> }
            });
            view! {
                <li class="document">
                    {picture}
                    <span class="document-words">
                        {document_link(known, opens)} " "
                        <span class="row-note">{document_words(lang, &known.document)}</span>
                    </span>
                    {scan_chip(lang, known.scan)}
                    {closed(known.scan).map(|why| view! { <span class="hint">{why.get(lang)}</span> })}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <h4>{lang.pick("Pièces jointes", "Documents")}</h4>
            <ul class="documents">{items}</ul>
        }
        .into_any(),
    )
}

/// Why it cannot be opened.
const fn closed(scan: Scan) -> Option<Text> {
    match scan {
        Scan::Waiting => Some(text(
            "Elle s’ouvrira une fois analysée.",
            "It opens once it is scanned.",
        )),
        Scan::Infected => Some(text(
            "Elle ne s’ouvre pas. Demandez une pièce saine à l’entreprise.",
            "It does not open. Ask the company for a clean document.",
        )),
        Scan::Clean | Scan::NotScanned => None,
    }
}
