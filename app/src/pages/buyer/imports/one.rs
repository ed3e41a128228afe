//! One import: what it read and kept, what it set aside and how to correct it, and the way to take it back.

use leptos::prelude::*;

use super::conformity;
use super::correct::{self, Correction};
use super::progress::Progress;
use super::words;
use crate::doors::buyer_desk;
use crate::error::AppError;
use crate::i18n::{Lang, use_lang};
use crate::islands::imports as islands;
use crate::pages::buyer::frame::{Back, Done, Lists};
use crate::pages::buyer::{address, copy_of_address};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::pages::shared::moment::long_moment;
use crate::reply::use_reply;
use crate::routes::path;
use crate::shell::IslandScript;
use crate::ui::{
    ButtonKind, ButtonLink, Column, ConfirmPanel, DataTable, DescriptionList, Entry, ErrorSummary,
    Notice, PageTitle, StatusChip, Tone,
};
use crate::views::{ImportAddress, ImportRow, ImportStage, ImportView, SetAside, Typed};

#[component]
pub fn ImportPage() -> impl IntoView {
    let lang = use_lang();
    let number = |name: &str| query(name).and_then(|number| number.parse().ok());
    let at = id_of_address().map(|id| ImportAddress {
        id,
        after: number("apres").unwrap_or(0),
        correct: number("corriger"),
    });
    let asked = query("retirer").is_some();
    let (done, copy) = (query("fait"), copy_of_address());
    let desk = buyer_desk();
    page(
        async move {
            let (desk, at) = (desk?, at?);
            let found = desk.import(&at).await?;
            if at.correct.is_some() && found.correct.is_none() {
                // Corrected meanwhile, or never set aside.
                return Err(AppError::NotFound);
            }
            let typed = match copy {
                Some(copy) => desk.kept_form(correct::FORM, copy).await?,
                None => None,
            };
            Ok((at, found, typed))
        },
        move |(at, found, typed)| draw(lang, at, asked, done, found, typed),
    )
}

fn draw(
    lang: Lang,
    at: ImportAddress,
    asked: bool,
    done: Option<String>,
    found: ImportView,
    typed: Option<Typed>,
) -> AnyView {
    let issues = typed
        .as_ref()
        .map(|typed| correct::issues(lang, typed))
        .unwrap_or_default();
    let wrong = !issues.is_empty();
    if wrong {
        use_reply().status(422);
    }
    let row = &found.row;
    let title = match lang {
        Lang::Fr => format!("Import de {}", row.file_name),
        Lang::En => format!("Import of {}", row.file_name),
    };
    let done = done.and_then(|code| done_words(lang, &code));
    let ask = (asked && row.stage.holds()).then(|| removal(lang, &at, row));
    let correction = found.correct.clone().map(|record| {
        view! { <Correction lang=lang at=at record=record typed=typed issues=issues.clone()/> }
    });
    view! {
        <PageTitle title=title.clone() error=wrong/>
        <div class="page agent">
            <Back href=path::IMPORTS label=lang.pick("Tous les imports", "All imports")/>
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            <Lists lang=lang current=path::IMPORTS/>
            {done.map(|words| view! { <Done text=words/> })}
            {why(lang, row)}
            {ask}
            {facts(lang, &at, row, asked)}
            {correction}
            {found.conformity.as_ref().map(|found| conformity::conformity(lang, &at, found))}
            {set_aside(lang, &at, &found)}
        </div>
    }
    .into_any()
}

fn done_words(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "retrait" => lang.pick(
            "Retrait demandé\u{A0}: ce que cet import est seul à avoir apporté disparaît des indicateurs.",
            "Removal asked for: what this import alone brought disappears from the figures.",
        ),
        "correction" => lang.pick(
            "Correction envoyée\u{A0}: elle est importée dans un instant.",
            "Correction sent: it is imported in a moment.",
        ),
        _ => return None,
    })
}

fn why(lang: Lang, row: &ImportRow) -> Option<AnyView> {
    let code = row
        .failure
        .as_ref()
        .filter(|_| row.stage == ImportStage::Failed)?;
    let words = words::failure(code).get(lang);
    Some(
        view! {
            <Notice
                tone=Tone::Warning
                title=lang.pick("Le fichier n’a pas été lu jusqu’au bout", "The file was not read to its end")
            >
                <p>{words}</p>
            </Notice>
        }
        .into_any(),
    )
}

/// The last question before an import is taken back.
fn removal(lang: Lang, at: &ImportAddress, row: &ImportRow) -> AnyView {
    let running = row.stage == ImportStage::Running;
    let id = at.id.to_string();
    let title = if running {
        lang.pick("Annuler cet import\u{202F}?", "Cancel this import?")
    } else {
        lang.pick("Retirer cet import\u{202F}?", "Remove this import?")
    };
    view! {
        <ConfirmPanel
            lang=lang
            title=title
            consequence=lang.pick(
                "Ce qu’il est seul à avoir apporté disparaît, et les indicateurs deviennent ce qu’ils seraient sans lui. Ce qu’un autre fichier a donné aussi reste. Importer le fichier à nouveau remet tout en place.",
                "What it alone brought disappears, and the figures become what they would be without it. What another file gave as well stays. Importing the file again puts all back.",
            )
            action="/fn/roll-back-import"
            confirm=if running {
                lang.pick("Annuler l’import", "Cancel the import")
            } else {
                lang.pick("Retirer l’import", "Remove the import")
            }
            cancel_href=address::import(at)
        >
            <input type="hidden" name="import" value=id/>
        </ConfirmPanel>
    }
    .into_any()
}

fn facts(lang: Lang, at: &ImportAddress, row: &ImportRow, asked: bool) -> AnyView {
    let (stage, tone) = words::stage(row.stage);
    let counted = |fr, en, count: u64| Entry::new(lang.pick(fr, en), words::number(lang, count));
    let state = view! {
        <StatusChip label=stage.get(lang) tone=tone/>
        <Progress lang=lang row=row.clone()/>
    };
    let mut entries = vec![
        Entry::view(lang.pick("État", "State"), state.into_any()),
        Entry::new(
            lang.pick("Contenu", "Content"),
            words::subject(row).get(lang),
        ),
        Entry::new(
            lang.pick("Demandé par", "Asked by"),
            format!("{}, {}", row.by, long_moment(lang, row.started_at)),
        ),
    ];
    if let Some(ended) = row.ended_at {
        let by = row.ended_by.as_ref();
        let by = by.map(|by| format!(", {by}")).unwrap_or_default();
        entries.push(Entry::new(
            lang.pick("Fin", "End"),
            format!("{}{by}", long_moment(lang, ended)),
        ));
    }
    entries.extend([
        counted("Enregistrements lus", "Records read", row.read),
        counted("Gardés", "Kept", row.kept),
        counted(
            "Déjà connus, parmi eux",
            "Known already, among them",
            row.known,
        ),
        counted("D’autres acheteurs", "Of other buyers", row.other_buyers),
        counted(
            "Concessions, hors des indicateurs",
            "Concessions, outside the figures",
            row.concessions,
        ),
        counted("Mis de côté", "Set aside", row.quarantined),
    ]);
    if let Some(sha256) = &row.sha256 {
        let sum = view! { <code class="checksum">{sha256.clone()}</code> };
        entries.push(Entry::view(
            lang.pick("Empreinte SHA-256", "SHA-256 checksum"),
            sum.into_any(),
        ));
    }
    let remove = (row.stage.holds() && !asked).then(|| {
        let href = format!(
            "{}?retirer=1",
            address::import(&ImportAddress {
                id: at.id,
                ..ImportAddress::default()
            })
        );
        let label = if row.stage == ImportStage::Running {
            lang.pick("Annuler cet import", "Cancel this import")
        } else {
            lang.pick("Retirer cet import", "Remove this import")
        };
        view! { <ButtonLink href=href label=label kind=ButtonKind::Secondary/> }
    });
    let again = row.stage.moves().then(|| {
        let here = address::import(at);
        view! { <ButtonLink href=here label=lang.pick("Actualiser", "Refresh") kind=ButtonKind::Quiet/> }
    });
    view! {
        <section
            class="block"
            aria-labelledby="facts"
            id=islands::PART
            data-moves=row.stage.moves().then_some("")
        >
            <h2 id="facts">{lang.pick("Ce que l’import a fait", "What the import did")}</h2>
            <DescriptionList entries=entries/>
            <p class="actions">{remove} {again}</p>
        </section>
        <islands::StaysFresh/>
        <IslandScript/>
    }
    .into_any()
}

fn set_aside(lang: Lang, at: &ImportAddress, found: &ImportView) -> Option<AnyView> {
    if found.row.quarantined == 0 {
        return None;
    }
    let left = words::number(lang, found.left);
    let intro = match (lang, found.left) {
        (Lang::Fr, 0) => "Tous les enregistrements mis de côté ont été corrigés depuis.".to_owned(),
        (Lang::En, 0) => "All records set aside were corrected since.".to_owned(),
        (Lang::Fr, _) => format!(
            "{left} à corriger, ici un par un, ou tous ensemble\u{A0}: téléchargez-les, corrigez le fichier et envoyez-le sur la page des imports."
        ),
        (Lang::En, _) => format!(
            "{left} to correct, one by one here, or all at once: download them, correct the file and send it on the page of imports."
        ),
    };
    let labels = [
        lang.pick("Raison", "Reason"),
        lang.pick("Texte reçu", "Text received"),
    ];
    let [reason, received] = labels;
    let columns = vec![
        Column::new(lang.pick("Rang", "Position")),
        Column::new(reason),
        Column::new(received),
    ];
    let rows = found
        .set_aside
        .iter()
        .map(|one| record(lang, at, labels, one))
        .collect_view();
    let table = (!found.set_aside.is_empty()).then(|| {
        view! {
            <div class="rows">
                <DataTable
                    caption=lang.pick("Ce qui est à corriger", "What is to correct")
                    columns=columns
                    quiet_caption=true
                >
                    {rows}
                </DataTable>
            </div>
        }
    });
    let more = found.more.then(|| {
        let last = found.set_aside.last().map_or(0, |one| one.position);
        let href = format!("{}#set-aside", address::import(&ImportAddress { after: last, correct: None, ..*at }));
        view! { <ButtonLink href=href label=lang.pick("Suite de la liste", "More of the list") kind=ButtonKind::Secondary/> }
    });
    let all = (found.left > 0).then(|| {
        let href = format!("{}/{}/quarantaine.json", path::IMPORTS, at.id);
        view! {
            <p>
                <a href=href download>
                    {lang.pick("Télécharger les enregistrements à corriger (JSON)", "Download the records to correct (JSON)")}
                </a>
            </p>
        }
    });
    Some(
        view! {
            <section class="block" id="set-aside" aria-labelledby="set-aside-title">
                <h2 id="set-aside-title">{lang.pick("Enregistrements mis de côté", "Records set aside")}</h2>
                <p>{intro}</p>
                {all}
                {table}
                {more}
            </section>
        }
        .into_any(),
    )
}

/// Characters of a received text that the list shows.
const EXCERPT: usize = 240;

fn record(
    lang: Lang,
    at: &ImportAddress,
    [reason, received]: [&'static str; 2],
    one: &SetAside,
) -> AnyView {
    let href = format!(
        "{}#correction",
        address::import(&ImportAddress {
            correct: Some(one.position),
            ..*at
        })
    );
    let mut excerpt: String = one.text.chars().take(EXCERPT).collect();
    if excerpt.len() < one.text.len() {
        excerpt.push('…');
    }
    let about = match lang {
        Lang::Fr => format!("l’enregistrement {}", one.position),
        Lang::En => format!("record {}", one.position),
    };
    view! {
        <tr>
            <th scope="row">
                {words::number(lang, one.position)}
                <a class="row-note" href=href>
                    {lang.pick("Corriger", "Correct")}
                    <span class="visually-hidden">" " {about}</span>
                </a>
            </th>
            <td data-label=reason>{words::reason(&one.reason).get(lang)}</td>
            <td data-label=received><code class="excerpt">{excerpt}</code></td>
        </tr>
    }
    .into_any()
}
