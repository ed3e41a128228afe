//! The files that wait, by the euros that they would make count, and the choice of those to validate.

use leptos::prelude::*;

use super::outcome::announcement;
use crate::i18n::{Lang, euros};
use crate::pages::buyer::address;
use crate::pages::buyer::export::Exports;
use crate::pages::buyer::list::TOTAL_CAP;
use crate::pages::buyer::queue::kinds;
use crate::routes::path;
use crate::ui::{Actions, Button, Column, DataTable, EmptyState};
use crate::views::{Export, LeversFilter, LeversView, WaitingFile};

#[component]
pub(super) fn Files(lang: Lang, found: LeversView) -> AnyView {
    let list = if found.files.is_empty() {
        empty(lang)
    } else {
        form(lang, &found)
    };
    let more = found.more_files.then(|| {
        let words = match lang {
            Lang::Fr => format!(
                "Seuls les dossiers qui attendent depuis le plus longtemps sont comptés ici ({TOTAL_CAP} affirmations)."
            ),
            Lang::En => format!(
                "Only the files that have waited for the longest are counted here ({TOTAL_CAP} claims)."
            ),
        };
        view! { <p class="target-note">{words}</p> }
    });
    view! {
        <section class="block">
            <h2>{lang.pick("Dossiers en attente, par euros en jeu", "Waiting files, by euros at stake")}</h2>
            {announcement(lang, &found)}
            {list}
            {more}
            <p class="target-note">
                {lang
                    .pick(
                        "Calcul exact\u{A0}: la part de chaque titulaire, parts saisies comprises, quand le statut demandé couvre la date de notification et que ces euros ne comptent pas déjà. Une affirmation refusée ou à corriger n’est pas comptée.",
                        "Exact: the share of each holder, entered shares included, where the status asked for covers the notification date and these euros do not count already. A claim refused or sent back is not counted.",
                    )}
            </p>
        </section>
    }
    .into_any()
}

fn empty(lang: Lang) -> AnyView {
    view! {
        <EmptyState
            title=lang.pick("Aucun dossier en attente ne ferait monter le taux", "No waiting file would raise the rate")
            text=lang.pick(
                "Les entreprises dont un dossier attend n’ont pas de marché dans l’année, ou leurs euros comptent déjà.",
                "The companies whose files wait hold no contract of the year, or their euros count already.",
            )
        >
            <a href=path::REVIEW>{lang.pick("Voir les déclarations à instruire", "See the declarations to review")}</a>
        </EmptyState>
    }
    .into_any()
}

/// The headers, repeated beside each value on a phone.
const fn labels(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Fr => ["Affirmations", "Euros ajoutés", "Marchés", "Attend depuis"],
        Lang::En => ["Claims", "Euros added", "Contracts", "Waiting for"],
    }
}

fn form(lang: Lang, found: &LeversView) -> AnyView {
    let [claims, added, contracts, waiting] = labels(lang);
    let columns = vec![
        Column::new(lang.pick("Dossier à valider", "File to validate")),
        Column::new(claims),
        Column::new(added).figures(),
        Column::new(contracts).figures(),
        Column::new(waiting).figures(),
    ];
    let rows = found
        .files
        .iter()
        .map(|file| row(lang, file))
        .collect_view();
    let proposed = found.filter.chosen.is_some().then(|| {
        let href = address::levers(&LeversFilter {
            year: Some(found.year),
            chosen: None,
            ..found.filter.clone()
        });
        let label = lang.pick(
            "Revenir au plus petit nombre de dossiers",
            "Back to the fewest files",
        );
        view! { <a class="button button-quiet" href=href>{label}</a> }
    });
    view! {
        <form class="rows" method="get" action=path::LEVERS>
            <input type="hidden" name="annee" value=found.year/>
            <input type="hidden" name="etat" value=address::mode_code(found.filter.mode)/>
            <input type="hidden" name=address::CHOICE value="1"/>
            <DataTable
                caption=lang.pick("Dossiers en attente qui feraient monter le taux", "Waiting files that would raise the rate")
                columns=columns
            >
                {rows}
            </DataTable>
            <Actions>
                <Button label=lang.pick("Recalculer avec les dossiers cochés", "Compute with the ticked files")/>
                {proposed}
            </Actions>
        </form>
        <Exports
            lang=lang
            list=Export::Waiting
            page=super::whole(found.year, found.filter.mode)
            rows=u64::try_from(found.files.len()).ok()
        />
    }
    .into_any()
}

fn row(lang: Lang, file: &WaitingFile) -> AnyView {
    let [claims, added, contracts, waiting] = labels(lang);
    let id = format!("dossier-{}", file.id);
    let days = match (lang, file.days) {
        (_, ..=0) => lang.pick("aujourd’hui", "today").to_owned(),
        (Lang::Fr, days @ 1) => format!("{days}\u{A0}jour"),
        (Lang::Fr, days) => format!("{days}\u{A0}jours"),
        (Lang::En, 1) => "1 day".to_owned(),
        (Lang::En, days) => format!("{days} days"),
    };
    view! {
        <tr>
            <th scope="row">
                <div class="tick">
                    <input
                        type="checkbox"
                        id=id.clone()
                        name=address::FILE
                        value=file.id.to_string()
                        checked=file.chosen
                    />
                    <label for=id>{file.company_name.clone()}</label>
                </div>
                <a class="row-note" href=address::review(file.id)>
                    {lang.pick("Examiner ", "Review ")} {file.reference.clone()}
                    <span class="visually-hidden">" (" {file.company_name.clone()} ")"</span>
                </a>
            </th>
            <td data-label=claims>{kinds(lang, &file.kinds)}</td>
            <td class="figures" data-label=added>{euros(lang, file.euros)}</td>
            <td class="figures" data-label=contracts>{file.contracts}</td>
            <td class="figures" data-label=waiting>{days}</td>
        </tr>
    }
    .into_any()
}
