//! Commitments for the agents: the states of their pages, and that nothing written about a statement is lost.

use app::i18n::Lang;
use app::views::CommitmentsView;
use app::visitor::AccountRole;
use scraper::Html;

use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::fakes::scenes as made;
use crate::html::{all, text};
use crate::states::typed;
use crate::visit::see;

/// A form about one statement that was not carried out: the fourth one waits, the third one was replaced.
fn refused(problem: &str, statement: &str) -> (String, Scene) {
    let fields = [("statement", statement), ("reason", made::HOSTILE)];
    (
        format!("/qualifications/{}?saisie={COPY}", made::ID),
        Scene {
            typed: Some(typed(problem, &fields)),
            qualification: Some(made::commitment()),
            ..Scene::default()
        },
    )
}

pub(crate) fn states() -> Vec<(String, Scene)> {
    let list = |query: &str, view| {
        (
            format!("/instruction/engagements{query}"),
            Scene {
                commitments: Some(view),
                ..Scene::default()
            },
        )
    };
    let one = |query: &str| {
        (
            format!("/qualifications/{}{query}", made::ID),
            Scene {
                qualification: Some(made::commitment()),
                ..Scene::default()
            },
        )
    };
    let training = Scene {
        qualification: Some(made::training()),
        ..Scene::default()
    };
    vec![
        (format!("/qualifications/{}", made::ID), training),
        list("", without_hours()),
        list("", made::commitments(25, false)),
        list("?heures=a-verifier", made::commitments(2, true)),
        list("?heures=a-verifier", made::commitments(0, true)),
        list("", made::commitments(0, false)),
        one(""),
        one("?fait=heures"),
        one("?fait=heures-renvoyees"),
        refused("reason_missing", "4"),
        refused("statement_settled", "4"),
        refused("statement_settled", "3"),
    ]
}

/// A list with one commitment that promises no hours.
fn without_hours() -> CommitmentsView {
    let mut view = made::commitments(2, false);
    if let Some(line) = view.rows.first_mut() {
        line.hours = made::training().hours.unwrap();
    }
    view
}

#[test]
fn no_hours_are_shown_nor_checked_where_none_were_promised() {
    let shown = |url: &str, scene: Scene| {
        let desk = FakeDesk::of(scene);
        let seen = see(url, Lang::Fr, person(AccountRole::Reviewer), &desk);
        let html = Html::parse_document(&seen.html);
        let main = all(&html, "main").into_iter().map(text).collect::<String>();
        (main, html)
    };
    let (main, html) = shown(
        &format!("/qualifications/{}", made::ID),
        Scene {
            qualification: Some(made::training()),
            ..Scene::default()
        },
    );
    assert!(
        main.contains("Aucune heure, la clause du marché n’en prévoit pas"),
        "{main}"
    );
    assert!(
        main.contains("La clause du marché ne prévoit pas d’heures"),
        "{main}"
    );
    assert!(
        main.contains("Un tuteur <b>par</b> apprenti"),
        "as text: {main}"
    );
    assert!(all(&html, "form[action='/fn/check-hours']").is_empty());
    let (main, _) = shown(
        "/instruction/engagements",
        Scene {
            commitments: Some(without_hours()),
            ..Scene::default()
        },
    );
    assert!(
        main.contains("Aucune") && main.contains("200\u{a0}h"),
        "{main}"
    );
}

#[test]
fn a_reason_comes_back_in_its_form_or_as_it_was_when_the_form_is_gone() {
    let shown = |statement: &str| {
        let (url, scene) = refused("statement_settled", statement);
        let desk = FakeDesk::of(scene);
        let seen = see(&url, Lang::Fr, person(AccountRole::Reviewer), &desk);
        let html = Html::parse_document(&seen.html);
        let inside = |selector: &str| -> Vec<String> {
            all(&html, selector).into_iter().map(text).collect()
        };
        (
            inside("textarea#reason-4"),
            inside("main blockquote"),
            inside("#stopped").join(" "),
        )
    };
    let (form, aside, told) = shown("4");
    assert_eq!(form, [made::HOSTILE]);
    assert!(aside.is_empty());
    assert!(told.contains("est conservé ci-dessous"), "{told}");
    let (form, aside, told) = shown("3");
    assert_eq!(form, [""], "the reason was about another statement");
    assert_eq!(aside, [made::HOSTILE]);
    assert!(!told.contains("est conservé ci-dessous"), "{told}");
}
