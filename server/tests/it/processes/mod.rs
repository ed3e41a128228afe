//! Several processes of the real program on one portal: killed at a chosen instant, or running side by side.

mod busy;
mod imports;
mod killed;
mod shared;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::desk::{BuyerDesk, SupplierDesk};
use app::visitor::{AccountRole, Identity, Visitor};
use chrono::Utc;
use domain::text::Lang;
use store::accounts;
use store::testing::TestDatabase;
use uuid::Uuid;

use crate::mail::server::MailServer;
use crate::support::{Client, Program, TestApp};

/// A number that the long runs raise (`make soak`); the short ones are part of every run.
fn rounds(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

/// A portal prepared in this process, then served by others: its databases, its mail server, its people.
struct Portal {
    db: Arc<TestDatabase>,
    buyer: TestDatabase,
    mails: MailServer,
    environment: BTreeMap<&'static str, String>,
}

impl Portal {
    /// What is to be served, and a server of this process to prepare it with.
    async fn on(db: TestDatabase) -> (Self, TestApp) {
        let portal = Self::new(Arc::new(db)).await;
        let app = TestApp::on(Arc::clone(&portal.db), &[]).await;
        // The other processes read the clock of the machine.
        app.clock.advance(Utc::now() - app.clock.now());
        (portal, app)
    }

    async fn new(db: Arc<TestDatabase>) -> Self {
        let buyer = TestDatabase::create(db.config().engine()).await;
        let mails = MailServer::good().await;
        let data = db.folder().join("data");
        let environment = BTreeMap::from([
            ("SPASER__DATABASE__URL", db.url().to_owned()),
            ("SPASER__BUYER_DATABASE__URL", buyer.url().to_owned()),
            ("SPASER__DATA__DIR", data.display().to_string()),
            (
                "SPASER__SERVER__SITE_ROOT",
                data.join("site").display().to_string(),
            ),
            ("SPASER__MAIL__MODE", "smtp".to_owned()),
            ("SPASER__MAIL__HOST", "127.0.0.1".to_owned()),
            ("SPASER__MAIL__PORT", mails.port.to_string()),
            ("SPASER__MAIL__ENCRYPTION", "none".to_owned()),
            ("SPASER__LIMITS__ACTIONS_PER_MINUTE", "1000000".to_owned()),
        ]);
        Self {
            db,
            buyer,
            mails,
            environment,
        }
    }

    /// Ends the server of this process, so that another one may take its place on the same file.
    async fn hand_over(&self, mut app: TestApp) {
        app.stop().await;
        drop(app);
        let store = self.db.store().await;
        let begun = Instant::now();
        while store.lock_workers().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(10), "still held");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn serve(&self, crash_at: Option<&str>) -> Program {
        let mut environment = self.environment.clone();
        if let Some(place) = crash_at {
            environment.insert("CRASH_AT", place.to_owned());
        }
        Program::with(self.db.folder(), &environment)
    }

    /// Waits until this query counts no row.
    async fn until_none(&self, sql: &str) {
        let begun = Instant::now();
        while self.db.number(sql).await > 0 {
            assert!(begun.elapsed() < Duration::from_mins(2), "never: {sql}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn identity(app: &TestApp, email: &str, role: AccountRole) -> Visitor {
    let account = accounts::by_email(app.state.store.read(), email)
        .await
        .unwrap()
        .unwrap();
    Visitor::SignedIn(Identity {
        account: account.id,
        role,
        email: account.email,
        name: Some(account.name),
        quality: Some(account.quality),
        lang: Lang::Fr,
    })
}

/// A supplier's browser, signed in, and the desk of the same person.
async fn seller(app: &TestApp, email: &str) -> (Client, Arc<dyn SupplierDesk>) {
    let client = app.sign_in(email).await;
    let visitor = identity(app, email, AccountRole::Supplier).await;
    let desk = server::desks::reception(&app.state, None).supplier(&visitor);
    (client, desk.unwrap())
}

/// An agent's browser, signed in, and the desk of the same person.
async fn agent(app: &TestApp, email: &str) -> (Client, Arc<dyn BuyerDesk>) {
    app.account(email, store::accounts::Role::Reviewer).await;
    let client = app.sign_in(email).await;
    let visitor = identity(app, email, AccountRole::Reviewer).await;
    let desk = server::desks::reception(&app.state, None).buyer(&visitor);
    (client, desk.unwrap())
}

fn of(id: Uuid) -> String {
    format!("subject = 'declaration:{id}'")
}
