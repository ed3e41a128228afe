//! The people of a company: the pages in each of their states, and the doors behind them.

use std::sync::{Arc, Mutex};

use app::desk::{InvitationAnswer, Opening};
use app::doors::people::{
    answer_invitation, answer_request, ask_to_join, change_role, invite_person, leave_company,
    prepare_for, type_letter_code,
};
use app::views::{InvitationState, PeopleView, Standing, Typed, Waiting};
use domain::lifecycle::MemberRole;
use domain::people::PeopleProblem;

use crate::fakes::people::{FakePeople, invitation, joining, people, person};
use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_doors::supplier;
use crate::supplier_visit::{knock, only, sound, words};

fn of(view: PeopleView) -> Fake {
    Fake {
        people: FakePeople {
            people: Some(view),
            ..FakePeople::default()
        },
        ..Fake::default()
    }
}

fn page_of() -> String {
    format!("/espace/personnes/{}", siren())
}

#[test]
fn a_manager_sees_everything_and_others_see_who_is_there() {
    let page = sound("manager", of(people()), &page_of());
    assert_eq!(all(&page, "form[action='/fn/change-role']").len(), 3);
    assert_eq!(all(&page, "form[action='/fn/answer-request']").len(), 1);
    assert_eq!(all(&page, "form[action='/fn/invite-again']").len(), 2);
    assert_eq!(all(&page, "form[action='/fn/close-domain']").len(), 1);
    only(&page, "form[action='/fn/invite-person']");
    only(&page, "form[action='/fn/open-domain']");
    let main = words(&page, "main");
    for told in [
        "<b>Bob</b>",
        "Cabinet <Durand>",
        "Je prépare vos <dossiers>.",
        "Expirée",
    ] {
        assert!(main.contains(told), "{told}: {main}");
    }
    let view = PeopleView {
        manages: false,
        people: vec![
            person(100, "Anne Martin", MemberRole::Editor),
            person(101, "Bob", MemberRole::Manager),
        ]
        .into_iter()
        .map(|mut line| {
            line.may_be.clear();
            line.may_be_removed = false;
            line
        })
        .collect(),
        invitations: vec![],
        requests: vec![],
        domains: vec![],
        own_domain: None,
        ..people()
    };
    let page = sound("editor", of(view), &page_of());
    assert!(all(&page, "main form").is_empty(), "nothing to change");
    only(&page, "a[href$='?partir=#partir']");
}

#[test]
fn who_manages_alone_is_advised_and_a_departure_is_confirmed() {
    let alone = || PeopleView {
        people: vec![person(100, "Anne Martin", MemberRole::Manager)],
        requests: vec![],
        ..people()
    };
    let page = sound("alone", of(alone()), &page_of());
    assert!(words(&page, "main").contains("Vous gérez seul cet espace"));
    let page = sound("leaving", of(alone()), &format!("{}?partir=", page_of()));
    only(&page, "form.confirm[action='/fn/leave-company']");
    let page = sound(
        "removing",
        of(people()),
        &format!("{}?retirer={}", page_of(), id(101)),
    );
    only(&page, "form.confirm[action='/fn/remove-person']");
    // Not oneself by that way, nor a stranger.
    for other in [100, 999] {
        let page = sound(
            "no such",
            of(people()),
            &format!("{}?retirer={}", page_of(), id(other)),
        );
        assert!(all(&page, "form.confirm").is_empty());
    }
}

#[test]
fn every_problem_of_an_invitation_is_told_at_its_field_and_nothing_is_lost() {
    for (problem, field) in [
        (PeopleProblem::Address, "email"),
        (PeopleProblem::AlreadyHere, "email"),
        (PeopleProblem::Role, "role"),
        (PeopleProblem::ThirdParty, "role"),
        (PeopleProblem::Organisation, "organisation"),
        (PeopleProblem::Message, "message"),
    ] {
        let fake = Fake {
            typed: Mutex::new(Some(Typed {
                problem: problem.code().to_owned(),
                fields: [("email".to_owned(), "pas une <adresse>".to_owned())].into(),
            })),
            ..of(people())
        };
        let page = sound(
            problem.code(),
            fake,
            &format!("{}?saisie={}", page_of(), id(90)),
        );
        only(&page, &format!(".error-summary a[href='#{field}']"));
        let typed = only(&page, "form[action='/fn/invite-person'] [name=email]");
        assert_eq!(typed.value().attr("value"), Some("pas une <adresse>"));
    }
    for problem in PeopleProblem::ALL {
        let url = format!("{}?refus={}", page_of(), problem.code());
        let page = sound(problem.code(), of(people()), &url);
        let told = words(&page, "#errors");
        assert!(told.contains("Rien n’a changé"), "{told}");
    }
}

#[test]
fn joining_shows_where_one_stands() {
    let at_page = |standing| {
        let fake = Fake {
            people: FakePeople {
                joining: Some(joining(standing)),
                ..FakePeople::default()
            },
            ..Fake::default()
        };
        sound(
            "joining",
            fake,
            &format!("/espace/rattachement/{}", siren()),
        )
    };
    only(
        &at_page(Standing::Free { prepared: false }),
        "form[action='/fn/open-company']",
    );
    for managed in [true, false] {
        let page = at_page(Standing::Held { managed });
        assert_eq!(
            all(&page, "form[action='/fn/ask-to-join'] [name=role]").len(),
            5
        );
    }
    only(
        &at_page(Standing::Member(MemberRole::Reader)),
        "a[href^='/espace/personnes/']",
    );
    let waiting = Waiting {
        since: at("2026-03-03T13:05:00Z"),
        buyer_from: at("2026-03-10T13:05:00Z"),
        buyer_asked: false,
        letter: None,
    };
    let page = at_page(Standing::Waiting(waiting.clone()));
    only(&page, "form[action='/fn/ask-the-buyer']");
    assert!(all(&page, "[name=code]").is_empty());
    let page = at_page(Standing::Waiting(Waiting {
        buyer_asked: true,
        letter: Some(at("2026-04-10T13:05:00Z").date_naive()),
        ..waiting
    }));
    only(&page, "form[action='/fn/type-letter-code'] [name=code]");
    assert!(all(&page, "form[action='/fn/ask-the-buyer']").is_empty());
}

#[test]
fn an_invitation_is_answered_or_says_why_not() {
    let at_page = |state| {
        let fake = Fake {
            people: FakePeople {
                invitation: Some(invitation(state)),
                ..FakePeople::default()
            },
            ..Fake::default()
        };
        sound("invitation", fake, &format!("/invitations/{}", id(60)))
    };
    let page = at_page(InvitationState::Open);
    assert_eq!(
        all(&page, "form[action='/fn/answer-invitation'] button").len(),
        2
    );
    for state in [
        InvitationState::Accepted,
        InvitationState::Declined,
        InvitationState::Revoked,
        InvitationState::Expired,
        InvitationState::OtherAddress,
    ] {
        let page = at_page(state);
        assert!(
            all(&page, "form[action='/fn/answer-invitation']").is_empty(),
            "{state:?}"
        );
    }
}

#[test]
fn doors_lead_on_or_keep_what_was_typed() {
    let siren = siren().to_string();
    let refused = |problem| {
        Arc::new(Fake {
            people: FakePeople {
                problem,
                ..FakePeople::default()
            },
            ..Fake::default()
        })
    };
    let page = page_of();
    let fake = refused(None);
    let invite = || {
        invite_person(
            siren.clone(),
            "a@b.fr".into(),
            "editor".into(),
            String::new(),
            "Ça\r\nva".into(),
        )
    };
    assert_eq!(
        knock(&fake, &supplier(), invite).1,
        Some(format!("{page}?fait=invitation"))
    );
    assert!(
        fake.asked.lock().unwrap().concat().contains("Ça\\nva"),
        "lines as people count them"
    );
    let fake = refused(Some(PeopleProblem::Address));
    assert_eq!(
        knock(&fake, &supplier(), invite).1,
        Some(format!("{page}?saisie={}#errors", id(90)))
    );
    assert_eq!(
        fake.typed.lock().unwrap().as_ref().unwrap().get("email"),
        "a@b.fr"
    );
    let fake = refused(Some(PeopleProblem::LastManager));
    let role = || change_role(siren.clone(), id(101), "reader".into());
    assert_eq!(
        knock(&fake, &supplier(), role).1,
        Some(format!("{page}?refus=dernier-gestionnaire#errors"))
    );
    let leave = || leave_company(siren.clone());
    assert_eq!(
        knock(&fake, &supplier(), leave).1,
        Some(format!("{page}?refus=dernier-gestionnaire#errors"))
    );
    assert_eq!(
        knock(&refused(None), &supplier(), leave).1,
        Some("/espace?fait=depart".into())
    );
    // Without the word of the button, it is no.
    let fake = refused(None);
    let answer = || answer_request(siren.clone(), id(70), "manager".into(), String::new());
    assert_eq!(
        knock(&fake, &supplier(), answer).1,
        Some(format!("{page}?fait=refus"))
    );
    assert!(fake.asked.lock().unwrap().concat().contains("role: None"));
    let join = || {
        ask_to_join(
            siren.clone(),
            "mandate".into(),
            "Cabinet".into(),
            String::new(),
        )
    };
    let joining = format!("/espace/rattachement/{siren}");
    let fake = refused(None);
    assert_eq!(knock(&fake, &supplier(), join).1, Some(joining.clone()));
    assert!(
        fake.asked
            .lock()
            .unwrap()
            .concat()
            .contains("third_party: true")
    );
    let fake = refused(Some(PeopleProblem::WrongCode));
    let code = || type_letter_code(siren.clone(), "ABCDE".into());
    assert_eq!(
        knock(&fake, &supplier(), code).1,
        Some(format!("{joining}?code={}#errors", id(90)))
    );
}

#[test]
fn answers_and_mandates_lead_where_one_goes_on() {
    for (answer, expected) in [
        (
            InvitationAnswer::Joined(siren()),
            "/espace?fait=rattachement".to_owned(),
        ),
        (
            InvitationAnswer::Declined,
            "/espace?fait=invitation-refusee".to_owned(),
        ),
        (InvitationAnswer::Over, format!("/invitations/{}", id(60))),
        (
            InvitationAnswer::Held(siren()),
            format!("/espace/rattachement/{}", siren()),
        ),
    ] {
        let fake = Arc::new(Fake {
            people: FakePeople {
                answer: Some(answer),
                ..FakePeople::default()
            },
            ..Fake::default()
        });
        let door = || answer_invitation(id(60), "yes".into());
        assert_eq!(knock(&fake, &supplier(), door).1, Some(expected));
    }
    for (opening, expected) in [
        (
            Opening::Declaration(id(1)),
            format!("/declarations/{}", id(1)),
        ),
        (
            Opening::HeldByAnother(siren()),
            format!("/espace/rattachement/{}?saisie={}", siren(), id(90)),
        ),
    ] {
        let fake = Arc::new(Fake {
            opening,
            ..Fake::default()
        });
        let door = || prepare_for("732 829 320".into(), "Cabinet".into());
        assert_eq!(knock(&fake, &supplier(), door).1, Some(expected));
    }
    let fake = Arc::new(Fake {
        people: FakePeople {
            problem: Some(PeopleProblem::Organisation),
            ..FakePeople::default()
        },
        ..Fake::default()
    });
    let door = || prepare_for("12 <3>".into(), String::new());
    assert_eq!(
        knock(&fake, &supplier(), door).1,
        Some(format!("/espace/mandat?saisie={}#errors", id(90)))
    );
    let kept = fake.typed.lock().unwrap().clone().unwrap();
    assert_eq!(kept.problem, "numero organisme");
    assert_eq!(kept.get("number"), "12 <3>");
    for (problem, wrong) in [("numero", 1), ("organisme", 1), ("numero organisme", 2)] {
        let fake = Fake {
            typed: Mutex::new(Some(Typed {
                problem: problem.to_owned(),
                fields: [("number".to_owned(), "12 <3>".to_owned())].into(),
            })),
            ..Fake::default()
        };
        let page = sound(problem, fake, &format!("/espace/mandat?saisie={}", id(90)));
        assert_eq!(all(&page, ".error-summary a").len(), wrong, "{problem}");
        assert_eq!(all(&page, "[aria-invalid=true]").len(), wrong, "{problem}");
        assert_eq!(
            only(&page, "[name=number]").value().attr("value"),
            Some("12 <3>")
        );
    }
}
