//! Answers that a register or a list filled in: which one, and when it was read, for as long as they are what it says.

use domain::claims::Kind;
use domain::form::Draft;
use domain::lifecycle::Status;
use domain::lists::{Edition, Facts, ListKind, Listed, Proof};
use domain::registry::{RegistryState, Source};
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_visit::{only, sound, step, words};

const REGISTER: &str = "Registre de démonstration (données fictives), le 2\u{a0}mars 2026";
const LIST: &str = "Annuaire du Marché de l’inclusion, le 1er\u{a0}février 2026";

fn page(draft: &Draft, slug: &str, change: impl FnOnce(&mut app::views::DeclarationView)) -> Html {
    let mut view = view(Status::Draft, draft.clone());
    change(&mut view);
    sound(slug, Fake::showing(view), &step(slug))
}

/// The inclusion list names the company as an EI, with its agreement.
fn listed() -> Listed {
    let (published_on, since) = (day("2026-02-01"), at("2026-02-02T08:00:00Z"));
    Listed {
        editions: vec![Edition {
            list: ListKind::Inclusion,
            published_on,
            since,
            rows: 1,
        }],
        proofs: vec![Proof {
            list: ListKind::Inclusion,
            published_on,
            since,
            siren: siren(),
            name: None,
            facts: Facts {
                kind: Some(Kind::Ei),
                reference: Some("EI013230042A0M1".into()),
                valid_to: Some(day("2026-12-31")),
                ..Facts::default()
            },
        }],
    }
}

#[test]
fn the_establishment_and_the_name_say_which_register_and_when() {
    let here = page(&fresh(), "entreprise", |_| ());
    for field in ["siret", "name"] {
        assert_eq!(words(&here, &format!("#{field}-source")), REGISTER);
        let group = only(&here, &format!("[data-question='{field}']"));
        let about = group.value().attr("aria-describedby").unwrap_or_default();
        assert!(
            about.contains(&format!("{field}-source")),
            "read with its question"
        );
    }
    // What comes from the account or from nowhere has no source.
    assert_eq!(all(&here, ".proposed-by").len(), 2);
    let check = page(&fresh(), "verification", |_| ());
    assert_eq!(
        words(&check, "#entreprise .proposed-by"),
        REGISTER.repeat(2)
    );
    // The service that answers for real bears its own name.
    let real = page(&fresh(), "entreprise", |view| {
        let mut facts = facts();
        facts.source = Source::RechercheEntreprises;
        facts.fetched_at = at("2026-02-28T23:30:00Z");
        view.registry = RegistryState::Known(Box::new(facts));
    });
    assert_eq!(
        words(&real, "#name-source"),
        "Annuaire des entreprises (DINUM, Insee), le 1er\u{a0}mars 2026",
        "the day in Paris"
    );
}

#[test]
fn a_source_goes_with_the_answer_that_is_changed() {
    let mut draft = fresh();
    draft.company.name = "Atelier des Calanques et du Port".into();
    let here = page(&draft, "entreprise", |_| ());
    assert!(all(&here, "#name-source").is_empty());
    only(&here, "#siret-source");
    // The same number written as people write it is the same answer.
    draft.company.siret = "732 829 320 00074".into();
    only(&page(&draft, "entreprise", |_| ()), "#siret-source");
    draft.company.siret = "73282932000157".into();
    let here = page(&draft, "entreprise", |_| ());
    assert!(all(&here, ".proposed-by").is_empty());
    // Nobody answered: nobody is named.
    let here = page(&fresh(), "entreprise", |view| {
        view.registry = RegistryState::Unresolved;
    });
    assert!(all(&here, ".proposed-by").is_empty());
}

#[test]
fn a_status_says_which_answers_the_list_filled_in() {
    let draft = filled();
    let here = page(&draft, "solidarite", |view| view.listed = listed());
    for field in ["kind", "reference", "valid_to"] {
        assert_eq!(words(&here, &format!("#rows-0-{field}-source")), LIST);
    }
    // What the list does not say is the supplier's own, even beside what it says.
    for field in ["authority", "valid_from", "state"] {
        assert!(
            all(&here, &format!("#rows-0-{field}-source")).is_empty(),
            "{field}"
        );
    }
    let mut changed = draft.clone();
    for row in &mut changed.solidarity.rows {
        row.reference = "EI013230042A0M2".into();
    }
    let here = page(&changed, "solidarite", |view| view.listed = listed());
    assert!(all(&here, "#rows-0-reference-source").is_empty());
    only(&here, "#rows-0-valid_to-source");
    let check = page(&draft, "verification", |view| view.listed = listed());
    assert_eq!(words(&check, "#solidarite .proposed-by"), LIST.repeat(3));
    // The register alone proves the kind.
    let here = page(&draft, "solidarite", |_| ());
    assert_eq!(words(&here, "#rows-0-kind-source"), REGISTER);
    assert_eq!(all(&here, ".proposed-by").len(), 1);
}

#[test]
fn what_no_register_fills_in_names_none() {
    for slug in ["taille", "insertion", "engagements"] {
        let here = page(&filled(), slug, |view| view.listed = listed());
        assert!(all(&here, ".proposed-by").is_empty(), "{slug}");
    }
}
