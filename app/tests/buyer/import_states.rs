//! The states of the pages of imports.

use app::pages::buyer::imports::FORM;
use app::views::{ImportStage, Typed};

use crate::fakes::desk::{COPY, Scene};
use crate::fakes::imports;
use crate::fakes::scenes as made;

pub(crate) fn states() -> Vec<(String, Scene)> {
    let list = |query: &str, view| {
        (
            format!("/instruction/imports{query}"),
            Scene {
                imports: Some(view),
                ..Scene::default()
            },
        )
    };
    let one = |query: &str, view, typed| {
        (
            format!("{}{query}", imports::ADDRESS),
            Scene {
                import: Some(view),
                typed,
                ..Scene::default()
            },
        )
    };
    let typed = |record: &str| {
        Some(Typed {
            problem: String::new(),
            fields: [(FORM.to_owned(), record.to_owned())].into(),
        })
    };
    let to_correct = || imports::import(ImportStage::Done, true);
    let correcting = format!("?corriger=3&saisie={COPY}");
    let mut states = vec![
        list("?page=2", imports::imports()),
        list("", imports::none()),
        list("?fait=envoi", imports::imports()),
        list("?fait=attente", imports::none()),
        one("?corriger=3", to_correct(), None),
        one(&correcting, to_correct(), typed("{\n  oops")),
        one(&correcting, to_correct(), typed(r#"{"id": "M1"}"#)),
        one(&correcting, to_correct(), typed(made::HOSTILE)),
        one("?fait=correction", imports::corrected(), None),
        one(
            "?retirer=1",
            imports::import(ImportStage::Running, false),
            None,
        ),
        one(
            "?retirer=1",
            imports::import(ImportStage::Done, false),
            None,
        ),
        one(
            "?fait=retrait",
            imports::import(ImportStage::RollingBack, false),
            None,
        ),
        one(
            "?apres=2",
            imports::import(ImportStage::Failed, false),
            None,
        ),
        one("", imports::import(ImportStage::RolledBack, false), None),
    ];
    let refusals = [
        "fichier-absent",
        "fichier-vide",
        "pas-de-marches",
        "trop-gros",
        "interrompu",
        "file-pleine",
        "disque",
        "deja-fait",
        "commence",
    ];
    states.extend(refusals.map(|code| list(&format!("?refus={code}"), imports::none())));
    states
}
