//! The group of the size step as pages: nested lines, a drawing with its twin, errors on their fields.
#![expect(clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;

use app::desk::StepAnswers;
use app::i18n::Lang;
use app::views::Conflict;
use domain::form::{Draft, GroupRow, LINK, SizeStep};
use domain::lifecycle::Status;
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::{all, assert_sound, text};
use crate::supplier_visit::{only, sound, step, visit, words};

fn row(code: &str, name: &str, with: &str, percent: &str) -> GroupRow {
    GroupRow {
        code: code.into(),
        kind: "enterprise".into(),
        name: name.into(),
        direction: "held".into(),
        with: with.into(),
        capital_pct: percent.into(),
        awu: "10".into(),
        turnover_eur: "1 000 000".into(),
        balance_eur: "500 000".into(),
        ..GroupRow::default()
    }
}

/// Nine subsidiaries on three levels, one of them held twice.
pub(crate) fn nine() -> Draft {
    let mut draft = filled();
    draft.size.rows = (1..=9)
        .map(|rank: usize| {
            let with = if rank < 4 {
                String::new()
            } else {
                format!("e{}", rank / 3)
            };
            row(&format!("e{rank}"), &format!("Filiale {rank}"), &with, "60")
        })
        .collect();
    draft.size.rows.push(GroupRow {
        code: "e10".into(),
        kind: LINK.into(),
        of: "e2".into(),
        direction: "holder".into(),
        with: "e9".into(),
        capital_pct: "10".into(),
        ..GroupRow::default()
    });
    draft.size.arrange();
    draft
}

fn showing(draft: Draft) -> Fake {
    Fake::showing(view(Status::Draft, draft))
}

#[test]
fn a_group_of_nine_is_nested_drawn_and_told_in_text() {
    for query in ["", "?verifier", "?retour=verification"] {
        let url = format!("{}{query}", step("taille"));
        let page = sound(&format!("nine {query}"), showing(nine()), &url);
        assert_eq!(all(&page, ".lines > fieldset.line").len(), 10);
        let title = |rank: usize| words(&page, &format!("#rows-{rank} > legend"));
        assert_eq!(
            title(0),
            "1. Filiale 1 – détenue à 60\u{a0}% par «\u{202f}Votre entreprise\u{202f}»"
        );
        assert_eq!(
            title(1),
            "2. Filiale 4 – détenue à 60\u{a0}% par «\u{202f}Filiale 1\u{202f}»"
        );
        only(&page, "#rows-1.line-depth-1");
        // The drawing: a box each, a line each, the second holding beside.
        only(
            &page,
            ".computed [role=img][aria-label] > svg[aria-hidden=true]",
        );
        assert_eq!(all(&page, ".computed svg rect.node").len(), 10);
        assert_eq!(all(&page, ".computed svg rect.node-linked").len(), 9);
        assert_eq!(
            all(&page, ".computed svg path.tie:not(.tie-other)").len(),
            9
        );
        assert_eq!(all(&page, ".computed svg path.tie-other").len(), 1);
        let twin = words(&page, ".computed .group-twin");
        for expected in [
            "Filiale 4, détenue à 60\u{a0}% par Filiale 1\u{a0}: liée, comptée à 100\u{a0}%.",
            "détenue à 10\u{a0}% par Filiale 2",
        ] {
            assert!(twin.contains(expected), "{expected} in {twin}");
        }
        assert_eq!(
            all(&page, ".group-twin ul ul ul > li").len(),
            6,
            "on three levels"
        );
        // The arithmetic: each enterprise once, the total, the ceiling.
        let table = words(&page, ".computed table.arithmetic");
        assert_eq!(all(&page, ".computed table.arithmetic tbody tr").len(), 10);
        for expected in ["128,5", "Plafond, moyenne entreprise", "moins de 250"] {
            assert!(table.contains(expected), "{expected} in {table}");
        }
        assert!(
            words(&page, ".computed .why").contains(
                "Ce qui décide\u{a0}: l’effectif atteint le plafond de la catégorie «\u{202f}petite entreprise\u{202f}»."
            ),
            "which ceiling decides"
        );
    }
}

#[test]
fn a_line_names_the_others_and_each_button_says_its_line() {
    let page = sound("lines", showing(nine()), &step("taille"));
    let options: Vec<String> = all(&page, "#rows-1-with option")
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(
        options.first().map(String::as_str),
        Some("Votre entreprise")
    );
    assert_eq!(options.len(), 9, "all but itself and the other holding");
    assert!(!options.iter().any(|option| option.starts_with("2. ")));
    let chosen = text(only(&page, "#rows-1-with option[selected]"));
    assert_eq!(chosen, "1. Filiale 1");
    for (value, words) in [
        ("add-under-0", "Ajouter ce qu’elle détient (1. Filiale 1"),
        ("add-over-0", "Ajouter qui la détient (1. Filiale 1"),
        ("remove-0", "Supprimer cette ligne (1. Filiale 1"),
        (
            "prune-0",
            "Supprimer avec ce qui s’y rattache (1. Filiale 1",
        ),
    ] {
        let button = text(only(&page, &format!("#rows-0 button[value='{value}']")));
        assert!(button.starts_with(words), "{button}");
    }
    assert!(
        all(&page, "#rows-1 button[value=prune-1]").is_empty(),
        "nothing hangs on it"
    );
    for value in ["add", "add-holder", "add-link", "add-many"] {
        only(
            &page,
            &format!("#rows button[name=intent][value='{value}']"),
        );
    }
    // What a link or a person has no use for is not asked.
    let link = all(&page, "fieldset.line")
        .into_iter()
        .position(|line| text(line).contains("Autre participation – Filiale 2"))
        .unwrap();
    for (name, hidden) in [
        ("name", true),
        ("awu", true),
        ("of", false),
        ("with", false),
    ] {
        let question = only(&page, &format!("[data-question='rows-{link}-{name}']"));
        assert_eq!(question.value().attr("hidden").is_some(), hidden, "{name}");
    }
}

#[test]
fn a_line_whose_holder_is_gone_says_so_and_is_tied_to_nobody_in_silence() {
    let mut draft = filled();
    draft.size.rows = vec![row("e2", "Orpheline", "e1", "60")];
    let page = sound("gone", showing(draft.clone()), &step("taille"));
    assert_eq!(
        words(&page, "#rows-0 > legend"),
        "1. Orpheline – à rattacher"
    );
    let chosen = only(&page, "#rows-0-with option[selected]");
    assert_eq!(
        (chosen.value().attr("value"), &*text(chosen)),
        (Some("e1"), "Ligne supprimée, à remplacer")
    );
    let url = format!("{}?verifier", step("taille"));
    let page = sound("gone, asked", showing(draft), &url);
    only(&page, ".error-summary a[href='#rows-0-with']");
    only(&page, "#rows-0-with[aria-invalid=true]");
}

#[test]
fn wrong_lines_lead_to_their_fields() {
    let wrong = |change: &dyn Fn(&mut SizeStep), field: &str, sentence: &str| {
        let mut draft = nine();
        change(&mut draft.size);
        let url = format!("{}?verifier", step("taille"));
        let page = sound(field, showing(draft), &url);
        only(&page, &format!(".error-summary a[href='#{field}']"));
        let error = words(&page, &format!("#{field}-error"));
        assert!(error.contains(sentence), "{field}: {error}");
    };
    wrong(
        &|size| size.rows[0].with = "e1".into(),
        "rows-0-with",
        "ne peut pas se détenir elle-même",
    );
    wrong(
        &|size| size.rows[0].capital_pct = "101".into(),
        "rows-0-capital_pct",
        "de 0 à 100",
    );
    wrong(
        &|size| {
            size.rows.push(GroupRow {
                awu: String::new(),
                ..row("e20", "De trop", "", "60")
            });
        },
        "rows-10-awu",
        "donnez ce chiffre",
    );
}

#[test]
fn several_periods_ask_their_figures_and_show_their_categories() {
    let mut draft = filled();
    let hidden = |page: &Html, id: &str| {
        let question = only(page, &format!("[data-question='{id}']"));
        question.value().attr("hidden").is_some()
    };
    let page = sound("one period", showing(draft.clone()), &step("taille"));
    assert!(hidden(&page, "previous_awu") && hidden(&page, "rows-0-previous_awu"));
    assert!(!hidden(&page, "previous_category"));
    draft.size.periods = "2".into();
    draft.size.previous_awu = "60".into();
    draft.size.previous_turnover_eur = "2 000 000".into();
    draft.size.previous_balance_eur = "1 000 000".into();
    let line = draft.size.rows.first_mut().unwrap();
    line.previous_awu = "4".into();
    line.previous_turnover_eur = "600 000".into();
    line.previous_balance_eur = "900 000".into();
    let page = sound("two periods", showing(draft), &step("taille"));
    assert!(!hidden(&page, "previous_awu") && !hidden(&page, "rows-0-previous_awu"));
    assert!(hidden(&page, "previous_category") && hidden(&page, "earlier_awu"));
    let periods = words(&page, ".computed .periods");
    assert!(
        periods.contains("Exercice\u{a0}N-1\u{a0}: moyenne entreprise")
            && periods.contains("Exercice\u{a0}N\u{a0}: petite entreprise"),
        "{periods}"
    );
    assert!(
        words(&page, ".computed .answer-headline").contains("moyenne entreprise"),
        "one period does not change the category"
    );
}

#[test]
fn the_drawing_follows_lines_that_are_not_complete_and_the_check_page_has_it_too() {
    let mut draft = nine();
    draft.size.awu.clear();
    let page = sound("incomplete", showing(draft), &step("taille"));
    assert_eq!(all(&page, ".computed svg rect.node").len(), 10);
    assert!(
        all(&page, ".computed table").is_empty(),
        "no arithmetic yet"
    );
    let page = sound("check", showing(nine()), &step("verification"));
    assert_eq!(all(&page, "#taille svg rect.node").len(), 10);
    assert_eq!(all(&page, "#taille table.arithmetic tbody tr").len(), 10);
    let answers = words(&page, "#taille");
    for expected in ["2. Filiale 4 – détenue", "1. Filiale 1", "Est détenue par"] {
        assert!(answers.contains(expected), "{expected}");
    }
    assert!(!answers.contains("Repère"), "codes are not for people");
}

#[test]
fn two_hundred_enterprises_make_a_sound_page() {
    let mut draft = filled();
    draft.size.rows = (1..=200)
        .map(|rank: usize| {
            let with = if rank < 3 {
                String::new()
            } else {
                format!("e{}", rank / 3)
            };
            row(&format!("e{rank}"), &format!("Filiale {rank}"), &with, "60")
        })
        .collect();
    draft.size.arrange();
    let (html, _) = visit(&Arc::new(showing(draft)), &step("taille"), Lang::Fr);
    assert_sound("two hundred", &html, "fr");
    let page = Html::parse_document(&html);
    assert_eq!(all(&page, "fieldset.line").len(), 200);
    assert_eq!(all(&page, "table.arithmetic tbody tr").len(), 201);
    // Drawn when asked for: the list says the same in less room.
    assert!(
        only(&page, "details.group-figure")
            .value()
            .attr("open")
            .is_none()
    );
    assert!(html.len() < 8_000_000, "{} bytes", html.len());
}

#[test]
fn hostile_names_stay_text_in_the_drawing() {
    let mut draft = filled();
    draft.size.rows = vec![row("e1", "</text><script>x</script>\"'", "", "60")];
    let (html, _) = visit(&Arc::new(showing(draft)), &step("taille"), Lang::En);
    assert!(!html.contains("<script>x"));
    assert_sound("hostile", &html, "en");
}

#[test]
fn two_versions_of_a_group_are_compared_line_by_line_whatever_their_order() {
    let stored = nine().size;
    let mut typed = stored.clone();
    typed.rows.remove(0);
    typed.rows[0].name = "Filiale quatre".into();
    let fake = Fake {
        conflict: Some(Conflict {
            declaration: id(1),
            version: 9,
            stored: StepAnswers::Size(stored),
            typed: StepAnswers::Size(typed),
            stored_at: at("2026-03-03T13:10:00Z"),
        }),
        ..Fake::default()
    };
    let url = format!("{}?conflit={}", step("taille"), id(9));
    let (html, reply) = visit(&Arc::new(fake), &url, Lang::Fr);
    assert_eq!(reply.status, Some(409));
    assert_sound("conflict", &html, "fr");
    let page = Html::parse_document(&html);
    let legends: Vec<String> = all(&page, "fieldset.versions > legend")
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(
        legends,
        ["Ligne 2, Nom"],
        "one difference, and one line that only the other has"
    );
    let code = only(&page, "input[type=hidden][name='answers[rows][1][code]']");
    assert_eq!(code.value().attr("value"), Some("e4"));
    assert!(
        words(&page, "form.conflict").contains("La ligne 1 n’est que dans la version enregistrée")
    );
}
