//! Prints the effective configuration, secrets masked.

use std::fmt::Write;

use secrecy::ExposeSecret;

use super::reader::Reader;
use super::settings::SETTINGS;
use super::{Config, Effective, Loaded, MailMode};

/// The values in force; where a default is derived from other settings, the result is shown.
pub(super) fn effective(reader: &mut Reader, config: &Config) -> Vec<Effective> {
    SETTINGS
        .iter()
        .map(|setting| {
            let written = reader.text(setting.key);
            let value = match setting.key {
                "server.origin" => config.origin.clone(),
                "database.url" => without_password(config.database_url.expose_secret()),
                "buyer_database.url" => without_password(config.buyer_database_url.expose_secret()),
                "mail.folder" => config.mail.folder.display().to_string(),
                "mail.port" if config.mail.mode == MailMode::Smtp => config.mail.port.to_string(),
                "mail.from" => config.mail.from.clone(),
                "mail.reply_to" => config.mail.reply_to.clone(),
                "secrets.key" if written.is_empty() => {
                    format!(
                        "dans {}",
                        config.data_dir.join(crate::keys::KEY_FILE).display()
                    )
                }
                _ if setting.secret && !written.is_empty() => "********".into(),
                key if written.is_empty() => site_default(config, key).unwrap_or_default(),
                _ => written,
            };
            Effective {
                key: setting.key,
                value,
                source: reader.source(setting.key),
            }
        })
        .collect()
}

fn site_default(config: &Config, key: &str) -> Option<String> {
    let site = &config.site;
    let text = match key {
        "site.name" => &site.name,
        "site.buyer_name" => &site.buyer_name,
        "site.buyer_short_name" => &site.buyer_short_name,
        "site.buyer_siren" => &site.buyer_siren,
        "site.service" => &site.service,
        "site.postal_address" => &site.postal_address,
        "site.email" => &site.email,
        "site.phone" => &site.phone,
        "site.opening_hours_fr" => &site.opening_hours_fr,
        "site.opening_hours_en" => &site.opening_hours_en,
        "site.dpo_email" => &site.dpo_email,
        "site.publication_director" => &site.publication_director,
        "site.host_name" => &site.host.name,
        "site.host_postal_address" => &site.host.postal_address,
        "site.host_phone" => &site.host.phone,
        "site.target_solidarity" => return Some(site.targets.solidarity.to_string()),
        "site.target_social_clauses" => return Some(site.targets.social_clauses.to_string()),
        "site.target_environmental_clauses" => {
            return Some(site.targets.environmental_clauses.to_string());
        }
        _ => return None,
    };
    Some(text.clone())
}

/// `postgres://user:secret@host/base` without its secret, nor the parameters, which may hold one too.
fn without_password(url: &str) -> String {
    let url = url.split_once('?').map_or(url, |(address, parameters)| {
        if parameters == "mode=rwc" {
            url
        } else {
            address
        }
    });
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split(':').next().unwrap_or_default();
            if who.contains(':') {
                format!("{scheme}://{user}:********@{place}")
            } else {
                format!("{scheme}://{user}@{place}")
            }
        }
        None => url.to_owned(),
    }
}

/// One line a setting: `key = value   (source)`.
pub fn describe(loaded: &Loaded) -> String {
    loaded
        .values
        .iter()
        .fold(String::new(), |mut text, effective| {
            let _infallible = writeln!(
                text,
                "{} = {}   ({})",
                effective.key, effective.value, effective.source
            );
            text
        })
}
