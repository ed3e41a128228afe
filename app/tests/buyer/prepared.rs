//! The page of prepared drafts: its states, its form, and its doors.

use app::doors::prepared::{change_prepared, prepare_draft};
use app::views::{
    CompanyHit, Obstacle, PreparedLine, PreparedState, Preparing, SearchOutcome, Typed,
};
use app::visitor::AccountRole;
use domain::identifiers::Siren;
use scraper::Html;
use uuid::Uuid;

use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::fakes::scenes as made;
use crate::html::{all, assert_french_typography, assert_sound, text};
use crate::states::typed;
use crate::visit::{page, post};

const NUMBER: &str = "73282932000074";

fn siren() -> Siren {
    Siren::parse("732829320").unwrap()
}

fn lines() -> Vec<PreparedLine> {
    [
        PreparedState::Waiting,
        PreparedState::Claimed,
        PreparedState::Declined,
        PreparedState::Cancelled,
        PreparedState::Expired,
    ]
    .into_iter()
    .enumerate()
    .map(|(rank, state)| PreparedLine {
        id: Uuid::from_u128(0xd0 + rank as u128),
        siren: siren(),
        company_name: made::HOSTILE.into(),
        contact_name: made::HOSTILE.into(),
        email: "camille@atelier.example".into(),
        by_name: "Dominique Blanc".into(),
        at: "2026-03-03T08:00:00Z".parse().unwrap(),
        until: "2026-04-02".parse().unwrap(),
        state,
        proposed: 3,
    })
    .collect()
}

fn preparing(obstacle: Option<Obstacle>, held: bool) -> Preparing {
    let hit = CompanyHit {
        siren: siren(),
        siret: None,
        name: "Atelier des Calanques".into(),
        address: None,
        active: obstacle != Some(Obstacle::Closed),
        doubt: None,
        head_office: None,
    };
    Preparing {
        company: SearchOutcome::Found {
            hits: vec![hit],
            total: 1,
            demonstration: false,
        },
        obstacle,
        held,
        reference: held.then(|| "SPA-2026-0001".into()),
    }
}

fn seen(query: &str, scene: Scene) -> String {
    let desk = FakeDesk::of(scene);
    let seen = page(&format!("/instruction/brouillons{query}"), &desk);
    assert_sound(query, &seen.html, "fr");
    assert_french_typography(query, &seen.html);
    text(all(&Html::parse_document(&seen.html), "main").remove(0))
}

#[test]
fn each_draft_says_where_it_stands_and_what_can_be_done() {
    let desk = FakeDesk::of(Scene {
        prepared: lines(),
        ..Scene::default()
    });
    let seen = page("/instruction/brouillons?fait=envoi", &desk);
    let page = Html::parse_document(&seen.html);
    let said = text(all(&page, "main").remove(0));
    for expected in [
        "Brouillon préparé",
        "Envoyé, sans réponse",
        "Repris",
        "Refusé par le contact",
        "Retiré",
        "Expiré",
    ] {
        assert!(said.contains(expected), "{expected}");
    }
    assert_eq!(all(&page, "form[action='/fn/change-prepared']").len(), 2);
}

#[test]
fn what_is_known_of_the_company_is_told_before() {
    let at = format!("?siret={NUMBER}");
    let scene = |found| Scene {
        preparing: Some(found),
        ..Scene::default()
    };
    let free = seen(&at, scene(preparing(None, false)));
    assert!(free.contains("Atelier des Calanques") && free.contains("Envoyer le brouillon"));
    let held = seen(&at, scene(preparing(None, true)));
    assert!(held.contains("Quelqu’un gère déjà") && held.contains("SPA-2026-0001"));
    for (obstacle, expected) in [
        (Obstacle::Waiting, "Un brouillon l’attend déjà"),
        (Obstacle::Closed, "cessé son activité"),
    ] {
        let stopped = seen(&at, scene(preparing(Some(obstacle), false)));
        assert!(
            stopped.contains(expected) && !stopped.contains("Envoyer le brouillon"),
            "{expected}"
        );
    }
    assert!(seen("", Scene::default()).contains("Aucun brouillon préparé"));
}

fn kept(fields: &[(&str, &str)]) -> Typed {
    let mut all = vec![("number", NUMBER)];
    all.extend(fields);
    typed("", &all)
}

#[test]
fn a_form_with_errors_comes_back_with_them_and_with_what_was_typed() {
    let answers = kept(&[
        ("contact", ""),
        ("email", "camille"),
        ("siae", "EI1"),
        ("staff", "beaucoup"),
        ("valid_from", "2026-01-01"),
        ("message", "Bonjour"),
    ]);
    let said = seen(
        &format!("?siret={NUMBER}&saisie={COPY}"),
        Scene {
            preparing: Some(preparing(None, false)),
            typed: Some(answers),
            ..Scene::default()
        },
    );
    for expected in [
        "Écrivez le prénom et le nom",
        "Écrivez une adresse électronique",
        "Saisissez un nombre positif",
        "demande un statut",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn the_doors_prepare_send_again_and_take_back() {
    let desk = FakeDesk::of(Scene::default());
    let agent = || person(AccountRole::Reviewer);
    let prepare = |email: &str| {
        let email = email.to_owned();
        post(agent(), &desk, || {
            prepare_draft(
                "732 829 320 00074".into(),
                "Camille Martin".into(),
                email,
                "Bonjour\r\n".into(),
                vec!["ei".into(), "esus".into()],
                String::new(),
                String::new(),
                String::new(),
                "12,5".into(),
                "oui".into(),
            )
        })
    };
    let (_, reply) = prepare("camille@atelier.example");
    assert_eq!(
        reply.location.as_deref(),
        Some("/instruction/brouillons?fait=envoi")
    );
    let acts = desk.asked.lock().unwrap().join("\n");
    assert!(
        acts.contains("siret=73282932000074&statut=ei,esus&effectif=12,5&insertion=oui"),
        "{acts}"
    );
    let (_, reply) = prepare("camille");
    let back = format!("/instruction/brouillons?siret={NUMBER}&saisie={COPY}#errors");
    assert_eq!(reply.location, Some(back));
    for (intent, told) in [("send", "renvoi"), ("cancel", "annulation")] {
        let (_, reply) = post(agent(), &desk, || {
            change_prepared(Uuid::from_u128(1), intent.to_owned())
        });
        assert_eq!(
            reply.location,
            Some(format!("/instruction/brouillons?fait={told}"))
        );
    }
}
