//! Every page in each of its states and in both languages: structure, labels, typography, escaping.

use std::sync::Arc;

use app::error::AppError;
use app::i18n::Lang;
use app::views::Typed;
use app::visitor::AccountRole;
use domain::claims::ValidityState;
use domain::lifecycle::{Status, Verdict};
use domain::registry::RegistryState;

use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::fakes::scenes as made;
use crate::html::{assert_french_typography, assert_sound};
use crate::visit::{page, see};

/// Every state of every page: an address and what the desks show there.
pub(crate) fn states() -> Vec<(String, Scene)> {
    let scene = Scene::default;
    let review = |view| Scene { review: Some(view), ..scene() };
    let qualification = |view| Scene { qualification: Some(view), ..scene() };
    let id = made::ID;
    let mut states = vec![
        ("/instruction".to_owned(), Scene { queue: made::queue(25), ..scene() }),
        ("/instruction".to_owned(), Scene { queue: made::queue(0), ..scene() }),
        ("/instruction?statut=toutes&q=%3Cb%3E&tri=nom&page=2".to_owned(), Scene { queue: made::queue(3), ..scene() }),
        ("/instruction?statut=toutes&q=%3Cb%3E%20%22x%22".to_owned(), scene()),
        ("/instruction?refus=gone&statut=validated&tri=recent".to_owned(), scene()),
        (
            "/instruction?page=9".to_owned(),
            Scene { queue: app::views::QueuePage { total: 3, page: 9, pages: 1, ..made::queue(0) }, ..scene() },
        ),
        ("/instruction/qualifications".to_owned(), Scene { qualifications: made::qualifications(7), ..scene() }),
        ("/instruction/qualifications".to_owned(), scene()),
        ("/instruction/rattachements".to_owned(), Scene { attachments: made::attachments(), ..scene() }),
        ("/instruction/rattachements?fait=refus".to_owned(), scene()),
        ("/instruction/rattachements?refus=settled".to_owned(), scene()),
        ("/administration/envois?fait=reprise".to_owned(), Scene { outbox: made::outbox(5), ..scene() }),
        ("/administration/envois?refus=settled".to_owned(), scene()),
        ("/demo/courriels".to_owned(), Scene { mails: made::mails(), ..scene() }),
        ("/demo/courriels/0192-b.eml".to_owned(), Scene { mails: made::mails(), ..scene() }),
        ("/demo/courriels/0192-a.eml".to_owned(), Scene { mails: made::mails(), ..scene() }),
        (format!("/qualifications/{COPY}"), qualification(made::qualification(false, false))),
        (format!("/qualifications/{COPY}?fait=proposition"), qualification(made::qualification(true, true))),
        (format!("/qualifications/{COPY}"), qualification(made::qualification(true, false))),
        (format!("/qualifications/{COPY}?fait=revocation"), qualification(made::revoked())),
        (format!("/qualifications/{COPY}?refus=second_person_needed"), qualification(made::qualification(true, true))),
    ];
    let mut expired = made::qualification(false, false);
    expired.line.state = ValidityState::Expired;
    states.push((format!("/qualifications/{COPY}"), qualification(expired)));
    for status in Status::ALL {
        states.push((format!("/instruction/{id}"), review(made::review(status))));
        states.push((format!("/instruction/{id}/signature"), review(made::review(status))));
    }
    for done in ["examen", "verdict", "liberation", "signature", "autre"] {
        states.push((format!("/instruction/{id}?fait={done}"), review(made::partly())));
    }
    for view in [made::partly(), made::sent_back(), made::judged(refusals(), Status::Refused)] {
        states.push((format!("/instruction/{id}"), review(view.clone())));
        states.push((format!("/instruction/{id}/signature"), review(view)));
    }
    for registry in [RegistryState::Unresolved, RegistryState::Unknown { asked_at: made::at("2026-11-20T09:12:00Z") }] {
        let mut view = made::review(Status::InReview);
        view.registry = registry;
        states.push((format!("/instruction/{id}?refus=conflict"), review(view)));
    }
    states.extend(typed_states());
    states
}

fn refusals() -> [Verdict; 4] {
    ["a", "b", "c", "d"].map(|reason| Verdict::Refused(reason.into()))
}

/// What was typed in a form that was not carried out.
pub(crate) fn typed(problem: &str, fields: &[(&str, &str)]) -> Typed {
    Typed {
        problem: problem.into(),
        fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    }
}

fn typed_states() -> Vec<(String, Scene)> {
    let claim = made::size_claim().key.to_string();
    let verdict = |problem: &str| {
        typed(problem, &[("claim", &claim), ("verdict", "refused"), ("reason", made::HOSTILE)])
    };
    let closing = made::line(ValidityState::Valid, None).id.to_string();
    let ended = |problem: &str| {
        typed(
            problem,
            &[
                ("name", made::HOSTILE),
                ("quality", ""),
                ("wrong", &closing),
                (&format!("end-{closing}"), "yes"),
                (&format!("from-{closing}"), "31/02/2026"),
                (&format!("reason-{closing}"), made::HOSTILE),
            ],
        )
    };
    let id = made::ID;
    let mut states = Vec::new();
    for problem in ["conflict", "reason_missing", "reason_too_long", "verdict_missing", "held_by_another", "wrong_status"] {
        states.push((
            format!("/instruction/{id}?saisie={COPY}"),
            Scene { review: Some(made::review(Status::InReview)), typed: Some(verdict(problem)), ..Scene::default() },
        ));
    }
    for problem in ["conflict", "date_wrong", "reason_missing", "signature_missing", "closure_outside_validity", "already_closed"] {
        states.push((
            format!("/instruction/{id}/signature?saisie={COPY}"),
            Scene { review: Some(made::partly()), typed: Some(ended(problem)), ..Scene::default() },
        ));
    }
    for problem in ["date_wrong", "reason_missing", "closure_outside_validity", "conflict"] {
        states.push((
            format!("/qualifications/{COPY}?saisie={COPY}"),
            Scene {
                qualification: Some(made::qualification(false, false)),
                typed: Some(typed(problem, &[("from", "demain"), ("reason", made::HOSTILE)])),
                ..Scene::default()
            },
        ));
    }
    states.push((
        format!("/qualifications/{COPY}?saisie={COPY}"),
        Scene {
            qualification: Some(made::qualification(true, false)),
            typed: Some(typed("signature_missing", &[("name", ""), ("quality", made::HOSTILE)])),
            ..Scene::default()
        },
    ));
    states
}

#[test]
fn every_page_is_sound_in_each_state_and_language() {
    for (url, scene) in states() {
        let desk = FakeDesk::of(scene);
        for lang in [Lang::Fr, Lang::En] {
            for role in [AccountRole::Reviewer, AccountRole::Administrator] {
                if role == AccountRole::Reviewer && url.starts_with("/administration") {
                    continue;
                }
                let seen = see(&url, lang, person(role), &desk);
                let what = format!("{url} {} {role:?}", lang.tag());
                assert_sound(&what, &seen.html, lang.tag());
                assert!(!seen.html.contains("<script>alert"), "{what}: a script of a person");
                assert_eq!(seen.reply.location, None, "{what}");
                if lang == Lang::Fr && !url.starts_with("/demo/courriels/") {
                    assert_french_typography(&what, &without_data(&seen.html));
                }
            }
        }
    }
}

/// The page without the texts that people or registers wrote, which are not ours to correct.
fn without_data(html: &str) -> String {
    let mut html = html.to_owned();
    for foreign in ["L’\"Atelier\" &lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; fils", "L’\"Atelier\""] {
        html = html.replace(foreign, "X");
    }
    for foreign in ["550 5.1.1 &lt;nobody@atelier.example&gt;: Recipient address rejected", "\"x\""] {
        html = html.replace(foreign, "X");
    }
    html
}

#[test]
fn a_desk_that_does_not_answer_shows_the_error_page_with_its_status() {
    let pages = [
        "/instruction",
        "/instruction/qualifications",
        "/instruction/rattachements",
        "/instruction/00000000-0000-0000-0000-0000000000d1",
        "/instruction/00000000-0000-0000-0000-0000000000d1/signature",
        "/qualifications/00000000-0000-0000-0000-0000000000d1",
        "/administration/envois",
        "/demo/courriels",
        "/demo/courriels/0192-b.eml",
    ];
    for (error, status) in [
        (AppError::NotFound, 404),
        (AppError::Unavailable { reference: "r-1".into() }, 503),
        (AppError::Busy { retry_after_seconds: 3 }, 429),
    ] {
        let desk = FakeDesk::of(Scene { failure: Some(error), mails: made::mails(), ..Scene::default() });
        for url in pages {
            let seen = see(url, Lang::Fr, person(AccountRole::Administrator), &desk);
            assert_sound(url, &seen.html, "fr");
            assert_eq!(seen.reply.status, Some(status), "{url}");
        }
    }
}

#[test]
fn pages_send_strangers_to_sign_in_and_refuse_suppliers() {
    let desk = FakeDesk::of(Scene {
        queue: made::queue(3),
        review: Some(made::partly()),
        qualifications: made::qualifications(2),
        attachments: made::attachments(),
        outbox: made::outbox(2),
        ..Scene::default()
    });
    for url in [
        "/instruction",
        "/instruction/qualifications",
        "/instruction/rattachements",
        "/instruction/00000000-0000-0000-0000-0000000000d1",
        "/instruction/00000000-0000-0000-0000-0000000000d1/signature",
        "/administration/envois",
    ] {
        let anonymous = see(url, Lang::Fr, app::visitor::Visitor::Anonymous, &desk);
        assert_eq!(anonymous.reply.location.as_deref(), Some("/connexion"), "{url}");
        let supplier = see(url, Lang::Fr, person(AccountRole::Supplier), &desk);
        assert_eq!(supplier.reply.status, Some(403), "{url}");
        for seen in [anonymous, supplier] {
            assert!(!seen.html.contains("AMP-2026"), "{url}: shown to a stranger");
            assert!(!seen.html.contains("Atelier"), "{url}: shown to a stranger");
        }
    }
    let reviewer = page("/administration/envois", &desk);
    assert_eq!(reviewer.reply.status, Some(403), "a reviewer is no administrator");
    let asked = Arc::clone(&desk);
    assert!(asked.asked.lock().unwrap().iter().all(|what| !what.contains("Filter")), "nothing was read");
}

#[test]
fn the_mails_exist_in_a_demonstration_only() {
    let desk = FakeDesk::of(Scene::default());
    for url in ["/demo/courriels", "/demo/courriels/0192-b.eml"] {
        assert_eq!(page(url, &desk).reply.status, Some(404), "{url}");
    }
    let desk = FakeDesk::of(Scene { mails: made::mails(), ..Scene::default() });
    assert_eq!(page("/demo/courriels/..%2Fsecret", &desk).reply.status, Some(404));
    assert_eq!(page("/demo/courriels/autre.eml", &desk).reply.status, Some(404));
}
