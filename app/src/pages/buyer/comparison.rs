//! What changed from one version sent to the next, for an agent.

use leptos::prelude::*;

use super::frame::Back;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::difference::{comparison, comparison_title, versions};
use crate::pages::shared::load::{id_of_address, number_of_address, page};
use crate::ui::PageTitle;
use crate::views::ComparisonView;

#[component]
pub fn AgentComparison() -> impl IntoView {
    let lang = use_lang();
    let (id, number, desk) = (id_of_address(), number_of_address(), buyer_desk());
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
    view! {
        <PageTitle title=format!("{title}, {}", view.company_name)/>
        <div class="page agent declaring comparison">
            <Back href=super::address::review(view.id) label=back/>
            <h1>{title}</h1>
            {versions(lang, view)}
            {comparison(lang, view)}
        </div>
    }
    .into_any()
}
