//! Every page in each of its states and in both languages: structure, labels, typography, escaping.

use std::sync::Arc;

use app::error::AppError;
use app::i18n::Lang;
use app::visitor::AccountRole;

use crate::fakes::apart;
use crate::fakes::catalogue;
use crate::fakes::contract;
use crate::fakes::desk::{FakeDesk, Scene, person};
use crate::fakes::frozen;
use crate::fakes::imports;
use crate::fakes::payments;
use crate::fakes::published;
use crate::fakes::scenes as made;
use crate::html::{assert_french_typography, assert_sound};
use crate::states::states;
use crate::visit::{page, see};

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
                assert!(
                    !seen.html.contains("<script>alert"),
                    "{what}: a script of a person"
                );
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
    for foreign in [
        "L’\"Atelier\" &lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; fils",
        "L’\"Atelier\"",
    ] {
        html = html.replace(foreign, "X");
    }
    for foreign in [
        "550 5.1.1 &lt;nobody@atelier.example&gt;: Recipient address rejected",
        "\"x\"",
        "{\n  \"id\": \"M1\"\n}",
        "{\"id\": \"M1\"}",
    ] {
        html = html.replace(foreign, "X");
    }
    html
}

#[test]
fn a_desk_that_does_not_answer_shows_the_error_page_with_its_status() {
    let pages = [
        "/instruction",
        "/instruction/qualifications",
        "/instruction/engagements",
        "/instruction/rattachements",
        "/instruction/indicateurs",
        "/instruction/indicateurs/marches",
        "/instruction/indicateurs/leviers",
        "/instruction/indicateurs/paiements",
        payments::SUPPLIER,
        apart::SUBCONTRACTS,
        apart::YEAR_HOURS,
        frozen::RESTATED,
        apart::CONCESSIONS,
        frozen::ADDRESS,
        "/instruction/imports",
        imports::ADDRESS,
        contract::ADDRESS,
        "/instruction/00000000-0000-0000-0000-0000000000d1",
        "/instruction/00000000-0000-0000-0000-0000000000d1/signature",
        "/qualifications/00000000-0000-0000-0000-0000000000d1",
        "/administration/envois",
        catalogue::PAGE,
        catalogue::ENTRIES[0],
        published::PAGE,
        published::LIST,
        published::IMPORT,
        "/demo/courriels",
        "/demo/courriels/0192-b.eml",
    ];
    for (error, status) in [
        (AppError::NotFound, 404),
        (
            AppError::Unavailable {
                reference: "r-1".into(),
            },
            503,
        ),
        (
            AppError::Busy {
                retry_after_seconds: 3,
            },
            429,
        ),
    ] {
        let desk = FakeDesk::of(Scene {
            failure: Some(error),
            mails: made::mails(),
            ..Scene::default()
        });
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
        commitments: Some(made::commitments(2, false)),
        attachments: made::attachments(),
        indicators: Some(crate::fakes::figures::indicators()),
        contracts: Some(crate::fakes::figures::contracts(2)),
        levers: Some(crate::fakes::levers::levers(2, None)),
        contract: Some(contract::contract(app::views::ShareSource::Equal)),
        subcontracts: Some(apart::subcontracts(2)),
        concessions: Some(apart::concessions(2)),
        year_hours: Some(apart::year_hours(2)),
        restated: Some(frozen::restated(2)),
        frozen: Some(frozen::frozen()),
        payments: Some(payments::payments(2)),
        supplier_payments: Some(payments::supplier(true, true)),
        imports: Some(imports::imports()),
        import: Some(imports::import(app::views::ImportStage::Done, false)),
        outbox: made::outbox(2),
        catalogue: Some(catalogue::edited()),
        lists: Some(published::lists()),
        list: Some(published::list()),
        list_import: Some(published::read()),
        ..Scene::default()
    });
    for url in [
        "/instruction",
        "/instruction/qualifications",
        "/instruction/engagements",
        "/instruction/rattachements",
        "/instruction/indicateurs",
        "/instruction/indicateurs/marches",
        "/instruction/indicateurs/leviers",
        "/instruction/indicateurs/paiements",
        payments::SUPPLIER,
        apart::SUBCONTRACTS,
        apart::YEAR_HOURS,
        frozen::RESTATED,
        apart::CONCESSIONS,
        frozen::ADDRESS,
        "/instruction/imports",
        imports::ADDRESS,
        contract::ADDRESS,
        "/instruction/00000000-0000-0000-0000-0000000000d1",
        "/instruction/00000000-0000-0000-0000-0000000000d1/signature",
        "/administration/envois",
        published::PAGE,
        published::LIST,
        published::IMPORT,
        catalogue::PAGE,
        catalogue::ENTRIES[0],
    ] {
        let anonymous = see(url, Lang::Fr, app::visitor::Visitor::Anonymous, &desk);
        assert_eq!(
            anonymous.reply.location.as_deref(),
            Some("/connexion"),
            "{url}"
        );
        let supplier = see(url, Lang::Fr, person(AccountRole::Supplier), &desk);
        assert_eq!(supplier.reply.status, Some(403), "{url}");
        for seen in [anonymous, supplier] {
            assert!(
                !seen.html.contains("AMP-2026"),
                "{url}: shown to a stranger"
            );
            assert!(!seen.html.contains("Atelier"), "{url}: shown to a stranger");
        }
    }
    let reviewer = page("/administration/envois", &desk);
    assert_eq!(
        reviewer.reply.status,
        Some(403),
        "a reviewer is no administrator"
    );
    let asked = Arc::clone(&desk);
    assert!(
        asked
            .asked
            .lock()
            .unwrap()
            .iter()
            .all(|what| !what.contains("Filter")),
        "nothing was read"
    );
}

#[test]
fn the_mails_exist_in_a_demonstration_only() {
    let desk = FakeDesk::of(Scene::default());
    for url in ["/demo/courriels", "/demo/courriels/0192-b.eml"] {
        assert_eq!(page(url, &desk).reply.status, Some(404), "{url}");
    }
    let desk = FakeDesk::of(Scene {
        mails: made::mails(),
        ..Scene::default()
    });
    assert_eq!(
        page("/demo/courriels/..%2Fsecret", &desk).reply.status,
        Some(404)
    );
    assert_eq!(
        page("/demo/courriels/autre.eml", &desk).reply.status,
        Some(404)
    );
}
