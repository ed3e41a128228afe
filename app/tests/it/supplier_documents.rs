//! The documents of a line as pages: in the step, on the page that adds one, before the oath and after; and their doors.

use std::sync::Arc;

use app::doors::supplier::save_solidarity;
use app::i18n::Lang;
use domain::documents::{Document, DocumentRefusal, FileKind, KnownDocument, Scan};
use domain::form::*;
use domain::lifecycle::Status;

use crate::fakes::supplier::*;
use crate::html::{all, text};
use crate::supplier_doors::{here, supplier};
use crate::supplier_visit::{knock, only, sound, step, visit, words};

fn known(number: u128, name: &str, scan: Scan) -> KnownDocument {
    KnownDocument {
        id: id(number),
        document: Document {
            sha256: format!("{number:064x}"),
            name: name.into(),
            kind: FileKind::Pdf,
            size: 120_000,
            valid_from: Some(day("2026-01-01")),
            valid_to: Some(day("2026-12-31")),
        },
        scan,
        preview: true,
    }
}

/// A declaration whose status has one document of each state.
fn with_documents() -> app::views::DeclarationView {
    let documents = vec![
        known(50, "agrément <b>.pdf", Scan::Clean),
        known(51, "convention.pdf", Scan::Waiting),
        known(52, "photo.pdf", Scan::Infected),
        known(53, "statuts.pdf", Scan::NotScanned),
    ];
    let mut draft = filled();
    let row = draft.solidarity.rows.first_mut().unwrap();
    row.documents = documents.iter().map(|known| known.id.to_string()).collect();
    let mut shown = view(Status::Draft, draft);
    let context = CompanyContext {
        documents: documents.clone(),
        proved: vec![],
        ..context()
    };
    shown.errors = shown.draft.errors(&context, today());
    shown.documents = documents;
    shown
}

fn page(line: usize) -> String {
    format!("/declarations/{}/pieces/{line}", id(1))
}

#[test]
fn a_line_shows_its_documents_and_what_may_be_done_with_each() {
    let html = sound("step", Fake::showing(with_documents()), &step("solidarite"));
    let field = "#rows-0-documents";
    assert_eq!(all(&html, &format!("{field} .document")).len(), 4);
    let kept: Vec<_> = all(&html, &format!("{field} input[type=hidden]"))
        .into_iter()
        .map(|input| (input.attr("name").unwrap(), input.attr("value").unwrap()))
        .collect();
    assert_eq!(kept.len(), 4);
    assert_eq!(
        kept.first(),
        Some(&("answers[rows][0][documents][]", id(50).to_string().as_str()))
    );
    let said = words(&html, field);
    for expected in [
        "Pièces jointes (facultatif)",
        "10\u{a0}Mo au plus par fichier, 5 fichiers au plus",
        "PDF, 120\u{a0}ko, valable du 1er\u{a0}janvier 2026 au 31\u{a0}décembre 2026",
        "trouvé un virus dans ce fichier",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    // Scans that wait or found nothing are no business of the author.
    assert!(!said.contains("nalys"), "{said}");
    // What holds a virus is no link.
    assert_eq!(all(&html, &format!("{field} a[download]")).len(), 3);
    only(&html, "button[value='attach-0']");
    only(&html, &format!("button[value='detach-0-{}']", id(52)));
    only(&html, &format!("button[value='replace-0-{}']", id(50)));
    // What was just taken away is put back by one button, until it is there again.
    let after = |gone: u128| {
        let url = format!("{}?enregistre&retiree=0-{}", step("solidarite"), id(gone));
        sound(
            "step without a document",
            Fake::showing(with_documents()),
            &url,
        )
    };
    only(
        &after(60),
        &format!("{field} button[value='restore-0-{}']", id(60)),
    );
    assert!(all(&after(50), "button[value^='restore-']").is_empty());
    let wrong = sound(
        "step with errors",
        Fake::showing(with_documents()),
        &format!("{}?verifier", step("solidarite")),
    );
    only(&wrong, ".error-summary a[href='#rows-0-documents']");
    assert!(words(&wrong, ".error-summary").contains("Une pièce contient un virus"));
}

#[test]
fn the_page_of_the_declaration_tells_what_the_scanner_found() {
    let at = format!("/declarations/{}", id(1));
    let html = sound("declaration", Fake::showing(with_documents()), &at);
    let said = words(&html, ".notice-danger");
    assert!(
        said.contains("trouvé un virus") && said.contains("photo.pdf"),
        "{said}"
    );
    assert!(!said.contains("statuts.pdf"), "{said}");
}

#[test]
fn the_page_that_adds_a_document_says_its_limits_first_and_each_refusal() {
    let fake = || Fake::showing(with_documents());
    let html = sound("page", fake(), &page(0));
    assert!(words(&html, "main").contains("Entreprise d’insertion (EI)"));
    let form = only(&html, "form#send-document");
    assert_eq!(form.attr("enctype"), Some("multipart/form-data"));
    assert_eq!(
        form.attr("action"),
        Some(format!("{}/depot", page(0)).as_str())
    );
    // The file is the last field: what goes with it is read before it.
    let names: Vec<_> = all(&html, "form#send-document [name]")
        .into_iter()
        .filter_map(|input| input.attr("name"))
        .collect();
    assert_eq!(names, ["status", "valid_from", "valid_to", "file"]);
    assert!(text(only(&html, "#file-hint")).contains("10\u{a0}Mo"));
    let replacing = sound(
        "replacing",
        fake(),
        &format!("{}?remplace={}", page(0), id(50)),
    );
    only(&replacing, "form#send-document input[name=replaces]");
    for code in ["ajoutee", "deja"] {
        let done = sound(code, fake(), &format!("{}?fait={code}", page(0)));
        only(&done, ".notice-success");
    }
    for refusal in DocumentRefusal::ALL {
        let url = format!("{}?refus={}", page(0), refusal.code());
        let html = sound(refusal.code(), fake(), &url);
        let link = format!(".error-summary a[href='#{}']", refusal.field());
        only(&html, &link);
        let (_, reply) = visit(&Arc::new(fake()), &url, Lang::Fr);
        assert_eq!(reply.status, Some(refusal.status()), "{refusal:?}");
    }
}

#[test]
fn a_full_line_offers_no_form_and_a_line_that_is_not_there_no_page() {
    let mut full = with_documents();
    full.document_limits.per_claim = 4;
    let html = sound("full", Fake::showing(full.clone()), &page(0));
    assert!(all(&html, "form#send-document").is_empty());
    assert!(words(&html, "main").contains("déjà 4\u{a0}pièces"));
    let step = sound("full step", Fake::showing(full), &step("solidarite"));
    assert!(all(&step, "button[value='attach-0']").is_empty());
    let fake = Arc::new(Fake::showing(with_documents()));
    for odd in [page(9), format!("/declarations/{}/pieces/x", id(1))] {
        assert_eq!(visit(&fake, &odd, Lang::Fr).1.status, Some(404), "{odd}");
    }
    let sent = Arc::new(Fake::showing(view(Status::Submitted, filled())));
    let (_, reply) = visit(&sent, &page(0), Lang::Fr);
    assert_eq!(reply.location, Some(format!("/declarations/{}", id(1))));
}

#[test]
fn buttons_store_the_step_then_lead_to_the_page_or_remove_one_document() {
    let fake = Arc::new(Fake::default());
    let mut answers = filled().solidarity;
    answers.rows.first_mut().unwrap().documents = vec![id(50).to_string(), id(51).to_string()];
    let kept = format!("{}?enregistre#rows-0-documents", here("solidarite"));
    for (intent, next, left, last) in [
        ("attach-0".to_owned(), page(0), 2, 51),
        (
            format!("replace-0-{}", id(51)),
            format!("{}?remplace={}", page(0), id(51)),
            2,
            51,
        ),
        (
            format!("detach-0-{}", id(50)),
            format!(
                "{}?enregistre&retiree=0-{}#rows-0-documents",
                here("solidarite"),
                id(50)
            ),
            1,
            51,
        ),
        (format!("restore-0-{}", id(52)), kept.clone(), 3, 52),
        // Pressed twice, it is there once.
        (format!("restore-0-{}", id(50)), kept, 2, 51),
    ] {
        let posted = answers.clone();
        let (outcome, location) = knock(&fake, &supplier(), || {
            save_solidarity(
                id(1),
                7,
                intent.clone(),
                String::new(),
                String::new(),
                String::new(),
                posted,
            )
        });
        outcome.unwrap();
        assert_eq!(location, Some(next), "{intent}");
        let stored = fake.stored.lock().unwrap().take();
        let stored = match stored {
            Some(app::desk::StepAnswers::Solidarity(stored)) => stored,
            _ => SolidarityStep::default(),
        };
        let documents = &stored.rows.first().unwrap().documents;
        assert_eq!(documents.len(), left, "{intent}");
        assert_eq!(documents.last(), Some(&id(last).to_string()), "{intent}");
    }
}
