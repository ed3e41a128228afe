//! The settings of the evidence documents: where they are kept, how large they may be, who scans them.

use std::path::{Path, PathBuf};

use domain::documents::{DocumentLimits, MEGABYTE};
use secrecy::SecretString;

use super::reader::Reader;
use super::sections::is_loopback;

/// Where documents are kept and who scans them.
#[derive(Clone, Debug)]
pub struct DocumentsConfig {
    pub store: DocumentStore,
    pub limits: DocumentLimits,
    /// `None`: documents are not scanned, and the reviewer is told so.
    pub clamd: Option<ClamdAddress>,
}

#[derive(Clone, Debug)]
pub enum DocumentStore {
    Folder(PathBuf),
    S3(S3Store),
}

/// A bucket of an S3-compatible service.
#[derive(Clone, Debug)]
pub struct S3Store {
    pub bucket: String,
    pub prefix: String,
    /// Empty: that of the region, at Amazon.
    pub endpoint: String,
    pub region: String,
    pub key_id: String,
    pub secret: SecretString,
}

/// Where clamd listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClamdAddress {
    Tcp(String),
    Unix(PathBuf),
}

pub(super) fn documents(reader: &mut Reader, data_dir: &Path) -> DocumentsConfig {
    DocumentsConfig {
        store: store(reader, data_dir),
        limits: DocumentLimits {
            bytes: reader.number("documents.max_megabytes", 1, 100) * MEGABYTE,
            per_claim: usize::try_from(reader.number("documents.max_per_claim", 1, 50))
                .unwrap_or(1),
        },
        clamd: clamd(reader),
    }
}

fn store(reader: &mut Reader, data_dir: &Path) -> DocumentStore {
    let text = reader.text("documents.store");
    let endpoint = reader.text("documents.s3_endpoint");
    let (region, key_id) = (
        reader.text("documents.s3_region"),
        reader.text("documents.s3_key_id"),
    );
    let secret = reader.text("documents.s3_secret");
    let Some(place) = text.strip_prefix("s3://") else {
        if text.contains("://") {
            reader.problems.push(format!(
                "documents.store : « {text} » n’est ni un dossier, ni s3://seau/préfixe"
            ));
        }
        return DocumentStore::Folder(if text.is_empty() {
            data_dir.join("pieces")
        } else {
            PathBuf::from(text)
        });
    };
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    if bucket.is_empty() {
        reader
            .problems
            .push("documents.store : il manque le nom du seau, s3://seau/préfixe".to_owned());
    }
    if key_id.is_empty() || secret.is_empty() {
        reader
            .problems
            .push("documents.s3_key_id et documents.s3_secret : nécessaires avec s3://".to_owned());
    }
    let host = endpoint
        .strip_prefix("http://")
        .map(|rest| rest.split('/').next().unwrap_or(rest));
    let clear_and_far = host.is_some_and(|host| !is_loopback(host));
    let known = endpoint.is_empty() || endpoint.starts_with("https://") || host.is_some();
    if clear_and_far || !known {
        reader.problems.push(format!(
            "documents.s3_endpoint : « {endpoint} » n’est pas une adresse https"
        ));
    }
    DocumentStore::S3(S3Store {
        bucket: bucket.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint,
        region,
        key_id,
        secret: secret.into(),
    })
}

fn clamd(reader: &mut Reader) -> Option<ClamdAddress> {
    let text = reader.text("documents.clamd");
    if text.is_empty() {
        return None;
    }
    if text.starts_with('/') {
        return Some(ClamdAddress::Unix(PathBuf::from(text)));
    }
    let port = text.rsplit_once(':').map(|(_, port)| port.parse::<u16>());
    if !matches!(port, Some(Ok(_))) {
        reader.problems.push(format!(
            "documents.clamd : « {text} » n’est ni hôte:port, ni le chemin d’une socket"
        ));
    }
    Some(ClamdAddress::Tcp(text))
}
