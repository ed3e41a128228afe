//! How anyone checks an edition: the checksum, the script, and what each column of the file of contracts holds.

use leptos::prelude::*;

use crate::i18n::{Lang, NO_BREAK};
use crate::routes::path;
use crate::ui::{Column, DataTable};
use crate::views::FrozenView;

pub(super) fn section(lang: Lang, found: &FrozenView) -> AnyView {
    let script = format!("{}/{}", path::FROZEN_YEARS, found.script);
    let holds = lang.pick("Contenu", "Content");
    let columns = vec![
        Column::new(lang.pick("Colonne", "Column")),
        Column::new(holds),
    ];
    let rows = found
        .columns
        .iter()
        .map(|(name, about)| {
            view! {
                <tr>
                    <th scope="row"><code>{*name}</code></th>
                    <td data-label=holds>{spaced(lang, about.get(lang))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="block" aria-labelledby="check">
            <h2 id="check">{lang.pick("Vérifier une édition", "Check an edition")}</h2>
            <p>
                {lang
                    .pick(
                        "Chacun peut le faire avec les deux fichiers d’un même état, sans accès au portail.",
                        "Anyone can do it with both files of a state, without access to the portal.",
                    )}
            </p>
            <ol>
                <li>
                    {lang
                        .pick(
                            "L’empreinte SHA-256 du fichier des marchés est celle que donne cette page, et celle du champ ",
                            "The SHA-256 checksum of the file of contracts is the one on this page, and the one of the field ",
                        )}
                    <code>"sha256"</code>
                    {lang.pick(" du fichier des indicateurs. Calculez-la avec ", " of the file of figures. Compute it with ")}
                    <code>"sha256sum"</code> "."
                </li>
                <li>
                    {lang.pick("Téléchargez le ", "Download the ")}
                    <a href=script download="">{lang.pick("script de recalcul", "script that computes again")}</a>
                    {lang
                        .pick(
                            " et lancez-le avec Node.js, sans rien installer d’autre. Il compare chaque indicateur publié à celui qu’il calcule des marchés\u{A0}: ",
                            " and run it with Node.js, without installing anything else. It compares each published figure with the one that it computes from the contracts: ",
                        )}
                    <code>"node " {found.script} " indicateurs.json marches.csv"</code>
                </li>
            </ol>
            <p>
                {lang
                    .pick(
                        "Le fichier des marchés a une ligne par marché et titulaire, en UTF-8, avec des virgules entre les colonnes.",
                        "The file of contracts has one row per contract and holder, in UTF-8, with commas between the columns.",
                    )}
            </p>
            <details>
                <summary>{lang.pick("Ce que contient chaque colonne", "What each column holds")}</summary>
                <div class="rows">
                <DataTable
                    caption=lang.pick("Colonnes du fichier des marchés", "Columns of the file of contracts")
                    columns=columns
                    quiet_caption=true
                >
                    {rows}
                </DataTable>
                </div>
            </details>
        </section>
    }
    .into_any()
}

/// The documentation of the database is written with plain spaces.
fn spaced(lang: Lang, about: &str) -> String {
    match lang {
        Lang::Fr => about
            .replace(" :", &format!("{NO_BREAK}:"))
            .replace(" ;", "\u{202F};"),
        Lang::En => about.to_owned(),
    }
}
