//! What waits to be sent, and what could not be: nothing undelivered stays silent.

use domain::lifecycle::Status;
use leptos::prelude::*;
use uuid::Uuid;

use crate::doors::admin_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::buyer::{Done, problem::Problem};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::{long_moment, machine};
use crate::routes::path;
use crate::ui::{
    Button, ButtonKind, Column, DataTable, DescriptionList, EmptyState, Entry, Notice, PageTitle,
    Tone,
};
use crate::views::{OutboxView, ParkedMessage};

/// A message that waits for longer deserves a look, in seconds.
const SLOW: i64 = 15 * 60;

#[component]
pub fn Outbox() -> impl IntoView {
    let lang = use_lang();
    let done = query("fait").is_some_and(|code| code == "reprise");
    let problem = query("refus").and_then(|code| Problem::from_code(&code, Status::Draft, 0));
    let desk = admin_desk();
    page(async move { desk?.outbox().await }, move |view| {
        draw(lang, done, problem, view)
    })
}

fn draw(lang: Lang, done: bool, problem: Option<Problem>, view: OutboxView) -> AnyView {
    let title = lang.pick("Envois", "Messages to send");
    let done = done.then(|| {
        view! {
            <Done text=lang.pick(
                "Envoi remis dans la file\u{a0}: il repart dans les prochaines secondes.",
                "Message put back in the queue: it leaves within seconds.",
            )/>
        }
    });
    let problem = problem.map(|problem| {
        view! {
            <Notice tone=Tone::Danger live=true>
                <p>{problem.message(lang)}</p>
            </Notice>
        }
    });
    let parked = parked(lang, view.parked.clone());
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <h1>{title}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "Chaque changement d’état écrit ses courriels et ses lignes pour la base fournisseurs dans la même transaction. Ce qui n’a pas pu partir attend ici.",
                        "Each change of state writes its e-mails and its rows for the supplier database in the same transaction. What could not leave waits here.",
                    )}
            </p>
            {done}
            {problem}
            <p>
                <a href=path::CATALOGUE>
                    {lang.pick("Catalogue du formulaire", "Catalogue of the form")}
                </a>
            </p>
            <p>
                <a href=path::LISTS>{lang.pick("Listes qui prouvent", "Lists that prove")}</a>
            </p>
            <section aria-labelledby="waiting-title">
                <h2 id="waiting-title">{lang.pick("En attente", "Waiting")}</h2>
                {waiting(lang, &view)}
            </section>
            <h2 id="parked">{lang.pick("Mis de côté après plusieurs essais", "Put aside after several tries")}</h2>
            {parked}
        </div>
    }
    .into_any()
}

fn waiting(lang: Lang, view: &OutboxView) -> AnyView {
    let entries = vec![
        Entry::new(
            lang.pick("Messages en attente", "Messages waiting"),
            view.waiting.to_string(),
        ),
        Entry::new(
            lang.pick("Le plus ancien attend depuis", "The oldest has waited for"),
            view.oldest_seconds
                .map_or_else(|| "\u{2013}".to_owned(), |seconds| duration(lang, seconds)),
        ),
    ];
    let slow = view.oldest_seconds.is_some_and(|seconds| seconds > SLOW).then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>
                    {lang
                        .pick(
                            "Les envois prennent du retard\u{a0}: vérifiez le serveur de messagerie et la base fournisseurs. Rien n’est perdu, les essais continuent.",
                            "Messages are late: check the mail server and the supplier database. Nothing is lost, the tries go on.",
                        )}
                </p>
            </Notice>
        }
    });
    view! {
        <DescriptionList entries=entries/>
        {slow}
    }
    .into_any()
}

/// `2 h 05` or `3 min 20 s`.
fn duration(lang: Lang, seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (days, hours, minutes, rest) = (
        seconds / 86_400,
        seconds / 3_600 % 24,
        seconds / 60 % 60,
        seconds % 60,
    );
    let day = lang.pick("j", "d");
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{rest}\u{a0}s"),
        (0, 0, _) => format!("{minutes}\u{a0}min {rest:02}\u{a0}s"),
        (0, _, _) => format!("{hours}\u{a0}h {minutes:02}\u{a0}min"),
        _ => format!("{days}\u{a0}{day} {hours}\u{a0}h"),
    }
}

fn parked(lang: Lang, messages: Vec<ParkedMessage>) -> AnyView {
    if messages.is_empty() {
        return view! {
            <EmptyState title=lang.pick("Rien n’est mis de côté\u{a0}: tout part.", "Nothing is put aside: everything leaves.")/>
        }
        .into_any();
    }
    let labels = [
        lang.pick("Motif du dernier échec", "Reason of the last failure"),
        lang.pick("Essais", "Tries"),
        lang.pick("Depuis le", "Since"),
        lang.pick("Action", "Action"),
    ];
    let columns = std::iter::once(Column::new(lang.pick("Message", "Message")))
        .chain(labels.map(Column::new))
        .collect();
    let rows = messages
        .into_iter()
        .map(|message| row(lang, labels, message))
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Messages mis de côté", "Messages put aside")
                columns=columns
                quiet_caption=true
            >
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}

fn row(lang: Lang, [why, tries, since, act]: [&'static str; 4], message: ParkedMessage) -> AnyView {
    let route = route(lang, &message.route);
    let about = format!("{route}, {}", message.subject);
    view! {
        <tr>
            <th scope="row">
                {subject(lang, message.subject)}
                <span class="row-note">{route}</span>
            </th>
            <td data-label=why class="as-typed">{message.last_error}</td>
            <td data-label=tries>{message.attempts}</td>
            <td data-label=since>
                <time datetime=machine(message.created_at)>{long_moment(lang, message.created_at)}</time>
            </td>
            <td data-label=act>
                <form method="post" action="/fn/retry-message">
                    <input type="hidden" name="message" value=message.id.to_string()/>
                    <Button
                        label=lang.pick("Réessayer", "Retry")
                        kind=ButtonKind::Secondary
                        about=about
                    />
                </form>
            </td>
        </tr>
    }
    .into_any()
}

/// What the message is about, with the way to it: whoever was not told must be told otherwise.
fn subject(lang: Lang, subject: String) -> AnyView {
    // The end of an identifier tells two apart; its beginning is only a time.
    let link = |href: String, what: &str| {
        let end: String = href
            .chars()
            .skip(href.chars().count().saturating_sub(8))
            .collect();
        let words = format!("{what}\u{a0}…{end}");
        view! { <a href=href>{words}</a> }.into_any()
    };
    match subject.split_once(':') {
        Some(("declaration", id)) if Uuid::parse_str(id).is_ok() => link(
            format!("{}/{id}", path::REVIEW),
            lang.pick("Déclaration", "Declaration"),
        ),
        Some(("qualification", id)) if Uuid::parse_str(id).is_ok() => link(
            format!("/qualifications/{id}"),
            lang.pick("Qualification", "Qualification"),
        ),
        _ => subject.into_any(),
    }
}

/// The routes of the outbox in words; an unknown one is shown by its name.
fn route(lang: Lang, route: &str) -> String {
    match route {
        "mail.sign_in" => lang
            .pick("Courriel de connexion", "Sign-in e-mail")
            .to_owned(),
        "mail.supplier" => lang
            .pick("Courriel à l’entreprise", "E-mail to the company")
            .to_owned(),
        "mail.buyer" => lang
            .pick("Courriel aux agents", "E-mail to the agents")
            .to_owned(),
        "mail.invitation" => lang.pick("Invitation", "Invitation").to_owned(),
        "mail.prepared" => lang
            .pick(
                "Courriel d’un brouillon préparé",
                "E-mail of a prepared draft",
            )
            .to_owned(),
        "feed.company" => lang
            .pick(
                "Mise à jour de la base fournisseurs",
                "Update of the supplier database",
            )
            .to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_keeps_its_two_largest_units() {
        for (seconds, words) in [
            (0, "0\u{a0}s"),
            (200, "3\u{a0}min 20\u{a0}s"),
            (7_500, "2\u{a0}h 05\u{a0}min"),
            (200_000, "2\u{a0}j 7\u{a0}h"),
            (-5, "0\u{a0}s"),
        ] {
            assert_eq!(duration(Lang::Fr, seconds), words);
        }
    }
}
