//! How the file of an import stands against the official schema: how many records conform, and what the others breach.

use leptos::prelude::*;

use super::words;
use crate::i18n::{Lang, Text, text};
use crate::pages::buyer::export::Exports;
use crate::routes::path;
use crate::ui::{Column, DataTable};
use crate::views::{Breach, Conformity, Export, ImportAddress};

pub(super) fn conformity(lang: Lang, at: &ImportAddress, found: &Conformity) -> AnyView {
    let table = (!found.breaches.is_empty()).then(|| table(lang, at, &found.breaches));
    view! {
        <section class="block wide" aria-labelledby="conformity">
            <h2 id="conformity">{lang.pick("Conformité au schéma officiel", "Conformity to the official schema")}</h2>
            <p class="reading">{summary(lang, found)}</p>
            {table}
        </section>
    }
    .into_any()
}

fn summary(lang: Lang, found: &Conformity) -> String {
    let Some(version) = &found.schema else {
        return lang
            .pick(
                "Seuls les fichiers JSON sont comparés au schéma officiel. Celui-ci est lu et compte comme les autres.",
                "Only JSON files are compared with the official schema. This one is read and counts like the others.",
            )
            .to_owned();
    };
    let (conforming, checked) = (
        words::number(lang, found.conforming),
        words::number(lang, found.checked),
    );
    match (lang, found.conforming == found.checked) {
        (Lang::Fr, true) => format!(
            "Enregistrements conformes au schéma officiel {version}, tous acheteurs confondus\u{A0}: {conforming} sur {checked}."
        ),
        (Lang::En, true) => {
            format!(
                "Records of all buyers that conform to the official schema {version}: {conforming} of {checked}."
            )
        }
        (Lang::Fr, false) => format!(
            "Enregistrements conformes au schéma officiel {version}, tous acheteurs confondus\u{A0}: {conforming} sur {checked}. Un écart n’empêche pas un marché de compter\u{A0}: ce portail lit ce que les acheteurs publient vraiment. Signalez ceux de vos marchés à l’éditeur de votre profil d’acheteur."
        ),
        (Lang::En, false) => format!(
            "Records of all buyers that conform to the official schema {version}: {conforming} of {checked}. A breach does not keep a contract from counting: this portal reads what buyers really publish. Tell the maker of your buyer profile about the breaches of yours."
        ),
    }
}

fn table(lang: Lang, at: &ImportAddress, breaches: &[Breach]) -> AnyView {
    let labels = [
        lang.pick("Écart", "Breach"),
        lang.pick("Occurrences", "Records"),
        lang.pick("Rang du premier", "Rank of the first"),
        lang.pick("Ce qui s’y trouve", "What stands there"),
    ];
    let [rule_label, records_label, first_label, value_label] = labels;
    let columns = vec![
        Column::new(lang.pick("Donnée", "Field")),
        Column::new(rule_label),
        Column::new(records_label).figures(),
        Column::new(first_label).figures(),
        Column::new(value_label),
    ];
    let rows = breaches
        .iter()
        .map(|one| {
            let place = if one.place.is_empty() {
                lang.pick("l’enregistrement", "the record").into_any()
            } else {
                view! { <code>{one.place.clone()}</code> }.into_any()
            };
            let value = (!one.value.is_empty())
                .then(|| view! { <code class="excerpt">{one.value.clone()}</code> });
            view! {
                <tr>
                    <th scope="row">{place}</th>
                    <td data-label=rule_label>{rule(&one.rule).get(lang)}</td>
                    <td class="figures" data-label=records_label>{words::number(lang, one.records)}</td>
                    <td class="figures" data-label=first_label>{words::number(lang, one.position)}</td>
                    <td data-label=value_label>{value}</td>
                </tr>
            }
        })
        .collect_view();
    let page = format!("{}?import={}", path::IMPORTS, at.id);
    let count = u64::try_from(breaches.len()).ok();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Écarts au schéma, les plus fréquents d’abord", "Breaches of the schema, the most frequent first")
                columns=columns
                quiet_caption=true
            >
                {rows}
            </DataTable>
        </div>
        <Exports lang=lang list=Export::Conformity page=page rows=count/>
    }
    .into_any()
}

/// A keyword of JSON Schema, or a reason why a text is no record, in words.
pub const fn rule(code: &str) -> Text {
    match code.as_bytes() {
        b"required" => text("Donnée obligatoire absente", "Required field missing"),
        b"type" => text(
            "Type de valeur inattendu (texte pour un nombre, par exemple)",
            "Unexpected type of value (text for a number, for example)",
        ),
        b"enum" => text(
            "Valeur hors de la liste officielle",
            "Value not in the official list",
        ),
        b"pattern" => text("Format incorrect", "Wrong format"),
        b"minimum" => text("Nombre trop petit", "Number too small"),
        b"maximum" => text("Nombre trop grand", "Number too large"),
        b"minLength" => text("Texte trop court", "Text too short"),
        b"maxLength" => text("Texte trop long", "Text too long"),
        b"minItems" => text("Liste trop courte", "List too short"),
        b"uniqueItems" => text("Élément répété dans la liste", "Item repeated in the list"),
        b"additionalProperties" => text(
            "Donnée que le format ne connaît pas",
            "Field that the format does not know",
        ),
        b"not_json" | b"not_utf8" => text("Texte illisible", "Unreadable text"),
        _ => text("Autre règle du schéma", "Another rule of the schema"),
    }
}
