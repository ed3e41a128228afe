//! `spaser contracts check`: files of contracts against the official schema, without importing anything.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde::Serialize;
use store::buyer::contracts::Conformity;

use super::output::{complain, say};
use crate::contracts::Source;
use crate::contracts::conformity::{Checker, Schema};

/// What is said of one file.
#[derive(Debug, Serialize)]
struct Report {
    file_name: String,
    sha256: String,
    format: &'static str,
    /// None: the format has no JSON Schema, nothing was compared.
    schema: Option<&'static str>,
    checked: u64,
    conforming: u64,
    breaches: Vec<Breach>,
    /// Why the file could not be read to its end: what comes before is compared.
    failure: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Breach {
    place: String,
    rule: String,
    records: u64,
    first_position: u64,
    first_value: String,
}

/// Needs neither configuration nor database.
pub(super) fn run(files: &[PathBuf]) -> ExitCode {
    match compare(files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn compare(files: &[PathBuf]) -> anyhow::Result<()> {
    let mut all = Vec::new();
    for file in files {
        all.push(check(file).with_context(|| file.display().to_string())?);
    }
    say(&serde_json::to_string_pretty(&all)?)?;
    if let Some(one) = all.iter().find(|one| one.schema.is_none()) {
        bail!(
            "{} : seuls les fichiers JSON sont comparés au schéma officiel",
            one.file_name
        );
    }
    if let Some(one) = all.iter().find(|one| one.failure.is_some()) {
        bail!(
            "{} : le fichier ne peut pas être lu jusqu’au bout",
            one.file_name
        );
    }
    let wrong: u64 = all.iter().map(|one| one.checked - one.conforming).sum();
    if wrong > 0 {
        bail!("{wrong} enregistrement(s) non conforme(s)");
    }
    Ok(())
}

fn check(file: &Path) -> anyhow::Result<Report> {
    let source = Source::open(file)?;
    let (mut found, mut failure) = (Conformity::default(), None);
    if let Some(schema) = source.schema {
        let checker = Checker::new(schema)?;
        for (position, element) in (1_u64..).zip(source.elements()?) {
            match element {
                Ok(element) => checker.compare(position, &element, &mut found),
                Err(broken) => failure = Some(broken.code()),
            }
        }
    }
    let Conformity {
        checked,
        conforming,
        breaches,
    } = found;
    let mut breaches: Vec<_> = breaches
        .into_iter()
        .map(|((place, rule), found)| Breach {
            place,
            rule,
            records: found.records,
            first_position: found.position,
            first_value: found.value,
        })
        .collect();
    breaches.sort_by_key(|one| std::cmp::Reverse(one.records));
    Ok(Report {
        file_name: source.name.clone(),
        sha256: source.sha256.clone(),
        format: source.format.code(),
        schema: source.schema.map(Schema::version),
        checked,
        conforming,
        breaches,
        failure,
    })
}
