//! Each form of each page, sent as a browser sends it, is what its door reads.

use std::collections::BTreeSet;

use app::doors::{admin, buyer, catalogue, frozen, hours, imports, lists, shares, verdicts};
use app::i18n::Lang;
use app::visitor::AccountRole;
use leptos::server_fn::ServerFn;
use scraper::{ElementRef, Html};
use serde::de::DeserializeOwned;

use crate::fakes::desk::{FakeDesk, person};
use crate::html::{all, text};
use crate::states::states;
use crate::visit::see;

/// The body that a browser would post, with the first choice of each radio group taken.
fn body(form: ElementRef<'_>) -> String {
    let mut pairs = Vec::new();
    let mut groups = BTreeSet::new();
    let page = Html::parse_fragment(&form.html());
    for field in all(&page, "input, textarea, select") {
        let attr = |name: &str| field.value().attr(name);
        let Some(name) = attr("name") else { continue };
        let value = match field.value().name() {
            "textarea" => text(field),
            _ => attr("value").unwrap_or_default().to_owned(),
        };
        match attr("type") {
            Some("radio") if !groups.insert(name.to_owned()) => {}
            _ => pairs.push(format!("{}={}", encode(name), encode(&value))),
        }
    }
    pairs.join("&")
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn reads<T: ServerFn + DeserializeOwned>(action: &str, body: &str) -> bool {
    if action != T::PATH {
        return false;
    }
    let read: Result<T, _> = serde_qs::Config::new(5, false).deserialize_str(body);
    assert!(
        read.is_ok(),
        "{action} cannot read {body}: {:?}",
        read.err()
    );
    true
}

#[test]
fn every_form_is_read_by_a_door() {
    let mut met = BTreeSet::new();
    for (url, scene) in states() {
        let desk = FakeDesk::of(scene);
        let html = Html::parse_document(
            &see(&url, Lang::Fr, person(AccountRole::Administrator), &desk).html,
        );
        for form in all(&html, "main form[method=post]") {
            let action = form.value().attr("action").unwrap_or_default();
            if form.value().attr("enctype") == Some("multipart/form-data") {
                assert!(
                    [
                        app::routes::path::IMPORT_UPLOAD,
                        "/administration/listes/esus/depot"
                    ]
                    .contains(&action),
                    "{url}: {action}"
                );
                continue;
            }
            let body = body(form);
            let read = reads::<buyer::StartReview>(action, &body)
                || reads::<buyer::ReleaseReview>(action, &body)
                || reads::<verdicts::GiveVerdicts>(action, &body)
                || reads::<buyer::SignReview>(action, &body)
                || reads::<buyer::ProposeRevocation>(action, &body)
                || reads::<buyer::ConfirmRevocation>(action, &body)
                || reads::<buyer::DropRevocation>(action, &body)
                || reads::<imports::RollBackImport>(action, &body)
                || reads::<imports::CorrectRecord>(action, &body)
                || reads::<hours::CheckHours>(action, &body)
                || reads::<buyer::AttachPerson>(action, &body)
                || reads::<buyer::DeclineAttachment>(action, &body)
                || reads::<buyer::MakeLetter>(action, &body)
                || reads::<shares::EnterShares>(action, &body)
                || reads::<shares::ForgetShares>(action, &body)
                || reads::<frozen::FreezeYear>(action, &body)
                || reads::<catalogue::ChangeCatalogue>(action, &body)
                || reads::<lists::ReadList>(action, &body)
                || reads::<lists::PutListInForce>(action, &body)
                || reads::<lists::DiscardList>(action, &body)
                || reads::<lists::RollBackList>(action, &body)
                || reads::<admin::RetryMessage>(action, &body);
            assert!(read, "{url}: no door at {action}");
            met.insert(action.to_owned());
        }
    }
    assert_eq!(met.len(), 22, "every door has a form: {met:?}");
}
