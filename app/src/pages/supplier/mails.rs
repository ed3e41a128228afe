//! The mails about a declaration, for its company: what became of each, and one more for whoever did not get it.

use leptos::prelude::*;

use crate::doors::mails::{DONE, JUST_BEFORE};
use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::pages::shared::mails::{mails, mails_title, told};
use crate::ui::{Button, ButtonKind, Notice, PageTitle, Tone};
use crate::views::{MailLine, MailsView};
use crate::visitor::Visitor;

#[component]
pub fn SupplierMails() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    let (done, refused) = (query("fait"), query("refus"));
    page(async move { desk?.mails(id?).await }, move |view| {
        show(lang, &view, done.as_deref(), refused.as_deref())
    })
}

fn show(lang: Lang, view: &MailsView, done: Option<&str>, refused: Option<&str>) -> AnyView {
    let title = mails_title(lang);
    let mine = use_context::<Visitor>()
        .and_then(|visitor| visitor.identity().map(|identity| identity.email.clone()))
        .unwrap_or_default();
    let notice = if done == Some(DONE) {
        let words = match lang {
            Lang::Fr => format!(
                "Le courriel repart vers {mine}. S’il n’arrive pas dans les minutes qui viennent, regardez dans les indésirables."
            ),
            Lang::En => format!(
                "The mail is on its way to {mine} again. If it does not arrive within minutes, look in the spam folder."
            ),
        };
        Some((Tone::Success, words))
    } else if refused == Some(JUST_BEFORE) {
        let words = lang.pick(
            "Ce courriel vous a déjà été renvoyé il y a moins d’une heure\u{A0}: regardez dans les indésirables, ou réessayez plus tard.",
            "This mail was sent to you again less than an hour ago: look in the spam folder, or try later.",
        );
        Some((Tone::Warning, words.to_owned()))
    } else {
        None
    };
    let notice =
        notice.map(|(tone, words)| view! { <Notice tone=tone live=true><p>{words}</p></Notice> });
    let declaration = view.id;
    let back = match lang {
        Lang::Fr => format!("Déclaration {}", view.reference),
        Lang::En => format!("Declaration {}", view.reference),
    };
    let act = move |line: &MailLine| {
        view! {
            <form method="post" action="/fn/send-again">
                <input type="hidden" name="id" value=declaration.to_string()/>
                <input type="hidden" name="message" value=line.id.to_string()/>
                <Button
                    label=lang.pick("Me l’envoyer", "Send it to me")
                    about=format!("({})", told(&line.notice).get(lang))
                    kind=ButtonKind::Secondary
                />
            </form>
        }
        .into_any()
    };
    view! {
        <PageTitle title=format!("{title}, {}", view.reference) error=refused.is_some()/>
        <div class="page declaring mails">
            <p class="back">
                <a href=declaration_path(view.id)>{back}</a>
            </p>
            <h1>{title}</h1>
            <p class="lead">
                {lang.pick(
                    "Un courriel n’est pas arrivé\u{202F}? Il peut vous être envoyé à nouveau, à l’adresse de votre compte.",
                    "A mail did not arrive? It can be sent to you again, at the address of your account.",
                )}
            </p>
            {notice}
            {mails(lang, view, Some(act))}
        </div>
    }
    .into_any()
}
