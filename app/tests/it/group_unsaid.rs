//! A group of which nothing is said yet, or not who holds whom: the pages give no verdict, and say what is missing.

use domain::form::{Draft, GroupRow};
use domain::lifecycle::Status;
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::all;
use crate::supplier_visit::{only, sound, step, words};

fn with(rows: Vec<GroupRow>) -> Draft {
    let mut draft = filled();
    draft.size.rows = rows;
    draft
}

fn page(what: &str, draft: &Draft, slug: &str) -> Html {
    let view = view(Status::Draft, draft.clone());
    sound(what, Fake::showing(view), &step(slug))
}

#[test]
fn nothing_is_concluded_before_a_group_says_who_holds_whom() {
    let whole = filled().size.rows;
    let unsaid = whole.iter().cloned().map(|row| GroupRow {
        capital_pct: String::new(),
        voting_pct: String::new(),
        ..row
    });
    for (what, rows) in [
        ("no line", vec![]),
        ("a blank line", vec![GroupRow::default()]),
        ("no share", unsaid.collect()),
    ] {
        let draft = with(rows);
        let size = page(what, &draft, "taille");
        let headline = words(&size, ".computed .answer-headline");
        assert!(
            headline.starts_with("Le résultat apparaît dès"),
            "{what}: {headline}"
        );
        assert!(headline.contains("qui détient qui"), "{what}: {headline}");
        assert!(
            all(&size, ".computed .chip").is_empty(),
            "{what}: no verdict"
        );
        assert!(all(&size, ".computed table").is_empty(), "{what}: no sum");
        let check = page(what, &draft, "verification");
        let main = words(&check, "main");
        assert!(
            main.contains("La liste apparaîtra ici une fois les réponses complètes."),
            "{what}"
        );
        assert!(
            all(&check, "form.statement").is_empty(),
            "{what}: not signed"
        );
        assert!(all(&check, "#taille table.arithmetic").is_empty(), "{what}");
    }
    // The same lines with their share: the verdict is there.
    let size = page("whole", &with(whole), "taille");
    assert!(words(&size, ".computed .answer-headline").starts_with("Vous êtes une PME"));
    only(&size, ".computed .answer-body > p > .chip");
}

#[test]
fn the_question_that_is_missing_is_pointed_out() {
    let url = format!("{}?verifier", step("taille"));
    let asked = |rows| {
        let view = view(Status::Draft, with(rows));
        sound("unsaid", Fake::showing(view), &url)
    };
    only(&asked(vec![]), ".error-summary a[href='#rows']");
    let mut rows = filled().size.rows;
    for row in &mut rows {
        row.capital_pct.clear();
        row.voting_pct.clear();
    }
    only(&asked(rows), ".error-summary a[href='#rows-0-capital_pct']");
}
