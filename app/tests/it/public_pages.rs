//! Every public page, in both languages and for every role: structure, labels, typography, and what must never appear.

use crate::html::{all, assert_french_typography, assert_sound, text};
use crate::support::{Visit, render};
use app::i18n::Lang;
use app::pages::public::ErrorKind;
use app::shell::{NavRole, error_shell};
use scraper::Html;

const PAGES: [&str; 11] = [
    "/",
    "/aide/liens",
    "/declarer",
    "/simulateur-pme",
    "/aide",
    "/donnees-personnelles",
    "/mentions-legales",
    "/cookies",
    "/accessibilite",
    "/plan-du-site",
    "/verifier",
];

#[test]
fn every_page_is_sound_in_both_languages() {
    for url in PAGES.into_iter().chain(["/inconnue"]) {
        for lang in [Lang::Fr, Lang::En] {
            let source = Visit::to(url, lang).document();
            let what = format!("{url} {}", lang.tag());
            assert_sound(&what, &source, lang.tag());
            if lang == Lang::Fr {
                assert_french_typography(&what, &source);
            }
        }
    }
}

#[test]
fn titles_are_unique() {
    for lang in [Lang::Fr, Lang::En] {
        let mut titles: Vec<String> = PAGES
            .iter()
            .map(|url| {
                let page = Html::parse_document(&Visit::to(url, lang).document());
                text(all(&page, "title").remove(0))
            })
            .collect();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), PAGES.len());
    }
}

#[test]
fn the_two_languages_have_the_same_structure() {
    for url in PAGES {
        let outline = |lang| {
            let page = Html::parse_document(&Visit::to(url, lang).document());
            let kinds: Vec<String> = all(
                &page,
                "h1, h2, h3, li, table, tr, p, a, input, select, button",
            )
            .into_iter()
            .map(|element| element.value().name().to_owned())
            .collect();
            kinds
        };
        assert_eq!(outline(Lang::Fr), outline(Lang::En), "{url}");
    }
}

#[test]
fn the_frame_is_the_same_everywhere() {
    for url in PAGES {
        let page = Html::parse_document(&Visit::to(url, Lang::Fr).document());
        assert_eq!(
            all(&page, "header .top-tools a[href='/aide']").len(),
            1,
            "{url}: help"
        );
        let mention = all(&page, "footer a[href='/accessibilite']").remove(0);
        assert_eq!(text(mention), "Accessibilité\u{A0}: non conforme");
        for owed in [
            "/mentions-legales",
            "/donnees-personnelles",
            "/cookies",
            "/plan-du-site",
            "/aide",
        ] {
            assert_eq!(
                all(&page, &format!("footer a[href='{owed}']")).len(),
                1,
                "{url}: {owed}"
            );
        }
        if url != "/" {
            let current = all(&page, "header a[aria-current=page]");
            assert!(
                current
                    .iter()
                    .all(|link| link.value().attr("href") == Some(url)),
                "{url}"
            );
        }
    }
}

#[test]
fn links_of_public_pages_lead_to_known_addresses() {
    let known = [
        "/connexion",
        "/espace",
        "/instruction",
        "/administration/envois",
        "/deconnexion",
    ];
    for url in PAGES {
        let page = Html::parse_document(&Visit::to(url, Lang::Fr).document());
        for link in all(&page, "a[href^='/']") {
            let href = link.value().attr("href").unwrap();
            assert!(
                PAGES.contains(&href) || known.contains(&href),
                "{url} leads to {href}"
            );
        }
    }
}

#[test]
fn the_language_switch_keeps_the_rest_of_the_address() {
    let page = Html::parse_document(
        &Visit::to("/simulateur-pme?e0-awu=12&lang=fr&do=check", Lang::Fr).document(),
    );
    let switch = all(&page, "header a[hreflang=en]").remove(0);
    assert_eq!(
        switch.value().attr("href"),
        Some("?e0-awu=12&do=check&lang=en")
    );
    assert_eq!(switch.value().attr("lang"), Some("en"));
}

#[test]
fn the_navigation_follows_the_role() {
    for (role, entry) in [
        (NavRole::Supplier, "/espace"),
        (NavRole::Reviewer, "/instruction"),
        (NavRole::Administrator, "/administration/envois"),
    ] {
        let mut visit = Visit::to("/", Lang::Fr);
        visit.role = role;
        let source = visit.document();
        assert_sound(entry, &source, "fr");
        let page = Html::parse_document(&source);
        assert_eq!(
            all(&page, &format!("header nav a[href='{entry}']")).len(),
            1,
            "{entry}"
        );
        assert_eq!(
            all(&page, "header form[method=post]").len(),
            1,
            "{entry}: signing out is a post"
        );
        assert!(all(&page, "header a[href='/connexion']").is_empty());
    }
    let page = Html::parse_document(&Visit::to("/", Lang::Fr).document());
    assert!(all(&page, "header form").is_empty());
}

#[test]
fn every_error_has_its_page() {
    let kinds = [
        ErrorKind::NotFound,
        ErrorKind::Forbidden,
        ErrorKind::BadRequest,
        ErrorKind::TooLarge { limit_mb: 1 },
        ErrorKind::TooMany { wait_seconds: 61 },
        ErrorKind::TooMany { wait_seconds: 5 },
        ErrorKind::Unavailable {
            reference: Some("<0192>".into()),
        },
        ErrorKind::Busy,
    ];
    for kind in kinds {
        for lang in [Lang::Fr, Lang::En] {
            let what = format!("{kind:?}");
            let kind = kind.clone();
            let source = render(Visit::to("/x", lang), move || error_shell(kind));
            assert_sound(&what, &source, lang.tag());
            assert!(!source.contains("<0192>"));
            let page = Html::parse_document(&source);
            let title = text(all(&page, "title").remove(0));
            assert!(title.starts_with(lang.pick("Erreur", "Error")), "{title}");
            if lang == Lang::Fr {
                assert_french_typography(&what, &source);
            }
        }
    }
}

#[test]
fn the_configuration_is_shown_escaped() {
    for url in PAGES {
        let mut visit = Visit::to(url, Lang::Fr);
        let evil = "<script>alert(1)</script>\"&'";
        for field in [
            &mut visit.site.name,
            &mut visit.site.buyer_name,
            &mut visit.site.buyer_short_name,
            &mut visit.site.service,
            &mut visit.site.email,
            &mut visit.site.dpo_email,
            &mut visit.site.host.name,
        ] {
            evil.clone_into(field);
        }
        visit.site.demonstration = true;
        let source = visit.document();
        assert_sound(url, &source, "fr");
        assert!(!source.contains("<script>alert"), "{url}");
    }
}

#[test]
fn the_demonstration_says_so() {
    let mut visit = Visit::to("/", Lang::Fr);
    visit.site.demonstration = true;
    assert!(visit.document().contains("entreprises fictives"));
    assert!(
        !Visit::to("/", Lang::Fr)
            .document()
            .contains("entreprises fictives")
    );
}

#[test]
fn an_anonymous_page_is_the_same_for_everyone_and_holds_no_script_without_an_island() {
    for url in PAGES {
        let first = Visit::to(url, Lang::Fr).document();
        assert_eq!(first, Visit::to(url, Lang::Fr).document(), "{url}");
        let page = Html::parse_document(&first);
        let islands = all(&page, "leptos-island").len();
        assert_eq!(all(&page, "script").len(), islands, "{url}");
        assert!(!first.contains("nonce="), "{url}");
    }
}
