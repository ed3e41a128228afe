//! From a route to the one who delivers it: mails and the feed.

use std::sync::Arc;

use async_trait::async_trait;
use store::Store;
use store::buyer::BuyerStore;

use super::{Batch, Deliver, Failure, Outcome, Route, Settings, Worker};
use crate::catalogue::Shelf;
use crate::clock::Clock;
use crate::config::Config;
use crate::feed;
use crate::keys::Keys;
use crate::mail::{self, Letter, Post, Texts, Transport};

/// Everything that delivering needs.
pub struct Dispatch {
    pub store: Store,
    pub clock: Clock,
    pub transport: Arc<dyn Transport>,
    pub post: Post,
    pub buyer: BuyerStore,
}

#[async_trait]
impl Deliver for Dispatch {
    async fn deliver(&self, batch: &Batch) -> Result<Outcome, Failure> {
        let now = self.clock.now();
        let made = match batch.route {
            Route::SignIn => self.post.sign_in(batch, now)?,
            Route::Supplier => self.post.supplier(&self.store, batch, now).await?,
            Route::Buyer => self.post.buyer(&self.store, batch, now).await?,
            Route::Invitation => self.post.invitation(&self.store, batch, now).await?,
            Route::Prepared => self.post.prepared(&self.store, batch, now).await?,
            Route::Feed => return feed::deliver(&self.store, &self.buyer, batch, now).await,
        };
        match made {
            Ok(letter) => self.send(&letter).await,
            Err(moot) => Ok(Outcome::Moot(moot)),
        }
    }
}

impl Dispatch {
    async fn send(&self, letter: &Letter) -> Result<Outcome, Failure> {
        self.transport.send(letter).await?;
        Ok(Outcome::Delivered)
    }
}

/// The worker of this configuration.
pub fn open(
    config: &Arc<Config>,
    store: &Store,
    clock: &Clock,
    buyer: BuyerStore,
    catalogues: Shelf,
) -> anyhow::Result<Worker> {
    let dispatch = Dispatch {
        store: store.clone(),
        clock: clock.clone(),
        transport: mail::open(&config.mail)?,
        post: Post::new(
            Texts::new()?,
            Arc::clone(config),
            Keys::load(config)?,
            catalogues,
        ),
        buyer,
    };
    Ok(Worker::new(
        store.clone(),
        clock.clone(),
        Arc::new(dispatch),
        Settings::default(),
    ))
}
