//! What was sent, then taken back, withdrawn or decided: the proof of receipt says it, and giving up says it too.

use std::sync::Arc;

use app::doors::supplier::discard_declaration;
use app::i18n::Lang;
use app::visitor::AccountRole;
use domain::lifecycle::Status;
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::{all, assert_french_typography, assert_sound, text};
use crate::supplier_visit::{knock, visit};

/// Checks a page in both languages; answers the French document.
fn sound(fake: Fake, url: &str) -> Html {
    let fake = Arc::new(fake);
    let (english, _) = visit(&fake, url, Lang::En);
    assert_sound(url, &english, "en");
    let (french, _) = visit(&fake, url, Lang::Fr);
    assert_sound(url, &french, "fr");
    assert_french_typography(url, &french);
    Html::parse_document(&french)
}

fn words(page: &Html, selector: &str) -> String {
    all(page, selector).into_iter().map(text).collect()
}

#[test]
fn giving_up_what_was_sent_once_is_not_told_as_never_sent() {
    let supplier = visitor(AccountRole::Supplier);
    let mut taken_back = view(Status::Draft, filled());
    taken_back.revision = Some(1);
    let confirm = format!("/declarations/{}?confirmer=abandon", id(1));
    for (declaration, done, said) in [
        (
            view(Status::Draft, filled()),
            "abandon",
            "Rien n’a été transmis",
        ),
        (taken_back, "abandon-repris", "Ce que vous aviez transmis"),
    ] {
        let page = sound(Fake::showing(declaration.clone()), &confirm);
        let asked = words(&page, "form.confirm");
        assert!(asked.contains(said), "{asked}");
        let fake = Arc::new(Fake::showing(declaration));
        let next = knock(&fake, &supplier, || discard_declaration(id(1), 7)).1;
        assert_eq!(next, Some(format!("/espace?fait={done}")));
    }
    let notice = |done: &str| {
        words(
            &sound(Fake::default(), &format!("/espace?fait={done}")),
            ".notice",
        )
    };
    assert!(notice("abandon").contains("Rien n’avait été transmis"));
    let said = notice("abandon-repris");
    assert!(
        said.contains("ne sera pas examiné") && !said.contains("Rien n’avait"),
        "{said}"
    );
}

#[test]
fn the_receipt_says_what_became_of_what_was_received() {
    for (status, expected, waiting) in [
        (Status::Submitted, "est transmise.", true),
        (Status::InReview, "un agent l’examine", true),
        (Status::Draft, "puis reprise par vous", false),
        (Status::Withdrawn, "retirée ou abandonnée", false),
        (
            Status::ChangesRequested,
            "des corrections vous sont demandées",
            false,
        ),
        (Status::Validated, "la décision vous a été adressée", false),
        (Status::Refused, "la décision vous a été adressée", false),
    ] {
        let mut paper = receipt();
        paper.status = status;
        let fake = Fake {
            receipt: Some(paper),
            ..Fake::default()
        };
        let page = sound(fake, &format!("/declarations/{}/accuse", id(1)));
        let main = words(&page, "main");
        assert!(main.contains(expected), "{status:?}: {main}");
        assert_eq!(main.contains("est transmise"), waiting, "{status:?}");
        assert_eq!(main.contains("au 3\u{a0}mai 2026"), waiting, "{status:?}");
        // It stays a proof of what was received on that day, with the remedies.
        assert!(main.contains("3\u{a0}mars 2026 à\u{a0}14\u{a0}h\u{a0}06"));
        assert!(main.contains("tribunal administratif"));
    }
}

#[test]
fn the_receipt_of_a_group_has_its_arithmetic_enterprise_by_enterprise() {
    let fake = Fake {
        receipt: Some(receipt()),
        ..Fake::default()
    };
    let page = sound(fake, &format!("/declarations/{}/accuse", id(1)));
    let main = words(&page, "main");
    for expected in [
        "Calanques Participations",
        "Liée, comptée à 100\u{a0}%\u{a0}: effectif 4, chiffre d’affaires 600\u{202f}000\u{a0}€, bilan 900\u{202f}000\u{a0}€",
        "Déclarante, comptée à 100\u{a0}%",
        "petite entreprise, petite entreprise",
    ] {
        assert!(main.contains(expected), "{expected} in {main}");
    }
    assert!(
        !main.contains("declarant"),
        "no name that only the program knows"
    );
}
