//! The facts of the verification page as signed JSON, checked by another implementation: that of Node.

use std::process::Command;
use std::sync::Arc;

use app::i18n::Lang;
use app::papers::{Row, attestation};
use app::site::Site;
use app::views::{AttestationView, Checking};
use domain::attestation::{Attested, ShortCode};
use domain::claims::{ClaimKey, Kind, Scope};
use domain::sme::Category;
use serde_json::Value;
use server::papers::{Mark, Sheet};
use uuid::Uuid;

use super::attestation::{issue, siren, validated};
use crate::support::TestApp;

/// Checks a compact signature with the key of the set that it names; prints the payload.
const CHECK: &str = r#"
const [jws, set] = process.argv.slice(1);
const [head, payload, signature] = jws.split(".");
const { alg, kid } = JSON.parse(Buffer.from(head, "base64url"));
const key = JSON.parse(set).keys.find((one) => one.kid === kid);
if (alg !== "EdDSA" || key.crv !== "Ed25519") throw new Error("another algorithm");
const imported = await crypto.subtle.importKey("jwk", key, { name: "Ed25519" }, false, ["verify"]);
const right = await crypto.subtle.verify({ name: "Ed25519" }, imported, Buffer.from(signature, "base64url"), Buffer.from(`${head}.${payload}`));
if (!right) process.exit(3);
process.stdout.write(Buffer.from(payload, "base64url"));
"#;

fn check(jws: &str, keys: &str) -> Option<Value> {
    let output = Command::new("node")
        .args([
            "--no-warnings",
            "--input-type=module",
            "-e",
            CHECK,
            "--",
            jws,
            keys,
        ])
        .output()
        .expect("node");
    match output.status.code() {
        Some(0) => Some(serde_json::from_slice(&output.stdout).unwrap()),
        Some(3) => None,
        other => panic!("{other:?}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

#[tokio::test]
async fn the_signature_is_checked_by_another_program_and_one_changed_byte_is_found() {
    let app = TestApp::start().await;
    let (client, desk, _) = validated(&app).await;
    let code = issue(&client).await;
    let anyone = app.client();
    let keys = anyone.get("/.well-known/jwks.json").await;
    keys.expect_status(200);
    let answer = anyone
        .get(&format!("/verifier/{code}/attestation.json"))
        .await;
    answer.expect_status(200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-robots-tag"), Some("noindex"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let said: Value = serde_json::from_str(&answer.body).unwrap();
    let jws = said["jws"].as_str().unwrap();
    let signed = check(jws, &keys.body).expect("a right signature");
    assert_eq!(
        signed, said["attestation"],
        "what is read is what is signed"
    );
    assert_eq!(signed["standing"], "valid");
    assert_eq!(signed["code"], code.as_str());
    assert_eq!(signed["company"]["siren"], "910000058");
    assert_eq!(
        signed["shown"].as_array().unwrap().len(),
        2,
        "the commitment is not among them"
    );
    for hidden in ["Martin", "turnover", "8000000", "2026-123"] {
        assert!(!answer.body.contains(hidden), "{hidden}");
    }

    // One letter of the payload, another signature, another portal’s key.
    let (head, rest) = jws.split_once('.').unwrap();
    let (payload, signature) = rest.split_once('.').unwrap();
    let other = if payload.as_bytes()[20] == b'A' {
        'B'
    } else {
        'A'
    };
    let mut changed = payload.to_owned();
    changed.replace_range(20..21, &other.to_string());
    assert_eq!(
        check(&format!("{head}.{changed}.{signature}"), &keys.body),
        None
    );
    let elsewhere = TestApp::start().await;
    let foreign = elsewhere.client().get("/.well-known/jwks.json").await.body;
    let renamed = {
        let mut set: Value = serde_json::from_str(&foreign).unwrap();
        let ours: Value = serde_json::from_str(&keys.body).unwrap();
        assert_ne!(set["keys"][0]["x"], ours["keys"][0]["x"]);
        set["keys"][0]["kid"] = ours["keys"][0]["kid"].clone();
        set.to_string()
    };
    assert_eq!(check(jws, &renamed), None);

    desk.publish(&siren(), false).await.unwrap();
    let hidden = anyone
        .get(&format!("/verifier/{code}/attestation.json"))
        .await;
    let said: Value = serde_json::from_str(&hidden.body).unwrap();
    assert_eq!(said["attestation"]["standing"], "not_published");
    assert!(said["attestation"].get("company").is_none(), "{said}");
    assert!(check(said["jws"].as_str().unwrap(), &keys.body).is_some());
}

/// An attestation without a portal around it, always the same.
pub(super) fn sheet_of_an_attestation() -> Sheet {
    let line = |kind, category, evidence: Option<&str>| Attested {
        qualification: Uuid::from_u128(1),
        key: ClaimKey {
            kind,
            scope: Scope::Siren(siren()),
            commitment: None,
            contract: None,
        },
        category,
        evidence: evidence.map(str::to_owned),
        witness: None,
        authority: evidence.map(|_| "DDETS des Bouches-du-Rhône".to_owned()),
        reference: "D-2026-00012".to_owned(),
        decided_on: "2026-05-02".parse().unwrap(),
        from: "2026-01-01".parse().unwrap(),
        to: Some("2027-12-31".parse().unwrap()),
    };
    let code = ShortCode::from_random([7; 16]);
    let view = AttestationView {
        names: std::sync::Arc::default(),
        siren: siren(),
        company_name: "DÉMO INSERTION PROPRETÉ".to_owned(),
        lines: vec![
            line(Kind::Sme, Some(Category::Small), None),
            line(Kind::Ei, None, Some("EI013240013A0M0")),
        ],
        check: Checking::By(code.clone()),
    };
    let (site, on) = (Arc::new(Site::default()), "2026-05-04".parse().unwrap());
    Sheet {
        paper: attestation(Lang::Fr, &view, &site, on),
        site,
        on,
        mark: Some(Mark {
            address: format!("https://spaser.example/verifier/{code}"),
            alt: "Carré à lire avec un téléphone".to_owned(),
            rows: vec![Row::new("Code de vérification", code.grouped())],
            words: "Chacun peut vérifier.".to_owned(),
        }),
    }
}
