//! The configuration: defaults in code, then an optional TOML file, then the environment; all problems told together.

mod documents_section;
mod environment;
mod mail_section;
mod print;
mod proxies;
mod reader;
mod sections;
pub mod settings;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::site::Site;
use figment::Figment;
use figment::providers::{Format, Toml};
use secrecy::SecretString;

pub use documents_section::{ClamdAddress, DocumentStore, DocumentsConfig, S3Store};
use environment::Environment;
pub use mail_section::{Encryption, MailConfig, MailMode};
pub use print::describe;
pub use proxies::Proxies;
use reader::Reader;
pub use sections::{
    HealthConfig, Limits, ListsConfig, RegistryConfig, RegistryMode, SessionsConfig,
};

/// Everything the program was told, checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub bind: SocketAddr,
    /// Scheme, host and port as browsers see them, without a final slash.
    pub origin: String,
    pub trusted_proxies: Proxies,
    pub site_root: PathBuf,
    pub data_dir: PathBuf,
    pub database_url: SecretString,
    pub buyer_database_url: SecretString,
    pub mail: MailConfig,
    pub registry: RegistryConfig,
    pub site: Arc<Site>,
    pub documents: DocumentsConfig,
    pub lists: ListsConfig,
    pub limits: Limits,
    pub sessions: SessionsConfig,
    pub health: HealthConfig,
    pub demo: bool,
    pub log: LogConfig,
    /// The key of the portal when it comes from the configuration; otherwise it lives in the data directory.
    pub key: Option<SecretString>,
}

/// What goes to the journal, and in which shape.
#[derive(Clone, Debug)]
pub struct LogConfig {
    pub filter: String,
    pub json: bool,
}

impl Config {
    /// True when browsers reach the portal over TLS.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The absolute address of a path of this portal.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// The configuration could not be used; each line is one thing to correct.
#[derive(Debug, thiserror::Error)]
#[error("{}", problem_list(.0))]
pub struct ConfigProblems(pub Vec<String>);

fn problem_list(problems: &[String]) -> String {
    let title = if problems.len() == 1 {
        "la configuration contient une erreur\u{a0}:".to_owned()
    } else {
        format!(
            "la configuration contient {} erreurs\u{a0}:",
            problems.len()
        )
    };
    problems
        .iter()
        .fold(title, |text, problem| format!("{text}\n  - {problem}"))
}

/// A configuration, and where each of its values came from.
#[derive(Debug)]
pub struct Loaded {
    pub config: Config,
    pub values: Vec<Effective>,
}

/// One effective value, as `check-config` prints it.
#[derive(Debug)]
pub struct Effective {
    pub key: &'static str,
    pub value: String,
    pub source: String,
}

/// Reads the file (`path`, or `spaser.toml` here when it exists) and the variables of the process.
pub fn load(
    path: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Loaded, ConfigProblems> {
    let environment = Environment::new(variables);
    let mut problems = environment.problems().to_vec();
    let mut figment = Figment::new().merge(Defaults);
    let file = path.map_or_else(|| PathBuf::from("spaser.toml"), Path::to_path_buf);
    if file.is_file() {
        figment = figment.merge(Toml::file_exact(&file));
    } else if path.is_some() {
        problems.push(format!("le fichier {} n’existe pas", file.display()));
    }
    let mut reader = Reader::new(figment.merge(environment));
    let config = sections::read(&mut reader);
    problems.append(&mut reader.problems);
    if problems.is_empty() {
        let values = print::effective(&mut reader, &config);
        Ok(Loaded { config, values })
    } else {
        problems.dedup();
        Err(ConfigProblems(problems))
    }
}

/// The defaults of [`settings::SETTINGS`], as the lowest layer.
struct Defaults;

impl figment::Provider for Defaults {
    fn metadata(&self) -> figment::Metadata {
        figment::Metadata::named("défaut")
    }

    fn data(
        &self,
    ) -> Result<figment::value::Map<figment::Profile, figment::value::Dict>, figment::Error> {
        use figment::value::{Dict, Value};
        let mut dict = Dict::new();
        for setting in settings::SETTINGS {
            let Some((section, name)) = setting.key.split_once('.') else {
                continue;
            };
            let section = dict
                .entry(section.to_owned())
                .or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, entries) = section {
                entries.insert(name.to_owned(), Value::from(setting.default));
            }
        }
        Ok(figment::value::Map::from([(
            figment::Profile::Default,
            dict,
        )]))
    }
}
