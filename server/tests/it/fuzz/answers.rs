//! What every answer must be, whatever was asked.

use super::forms::injected;
use crate::support::Page;

/// What is wrong with an answer, if anything is.
pub(super) fn trouble(page: &Page) -> Option<String> {
    if page.status >= 500 {
        return Some(format!("{}", page.status));
    }
    let kind = page.header("content-type").unwrap_or_default();
    if page.status == 303 {
        let location = page.location().unwrap_or_default();
        if !app::reply::is_local_path(location) {
            return Some(format!("leads to {location:?}"));
        }
        // What a person typed never travels in an address; what was in the address may.
        return None;
    }
    if kind.is_empty() && !page.body.is_empty() {
        return Some("a body without a type".to_owned());
    }
    if kind.starts_with("text/html") {
        if !page.body.starts_with("<!DOCTYPE html>") || !page.body.trim_end().ends_with("</html>") {
            return Some("not a whole page".to_owned());
        }
        if page.body.contains("zq7") && injected(&page.body) {
            return Some("what was sent is in the page as it is".to_owned());
        }
    } else if page.body.contains("<zq7")
        && !kind.starts_with("application/")
        && !kind.starts_with("text/csv")
    {
        return Some(format!("what was sent is in the answer, of type {kind:?}"));
    }
    None
}
