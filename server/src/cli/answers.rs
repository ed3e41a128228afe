//! `check` and `simulate`: pure answers in JSON, so that anyone can verify the rules.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use domain::identifiers::{CheckKind, check as check_identifier};
use domain::sme;
use domain::text::Lang;

use super::output::{complain, say};

/// A case is small; more is a mistake of file.
const LARGEST_CASE: u64 = 16 * 1024 * 1024;
const USAGE: u8 = 2;

/// Valid: 0. Invalid: 1.
pub(super) fn check(kind: CheckKind, value: &str) -> ExitCode {
    let answer = check_identifier(kind, value);
    match print(&answer) {
        Ok(()) if answer.valid => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// A case that cannot be read or computed: 2, and why on standard error.
pub(super) fn simulate(file: &Path) -> ExitCode {
    let json = match read(file) {
        Ok(json) => json,
        Err(error) => {
            complain(&format!("{} : {error}", file.display()));
            return ExitCode::from(USAGE);
        }
    };
    match sme::answer(&json) {
        Ok(answer) => match print(&answer) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            complain(&format!("{} [{}]", error.message(Lang::Fr), error.code()));
            ExitCode::from(USAGE)
        }
    }
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut json = Vec::new();
    if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(LARGEST_CASE)
            .read_to_end(&mut json)?;
    } else {
        std::fs::File::open(file)?
            .take(LARGEST_CASE)
            .read_to_end(&mut json)?;
    }
    Ok(json)
}

fn print(answer: &impl serde::Serialize) -> anyhow::Result<()> {
    say(&serde_json::to_string_pretty(answer)?)
}
