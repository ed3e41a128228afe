//! The lists: filters in the address, counts, pages, and what a mail shows.

use app::views::QueuePage;
use scraper::Html;

use crate::fakes::desk::{FakeDesk, Scene};
use crate::fakes::scenes as made;
use crate::html::{all, text};
use crate::visit::page;

#[test]
fn the_queue_shows_first_what_is_to_be_reviewed() {
    let desk = FakeDesk::of(Scene {
        queue: made::queue(25),
        ..Scene::default()
    });
    let seen = page("/instruction", &desk);
    let asked = desk.asked.lock().unwrap().join(" ");
    assert!(asked.contains("Some(Submitted)"), "{asked}");
    let html = Html::parse_document(&seen.html);
    let current = all(&html, ".counts a[aria-current=page]");
    assert_eq!(current.len(), 1);
    assert_eq!(text(current[0]), "À examiner 312");
    assert_eq!(text(all(&html, ".counts li:last-child a")[0]), "Toutes 380");
    assert_eq!(all(&html, "tbody tr").len(), 25);
    assert_eq!(all(&html, "tbody th a[href^='/instruction/0']").len(), 25);
}

#[test]
fn the_address_is_what_the_desk_is_asked() {
    let desk = FakeDesk::of(Scene::default());
    let seen = page(
        "/instruction?statut=in_review&q=732%20829%20320&tri=recent&page=4",
        &desk,
    );
    let asked = desk.asked.lock().unwrap().join(" ");
    assert_eq!(
        asked,
        "QueueFilter { status: Some(InReview), search: \"732 829 320\", sort: Newest, page: 4 }"
    );
    let html = Html::parse_document(&seen.html);
    assert_eq!(
        all(&html, "input[name=q]")[0].value().attr("value"),
        Some("732 829 320")
    );
    assert_eq!(
        all(&html, "select[name=tri] option[selected]")[0]
            .value()
            .attr("value"),
        Some("recent")
    );
    let tab = all(&html, ".counts a[aria-current=page]")[0];
    assert_eq!(
        tab.value().attr("href"),
        Some("/instruction?statut=in_review&q=732%20829%20320&tri=recent")
    );
}

#[test]
fn a_new_search_looks_through_every_status() {
    let desk = FakeDesk::of(Scene::default());
    let html = Html::parse_document(&page("/instruction", &desk).html);
    assert_eq!(
        all(&html, "form[role=search] input[name=statut]")[0]
            .value()
            .attr("value"),
        Some("toutes")
    );
}

#[test]
fn the_pages_of_the_queue_keep_the_filter() {
    let desk = FakeDesk::of(Scene {
        queue: made::queue(25),
        ..Scene::default()
    });
    let html = Html::parse_document(&page("/instruction?q=a%26b&page=2", &desk).html);
    let href = |rel: &str| {
        all(&html, &format!(".pager a[rel={rel}]"))[0]
            .value()
            .attr("href")
            .unwrap()
            .to_owned()
    };
    assert_eq!(href("prev"), "/instruction?q=a%26b");
    assert_eq!(href("next"), "/instruction?q=a%26b&page=3");
    assert_eq!(text(all(&html, ".pager p")[0]), "26 à 50 sur 312");
}

#[test]
fn an_empty_queue_says_why_and_what_to_do() {
    let desk = FakeDesk::of(Scene {
        queue: QueuePage::default(),
        ..Scene::default()
    });
    for (url, words) in [
        ("/instruction", "Aucune déclaration n’attend d’examen"),
        (
            "/instruction?statut=refused",
            "Aucune déclaration dans cet état",
        ),
        (
            "/instruction?q=%3Cb%3E",
            "Aucune déclaration ne correspond à «\u{202f}<b>\u{202f}»",
        ),
    ] {
        let html = Html::parse_document(&page(url, &desk).html);
        assert_eq!(text(all(&html, ".empty-title")[0]), words, "{url}");
        assert_eq!(all(&html, ".empty a").len(), 1, "{url}: a way out");
        assert!(all(&html, "table").is_empty());
    }
}

#[test]
fn a_mail_is_text_with_links_that_can_be_followed() {
    let desk = FakeDesk::of(Scene {
        mails: made::mails(),
        ..Scene::default()
    });
    let html = Html::parse_document(&page("/demo/courriels/0192-b.eml", &desk).html);
    let links = all(&html, ".mail a");
    assert_eq!(links.len(), 1);
    assert_eq!(
        links[0].value().attr("href"),
        Some("http://127.0.0.1:3000/connexion/lien/abcDEF-123")
    );
    assert!(text(all(&html, ".mail p")[0]).contains("\nCode : 1234 5678\n"));
    let html = Html::parse_document(&page("/demo/courriels/0192-a.eml", &desk).html);
    let links = all(&html, ".mail a");
    assert_eq!(links.len(), 1, "only web addresses are links");
    assert_eq!(
        links[0].value().attr("href"),
        Some("https://spaser.example/instruction/1?x=")
    );
    assert!(text(all(&html, ".mail p")[0]).contains("<a href=\"javascript:alert(5)\">"));
}
