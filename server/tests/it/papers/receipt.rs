//! The acknowledgement of receipt as a PDF: the words of the page, in their order, for those who may read them.

use sha2::{Digest, Sha256};

use super::{assert_accessible, bare, download, poppler, seller, structure, tagged_text};
use crate::desks::sent;
use crate::support::TestApp;

/// The lines of the main part of a page, in their order, without what only the screen has.
fn lines(html: &str) -> Vec<String> {
    let start = html.find("<h1>").expect("a heading");
    let end = html.find("</main>").expect("an end");
    let mut main = html[start..end].to_owned();
    for (open, close) in [
        ("<p class=\"take-away\">", "</p>"),
        ("<p class=\"visually-hidden\">", "</p>"),
        ("<!--", "-->"),
    ] {
        while let Some(at) = main.find(open) {
            let length = main[at..].find(close).unwrap() + close.len();
            main.replace_range(at..at + length, "");
        }
    }
    let mut text = String::new();
    let mut inside = false;
    for character in main.chars() {
        match character {
            '<' => {
                inside = true;
                text.push('\n');
            }
            '>' => inside = false,
            shown if !inside => text.push(shown),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#x27;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .lines()
        .map(bare)
        .filter(|line| !line.is_empty())
        .collect()
}

store::on_both_engines! {
    async fn the_receipt_says_on_paper_what_the_page_says_in_the_same_order(db) {
        let app = TestApp::on(db, &[]).await;
        let (owner, desk) = seller(&app, "camille@demo.example.fr").await;
        let id = sent(&*desk).await;
        for lang in ["fr", "en"] {
            owner.get(&format!("/?lang={lang}")).await;
            let page = owner.get(&format!("/declarations/{id}/accuse")).await;
            page.expect_status(200).expect_text(&format!("/declarations/{id}/accuse.pdf"));
            let pdf = download(&owner, &format!("/declarations/{id}/accuse.pdf")).await;
            assert_accessible(&pdf);
            let text = bare(&tagged_text(&pdf));
            let expected = lines(&page.body);
            assert!(expected.len() > 60, "{expected:#?}");
            let mut rest = text.as_str();
            for line in &expected {
                let at = rest.find(line.as_str()).unwrap_or_else(|| panic!("{line} is not in the rest: {rest}"));
                rest = &rest[at + line.len()..];
            }
            assert_eq!(rest, "", "and nothing else");
            let hash = desk.receipt(id).await.unwrap().hash;
            assert!(poppler("pdftotext", &[], &pdf).contains(&hash), "it can be copied in one piece");
        }
    }
}

#[tokio::test]
async fn the_structure_of_the_receipt() {
    let app = TestApp::start().await;
    let (owner, desk) = seller(&app, "camille@demo.example.fr").await;
    let id = sent(&*desk).await;
    let pdf = download(&owner, &format!("/declarations/{id}/accuse.pdf")).await;
    // The reference is drawn at random.
    let reference = desk.receipt(id).await.unwrap().reference;
    insta::assert_snapshot!(structure(&pdf).replace(&reference, "SPA-2026-XXXX-XXXX"));
}

#[tokio::test]
async fn the_same_receipt_on_the_same_day_is_the_same_bytes() {
    let app = TestApp::start().await;
    let (owner, desk) = seller(&app, "camille@demo.example.fr").await;
    let id = sent(&*desk).await;
    let path = format!("/declarations/{id}/accuse.pdf");
    let hash = async || Sha256::digest(download(&owner, &path).await);
    let first = hash().await;
    app.clock.advance(chrono::TimeDelta::hours(1));
    assert_eq!(hash().await, first);
    app.clock.advance(chrono::TimeDelta::hours(30));
    let page = owner.get(&path).await;
    assert_ne!(
        Sha256::digest(page.body.as_bytes()),
        first,
        "another day is another paper"
    );
}

#[tokio::test]
async fn a_receipt_is_for_the_people_of_its_company() {
    let app = TestApp::start().await;
    let (owner, desk) = seller(&app, "camille@demo.example.fr").await;
    let id = sent(&*desk).await;
    let path = format!("/declarations/{id}/accuse.pdf");
    let (stranger, _) = seller(&app, "autre@entreprise.example.fr").await;
    stranger.get(&path).await.expect_status(404);
    app.reviewer().await.get(&path).await.expect_status(403);
    let anonymous = app.client().get(&path).await;
    assert_eq!(anonymous.status, 303);
    assert!(anonymous.location().unwrap().starts_with("/connexion"));
    // Nothing was sent: there is no receipt.
    let other = desk.open_company("910000017").await;
    if let Ok(app::desk::Opening::Declaration(draft)) = other {
        owner
            .get(&format!("/declarations/{draft}/accuse.pdf"))
            .await
            .expect_status(404);
    } else {
        panic!("{other:?}");
    }
}
