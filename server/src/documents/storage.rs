//! Where the content of documents lies: a folder of this machine, or a bucket, under the checksum of the content.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ClientOptions, GetResult, ObjectStore, ObjectStoreExt, Result, RetryConfig};
use secrecy::ExposeSecret;

use crate::config::{DocumentStore, S3Store};

/// Of one request to the bucket.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub struct Storage {
    store: Box<dyn ObjectStore>,
    prefix: Path,
    /// The folder, when it is one.
    folder: Option<PathBuf>,
}

/// What is kept of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Content,
    /// A picture of its first page.
    Preview,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Content => "contenu",
            Self::Preview => "apercu",
        }
    }
}

impl Storage {
    pub fn open(config: &DocumentStore) -> anyhow::Result<Self> {
        match config {
            DocumentStore::Folder(folder) => {
                std::fs::create_dir_all(folder).with_context(|| {
                    format!("le dossier {} ne peut pas être créé", folder.display())
                })?;
                Ok(Self {
                    store: Box::new(LocalFileSystem::new_with_prefix(folder)?),
                    prefix: Path::default(),
                    folder: Some(folder.clone()),
                })
            }
            DocumentStore::S3(config) => Ok(Self {
                store: Box::new(bucket(config)?),
                prefix: Path::parse(&config.prefix).context("documents.store")?,
                folder: None,
            }),
        }
    }

    fn path(&self, part: Part, sha256: &str) -> Path {
        let first = sha256.get(..2).unwrap_or("00");
        self.prefix
            .clone()
            .join(part.name())
            .join(first)
            .join(sha256)
    }

    /// Keeps content, whole or not at all. Keeping the same again changes nothing but its date.
    pub async fn put(&self, part: Part, sha256: &str, content: Bytes) -> Result<()> {
        let at = self.path(part, sha256);
        self.store.put(&at, content.into()).await?;
        if let Some(folder) = &self.folder {
            // On the disk before anything names it.
            let file = folder.join(at.as_ref());
            let synced = tokio::task::spawn_blocking(move || std::fs::File::open(file)?.sync_all());
            synced
                .await
                .map_err(std::io::Error::other)
                .flatten()
                .map_err(|error| object_store::Error::Generic {
                    store: "folder",
                    source: Box::new(error),
                })?;
        }
        Ok(())
    }

    pub async fn get(&self, part: Part, sha256: &str) -> Result<GetResult> {
        self.store.get(&self.path(part, sha256)).await
    }

    pub async fn has(&self, part: Part, sha256: &str) -> Result<bool> {
        match self.store.head(&self.path(part, sha256)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Removes what was last put before `before`; what is not there is no fault. What was put since may be somebody's by now.
    pub async fn delete_older(&self, sha256: &str, before: DateTime<Utc>) -> Result<()> {
        match self.store.head(&self.path(Part::Content, sha256)).await {
            Ok(meta) if meta.last_modified >= before => return Ok(()),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
        for part in [Part::Content, Part::Preview] {
            match self.store.delete(&self.path(part, sha256)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The contents that were last written before `before`.
    pub async fn older_than(&self, before: DateTime<Utc>) -> Result<Vec<String>> {
        let folder = self.prefix.clone().join(Part::Content.name());
        let listed = self.store.list(Some(&folder));
        listed
            .try_filter(|meta| std::future::ready(meta.last_modified < before))
            .map(|meta| meta.map(|meta| meta.location.filename().unwrap_or_default().to_owned()))
            .try_collect()
            .await
    }
}

fn bucket(config: &S3Store) -> anyhow::Result<object_store::aws::AmazonS3> {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&config.bucket)
        .with_region(&config.region)
        .with_access_key_id(&config.key_id)
        .with_secret_access_key(config.secret.expose_secret())
        // Somebody waits for the answer: better soon that it cannot be than late that it can.
        .with_retry(RetryConfig {
            max_retries: 2,
            retry_timeout: PATIENCE,
            ..RetryConfig::default()
        })
        .with_client_options(
            ClientOptions::new()
                .with_connect_timeout(Duration::from_secs(5))
                .with_timeout(PATIENCE),
        );
    if !config.endpoint.is_empty() {
        builder = builder
            .with_endpoint(&config.endpoint)
            // The settings allow http towards this machine only.
            .with_allow_http(config.endpoint.starts_with("http://"));
    }
    builder.build().context("documents.store")
}
