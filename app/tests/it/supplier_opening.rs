//! Opening a company and what follows from it: every way on, the simulator's answers, and the stops.

use std::sync::Arc;

use app::desk::{Opening, Submitted};
use app::doors::supplier::{amend_declaration, submit_declaration};
use app::i18n::Lang;
use app::views::{CompanyHit, Conflict, EstablishmentDoubt, SearchOutcome};
use app::visitor::AccountRole;
use domain::form::{SizeStep, StatementStep};
use domain::identifiers::Siret;
use domain::lifecycle::Status;
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::{all, assert_french_typography, assert_sound, text};
use crate::supplier_visit::{knock, visit};

/// Checks a page in both languages; answers the French document.
fn sound(fake: Fake, url: &str) -> Html {
    let fake = Arc::new(fake);
    let (english, _) = visit(&fake, url, Lang::En);
    assert_sound(url, &english, "en");
    let (french, reply) = visit(&fake, url, Lang::Fr);
    assert_sound(url, &french, "fr");
    assert_french_typography(url, &french);
    assert_eq!(reply.location, None, "{url}: stays on the page");
    Html::parse_document(&french)
}

fn words(page: &Html, selector: &str) -> String {
    all(page, selector).into_iter().map(text).collect()
}

fn values(page: &Html, selector: &str) -> Vec<String> {
    let value = |element: scraper::ElementRef<'_>| element.value().attr("value").map(str::to_owned);
    all(page, selector).into_iter().filter_map(value).collect()
}

fn searching(search: SearchOutcome) -> Fake {
    Fake {
        search,
        ..Fake::default()
    }
}

fn unknown(demonstration: bool) -> SearchOutcome {
    SearchOutcome::UnknownNumber {
        number: "732829320".into(),
        demonstration,
    }
}

const NUMBER: &str = "form[action='/fn/open-company'] input[name=number]";

#[test]
fn a_number_that_the_register_does_not_know_is_no_dead_end() {
    let url = "/espace/recherche?q=732829320";
    let page = sound(searching(unknown(false)), url);
    assert_eq!(values(&page, NUMBER), ["732829320"]);
    let notice = words(&page, ".notice");
    assert!(notice.contains("inconnu du répertoire"), "{notice}");
    assert!(!notice.contains("fictives"));
    let page = sound(searching(unknown(true)), url);
    assert!(words(&page, ".notice").contains("fictives"));
}

#[test]
fn answers_of_the_simulator_go_on_with_the_person() {
    let found = SearchOutcome::Found {
        hits: hits(),
        total: 2,
        demonstration: false,
    };
    let down = SearchOutcome::RegistryDown {
        number: Some("732829320".into()),
    };
    for outcome in [found, unknown(false), down] {
        let url = "/espace/recherche?q=732829320&issue=fermee&simulation=c2NlbGzDqQ";
        let page = sound(searching(outcome), url);
        assert!(all(&page, NUMBER).is_empty());
        let door = "form[action='/declarer/depuis-simulateur'] input";
        assert_eq!(
            values(&page, &format!("{door}[name=simulation]")),
            ["c2NlbGzDqQ"]
        );
        assert_eq!(values(&page, &format!("{door}[name=number]")).len(), 1);
        // A new search keeps them too.
        let again = "form[role=search] input[name=simulation]";
        assert_eq!(values(&page, again), ["c2NlbGzDqQ"]);
        assert!(words(&page, ".notice").contains("au simulateur sont gardées"));
    }
}

#[test]
fn a_doubtful_establishment_leaves_the_choice_of_the_head_office() {
    let hit = |doubt| CompanyHit {
        siret: Some(Siret::parse("73282932000157").unwrap()),
        doubt,
        head_office: Some(Siret::parse("73282932000074").unwrap()),
        ..hits().remove(0)
    };
    let page = |doubt| {
        let outcome = SearchOutcome::Found {
            hits: vec![hit(doubt)],
            total: 1,
            demonstration: false,
        };
        sound(
            searching(outcome),
            "/espace/recherche?q=732%20829%20320%2000157",
        )
    };
    assert_eq!(values(&page(None), NUMBER), ["73282932000157"]);
    for (doubt, expected) in [
        (EstablishmentDoubt::Closed, "cet établissement a fermé"),
        (EstablishmentDoubt::Unknown, "mais pas cet établissement"),
    ] {
        let page = page(Some(doubt));
        assert_eq!(
            values(&page, NUMBER),
            ["73282932000074", "73282932000157"],
            "{doubt:?}"
        );
        let said = words(&page, ".hit");
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn more_results_than_shown_are_counted() {
    let search = |total| SearchOutcome::Found {
        hits: hits(),
        total,
        demonstration: false,
    };
    let heading = |total| {
        words(
            &sound(searching(search(total)), "/espace/recherche?q=at"),
            "#results-title",
        )
    };
    assert!(heading(2).starts_with("2 résultats pour"), "{}", heading(2));
    assert!(
        heading(1234).starts_with("2 premiers résultats sur 1\u{202f}234 pour"),
        "{}",
        heading(1234)
    );
}

#[test]
fn the_next_results_are_a_link_away_and_keep_what_was_typed() {
    let visit = |total, address: &str| {
        let fake = searching(SearchOutcome::Found {
            hits: hits(),
            total,
            demonstration: false,
        });
        sound(fake, address)
    };
    let links = |page: &Html| -> Vec<String> {
        all(page, ".pager a")
            .iter()
            .filter_map(|link| Some(link.value().attr("href")?.to_owned()))
            .collect()
    };
    let whole = visit(2, "/espace/recherche?q=at");
    assert!(all(&whole, ".pager").is_empty(), "nothing more to see");
    let asked = "/espace/recherche?q=caf%C3%A9%20%26%20co&code_postal=13%20001&simulation=ab";
    let kept = "/espace/recherche?q=caf%C3%A9%20%26%20co&code_postal=13001&simulation=ab&page=";
    assert_eq!(links(&visit(25, asked)), [format!("{kept}2")]);
    let second = visit(25, &format!("{asked}&page=2"));
    assert_eq!(links(&second), [format!("{kept}1"), format!("{kept}3")]);
    assert!(words(&second, "#results-title").starts_with("Page 2 des 25 résultats pour"));
    assert!(words(&second, ".pager").contains("11 à 12 sur 25"));
    assert_eq!(
        links(&visit(25, &format!("{asked}&page=3"))),
        [format!("{kept}2")]
    );
    // Past the end, one comes back to what there is.
    let past = format!("{asked}&page=90");
    assert_eq!(links(&visit(25, &past)), [format!("{kept}3")]);
    assert_eq!(values(&second, "#code_postal"), ["13 001"]);
    assert_eq!(
        values(&second, "form[role=search] [name=simulation]"),
        ["ab"]
    );
}

#[test]
fn a_wrong_postal_code_is_told_and_stops_nothing() {
    let fake = searching(SearchOutcome::Found {
        hits: hits(),
        total: 2,
        demonstration: false,
    });
    let page = sound(fake, "/espace/recherche?q=at&code_postal=13");
    assert_eq!(all(&page, ".error-summary a[href='#code_postal']").len(), 1);
    assert!(words(&page, "#code_postal-error").contains("cinq chiffres"));
    assert_eq!(all(&page, ".hit").len(), 2);
}

fn size(query: &str) -> String {
    format!("/declarations/{}/taille?{query}", id(1))
}

#[test]
fn what_the_simulator_could_not_give_is_said_on_the_step() {
    let notice = |query: &str| {
        let fake = Fake::showing(view(Status::Draft, filled()));
        words(&sound(fake, &size(query)), ".notice")
    };
    assert!(notice("simulation=").contains("Voici vos réponses au simulateur"));
    let other = notice("simulation=categorie");
    assert!(
        other.contains("n’est pas celle de votre simulation")
            && other.contains("ne donnent pas le même résultat"),
        "{other}"
    );
    assert!(notice("simulation=tout").contains("qu’une heure"));
    assert!(!notice("").contains("simula"));
}

#[test]
fn a_size_that_is_there_is_set_beside_the_simulation() {
    let fake = Arc::new(Fake {
        conflict: Some(Conflict {
            declaration: id(1),
            version: 9,
            stored: app::desk::StepAnswers::Size(filled().size),
            typed: app::desk::StepAnswers::Size(SizeStep {
                awu: "12".into(),
                ..filled().size
            }),
            stored_at: at("2026-03-03T13:10:00Z"),
        }),
        ..Fake::default()
    });
    for (query, expected, other) in [
        ("", "une autre personne", "rien n’a été remplacé"),
        (
            "&simulation=categorie",
            "rien n’a été remplacé",
            "une autre personne",
        ),
    ] {
        let url = size(&format!("conflit={}{query}", id(9)));
        let (html, _) = visit(&fake, &url, Lang::Fr);
        assert_sound(&url, &html, "fr");
        assert_french_typography(&url, &html);
        let said = words(&Html::parse_document(&html), ".notice");
        assert!(said.contains(expected) && !said.contains(other), "{said}");
        assert_eq!(
            said.contains("ne donnent pas le même résultat"),
            !query.is_empty()
        );
    }
}

#[test]
fn a_company_that_closed_since_is_a_clear_stop() {
    let fake = Arc::new(Fake {
        opening: Opening::Closed(closed_company()),
        submitted: Ok(Submitted::Closed(closed_company())),
        ..Fake::default()
    });
    let stop = Some("/espace/recherche?q=732829320&issue=fermee&depuis=2024-03-01".to_owned());
    let supplier = visitor(AccountRole::Supplier);
    assert_eq!(knock(&fake, &supplier, || amend_declaration(id(1))).1, stop);
    let sworn = StatementStep {
        signer_name: "Anne".into(),
        ..StatementStep::default()
    };
    let sent = || submit_declaration(id(1), 7, "submit".into(), sworn);
    assert_eq!(knock(&fake, &supplier, sent).1, stop);
    let asked = fake.asked.lock().unwrap().join(", ");
    assert!(
        asked.contains("save 7 verification"),
        "what was typed is kept: {asked}"
    );
}
