//! What a person types, copies or scans, reduced to the characters that count.

/// True for what may be written between the characters of an identifier: any space (narrow, non-breaking, tab), dots,
/// hyphens of every width, and the invisible characters that come along with a copy from a document.
pub(crate) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | '-'
                | '\u{ad}'
                | '\u{2010}'..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2060}'
                | '\u{feff}'
        )
}

/// Without separators.
pub(crate) fn strip(value: &str) -> String {
    value.chars().filter(|c| !is_separator(*c)).collect()
}

/// Without separators, in capitals.
pub(crate) fn strip_upper(value: &str) -> String {
    let mut out = strip(value);
    out.make_ascii_uppercase();
    out
}
