//! The acknowledgement of receipt, made to be printed or taken away as a PDF.

use leptos::prelude::*;

use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page};
use crate::pages::shared::paper::{blocks, sections};
use crate::papers;
use crate::site::use_site;
use crate::ui::{Notice, PageTitle};
use crate::views::ReceiptView;

/// The address of the PDF of the same receipt.
fn pdf_path(id: uuid::Uuid) -> String {
    format!("{}/accuse.pdf", declaration_path(id))
}

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    page(async move { desk?.receipt(id?).await }, move |view| {
        show(lang, &view)
    })
}

fn show(lang: Lang, view: &ReceiptView) -> AnyView {
    let paper = papers::receipt(lang, view, &use_site());
    let title = paper.title.clone();
    view! {
        <PageTitle title=paper.name.clone()/>
        <div class="page declaring receipt">
            <p class="back">
                <a href=declaration_path(view.id)>{lang.pick("Revenir à la déclaration", "Back to the declaration")}</a>
            </p>
            <h1>{title.clone()}</h1>
            <Notice tone=paper.tone>{blocks(&paper.notice, None)}</Notice>
            <p class="take-away">
                <a href=pdf_path(view.id)>
                    {lang.pick("Télécharger l’accusé de réception (PDF)", "Download the acknowledgement of receipt (PDF)")}
                </a>
            </p>
            {blocks(&paper.blocks, Some(&title))}
            {sections(&paper.sections)}
        </div>
    }
    .into_any()
}
