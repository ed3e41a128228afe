//! The levers: what is announced, what may be chosen, and the queue sorted by what its files would bring.

use app::views::{QueuePage, Stakes};
use domain::decimal::Hundredths;
use scraper::Html;

use crate::fakes::desk::{FakeDesk, Scene};
use crate::fakes::{levers, scenes as made};
use crate::html::{all, text};
use crate::visit::page;

fn shown(url: &str, view: app::views::LeversView) -> Html {
    let desk = FakeDesk::of(Scene {
        levers: Some(view),
        ..Scene::default()
    });
    Html::parse_document(&page(url, &desk).html)
}

#[test]
fn the_announcement_says_the_rate_the_points_and_the_euros() {
    let html = shown("/instruction/indicateurs/leviers", levers::levers(2, None));
    let said: Vec<String> = all(&html, ".notice p").into_iter().map(text).collect();
    assert_eq!(
        said[..3],
        [
            "Validez ces 2 dossiers et le taux passe de 2,30\u{a0}% à 4,60\u{a0}%.",
            "Soit 2,30\u{a0}points et 92\u{202f}000\u{a0}€ de plus\u{a0}: 184\u{202f}000\u{a0}€ sur 4\u{202f}000\u{202f}000\u{a0}€.",
            "L’objectif de 5\u{a0}% serait atteint.",
        ]
    );
    let html = shown(
        "/instruction/indicateurs/leviers",
        levers::levers(1, Some(16_000)),
    );
    let said: Vec<String> = all(&html, ".notice p").into_iter().map(text).collect();
    assert!(said[0].starts_with("Validez ce dossier et le taux passe"));
    assert_eq!(
        said[2],
        "L’objectif de 5\u{a0}% reste hors d’atteinte de 16\u{202f}000\u{a0}€."
    );
}

#[test]
fn the_choice_is_a_form_whose_address_is_read_back() {
    let ids = ["00000000-0000-0000-0000-000000000200", "pas un dossier"];
    let query = format!(
        "annee=2025&etat=modifie&choix=1&dossier={}&dossier={}&page=2",
        ids[0],
        ids[1].replace(' ', "+")
    );
    let html = shown(
        &format!("/instruction/indicateurs/leviers?{query}"),
        levers::levers(3, Some(1)),
    );
    let boxes = all(&html, "form input[type=checkbox][name=dossier]");
    assert_eq!(boxes.len(), 3);
    assert_eq!(boxes[0].value().attr("value"), Some(ids[0]));
    for one in &boxes {
        let id = one.value().attr("id").unwrap();
        assert_eq!(all(&html, &format!("label[for='{id}']")).len(), 1);
    }
    for (name, value) in [("etat", "modifie"), ("choix", "1"), ("annee", "2026")] {
        let hidden = all(&html, &format!("form.rows input[type=hidden][name={name}]"));
        assert_eq!(hidden[0].value().attr("value"), Some(value));
    }
    let next = all(&html, ".pager a[rel=next]")[0].value().attr("href");
    assert_eq!(
        next,
        Some(
            "/instruction/indicateurs/leviers?annee=2026&etat=modifie&choix=1&dossier=00000000-0000-0000-0000-000000000200&page=3#sans-statut"
        )
    );
    let back = all(&html, ".actions a")[0].value().attr("href").unwrap();
    assert!(!back.contains("dossier"), "{back}");
}

#[test]
fn the_queue_shows_the_euros_when_they_are_asked_and_works_without_them() {
    let mut queue = made::queue(3);
    queue.stakes = Stakes::Of(2026);
    queue.rows[0].stake = Some(Hundredths::from_units(46_000));
    let see = |url: &str, queue: QueuePage| {
        let desk = FakeDesk::of(Scene {
            queue,
            ..Scene::default()
        });
        let html = page(url, &desk).html;
        (
            Html::parse_document(&html),
            desk.asked.lock().unwrap().join(" "),
        )
    };
    let (html, asked) = see("/instruction?tri=enjeu", queue.clone());
    assert!(asked.contains("sort: Stake"), "{asked}");
    assert_eq!(
        text(all(&html, "thead th:last-child")[0]),
        "Euros en jeu 2026"
    );
    let cells = all(&html, "tbody td:last-child");
    assert_eq!(text(cells[0]), "46\u{202f}000\u{a0}€");
    assert_eq!(text(cells[1]), "");
    assert!(all(&html, ".notice").is_empty());

    queue.stakes = Stakes::Unavailable;
    let (html, _) = see("/instruction?tri=enjeu", queue);
    assert_eq!(all(&html, ".notice-warning").len(), 1);
    assert_eq!(all(&html, "tbody tr").len(), 3, "the list is there");
    let (html, _) = see("/instruction", made::queue(3));
    assert_eq!(text(all(&html, "thead th:last-child")[0]), "Agent");
}
