//! The catalogue of the form, from the change by an administrator to what suppliers, agents and the buyer database see of it.

use app::desk::{Saved, StepAnswers, Submitted, SupplierDesk};
use chrono::TimeDelta;
use domain::form::{PledgeRow, PledgeStep, StatusRow, StepCode};
use serde_json::json;
use server::feed;
use store::testing::TestDatabase;
use uuid::Uuid;

use super::{EI, accept_all, answers, buyer, fill, open, signature, statement, supplier, text};
use crate::support::TestApp;

const PAGE: &str = "/administration/catalogue";
const SAVED: &str = "/administration/catalogue?fait=version";

fn change<'a>(list: &'a str, code: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("list", list),
        ("code", code),
        ("version", version),
        ("answers[reason]", "Délibération"),
    ]
}

/// What is wrong before the statement, which nobody has signed yet.
async fn to_correct(desk: &dyn SupplierDesk, id: Uuid) -> Vec<(StepCode, String)> {
    let view = desk.declaration(id).await.unwrap();
    view.errors
        .into_iter()
        .filter(|(step, _)| *step != StepCode::Statement)
        .map(|(step, error)| (step, error.path))
        .collect()
}

fn pledge(code: &str) -> PledgeRow {
    PledgeRow {
        code: text(code),
        target: text("12"),
        baseline: text("4"),
        due: text("31/12/2026"),
        ..PledgeRow::default()
    }
}

store::on_both_engines! {
    async fn a_name_changes_everywhere_at_once_and_a_kind_leaves_the_form_on_its_day(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let person = app.sign_in("camille@demo.example.fr").await;
        let id = open(&*desk, EI).await;
        fill(&*desk, id).await;
        let step = format!("/declarations/{id}/solidarite");
        person.get(&step).await.expect_text("Entreprise d’insertion (EI)");

        let today = app.clock.today().format("%d/%m/%Y").to_string();
        let mut renamed = change("statuts", "EI", "0");
        renamed.extend([("answers[label_fr]", "Entreprise inclusive (EI)"), ("answers[label_en]", "Inclusive enterprise (EI)"), ("answers[offered]", "yes"), ("answers[from]", &today)]);
        admin.post("/fn/change-catalogue", &renamed).await.expect_redirect(SAVED);
        for page in [step.as_str(), &format!("/declarations/{id}/verification")] {
            person.get(page).await.expect_text("Entreprise inclusive (EI)");
        }
        admin.get(PAGE).await.expect_text("devient");

        let tomorrow = (app.clock.today() + TimeDelta::days(1)).format("%d/%m/%Y").to_string();
        let mut gone = change("statuts", "EI", "1");
        gone.extend([("answers[label_fr]", "Entreprise inclusive (EI)"), ("answers[label_en]", "Inclusive enterprise (EI)"), ("answers[offered]", "no"), ("answers[from]", &tomorrow)]);
        admin.post("/fn/change-catalogue", &gone).await.expect_redirect(SAVED);
        assert_eq!(to_correct(&*desk, id).await, [], "not before its day");
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(to_correct(&*desk, id).await, [(StepCode::Solidarity, text("rows[0][kind]"))]);
        let view = desk.declaration(id).await.unwrap();
        let sent = desk.submit(id, view.version, statement()).await.unwrap();
        assert_eq!(sent, Submitted::Incomplete(StepCode::Solidarity));
        assert_eq!(view.draft.solidarity.rows[0].kind, "EI", "what was typed stays");
        // Another line does not have it any more; this one keeps its answer to be read.
        let person = app.sign_in("camille@demo.example.fr").await;
        let page = person.get(&format!("{step}?verifier")).await;
        page.expect_text("Le formulaire ne propose plus cette réponse");
        page.expect_text("value=\"EI\"");

        // What was recorded is read by a process that starts later.
        let shelf = server::catalogue::Shelf::default();
        shelf.refresh(&app.state.store).await.unwrap();
        assert_eq!(shelf.all().latest().version, 2);
        let trail = app.db.number("SELECT COUNT(*) FROM audit_events WHERE act = 'catalogue_changed'").await;
        assert_eq!(trail, 2);
    }

    async fn a_plan_and_a_theme_leave_the_form_on_their_day(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&*desk, EI).await;
        let version = fill(&*desk, id).await;
        let step = StepAnswers::Pledges(PledgeStep {
            declare: text("yes"),
            rows: vec![pledge("SOC-APP-01"), pledge("ENV-CLI-03")],
            ..PledgeStep::default()
        });
        desk.save_step(id, version, step).await.unwrap();
        admin.get("/administration/catalogue/plans/insertion").await.expect_text("Proposé dans le formulaire");
        let today = app.clock.today().format("%d/%m/%Y").to_string();
        let mut plan = change("plans", "insertion", "0");
        plan.extend([("answers[label_fr]", "dispositifs d’insertion"), ("answers[label_en]", "insertion schemes"), ("answers[offered]", "no"), ("answers[from]", &today)]);
        admin.post("/fn/change-catalogue", &plan).await.expect_redirect(SAVED);
        let served = async || {
            let view = desk.declaration(id).await.unwrap();
            let claims = view.preview.unwrap().claims;
            claims.into_iter().find_map(|claim| match claim.body {
                domain::claims::ClaimBody::Pledge(pledge) if pledge.code == "SOC-APP-01" => Some(pledge.plans),
                _ => None,
            })
        };
        assert_eq!(served().await, Some(vec![]), "not named any more");
        // Its commitments keep it, and the form to change them says that it is not offered.
        admin.get("/administration/catalogue/engagements/SOC-APP-01").await.expect_text("n’est plus proposé");
        let tomorrow = (app.clock.today() + TimeDelta::days(1)).format("%d/%m/%Y").to_string();
        let mut theme = change("themes", "inclusive", "1");
        theme.extend([("answers[label_fr]", "Achat inclusif et équitable"), ("answers[label_en]", "Inclusive and equitable purchasing"),
            ("answers[offered]", "no"), ("answers[plans][]", "insertion"), ("answers[plans][]", "equality"), ("answers[from]", &tomorrow)]);
        admin.post("/fn/change-catalogue", &theme).await.expect_redirect(SAVED);
        admin.get(PAGE).await
            .expect_text("«\u{202f}dispositifs d’insertion\u{202f}» n’est plus proposé.")
            .expect_text("«\u{202f}Achat inclusif et équitable\u{202f}» n’est plus proposé.");
        assert_eq!(to_correct(&*desk, id).await, [], "not before its day");
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(to_correct(&*desk, id).await, [(StepCode::Pledges, text("rows[0][code]"))]);
        let person = app.sign_in("camille@demo.example.fr").await;
        let page = person.get(&format!("/declarations/{id}/engagements?verifier")).await;
        page.expect_text("Le formulaire ne propose plus cette réponse");
        assert!(!page.body.contains("value=\"SOC-EGA-02\""), "nor the others of the theme");
    }

    async fn two_administrators_do_not_undo_each_other(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        let today = app.clock.today().format("%d/%m/%Y").to_string();
        let mut first = change("plans", "climate", "0");
        first.extend([("answers[label_fr]", "PCAEM 2030"), ("answers[label_en]", "PCAEM 2030 plan"), ("answers[from]", &today)]);
        admin.post("/fn/change-catalogue", &first).await.expect_redirect(SAVED);
        let mut second = change("plans", "waste", "0");
        second.extend([("answers[label_fr]", "Plan déchets"), ("answers[label_en]", "Waste plan"), ("answers[from]", &today)]);
        let back = admin.post("/fn/change-catalogue", &second).await;
        let kept = back.location().unwrap().to_owned();
        assert!(kept.starts_with("/administration/catalogue/plans/waste?saisie="), "{kept}");
        let page = admin.get(kept.split('#').next().unwrap()).await;
        page.expect_text("Quelqu’un a enregistré une autre version");
        page.expect_text("value=\"Plan déchets\"");
        page.expect_text("name=\"version\" value=\"1\"");
        let mut again = change("plans", "waste", "1");
        again.extend([("answers[label_fr]", "Plan déchets"), ("answers[label_en]", "Waste plan"), ("answers[from]", &today)]);
        admin.post("/fn/change-catalogue", &again).await.expect_redirect(SAVED);
        let latest = app.state.catalogues.all().latest().clone();
        let names: Vec<&str> = latest.plans.iter().map(|plan| plan.label.fr.as_str()).collect();
        assert!(names.contains(&"PCAEM 2030") && names.contains(&"Plan déchets"), "{names:?}");

        let yesterday = (app.clock.today() - TimeDelta::days(1)).format("%d/%m/%Y").to_string();
        let mut past = change("plans", "food", "2");
        past.extend([("answers[label_fr]", "PAT"), ("answers[label_en]", "Food plan"), ("answers[from]", &yesterday)]);
        let back = admin.post("/fn/change-catalogue", &past).await;
        let kept = back.location().unwrap().to_owned();
        admin.get(kept.split('#').next().unwrap()).await.expect_text("ne peut pas valoir pour le passé");
        assert_eq!(app.db.number("SELECT COUNT(*) FROM catalogue_versions").await, 2);
        let altered = app.db.try_execute("UPDATE catalogue_versions SET reason = 'x'").await;
        assert!(altered.is_err(), "what was recorded is never changed");
    }

    async fn a_pledge_is_declared_judged_and_fed_with_its_theme_and_plans(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let agent = buyer(&app, "agent@metropole.example").await;
        let id = open(&*desk, EI).await;
        let mut version = desk.declaration(id).await.unwrap().version;
        let mut steps = answers();
        steps.push(StepAnswers::Pledges(PledgeStep {
            declare: text("yes"),
            rows: vec![pledge("SOC-APP-01"), PledgeRow {
                code: text("ENV-LAB-01"),
                item: text("ISO 14001"),
                reference: text("AFNOR-17"),
                valid_to: text("31/12/2027"),
                ..PledgeRow::default()
            }],
            ..PledgeStep::default()
        }));
        for step in steps {
            let Saved::Done { version: next } = desk.save_step(id, version, step).await.unwrap() else {
                panic!("nobody else writes");
            };
            version = next;
        }
        assert_eq!(desk.submit(id, version, statement()).await.unwrap(), Submitted::Done);
        let version = agent.review(id).await.unwrap().version;
        agent.start_review(id, version).await.unwrap();
        accept_all(&*agent, id).await;
        let version = agent.review(id).await.unwrap().version;
        agent.sign(id, version, signature(), vec![]).await.unwrap();
        let state = &app.state;
        feed::replay(&state.store, &state.buyer, app.clock.now()).await.unwrap();
        let report = feed::verify(&state.store, &state.buyer).await.unwrap();
        assert!(report.is_equal(), "{report:?}");
        let rows = target
            .rows("SELECT code, theme, plans, label, unit, item, reference, CAST(CAST(baseline AS BIGINT) AS TEXT) AS baseline,
                CAST(CAST(target AS BIGINT) AS TEXT) AS target, CAST(due_on AS TEXT) AS due_on FROM pledges ORDER BY code")
            .await;
        assert_eq!(
            rows,
            [
                json!({"code": "ENV-LAB-01", "theme": "ecological", "plans": "climate,waste",
                    "label": "Écolabel ou certification environnementale", "unit": "none", "item": "ISO 14001",
                    "reference": "AFNOR-17", "baseline": null, "target": null, "due_on": null}),
                json!({"code": "SOC-APP-01", "theme": "inclusive", "plans": "insertion",
                    "label": "Apprentis et stagiaires accueillis", "unit": "persons", "item": null,
                    "reference": null, "baseline": "4", "target": "12", "due_on": "2026-12-31"}),
            ]
        );
        let counted = target.number("SELECT COUNT(*) FROM commitments").await;
        assert_eq!(counted, 1, "insertion hours stay apart");
    }
}

#[tokio::test]
async fn a_status_taken_off_the_form_and_offered_again_can_be_declared() {
    let app = TestApp::start().await;
    let admin = app.administrator().await;
    let desk = supplier(&app, "camille@demo.example.fr").await;
    let id = open(&*desk, EI).await;
    let version = fill(&*desk, id).await;
    let step = StepAnswers::Solidarity(domain::form::SolidarityStep {
        declare: text("yes"),
        rows: vec![StatusRow {
            kind: text("TIH"),
            ..StatusRow::default()
        }],
    });
    desk.save_step(id, version, step).await.unwrap();
    assert_eq!(
        to_correct(&*desk, id).await,
        [(StepCode::Solidarity, text("rows[0][kind]"))]
    );
    let today = app.clock.today().format("%d/%m/%Y").to_string();
    let mut offered = change("statuts", "TIH", "0");
    offered.extend([
        (
            "answers[label_fr]",
            "Travailleur indépendant handicapé (TIH)",
        ),
        ("answers[label_en]", "Self-employed disabled worker (TIH)"),
        ("answers[offered]", "yes"),
        ("answers[from]", &today),
    ]);
    admin
        .post("/fn/change-catalogue", &offered)
        .await
        .expect_redirect(SAVED);
    assert_eq!(to_correct(&*desk, id).await, []);
}
