//! Every list can be taken away as a file, with the filters of its page and without its place in the pages.

use domain::indicators::Dimension;
use scraper::Html;

use crate::fakes::desk::{FakeDesk, Scene};
use crate::fakes::{figures, levers, scenes as made};
use crate::html::{all, text};
use crate::visit::page;

fn shown(url: &str, scene: Scene) -> Html {
    Html::parse_document(&page(url, &FakeDesk::of(scene)).html)
}

fn files(html: &Html) -> Vec<String> {
    all(html, ".exports a[download]")
        .into_iter()
        .filter_map(|link| link.value().attr("href"))
        .map(|href| {
            href.strip_prefix("/instruction/exports/")
                .unwrap()
                .to_owned()
        })
        .collect()
}

/// Both formats of each file.
fn both(names: &[(&str, &str)]) -> Vec<String> {
    let both = |(name, query): &(&str, &str)| {
        ["csv", "xlsx"].map(|format| format!("{name}.{format}{query}"))
    };
    names.iter().flat_map(both).collect()
}

#[test]
fn the_tables_of_figures_go_with_the_filters_of_the_page() {
    let scene = Scene {
        indicators: Some(figures::narrowed(Dimension::Kind, &["EI"])),
        ..Scene::default()
    };
    let html = shown("/instruction/indicateurs?annee=2025", scene);
    let query = "?annee=2025&etablissement=A%20%22x%22%20%3Cb%3E&lieu=13&cpv=45&taille=pme%2Ddeclaree&par=genre";
    let names = ["annees", "ventilation", "mesures", "constats"];
    assert_eq!(files(&html), both(&names.map(|name| (name, query))));
}

#[test]
fn the_contracts_go_whatever_the_page_of_the_list() {
    let mut contracts = figures::contracts(2);
    contracts.total = 1204;
    contracts.pages = 49;
    let scene = Scene {
        contracts: Some(contracts),
        ..Scene::default()
    };
    let html = shown(
        "/instruction/indicateurs/marches?annee=2025&mesure=pme&page=2",
        scene,
    );
    assert_eq!(files(&html), both(&[("marches", "?annee=2025&mesure=pme")]));
    let said = text(all(&html, ".exports")[0]);
    assert_eq!(
        said,
        "Exporter\u{A0}: CSV (Marchés), XLSX (Marchés) (1\u{202F}204\u{A0}lignes)"
    );
}

#[test]
fn the_lists_of_levers_and_of_qualifications_go_too() {
    let mut view = levers::levers(2, None);
    view.filter.page = 3;
    view.filter.chosen = Some(Vec::new());
    let scene = Scene {
        levers: Some(view),
        ..Scene::default()
    };
    let html = shown("/instruction/indicateurs/leviers?annee=2025", scene);
    let names = ["dossiers", "sans-statut", "fins-de-statut"];
    assert_eq!(files(&html), both(&names.map(|name| (name, "?annee=2026"))));
    let mut found = made::qualifications(2);
    found.search = "l’atelier".to_owned();
    let scene = Scene {
        qualifications: found,
        ..Scene::default()
    };
    let html = shown("/instruction/qualifications?q=x", scene);
    assert_eq!(
        files(&html),
        both(&[("qualifications", "?q=l%E2%80%99atelier")])
    );
}

#[test]
fn an_empty_list_has_no_file() {
    let scene = Scene {
        contracts: Some(figures::contracts(0)),
        ..Scene::default()
    };
    let html = shown("/instruction/indicateurs/marches", scene);
    assert_eq!(files(&html), [""; 0]);
}
