//! A renewal that meets a change of somebody else: the signature that was typed comes back, the oath does not.

use std::sync::Arc;

use app::doors::renewal::renew_declaration;
use app::views::{Renewed, Renewing};
use app::visitor::AccountRole;
use domain::form::StatementStep;

use crate::fakes::supplier::*;
use crate::supplier_renewal::renewal;
use crate::supplier_visit::{knock, only, sound, words};

#[test]
fn what_was_typed_to_sign_is_there_when_the_page_comes_back() {
    let fake = Arc::new(Fake {
        renewed: Ok(Renewed::Changed(id(2))),
        ..Fake::default()
    });
    let signer = StatementStep {
        signer_name: "Paul <Aubert>".into(),
        signer_quality: "Directeur".into(),
        capacity: "delegation".into(),
        accepted: "yes".into(),
    };
    let (outcome, next) = knock(&fake, &visitor(AccountRole::Supplier), || {
        renew_declaration(id(1), "seen".into(), "submit".into(), vec![], signer)
    });
    outcome.unwrap();
    let kept = fake.typed.lock().unwrap().clone().unwrap();
    assert_eq!(kept.get("accepted"), "", "sworn each time");
    let back = Fake {
        renewal: Some(Renewing::Ready(Box::new(renewal(
            filled(),
            None,
            "2026-11-02",
        )))),
        typed: std::sync::Mutex::new(Some(kept)),
        ..Fake::default()
    };
    let page = sound("changed", back, &next.unwrap());
    assert!(words(&page, ".notice-warning").contains("rien n’a été transmis"));
    let signed = words(&page, ".renewal-signer");
    assert!(signed.contains("Paul <Aubert>, Directeur"), "{signed}");
    for (field, value) in [
        ("signer_name", "Paul <Aubert>"),
        ("signer_quality", "Directeur"),
    ] {
        assert_eq!(
            only(&page, &format!("#{field}")).value().attr("value"),
            Some(value)
        );
    }
    assert!(only(&page, "#accepted").value().attr("checked").is_none());
}
