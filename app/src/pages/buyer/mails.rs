//! The mails about a declaration, for an agent: whether its company was told.

use leptos::prelude::*;

use super::frame::Back;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page};
use crate::pages::shared::mails::{mails, mails_title};
use crate::ui::PageTitle;
use crate::views::{MailLine, MailsView};

#[component]
pub fn AgentMails() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), buyer_desk());
    page(async move { desk?.mails(id?).await }, move |view| {
        show(lang, &view)
    })
}

fn show(lang: Lang, view: &MailsView) -> AnyView {
    let title = mails_title(lang);
    let back = match lang {
        Lang::Fr => format!("Déclaration {}", view.reference),
        Lang::En => format!("Declaration {}", view.reference),
    };
    view! {
        <PageTitle title=format!("{title}, {}", view.company_name)/>
        <div class="page agent mails">
            <Back href=super::address::review(view.id) label=back/>
            <h1>{title}</h1>
            <p class="lead">{view.company_name.clone()}</p>
            {mails(lang, view, None::<fn(&MailLine) -> AnyView>)}
        </div>
    }
    .into_any()
}
