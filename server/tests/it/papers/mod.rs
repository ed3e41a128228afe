//! Papers: as PDF that others read and check, as pages behind a code, as signed facts.

mod attestation;
mod receipt;
mod sheets;
mod signed;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use app::desk::SupplierDesk;
use app::visitor::{AccountRole, Identity, Visitor};
use domain::text::Lang;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use reqwest::Method;
use store::accounts;

use crate::support::{Client, TestApp};

/// A supplier with a browser and the desk behind it.
pub(super) async fn seller(app: &TestApp, email: &str) -> (Client, Arc<dyn SupplierDesk>) {
    let client = app.sign_in(email).await;
    let account = accounts::by_email(app.state.store.read(), email)
        .await
        .unwrap()
        .unwrap();
    let visitor = Visitor::SignedIn(Identity {
        account: account.id,
        role: AccountRole::Supplier,
        email: account.email,
        name: None,
        quality: None,
        lang: Lang::Fr,
    });
    let desk = server::desks::reception(&app.state, None);
    (client, desk.supplier(&visitor).unwrap())
}

/// The bytes of a PDF that this browser downloads.
pub(super) async fn download(client: &Client, path: &str) -> Vec<u8> {
    let answer = client.request(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let disposition = answer.headers()["content-disposition"].to_str().unwrap();
    assert!(
        disposition.starts_with("attachment; filename="),
        "{disposition}"
    );
    answer.bytes().await.unwrap().to_vec()
}

/// What a program of poppler-utils says of a PDF.
pub(super) fn poppler(program: &str, options: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let output = Command::new(program)
        .args(options)
        .arg(file.path())
        .args((program == "pdftotext").then_some("-"))
        .stderr(Stdio::null())
        .output()
        .expect("poppler-utils, which .ci/tools.sh test installs");
    assert!(output.status.success(), "{program}");
    // It writes the titles of headings in UTF-16 among the rest.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The structure of a PDF as assistive technology finds it: the tags with their texts, without what only concerns the drawing.
pub(super) fn structure(pdf: &[u8]) -> String {
    poppler("pdfinfo", &["-struct-text"], pdf)
        .lines()
        .filter(|line| !line.trim_start().starts_with('/') || line.contains("/Scope"))
        .map(|line| match line.split_once(" \"") {
            // The title of a heading is its text, which follows.
            Some((tag, _)) if tag.trim_start().starts_with('H') => tag.to_owned(),
            _ => line.trim_end().to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The text of a PDF in the order of its tags.
pub(super) fn tagged_text(pdf: &[u8]) -> String {
    structure(pdf)
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'))
        .collect()
}

/// Text without the spaces, which lines that are broken elsewhere change, nor the marks where a long word may be cut.
pub(super) fn bare(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && *character != '\u{200B}')
        .collect()
}

/// The PDF conforms to PDF/UA-1, says an independent checker.
#[track_caller]
pub(super) fn assert_accessible(pdf: &[u8]) {
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    let report = validate_pdf_bytes(pdf, &options).unwrap();
    assert!(report.is_compliant, "{:#?}", report.failures);
    assert!(report.rules.total > 100, "the rules were really checked");
    let facts = poppler("pdfinfo", &[], pdf);
    for expected in [
        "Tagged:          yes",
        "Author:          Métropole d’Aix-Marseille-Provence",
    ] {
        assert!(facts.contains(expected), "{facts}");
    }
}
