//! The imports of contracts: send a file, see what runs and what was imported, by whom.

mod conformity;
mod correct;
mod one;
mod progress;
mod words;

pub use conformity::rule;
pub use correct::FORM;
pub use one::ImportPage;
pub use words::Stopped;

use leptos::prelude::*;

use super::address;
use super::frame::{Done, Lists};
use super::list::{Listed, Shown, paged};
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::islands::imports as islands;
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::shell::IslandScript;
use crate::ui::{
    Actions, Button, ButtonKind, Column, DataTable, EmptyState, FileInput, Notice, PageTitle,
    StatusChip, Tone,
};
use crate::views::{ImportAddress, ImportRow, ImportsView, SentFile};
use progress::Progress;

#[component]
pub fn Imports() -> impl IntoView {
    let lang = use_lang();
    let number = address::page_number(query("page"));
    let done = query("fait");
    let stopped = query("refus").and_then(|code| Stopped::from_code(&code));
    let desk = buyer_desk();
    page(async move { desk?.imports(number).await }, move |found| {
        draw(lang, done, stopped, found)
    })
}

fn draw(lang: Lang, done: Option<String>, stopped: Option<Stopped>, found: ImportsView) -> AnyView {
    let title = lang.pick("Imports de marchés", "Imports of contracts");
    let done = done.and_then(|code| done_words(lang, &code));
    let notice = stopped.map(|why| {
        view! {
            <Notice
                tone=Tone::Danger
                live=true
                id="stopped"
                title=lang.pick("Cette action n’a pas été faite", "This was not done")
            >
                <p>{why.message().get(lang)}</p>
            </Notice>
        }
    });
    let moving = !found.sent.is_empty() || found.rows.iter().any(|row| row.stage.moves());
    let again = moving.then(|| {
        let here = address::imports(found.page);
        view! { <p><a href=here>{lang.pick("Actualiser", "Refresh")}</a></p> }
    });
    view! {
        <PageTitle title=title error=stopped.is_some()/>
        <div class="page agent">
            <h1>{title}</h1>
            <Lists lang=lang current=path::IMPORTS/>
            <p class="lead">
                {lang
                    .pick(
                        "Les données essentielles de vos marchés, telles que votre profil d’acheteur les publie, deviennent les indicateurs.",
                        "The essential data of your contracts, as your buyer profile publishes them, become the figures.",
                    )}
            </p>
            {done.map(|words| view! { <Done text=words/> })}
            {notice}
            {send(lang, found.largest)}
            <div id=islands::PART data-moves=moving.then_some("")>
                {waiting(lang, &found.sent)}
                <section class="block" aria-labelledby="history">
                    <h2 id="history">{lang.pick("Historique", "History")}</h2>
                    {again}
                    {history(lang, &found)}
                </section>
            </div>
            <islands::StaysFresh/>
            <IslandScript/>
        </div>
    }
    .into_any()
}

fn done_words(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "envoi" => lang.pick(
            "Fichier reçu\u{A0}: il sera importé dès que son tour vient. Vous pouvez fermer cette page.",
            "File received: it is imported as soon as its turn comes. You may close this page.",
        ),
        "attente" => lang.pick(
            "Fichier retiré de l’attente\u{A0}: il ne sera pas importé.",
            "File taken out of the queue: it will not be imported.",
        ),
        _ => return None,
    })
}

fn send(lang: Lang, largest: u64) -> AnyView {
    let size = words::size(lang, largest);
    let hint = match lang {
        Lang::Fr => format!(
            "JSON (2.0.3 ou 1.5), XML ou CSV consolidé, {size} au plus. Envoyer deux fois le même fichier, ou un plus ancien, ne fausse aucun chiffre."
        ),
        Lang::En => format!(
            "JSON (2.0.3 or 1.5), XML or consolidated CSV, {size} at most. Sending a file twice, or an older one, makes no figure wrong."
        ),
    };
    view! {
        <section class="block" aria-labelledby="send">
            <h2 id="send">{lang.pick("Envoyer un fichier", "Send a file")}</h2>
            <form
                class="card"
                method="post"
                action=path::IMPORT_UPLOAD
                enctype="multipart/form-data"
                id=islands::FORM
                novalidate
            >
                <FileInput
                    lang=lang
                    name="file"
                    label=lang.pick("Fichier de données essentielles", "File of essential data")
                    hint=hint
                    accept=".json,.xml,.csv,application/json,application/xml,text/csv"
                />
                <Actions>
                    <Button label=lang.pick("Importer", "Import")/>
                </Actions>
                {sending(lang)}
                <islands::ShowsSending/>
            </form>
        </section>
    }
    .into_any()
}

/// What the browser shows while a file goes, and when it could not.
fn sending(lang: Lang) -> AnyView {
    view! {
        <div id=islands::SENDING class="progress" hidden>
            <progress max="100" value="0" aria-label=lang.pick("Envoi du fichier", "Sending of the file")></progress>
            <p>
                {lang.pick("Envoi en cours, gardez cette page ouverte\u{A0}: ", "Sending, keep this page open: ")}
                <span class="percent">"0"</span>
                {lang.pick("\u{A0}%", "%")}
            </p>
            <button class="button button-quiet" type="button" id=islands::STOP>
                {lang.pick("Arrêter l’envoi", "Stop sending")}
            </button>
        </div>
        <p id=islands::FAILED class="error" role="alert" hidden>
            {lang
                .pick(
                    "Le fichier n’est pas arrivé\u{A0}: l’envoi a été arrêté ou le réseau coupé. Rien n’a été importé, vous pouvez recommencer.",
                    "The file did not arrive: it was stopped or the network went away. Nothing was imported, you may try again.",
                )}
        </p>
    }
    .into_any()
}

fn waiting(lang: Lang, sent: &[SentFile]) -> Option<AnyView> {
    if sent.is_empty() {
        return None;
    }
    let labels = [
        lang.pick("Envoyé", "Sent"),
        lang.pick("Taille", "Size"),
        lang.pick("Action", "Action"),
    ];
    let [when, size, act] = labels;
    let columns = vec![
        Column::new(lang.pick("Fichier", "File")),
        Column::new(when),
        Column::new(size).figures(),
        Column::new(act),
    ];
    let rows = sent
        .iter()
        .map(|file| {
            view! {
                <tr>
                    <th scope="row">{file.name.clone()}</th>
                    <td data-label=when>
                        <div>
                            {long_moment(lang, file.sent_at)}
                            <span class="row-note">{file.by.clone()}</span>
                        </div>
                    </td>
                    <td class="figures" data-label=size>{words::size(lang, file.size_bytes)}</td>
                    <td data-label=act>
                        <form method="post" action="/fn/roll-back-import">
                            <input type="hidden" name="import" value=file.id.to_string()/>
                            <input type="hidden" name="waiting" value="yes"/>
                            <Button
                                label=lang.pick("Ne pas importer", "Do not import")
                                kind=ButtonKind::Quiet
                                about=file.name.clone()
                            />
                        </form>
                    </td>
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="block" aria-labelledby="waiting">
                <h2 id="waiting">{lang.pick("En attente", "Waiting")}</h2>
                <div class="rows">
                    <DataTable
                        caption=lang.pick("Fichiers qui attendent leur tour", "Files that wait for their turn")
                        columns=columns
                        quiet_caption=true
                    >
                        {rows}
                    </DataTable>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn history(lang: Lang, found: &ImportsView) -> AnyView {
    if found.rows.is_empty() {
        return view! {
            <EmptyState
                title=lang.pick("Aucun import", "No import")
                text=lang.pick(
                    "Envoyez un fichier ci-dessus, ou utilisez la commande spaser contracts import.",
                    "Send a file above, or use the command spaser contracts import.",
                )
            />
        }
        .into_any();
    }
    let labels = [
        lang.pick("État", "State"),
        lang.pick("Début", "Begun"),
        lang.pick("Lus", "Read"),
        lang.pick("Gardés", "Kept"),
        lang.pick("Mis de côté", "Set aside"),
    ];
    let [state, begun, read, kept, aside] = labels;
    let columns = vec![
        Column::new(lang.pick("Fichier", "File")),
        Column::new(state),
        Column::new(begun),
        Column::new(read).figures(),
        Column::new(kept).figures(),
        Column::new(aside).figures(),
    ];
    let rows = found
        .rows
        .iter()
        .map(|one| row(lang, labels, one))
        .collect_view();
    let shown = Shown {
        page: found.page,
        pages: found.pages,
        rows: found.rows.len(),
        total: found.total,
    };
    let table = Listed {
        caption: lang.pick("Imports, les derniers d’abord", "Imports, the latest first"),
        quiet_caption: true,
        columns,
        rows: rows.into_any(),
    };
    let label = lang.pick("Pages des imports", "Pages of imports");
    paged(lang, label, shown, address::imports, table)
}

fn row(
    lang: Lang,
    [state, begun, read, kept, aside]: [&'static str; 5],
    one: &ImportRow,
) -> AnyView {
    let (stage, tone) = words::stage(one.stage);
    let href = address::import(&ImportAddress {
        id: one.id,
        ..ImportAddress::default()
    });
    view! {
        <tr>
            <th scope="row">
                <a href=href>{one.file_name.clone()}</a>
                <span class="row-note">{words::subject(one).get(lang)} ", " {one.format.to_uppercase()}</span>
            </th>
            <td data-label=state>
                <div>
                    <StatusChip label=stage.get(lang) tone=tone/>
                    <Progress lang=lang row=one.clone()/>
                </div>
            </td>
            <td data-label=begun>
                <div>
                    {long_moment(lang, one.started_at)}
                    <span class="row-note">{one.by.clone()}</span>
                </div>
            </td>
            <td class="figures" data-label=read>{words::number(lang, one.read)}</td>
            <td class="figures" data-label=kept>{words::number(lang, one.kept)}</td>
            <td class="figures" data-label=aside>{words::number(lang, one.quarantined)}</td>
        </tr>
    }
    .into_any()
}
