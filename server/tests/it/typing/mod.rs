//! Saving while somebody types, through the address that the pages use: what was accepted is there, nothing is lost, nothing is
//! written over in silence.
//! Longer than 400 lines: one address, in all that may come to it.

mod lines;
mod playing;
mod sequences;
mod sequences_of_lines;

use app::desk::{Saved, StepAnswers, SupplierDesk};
use domain::form::{CompanyStep, SolidarityStep, StatusRow};
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use reqwest::{Method, header};
use store::accounts::Role;
use store::memberships::{self, Decider, NewRequest};
use uuid::Uuid;

use crate::desks::{EI, fill, open, statement, supplier};
use crate::support::{Client, Page, TestApp};

const EMAIL: &str = "camille@demo.example.fr";
const COMPANY: &str = "entreprise";
const STATUSES: &str = "solidarite";

/// A page of a step, as a browser holds it.
#[derive(Clone)]
pub(crate) struct Tab {
    client: Client,
    id: Uuid,
    step: &'static str,
    page: String,
    after: String,
    turn: u32,
    version: i64,
    copy: String,
}

/// What the address answers.
pub(crate) struct Told(Vec<(String, String)>);

impl Told {
    fn of(page: &Page) -> Self {
        page.expect_status(200);
        let url = format!("http://x/?{}", page.body);
        let url = reqwest::Url::parse(&url).unwrap();
        Self(url.query_pairs().into_owned().collect())
    }

    fn all(&self, name: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).collect()
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }
}

impl Tab {
    fn new(client: &Client, id: Uuid, step: &'static str, page: &str, version: i64) -> Self {
        Self {
            client: client.clone(),
            id,
            step,
            page: page.to_owned(),
            after: String::new(),
            turn: 0,
            version,
            copy: String::new(),
        }
    }

    fn address(&self) -> String {
        format!("/declarations/{}/{}/saisie", self.id, self.step)
    }

    async fn send(&self, changes: &[(&str, &str)]) -> Page {
        let (turn, version) = (self.turn.to_string(), self.version.to_string());
        let own = [
            ("page", self.page.as_str()),
            ("after", &self.after),
            ("turn", &turn),
            ("version", &version),
            ("copy", &self.copy),
        ];
        let request = self
            .client
            .request(Method::POST, &self.address())
            .header(header::ACCEPT, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, &self.client.origin)
            .form(&[&own[..], changes].concat());
        self.client.send(request).await
    }

    /// Sends as the next turn; what comes back moves the page on, as in the browser.
    async fn save(&mut self, changes: &[(&str, &str)]) -> Told {
        self.turn += 1;
        let told = Told::of(&self.send(changes).await);
        told.get("copy")
            .unwrap_or_default()
            .clone_into(&mut self.copy);
        if self.copy.is_empty() {
            self.version = told.get("version").unwrap().parse().unwrap();
        }
        told
    }

    /// Sends the whole form, as its button does.
    async fn submit(&self, answers: &[(&str, &str)]) -> Page {
        self.press("save", answers).await
    }

    /// The same by another of its buttons.
    async fn press(&self, intent: &str, answers: &[(&str, &str)]) -> Page {
        let (id, version) = (self.id.to_string(), self.version.to_string());
        let door = match self.step {
            COMPANY => "/fn/save-company",
            "insertion" => "/fn/save-insertion",
            _ => "/fn/save-solidarity",
        };
        let own = [
            ("id", id.as_str()),
            ("version", &version),
            ("page", &self.page),
            ("intent", intent),
        ];
        self.client.post(door, &[&own[..], answers].concat()).await
    }
}

/// One answer changed.
fn change<'a>(name: &'a str, before: &'a str, after: &'a str) -> Vec<(&'a str, &'a str)> {
    let names: [&str; 3] = match name {
        "name" => ["answers[name]", "before[name]", "answers[name]"],
        "contact_name" => [
            "answers[contact_name]",
            "before[contact_name]",
            "answers[contact_name]",
        ],
        _ => [
            "answers[contact_role]",
            "before[contact_role]",
            "answers[contact_role]",
        ],
    };
    vec![("changed", names[0]), (names[1], before), (names[2], after)]
}

struct Scene {
    app: TestApp,
    client: Client,
    desk: std::sync::Arc<dyn SupplierDesk>,
    id: Uuid,
}

impl Scene {
    async fn on(db: store::testing::TestDatabase) -> Self {
        Self::on_limits(db, &[]).await
    }

    async fn on_limits(db: store::testing::TestDatabase, limits: &[(&str, &str)]) -> Self {
        let app = TestApp::on(db, limits).await;
        let desk = supplier(&app, EMAIL).await;
        let client = app.sign_in(EMAIL).await;
        let id = open(&*desk, EI).await;
        Self {
            app,
            client,
            desk,
            id,
        }
    }

    async fn company(&self) -> CompanyStep {
        self.desk.declaration(self.id).await.unwrap().draft.company
    }

    async fn version(&self) -> i64 {
        self.desk.declaration(self.id).await.unwrap().version
    }

    async fn tab(&self, page: &str) -> Tab {
        let version = self.version().await;
        Tab::new(&self.client, self.id, COMPANY, page, version)
    }

    async fn saved_events(&self) -> i64 {
        let subject = format!("declaration:{}", self.id);
        let query = format!(
            "SELECT count(*) FROM audit_events WHERE act = 'saved' AND subject = '{subject}'"
        );
        self.app.db.number(&query).await
    }
}

store::on_both_engines! {
    async fn what_is_typed_is_there_and_the_button_goes_on_to_work(db) {
        let scene = Scene::on(db).await;
        let drawn = scene.company().await;
        let mut tab = scene.tab("a").await;
        let first = tab.clone();
        for (before, after) in [("", "C"), ("C", "Ca"), ("Ca", "Camille")] {
            let told = tab.save(&change("contact_name", before, after)).await;
            assert!(told.get("others").is_none() && told.get("copy").is_none(), "{:?}", told.0);
            assert!(told.get("hour").unwrap().contains("10\u{a0}h\u{a0}00"), "{:?}", told.0);
        }
        assert_eq!(scene.company().await.contact_name, "Camille");
        assert_eq!(scene.company().await.name, drawn.name, "nothing else changed");
        assert_eq!(scene.saved_events().await, 1, "one event for what one page types");
        // The form itself, with the version that was drawn: none of these answers reached the page in time.
        let sent = first.submit(&[("answers[contact_name]", "Camille M."), ("answers[name]", &drawn.name)]).await;
        sent.expect_redirect(&format!("/declarations/{}/entreprise?enregistre", scene.id));
        assert_eq!(scene.company().await.contact_name, "Camille M.");
        assert_eq!(scene.saved_events().await, 2);
        let view = scene.desk.declaration(scene.id).await.unwrap();
        assert_eq!(view.sent_by, [(domain::form::StepCode::Company, "a".to_owned())]);
        // What was still on its way from that page changes nothing any more.
        tab.save(&change("contact_name", "Camille", "Cam")).await;
        assert_eq!(scene.company().await.contact_name, "Camille M.");
        // Without a script, the page is as it was before.
        let plain = Tab { page: String::new(), ..first };
        let late = plain.submit(&[("answers[contact_name]", "X")]).await;
        assert!(late.location().unwrap().contains("?conflit="), "{:?}", late.location());
    }

    async fn the_same_difference_twice_and_out_of_order_changes_nothing(db) {
        let scene = Scene::on(db).await;
        let mut tab = scene.tab("a").await;
        tab.turn = 1;
        let (one, two) = (tab.clone(), Tab { turn: 2, ..tab.clone() });
        Told::of(&two.send(&change("contact_name", "", "Camille")).await);
        let version = scene.version().await;
        for _ in 0..2 {
            let told = Told::of(&one.send(&change("contact_name", "", "Cam")).await);
            assert!(told.get("copy").is_none());
            Told::of(&two.send(&change("contact_name", "", "Camille")).await);
        }
        assert_eq!((scene.company().await.contact_name.as_str(), scene.version().await), ("Camille", version));
        // Its answer was lost, and more was typed: the page begins where it knows the server to be.
        tab.turn = 2;
        let told = tab.save(&change("contact_name", "", "Camille M.")).await;
        assert!(told.get("copy").is_none(), "{:?}", told.0);
        assert_eq!(scene.company().await.contact_name, "Camille M.");
    }

    async fn two_colleagues_join_and_what_collides_is_shown_to_the_later_one(db) {
        let scene = Scene::on(db).await;
        let drawn = scene.company().await;
        let (mut one, mut two) = (scene.tab("a").await, scene.tab("b").await);
        one.save(&change("contact_name", "", "Camille")).await;
        // Another answer joins, and the page learns the first one.
        let told = two.save(&change("contact_role", "", "Gérante")).await;
        assert!(told.get("copy").is_none() && told.get("others").is_some(), "{:?}", told.0);
        assert_eq!(told.get("answers[contact_name]"), Some("Camille"));
        let company = scene.company().await;
        assert_eq!((company.contact_name.as_str(), company.contact_role.as_str()), ("Camille", "Gérante"));
        // The first page has not seen it: its form is stopped, not written over.
        let late = one.submit(&[("answers[contact_name]", "Camille"), ("answers[name]", &drawn.name)]).await;
        assert!(late.location().unwrap().contains("?conflit="), "{:?}", late.location());
        assert_eq!(scene.company().await, company);
        // The same answer: kept aside, in one copy however long they go on, with the answer of each beside the other.
        let told = one.save(&change("contact_role", "", "Directrice")).await;
        let (copy, choose) = (told.get("copy").unwrap().to_owned(), told.get("choose").unwrap().to_owned());
        assert_eq!(told.all("held"), ["answers[contact_role]"]);
        let again = one.save(&change("contact_role", "", "Directrice générale")).await;
        assert_eq!(again.get("copy"), Some(copy.as_str()));
        assert_eq!(scene.company().await, company);
        let page = scene.client.get(&choose).await;
        page.expect_status(409).expect_text("Directrice générale").expect_text("Gérante");
        // What does not collide goes on to be saved.
        let told = one.save(&[change("contact_role", "", "Directrice"), change("name", &drawn.name, "Démo")].concat()).await;
        assert_eq!(told.all("held"), ["answers[contact_role]"]);
        assert_eq!(scene.company().await.name, "Démo");
        let conflict = scene.desk.conflict(scene.id, copy.parse().unwrap()).await.unwrap();
        let StepAnswers::Company(typed) = conflict.typed else { panic!("the company") };
        assert_eq!((typed.contact_role.as_str(), typed.name.as_str()), ("Directrice", "Démo"));
        // Somebody else’s copy cannot be replaced.
        let other = scene.app.sign_in("autre@demo.example.fr").await;
        attach(&scene.app, "autre@demo.example.fr").await;
        let mut stranger = Tab::new(&other, scene.id, COMPANY, "c", 1);
        stranger.copy.clone_from(&copy);
        let told = stranger.save(&change("contact_role", "", "X")).await;
        assert_ne!(told.get("copy"), Some(copy.as_str()));
    }

    async fn lines_and_boxes_are_saved_and_never_mixed(db) {
        let scene = Scene::on(db).await;
        let version = scene.version().await;
        let row = |kind: &str, documents: &[&str]| StatusRow {
            kind: kind.into(),
            documents: documents.iter().map(|id| (*id).to_owned()).collect(),
            ..StatusRow::default()
        };
        let step = SolidarityStep { declare: "yes".into(), rows: vec![row("ESUS", &["d1", "d2"]), row("EI", &[])] };
        let Saved::Done { version } = scene.desk.save_step(scene.id, version, StepAnswers::Solidarity(step)).await.unwrap() else {
            panic!("nobody else writes")
        };
        let mut tab = Tab::new(&scene.client, scene.id, STATUSES, "a", version);
        // Every document goes; the second line gets a reference.
        tab.save(&[
            ("changed", "answers[rows][0][documents][]"),
            ("before[rows][0][kind]", "ESUS"),
            ("before[rows][0][documents][]", "d1"),
            ("before[rows][0][documents][]", "d2"),
            ("changed", "answers[rows][1][reference]"),
            ("before[rows][1][kind]", "EI"),
            ("answers[rows][1][reference]", "EI013240013A0M0"),
        ]).await;
        let rows = async || scene.desk.declaration(scene.id).await.unwrap().draft.solidarity.rows;
        let mut second = row("EI", &[]);
        second.reference = "EI013240013A0M0".into();
        assert_eq!(rows().await, [row("ESUS", &[]), second.clone()]);
        // Another tab removes the first line; the page still has two.
        let version = scene.version().await;
        let step = SolidarityStep { declare: "yes".into(), rows: vec![second.clone()] };
        scene.desk.save_step(scene.id, version, StepAnswers::Solidarity(step)).await.unwrap();
        let told = tab.save(&[
            ("changed", "answers[rows][0][authority]"),
            ("before[rows][0][kind]", "ESUS"),
            ("answers[rows][0][authority]", "Préfet"),
        ]).await;
        assert_eq!(told.all("held"), ["answers[rows][0][authority]"]);
        assert_eq!(rows().await, [second]);
        let page = scene.client.get(told.get("choose").unwrap()).await;
        page.expect_status(409).expect_text("Préfet");
    }

    async fn answers_that_meet_a_submission_are_kept_aside(db) {
        let scene = Scene::on(db).await;
        let mut tab = scene.tab("a").await;
        let version = fill(&*scene.desk, scene.id).await;
        scene.desk.submit(scene.id, version, statement()).await.unwrap();
        let before = scene.company().await;
        let told = tab.save(&change("contact_role", "", "Directrice")).await;
        assert_eq!(scene.company().await, before);
        let page = scene.client.get(told.get("choose").unwrap()).await;
        page.expect_status(409).expect_text("Directrice");
    }

    async fn a_duplicated_tab_takes_nothing_from_the_first(db) {
        let scene = Scene::on(db).await;
        let mut former = scene.tab("a").await;
        former.save(&change("contact_name", "", "Camille")).await;
        // Two pages found the same copy in their tab, and each goes on with it.
        let heir = |page: &str| Tab { page: page.into(), after: "a".into(), turn: 0, version: 1, ..former.clone() };
        let (mut one, mut two) = (heir("b"), heir("c"));
        one.save(&change("contact_name", "Camille", "Camille Un")).await;
        let told = two.save(&change("contact_name", "Camille", "Camille Deux")).await;
        assert_eq!(told.all("held"), ["answers[contact_name]"]);
        assert_eq!(scene.company().await.contact_name, "Camille Un");
    }
}

/// Attaches a person to the company, as an agent does.
async fn attach(app: &TestApp, email: &str) {
    let agent = app.account("agent@metropole.example", Role::Reviewer).await;
    let found = store::accounts::by_email(app.state.store.read(), email).await;
    let (id, by, now) = (found.unwrap().unwrap().id, agent.id, app.clock.now());
    let siren = &Siren::parse(EI.get(..9).unwrap()).unwrap();
    app.state
        .store
        .write(async |txn| {
            let role = MemberRole::Editor;
            let new = NewRequest {
                siren: siren.clone(),
                account: id,
                role,
                organisation: None,
                message: String::new(),
            };
            memberships::ask(&txn, new, now).await?;
            let asked = memberships::waiting_of(&txn, siren).await?;
            memberships::decide(&txn, asked[0].id, Some(role), Decider::Agent(by), now).await
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn only_its_people_may_save_and_only_from_our_pages() {
    let scene = Scene::on(store::testing::TestDatabase::create(store::Engine::Sqlite).await).await;
    let tab = scene.tab("a").await;
    let drawn = scene.company().await;
    let typed = change("contact_name", "", "X");
    let stranger = scene.app.sign_in("autre@entreprise.example.fr").await;
    let reviewer = scene.app.reviewer().await;
    for (client, status) in [
        (&scene.app.client(), 401),
        (&stranger, 404),
        (&reviewer, 403),
    ] {
        let tab = Tab {
            client: client.clone(),
            ..tab.clone()
        };
        tab.send(&typed).await.expect_status(status);
    }
    scene
        .client
        .post_from_elsewhere(&tab.address(), &typed)
        .await
        .expect_status(403);
    let unknown = Tab {
        step: "inconnue",
        ..tab.clone()
    };
    unknown.send(&typed).await.expect_status(404);
    let nowhere = Tab {
        id: Uuid::from_u128(7),
        ..tab.clone()
    };
    nowhere.send(&typed).await.expect_status(404);
    // The statement is signed, never typed ahead.
    let oath = Tab {
        step: "verification",
        ..tab.clone()
    };
    oath.send(&[
        ("changed", "answers[accepted]"),
        ("answers[accepted]", "yes"),
    ])
    .await
    .expect_status(400);
    tab.send(&[("changed", "answers[rows][9999][kind]")])
        .await
        .expect_status(400);
    let long = "x".repeat(1_100_000);
    tab.send(&change("contact_name", "", &long))
        .await
        .expect_status(413);
    let request = scene.client.body(&tab.address(), "application/json", "{}");
    assert!(scene.client.send(request).await.status >= 400);
    let request = scene.client.body(
        &tab.address(),
        "application/x-www-form-urlencoded",
        "version=1&turn=1&changed=answers[name]&answers[name]=%00",
    );
    scene.client.send(request).await.expect_status(400);
    assert_eq!(scene.company().await, drawn);
    // The session ended: a script is told, and what it kept goes after signing in again.
    scene.app.clock.advance(chrono::Duration::hours(5));
    tab.send(&typed).await.expect_status(401);
    let again = Tab {
        client: scene.app.sign_in(EMAIL).await,
        turn: 1,
        ..tab
    };
    Told::of(&again.send(&typed).await);
    assert_eq!(scene.company().await.contact_name, "X");
}

#[tokio::test]
async fn typing_has_a_limit_of_its_own() {
    let app = TestApp::set(&[
        ("limits.typing_per_minute", "3"),
        ("limits.actions_per_minute", "20"),
    ])
    .await;
    let desk = supplier(&app, EMAIL).await;
    let client = app.sign_in(EMAIL).await;
    let id = open(&*desk, EI).await;
    let mut tab = Tab::new(&client, id, COMPANY, "a", 1);
    for name in ["a", "b", "c"] {
        tab.save(&change("contact_name", "", name)).await;
    }
    tab.send(&change("contact_name", "", "d"))
        .await
        .expect_status(429);
    // The buttons still answer.
    let sent = tab.submit(&[("answers[contact_name]", "d")]).await;
    sent.expect_status(303);
}
