//! How to write a link to a declaration: for networks, marketplaces and services of the buyer. Drawn from the allow-list.

use domain::claims::Kind;
use domain::links::{LONGEST, PAGE, Parameter, TRADE_CODES, kind_code};
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::use_lang;
use crate::routes::path;
use crate::ui::{Column, DataTable, PageTitle};

const EXAMPLE: &str =
    "/declarer?siret=73282932000074&statut=ei&valable-du=2026-01-01&effectif=12,5";

#[component]
pub fn LinksHelp() -> AnyView {
    let lang = use_lang();
    let title = lang.pick(
        "Donner un lien vers une déclaration",
        "Giving a link to a declaration",
    );
    let rows = Parameter::ALL
        .into_iter()
        .map(|parameter| {
            view! {
                <tr>
                    <th scope="row"><code>{parameter.name()}</code></th>
                    <td>{parameter.label().get(lang)}</td>
                    <td>{parameter.takes().words().get(lang)}</td>
                    <td><code>{parameter.example()}</code></td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::new(lang.pick("Paramètre", "Parameter")),
        Column::new(lang.pick("Ce qu’il propose", "What it proposes")),
        Column::new(lang.pick("Valeurs", "Values")),
        Column::new(lang.pick("Exemple", "Example")),
    ];
    let rules = [
        lang.pick(
            "Le lien s’ouvre par une lecture\u{A0}: il ne change rien. La personne se connecte, voit chaque réponse proposée, et décide.",
            "The link is opened by reading: it changes nothing. The person signs in, sees each proposed answer, and decides.",
        ),
        lang.pick(
            "Une réponse déjà donnée n’est jamais remplacée. Chaque réponse reprise porte «\u{202F}Proposé par un lien\u{202F}» jusqu’à ce qu’elle soit confirmée ou changée.",
            "An answer given already is never replaced. Each answer taken bears “Proposed by a link” until it is confirmed or changed.",
        ),
        lang.pick(
            "Jamais par un lien\u{A0}: les coordonnées, les textes libres, les pièces, l’attestation sur l’honneur et la signature. N’y mettez aucune donnée personnelle.",
            "Never by a link: contacts, free texts, documents, the sworn statement and the signature. Put no personal data in it.",
        ),
        lang.pick(
            "Sans siret, la page demande l’entreprise\u{A0}: le même lien peut servir à tout un réseau.",
            "Without siret, the page asks for the company: one link may serve a whole network.",
        ),
        lang.pick(
            "Un paramètre donné deux fois compte une fois, la première. Un paramètre inconnu est ignoré, et la page le dit.",
            "A parameter given twice counts once, the first time. An unknown parameter is ignored, and the page says so.",
        ),
    ]
    .map(|rule| view! { <li>{rule}</li> })
    .collect_view();
    let longest = lang.pick(
        format!("{LONGEST} caractères au plus après le point d’interrogation."),
        format!("{LONGEST} characters at most after the question mark."),
    );
    view! {
        <PageTitle title=title/>
        <div class="page">
            <p class="back">
                <a href=path::HELP>{lang.pick("Aide et contact", "Help and contact")}</a>
            </p>
            <h1>{title}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "Réseau, place de marché inclusive, service de la collectivité\u{A0}: un lien ouvre la déclaration d’une entreprise avec les réponses que vous connaissez.",
                        "A network, an inclusive marketplace, a service of the buyer: a link opens the declaration of a company with the answers that you know.",
                    )}
            </p>
            <p><code class="link-example">{EXAMPLE}</code></p>
            <ul>{rules} <li>{longest}</li></ul>
            <h2>{lang.pick("Les paramètres", "The parameters")}</h2>
            <DataTable
                caption=format!("{} {PAGE}", lang.pick("Paramètres de", "Parameters of"))
                columns=columns
                quiet_caption=true
            >
                {rows}
            </DataTable>
            {codes(lang)}
        </div>
    }
    .into_any()
}

fn codes(lang: crate::i18n::Lang) -> impl IntoView {
    let catalogue = use_catalogue();
    let kinds = Kind::SOLIDARITY
        .into_iter()
        .filter(|kind| catalogue.offers(*kind))
        .map(|kind| (kind_code(kind), catalogue.kind_label(kind, lang).to_owned()));
    let trades = TRADE_CODES
        .iter()
        .map(|(code, family)| ((*code).to_owned(), family.label().get(lang).to_owned()));
    let pledges = domain::pledges::TAXONOMY.iter().filter_map(|definition| {
        let entry = catalogue.pledge(definition.code)?;
        catalogue
            .offers_pledge(definition.code)
            .then(|| (definition.code.to_owned(), entry.label.get(lang).to_owned()))
    });
    view! {
        {list(lang.pick("Codes de statut", "Codes of statuses"), kinds)}
        {list(lang.pick("Codes de métier", "Codes of trades"), trades)}
        {list(lang.pick("Codes d’engagement", "Codes of commitments"), pledges)}
    }
}

fn list(title: &'static str, lines: impl Iterator<Item = (String, String)>) -> AnyView {
    let lines = lines
        .map(|(code, label)| {
            view! {
                <div class="entry">
                    <dt><code>{code}</code></dt>
                    <dd>{label}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <h2>{title}</h2>
        <dl class="entries">{lines}</dl>
    }
    .into_any()
}
