//! The address that a person types, in the one form under which it is stored and compared.

use lettre::Address;

/// Longest address that mail servers carry.
const MAX_LENGTH: usize = 254;

/// Trimmed and in lower case; `None` when no mail could reach it. Only ASCII: what is typed is shown and compared as it is.
pub fn normalize(typed: &str) -> Option<String> {
    let address = typed.trim().to_ascii_lowercase();
    if address.len() > MAX_LENGTH || !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let parsed: Address = address.parse().ok()?;
    let domain = parsed.domain();
    let plain_domain = domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    plain_domain.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        for (typed, expected) in [
            (
                " Jeanne.Dupont@Example.FR ",
                Some("jeanne.dupont@example.fr"),
            ),
            ("a+b@sub.example.org", Some("a+b@sub.example.org")),
            ("o'neil@example.org", Some("o'neil@example.org")),
            ("", None),
            ("jeanne", None),
            ("jeanne@", None),
            ("@example.org", None),
            ("jeanne@localhost", None),
            ("jeanne@example..org", None),
            ("jeanne@-example.org", None),
            ("jeanne@[127.0.0.1]", None),
            ("jeanne dupont@example.org", None),
            ("jeanne@example.org\r\nBcc: x@evil.example", None),
            ("jeanne@example.org\0", None),
            ("a@b.org,c@d.org", None),
            ("<a@b.org>", None),
            ("jeanné@example.org", None),
        ] {
            assert_eq!(normalize(typed).as_deref(), expected, "{typed:?}");
        }
        assert_eq!(normalize(&format!("{}@example.org", "a".repeat(250))), None);
    }
}
