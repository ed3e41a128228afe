//! The pages of payments: their states, the way from the figure to the decision, and the files.

use scraper::Html;

use crate::fakes::desk::{COPY, FakeDesk, Scene};
use crate::fakes::payments::{SUPPLIER, no_payments, payments, supplier};
use crate::html::{all, text};
use crate::visit::page;

const PAGE: &str = "/instruction/indicateurs/paiements";

fn year(found: app::views::PaymentsView) -> Scene {
    Scene {
        payments: Some(found),
        ..Scene::default()
    }
}

fn of_supplier(found: app::views::SupplierPayments) -> Scene {
    Scene {
        supplier_payments: Some(found),
        ..Scene::default()
    }
}

pub(crate) fn states() -> Vec<(String, Scene)> {
    let at = |query: &str| format!("{PAGE}?{query}");
    vec![
        (at("annee=2025"), year(payments(5))),
        (
            at("annee=2025&direction=%3Cb%3E&compte=autres&page=2"),
            year(payments(3)),
        ),
        (
            at("annee=2025&sans-direction=1&compte=solidaires"),
            year(payments(0)),
        ),
        (at("annee=2025&direction=x"), year(no_payments(true))),
        (at("annee=2019"), year(no_payments(false))),
        (SUPPLIER.to_owned(), of_supplier(supplier(true, true))),
        (
            format!("{SUPPLIER}&direction=%3Cb%3E&page=2"),
            of_supplier(supplier(false, true)),
        ),
        (
            format!("{SUPPLIER}&compte=autres"),
            of_supplier(supplier(true, false)),
        ),
    ]
}

fn shown(url: &str, scene: Scene) -> Html {
    Html::parse_document(&page(url, &FakeDesk::of(scene)).html)
}

fn hrefs(html: &Html, selector: &str) -> Vec<String> {
    all(html, selector)
        .into_iter()
        .filter_map(|link| link.value().attr("href").map(str::to_owned))
        .collect()
}

#[test]
fn the_figure_leads_to_those_who_are_paid_and_keeps_the_filters() {
    let html = shown(
        &format!("{PAGE}?annee=2025&direction=Voirie&compte=autres&page=2"),
        year(payments(3)),
    );
    assert_eq!(text(all(&html, ".target-rate")[0]), "5\u{a0}%");
    assert_eq!(
        hrefs(&html, ".target-links a"),
        [
            "/instruction/indicateurs/paiements?annee=2025&direction=Voirie&compte=solidaires#fournisseurs",
            "/instruction/indicateurs/paiements?annee=2025&direction=Voirie#fournisseurs",
        ]
    );
    let directions = hrefs(&html, "[aria-labelledby=directions] tbody th a");
    assert_eq!(
        directions[1..],
        [
            "/instruction/indicateurs/paiements?annee=2025&direction=Voirie&compte=autres#fournisseurs",
            "/instruction/indicateurs/paiements?annee=2025&sans-direction=1&compte=autres#fournisseurs",
        ]
    );
    let rates = all(&html, "[aria-labelledby=directions] tbody td:last-child");
    assert_eq!(text(rates[2]), "non calculable", "credits only");
    let suppliers = hrefs(&html, "[aria-labelledby=fournisseurs] tbody th a");
    assert_eq!(
        suppliers[0],
        "/instruction/indicateurs/paiements/fournisseur?annee=2025&tiers=732829320&direction=Voirie&compte=autres"
    );
    assert_eq!(
        hrefs(&html, ".narrowed a"),
        ["/instruction/indicateurs/paiements?annee=2025&compte=autres"]
    );
    let hidden = all(&html, "form.filter input[type=hidden][name=direction]");
    assert_eq!(hidden[0].value().attr("value"), Some("Voirie"));
    assert_eq!(
        hrefs(&html, ".pager a[rel=next]"),
        [
            "/instruction/indicateurs/paiements?annee=2025&direction=Voirie&compte=autres&page=3#fournisseurs"
        ]
    );
}

#[test]
fn a_payment_leads_to_the_decision_that_makes_it_count() {
    let html = shown(SUPPLIER, of_supplier(supplier(true, true)));
    let cells = all(&html, "tbody td[data-label=Compte]");
    assert_eq!(
        hrefs(&html, "tbody td a"),
        [format!("/qualifications/{COPY}")]
    );
    assert!(text(cells[0]).starts_with("Oui") && text(cells[0]).contains("statut repris"));
    assert!(text(cells[1]).starts_with("Non établi") && text(cells[1]).contains("borne haute"));
    assert_eq!(text(cells[2]), "Non");
    assert_eq!(
        hrefs(&html, ".back a"),
        ["/instruction/indicateurs/paiements?annee=2025"]
    );
}

#[test]
fn every_table_goes_with_the_filters_of_the_page() {
    let html = shown(
        &format!("{PAGE}?annee=2025&sans-direction=1&compte=solidaires&page=2"),
        year(payments(3)),
    );
    let query = "?annee=2025&sans-direction=1&compte=solidaires";
    let both = |name: &str, query: &str| {
        ["csv", "xlsx"].map(|format| format!("/instruction/exports/{name}.{format}{query}"))
    };
    let files = [both("directions", query), both("fournisseurs-payes", query)];
    assert_eq!(hrefs(&html, ".exports a[download]"), files.concat());
    let html = shown(
        &format!("{SUPPLIER}&page=3"),
        of_supplier(supplier(true, true)),
    );
    let files = both("paiements", "?annee=2025&tiers=732829320");
    assert_eq!(hrefs(&html, ".exports a[download]"), files);
}
