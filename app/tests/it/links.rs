//! The page of a link, in each of its states, and its door.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use app::desk::Opening;
use app::doors::links::open_by_link;
use app::i18n::Lang;
use app::views::{CompanyHit, LinkView, Receiver, SearchOutcome};
use app::visitor::{AccountRole, Visitor};
use domain::catalogue::Catalogue;
use domain::form::Draft;
use domain::identifiers::Siret;
use domain::lifecycle::Status;
use domain::links::{Origin, propose, read};
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::{all, assert_french_typography, assert_sound};
use crate::supplier_visit::{knock, sound, step, visit, visit_as, words};

const QUERY: &str =
    "siret=73282932000074&statut=ei&effectif=12,5&contact_email=a%40b.fr&pme=%3Cb%3E";

fn company(active: bool) -> SearchOutcome {
    let hit = CompanyHit {
        siren: siren(),
        siret: Some(Siret::parse("73282932000074").unwrap()),
        name: "Atelier des Calanques".into(),
        address: Some("12 traverse des Fabres, 13013 Marseille".into()),
        active,
        doubt: None,
        head_office: None,
    };
    SearchOutcome::Found {
        hits: vec![hit],
        total: 1,
        demonstration: true,
    }
}

/// What the desk answers for this link, met by these answers.
fn proposed(query: &str, company: SearchOutcome, receiver: Option<Receiver>, draft: Draft) -> Fake {
    let link = read(query).unwrap();
    let (_, proposals) = propose(
        &draft,
        &link.given,
        &Catalogue::default(),
        Origin::Link,
        at("2026-03-03T08:00:00Z"),
    );
    Fake {
        search: company.clone(),
        link: Some(LinkView {
            company,
            receiver,
            proposals,
            draft,
        }),
        ..Fake::default()
    }
}

fn receiver(status: Status) -> Receiver {
    Receiver {
        id: id(1),
        reference: "SPA-2026-0001".into(),
        status,
        editable: status.is_editable(),
    }
}

/// The page for somebody who is no supplier, in both languages.
fn seen_by(who: &Visitor, fake: Fake, query: &str) -> Html {
    let fake = Arc::new(fake);
    let url = format!("/declarer?{query}");
    let (english, _) = visit_as(&fake, who, &url, Lang::En);
    assert_sound(&url, &english, "en");
    let (french, _) = visit_as(&fake, who, &url, Lang::Fr);
    assert_sound(&url, &french, "fr");
    assert_french_typography(&url, &french);
    Html::parse_document(&french)
}

#[test]
fn nobody_is_told_what_will_happen_and_where_to_sign_in() {
    let fake = proposed(QUERY, company(true), None, Draft::default());
    let page = seen_by(&Visitor::Anonymous, fake, QUERY);
    let said = words(&page, "main");
    for expected in [
        "Atelier des Calanques",
        "Entreprise d’insertion (EI)",
        "Rien n’est enregistré avant",
        "contact_email",
        "vous seul répondez",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let link = all(&page, "main a.button").remove(0);
    assert_eq!(
        link.value().attr("href"),
        Some(
            "/connexion?next=/declarer%3Fsiret%3D73282932000074%26statut%3Dei%26effectif%3D12,5\
             %26contact_email%3Da%2540b.fr%26pme%3D%253Cb%253E"
        )
    );
    assert_eq!(all(&page, "main form").len(), 0, "nothing to post");
}

#[test]
fn an_agent_sees_it_and_fills_nothing() {
    let fake = proposed(QUERY, company(true), None, Draft::default());
    let page = seen_by(&visitor(AccountRole::Reviewer), fake, QUERY);
    assert!(words(&page, "main").contains("s’adresse aux fournisseurs"));
    assert_eq!(all(&page, "main form").len(), 0);
    assert_eq!(all(&page, "main a.button").len(), 0);
}

#[test]
fn a_supplier_sees_what_fills_what_stays_and_what_is_refused() {
    let mut draft = Draft::default();
    draft.size.awu = "40".into();
    let fake = proposed(QUERY, company(true), Some(receiver(Status::Draft)), draft);
    let page = sound("link", fake, &format!("/declarer?{QUERY}"));
    let said = words(&page, "main");
    for expected in [
        "Sera rempli",
        "Ignoré\u{a0}: votre réponse reste",
        "Choisissez oui ou non.",
        "<b>",
        "Remplir ma déclaration",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let form = all(&page, "main form").remove(0);
    assert_eq!(form.value().attr("method"), Some("post"));
    assert_eq!(form.value().attr("action"), Some("/fn/open-by-link"));
    let carried = all(&page, "main form input[name=link]").remove(0);
    assert_eq!(carried.value().attr("value"), Some(QUERY));
}

#[test]
fn every_other_state_has_its_words() {
    let fresh = Draft::default;
    let states = [
        ("Commencer avec ces réponses", company(true), None, QUERY),
        (
            "Le lien n’apporte rien",
            company(true),
            Some(Status::Draft),
            "siret=73282932000074",
        ),
        (
            "déjà transmise",
            company(true),
            Some(Status::Submitted),
            QUERY,
        ),
        ("cessé son activité", company(false), None, QUERY),
        (
            "Le répertoire ne répond pas",
            SearchOutcome::RegistryDown {
                number: Some("732829320".into()),
            },
            None,
            QUERY,
        ),
        (
            "Numéro inconnu du répertoire",
            SearchOutcome::UnknownNumber {
                number: "732829320".into(),
                demonstration: false,
            },
            None,
            QUERY,
        ),
        (
            "SIRET ou SIREN de votre entreprise",
            SearchOutcome::Empty,
            None,
            "statut=ei",
        ),
        (
            "SIRET ou SIREN de votre entreprise",
            SearchOutcome::Empty,
            None,
            "siret=12&statut=ei",
        ),
    ];
    for (expected, company, status, query) in states {
        let fake = proposed(query, company.clone(), status.map(receiver), fresh());
        let page = sound(expected, fake, &format!("/declarer?{query}"));
        let said = words(&page, "main");
        assert!(said.contains(expected), "{expected}: {said}");
        let posts = all(&page, "form[action='/fn/open-by-link']").len();
        let open = query.starts_with("siret=7")
            && !expected.contains("transmise")
            && !expected.contains("cessé");
        assert_eq!(posts, usize::from(open), "{expected}");
        seen_by(
            &Visitor::Anonymous,
            proposed(query, company, None, fresh()),
            query,
        );
    }
    let fake = Arc::new(proposed("statut=ei", SearchOutcome::Empty, None, fresh()));
    let (page, _) = visit(&fake, "/declarer?statut=ei,esus", Lang::Fr);
    let page = Html::parse_document(&page);
    let kept = all(&page, "main form input[type=hidden]").remove(0);
    assert_eq!(
        kept.value().attr("value"),
        Some("ei,esus"),
        "the values wait for the company"
    );
}

#[test]
fn a_link_that_is_too_long_is_refused_whole() {
    let fake = Arc::new(Fake::default());
    let url = format!("/declarer?siret=73282932000074&x={}", "a".repeat(2_000));
    let (page, reply) = visit(&fake, &url, Lang::Fr);
    assert_eq!(reply.status, Some(400));
    assert!(page.contains("trop long"));
    assert!(fake.asked.lock().unwrap().is_empty());
}

#[test]
fn the_door_reads_the_link_again_and_leads_to_what_it_filled() {
    let who = visitor(AccountRole::Supplier);
    let lands = |opening, link: &str| {
        let fake = Arc::new(Fake {
            opening,
            ..Fake::default()
        });
        let (outcome, to) = knock(&fake, &who, || open_by_link(link.to_owned()));
        outcome.unwrap();
        (to.unwrap(), fake.asked.lock().unwrap().join(", "))
    };
    let open = || Opening::Declaration(id(1));
    assert_eq!(
        lands(open(), "siret=73282932000074&statut=ei&nom=X"),
        (
            format!("{}?lien", step("solidarite")),
            "open 73282932000074 with 3".to_owned()
        )
    );
    assert_eq!(
        lands(open(), "siret=732829320").0,
        format!("/declarations/{}", id(1))
    );
    assert_eq!(
        lands(Opening::HeldByAnother(siren()), "siret=732829320").0,
        format!("/espace/rattachement/{}", siren())
    );
    let (to, asked) = lands(open(), "statut=ei");
    assert_eq!(
        (to.as_str(), asked.as_str()),
        ("/declarer", ""),
        "no company"
    );
}

#[test]
fn an_answer_that_was_proposed_says_so_until_it_is_changed() {
    let (draft, _) = propose(
        &Draft::default(),
        &read("effectif=12&statut=ei&pme=oui").unwrap().given,
        &Catalogue::default(),
        Origin::Link,
        at("2026-03-03T08:00:00Z"),
    );
    let page = |slug: &str, draft: &Draft| {
        let fake = Fake::showing(view(Status::Draft, draft.clone()));
        sound(slug, fake, &format!("{}?lien", step(slug)))
    };
    let size = page("taille", &draft);
    assert!(words(&size, "main").contains("Réponses proposées"));
    assert_eq!(
        words(&size, "#awu-source"),
        "Proposé par un lien, le 3\u{a0}mars 2026. À vérifier."
    );
    assert_eq!(all(&size, "#turnover_eur-source").len(), 0);
    let status = page("solidarite", &draft);
    assert_eq!(all(&status, "#rows-0-kind-source").len(), 1);
    let check = page("verification", &draft);
    assert_eq!(
        all(&check, ".proposed-by").len(),
        4,
        "two steps, two answers each"
    );
    let mut changed = draft;
    changed.size.awu = "13".into();
    assert_eq!(all(&page("taille", &changed), "#awu-source").len(), 0);
}
