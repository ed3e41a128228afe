//! What waits for a person in their workspace: drafts that the buyer prepared, and what a third party prepares or asks.

use app::views::{InvitedTo, Workspace};
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_visit::{only, sound, words};

fn draft(number: u128, company: &str) -> InvitedTo {
    InvitedTo {
        id: id(number),
        company_name: company.to_owned(),
        until: day("2026-04-02"),
    }
}

fn page(what: &str, workspace: Workspace) -> Html {
    let fake = Fake {
        workspace,
        ..Fake::default()
    };
    sound(what, fake, "/espace")
}

fn links(page: &Html) -> Vec<String> {
    let href = |link: scraper::ElementRef<'_>| link.value().attr("href").map(str::to_owned);
    let links = all(page, ".notice a[href^='/brouillons/']");
    links.into_iter().filter_map(href).collect()
}

#[test]
fn no_draft_no_word() {
    let page = page("none", Workspace::default());
    assert!(links(&page).is_empty());
    assert!(!words(&page, "main").contains("préparé"));
}

#[test]
fn each_draft_that_waits_leads_to_its_page_with_its_last_day() {
    let one = Workspace {
        prepared: vec![draft(61, "Les <Jardins>")],
        ..Workspace::default()
    };
    let page_of_one = page("one", one);
    assert_eq!(links(&page_of_one), [format!("/brouillons/{}", id(61))]);
    let notice = words(&page_of_one, ".notice");
    assert!(
        notice.contains("Un brouillon préparé par l’acheteur vous attend"),
        "{notice}"
    );
    assert!(notice.contains("Les <Jardins>"), "{notice}");
    assert!(notice.contains("jusqu’au 2\u{a0}avril 2026"), "{notice}");
    // Of several companies, in the order they came; beside a company that is there already.
    let several = Workspace {
        prepared: vec![
            draft(61, "Les Jardins"),
            draft(62, "La Scierie"),
            draft(63, "Le Port"),
        ],
        ..workspace()
    };
    let page = page("several", several);
    let expected = [61, 62, 63].map(|number| format!("/brouillons/{}", id(number)));
    assert_eq!(links(&page), expected);
    assert!(words(&page, "main").contains("Des brouillons préparés par l’acheteur vous attendent"));
    only(&page, "section.company");
}

#[test]
fn a_claimed_draft_is_the_declaration_of_the_company_and_waits_no_more() {
    let claimed = Workspace {
        prepared: vec![],
        ..workspace()
    };
    let page = page("claimed", claimed);
    assert!(links(&page).is_empty());
    let open = only(&page, "section.company .open-declaration a");
    assert_eq!(
        open.value().attr("href"),
        Some(format!("/declarations/{}", id(1)).as_str())
    );
}

#[test]
fn a_third_party_reads_that_its_mandate_waits_and_where_to_tell_the_company() {
    let mut mine = workspace();
    let company = mine.companies.first_mut().unwrap();
    company.organisation = Some("Cabinet <Durand>".into());
    company.unconfirmed = true;
    let unconfirmed = page("unconfirmed", mine.clone());
    let place = words(&unconfirmed, "section.company");
    assert!(
        place.contains("Mandat à confirmer par l’entreprise"),
        "{place}"
    );
    assert!(place.contains("(Cabinet <Durand>)"), "{place}");
    let tell = format!(
        "section.company .notice a[href='/espace/personnes/{}']",
        siren()
    );
    only(&unconfirmed, &tell);
    mine.companies.first_mut().unwrap().unconfirmed = false;
    assert!(all(&page("confirmed", mine), &tell).is_empty());
}
