//! The steps of a declaration as pages: blank, filled, with errors, and the check before the oath.

use domain::claims::Kind;
use domain::lifecycle::Status;
use domain::registry::RegistryState;

use crate::fakes::supplier::*;
use crate::html::{all, text};
use crate::supplier_visit::{STEPS, only, sound, step, words};

#[test]
fn every_step_is_sound_blank_filled_and_with_its_errors() {
    for slug in STEPS {
        for (what, draft) in [("fresh", fresh()), ("filled", filled())] {
            for query in [
                "",
                "?verifier",
                "?enregistre",
                "?suite",
                "?retour=verification",
            ] {
                let url = format!("{}{query}", step(slug));
                let page = sound(
                    &format!("{slug} {what} {query}"),
                    Fake::showing(view(Status::Draft, draft.clone())),
                    &url,
                );
                assert!(
                    words(&page, ".save-state").contains("non transmis"),
                    "{slug}"
                );
                assert!(
                    words(&page, ".save-state time")
                        .contains("3\u{a0}mars 2026 à\u{a0}14\u{a0}h\u{a0}05"),
                    "{slug}"
                );
            }
        }
    }
}

#[test]
fn each_step_has_the_line_of_what_is_saved_hidden_until_a_script_shows_it() {
    for slug in STEPS.iter().filter(|slug| **slug != "verification") {
        let mut shown = view(Status::Draft, filled());
        let code = domain::form::StepCode::from_slug(slug).unwrap();
        shown.sent_by = vec![(code, "abc".into())];
        let page = sound(slug, Fake::showing(shown), &step(slug));
        let line = only(&page, "form.step-form #typing[role=status][hidden]");
        let to = format!("{}/saisie", step(slug));
        assert_eq!(line.value().attr("data-to"), Some(to.as_str()), "{slug}");
        assert_eq!(line.value().attr("data-sent-by"), Some("abc"), "{slug}");
        assert!(line.value().attr("data-owner").is_some(), "{slug}");
        let says: Vec<_> = all(&page, "#typing [data-says][hidden]")
            .iter()
            .map(|words| words.value().attr("data-says").unwrap().to_owned())
            .collect();
        let states = [
            "idle",
            "saving",
            "saved",
            "offline",
            "later",
            "refused",
            "signed-out",
            "held",
            "others",
            "unkept",
        ];
        assert_eq!(says, states, "{slug}");
        only(&page, "#typing [data-says=saved] [data-hour]");
        only(&page, "#typing [data-says=held] a[data-choose]");
        only(&page, "#typing [data-says=signed-out] button[type=button]");
        // The panel is no part of the form of the step: nothing of it is saved as an answer.
        assert!(all(&page, "form.step-form dialog").is_empty(), "{slug}");
        only(
            &page,
            "dialog#sign-in-again:not([open]) form[action='/connexion/code'][hidden] input[name=code]",
        );
        let next = only(
            &page,
            "#sign-in-again form[action='/connexion'] input[name=next]",
        );
        let next = next.value().attr("value").unwrap();
        assert!(
            next.starts_with("/declarations/") && next.ends_with("?reconnexion"),
            "{next}"
        );
        only(
            &page,
            "#sign-in-again form[action='/connexion'] input[name=email][value*='@']",
        );
        only(&page, "#sign-in-again [role=alert][data-problem]:empty");
        only(&page, "form.step-form input[type=hidden][name=page]");
        only(&page, ".save-state time[data-moment]");
    }
}

#[test]
fn errors_are_shown_when_asked_for_and_linked_to_their_fields() {
    let mut draft = filled();
    draft.company.siret = "7328293200007".into();
    draft.solidarity.rows.first_mut().unwrap().reference = "ACI051170013A0M1".into();
    for (slug, field) in [("entreprise", "siret"), ("solidarite", "rows-0-reference")] {
        let fake = || Fake::showing(view(Status::Draft, draft.clone()));
        let quiet = sound(slug, fake(), &step(slug));
        assert!(
            all(&quiet, ".error, .error-summary, [aria-invalid]").is_empty(),
            "{slug}"
        );
        let page = sound(slug, fake(), &format!("{}?verifier", step(slug)));
        assert!(
            text(only(&page, "head > title")).starts_with("Erreur"),
            "{slug}"
        );
        only(&page, &format!(".error-summary a[href='#{field}']"));
        let input = only(&page, &format!("#{field}"));
        assert_eq!(input.value().attr("aria-invalid"), Some("true"));
        let described = input.value().attr("aria-describedby").unwrap_or_default();
        assert!(
            described.contains(&format!("{field}-error")),
            "{slug}: {described}"
        );
        // What was typed is still there.
        let typed = match slug {
            "entreprise" => "7328293200007",
            _ => "ACI051170013A0M1",
        };
        assert_eq!(input.value().attr("value"), Some(typed));
    }
}

#[test]
fn a_question_that_is_not_asked_is_hidden_and_keeps_its_answer() {
    let mut draft = filled();
    let row = draft.insertion.rows.first_mut().unwrap();
    row.hours = "12".into();
    let page = sound(
        "insertion",
        Fake::showing(view(Status::Draft, draft)),
        &step("insertion"),
    );
    let hidden = |id: &str| {
        only(&page, &format!("[data-question='{id}']"))
            .value()
            .attr("hidden")
            .is_some()
    };
    assert!(hidden("rows-0-hours"));
    assert!(!hidden("rows-0-rate"));
    assert!(!hidden("rows-1-hours"));
    assert_eq!(
        only(&page, "#rows-0-hours").value().attr("value"),
        Some("12")
    );
    let seen = only(&page, "input[name=seen]")
        .value()
        .attr("value")
        .unwrap();
    assert!(seen.split(',').any(|id| id == "rows-0-hours"), "{seen}");
    assert!(!seen.split(',').any(|id| id == "rows-0-rate"), "{seen}");
}

#[test]
fn the_first_button_of_a_step_never_removes_a_line() {
    for slug in ["entreprise", "taille", "solidarite", "insertion"] {
        let page = sound(
            slug,
            Fake::showing(view(Status::Draft, filled())),
            &step(slug),
        );
        let first = all(&page, "form.step-form button")
            .into_iter()
            .next()
            .unwrap();
        assert_eq!(first.value().attr("value"), Some("continue"), "{slug}");
        assert_eq!(
            only(&page, "form.step-form input[name=version]")
                .value()
                .attr("value"),
            Some("7")
        );
    }
}

#[test]
fn the_register_is_shown_with_its_source_or_its_silence() {
    let with = |registry| {
        let mut view = view(Status::Draft, fresh());
        view.registry = registry;
        Fake::showing(view)
    };
    let known = with(RegistryState::Known(Box::new(facts())));
    let register = words(&sound("known", known, &step("entreprise")), ".register");
    for expected in [
        "Registre de démonstration",
        "le 2\u{a0}mars 2026 à\u{a0}10\u{a0}h\u{a0}12",
        "12 traverse des Fabres",
        "(5458)",
        "43.34Z",
    ] {
        assert!(register.contains(expected), "{expected} in {register}");
    }
    let unknown = with(RegistryState::Unknown {
        asked_at: at("2026-03-02T09:12:00Z"),
    });
    assert!(
        words(&sound("unknown", unknown, &step("entreprise")), ".notice")
            .contains("ne connaissait pas")
    );
    let down = with(RegistryState::Unresolved);
    assert!(words(&sound("down", down, &step("entreprise")), ".notice").contains("ne répond pas"));
}

#[test]
fn the_size_is_computed_and_explained_without_a_script() {
    let page = sound(
        "size",
        Fake::showing(view(Status::Draft, filled())),
        &step("taille"),
    );
    let computed = words(&page, ".computed");
    assert!(
        computed.contains("Vous êtes une PME au sens européen\u{a0}: petite entreprise."),
        "{computed}"
    );
    assert!(computed.contains("Calanques Participations"), "{computed}");
    assert!(!computed.contains("declarant"), "{computed}");
}

#[test]
fn each_status_comes_with_the_evidence_it_takes() {
    let page = sound(
        "evidence",
        Fake::showing(view(Status::Draft, filled())),
        &step("solidarite"),
    );
    let line = words(&page, "#rows-0 .evidence");
    assert!(line.contains("annexe financière"), "{line}");
    assert_eq!(text(only(&page, "#evidence-EI")), line);
    let offered = Kind::SOLIDARITY
        .into_iter()
        .filter(|kind| *kind != Kind::Tih);
    for kind in offered {
        only(&page, &format!("#evidence-{kind}"));
    }
    assert!(
        !page.html().contains("evidence-TIH"),
        "off until the buyer offers it"
    );
}

#[test]
fn a_doubt_stands_beside_its_field_and_stops_nobody() {
    let mut draft = filled();
    draft.insertion.rows.first_mut().unwrap().rate = "60".into();
    // An inclusive company may well declare so much.
    draft.solidarity.declare = "no".into();
    let page = sound(
        "doubt",
        Fake::showing(view(Status::Draft, draft)),
        &step("insertion"),
    );
    let doubt = words(&page, "#rows-0-rate-doubt");
    assert!(doubt.contains("marché réservé"), "{doubt}");
}

#[test]
fn checking_lists_every_answer_every_claim_and_an_unticked_oath() {
    let mut draft = filled();
    draft.statement.accepted = "yes".into();
    let page = sound(
        "check",
        Fake::showing(view(Status::Draft, draft)),
        &step("verification"),
    );
    let main = words(&page, "main");
    for expected in [
        "732\u{a0}829\u{a0}320\u{a0}00074",
        "31\u{a0}décembre 2025",
        "2\u{202f}450\u{202f}000\u{a0}€",
        "Entreprise d’insertion (EI)",
        "Demandeurs d’emploi de longue durée",
        "833,33\u{a0}heures",
        "441-1 et 441-7",
    ] {
        assert!(main.contains(expected), "{expected}");
    }
    let change = format!("a[href='{}?retour=verification#awu']", step("taille"));
    only(&page, &change);
    let oath = only(&page, "#accepted");
    assert_eq!(oath.value().attr("checked"), None);
    only(
        &page,
        "form[action='/fn/submit-declaration'] button[value=submit]",
    );
}

#[test]
fn what_is_missing_is_listed_and_nothing_can_be_signed() {
    let page = sound(
        "incomplete",
        Fake::showing(view(Status::Draft, fresh())),
        &step("verification"),
    );
    assert!(all(&page, "form[action='/fn/submit-declaration']").is_empty());
    let link = format!(
        "a[href='{}?verifier&retour=verification#contact_name']",
        step("entreprise")
    );
    only(&page, &link);
    let url = format!("{}?verifier", step("verification"));
    let page = sound("tried", Fake::showing(view(Status::Draft, fresh())), &url);
    only(&page, ".error-summary a[href='#taille']");
    assert!(text(only(&page, "head > title")).starts_with("Erreur"));
}

#[test]
fn an_unticked_oath_and_a_missing_signer_are_errors_of_the_page() {
    let mut draft = filled();
    draft.statement.signer_quality.clear();
    let url = format!(
        "{}?verifier&refus=statement_not_ticked",
        step("verification")
    );
    let page = sound("unticked", Fake::showing(view(Status::Draft, draft)), &url);
    only(&page, ".error-summary a[href='#accepted']");
    only(&page, ".error-summary a[href='#signer_quality']");
    assert_eq!(
        only(&page, "#accepted").value().attr("aria-invalid"),
        Some("true")
    );
    let url = format!("{}?verifier&refus=cannot_sign", step("verification"));
    let page = sound(
        "cannot sign",
        Fake::showing(view(Status::Draft, filled())),
        &url,
    );
    assert!(words(&page, ".error-summary").contains("pas la signer"));
}
