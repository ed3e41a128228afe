//! The portal of the demonstration, with a person of each kind, and what their pages offer.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use app::visitor::{AccountRole, Identity, Visitor};
use domain::lists::ListKind;
use domain::text::Lang;
use store::accounts;
use store::testing::TestDatabase;

use super::addresses::{self, Address, Seen, parameters};
use super::answers::trouble;
use super::forms::{Form, offered};
use crate::documents::files::pdf;
use crate::documents::scene::{BOUNDARY, form};
use crate::lists;
use crate::support::{Client, TestApp};

/// Pages of one route that are opened, with other parameters.
const ALIKE: usize = 14;
/// And with other questions behind the `?`.
const ASKED: usize = 6;

/// Far above what people need: limits have their own tests.
const LIMITS: [(&str, &str); 8] = [
    ("demo.enabled", "true"),
    ("limits.actions_per_minute", "1000000"),
    ("limits.typing_per_minute", "1000000"),
    ("limits.lookups_per_minute", "1000000"),
    ("limits.links_per_address", "1000000"),
    ("limits.links_per_ip", "1000000"),
    ("limits.links_total", "1000000"),
    ("limits.codes_per_ip", "1000000"),
];

/// Companies of the register that nobody of the demonstration declared for.
const OPENED: [&str; 4] = ["910000041", "910000074", "910000108", "910000116"];

/// Addresses that nobody is led to by a page of the demonstration.
const LED_TO: [&str; 3] = [
    "/declarer?siret=91000003300019&statut=ei&effectif=12",
    "/instruction/brouillons?siret=73282932000074",
    "/espace/rattachement/910000033",
];

const PEOPLE: [(&str, &str); 6] = [
    ("owner", "fournisseur@demo.example"),
    ("stranger", "interim@demo.example"),
    ("holder", "scop@demo.example"),
    ("sender", "recyclerie@demo.example"),
    ("agent", "agent@demo.example"),
    ("administrator", "admin@demo.example"),
];

pub(super) struct Person {
    pub(super) name: &'static str,
    email: Option<&'static str>,
    pub(super) client: Client,
}

pub(super) struct World {
    pub(super) app: TestApp,
    pub(super) people: Vec<Person>,
    pub(super) addresses: Vec<Address>,
    pub(super) seen: Seen,
    /// With the place, among the people, of who was offered it.
    pub(super) forms: Vec<(usize, Form)>,
    /// What links ask of each page behind the `?`.
    pub(super) asked: BTreeSet<(String, String)>,
    /// What came out of the walk through every page.
    pub(super) troubles: BTreeSet<String>,
}

impl World {
    pub(super) async fn on(db: TestDatabase) -> Self {
        let app = TestApp::on(db, &LIMITS).await;
        assert!(server::demo::seed(&app.state).await.unwrap());
        let mut people = vec![Person {
            name: "anonymous",
            email: None,
            client: app.client(),
        }];
        for (name, email) in PEOPLE {
            people.push(Person {
                name,
                email: Some(email),
                client: app.sign_in(email).await,
            });
        }
        let mut world = Self {
            addresses: addresses::all(&app.state),
            app,
            people,
            seen: Seen::default(),
            forms: vec![],
            asked: BTreeSet::new(),
            troubles: BTreeSet::new(),
        };
        world.prepare().await;
        world.walk().await;
        world
    }

    /// Drafts of several companies, and a document.
    async fn prepare(&self) {
        let owner = &self.people[1].client;
        let page = owner.get("/espace").await;
        let own = offered("/espace", &page.body).1;
        let sent_back = own
            .iter()
            .find_map(|path| parameters("/declarations/{id}", path));
        let id = sent_back.expect("a declaration")[0].1;
        for number in OPENED {
            let page = owner.post("/fn/open-company", &[("number", number)]).await;
            page.expect_status(303);
        }
        // A person who asks to be attached, a list that waits, a mail that nobody takes.
        let stranger = &self.people[2].client;
        self.gather(owner, stranger).await;
        lists::read(&self.app, ListKind::Esus, lists::rows(20).as_bytes()).await;
        let lost = "UPDATE outbox SET parked_at = available_at WHERE id = (SELECT id FROM outbox ORDER BY id LIMIT 1)";
        self.app.db.execute(lost).await;
        self.judge().await;
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let path = format!("/declarations/{id}/pieces/0/depot");
        let body = form("Convention.pdf", &pdf("Convention"), &[]);
        let sent = owner.send(owner.body(&path, &kind, body)).await;
        sent.expect_status(303);
    }

    /// The people of companies: one who asks the managers, one who asks the buyer, one who is invited.
    async fn gather(&self, owner: &Client, stranger: &Client) {
        let held = OPENED.map(|number| ("siren", number));
        for (client, path, fields) in [
            (
                stranger,
                "/fn/ask-to-join",
                vec![held[0], ("role", "reader"), ("message", "Bonjour")],
            ),
            (
                stranger,
                "/fn/ask-to-join",
                vec![held[1], ("role", "editor")],
            ),
            (stranger, "/fn/ask-the-buyer", vec![held[1]]),
            (
                owner,
                "/fn/invite-person",
                vec![
                    held[0],
                    ("role", "editor"),
                    ("email", "interim@demo.example"),
                ],
            ),
            (
                owner,
                "/fn/invite-person",
                vec![held[0], ("role", "reader"), ("email", "x@demo.example")],
            ),
            (owner, "/fn/open-domain", vec![held[1], ("role", "reader")]),
        ] {
            client.post(path, &fields).await.expect_status(303);
        }
        let agent = &self.people[5].client;
        let draft = [
            ("number", "73282932000074"),
            ("contact", "Dominique"),
            ("email", "interim@demo.example"),
        ];
        agent
            .post("/fn/prepare-draft", &draft)
            .await
            .expect_status(303);
    }

    /// A declaration of which every claim has its verdict: it waits for a signature.
    async fn judge(&self) {
        let db = self.app.state.store.read();
        let agent = accounts::by_email(db, "agent@demo.example").await;
        let agent = agent.unwrap().unwrap();
        let visitor = Visitor::SignedIn(Identity {
            account: agent.id,
            role: AccountRole::Reviewer,
            email: agent.email,
            name: Some(agent.name),
            quality: Some(agent.quality),
            lang: Lang::Fr,
        });
        let desk = server::desks::reception(&self.app.state, None).buyer(&visitor);
        let desk = desk.expect("an agent’s desk");
        let waits = format!(
            "SELECT {} AS id FROM declarations WHERE status = 'in_review'",
            self.text_of_id()
        );
        let found = self.app.db.rows(&waits).await;
        let id = uuid::Uuid::parse_str(found[0]["id"].as_str().unwrap()).unwrap();
        crate::desks::accept_all(&*desk, id).await;
    }

    /// Opens what each person is led to, from the pages without parameters on.
    pub(super) async fn walk(&mut self) {
        self.forms.clear();
        for person in 0..self.people.len() {
            self.walk_as(person).await;
        }
    }

    async fn walk_as(&mut self, person: usize) {
        let mut wanted: VecDeque<String> = self
            .addresses
            .iter()
            .filter(|address| !address.post && !address.route.contains('{'))
            .map(|address| address.route.clone())
            .collect();
        // Those that no list of theirs shows on its first page.
        let all = format!("SELECT {} AS id FROM declarations", self.text_of_id());
        for row in self.app.db.rows(&all).await {
            let id = uuid::Uuid::parse_str(row["id"].as_str().unwrap()).unwrap();
            wanted.push_back(format!("/instruction/{id}"));
        }
        // Where links from elsewhere lead.
        wanted.extend(LED_TO.map(str::to_owned));
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(at) = wanted.pop_front() {
            self.seen.note(&self.addresses, &at);
            let plain = at.split('?').next().unwrap().to_owned();
            let fits =
                |address: &&Address| !address.post && parameters(&address.route, &at).is_some();
            let route = self
                .addresses
                .iter()
                .find(fits)
                .map(|one| one.route.clone());
            let Some(route) = route else { continue };
            for pair in at.split_once('?').map_or("", |(_, query)| query).split('&') {
                let name = pair.split('=').next().unwrap().to_owned();
                if !name.is_empty() {
                    self.asked.insert((route.clone(), name));
                }
            }
            let asked = alike.entry(format!("? {plain}")).or_default();
            *asked += 1;
            if !known.insert(at.clone()) || *asked > ASKED {
                continue;
            }
            if *asked == 1 {
                let several = alike.entry(route.clone()).or_default();
                *several += 1;
                if *several > ALIKE {
                    continue;
                }
            }
            let page = self.people[person].client.get(&at).await;
            if let Some(trouble) = trouble(&page) {
                let name = self.people[person].name;
                self.troubles
                    .insert(format!("GET {route} as {name}: {trouble} ({at})"));
            }
            let html = page
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("text/html"));
            if page.status >= 400 || !html {
                continue;
            }
            let (forms, links) = offered(&at, &page.body);
            for form in &forms {
                self.seen.note(&self.addresses, &form.action);
            }
            self.forms
                .extend(forms.into_iter().map(|form| (person, form)));
            wanted.extend(links);
        }
    }

    /// How this engine writes an identifier as a text.
    fn text_of_id(&self) -> &'static str {
        match self.app.state.store.engine() {
            store::Engine::Sqlite => "hex(id)",
            store::Engine::Postgres => "CAST(id AS TEXT)",
        }
    }

    /// True when a page of this person holds a form that leads there.
    pub(super) fn offers(&self, address: &Address, person: usize) -> bool {
        let leads = |form: &Form| {
            parameters(&address.route, &form.action).is_some()
                || address.route.ends_with("/saisie") && form.action.starts_with("/fn/save-")
        };
        self.forms
            .iter()
            .any(|(whose, form)| *whose == person && leads(form))
    }

    /// Whoever was signed out signs in again.
    pub(super) async fn sign_in_again(&mut self) {
        for person in &mut self.people {
            let Some(email) = person.email else { continue };
            if person.client.get("/espace").await.status == 303 {
                person.client = self.app.sign_in(email).await;
            }
        }
    }

    /// What must hold of the databases whatever was sent.
    pub(super) async fn check_databases(&self) {
        let db = &self.app.db;
        if self.app.state.store.engine() == store::Engine::Sqlite {
            let broken = db.rows("SELECT * FROM pragma_foreign_key_check").await;
            assert!(broken.is_empty(), "{broken:?}");
            let whole = db.rows("SELECT * FROM pragma_integrity_check").await;
            assert_eq!(whole[0]["integrity_check"], "ok", "{whole:?}");
        }
        let verdict = store::audit::verify(self.app.state.store.read(), None)
            .await
            .unwrap();
        assert!(
            matches!(verdict, store::audit::Verdict::Whole(Some(_))),
            "{verdict:?}"
        );
        let open = "SELECT siren FROM declarations WHERE status IN ('draft', 'submitted', 'in_review', 'changes_requested')
            GROUP BY siren HAVING COUNT(*) > 1";
        assert_eq!(db.rows(open).await, [serde_json::Value::Null; 0]);
        let strays =
            "SELECT COUNT(*) FROM declarations WHERE siren NOT IN (SELECT siren FROM companies)";
        assert_eq!(db.number(strays).await, 0);
    }
}
