//! The commands, by the real program: what they print, and how they end.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn spaser(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spaser"));
    command.args(arguments).current_dir(folder).env_clear();
    command
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn check_answers_in_json_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code, expected) in [
        (
            ["siren", "200 054 807"],
            0,
            serde_json::json!({"valid": true, "normalized": "200054807", "reason": null, "vat": "FR19200054807"}),
        ),
        (
            ["siret", "35600000000048"],
            0,
            serde_json::json!({"valid": true, "normalized": "35600000000048", "reason": null, "siren": "356000000"}),
        ),
    ] {
        let output = spaser(folder.path(), &["check", arguments[0], arguments[1]]);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert_eq!(json(&output), expected, "{arguments:?}");
        assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    }
    for (kind, value) in [
        ("siren", "200054808"),
        ("siret", "2000548070000"),
        ("vat", "53200054807"),
        ("siae", ""),
        ("siren", "-5"),
        ("siren", "--help"),
        ("vat", "-"),
    ] {
        let output = spaser(folder.path(), &["check", kind, value]);
        assert_eq!(output.status.code(), Some(1), "{kind} {value}");
        let answer = json(&output);
        assert_eq!(answer["valid"], false);
        assert!(answer["normalized"].is_string());
        assert!(!answer["reason"].as_str().unwrap().is_empty());
        assert!(!answer["code"].as_str().unwrap().is_empty());
        assert!(answer.get("siren").is_none() && answer.get("vat").is_none());
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn check_needs_no_configuration() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("spaser.toml"), "broken = [").unwrap();
    let output = command(folder.path(), &["check", "siren", "200054807"])
        .env("SPASER__NOPE", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn usage_errors_end_with_two() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["check"][..],
        &["check", "siren"],
        &["check", "iban", "x"],
        &["check", "siren", "a", "b"],
        &["simulate", "sme"],
        &["simulate", "sme", "/nonexistent/case.json"],
        &["simulate", "sme", "."],
        &["nothing"],
        &[],
    ] {
        let output = spaser(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

const CASE: &str = r#"{
    "id": "T", "target": "A",
    "enterprises": { "A": { "kind": "enterprise", "awu": 9, "turnover_eur": 100000, "balance_eur": 50000 } }
}"#;

fn simulate(input: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path(), &["simulate", "sme", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn simulate_reads_a_file_or_the_standard_input() {
    let output = simulate(CASE.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let answer = json(&output);
    assert_eq!(answer["eu_category"], "micro");
    assert!(answer["fr_category_linked_only"].is_string());
    for figure in ["awu", "turnover_eur", "balance_eur"] {
        assert!(!answer["consolidated"][figure].is_null(), "{figure}");
    }
    assert!(!answer["explanation"].as_array().unwrap().is_empty());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.json"), CASE).unwrap();
    assert_eq!(
        json(&spaser(folder.path(), &["simulate", "sme", "case.json"])),
        answer
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_case_that_cannot_be_computed_ends_with_two_and_names_what_is_wrong() {
    for (case, named) in [
        ("", "JSON"),
        ("{}", "target"),
        (&CASE.replace("\"awu\": 9,", ""), "A"),
        (&CASE.replace("\"target\"", "\"cible\""), "cible"),
        (&CASE.replace("\"target\": \"A\"", "\"target\": \"B\""), "B"),
        (&CASE.replace("\"enterprise\"", "\"moonbase\""), "moonbase"),
        ("\u{feff}[", "JSON"),
    ] {
        let output = simulate(case.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{case}");
        assert!(output.stdout.is_empty(), "{case}");
        assert!(
            text(&output.stderr).contains(named),
            "{case}: {}",
            text(&output.stderr)
        );
    }
    assert_eq!(simulate(b"{\"target\": \"\xff\"}").status.code(), Some(2));
}

#[test]
fn check_config_prints_everything_or_every_problem() {
    let folder = tempfile::tempdir().unwrap();
    let output = spaser(folder.path(), &["check-config"]);
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    for setting in server::config::settings::SETTINGS {
        assert!(
            printed.contains(&format!("{} = ", setting.key)),
            "{}",
            setting.key
        );
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is created"
    );
    std::fs::write(
        folder.path().join("spaser.toml"),
        "[mail]\nmode = \"smtp\"\npassword = \"hunter2\"\n[server]\nbind = \"x\"\n",
    )
    .unwrap();
    let output = spaser(folder.path(), &["check-config"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    for problem in ["server.bind", "mail.host", "mail.user"] {
        assert!(said.contains(problem), "{problem}: {said}");
    }
    assert!(!said.contains("hunter2"));
}

#[test]
fn accounts_are_opened_listed_and_closed() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| spaser(folder.path(), arguments);
    let create = [
        "account",
        "create",
        "Camille@Metropole.example",
        "--name",
        "Camille Martin",
        "--quality",
        "Chargée de mission",
    ];
    let output = run(&create);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let again = run(&create);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("a déjà un compte"));
    run(&[
        "account",
        "create",
        "chef@metropole.example",
        "--name",
        "C",
        "--quality",
        "Q",
        "--role",
        "administrator",
    ]);
    let listed = text(&run(&["account", "list"]).stdout);
    assert!(
        listed.contains(
            "camille@metropole.example\treviewer\touvert\tCamille Martin\tChargée de mission"
        ),
        "{listed}"
    );
    assert!(
        listed.contains("chef@metropole.example\tadministrator"),
        "{listed}"
    );
    assert_eq!(
        run(&["account", "disable", "camille@metropole.example"])
            .status
            .code(),
        Some(0)
    );
    assert!(
        text(&run(&["account", "list"]).stdout)
            .contains("camille@metropole.example\treviewer\tfermé")
    );
    for wrong in [
        &["account", "disable", "personne@metropole.example"][..],
        &[
            "account",
            "create",
            "pas-une-adresse",
            "--name",
            "N",
            "--quality",
            "Q",
        ],
        &[
            "account",
            "create",
            "x@metropole.example",
            "--name",
            " ",
            "--quality",
            "Q",
        ],
    ] {
        assert_eq!(run(wrong).status.code(), Some(1), "{wrong:?}");
    }
    assert_eq!(
        run(&[
            "account",
            "create",
            "x@metropole.example",
            "--role",
            "supplier"
        ])
        .status
        .code(),
        Some(2)
    );
}

#[test]
fn migrate_can_be_run_twice() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let output = spaser(folder.path(), &["migrate"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
}

#[test]
fn feed_status_answers_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let output = spaser(folder.path(), &["feed", "status"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(json(&output).is_array() || json(&output).is_object());
}

#[test]
fn contracts_are_exported_to_the_output_or_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let output = spaser(
        folder.path(),
        &["contracts", "export", "--year", "2025", "--lang", "en"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let csv = text(&output.stdout);
    assert!(
        csv.starts_with("\u{FEFF}Buying establishment,Contract,"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 1, "{csv}");
    let output = spaser(
        folder.path(),
        &[
            "contracts",
            "export",
            "--year",
            "2025",
            "--mode",
            "current",
            "--format",
            "xlsx",
            "--out",
            "list.xlsx",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    let file = std::fs::read(folder.path().join("list.xlsx")).unwrap();
    assert!(file.starts_with(b"PK"));
}

#[test]
fn contracts_are_checked_against_the_official_schema_without_importing() {
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../../app/domain/tests/data/example_marches_concessions.json");
    std::fs::write(folder.path().join("good.json"), example).unwrap();
    std::fs::write(
        folder.path().join("bad.json"),
        example.replace("\"montant\"", "\"prix\""),
    )
    .unwrap();
    std::fs::write(folder.path().join("table.csv"), "id,acheteur_id\n").unwrap();
    let check = |file: &str| spaser(folder.path(), &["contracts", "check", file]);
    let good = check("good.json");
    assert_eq!(good.status.code(), Some(0), "{}", text(&good.stderr));
    let said = &json(&good)[0];
    assert_eq!(
        (&said["schema"], &said["checked"], &said["conforming"]),
        (&"2.0.3".into(), &4.into(), &4.into())
    );
    let bad = check("bad.json");
    assert_eq!(bad.status.code(), Some(1));
    let breaches = &json(&bad)[0]["breaches"];
    assert!(
        breaches
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["place"] == "montant" && one["rule"] == "required"),
        "{breaches}"
    );
    std::fs::write(
        folder.path().join("cut.json"),
        example.get(..example.len() - 40).unwrap(),
    )
    .unwrap();
    let cut = spaser(
        folder.path(),
        &["contracts", "check", "cut.json", "good.json"],
    );
    assert_eq!(cut.status.code(), Some(1));
    assert_eq!(json(&cut)[0]["failure"], "truncated");
    assert_eq!(json(&cut)[1]["conforming"], 4);
    let table = check("table.csv");
    assert_eq!(table.status.code(), Some(1));
    assert_eq!(json(&table)[0]["schema"], Value::Null);
    assert!(!folder.path().join("var").exists(), "nothing is written");
}
