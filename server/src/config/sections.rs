//! Turns settings into the typed sections of the configuration, with the checks that cross several settings.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::site::Site;
use domain::documents::MEGABYTE;
use secrecy::SecretString;

use super::documents_section::documents;
use super::mail_section::mail;
use super::reader::Reader;
use super::{Config, LogConfig};

/// Where companies are looked up.
#[derive(Clone, Debug)]
pub struct RegistryConfig {
    pub mode: RegistryMode,
    pub url: String,
    pub timeout: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistryMode {
    Embedded,
    Api,
}

/// Sizes, durations and rates.
#[derive(Clone, Debug)]
pub struct Limits {
    pub body_bytes: usize,
    /// Of a file of contracts.
    pub upload_bytes: u64,
    pub request: Duration,
    pub shutdown: Duration,
    pub links_per_address: u32,
    pub links_per_ip: u32,
    pub links_total: u32,
    pub codes_per_ip: u32,
    pub actions_per_minute: u32,
    pub typing_per_minute: u32,
    pub lookups_per_minute: u32,
}

/// What is taken of published lists.
#[derive(Clone, Copy, Debug)]
pub struct ListsConfig {
    /// Of a file.
    pub max_bytes: u64,
    /// A list that loses more than so many percent of its rows is put in force only once somebody says that this is right.
    pub shrink_percent: u32,
}

/// How long a session lasts, on each side.
#[derive(Clone, Copy, Debug)]
pub struct SessionsConfig {
    pub supplier_idle: chrono::Duration,
    pub supplier_absolute: chrono::Duration,
    pub buyer_idle: chrono::Duration,
    pub buyer_absolute: chrono::Duration,
}

/// Ages beyond which the portal says that it is not well.
#[derive(Clone, Copy, Debug)]
pub struct HealthConfig {
    pub outbox: chrono::Duration,
    pub feed: chrono::Duration,
    pub scans: chrono::Duration,
}

pub(super) fn read(reader: &mut Reader) -> Config {
    let bind = reader.parsed(
        "server.bind",
        "une adresse avec son port (exemple : 127.0.0.1:3000)",
        SocketAddr::from(([127, 0, 0, 1], 3000)),
    );
    let data_dir = reader.path("data.dir");
    let site = site(reader);
    Config {
        bind,
        origin: origin(reader, bind),
        trusted_proxies: reader.parsed(
            "server.trusted_proxies",
            "une liste d’adresses ou de réseaux (exemple : 10.0.0.0/8, ::1)",
            super::Proxies::default(),
        ),
        site_root: reader.path("server.site_root"),
        database_url: database(reader, "database.url", &data_dir, "spaser.sqlite"),
        buyer_database_url: database(reader, "buyer_database.url", &data_dir, "acheteur.sqlite"),
        mail: mail(reader, &data_dir, &site),
        registry: registry(reader),
        site: Arc::new(site),
        documents: documents(reader, &data_dir),
        lists: ListsConfig {
            max_bytes: reader.number("lists.max_megabytes", 1, 1000) * MEGABYTE,
            shrink_percent: u32::try_from(reader.number("lists.shrink_percent", 0, 100))
                .unwrap_or(0),
        },
        limits: limits(reader),
        sessions: SessionsConfig {
            supplier_idle: minutes(reader, "sessions.supplier_idle_minutes"),
            supplier_absolute: hours(reader, "sessions.supplier_hours"),
            buyer_idle: minutes(reader, "sessions.buyer_idle_minutes"),
            buyer_absolute: hours(reader, "sessions.buyer_hours"),
        },
        health: HealthConfig {
            outbox: seconds(reader, "health.outbox_seconds"),
            feed: seconds(reader, "health.feed_seconds"),
            scans: seconds(reader, "health.scans_seconds"),
        },
        demo: truth(reader, "demo.enabled"),
        log: LogConfig {
            filter: log_filter(reader),
            json: reader.choice("log.format", &[("json", true), ("text", false)], true),
        },
        key: key(reader),
        data_dir,
    }
}

/// The origin is compared byte for byte with what browsers send, so its shape is strict.
fn origin(reader: &mut Reader, bind: SocketAddr) -> String {
    let text = reader.text("server.origin");
    if text.is_empty() {
        return format!("http://{bind}");
    }
    let text = text.trim_end_matches('/').to_ascii_lowercase();
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host_is_plain = rest.is_some_and(|host| {
        !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'))
    });
    if !host_is_plain {
        reader.problems.push(format!(
            "server.origin : « {text} » n’est pas une adresse publique (exemple : https://spaser.exemple.fr)"
        ));
    } else if text.starts_with("http://") && !rest.is_some_and(is_loopback) {
        reader.problems.push(format!(
            "server.origin : {text} serait en clair ; https est nécessaire hors de la machine elle-même, car les cookies de session sont Secure"
        ));
    }
    text.strip_suffix(":443")
        .filter(|text| text.starts_with("https://"))
        .unwrap_or(&text)
        .to_owned()
}

/// True for a host (with or without a port) that is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    if let Ok(address) = host.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    name == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .or_else(|_| name.parse())
            .is_ok_and(|address| address.is_loopback())
}

fn database(reader: &mut Reader, key: &str, data_dir: &Path, file: &str) -> SecretString {
    let text = reader.text(key);
    if text.is_empty() {
        return format!("sqlite://{}?mode=rwc", data_dir.join(file).display()).into();
    }
    if !["sqlite:", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
    {
        // The text is not repeated: it may hold a password.
        reader.problems.push(format!(
            "{key} : l’adresse doit commencer par sqlite: ou postgres://"
        ));
    }
    text.into()
}

fn registry(reader: &mut Reader) -> RegistryConfig {
    let url = reader.text("registry.url").trim_end_matches('/').to_owned();
    let clear_and_far = url
        .strip_prefix("http://")
        .is_some_and(|rest| !is_loopback(rest.split('/').next().unwrap_or(rest)));
    if clear_and_far || !(url.starts_with("https://") || url.starts_with("http://")) {
        reader.problems.push(format!(
            "registry.url : « {url} » n’est pas une adresse https"
        ));
    }
    RegistryConfig {
        mode: reader.choice(
            "registry.mode",
            &[
                ("embedded", RegistryMode::Embedded),
                ("api", RegistryMode::Api),
            ],
            RegistryMode::Embedded,
        ),
        url,
        timeout: Duration::from_secs(reader.number("registry.timeout_seconds", 1, 60)),
    }
}

fn limits(reader: &mut Reader) -> Limits {
    let rate = |reader: &mut Reader, key| {
        u32::try_from(reader.number(key, 1, 1_000_000)).unwrap_or(u32::MAX)
    };
    Limits {
        body_bytes: usize::try_from(reader.number("limits.body_bytes", 10_000, 100_000_000))
            .unwrap_or(usize::MAX),
        upload_bytes: reader.number("limits.upload_bytes", 100_000, 1_000_000_000_000),
        request: Duration::from_secs(reader.number("limits.request_seconds", 1, 600)),
        shutdown: Duration::from_secs(reader.number("limits.shutdown_seconds", 1, 600)),
        links_per_address: rate(reader, "limits.links_per_address"),
        links_per_ip: rate(reader, "limits.links_per_ip"),
        links_total: rate(reader, "limits.links_total"),
        codes_per_ip: rate(reader, "limits.codes_per_ip"),
        actions_per_minute: rate(reader, "limits.actions_per_minute"),
        typing_per_minute: rate(reader, "limits.typing_per_minute"),
        lookups_per_minute: rate(reader, "limits.lookups_per_minute"),
    }
}

fn truth(reader: &mut Reader, key: &str) -> bool {
    reader.choice(key, &[("true", true), ("false", false)], false)
}

fn seconds(reader: &mut Reader, key: &str) -> chrono::Duration {
    chrono::Duration::seconds(reader.number(key, 1, 31_536_000).cast_signed())
}

fn minutes(reader: &mut Reader, key: &str) -> chrono::Duration {
    chrono::Duration::minutes(reader.number(key, 1, 525_600).cast_signed())
}

fn hours(reader: &mut Reader, key: &str) -> chrono::Duration {
    chrono::Duration::hours(reader.number(key, 1, 8_760).cast_signed())
}

fn log_filter(reader: &mut Reader) -> String {
    let text = reader.required("log.filter");
    if let Err(error) = text.parse::<tracing_subscriber::EnvFilter>() {
        reader.problems.push(format!(
            "log.filter : « {text} » n’est pas un filtre ({error})"
        ));
    }
    text
}

fn key(reader: &mut Reader) -> Option<SecretString> {
    let text = reader.text("secrets.key");
    if text.is_empty() {
        return None;
    }
    let well_formed = hex::decode(&text).is_ok_and(|bytes| {
        // 32 identical bytes are somebody's example, not a key.
        bytes.len() == 32 && bytes.iter().any(|byte| Some(byte) != bytes.first())
    });
    if !well_formed {
        reader.problems.push(
            "secrets.key : 64 chiffres hexadécimaux sont attendus, tirés au hasard (openssl rand -hex 32)".into(),
        );
    }
    Some(text.into())
}

/// The identity of the portal; an empty setting keeps the default of [`Site`].
fn site(reader: &mut Reader) -> Site {
    let mut site = Site::default();
    for (key, field) in [
        ("site.name", &mut site.name),
        ("site.buyer_name", &mut site.buyer_name),
        ("site.buyer_short_name", &mut site.buyer_short_name),
        ("site.buyer_siren", &mut site.buyer_siren),
        ("site.service", &mut site.service),
        ("site.postal_address", &mut site.postal_address),
        ("site.email", &mut site.email),
        ("site.phone", &mut site.phone),
        ("site.opening_hours_fr", &mut site.opening_hours_fr),
        ("site.opening_hours_en", &mut site.opening_hours_en),
        ("site.dpo_email", &mut site.dpo_email),
        ("site.publication_director", &mut site.publication_director),
        ("site.host_name", &mut site.host.name),
        ("site.host_postal_address", &mut site.host.postal_address),
        ("site.host_phone", &mut site.host.phone),
    ] {
        let text = reader.text(key);
        if !text.is_empty() {
            *field = text;
        }
    }
    for (key, field) in [
        ("site.target_solidarity", &mut site.targets.solidarity),
        (
            "site.target_social_clauses",
            &mut site.targets.social_clauses,
        ),
        (
            "site.target_environmental_clauses",
            &mut site.targets.environmental_clauses,
        ),
    ] {
        if !reader.text(key).is_empty() {
            *field = u8::try_from(reader.number(key, 0, 100)).unwrap_or(100);
        }
    }
    site.demonstration = reader.text("demo.enabled") == "true";
    site
}
