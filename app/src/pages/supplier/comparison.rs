//! What changed from one version sent to the next, for the company that sent them.

use leptos::prelude::*;

use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::difference::{comparison, comparison_title, versions};
use crate::pages::shared::load::{id_of_address, number_of_address, page};
use crate::ui::PageTitle;
use crate::views::ComparisonView;

/// The address of what changed in a version, below that of its declaration.
pub fn comparison_path(declaration: &str, number: u32) -> String {
    format!("{declaration}/versions/{number}")
}

#[component]
pub fn SupplierComparison() -> impl IntoView {
    let lang = use_lang();
    let (id, number, desk) = (id_of_address(), number_of_address(), supplier_desk());
    page(
        async move { desk?.comparison(id?, number?).await },
        move |view| show(lang, &view),
    )
}

fn show(lang: Lang, view: &ComparisonView) -> AnyView {
    let title = comparison_title(lang, view);
    let back = match lang {
        Lang::Fr => format!("Déclaration {}", view.reference),
        Lang::En => format!("Declaration {}", view.reference),
    };
    let before = view
        .older
        .as_ref()
        .filter(|older| older.number > 1)
        .map(|older| {
            let href = comparison_path(&declaration_path(older.declaration), older.number);
            let words = match lang {
                Lang::Fr => format!("Ce qui avait changé dans la version {}", older.number),
                Lang::En => format!("What had changed in version {}", older.number),
            };
            view! { <p><a href=href>{words}</a></p> }
        });
    view! {
        <PageTitle title=title.clone()/>
        <div class="page declaring comparison">
            <p class="back">
                <a href=declaration_path(view.id)>{back}</a>
            </p>
            <h1>{title}</h1>
            {versions(lang, view)}
            {comparison(lang, view)}
            {before}
        </div>
    }
    .into_any()
}
