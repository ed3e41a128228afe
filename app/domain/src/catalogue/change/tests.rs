//! Each change of the catalogue, and each that is refused.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use super::*;
use crate::catalogue::{Catalogues, Dated, INCLUSIVE, Profile};

fn label(fr: &str, en: &str) -> Label {
    Label {
        fr: fr.to_owned(),
        en: en.to_owned(),
    }
}

#[test]
fn a_kind_is_taken_off_the_form_from_a_day_on() {
    let day = |text: &str| text.parse().unwrap();
    let standard = Catalogue::default();
    assert!(standard.offers(Kind::Eiti) && !standard.offers(Kind::Tih));
    let next = standard
        .changed(Change::Kind {
            kind: Kind::Eiti,
            label: standard.kind(Kind::Eiti).unwrap().label.clone(),
            offered: false,
        })
        .unwrap();
    assert_eq!(next.version, 1);
    let all = Catalogues {
        standard: standard.into(),
        versions: vec![Dated {
            from: day("2026-12-23"),
            catalogue: next.into(),
        }],
    };
    assert!(all.on(day("2026-12-22")).offers(Kind::Eiti));
    assert!(!all.on(day("2026-12-23")).offers(Kind::Eiti));
    assert!(!all.latest().offers(Kind::Eiti));
    assert_eq!(all.numbered(0), Some(&all.standard));
    assert_eq!(all.numbered(2), None);
}

#[test]
fn one_recorded_later_replaces_one_that_was_to_hold_later() {
    let day = |text: &str| text.parse().unwrap();
    let named = |name: &str, version: u32| {
        let mut catalogue = Catalogue {
            version,
            ..Catalogue::default()
        };
        catalogue.themes.first_mut().unwrap().label = label(name, name);
        catalogue
    };
    let all = Catalogues {
        standard: Catalogue::default().into(),
        versions: vec![
            Dated {
                from: day("2027-01-01"),
                catalogue: named("planned", 1).into(),
            },
            Dated {
                from: day("2026-06-01"),
                catalogue: named("at once", 2).into(),
            },
        ],
    };
    assert_eq!(all.on(day("2026-05-31")).version, 0);
    assert_eq!(all.on(day("2026-06-01")).version, 2);
    assert_eq!(all.on(day("2027-01-01")).version, 2);
}

#[test]
fn a_renamed_theme_keeps_its_code_and_a_new_one_gets_its_own() {
    let standard = Catalogue::default();
    let renamed = standard
        .changed(Change::Theme {
            code: Some(INCLUSIVE.to_owned()),
            offered: true,
            label: label(" Achat solidaire ", "Solidarity purchasing"),
            plans: vec!["equality".into(), "insertion".into(), "equality".into()],
        })
        .unwrap();
    let theme = renamed.theme(INCLUSIVE).unwrap();
    assert_eq!(theme.label.fr, "Achat solidaire");
    assert_eq!(theme.plans, ["insertion", "equality"]);
    let added = renamed
        .changed(Change::Theme {
            code: None,
            offered: true,
            label: label("Eau & océan", "Water and ocean"),
            plans: vec![],
        })
        .unwrap();
    assert_eq!(added.themes.last().unwrap().code, "theme-1");
    assert_eq!(added.version, 2);
}

#[test]
fn a_theme_taken_off_the_form_takes_its_pledges_with_it_and_a_plan_is_named_no_more() {
    let standard = Catalogue::default();
    let theme = standard.theme(INCLUSIVE).unwrap().clone();
    let without = standard
        .changed(Change::Theme {
            code: Some(theme.code),
            label: theme.label,
            offered: false,
            plans: theme.plans,
        })
        .unwrap();
    assert!(standard.offers_pledge("SOC-APP-01") && !without.offers_pledge("SOC-APP-01"));
    assert!(without.offers_pledge("ENV-CLI-01") && !without.offers_pledge("X"));
    let shown = without.shown_to(&Profile::default());
    assert!(shown.iter().all(|(theme, _)| theme.code != INCLUSIVE));
    assert_eq!(shown.len(), 3);
    let plan = without.plans[0].clone();
    let without = without
        .changed(Change::Plan {
            code: Some(plan.code),
            label: plan.label,
            offered: false,
        })
        .unwrap();
    let entry = without.pledge("ENV-LAB-01").unwrap();
    assert_eq!(
        entry.plans,
        ["climate", "waste"],
        "kept, should it come back"
    );
    assert_eq!(without.offered_plans(&entry.plans), ["waste"]);
    // What was stored before there was the answer offered all.
    let mut stored = serde_json::to_value(&standard).unwrap();
    for list in ["themes", "plans"] {
        for entry in stored[list].as_array_mut().unwrap() {
            assert!(entry.as_object_mut().unwrap().remove("offered").is_some());
        }
    }
    let read: Catalogue = serde_json::from_value(stored).unwrap();
    assert_eq!(read, standard);
}

#[test]
fn what_cannot_be_is_refused_with_the_field() {
    let standard = Catalogue::default();
    let theme = |label: Label, plans: &[&str]| {
        standard.changed(Change::Theme {
            code: None,
            offered: true,
            label,
            plans: plans.iter().map(|code| (*code).to_owned()).collect(),
        })
    };
    assert_eq!(
        theme(label("Eau", " "), &[]),
        Err(ChangeError::LabelMissing)
    );
    assert_eq!(
        theme(label(&"e".repeat(161), "Water"), &[]),
        Err(ChangeError::LabelTooLong)
    );
    assert_eq!(
        theme(label("ACHAT écologique", "Other"), &[]),
        Err(ChangeError::LabelTaken)
    );
    assert_eq!(
        theme(label("Eau", "Water"), &["sea"]),
        Err(ChangeError::UnknownPlan)
    );
    let pledge = |theme: &str, staff_from, family: &str| {
        standard.changed(Change::Pledge {
            code: "ENV-CLI-01".into(),
            label: label("Bilan", "Report"),
            offered: true,
            theme: theme.into(),
            plans: vec![],
            staff_from,
            families: vec![family.into()],
        })
    };
    assert_eq!(pledge("sea", None, "food"), Err(ChangeError::UnknownTheme));
    assert_eq!(
        pledge(INCLUSIVE, Some(0), "food"),
        Err(ChangeError::Threshold)
    );
    assert_eq!(
        pledge(INCLUSIVE, Some(1), "boats"),
        Err(ChangeError::UnknownFamily)
    );
    assert!(pledge(INCLUSIVE, Some(1), "food").is_ok());
    let same = standard.kind(Kind::Esus).unwrap().clone();
    assert_eq!(
        standard.changed(Change::Kind {
            kind: same.kind,
            label: same.label,
            offered: same.offered
        }),
        Err(ChangeError::Nothing)
    );
}

#[test]
fn thresholds_and_trades_hide_what_does_not_apply() {
    let standard = Catalogue::default();
    let shown = |staff, families: &[&str]| -> BTreeSet<String> {
        standard
            .shown_to(&Profile {
                staff,
                families: families.iter().map(|code| (*code).to_owned()).collect(),
            })
            .into_iter()
            .flat_map(|(_, pledges)| pledges.into_iter().map(|entry| entry.code.clone()))
            .collect()
    };
    assert_eq!(shown(None, &[]).len(), standard.pledges.len());
    let small = shown(Some(49), &["food"]);
    assert!(!small.contains("SOC-EGA-01") && small.contains("ENV-ALI-01"));
    assert!(!small.contains("ENV-CIRC-02") && small.contains("ENV-CLI-02"));
    assert!(shown(Some(50), &[]).contains("SOC-EGA-01"));
}
