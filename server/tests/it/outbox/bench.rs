//! A company with a declaration, an agent, and a worker whose parts the test chooses.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::form::Draft;
use domain::identifiers::Siren;
use domain::lifecycle::{Actor, MemberRole, SupplierNotice};
use domain::registry::RegistryState;
use server::clock::Clock;
use server::config::{self, Config};
use server::keys::Keys;
use server::mail::{self, Post, Texts};
use server::outbox::{Dispatch, Report, Schedule, Settings, Worker};
use store::accounts::{self, Account, NewAccount, Role};
use store::buyer::BuyerStore;
use store::memberships::{self, Decider, NewRequest, Proof};
use store::outbox::{self, NewMessage};
use store::testing::TestDatabase;
use store::{Store, StoreConfig, SupplierMail, companies, declarations};
use uuid::Uuid;

/// What stands on one database.
pub(crate) struct Bench {
    pub(crate) db: Arc<TestDatabase>,
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) supplier: Account,
    pub(crate) reviewer: Account,
    pub(crate) siren: Siren,
    pub(crate) declaration: Uuid,
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Short waits, so that a test does not wait for the real ones.
pub(crate) fn quick() -> Settings {
    Settings {
        delivery: Duration::from_secs(20),
        poll: Duration::from_millis(50),
        window: TimeDelta::zero(),
        stopping: Duration::from_secs(2),
        ..Settings::default()
    }
}

pub(crate) async fn account(store: &Store, email: &str, role: Role, language: &str) -> Account {
    let new = NewAccount {
        email: email.to_owned(),
        name: "Camille Martin".to_owned(),
        quality: "Gérante".to_owned(),
        role,
        language: language.to_owned(),
    };
    let now = at("2026-05-04T08:00:00Z");
    store
        .write(async |txn| accounts::create(&txn, new.clone(), now).await)
        .await
        .unwrap()
}

impl Bench {
    pub(crate) async fn on(db: impl Into<Arc<TestDatabase>>) -> Self {
        let db = db.into();
        let store = db.store().await;
        let clock = Clock::manual(at("2026-05-04T08:00:00Z"));
        let supplier = account(&store, "gerante@entreprise.example", Role::Supplier, "fr").await;
        let reviewer = account(&store, "agent@metropole.example", Role::Reviewer, "fr").await;
        let siren = Siren::parse("732829320").unwrap();
        let (s, now, person) = (&siren, clock.now(), supplier.id);
        let declaration = store
            .write(async |txn| {
                let register = RegistryState::Unresolved;
                companies::record(&txn, s, "Les Éclaireurs d’Aix", &register, now).await?;
                memberships::hold(&txn, s, person, Proof::None, now).await?;
                let by = Actor::supplier(person, s.clone(), MemberRole::Manager);
                declarations::open(&txn, s, &Draft::default(), None, &by, now).await
            })
            .await
            .unwrap()
            .id();
        Self {
            db,
            store,
            clock,
            supplier,
            reviewer,
            siren,
            declaration,
        }
    }

    /// The configuration with these settings; by default mails go to a folder beside the database.
    pub(crate) fn config(&self, settings: &[(&str, &str)]) -> Arc<Config> {
        let data = self.db.folder().join("data");
        let own = [
            ("server.origin", "http://127.0.0.1:3000".to_owned()),
            ("data.dir", data.display().to_string()),
            (
                "buyer_database.url",
                format!("sqlite:{}", data.join("acheteur.sqlite").display()),
            ),
        ];
        let given = settings
            .iter()
            .map(|(key, value)| (*key, (*value).to_owned()));
        let variables = own.into_iter().chain(given).map(|(key, value)| {
            (
                format!("SPASER__{}", key.to_uppercase().replace('.', "__")),
                value,
            )
        });
        Arc::new(config::load(None, variables).expect("settings").config)
    }

    /// A configuration that sends to this port in clear text.
    pub(crate) fn smtp(&self, port: u16) -> Arc<Config> {
        let port = port.to_string();
        self.config(&[
            ("mail.mode", "smtp"),
            ("mail.host", "127.0.0.1"),
            ("mail.port", &port),
            ("mail.encryption", "none"),
        ])
    }

    pub(crate) async fn dispatch(&self, config: &Arc<Config>) -> Dispatch {
        Dispatch {
            store: self.store.clone(),
            clock: self.clock.clone(),
            transport: mail::open(&config.mail).unwrap(),
            post: Post::new(
                Texts::new().unwrap(),
                Arc::clone(config),
                Keys::load(config).unwrap(),
                server::catalogue::Shelf::default(),
            ),
            buyer: self.buyer(config).await,
        }
    }

    pub(crate) async fn buyer(&self, config: &Config) -> BuyerStore {
        std::fs::create_dir_all(&config.data_dir).unwrap();
        server::feed::open(config).await.unwrap()
    }

    /// With the patience that it has in service: on a busy machine a lock or a sync takes its time.
    pub(crate) async fn buyer_at(&self, url: &str) -> BuyerStore {
        BuyerStore::open(StoreConfig::parse(url).unwrap())
            .await
            .unwrap()
    }

    /// For a database that does not answer, and that a test does not want to wait for.
    pub(crate) async fn hurried_buyer_at(&self, url: &str) -> BuyerStore {
        let mut config = StoreConfig::parse(url).unwrap();
        config.patience = Duration::from_millis(500);
        config.statement_timeout = Duration::from_secs(2);
        BuyerStore::open(config).await.unwrap()
    }

    pub(crate) async fn worker(&self, config: &Arc<Config>, settings: Settings) -> Worker {
        let dispatch = self.dispatch(config).await;
        self.worker_of(dispatch, settings)
    }

    pub(crate) fn worker_of(
        &self,
        deliver: impl server::outbox::Deliver + 'static,
        settings: Settings,
    ) -> Worker {
        Worker::new(
            self.store.clone(),
            self.clock.clone(),
            Arc::new(deliver),
            settings,
        )
    }

    /// Another person of the company.
    pub(crate) async fn colleague(&self, email: &str) -> Account {
        let person = account(&self.store, email, Role::Supplier, "fr").await;
        let (siren, now, (by, id)) = (&self.siren, self.clock.now(), (self.reviewer.id, person.id));
        self.store
            .write(async |txn| {
                let role = MemberRole::Reader;
                let new = NewRequest {
                    siren: siren.clone(),
                    account: id,
                    role,
                    organisation: None,
                    message: String::new(),
                };
                memberships::ask(&txn, new, now).await?;
                let asked = memberships::waiting_of(&txn, siren).await?;
                let by = Decider::Agent(by);
                memberships::decide(&txn, asked[0].id, Some(role), by, now).await
            })
            .await
            .unwrap();
        person
    }

    /// Orders a mail to the supplier.
    pub(crate) async fn order(&self, notice: SupplierNotice) -> Uuid {
        self.order_for(&self.supplier, notice).await
    }

    pub(crate) async fn order_for(&self, person: &Account, notice: SupplierNotice) -> Uuid {
        let mail = SupplierMail {
            account: person.id,
            siren: self.siren.clone(),
            declaration: match notice {
                SupplierNotice::AttachmentAccepted
                | SupplierNotice::AttachmentDeclined
                | SupplierNotice::JoinRequested { .. }
                | SupplierNotice::Joined { .. }
                | SupplierNotice::RoleChanged { .. }
                | SupplierNotice::Removed
                | SupplierNotice::LetterMade { .. } => None,
                _ => Some(self.declaration),
            },
            revision: Some(1),
            notice,
            happened_at: None,
        };
        self.enqueue("mail.supplier", &person.id.to_string(), &mail)
            .await
    }

    pub(crate) async fn enqueue(
        &self,
        route: &str,
        recipient: &str,
        payload: &impl serde::Serialize,
    ) -> Uuid {
        self.enqueue_as(&Uuid::now_v7().to_string(), route, recipient, payload)
            .await
    }

    pub(crate) async fn enqueue_as(
        &self,
        key: &str,
        route: &str,
        recipient: &str,
        payload: &impl serde::Serialize,
    ) -> Uuid {
        let now = self.clock.now();
        let message = NewMessage {
            route: route.to_owned(),
            dedup_key: key.to_owned(),
            subject: format!("test:{key}"),
            recipient: recipient.to_owned(),
            payload: serde_json::to_value(payload).unwrap(),
            available_at: now,
        };
        self.store
            .write(async |txn| outbox::enqueue(&txn, vec![message.clone()], now).await)
            .await
            .unwrap();
        let found = outbox::by_subject(self.store.read(), &format!("test:{key}"), 1)
            .await
            .unwrap();
        found[0].id
    }

    /// Removes what waits, to begin with an empty outbox.
    pub(crate) async fn empty(&self) {
        self.db.execute("DELETE FROM outbox").await;
    }

    /// One row of the outbox: attempt, delivered, parked, last error.
    pub(crate) async fn row(&self, id: Uuid) -> (i64, bool, bool, String) {
        for line in [
            outbox::parked(self.store.read(), 1000).await.unwrap(),
            self.all().await,
        ] {
            if let Some(found) = line.into_iter().find(|message| message.id == id) {
                return (
                    found.attempt,
                    found.delivered_at.is_some(),
                    found.parked_at.is_some(),
                    found.last_error.unwrap_or_default(),
                );
            }
        }
        panic!("no message {id}");
    }

    pub(crate) async fn all(&self) -> Vec<outbox::Message> {
        let mut all = Vec::new();
        for row in self
            .db
            .rows("SELECT DISTINCT subject FROM outbox ORDER BY subject")
            .await
        {
            let subject = row["subject"].as_str().unwrap();
            all.extend(
                outbox::by_subject(self.store.read(), subject, 1000)
                    .await
                    .unwrap(),
            );
        }
        all
    }

    /// Moves the clock and drains, until nothing is left to retry or the time is over.
    pub(crate) async fn drain_for(&self, worker: &Worker, steps: usize, step: TimeDelta) -> Report {
        let mut last = worker.drain_once().await.unwrap();
        for _ in 0..steps {
            self.clock.advance(step);
            let report = worker.drain_once().await.unwrap();
            if report != Report::default() {
                last = report;
            }
        }
        last
    }
}

/// Every wait is one second: a test moves the clock a little.
pub(crate) fn impatient() -> Schedule {
    Schedule {
        first: TimeDelta::seconds(1),
        longest: TimeDelta::seconds(1),
        ..Schedule::default()
    }
}
