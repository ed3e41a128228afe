//! The review and the signature: what is shown beside each claim, what can be done, and what comes back after a refusal.
//! Longer than 400 lines: one page, in all that a reviewer may meet there.

use app::views::Proof;
use domain::claims::ValidityState;
use domain::lifecycle::Status;
use scraper::Html;

use crate::fakes::desk::{COPY, FakeDesk, Scene};
use crate::fakes::scenes as made;
use crate::html::{all, text};
use crate::states::typed;
use crate::visit::page;

fn review(view: app::views::ReviewView) -> Html {
    let desk = FakeDesk::of(Scene {
        review: Some(view),
        ..Scene::default()
    });
    Html::parse_document(&page(&format!("/instruction/{}", made::ID), &desk).html)
}

fn words(html: &Html, selector: &str) -> String {
    all(html, selector)
        .into_iter()
        .map(text)
        .collect::<Vec<_>>()
        .join(" | ")
}

#[test]
fn a_claim_stands_beside_what_the_register_says() {
    let html = review(made::review(Status::InReview));
    assert_eq!(all(&html, "section.claim").len(), 4);
    let chips = words(&html, ".register .chip");
    assert_eq!(
        chips, "Concorde | Diffère | Concorde | Non vérifiable",
        "{chips}"
    );
    assert!(
        words(&html, ".register .hint")
            .contains("Registre de démonstration (données fictives), le 20")
    );
    assert!(words(&html, "#affirmation-2").contains("Différente de la qualification en vigueur"));
    assert!(
        words(&html, "#affirmation-2").contains("Pièce attendue\u{a0}: Convention avec l’État")
    );
    assert!(words(&html, "#affirmation-4").contains("avec un tuteur & une formation"));
}

#[test]
fn the_size_is_explained_enterprise_by_enterprise_under_the_name_of_the_company() {
    let html = review(made::review(Status::InReview));
    let rows = all(&html, "details.size tbody tr");
    assert_eq!(rows.len(), 4);
    assert!(
        text(rows[0]).contains("L’\"Atelier\""),
        "the company by its name"
    );
    let table = words(&html, "details.size table");
    let table = table.replace(['\u{a0}', '\u{202f}'], " ");
    for expected in [
        "Holding Bleue",
        "Liée",
        "Partenaire Sud",
        "Partenaire",
        "30 %",
        "720 000 €",
        "Fonds Régional",
    ] {
        assert!(table.contains(expected), "{expected} in {table}");
    }
    assert!(
        !words(&html, "main").contains("declarant"),
        "the place of the company in the case is not shown"
    );
}

#[test]
fn nothing_proves_the_attachment_and_the_page_says_so_before_the_signature() {
    for (proof, expected) in [
        (Proof::None, "Aucune preuve de rattachement à l’entreprise"),
        (
            Proof::MailDomain,
            "Rattachement par le domaine de messagerie",
        ),
        (Proof::Agent, "Rattachement décidé par un agent"),
    ] {
        let mut view = made::partly();
        view.attachment.proof = proof;
        let desk = FakeDesk::of(Scene {
            review: Some(view),
            ..Scene::default()
        });
        for url in [
            format!("/instruction/{}", made::ID),
            format!("/instruction/{}/signature", made::ID),
        ] {
            let html = Html::parse_document(&page(&url, &desk).html);
            let notices = words(&html, ".notice");
            assert!(
                notices.contains(expected) && notices.contains("camille@gmail.example"),
                "{url}: {notices}"
            );
        }
    }
}

#[test]
fn buttons_follow_what_the_rules_allow() {
    let actions = |status| {
        let html = review(made::review(status));
        all(&html, "main form")
            .into_iter()
            .map(|form| form.value().attr("action").unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(actions(Status::Submitted), ["/fn/start-review"]);
    let in_review = actions(Status::InReview);
    assert_eq!(
        in_review
            .iter()
            .filter(|action| *action == "/fn/give-verdicts")
            .count(),
        1,
        "one form for all the cards"
    );
    assert!(in_review.contains(&"/fn/release-review".to_owned()));
    for status in [
        Status::ChangesRequested,
        Status::Validated,
        Status::PartlyValidated,
        Status::Refused,
        Status::Withdrawn,
    ] {
        assert_eq!(actions(status), Vec::<String>::new(), "{status:?}");
    }
}

#[test]
fn the_page_leads_from_each_claim_to_the_next_and_then_to_the_signature() {
    let html = review(made::review(Status::InReview));
    let buttons: Vec<_> = all(&html, "form.verdicts button[name=at]")
        .iter()
        .map(|button| button.value().attr("value").unwrap())
        .collect();
    assert_eq!(buttons, ["1", "2", "3", "4"]);
    let missing = all(&html, "#signature li a");
    assert_eq!(missing.len(), 4);
    assert_eq!(missing[0].value().attr("href"), Some("#affirmation-1"));
    let html = review(made::partly());
    assert!(
        words(&html, "#signature")
            .contains("Déclaration validée en partie\u{a0}: 3 acceptées, 1 refusée.")
    );
    let link = all(&html, "#signature a")[0].value().attr("href").unwrap();
    assert_eq!(link, format!("/instruction/{}/signature", made::ID));
}

#[test]
fn a_conflict_says_who_and_when_and_keeps_the_reason() {
    let reason = "Le bilan </textarea><b>manque</b>\nd’une signature";
    let desk = FakeDesk::of(Scene {
        review: Some(made::review(Status::InReview)),
        typed: Some(typed(
            "conflict",
            &[("verdict-1", "to_fix"), ("reason-1", reason)],
        )),
        ..Scene::default()
    });
    let seen = page(&format!("/instruction/{}?saisie={COPY}", made::ID), &desk);
    assert_eq!(seen.reply.status, Some(409));
    let html = Html::parse_document(&seen.html);
    let notice = words(&html, "#stopped").replace('\u{a0}', " ");
    for expected in [
        "La déclaration a changé entre-temps",
        "Examen commencé, par Dominique Roux, le 21 novembre 2026 à 15 h 30",
        "Ce que vous aviez écrit est conservé ci-dessous.",
        "Recharger la déclaration",
    ] {
        assert!(notice.contains(expected), "{expected} in {notice}");
    }
    assert_eq!(text(all(&html, "#reason-1")[0]), reason);
    let ticked = all(&html, "#affirmation-1 input[checked]");
    assert_eq!(ticked.len(), 1);
    assert_eq!(ticked[0].value().attr("value"), Some("to_fix"));
}

#[test]
fn a_missing_reason_is_an_error_of_its_field() {
    let desk = FakeDesk::of(Scene {
        review: Some(made::review(Status::InReview)),
        typed: Some(typed(
            "reason_missing",
            &[
                ("verdict-1", "refused"),
                ("reason-1", ""),
                ("problem-1", "reason_missing"),
            ],
        )),
        ..Scene::default()
    });
    let seen = page(&format!("/instruction/{}?saisie={COPY}", made::ID), &desk);
    assert_eq!(seen.reply.status, Some(422));
    let html = Html::parse_document(&seen.html);
    assert!(words(&html, "title").starts_with("Erreur"));
    assert_eq!(
        all(&html, ".error-summary a")[0].value().attr("href"),
        Some("#reason-1")
    );
    assert_eq!(
        all(&html, "#reason-1")[0].value().attr("aria-invalid"),
        Some("true")
    );
    assert_eq!(all(&html, "[aria-invalid]").len(), 1);
}

#[test]
fn the_signature_reads_everything_again_and_is_prefilled() {
    let desk = FakeDesk::of(Scene {
        review: Some(made::partly()),
        ..Scene::default()
    });
    let html =
        Html::parse_document(&page(&format!("/instruction/{}/signature", made::ID), &desk).html);
    assert_eq!(all(&html, "tbody tr").len(), 4);
    assert!(
        words(&html, "tbody")
            .contains("</textarea><script>alert(2)</script> a pris fin.\nDeuxième ligne")
    );
    assert_eq!(
        all(&html, "input[name=name]")[0].value().attr("value"),
        Some("Dominique Roux")
    );
    assert_eq!(
        all(&html, "input[name=quality]")[0].value().attr("value"),
        Some("Cheffe du service des achats responsables")
    );
    assert!(words(&html, "main").contains("L212-1"));
    assert!(
        all(&html, "input[type=checkbox][checked]").is_empty(),
        "nothing ends unless asked"
    );
    assert_eq!(
        all(&html, "input[name='version']")[0].value().attr("value"),
        Some("5")
    );
}

#[test]
fn corrections_end_nothing() {
    let desk = FakeDesk::of(Scene {
        review: Some(made::sent_back()),
        ..Scene::default()
    });
    let html =
        Html::parse_document(&page(&format!("/instruction/{}/signature", made::ID), &desk).html);
    assert!(all(&html, "input[type=checkbox]").is_empty());
    assert!(words(&html, "main").contains("Rien n’est encore décidé"));
}

#[test]
fn a_wrong_end_comes_back_as_typed_with_its_error() {
    let id = made::line(ValidityState::Valid, None).id.to_string();
    let desk = FakeDesk::of(Scene {
        review: Some(made::partly()),
        typed: Some(typed(
            "date_wrong",
            &[
                ("name", "D. Roux"),
                ("wrong", &id),
                (&format!("end-{id}"), "yes"),
                (&format!("from-{id}"), "31/02/2026"),
                (&format!("reason-{id}"), "Fermeture"),
            ],
        )),
        ..Scene::default()
    });
    let seen = page(
        &format!("/instruction/{}/signature?saisie={COPY}", made::ID),
        &desk,
    );
    assert_eq!(seen.reply.status, Some(422));
    let html = Html::parse_document(&seen.html);
    assert_eq!(
        all(&html, "input[name='closures[0][from]']")[0]
            .value()
            .attr("value"),
        Some("31/02/2026")
    );
    assert_eq!(
        all(&html, "input[name='closures[0][end]'][checked]").len(),
        1
    );
    assert_eq!(text(all(&html, "textarea")[0]), "Fermeture");
    assert_eq!(
        all(&html, "input[name=name]")[0].value().attr("value"),
        Some("D. Roux")
    );
    assert_eq!(
        all(&html, ".error-summary a")[0].value().attr("href"),
        Some(format!("#from-{id}").as_str())
    );
}

#[test]
fn a_signature_that_cannot_be_given_says_why() {
    for (view, expected) in [
        (
            made::review(Status::InReview),
            "Il reste 4 affirmations sans verdict",
        ),
        (
            made::review(Status::Validated),
            "Décidée par Dominique Roux",
        ),
        (
            made::review(Status::Submitted),
            "Personne ne l’examine encore",
        ),
    ] {
        let desk = FakeDesk::of(Scene {
            review: Some(view),
            ..Scene::default()
        });
        let html = Html::parse_document(
            &page(&format!("/instruction/{}/signature", made::ID), &desk).html,
        );
        assert!(all(&html, "main form").is_empty());
        assert!(words(&html, "main").contains(expected), "{expected}");
    }
}

#[test]
fn a_revocation_takes_two_people() {
    let show = |proposal, mine| {
        let desk = FakeDesk::of(Scene {
            qualification: Some(made::qualification(proposal, mine)),
            ..Scene::default()
        });
        Html::parse_document(&page(&format!("/qualifications/{COPY}"), &desk).html)
    };
    let actions = |html: &Html| {
        all(html, "main form")
            .iter()
            .map(|form| form.value().attr("action").unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let fresh = show(false, false);
    assert_eq!(actions(&fresh), ["/fn/propose-revocation"]);
    let law = words(&fresh, ".notice-warning");
    for article in ["L242-1", "quatre mois", "L121-1", "L211-2", "L212-1"] {
        assert!(law.contains(article), "{article}");
    }
    let mine = show(true, true);
    assert_eq!(
        actions(&mine),
        ["/fn/drop-revocation"],
        "the one who proposed cannot confirm"
    );
    assert!(words(&mine, "main").contains("Agrément retiré par l’ARS <i>le 15 novembre</i>."));
    let theirs = show(true, false);
    assert_eq!(
        actions(&theirs),
        ["/fn/confirm-revocation", "/fn/drop-revocation"]
    );
    assert_eq!(
        all(&theirs, "input[name=name]")[0].value().attr("value"),
        Some("Dominique Roux")
    );
}

#[test]
fn documents_are_shown_with_their_state_and_open_only_when_cleared() {
    use domain::documents::{Document, FileKind, KnownDocument, Scan};
    let mut view = made::review(Status::InReview);
    let claim = view.claims.get_mut(1).unwrap();
    claim.documents = Scan::ALL
        .into_iter()
        .zip(1_u128..)
        .map(|(scan, number)| KnownDocument {
            id: uuid::Uuid::from_u128(number),
            document: Document {
                sha256: format!("{number:064x}"),
                name: format!("pièce <{number}>.pdf"),
                kind: FileKind::Pdf,
                size: 2_400_000,
                valid_from: None,
                valid_to: None,
            },
            scan,
            preview: true,
        })
        .collect();
    let html = review(view);
    let card = words(&html, "#affirmation-2 .documents");
    for expected in [
        "pièce <1>.pdf",
        "PDF, 2,4\u{a0}Mo",
        "Analyse antivirus en attente",
        "s’ouvrira une fois analysée",
        "Virus détecté",
        "Demandez une pièce saine",
        "Non analysé",
    ] {
        assert!(card.contains(expected), "{expected} in {card}");
    }
    // Of the four, the clean one and the one that nothing scanned.
    assert_eq!(all(&html, "#affirmation-2 .documents a[download]").len(), 2);
    let pictures = all(&html, "#affirmation-2 .documents img");
    assert_eq!(pictures.len(), 2);
    assert!(pictures.iter().all(|picture| {
        picture
            .attr("alt")
            .is_some_and(|alt| alt.starts_with("Première page de"))
    }));
}
