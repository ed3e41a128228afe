//! Answers that meet others, or come too late: both versions stand side by side, and nothing typed is lost.

use std::sync::Arc;

use app::desk::StepAnswers;
use app::i18n::Lang;
use app::views::Conflict;
use domain::lifecycle::Status;
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::{all, assert_french_typography, assert_sound};
use crate::supplier_visit::{only, sound, step, visit, words};

#[test]
fn two_versions_are_shown_answer_by_answer() {
    let mut stored = filled().insertion;
    stored.rows.pop();
    let row = stored.rows.first_mut().unwrap();
    row.persons = "5".into();
    row.publics = vec!["deld".into(), "senior".into()];
    let fake = Fake {
        conflict: Some(Conflict {
            declaration: id(1),
            version: 9,
            stored: StepAnswers::Insertion(stored),
            typed: StepAnswers::Insertion(filled().insertion),
            stored_at: at("2026-03-03T13:10:00Z"),
        }),
        ..Fake::default()
    };
    let url = format!("{}?conflit={}", step("insertion"), id(9));
    let fake = Arc::new(fake);
    let (html, reply) = visit(&fake, &url, Lang::Fr);
    assert_eq!(reply.status, Some(409));
    assert_sound("conflict", &html, "fr");
    assert_french_typography("conflict", &html);
    let page = Html::parse_document(&html);
    let form = "form[action='/fn/save-insertion']";
    assert_eq!(
        only(&page, &format!("{form} input[name=version]"))
            .value()
            .attr("value"),
        Some("9")
    );
    let values: Vec<_> = all(&page, "input[name='answers[rows][0][persons]']")
        .into_iter()
        .map(|input| {
            (
                input.value().attr("value"),
                input.value().attr("checked").is_some(),
            )
        })
        .collect();
    assert_eq!(values, [(Some("3"), true), (Some("5"), false)]);
    // A list is chosen item by item; what both say is carried along.
    assert_eq!(
        all(
            &page,
            "input[type=checkbox][name='answers[rows][0][publics][]']"
        )
        .len(),
        3
    );
    assert_eq!(
        only(&page, "input[type=hidden][name='answers[rows][0][rate]']")
            .value()
            .attr("value"),
        Some("5")
    );
    // The line that the other version lacks is kept whole, and the page says so.
    only(
        &page,
        "input[type=hidden][name='answers[rows][1][modality]']",
    );
    assert!(words(&page, "form").contains("La ligne 2 n’est que dans votre version"));
}

#[test]
fn answers_that_come_after_the_submission_are_kept_in_sight() {
    let mut typed = filled().solidarity;
    typed.rows.push(typed.rows.first().unwrap().clone());
    let row = typed.rows.first_mut().unwrap();
    row.reference = "EI013240099A0M0".into();
    for (status, way) in [
        (Status::Submitted, "reprenez la déclaration"),
        (Status::InReview, "ce que vous pouvez faire maintenant"),
        (Status::Validated, "ce que vous pouvez faire maintenant"),
    ] {
        let fake = Fake {
            conflict: Some(Conflict {
                declaration: id(1),
                version: 9,
                stored: StepAnswers::Solidarity(filled().solidarity),
                typed: StepAnswers::Solidarity(typed.clone()),
                stored_at: at("2026-03-03T13:10:00Z"),
            }),
            ..Fake::showing(view(status, filled()))
        };
        let url = format!("{}?conflit={}", step("solidarite"), id(9));
        let page = sound("too late", fake, &url);
        let main = words(&page, "main");
        for expected in ["trop tard", "EI013240099A0M0", "Ligne absente", way] {
            assert!(main.contains(expected), "{status:?}: {expected} in {main}");
        }
        // Nothing here can be posted: the way goes through the declaration.
        assert!(all(&page, "main form").is_empty());
        assert_eq!(
            all(
                &page,
                &format!("main .actions a[href='/declarations/{}']", id(1))
            )
            .len(),
            1
        );
    }
}

#[test]
fn a_step_that_cannot_be_changed_leads_to_the_declaration() {
    for status in [Status::Submitted, Status::InReview, Status::Validated] {
        let fake = Arc::new(Fake::showing(view(status, filled())));
        let (_, reply) = visit(&fake, &step("taille"), Lang::Fr);
        assert_eq!(
            reply.location,
            Some(format!("/declarations/{}", id(1))),
            "{status:?}"
        );
    }
}

#[test]
fn documents_are_chosen_one_by_one_and_posted_as_a_list() {
    let stored = filled().solidarity;
    let mut typed = stored.clone();
    let documents = [id(70), id(71)].map(|id| id.to_string());
    typed.rows.first_mut().unwrap().documents = documents.to_vec();
    let fake = Fake {
        conflict: Some(Conflict {
            declaration: id(1),
            version: 9,
            stored: StepAnswers::Solidarity(stored),
            typed: StepAnswers::Solidarity(typed),
            stored_at: at("2026-03-03T13:10:00Z"),
        }),
        ..Fake::default()
    };
    let url = format!("{}?conflit={}", step("solidarite"), id(9));
    let (html, _) = visit(&Arc::new(fake), &url, Lang::Fr);
    assert_sound("conflict", &html, "fr");
    let page = Html::parse_document(&html);
    let ticked: Vec<_> = all(
        &page,
        "input[type=checkbox][name='answers[rows][0][documents][]']",
    )
    .into_iter()
    .filter_map(|input| input.value().attr("value"))
    .collect();
    assert_eq!(ticked, documents);
    // A flat value under this name could not be read back.
    assert!(all(&page, "input[name='answers[rows][0][documents]']").is_empty());
}
