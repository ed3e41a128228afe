//! Every page of a supplier, in each state and both languages: structure, labels, typography, errors, hostile text.

use std::sync::Arc;

use app::desk::StepAnswers;
use app::error::AppError;
use app::i18n::Lang;
use app::views::{Conflict, SearchOutcome, Workspace};
use app::visitor::{AccountRole, Visitor};
use domain::form::*;
use domain::identifiers::Siret;
use domain::lifecycle::Status;
use domain::registry::RegistryState;
use scraper::{ElementRef, Html};

use crate::fakes::supplier::*;
use crate::html::{all, assert_french_typography, assert_sound, text};
use crate::supplier_visit::{visit, visit_as};

const STEPS: [&str; 5] = [
    "entreprise",
    "taille",
    "solidarite",
    "insertion",
    "verification",
];

/// Checks a page in both languages; answers the French document.
fn sound(what: &str, fake: Fake, url: &str) -> Html {
    let fake = Arc::new(fake);
    let (english, _) = visit(&fake, url, Lang::En);
    assert_sound(&format!("{what} en"), &english, "en");
    let (french, reply) = visit(&fake, url, Lang::Fr);
    assert_sound(&format!("{what} fr"), &french, "fr");
    assert_french_typography(what, &french);
    assert_eq!(reply.location, None, "{what}: stays on the page");
    Html::parse_document(&french)
}

fn step(slug: &str) -> String {
    format!("/declarations/{}/{slug}", id(1))
}

fn only<'a>(page: &'a Html, selector: &str) -> ElementRef<'a> {
    let found = all(page, selector);
    assert_eq!(found.len(), 1, "{selector}");
    *found.first().unwrap()
}

fn words(page: &Html, selector: &str) -> String {
    all(page, selector).into_iter().map(text).collect()
}

#[test]
fn the_workspace_shows_what_to_resume_and_what_is_in_force() {
    let page = sound(
        "workspace",
        Fake {
            workspace: workspace(),
            ..Fake::default()
        },
        "/espace",
    );
    let all_words = words(&page, "main");
    for expected in [
        "Atelier des Calanques",
        "Brouillon, non transmis",
        "Reprendre",
        "Expire bientôt",
        "Retirée",
        "D-2025-00231",
        "Demande de rattachement en attente",
    ] {
        assert!(all_words.contains(expected), "{expected}");
    }
    only(&page, "form[role=search] input[name=q]");
}

#[test]
fn an_empty_workspace_says_what_to_do() {
    let page = sound(
        "empty workspace",
        Fake {
            workspace: Workspace::default(),
            ..Fake::default()
        },
        "/espace",
    );
    assert!(words(&page, ".empty").contains("Aucune entreprise"));
    assert!(words(&page, "h2").contains("Trouver votre entreprise"));
}

#[test]
fn a_search_has_a_page_for_each_outcome() {
    let search = |outcome| Fake {
        search: outcome,
        ..Fake::default()
    };
    let found = SearchOutcome::Found {
        hits: hits(),
        demonstration: true,
    };
    let page = sound("hits", search(found.clone()), "/espace/recherche?q=atelier");
    assert!(words(&page, "main").contains("Démonstration"));
    // The closed company cannot be chosen.
    assert_eq!(all(&page, ".hit").len(), 2);
    assert_eq!(
        only(&page, "form[action='/fn/open-company'] input[name=number]")
            .value()
            .attr("value"),
        Some("73282932000074")
    );
    let none = SearchOutcome::Found {
        hits: vec![],
        demonstration: false,
    };
    assert!(
        words(
            &sound("no hit", search(none), "/espace/recherche?q=x"),
            "h2"
        )
        .contains("Aucun résultat")
    );

    let error = Siret::parse("7328293200007").unwrap_err();
    let page = sound(
        "invalid",
        search(SearchOutcome::Invalid(error)),
        "/espace/recherche?q=7328293200007",
    );
    assert!(text(only(&page, "head > title")).starts_with("Erreur"));
    assert!(
        words(&page, "#q-error").contains("il en manque un"),
        "{}",
        words(&page, "#q-error")
    );
    assert_eq!(only(&page, "#q").value().attr("aria-invalid"), Some("true"));
    only(&page, ".error-summary a[href='#q']");

    sound(
        "empty search",
        search(SearchOutcome::Empty),
        "/espace/recherche",
    );
    let down = |number: Option<&str>| SearchOutcome::RegistryDown {
        number: number.map(str::to_owned),
    };
    let page = sound(
        "down with a number",
        search(down(Some("732829320"))),
        "/espace/recherche?q=732829320",
    );
    only(&page, "form[action='/fn/open-company']");
    let page = sound(
        "down with a name",
        search(down(None)),
        "/espace/recherche?q=atelier",
    );
    assert!(all(&page, "form[action='/fn/open-company']").is_empty());

    for (issue, expected) in [
        ("suivie", "déjà suivie par une autre personne"),
        ("fermee&depuis=2024-03-01", "le 1er\u{a0}mars 2024"),
        ("fermee", "a cessé son activité"),
        ("inconnue", "inconnu du répertoire"),
    ] {
        let page = sound(
            issue,
            search(found.clone()),
            &format!("/espace/recherche?q=732829320&issue={issue}"),
        );
        let notice = words(&page, ".notice");
        assert!(notice.contains(expected), "{issue}: {notice}");
        // The buyer's contact is at hand.
        only(&page, ".notice a[href^='mailto:']");
    }
}

#[test]
fn a_declaration_says_where_it_stands_in_every_status() {
    for status in Status::ALL {
        let what = format!("{status:?}");
        let page = sound(
            &what,
            Fake::showing(view(status, filled())),
            &format!("/declarations/{}", id(1)),
        );
        let state = words(&page, ".state");
        assert!(
            state.contains(domain::lifecycle::status_label(status).fr),
            "{what}: {state}"
        );
        let editable = status.is_editable();
        assert_eq!(!all(&page, ".steps").is_empty(), editable, "{what}: steps");
        let pen = match domain::lifecycle::next_holder(status) {
            Some(domain::lifecycle::Side::Supplier) => "à vous",
            Some(domain::lifecycle::Side::Buyer) => "à l’acheteur",
            None => "",
        };
        assert!(state.contains(pen), "{what}: who holds the pen");
        assert_eq!(
            all(&page, "form[action='/fn/amend-declaration']").len(),
            usize::from(!status.is_open()),
            "{what}"
        );
    }
}

#[test]
fn a_remark_of_the_buyer_leads_to_the_line_to_correct() {
    let fake = || Fake::showing(view(Status::ChangesRequested, filled()));
    let page = sound("remarks", fake(), &format!("/declarations/{}", id(1)));
    let target = format!("{}#rows-0", step("solidarite"));
    only(&page, &format!(".claim a[href='{target}']"));
    assert!(words(&page, ".reason").contains("indiquez celui de 2026"));
    // The same remark stands on the step, and only there.
    let page = sound("step with a remark", fake(), &step("solidarite"));
    assert!(words(&page, ".notice-warning").contains("indiquez celui de 2026"));
    only(&page, ".notice-warning a[href='#rows-0']");
    only(&page, "fieldset#rows-0");
    assert!(!words(&sound("other step", fake(), &step("taille")), ".notice").contains("indiquez"));
}

#[test]
fn a_verdict_that_is_not_signed_is_not_shown() {
    let mut declaration = view(Status::InReview, filled());
    for line in &mut declaration.claims {
        line.verdict = domain::lifecycle::Verdict::Refused("secret".into());
    }
    let page = sound(
        "in review",
        Fake::showing(declaration),
        &format!("/declarations/{}", id(1)),
    );
    assert!(!words(&page, "main").contains("secret"));
    assert!(words(&page, ".claims .chip").contains("Pas encore de réponse"));
}

#[test]
fn an_act_that_cannot_be_undone_asks_once_more() {
    for (status, word, door) in [
        (Status::Draft, "abandon", "/fn/discard-declaration"),
        (Status::Submitted, "reprise", "/fn/take-back-declaration"),
        (Status::InReview, "retrait", "/fn/withdraw-declaration"),
    ] {
        let url = format!("/declarations/{}?confirmer={word}", id(1));
        let page = sound(word, Fake::showing(view(status, filled())), &url);
        let form = format!("form.confirm[action='{door}']");
        only(&page, &form);
        assert_eq!(
            only(&page, &format!("{form} input[name=version]"))
                .value()
                .attr("value"),
            Some("7")
        );
        // Not offered where the rules refuse it, whatever the address says.
        let page = sound(word, Fake::showing(view(Status::Validated, filled())), &url);
        assert!(all(&page, "form.confirm").is_empty());
    }
}

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
    for choice in KINDS {
        only(&page, &format!("#evidence-{}", choice.code));
    }
}

#[test]
fn a_doubt_stands_beside_its_field_and_stops_nobody() {
    let mut draft = filled();
    draft.insertion.rows.first_mut().unwrap().rate = "60".into();
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

#[test]
fn the_receipt_holds_what_the_law_asks() {
    let fake = Fake {
        receipt: Some(receipt()),
        ..Fake::default()
    };
    let page = sound("receipt", fake, &format!("/declarations/{}/accuse", id(1)));
    let main = words(&page, "main");
    for expected in [
        "D-2026-00012",
        "3\u{a0}mars 2026 à\u{a0}14\u{a0}h\u{a0}06",
        &receipt().hash,
        "Service des achats responsables",
        "58 boulevard Charles-Livon",
        "au 3\u{a0}mai 2026",
        "tribunal administratif",
        "Anne Martin, Gérante",
        "Représentant légal",
        "Entreprise d’insertion (EI)",
    ] {
        assert!(main.contains(expected), "{expected}");
    }
}

#[test]
fn two_versions_are_shown_answer_by_answer() {
    let mut stored = filled().insertion;
    stored.rows.pop();
    let row = stored.rows.first_mut().unwrap();
    row.persons = "5".into();
    row.publics = vec!["deld".into(), "senior".into()];
    let fake = Fake {
        conflict: Some(Conflict {
            declaration: id(1),
            version: 9,
            stored: StepAnswers::Insertion(stored),
            typed: StepAnswers::Insertion(filled().insertion),
            stored_at: at("2026-03-03T13:10:00Z"),
        }),
        ..Fake::default()
    };
    let url = format!("{}?conflit={}", step("insertion"), id(9));
    let fake = Arc::new(fake);
    let (html, reply) = visit(&fake, &url, Lang::Fr);
    assert_eq!(reply.status, Some(409));
    assert_sound("conflict", &html, "fr");
    assert_french_typography("conflict", &html);
    let page = Html::parse_document(&html);
    let form = "form[action='/fn/save-insertion']";
    assert_eq!(
        only(&page, &format!("{form} input[name=version]"))
            .value()
            .attr("value"),
        Some("9")
    );
    let values: Vec<_> = all(&page, "input[name='answers[rows][0][persons]']")
        .into_iter()
        .map(|input| {
            (
                input.value().attr("value"),
                input.value().attr("checked").is_some(),
            )
        })
        .collect();
    assert_eq!(values, [(Some("3"), true), (Some("5"), false)]);
    // A list is chosen item by item; what both say is carried along.
    assert_eq!(
        all(
            &page,
            "input[type=checkbox][name='answers[rows][0][publics][]']"
        )
        .len(),
        3
    );
    assert_eq!(
        only(&page, "input[type=hidden][name='answers[rows][0][rate]']")
            .value()
            .attr("value"),
        Some("5")
    );
    // The line that the other version lacks is kept whole, and the page says so.
    only(
        &page,
        "input[type=hidden][name='answers[rows][1][modality]']",
    );
    assert!(words(&page, "form").contains("La ligne 2 n’est que dans votre version"));
}

#[test]
fn a_qualification_can_be_given_up_while_it_holds() {
    let with = |rank| Fake {
        qualification: Some(qualification(rank)),
        ..Fake::default()
    };
    let url = format!("/qualifications/{}", id(50));
    let page = sound("in force", with(0), &url);
    only(
        &page,
        "form[action='/fn/withdraw-qualification'] input[name=from]",
    );
    assert!(words(&page, "main").contains("Petite entreprise"));
    let page = sound("closed", with(2), &url);
    assert!(all(&page, "form[action='/fn/withdraw-qualification']").is_empty());
    assert!(words(&page, "main").contains("Activité arrêtée"));
    for (problem, field) in [
        ("date", "from"),
        ("motif", "reason"),
        ("longueur", "reason"),
        ("confirmation", "confirmed"),
        ("closure_outside_validity", "from"),
    ] {
        let page = sound(problem, with(0), &format!("{url}?verifier={problem}"));
        only(&page, &format!(".error-summary a[href='#{field}']"));
        assert_eq!(
            only(&page, &format!("#{field}"))
                .value()
                .attr("aria-invalid"),
            Some("true")
        );
    }
}

#[test]
fn hostile_text_stays_text_on_every_page() {
    let mut draft = filled();
    draft.company.name = HOSTILE.into();
    draft.company.contact_name = HOSTILE.into();
    draft.solidarity.rows.first_mut().unwrap().authority = HOSTILE.into();
    draft.size.rows.first_mut().unwrap().name = HOSTILE.into();
    for row in &mut draft.insertion.rows {
        row.description = HOSTILE.into();
        row.contract_ref = HOSTILE.into();
    }
    let hostile_view = || {
        let mut view = view(Status::ChangesRequested, draft.clone());
        view.company_name = HOSTILE.into();
        for line in &mut view.claims {
            line.verdict = domain::lifecycle::Verdict::ToFix(HOSTILE.into());
        }
        view
    };
    let mut spaces = workspace();
    spaces.companies.first_mut().unwrap().name = HOSTILE.into();
    let mut found = hits();
    found.first_mut().unwrap().name = HOSTILE.into();
    let mut paper = receipt();
    paper.snapshot = draft.parse(&context(), today()).unwrap();
    paper.statement.signer_name = HOSTILE.into();
    let mut held = qualification(2);
    held.closure_reason = Some(HOSTILE.into());
    let fake = Arc::new(Fake {
        workspace: spaces,
        search: SearchOutcome::Found {
            hits: found,
            demonstration: true,
        },
        receipt: Some(paper),
        qualification: Some(held),
        conflict: Some(Conflict {
            declaration: id(1),
            version: 9,
            stored: StepAnswers::Company(filled().company),
            typed: StepAnswers::Company(draft.company.clone()),
            stored_at: at("2026-03-03T13:10:00Z"),
        }),
        ..Fake::showing(hostile_view())
    });
    let mut urls: Vec<String> = STEPS.iter().map(|slug| step(slug)).collect();
    urls.extend([
        "/espace".to_owned(),
        "/espace/recherche?q=%3C/textarea%3E%3Cscript%3Ealert(%22x%22)%3C/script%3E".to_owned(),
        format!("/declarations/{}", id(1)),
        format!("/declarations/{}/accuse", id(1)),
        format!("{}?conflit={}", step("entreprise"), id(9)),
        format!("/qualifications/{}", id(52)),
    ]);
    for url in urls {
        for lang in [Lang::Fr, Lang::En] {
            let (html, _) = visit(&fake, &url, lang);
            assert_sound(&url, &html, lang.tag());
            assert!(!html.contains("<script>alert"), "{url}");
        }
    }
}

#[test]
fn what_is_not_there_or_not_theirs_is_the_same_page() {
    let gone = Arc::new(Fake {
        declaration: Err(AppError::NotFound),
        ..Fake::default()
    });
    for url in [
        format!("/declarations/{}", id(1)),
        step("taille"),
        "/declarations/not-an-id".to_owned(),
        format!("/declarations/{}/accuse", id(1)),
        format!("/qualifications/{}", id(1)),
        format!("{}?conflit={}", step("taille"), id(9)),
    ] {
        let (html, reply) = visit(&gone, &url, Lang::Fr);
        assert_eq!(reply.status, Some(404), "{url}");
        assert_sound(&url, &html, "fr");
    }
    let here = Arc::new(Fake::default());
    let (_, reply) = visit(&here, &step("autre"), Lang::Fr);
    assert_eq!(reply.status, Some(404));
}

#[test]
fn a_page_is_for_suppliers_only() {
    let fake = Arc::new(Fake::default());
    for url in [
        "/espace".to_owned(),
        "/espace/recherche".to_owned(),
        format!("/declarations/{}", id(1)),
        step("taille"),
    ] {
        let (_, reply) = visit_as(&fake, &Visitor::Anonymous, &url, Lang::Fr);
        assert_eq!(reply.location.as_deref(), Some("/connexion"), "{url}");
        let (_, reply) = visit_as(&fake, &visitor(AccountRole::Reviewer), &url, Lang::Fr);
        assert_eq!(reply.status, Some(403), "{url}");
    }
}

#[test]
fn a_step_that_cannot_be_changed_leads_to_the_declaration() {
    for status in [Status::Submitted, Status::InReview, Status::Validated] {
        let fake = Arc::new(Fake::showing(view(status, filled())));
        let (_, reply) = visit(&fake, &step("taille"), Lang::Fr);
        assert_eq!(
            reply.location,
            Some(format!("/declarations/{}", id(1))),
            "{status:?}"
        );
    }
}
