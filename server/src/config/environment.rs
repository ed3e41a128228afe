//! Reads `SPASER__SECTION__KEY` and `SPASER__SECTION__KEY_FILE` as text, never guessing a type: a password `007` stays `007`.

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

use super::settings;

const PREFIX: &str = "SPASER__";

/// Settings found in environment variables.
pub(super) struct Environment {
    values: Vec<(String, String)>,
    problems: Vec<String>,
}

impl Environment {
    /// Sorts the variables of a process; those that are not ours are ignored.
    pub(super) fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut environment = Self {
            values: Vec::new(),
            problems: Vec::new(),
        };
        let mut variables: Vec<_> = variables.into_iter().collect();
        variables.sort();
        for (name, value) in variables {
            if name == "DATABASE_URL" {
                // The name every hosting platform uses. Ours, below, wins when both are set.
                environment.values.insert(0, ("database.url".into(), value));
            } else if let Some(rest) = name.strip_prefix(PREFIX) {
                let key = rest.to_ascii_lowercase().replace("__", ".");
                environment.add(&name, key, value);
            }
        }
        environment
    }

    fn add(&mut self, name: &str, key: String, value: String) {
        let secret = key
            .strip_suffix("_file")
            .and_then(settings::find)
            .filter(|setting| setting.secret);
        if let Some(setting) = secret {
            match std::fs::read_to_string(&value) {
                Ok(text) => self.values.push((
                    setting.key.into(),
                    text.trim_end_matches(['\r', '\n']).into(),
                )),
                Err(error) => self.problems.push(format!(
                    "{name} : le fichier {value} est illisible ({error})"
                )),
            }
        } else if settings::find(&key).is_some() {
            self.values.push((key, value));
        } else {
            self.problems
                .push(format!("{name} : réglage inconnu ({key})"));
        }
    }

    pub(super) fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("environnement")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let mut dict = Dict::new();
        for (key, value) in &self.values {
            let Some((section, name)) = key.split_once('.') else {
                continue;
            };
            let section = dict
                .entry(section.to_owned())
                .or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, entries) = section {
                entries.insert(name.to_owned(), Value::from(value.clone()));
            }
        }
        Ok(Map::from([(Profile::Default, dict)]))
    }
}
