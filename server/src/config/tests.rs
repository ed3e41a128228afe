//! What the configuration accepts, refuses and prints.
#![expect(clippy::unwrap_used, clippy::unwrap_in_result, reason = "tests")]

use std::io::Write;

use secrecy::ExposeSecret;

use super::*;

fn with(pairs: &[(&str, &str)]) -> Result<Loaded, ConfigProblems> {
    with_file("", pairs)
}

fn with_file(toml: &str, pairs: &[(&str, &str)]) -> Result<Loaded, ConfigProblems> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(toml.as_bytes()).unwrap();
    let variables: Vec<_> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    load(Some(file.path()), variables)
}

fn problems(result: Result<Loaded, ConfigProblems>) -> Vec<String> {
    result.map(|_| ()).unwrap_err().0
}

#[test]
fn the_defaults_start_a_working_portal() {
    let config = with(&[]).unwrap().config;
    assert_eq!(config.bind.to_string(), "127.0.0.1:3000");
    assert_eq!(config.origin, "http://127.0.0.1:3000");
    assert_eq!(
        config.database_url.expose_secret(),
        "sqlite://var/spaser.sqlite?mode=rwc"
    );
    assert_eq!(config.mail.mode, MailMode::Folder);
    assert_eq!(config.registry.mode, RegistryMode::Embedded);
    assert!(!config.demo);
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let loaded = with_file(
        "[server]\nbind = \"127.0.0.1:4000\"\n[limits]\nlinks_per_ip = 7\nlinks_total = 8\n[site]\nname = \"Achats durables\"",
        &[("SPASER__LIMITS__LINKS_PER_IP", "9")],
    )
    .unwrap();
    assert_eq!(loaded.config.origin, "http://127.0.0.1:4000");
    assert_eq!(loaded.config.limits.links_per_ip, 9);
    assert_eq!(loaded.config.limits.links_total, 8);
    assert_eq!(loaded.config.site.name, "Achats durables");
    assert!(loaded.config.mail.from.starts_with("Achats durables <"));
}

#[test]
fn every_problem_is_told_at_once() {
    let found = problems(with_file(
        "[mail]\nhots = \"x\"\nencryption = \"maybe\"",
        &[
            ("SPASER__SERVER__BIND", "here"),
            ("SPASER__LIMITS__LINKS_PER_IP", "0"),
            ("SPASER__MAIL__PORT", "-1"),
            ("SPASER__NOPE__NOPE", "1"),
            ("SPASER__MAIL__FROM", "not an address"),
            ("SPASER__DATABASE__URL", "mysql://secret@x"),
        ],
    ));
    for expected in [
        "mail.hots",
        "mail.encryption",
        "server.bind",
        "limits.links_per_ip",
        "mail.port",
        "SPASER__NOPE__NOPE",
        "mail.from",
        "database.url",
    ] {
        assert!(
            found.iter().any(|problem| problem.starts_with(expected)),
            "{expected} in {found:#?}"
        );
    }
    assert_eq!(found.len(), 8, "{found:#?}");
    assert!(!found.iter().any(|problem| problem.contains("secret")));
}

#[test]
fn a_broken_file_and_a_missing_file_are_told() {
    assert!(!problems(with_file("[server", &[])).is_empty());
    let missing = load(Some(Path::new("/nonexistent/spaser.toml")), []);
    assert!(missing.unwrap_err().to_string().contains("n’existe pas"));
}

#[test]
fn a_secret_may_come_from_a_file_and_is_never_printed() {
    let mut secret = tempfile::NamedTempFile::new().unwrap();
    writeln!(secret, "0042").unwrap();
    let path = secret.path().to_str().unwrap().to_owned();
    let loaded = with(&[
        ("SPASER__MAIL__USER", "portail"),
        ("SPASER__MAIL__PASSWORD_FILE", &path),
        (
            "SPASER__DATABASE__URL",
            "postgres://u:hunter2@db/spaser?password=hunter3",
        ),
    ])
    .unwrap();
    assert_eq!(loaded.config.mail.password.expose_secret(), "0042");
    let printed = describe(&loaded);
    assert!(printed.contains("mail.password = ********"), "{printed}");
    assert!(
        printed.contains("postgres://u:********@db/spaser "),
        "{printed}"
    );
    assert!(!printed.contains("0042") && !printed.contains("hunter"));
    assert!(!format!("{:?}", loaded.config).contains("hunter"));
}

#[test]
fn only_secrets_may_come_from_a_file() {
    let found = problems(with(&[("SPASER__MAIL__HOST_FILE", "/etc/hostname")]));
    assert!(
        found.iter().any(|problem| problem.contains("inconnu")),
        "{found:?}"
    );
}

#[test]
fn mail_in_clear_stays_on_the_machine() {
    let base = [
        ("SPASER__MAIL__MODE", "smtp"),
        ("SPASER__MAIL__ENCRYPTION", "none"),
    ];
    for (host, accepted) in [
        ("localhost", true),
        ("127.0.0.1", true),
        ("::1", true),
        ("smtp.example.org", false),
    ] {
        let result = with(&[base.as_slice(), &[("SPASER__MAIL__HOST", host)]].concat());
        assert_eq!(result.is_ok(), accepted, "{host}");
    }
    assert!(
        with(&[("SPASER__MAIL__MODE", "smtp")]).is_err(),
        "a host is needed"
    );
}

#[test]
fn the_origin_is_strict() {
    for (origin, expected) in [
        (
            "https://spaser.example.fr/",
            Some("https://spaser.example.fr"),
        ),
        (
            "https://Spaser.example.fr:443",
            Some("https://spaser.example.fr"),
        ),
        (
            "https://spaser.example.fr:8443",
            Some("https://spaser.example.fr:8443"),
        ),
        ("http://localhost:3000", Some("http://localhost:3000")),
        ("http://[::1]:3000", Some("http://[::1]:3000")),
        ("http://spaser.example.fr", None),
        ("spaser.example.fr", None),
        ("https://a.fr/path", None),
        ("https://user@a.fr", None),
        ("ftp://a.fr", None),
    ] {
        let result = with(&[("SPASER__SERVER__ORIGIN", origin)]);
        assert_eq!(
            result.ok().map(|loaded| loaded.config.origin).as_deref(),
            expected,
            "{origin}"
        );
    }
}

#[test]
fn database_url_of_hosting_platforms_is_read_and_ours_wins() {
    let platform = ("DATABASE_URL", "postgres://p@h/platform");
    let ours = ("SPASER__DATABASE__URL", "postgres://p@h/ours");
    let url = |pairs: &[(&str, &str)]| {
        with(pairs)
            .unwrap()
            .config
            .database_url
            .expose_secret()
            .to_owned()
    };
    assert_eq!(url(&[platform]), platform.1);
    assert_eq!(url(&[platform, ours]), ours.1);
}

#[test]
fn a_sample_key_is_refused() {
    for (key, accepted) in [
        ("00".repeat(32), false),
        ("abcd".into(), false),
        ("0123456789abcdef".repeat(4), true),
    ] {
        assert_eq!(
            with(&[("SPASER__SECRETS__KEY", &key)]).is_ok(),
            accepted,
            "{key}"
        );
    }
}

#[test]
fn every_setting_has_a_section_a_help_and_is_unique() {
    let mut keys: Vec<_> = settings::SETTINGS
        .iter()
        .map(|setting| setting.key)
        .collect();
    assert!(
        settings::SETTINGS
            .iter()
            .all(|setting| !setting.help.is_empty() && setting.key.split('.').count() == 2)
    );
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count);
}
