//! The page of frozen years on a whole server: its files are those of the command line, and its form makes one edition.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::contracts::frozen::{RECOMPUTE, export};
use store::testing::TestDatabase;

use crate::contracts::explained::import_into;
use crate::support::{Client, TestApp};

const PAGE: &str = "/instruction/indicateurs/annees-arretees";
const FREEZE: &str = "/fn/freeze-year";

/// A portal and its buyer database of the same engine, with contracts of this year, one of them of a foreign holder.
async fn portal(db: TestDatabase) -> (TestApp, TestDatabase, String) {
    let buyer = TestDatabase::create(db.config().engine()).await;
    let app = TestApp::on(db, &[("buyer_database.url", buyer.url())]).await;
    let today = app.clock.today();
    for (id, holder) in [
        (
            "=A",
            json!({"typeIdentifiant": "SIRET", "id": "91000001700012"}),
        ),
        (
            "B",
            json!({"typeIdentifiant": "HORS-UE", "id": "DUPONT-1970"}),
        ),
    ] {
        let contract = json!({
            "id": id,
            "acheteur": {},
            "dateNotification": today,
            "montant": 1000.5,
            "titulaires": [{"titulaire": holder}],
            "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        });
        Box::pin(import_into(&app, contract)).await;
    }
    (app, buyer, today.format("%Y").to_string())
}

async fn editions(app: &TestApp) -> usize {
    app.state.buyer.frozen_years().await.unwrap().len() / 2
}

async fn events(app: &TestApp) -> Vec<Value> {
    app.db
        .rows("SELECT actor, subject, details FROM audit_events WHERE act = 'year_frozen' ORDER BY seq")
        .await
}

fn links(body: &str) -> Vec<String> {
    let mark = format!("href=\"{PAGE}/");
    body.split(&mark)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

async fn bytes(agent: &Client, name: &str) -> Vec<u8> {
    let page = agent.get(&format!("{PAGE}/{name}")).await;
    page.expect_status(200);
    let expected = format!("attachment; filename=\"{name}\"");
    assert_eq!(page.header("content-disposition"), Some(expected.as_str()));
    page.body.clone().into_bytes()
}

store::on_both_engines! {
    async fn the_form_freezes_a_year_and_its_files_are_those_of_the_command_line(db) {
        let (app, _buyer, year) = portal(db).await;
        let agent = app.reviewer().await;
        agent.get(PAGE).await.expect_status(200).expect_text("Aucune année arrêtée");
        agent.get(&format!("{PAGE}?arreter=1")).await.expect_text("Personne ne pourra les modifier");
        let form = [("year", year.as_str()), ("note", "Publiée\r\nle 1er <b>")];
        let done = format!("{PAGE}?fait=arret&annee={year}&edition=1");
        let page = agent.post(FREEZE, &form).await;
        page.expect_status(303).expect_redirect(&done);
        let list = agent.follow(&page).await;
        list.expect_status(200).expect_text("édition 1").expect_text("le 1er &lt;b&gt;");

        let folder = tempfile::tempdir().unwrap();
        let number = year.parse().unwrap();
        let written = export(&app.state.buyer, number, None, folder.path()).await.unwrap();
        let mut names: Vec<String> = written.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
        for (path, name) in written.iter().zip(&names) {
            assert_eq!(bytes(&agent, name).await, std::fs::read(path).unwrap(), "{name}");
        }
        names.push("recompute.mjs".to_owned());
        let mut linked = links(&list.body);
        linked.retain(|link| !link.starts_with("ecarts?"));
        linked.sort();
        names.sort();
        assert_eq!(linked, names, "the page gives every file, and no other");
        assert_eq!(bytes(&agent, "recompute.mjs").await, RECOMPUTE.as_bytes());
        let csv = String::from_utf8(bytes(&agent, &format!("spaser-{year}-1-initial-marches.csv")).await).unwrap();
        assert!(csv.contains(",'=A,") && !csv.contains("DUPONT") && csv.lines().count() == 3, "{csv}");
        for other in [
            format!("spaser-{year}-2-initial-marches.csv"),
            "spaser-2019-1-initial-marches.csv".to_owned(),
            format!("spaser-{year}-1-initial-marches.json"),
            "..%2F..%2Fspaser.toml".to_owned(),
        ] {
            agent.get(&format!("{PAGE}/{other}")).await.expect_status(404);
        }

        let trail = events(&app).await;
        assert_eq!(trail.len(), 1);
        assert_eq!(trail[0]["subject"], format!("year:{year}"));
        let details = trail[0]["details"].to_string();
        assert!(details.contains("edition") && details.contains("Publi"), "{details}");
    }

    async fn the_button_pressed_twice_makes_one_edition(db) {
        let (app, _buyer, year) = portal(db).await;
        let agent = app.reviewer().await;
        let form = [("year", year.as_str()), ("note", "Note")];
        let edition = |number: u32| format!("{PAGE}?fait=arret&annee={year}&edition={number}");
        // At the same time, then again: the random numbers of the lines make no difference.
        let (one, other) = tokio::join!(agent.post(FREEZE, &form), agent.post(FREEZE, &form));
        one.expect_redirect(&edition(1));
        other.expect_redirect(&edition(1));
        app.clock.advance(TimeDelta::seconds(59));
        agent.post(FREEZE, &form).await.expect_redirect(&edition(1));
        assert_eq!((editions(&app).await, events(&app).await.len()), (1, 1));
        // Another note, other data, or another minute is another edition.
        agent.post(FREEZE, &[("year", year.as_str()), ("note", "")]).await.expect_redirect(&edition(2));
        let more = json!({"id": "C", "acheteur": {}, "dateNotification": app.clock.today(), "montant": 5});
        Box::pin(import_into(&app, more)).await;
        agent.post(FREEZE, &[("year", year.as_str()), ("note", "")]).await.expect_redirect(&edition(3));
        app.clock.advance(TimeDelta::seconds(61));
        agent.post(FREEZE, &[("year", year.as_str()), ("note", "")]).await.expect_redirect(&edition(4));
        assert_eq!((editions(&app).await, events(&app).await.len()), (4, 4));
    }

    async fn what_is_not_frozen_comes_back_with_its_note(db) {
        let (app, _buyer, year) = portal(db).await;
        let agent = app.reviewer().await;
        for (year, note, said) in [
            ("2019", "Ma note", "Aucun marché n’est notifié"),
            ("1999", "Ma note", "Choisissez l’année"),
            (year.as_str(), &"é".repeat(501), "La note ne peut pas dépasser"),
        ] {
            let page = agent.post(FREEZE, &[("year", year), ("note", note)]).await;
            page.expect_status(303);
            assert!(page.location().unwrap().ends_with("#errors"), "{:?}", page.location());
            agent.follow(&page).await.expect_status(422).expect_text(said).expect_text(note);
        }
        assert_eq!(editions(&app).await, 0);
        assert_eq!(events(&app).await, [Value::Null; 0]);
    }

    async fn an_edition_that_was_changed_is_not_given(db) {
        let (app, buyer, year) = portal(db).await;
        let agent = app.reviewer().await;
        agent.post(FREEZE, &[("year", year.as_str())]).await.expect_status(303);
        // Whoever owns the database may take its guards away.
        if buyer.config().engine() == store::Engine::Postgres {
            buyer.execute("ALTER TABLE frozen_lines DISABLE TRIGGER USER").await;
        } else {
            let sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'frozen_lines'";
            for row in buyer.rows(sql).await {
                buyer.execute(&format!("DROP TRIGGER {}", row["name"].as_str().unwrap())).await;
            }
        }
        buyer.execute("UPDATE frozen_lines SET amount = '2000' WHERE mode = 'initial' AND position = 1").await;
        for ending in ["marches.csv", "indicateurs.json"] {
            let page = agent.get(&format!("{PAGE}/spaser-{year}-1-initial-{ending}")).await;
            page.expect_status(303).expect_redirect(&format!("{PAGE}?refus=alteree"));
            agent.follow(&page).await.expect_status(409).expect_text("ne sont plus ceux de son empreinte");
        }
        bytes(&agent, &format!("spaser-{year}-1-current-marches.csv")).await;
        let folder = tempfile::tempdir().unwrap();
        assert!(export(&app.state.buyer, year.parse().unwrap(), None, folder.path()).await.is_err());
    }
}

#[tokio::test]
async fn the_files_are_for_agents() {
    let app = TestApp::start().await;
    for name in ["recompute.mjs", "spaser-2025-1-initial-marches.csv"] {
        let at = format!("{PAGE}/{name}");
        let page = app.client().get(&at).await;
        page.expect_status(303);
        assert!(page.location().unwrap().starts_with("/connexion"));
        app.supplier().await.get(&at).await.expect_status(403);
    }
}
