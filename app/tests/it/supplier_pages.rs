//! Every page of a supplier, in each state and both languages: structure, labels, typography, errors, hostile text.

use std::sync::Arc;

use app::desk::StepAnswers;
use app::error::AppError;
use app::i18n::Lang;
use app::views::{Conflict, SearchOutcome, Workspace};
use app::visitor::{AccountRole, Visitor};
use domain::identifiers::Siret;
use domain::lifecycle::Status;

use crate::fakes::supplier::*;
use crate::html::{all, assert_sound, text};
use crate::supplier_visit::{STEPS, only, sound, step, visit, visit_as, words};

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
        total: 2,
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
        total: 0,
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
        ("fermee&depuis=2024-03-01", "le 1er\u{a0}mars 2024"),
        ("fermee", "a cessé son activité"),
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
        &app::site::Site::default().email,
        &app::site::Site::default().phone,
        "L112-11 et R112-5",
        "silence pendant deux mois vaut refus",
        "L231-4",
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
            total: 2,
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
