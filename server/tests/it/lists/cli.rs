//! `spaser lists`, by the real program.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn spaser(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spaser"))
        .arg("lists")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap()
}

fn said(output: &Output, code: i32) -> String {
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{out}{err}");
    format!("{out}{err}")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_list_is_compared_refused_when_it_shrinks_put_in_force_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("a.csv"), super::rows(10)).unwrap();
    std::fs::write(folder.join("b.csv"), super::rows(7)).unwrap();
    std::fs::write(
        folder.join("c.csv"),
        "Identifiant;Libellé\n732829320;Les Éclaireurs\n910000058;Insertion\n",
    )
    .unwrap();
    let told = said(
        &spaser(folder, &["import", "esus", "a.csv", "--dry-run"]),
        0,
    );
    assert!(told.contains("ajoutées 10"), "{told}");
    let status = json(&spaser(folder, &["status", "--json"]));
    assert_eq!(
        status[0]["in_force"],
        Value::Null,
        "a dry run changes nothing"
    );
    assert_eq!(status[0]["pending"], 0, "and leaves nothing behind");
    said(
        &spaser(
            folder,
            &["import", "esus", "a.csv", "--published-on", "2026-01-31"],
        ),
        0,
    );
    let told = said(&spaser(folder, &["import", "esus", "b.csv"]), 1);
    assert!(told.contains("--confirm-shrink"), "{told}");
    let done = spaser(
        folder,
        &["import", "esus", "b.csv", "--confirm-shrink", "--json"],
    );
    assert_eq!(json(&done)["outcome"]["difference"]["removed"], 3);
    let status = json(&spaser(folder, &["status", "--json"]));
    assert_eq!(status[0]["in_force"]["rows"], 7);
    let told = said(
        &spaser(folder, &["roll-back", "esus", "--reason", "Erreur"]),
        0,
    );
    assert!(told.contains("de nouveau en vigueur"), "{told}");
    let status = json(&spaser(folder, &["status", "--json"]));
    assert_eq!(status[0]["in_force"]["published_on"], "2026-01-31");
    said(&spaser(folder, &["roll-back", "esus", "--reason", " "]), 1);

    // Columns that nobody could guess: told once, remembered for the next file.
    let told = said(&spaser(folder, &["import", "ess-france", "c.csv"]), 1);
    assert!(told.contains("--map"), "{told}");
    let map = ["--map", "siren=Identifiant", "--map", "name=Libellé"];
    said(
        &spaser(
            folder,
            &[&["import", "ess-france", "c.csv"], &map[..]].concat(),
        ),
        0,
    );
    said(&spaser(folder, &["import", "ess_france", "c.csv"]), 0);
    let shown = json(&spaser(folder, &["show", "732829320"]));
    assert_eq!(shown["proofs"][0]["name"], "Les Éclaireurs");
    for wrong in [
        &["import", "autre", "a.csv"][..],
        &["import", "esus"],
        &["roll-back", "esus"],
    ] {
        said(&spaser(folder, wrong), 2);
    }
    for wrong in [
        &["import", "esus", "nothing.csv"][..],
        &["import", "esus", "a.csv", "--map", "siren"],
        &["import", "esus", "a.csv", "--map", "autre=SIREN"],
        &["import", "esus", "a.csv", "--published-on", "2999-01-01"],
        &["roll-back", "egapro", "--reason", "x"],
        &["show", "123"],
    ] {
        said(&spaser(folder, wrong), 1);
    }
}
