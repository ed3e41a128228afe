//! A catalogue with two versions, the last of which waits for its day.

use std::sync::Arc;

use app::views::{CatalogueVersion, CatalogueView};
use domain::catalogue::{Catalogue, Catalogues, Change, Dated, INCLUSIVE, Label};
use domain::claims::Kind;

use super::scenes::{at, day};

pub(crate) const PAGE: &str = "/administration/catalogue";
/// An entry of each list, and the forms of new ones.
pub(crate) const ENTRIES: [&str; 6] = [
    "/administration/catalogue/statuts/EITI",
    "/administration/catalogue/themes/inclusive",
    "/administration/catalogue/themes/nouveau",
    "/administration/catalogue/plans/climate",
    "/administration/catalogue/plans/nouveau",
    "/administration/catalogue/engagements/SOC-EGA-01",
];

pub(crate) fn fresh() -> CatalogueView {
    CatalogueView {
        catalogues: Arc::new(Catalogues::default()),
        history: vec![],
        today: day("2026-11-23"),
    }
}

pub(crate) fn edited() -> CatalogueView {
    let standard = Catalogue::default();
    let first = standard
        .changed(Change::Theme {
            code: Some(INCLUSIVE.to_owned()),
            offered: true,
            label: Label {
                fr: "Achat solidaire".into(),
                en: "Solidarity purchasing".into(),
            },
            plans: vec!["insertion".into()],
        })
        .unwrap();
    let second = first
        .changed(Change::Kind {
            kind: Kind::Eiti,
            label: standard.kind(Kind::Eiti).unwrap().label.clone(),
            offered: false,
        })
        .unwrap();
    let version = |version, from, reason: &str| CatalogueVersion {
        version,
        from: day(from),
        reason: reason.to_owned(),
        by: "Nadia Roux".to_owned(),
        at: at("2026-11-20T09:00:00Z"),
    };
    let dated = |from, catalogue: Catalogue| Dated {
        from: day(from),
        catalogue: Arc::new(catalogue),
    };
    CatalogueView {
        catalogues: Arc::new(Catalogues {
            versions: vec![dated("2026-11-20", first), dated("2026-12-23", second)],
            ..Catalogues::default()
        }),
        history: vec![
            version(2, "2026-12-23", "Fin de l’expérimentation <b>EITI</b>"),
            version(1, "2026-11-20", "Délibération du 19 novembre"),
        ],
        today: day("2026-11-23"),
    }
}
