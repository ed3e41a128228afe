//! Everything the services share: configuration, clock, store, keys, caches. Cloning is cheap.

use std::fs::File;
use std::ops::Deref;
use std::sync::Arc;

use anyhow::Context;
use app::shell::Assets;
use secrecy::ExposeSecret;
use store::buyer::BuyerStore;
use store::{Engine, Store, StoreConfig};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::catalogue::Shelf;
use crate::clock::Clock;
use crate::config::Config;
use crate::documents::Documents;
use crate::http::assets;
use crate::http::limits::RateLimits;
use crate::http::page_cache::PageCache;
use crate::keys::Keys;
use crate::registry::{self, Registry};
use crate::shutdown::Shutdown;
use crate::sign_in::session_cache::SessionCache;
use crate::uploads::Folder;

/// The shared state of one process.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Services>);

/// The company register of this configuration.
#[derive(Clone)]
pub struct RegistryHandle(Arc<dyn Registry>);

impl Deref for RegistryHandle {
    type Target = dyn Registry;

    fn deref(&self) -> &Self::Target {
        self.0.as_ref()
    }
}

impl std::fmt::Debug for RegistryHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RegistryHandle")
    }
}

/// What [`AppState`] gives access to.
#[derive(Debug)]
pub struct Services {
    pub config: Arc<Config>,
    pub clock: Clock,
    pub store: Store,
    /// The buyer database; it may be down.
    pub buyer: BuyerStore,
    pub keys: Keys,
    pub shutdown: Shutdown,
    pub limits: RateLimits,
    pub sessions: SessionCache,
    pub pages: PageCache,
    pub assets: Arc<Assets>,
    pub registry: RegistryHandle,
    /// The catalogue of the form.
    pub catalogues: Shelf,
    /// Files of contracts that wait to be imported.
    pub uploads: Folder,
    /// Evidence documents: their storage, and those on their way.
    pub documents: Documents,
    /// A hint that the outbox has something new; workers also poll, so that a lost hint only costs time.
    pub outbox: Notify,
    /// Owner of the leases that this process takes.
    pub process: Uuid,
    /// Held while this process runs its workers on a `SQLite` file.
    _lock: Option<File>,
}

impl Deref for AppState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0
    }
}

/// May several processes share what is being opened?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// A server with its workers: alone on a `SQLite` file, as many as wanted on `PostgreSQL`.
    Server,
    /// A short command beside a running server.
    Command,
}

impl AppState {
    /// Opens the database, the key and the caches. The schema is brought up to date.
    pub async fn open(config: Arc<Config>, clock: Clock, sharing: Sharing) -> anyhow::Result<Self> {
        let store_config = StoreConfig::parse(config.database_url.expose_secret())?;
        let lock = match (sharing, store_config.engine()) {
            (Sharing::Server, Engine::Sqlite) => lock_file(&store_config)?,
            _ => None,
        };
        prepare_folder(&store_config)?;
        let store = Store::connect(store_config)
            .await
            .context("la base du portail ne répond pas")?;
        store
            .migrate()
            .await
            .context("le schéma de la base du portail n’a pas pu être mis à jour")?;
        let catalogues = Shelf::default();
        catalogues
            .refresh(&store)
            .await
            .context("le catalogue du formulaire n’a pas pu être lu")?;
        let buyer = crate::feed::open(&config).await?;
        let keys = Keys::load(&config)?;
        let registry = registry::open(&config.registry, &config.origin, &store, &clock)?;
        Ok(Self(Arc::new(Services {
            limits: RateLimits::new(&config.limits, &clock),
            sessions: SessionCache::new(),
            pages: PageCache::new(config.is_https()),
            assets: Arc::new(assets::find(&config.site_root)),
            shutdown: Shutdown::new(),
            registry: RegistryHandle(registry),
            catalogues,
            outbox: Notify::new(),
            uploads: Folder::new(&config.data_dir),
            documents: Documents::open(&config)?,
            process: store::new_id(clock.now()),
            keys,
            store,
            buyer,
            clock,
            config,
            _lock: lock,
        })))
    }
}

/// The folder of a `SQLite` file must exist before the file can.
fn prepare_folder(config: &StoreConfig) -> anyhow::Result<()> {
    if let Some(folder) = config
        .sqlite_path()
        .and_then(|path| std::path::Path::new(path).parent())
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("le dossier {} ne peut pas être créé", folder.display()))?;
    }
    Ok(())
}

/// Two servers on one `SQLite` file would deliver everything twice: the second says so and stops.
fn lock_file(config: &StoreConfig) -> anyhow::Result<Option<File>> {
    let Some(path) = config
        .sqlite_path()
        .filter(|path| !path.contains(":memory:"))
    else {
        return Ok(None);
    };
    prepare_folder(config)?;
    let path = format!("{path}.lock");
    let file = File::create(&path).with_context(|| format!("{path} ne peut pas être créé"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => anyhow::bail!(
            "un autre processus sert déjà ce fichier SQLite ({path} est verrouillé) ; plusieurs processus ont besoin de PostgreSQL"
        ),
        Err(std::fs::TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("{path} ne peut pas être verrouillé"))
        }
    }
}
