//! The hours of a commitment for its company: the page, and the door that records a statement.

use std::sync::Arc;

use app::doors::hours::tell_hours;
use app::error::AppError;
use domain::lifecycle::Refusal;

use crate::fakes::hours::commitment;
use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_doors::supplier;
use crate::supplier_visit::{knock, only, sound, words};

#[test]
fn the_hours_of_a_commitment_are_stated_quarter_by_quarter() {
    let of = || Fake {
        qualification: Some(commitment()),
        ..Fake::default()
    };
    let url = format!("/qualifications/{}", id(50));
    let page = sound("a commitment", of(), &url);
    let form = "form[action='/fn/tell-hours']";
    let quarters = all(&page, &format!("{form} option"));
    let values: Vec<_> = quarters
        .iter()
        .map(|one| one.value().attr("value"))
        .collect();
    assert_eq!(values, [Some("2026-Q1"), Some("2025-Q4"), Some("2025-Q3")]);
    let chosen = only(&page, &format!("{form} option[selected]"));
    assert_eq!(
        chosen.value().attr("value"),
        Some("2025-Q4"),
        "the first one expected"
    );
    let main = words(&page, "main");
    for expected in [
        "1 500 h",
        "310 h",
        "21 %",
        "À corriger",
        "Il manque la <structure>.",
    ] {
        assert!(
            main.replace(['\u{a0}', '\u{202f}'], " ").contains(expected),
            "{expected}: {main}"
        );
    }
    for (problem, field) in [
        ("quarter_not_over", "quarter"),
        ("hours_out_of_bounds", "hours"),
        ("note_too_long", "note"),
    ] {
        let page = sound(problem, of(), &format!("{url}?verifier={problem}"));
        only(&page, &format!(".error-summary a[href='#{field}']"));
        let wrong = only(&page, &format!("{form} [name={field}]"));
        assert_eq!(wrong.value().attr("aria-invalid"), Some("true"));
    }
    let page = sound("told", of(), &format!("{url}?fait=heures"));
    assert!(words(&page, "main").contains("Vos heures sont enregistrées"));
    let home = Fake {
        workspace: workspace(),
        ..Fake::default()
    };
    let workspace = sound("the workspace", home, "/espace");
    only(&workspace, &format!("a[href='{url}#heures']"));
}

#[test]
fn hours_that_cannot_be_recorded_come_back_as_typed() {
    let fake = Arc::new(Fake {
        qualification: Some(commitment()),
        ..Fake::default()
    });
    let page = format!("/qualifications/{}", id(50));
    for (quarter, hours, problem) in [
        ("2026-Q5", "12", "quarter_not_over"),
        ("", "12", "quarter_not_over"),
        ("2026-Q1", "douze", "hours_out_of_bounds"),
        ("2026-Q1", "", "hours_out_of_bounds"),
    ] {
        let door = || {
            tell_hours(
                id(50),
                quarter.into(),
                hours.into(),
                " états signés ".into(),
            )
        };
        assert_eq!(
            knock(&fake, &supplier(), door).1,
            Some(format!("{page}?verifier={problem}&saisie={}#errors", id(9))),
            "{quarter} {hours}"
        );
        let typed = fake.typed.lock().unwrap().clone().unwrap();
        assert_eq!(
            (typed.get("quarter"), typed.get("hours"), typed.get("note")),
            (quarter, hours, "états signés")
        );
    }
    assert!(fake.asked.lock().unwrap().is_empty());
    let door = || tell_hours(id(50), "2026-Q1".into(), "1 151,67".into(), String::new());
    assert_eq!(
        knock(&fake, &supplier(), door).1,
        Some(format!("{page}?fait=heures#heures"))
    );
    assert_eq!(*fake.asked.lock().unwrap(), ["tell hours 2026-Q1 115167 "]);
    let refused = Arc::new(Fake {
        qualification: Some(commitment()),
        act: Err(AppError::Refused {
            refusal: Refusal::QuarterNotOver,
        }),
        ..Fake::default()
    });
    assert_eq!(
        knock(&refused, &supplier(), door).1,
        Some(format!(
            "{page}?verifier=quarter_not_over&saisie={}#errors",
            id(9)
        ))
    );
}
