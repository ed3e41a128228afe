//! A prepared draft, as the person of its address sees it in each of its states, and its door.

use std::sync::Arc;

use app::doors::prepared::answer_prepared;
use app::views::{ClaimPage, ClaimView, PreparedState};
use app::visitor::AccountRole;
use domain::links::read;

use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_visit::{knock, sound, step, words};

fn shown(state: PreparedState, held: bool) -> Fake {
    let view = ClaimView {
        id: id(7),
        company_name: "Atelier des Calanques".into(),
        siren: siren(),
        by_name: "Dominique Blanc".into(),
        by_quality: "Responsable des achats".into(),
        at: at("2026-03-03T08:00:00Z"),
        until: day("2026-04-02"),
        message: "Nous nous sommes vus au salon.".into(),
        state,
        proposals: read("siret=73282932000074&statut=ei&effectif=3")
            .unwrap()
            .given,
        held,
        declaration: (state == PreparedState::Claimed).then(|| id(1)),
    };
    Fake {
        prepared: Some(ClaimPage::Draft(Box::new(view))),
        ..Fake::default()
    }
}

fn url() -> String {
    format!("/brouillons/{}", id(7))
}

#[test]
fn a_draft_that_waits_shows_who_prepared_what_and_asks() {
    for held in [false, true] {
        let page = sound("waiting", shown(PreparedState::Waiting, held), &url());
        let said = words(&page, "main");
        for expected in [
            "Dominique Blanc, Responsable des achats",
            "Entreprise d’insertion (EI)",
            "rien n’est signé à votre place",
            "Ce n’est pas pour moi",
        ] {
            assert!(said.contains(expected), "{expected}: {said}");
        }
        assert_eq!(said.contains("déjà un espace"), held);
        assert_eq!(all(&page, "form[action='/fn/answer-prepared']").len(), 1);
    }
}

#[test]
fn every_end_has_a_page_that_says_what_to_do() {
    for (state, expected) in [
        (PreparedState::Claimed, "Ouvrir la déclaration"),
        (PreparedState::Declined, "Vous avez refusé"),
        (PreparedState::Cancelled, "a été retiré"),
        (PreparedState::Expired, "a expiré"),
    ] {
        let page = sound(expected, shown(state, false), &url());
        let said = words(&page, "main");
        assert!(said.contains(expected), "{expected}: {said}");
        assert_eq!(all(&page, "form[action='/fn/answer-prepared']").len(), 0);
        assert!(!said.contains("Dominique"), "nothing more is told");
    }
    let fake = Fake {
        prepared: Some(ClaimPage::OtherAddress),
        ..Fake::default()
    };
    let page = sound("other", fake, &url());
    let said = words(&page, "main");
    assert!(said.contains("une autre adresse") && !said.contains("Calanques"));
}

#[test]
fn the_door_claims_or_declines() {
    let who = visitor(AccountRole::Supplier);
    for (intent, to, asked) in [
        ("claim", format!("{}?lien", step("taille")), "claim"),
        ("decline", url(), "decline"),
        ("x", url(), "decline"),
    ] {
        let fake = Arc::new(Fake::default());
        let (outcome, location) = knock(&fake, &who, || answer_prepared(id(7), intent.to_owned()));
        outcome.unwrap();
        assert_eq!(location, Some(to));
        assert!(fake.asked.lock().unwrap().join("").starts_with(asked));
    }
}
