//! Attestations: the page that anyone may read with a code, in each of its states, and the switch of a company.

use std::sync::Arc;

use app::doors::attestation::{issue_attestation, publish_attestations};
use app::i18n::Lang;
use app::views::{Verification, Verified, VerifiedLine};
use app::visitor::{AccountRole, Visitor};
use domain::attestation::{Attested, LineState, ShortCode, Standing};
use domain::claims::{ClaimKey, Kind, Scope};
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::{assert_french_typography, assert_sound};
use crate::supplier_visit::{knock, only, visit_as, words};

fn code() -> ShortCode {
    ShortCode::from_random([7; 16])
}

fn line(state: LineState) -> VerifiedLine {
    VerifiedLine {
        attested: Attested {
            qualification: id(50),
            key: ClaimKey {
                kind: Kind::Ei,
                scope: Scope::Siren(siren()),
                commitment: None,
                contract: None,
            },
            category: None,
            evidence: Some("EI013240013A0M0".into()),
            witness: None,
            authority: Some("DDETS <13>".into()),
            reference: "D-2026-00012".into(),
            decided_on: "2026-03-10".parse().unwrap(),
            from: "2026-01-01".parse().unwrap(),
            to: Some("2027-12-31".parse().unwrap()),
        },
        state,
    }
}

fn verified(standing: Standing, state: LineState) -> Verified {
    Verified {
        code: code(),
        siren: siren(),
        name: Some("Atelier <des> Calanques".into()),
        issued_on: "2026-03-12".parse().unwrap(),
        today: "2026-05-04".parse().unwrap(),
        standing,
        lines: vec![line(state)],
        now: vec![],
        newer: None,
    }
}

fn found(verified: Verified) -> Fake {
    Fake {
        verification: Ok(Verification::Found(Box::new(verified))),
        ..Fake::default()
    }
}

/// The answer to an anonymous visitor, checked in both languages: the French page and its status.
fn answer(fake: Fake, url: &str) -> (Html, Option<u16>) {
    let fake = Arc::new(fake);
    let (english, _) = visit_as(&fake, &Visitor::Anonymous, url, Lang::En);
    assert_sound(url, &english, "en");
    let (french, reply) = visit_as(&fake, &Visitor::Anonymous, url, Lang::Fr);
    assert_sound(url, &french, "fr");
    assert_french_typography(url, &french);
    (Html::parse_document(&french), reply.status)
}

fn address() -> String {
    format!("/verifier/{}", code())
}

#[test]
fn each_state_has_its_page() {
    for (standing, state, title, chip) in [
        (
            Standing::Valid,
            LineState::InForce,
            "Attestation exacte",
            "En vigueur",
        ),
        (
            Standing::Changed,
            LineState::Superseded,
            "Attestation dépassée",
            "Remplacé",
        ),
        (
            Standing::Revoked,
            LineState::Revoked,
            "Statut révoqué",
            "Révoqué",
        ),
        (
            Standing::Withdrawn,
            LineState::Withdrawn,
            "Statuts retirés",
            "Retiré",
        ),
        (
            Standing::Expired,
            LineState::Expired,
            "Attestation échue",
            "Échu",
        ),
    ] {
        let (page, status) = answer(found(verified(standing, state)), &address());
        assert_eq!(status, None, "{standing:?}");
        assert_eq!(words(&page, "h1"), title);
        assert_eq!(words(&page, "td .chip"), chip);
        let said = words(&page, "main");
        for expected in [
            "Atelier <des> Calanques",
            "732\u{a0}829\u{a0}320",
            "EI013240013A0M0",
            "DDETS <13>",
            "D-2026-00012",
            "Vérifié le 4\u{a0}mai 2026",
        ] {
            assert!(
                said.contains(expected),
                "{standing:?}: {expected} in {said}"
            );
        }
        // What holds today is only said apart when it is something else.
        let apart = said.contains("Rien n’est validé aujourd’hui");
        assert_eq!(apart, standing != Standing::Valid, "{standing:?}");
        only(&page, "meta[name=robots][content=noindex]");
    }
}

#[test]
fn a_newer_attestation_is_named_and_what_holds_today_is_written() {
    let newer = ShortCode::from_random([9; 16]);
    let mut old = verified(Standing::Changed, LineState::Superseded);
    old.now = vec![Attested {
        reference: "D-2026-00044".into(),
        ..line(LineState::InForce).attested
    }];
    old.newer = Some(newer.clone());
    let (page, _) = answer(found(old), &address());
    only(&page, &format!(".notice a[href='/verifier/{newer}']"));
    assert!(words(&page, "section:last-of-type").contains("D-2026-00044"));
}

#[test]
fn a_name_that_the_register_keeps_back_is_not_shown() {
    let mut masked = verified(Standing::Valid, LineState::InForce);
    masked.name = None;
    let (page, _) = answer(found(masked), &address());
    assert!(words(&page, ".entries").contains("Nom non publié"));
}

#[test]
fn an_unknown_code_and_a_company_that_does_not_publish_say_so() {
    let (page, status) = answer(Fake::default(), &address());
    assert_eq!(
        (words(&page, "h1").as_str(), status),
        ("Code inconnu", Some(404))
    );
    let hidden = Fake {
        verification: Ok(Verification::Unpublished),
        ..Fake::default()
    };
    let (page, status) = answer(hidden, &address());
    assert_eq!(
        (words(&page, "h1").as_str(), status),
        ("Page non publiée", None)
    );
    assert!(words(&page, "main").contains("a choisi de ne pas publier"));
}

#[test]
fn a_typing_error_is_said_as_such_and_nobody_is_asked() {
    let right = code();
    let mut letters: Vec<char> = right.as_str().chars().collect();
    letters.swap(0, 9);
    let wrong: String = letters.into_iter().collect();
    for (typed, said) in [
        (wrong.as_str(), "faute de frappe"),
        ("ABC", "10\u{a0}caractères"),
        ("ABCDE-FGHO2", "ne contient jamais"),
    ] {
        for url in [
            format!("/verifier?code={typed}"),
            format!("/verifier/{typed}"),
        ] {
            let fake = Arc::new(Fake::default());
            let (html, reply) = visit_as(&fake, &Visitor::Anonymous, &url, Lang::Fr);
            assert_sound(&url, &html, "fr");
            let page = Html::parse_document(&html);
            assert!(words(&page, "#code-error").contains(said), "{url}");
            assert_eq!(
                only(&page, "#code").value().attr("value"),
                Some(typed),
                "{url}"
            );
            assert_eq!(reply.location, None, "{url}");
            assert!(fake.asked.lock().unwrap().is_empty(), "{url}");
        }
    }
}

#[test]
fn the_form_leads_to_the_address_of_the_code_however_it_is_typed() {
    let typed = code().grouped().to_lowercase().replace('-', "%20-%20");
    let fake = Arc::new(Fake::default());
    let (_, reply) = visit_as(
        &fake,
        &Visitor::Anonymous,
        &format!("/verifier?code={typed}"),
        Lang::Fr,
    );
    assert_eq!(reply.location, Some(address()));
}

#[test]
fn a_company_takes_its_attestation_and_closes_its_page_after_confirming() {
    let with = |url: &str, published| {
        let mut space = workspace();
        space.companies.first_mut().unwrap().published = published;
        let fake = Fake {
            workspace: space,
            ..Fake::default()
        };
        crate::supplier_visit::sound(url, fake, url)
    };
    let page = with("/espace", true);
    only(
        &page,
        "form[action='/fn/issue-attestation'] input[name=siren]",
    );
    let link = format!("a[href='/espace?publication={}#publication']", siren());
    assert!(words(&page, &link).contains("Ne plus publier"));
    assert!(words(&with("/espace", false), &link).contains("Publier la page"));
    let asking = with(&format!("/espace?publication={}", siren()), true);
    only(
        &asking,
        "form[action='/fn/publish-attestations'] input[name=published][value=no]",
    );

    let supplier = visitor(AccountRole::Supplier);
    for (published, done, asked) in [
        ("yes", "publication", "publish 732829320 true"),
        ("no", "non-publication", "publish 732829320 false"),
    ] {
        let fake = Arc::new(Fake::default());
        let next = knock(&fake, &supplier, || {
            publish_attestations(siren().to_string(), published.into())
        })
        .1;
        assert_eq!(next, Some(format!("/espace?fait={done}")));
        assert_eq!(*fake.asked.lock().unwrap(), [asked]);
    }
    let fake = Arc::new(Fake::default());
    let next = knock(&fake, &supplier, || issue_attestation(siren().to_string())).1;
    assert_eq!(next, Some("/espace/attestations/732829320.pdf".into()));
    let outcome = knock(&fake, &supplier, || issue_attestation("x".into())).0;
    assert_eq!(outcome, Err(app::error::AppError::NotFound));
}
