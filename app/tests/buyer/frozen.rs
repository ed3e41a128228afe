//! The page of frozen years: its states, its files, and the door that freezes one more.

use app::doors::frozen::freeze_year;
use app::error::AppError;
use app::pages::buyer::frozen::Stopped;
use app::reply::ReplyParts;
use app::views::Typed;
use app::visitor::{AccountRole, Visitor};
use scraper::Html;

use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::fakes::{frozen, scenes as made};
use crate::html::{all, text};
use crate::states::typed;
use crate::visit::{page, post};

pub(crate) fn states() -> Vec<(String, Scene)> {
    let state = |query: &str, view, typed: Option<Typed>| {
        (
            format!("{}{query}", frozen::ADDRESS),
            Scene {
                frozen: Some(view),
                typed,
                ..Scene::default()
            },
        )
    };
    let kept = format!("?arreter=1&saisie={COPY}");
    let long = "é".repeat(501);
    vec![
        state("", frozen::none(), None),
        state("?page=2", frozen::frozen(), None),
        state("?arreter=1", frozen::none(), None),
        state("?fait=arret&annee=2025&edition=2", frozen::frozen(), None),
        state("?fait=arret&annee=2016&edition=1", frozen::frozen(), None),
        state("?refus=alteree", frozen::frozen(), None),
        state(
            &kept,
            frozen::none(),
            Some(typed("", &[("year", made::HOSTILE), ("note", &long)])),
        ),
        state(
            &kept,
            frozen::none(),
            Some(typed(
                "sans-marche",
                &[("year", "2024"), ("note", made::HOSTILE)],
            )),
        ),
        state(
            &kept,
            frozen::frozen(),
            Some(typed("donnees-changent", &[("year", "2024"), ("note", "")])),
        ),
    ]
}

fn shown(query: &str, scene: Scene) -> (Html, ReplyParts) {
    let seen = page(&format!("{}{query}", frozen::ADDRESS), &FakeDesk::of(scene));
    (Html::parse_document(&seen.html), seen.reply)
}

fn frozen_scene() -> Scene {
    Scene {
        frozen: Some(frozen::frozen()),
        ..Scene::default()
    }
}

#[test]
fn each_edition_has_its_rates_its_checksums_and_its_files() {
    let (html, _) = shown("", frozen_scene());
    let titles: Vec<String> = all(&html, "main h2").into_iter().map(text).collect();
    assert_eq!(
        titles,
        [
            "2025, édition 2",
            "2025, édition 1",
            "2024, édition 1",
            "Vérifier une édition"
        ]
    );
    let files: Vec<&str> = all(&html, "main td a")
        .into_iter()
        .filter_map(|link| link.value().attr("href"))
        .collect();
    assert_eq!(files.len(), 18);
    assert_eq!(
        files[..3],
        [
            "/instruction/indicateurs/annees-arretees/spaser-2025-2-initial-marches.csv",
            "/instruction/indicateurs/annees-arretees/spaser-2025-2-initial-indicateurs.json",
            "/instruction/indicateurs/annees-arretees/ecarts?annee=2025&edition=2",
        ]
    );
    let rates: Vec<String> = all(&html, "main td.figures")
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(rates[..3], ["52,94\u{A0}%", "0\u{A0}%", "non calculable"]);
    assert_eq!(all(&html, "code.checksum").len(), 6);
    // What is refused is told by a page: the browser decides by the answer whether to keep a file.
    assert!(all(&html, "main td a[download]").is_empty());
}

#[test]
fn the_figures_lead_to_the_frozen_years() {
    let scene = Scene {
        indicators: Some(crate::fakes::figures::no_indicators()),
        ..Scene::default()
    };
    let html = Html::parse_document(&page("/instruction/indicateurs", &FakeDesk::of(scene)).html);
    let link = all(&html, &format!("main a[href='{}']", frozen::ADDRESS));
    assert_eq!(text(link[0]), "Années arrêtées");
}

#[test]
fn the_form_appears_when_asked_for_and_proposes_the_year_that_is_over() {
    let (html, reply) = shown("", frozen_scene());
    assert!(all(&html, "main form[method=post]").is_empty());
    assert_eq!(reply.status, None);
    let (html, _) = shown("?arreter=1", frozen_scene());
    assert_eq!(all(&html, "form.confirm").len(), 1);
    let year = all(&html, "select[name=year] option[selected]");
    assert_eq!(year[0].value().attr("value"), Some("2025"));
    assert_eq!(all(&html, "textarea[maxlength='500']").len(), 1);
}

#[test]
fn what_stopped_the_form_is_said_with_what_was_typed() {
    for (problem, year, note, said, wrong) in [
        (Stopped::Empty.code(), "2024", "Note", "Aucun marché", 1),
        (
            Stopped::Changing.code(),
            "2024",
            "Note",
            "Un import a changé",
            1,
        ),
        ("", "1999", "Note", "Choisissez l’année", 1),
        ("", "", &"é".repeat(501), "ne peut pas dépasser", 2),
    ] {
        let scene = Scene {
            typed: Some(typed(problem, &[("year", year), ("note", note)])),
            ..frozen_scene()
        };
        let (html, reply) = shown(&format!("?arreter=1&saisie={COPY}"), scene);
        assert_eq!(reply.status, Some(422), "{said}");
        let errors = all(&html, "#errors li");
        assert_eq!(errors.len(), wrong);
        assert!(text(errors[wrong - 1]).contains(said));
        assert_eq!(text(all(&html, "textarea")[0]), note);
    }
    let (html, reply) = shown("?refus=alteree", frozen_scene());
    assert_eq!(reply.status, Some(409));
    assert!(text(all(&html, "#stopped")[0]).contains("ne sont plus ceux de son empreinte"));
}

type Posted = (
    Vec<String>,
    Option<Typed>,
    Result<(), AppError>,
    Option<String>,
);

fn freeze(scene: Scene, who: Visitor, year: &str, note: &str) -> Posted {
    let desk = FakeDesk::of(scene);
    let (year, note) = (year.to_owned(), note.to_owned());
    let (answer, reply) = post(who, &desk, || freeze_year(year, note));
    let asked = desk.asked.lock().unwrap().clone();
    let kept = desk.kept.lock().unwrap().clone();
    (asked, kept, answer, reply.location)
}

#[test]
fn a_year_reaches_the_desk_and_the_browser_goes_to_its_edition() {
    let agent = || person(AccountRole::Reviewer);
    let note = format!(" Deux\r\nlignes {}", "é".repeat(480));
    let (asked, kept, answer, next) = freeze(Scene::default(), agent(), "2025", &note);
    assert_eq!(answer, Ok(()));
    assert_eq!(
        asked,
        [format!("freeze 2025 Deux\nlignes {}", "é".repeat(480))]
    );
    assert_eq!(kept, None);
    let done = "/instruction/indicateurs/annees-arretees?fait=arret&annee=2025&edition=3";
    assert_eq!(next.as_deref(), Some(done));
}

#[test]
fn a_year_that_is_not_frozen_brings_its_note_back() {
    let agent = || person(AccountRole::Reviewer);
    let long = "é".repeat(501);
    for (refusal, year, note, problem) in [
        (None, "2025", long.as_str(), ""),
        (None, "deux mille", "Note", ""),
        (Some(AppError::NotFound), "2025", "Note", "sans-marche"),
        (Some(AppError::Conflict), "2025", "Note", "donnees-changent"),
    ] {
        let scene = Scene {
            refusal,
            ..Scene::default()
        };
        let (_, kept, answer, next) = freeze(scene, agent(), year, note);
        assert!(answer.is_err());
        let kept = kept.unwrap();
        assert_eq!(
            [kept.problem.as_str(), kept.get("year"), kept.get("note")],
            [problem, year, note]
        );
        let back = format!("{}?arreter=1&saisie={COPY}#errors", frozen::ADDRESS);
        assert_eq!(next, Some(back));
    }
    let (asked, kept, answer, _) = freeze(Scene::default(), Visitor::Anonymous, "2025", "");
    assert_eq!((answer, kept), (Err(AppError::SignIn), None));
    assert_eq!(asked, [""; 0]);
}
