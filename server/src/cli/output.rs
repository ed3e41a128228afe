//! Standard output for answers, standard error for people.

use std::io::{self, Write};

/// Writes an answer and a line end to standard output.
pub(super) fn say(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(())
}

/// Writes to standard error; nobody is left to tell if that fails.
pub(super) fn complain(text: &str) {
    let _nobody_to_tell = writeln!(io::stderr().lock(), "spaser : {text}");
}
