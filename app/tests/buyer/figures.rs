//! The page of figures: its breakdowns, and the part of the year that it is narrowed to.

use domain::indicators::Dimension;
use scraper::Html;

use crate::fakes::desk::{FakeDesk, Scene};
use crate::fakes::figures;
use crate::html::{all, text};
use crate::visit::page;

fn hrefs(html: &Html, selector: &str) -> Vec<String> {
    all(html, selector)
        .into_iter()
        .filter_map(|link| link.value().attr("href").map(str::to_owned))
        .collect()
}

#[test]
fn each_part_leads_to_its_contracts_and_to_its_figures() {
    let desk = FakeDesk::of(Scene {
        indicators: Some(figures::indicators()),
        ..Scene::default()
    });
    let html = Html::parse_document(&page("/instruction/indicateurs?annee=2025", &desk).html);
    let links = hrefs(&html, "[aria-labelledby=ventilation] tbody th a");
    assert_eq!(
        links.get(..2).unwrap(),
        [
            "/instruction/indicateurs/marches?annee=2025&mesure=tous&etablissement=20005480700017",
            "/instruction/indicateurs?annee=2025&etablissement=20005480700017",
        ]
    );
    assert_eq!(links.len(), 4);
    let total = all(&html, "tr.total")[0];
    assert!(text(total).starts_with("Ensemble8"), "{}", text(total));
    let by = hrefs(&html, "nav.counts a");
    assert_eq!(by.len(), 5);
    assert_eq!(
        by[4],
        "/instruction/indicateurs?annee=2025&par=genre#ventilation"
    );
}

#[test]
fn a_narrowed_page_says_to_what_and_keeps_it_everywhere() {
    let narrowed = figures::narrowed(Dimension::Kind, &["EI"]);
    let desk = FakeDesk::of(Scene {
        indicators: Some(narrowed),
        ..Scene::default()
    });
    let html = Html::parse_document(&page("/instruction/indicateurs?annee=2025", &desk).html);
    assert_eq!(all(&html, ".narrowed li").len(), 4);
    for href in hrefs(&html, ".targets a")
        .into_iter()
        .chain(hrefs(&html, "tbody a"))
    {
        assert!(
            href.contains("lieu=13&cpv=45&taille=pme%2Ddeclaree"),
            "{href}"
        );
    }
    let out = hrefs(&html, ".narrowed a");
    assert!(
        !out[1].contains("lieu=") && out[1].contains("cpv=45") && out[1].contains("par=genre"),
        "{out:?}"
    );
    assert_eq!(all(&html, "form.filter input[type=hidden]").len(), 5);
    let figures: Vec<String> = all(&html, "th .row-note").into_iter().map(text).collect();
    assert!(figures.iter().any(|id| id == "I7") && !figures.iter().any(|id| id == "I8"));
}

#[test]
fn a_part_without_contract_leads_back_to_the_whole_year() {
    let desk = FakeDesk::of(Scene {
        indicators: Some(figures::empty_part()),
        contracts: Some(figures::contracts(0)),
        ..Scene::default()
    });
    let html = Html::parse_document(&page("/instruction/indicateurs?annee=2025", &desk).html);
    assert_eq!(
        hrefs(&html, ".empty a"),
        ["/instruction/indicateurs?annee=2025"]
    );
    let list = "/instruction/indicateurs/marches?annee=2025&mesure=pme&lieu=13";
    let html = Html::parse_document(&page(list, &desk).html);
    assert_eq!(
        hrefs(&html, ".empty a"),
        ["/instruction/indicateurs/marches?annee=2025&mesure=tous"]
    );
}
