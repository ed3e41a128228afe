//! Joining a company for which another third party prepares already; and a third party that tells the company, in every outcome.

use std::sync::{Arc, Mutex};

use app::doors::people::{invite_again, invite_person};
use app::error::AppError;
use app::i18n::Lang;
use app::views::{PeopleView, Standing, Typed};
use app::visitor::{AccountRole, Visitor};
use domain::lifecycle::MemberRole;
use domain::people::{PeopleProblem, Proof};
use scraper::Html;

use crate::fakes::people::{FakePeople, joining, people, person};
use crate::fakes::supplier::*;
use crate::html::{all, assert_sound};
use crate::supplier_doors::supplier;
use crate::supplier_visit::{knock, only, sound, visit, visit_as, words};

fn joining_page() -> String {
    format!("/espace/rattachement/{}", siren())
}

fn people_page() -> String {
    format!("/espace/personnes/{}", siren())
}

fn prepared(typed: Option<Typed>) -> Fake {
    Fake {
        people: FakePeople {
            joining: Some(joining(Standing::Free { prepared: true })),
            ..FakePeople::default()
        },
        typed: Mutex::new(typed),
        ..Fake::default()
    }
}

/// What a third party sees of a company of which nobody has come.
fn telling() -> PeopleView {
    let mut mine = person(100, "Max Durand", MemberRole::Editor);
    mine.proof = Proof::Mandate;
    mine.organisation = Some("Cabinet <Durand>".into());
    mine.may_be.clear();
    mine.may_be_removed = false;
    PeopleView {
        manages: false,
        tells: true,
        people: vec![mine],
        requests: vec![],
        domains: vec![],
        own_domain: None,
        ..people()
    }
}

fn of(view: PeopleView) -> Fake {
    Fake {
        people: FakePeople {
            people: Some(view),
            ..FakePeople::default()
        },
        ..Fake::default()
    }
}

fn refusing(problem: PeopleProblem) -> Arc<Fake> {
    Arc::new(Fake {
        people: FakePeople {
            problem: Some(problem),
            ..FakePeople::default()
        },
        ..Fake::default()
    })
}

#[test]
fn where_a_third_party_prepares_the_company_opens_and_another_third_party_asks() {
    let page = sound("prepared", prepared(None), &joining_page());
    // Whoever is of the company does not ask: it is theirs to open.
    let opens = only(&page, "form[action='/fn/open-company'] [name=number]");
    assert_eq!(opens.value().attr("value"), Some(siren().as_str()));
    // Nobody of the company could answer: no role of its people is asked for, an agent looks at the mandate.
    let roles = all(&page, "form[action='/fn/ask-to-join'] [name=role]");
    let values: Vec<_> = roles
        .iter()
        .filter_map(|role| role.value().attr("value"))
        .collect();
    assert_eq!(values, ["mandate"]);
    let main = words(&page, "main");
    for told in ["Un autre mandataire prépare déjà", "Un agent vérifie"] {
        assert!(main.contains(told), "{told}: {main}");
    }
    // Opened first, asked below.
    let forms: Vec<_> = all(&page, "main form")
        .iter()
        .filter_map(|form| form.value().attr("action").map(str::to_owned))
        .collect();
    assert_eq!(forms, ["/fn/open-company", "/fn/ask-to-join"]);
    // Nothing of the first third party is told.
    assert!(!main.contains("Cabinet"), "{main}");
}

#[test]
fn what_came_along_or_was_wrong_is_still_there() {
    let typed = |problem: &str, organisation: &str| Typed {
        problem: problem.to_owned(),
        fields: [
            ("role".to_owned(), "mandate".to_owned()),
            ("organisation".to_owned(), organisation.to_owned()),
            ("message".to_owned(), "Je tiens vos <comptes>.".to_owned()),
        ]
        .into(),
    };
    let url = format!("{}?saisie={}", joining_page(), id(90));
    let organisation = "form[action='/fn/ask-to-join'] [name=organisation]";
    let page = sound("along", prepared(Some(typed("", "Cabinet <Deux>"))), &url);
    assert_eq!(
        only(&page, organisation).value().attr("value"),
        Some("Cabinet <Deux>")
    );
    assert!(
        only(&page, "[name=role][value=mandate]")
            .value()
            .attr("checked")
            .is_some()
    );
    assert!(all(&page, ".error-summary").is_empty());
    let wrong = typed(PeopleProblem::Organisation.code(), "");
    let page = sound("wrong", prepared(Some(wrong.clone())), &url);
    only(&page, ".error-summary a[href='#organisation']");
    only(&page, "#organisation[aria-invalid=true]");
    assert_eq!(words(&page, "[name=message]"), "Je tiens vos <comptes>.");
    let (_, reply) = visit(&Arc::new(prepared(Some(wrong))), &url, Lang::Fr);
    assert_eq!(reply.status, Some(422));
}

#[test]
fn a_third_party_alone_is_offered_to_tell_the_company_and_nothing_of_a_manager() {
    let page = sound("telling", of(telling()), &people_page());
    let section = "section[aria-labelledby=tell-title]";
    only(
        &page,
        &format!("{section} form[action='/fn/invite-person'] [name=email]"),
    );
    only(
        &page,
        &format!("{section} form[action='/fn/invite-person'] [name=message]"),
    );
    // Neither a role nor an organisation: the first to come manages, and the firm is known.
    for other in ["role", "organisation"] {
        assert!(
            all(&page, &format!("main [name={other}]")).is_empty(),
            "{other}"
        );
    }
    for door in ["change-role", "answer-request", "open-domain"] {
        assert!(
            all(&page, &format!("form[action='/fn/{door}']")).is_empty(),
            "{door}"
        );
    }
    // Those who were told already, with what may be done about it.
    assert_eq!(all(&page, &format!("{section} li")).len(), 2);
    assert_eq!(
        all(&page, &format!("{section} form[action='/fn/invite-again']")).len(),
        2
    );
    assert!(words(&page, section).contains("Expirée"));
    let first = PeopleView {
        invitations: vec![],
        ..telling()
    };
    let page = sound("first", of(first), &people_page());
    assert!(all(&page, &format!("{section} li")).is_empty());
    only(&page, &format!("{section} form"));
}

#[test]
fn an_address_that_is_none_comes_back_at_its_field_with_what_was_typed() {
    let door = |email: &str| {
        let email = email.to_owned();
        move || {
            invite_person(
                siren().to_string(),
                email,
                String::new(),
                String::new(),
                "Bonjour\r\nà vous".into(),
            )
        }
    };
    for typed in ["", "signataire@", "<pas> une adresse"] {
        let fake = refusing(PeopleProblem::Address);
        let (outcome, next) = knock(&fake, &supplier(), door(typed));
        outcome.unwrap();
        let next = next.unwrap();
        assert_eq!(next, format!("{}?saisie={}#errors", people_page(), id(90)));
        let kept = fake.typed.lock().unwrap().clone().unwrap();
        assert_eq!(
            (kept.get("email"), kept.get("message")),
            (typed, "Bonjour\nà vous")
        );
        let shown = Fake {
            typed: Mutex::new(Some(kept)),
            ..of(telling())
        };
        let url = next.trim_end_matches("#errors").to_owned();
        let (html, reply) = visit(&Arc::new(shown), &url, Lang::Fr);
        assert_eq!(reply.status, Some(422), "{typed:?}");
        assert_sound(typed, &html, "fr");
        let page = Html::parse_document(&html);
        only(&page, ".error-summary a[href='#email']");
        let field = only(&page, "#email[aria-invalid=true]");
        assert_eq!(field.value().attr("value"), Some(typed));
        assert!(words(&page, "#email-error").contains("adresse électronique complète"));
        assert_eq!(words(&page, "[name=message]"), "Bonjour\nà vous");
    }
}

#[test]
fn asked_twice_within_an_hour_nothing_goes_and_it_is_told() {
    let fake = refusing(PeopleProblem::TooSoon);
    let again = || invite_again(siren().to_string(), id(60));
    let (outcome, next) = knock(&fake, &supplier(), again);
    outcome.unwrap();
    assert_eq!(
        next,
        Some(format!("{}?refus=trop-tot#errors", people_page()))
    );
    let url = format!("{}?refus=trop-tot", people_page());
    let (_, reply) = visit(&Arc::new(of(telling())), &url, Lang::Fr);
    assert_eq!(reply.status, Some(409));
    let page = sound("too soon", of(telling()), &url);
    let told = words(&page, "#errors");
    assert!(told.contains("moins d’une heure"), "{told}");
    assert!(all(&page, ".notice-success").is_empty(), "nothing was sent");
}

#[test]
fn the_cap_of_a_day_and_of_what_waits_keeps_the_words() {
    for (problem, sentence) in [
        (PeopleProblem::TooManyToday, "autant de personnes"),
        (PeopleProblem::TooMany, "Trente invitations attendent"),
        (PeopleProblem::AlreadyHere, "déjà rattachée"),
    ] {
        let fake = refusing(problem);
        let door = || {
            invite_person(
                siren().to_string(),
                "gerance@calanques.example".into(),
                String::new(),
                String::new(),
                "Bonjour".into(),
            )
        };
        let (outcome, next) = knock(&fake, &supplier(), door);
        outcome.unwrap();
        assert!(next.unwrap().contains("?saisie="));
        let shown = Fake {
            typed: Mutex::new(fake.typed.lock().unwrap().clone()),
            ..of(telling())
        };
        let url = format!("{}?saisie={}", people_page(), id(90));
        let page = sound(problem.code(), shown, &url);
        assert!(
            words(&page, "#email-error").contains(sentence),
            "{problem:?}"
        );
        let email = only(&page, "#email").value().attr("value");
        assert_eq!(email, Some("gerance@calanques.example"));
        assert_eq!(words(&page, "[name=message]"), "Bonjour");
    }
}

#[test]
fn the_people_of_another_company_are_nobody_s_business() {
    for url in [
        people_page(),
        "/espace/personnes/123456789".to_owned(),
        "/espace/personnes/x".to_owned(),
        joining_page(),
    ] {
        let (html, reply) = visit(&Arc::new(Fake::default()), &url, Lang::Fr);
        assert_eq!(reply.status, Some(404), "{url}");
        assert!(!html.contains("/fn/invite-person"), "{url}");
    }
    // Nor through the doors: a number that is none, then whom the desk does not know.
    let fake = Arc::new(Fake::default());
    let odd = || {
        invite_person(
            "123456789".into(),
            "a@b.fr".into(),
            String::new(),
            String::new(),
            String::new(),
        )
    };
    assert_eq!(knock(&fake, &supplier(), odd).0, Err(AppError::NotFound));
    assert!(fake.asked.lock().unwrap().is_empty(), "nothing was asked");
    for who in [Visitor::Anonymous, visitor(AccountRole::Reviewer)] {
        let door = || {
            invite_person(
                siren().to_string(),
                "a@b.fr".into(),
                String::new(),
                String::new(),
                String::new(),
            )
        };
        assert!(knock(&fake, &who, door).0.is_err());
        let (_, reply) = visit_as(&Arc::new(of(telling())), &who, &people_page(), Lang::Fr);
        assert!(reply.status == Some(403) || reply.location.is_some());
    }
    assert!(fake.asked.lock().unwrap().is_empty(), "nothing was asked");
}
