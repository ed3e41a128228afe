//! The list of the mails that the demonstration wrote, newest first.

use leptos::prelude::*;

use super::mailbox;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::page;
use crate::pages::shared::moment::{long_moment, machine};
use crate::routes::path;
use crate::ui::{Column, DataTable, EmptyState, PageTitle};
use crate::views::DemoMail;

#[component]
pub fn DemoMails() -> impl IntoView {
    let lang = use_lang();
    let mailbox = mailbox();
    page(async move { mailbox?.list().await }, move |mails| {
        draw(lang, mails)
    })
}

fn draw(lang: Lang, mails: Vec<DemoMail>) -> AnyView {
    let title = lang.pick(
        "Courriels de la démonstration",
        "Mails of the demonstration",
    );
    let list = if mails.is_empty() {
        view! {
            <EmptyState
                title=lang.pick("Aucun courriel pour l’instant", "No mail yet")
                text=lang.pick("Demandez un lien de connexion\u{a0}: son courriel apparaîtra ici.", "Ask for a sign-in link: its mail will appear here.")
            >
                <a href=path::SIGN_IN>{lang.pick("Se connecter", "Sign in")}</a>
            </EmptyState>
        }
        .into_any()
    } else {
        table(lang, mails)
    };
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <h1>{title}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "La démonstration n’envoie rien\u{a0}: chaque courriel est écrit dans un dossier et se lit ici. Rechargez la page pour voir les nouveaux.",
                        "The demonstration sends nothing: each mail is written to a folder and can be read here. Reload the page to see new ones.",
                    )}
            </p>
            {list}
        </div>
    }
    .into_any()
}

fn table(lang: Lang, mails: Vec<DemoMail>) -> AnyView {
    let (to, at) = (
        lang.pick("Destinataire", "Recipient"),
        lang.pick("Date", "Date"),
    );
    let columns = vec![
        Column::new(lang.pick("Objet", "Subject")),
        Column::new(to),
        Column::new(at),
    ];
    let rows = mails
        .into_iter()
        .map(|mail| {
            let href = format!("{}/{}", path::DEMO_MAILS, mail.id);
            view! {
                <tr>
                    <th scope="row"><a href=href>{mail.subject}</a></th>
                    <td data-label=to>{mail.to.join(", ")}</td>
                    <td data-label=at>
                        <time datetime=machine(mail.at)>{long_moment(lang, mail.at)}</time>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Courriels, du plus récent au plus ancien", "Mails, newest first")
                columns=columns
                quiet_caption=true
            >
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}
