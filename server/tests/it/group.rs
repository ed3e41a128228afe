//! The group of the size step over HTTP, without JavaScript: nine subsidiaries, two hundred, and what is typed meanwhile.

use crate::desks::EI;
use crate::support::{Client, TestApp, attribute};

/// Opens the company; answers the address of its size step.
async fn opened(client: &Client) -> String {
    let page = client
        .post("/declarer/depuis-simulateur", &[("number", EI)])
        .await;
    let to = page.location().expect("a declaration").to_owned();
    to.split('?').next().unwrap().to_owned()
}

/// Posts the size step with these answers, as the page that is there would; answers where it leads.
async fn saved(client: &Client, step: &str, intent: &str, answers: &[(String, String)]) -> String {
    let page = client.get(step).await;
    let carried = |name: &str| {
        attribute(&page.body, &format!("name=\"{name}\""), "value").unwrap_or_default()
    };
    let (id, version) = (carried("id"), carried("version"));
    let mut fields = vec![
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("intent", intent),
    ];
    fields.extend(
        answers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    let page = client.post("/fn/save-size", &fields).await;
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().unwrap().to_owned()
}

fn answer(name: &str, value: &str) -> (String, String) {
    (format!("answers[{name}]"), value.to_owned())
}

fn own() -> Vec<(String, String)> {
    [
        ("declare", "yes"),
        ("closing_date", "31/12/2025"),
        ("awu", "62,5"),
        ("turnover_eur", "8 000 000"),
        ("balance_eur", "4 000 000"),
        ("group", "yes"),
    ]
    .map(|(name, value)| answer(name, value))
    .to_vec()
}

/// A subsidiary held by another line, or by ours.
fn line(rank: usize, with: usize) -> Vec<(String, String)> {
    let with = if with == 0 {
        String::new()
    } else {
        format!("e{with}")
    };
    [
        ("code", format!("e{}", rank + 1)),
        ("kind", "enterprise".to_owned()),
        ("name", format!("Filiale {}", rank + 1)),
        ("direction", "held".to_owned()),
        ("with", with),
        ("capital_pct", "60".to_owned()),
        ("awu", "1".to_owned()),
        ("turnover_eur", "100 000".to_owned()),
        ("balance_eur", "50 000".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (format!("answers[rows][{rank}][{name}]"), value))
    .collect()
}

store::on_both_engines! {
    async fn nine_subsidiaries_are_pasted_completed_and_computed_without_javascript(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let step = opened(&client).await;
        let lines: Vec<String> = (1..=9).map(|rank| format!("Filiale {rank};60;10;1000000;500000")).collect();
        let mut answers = own();
        answers.push(("many".to_owned(), lines.join("\n")));
        let to = saved(&client, &step, "add-many", &answers).await;
        assert!(to.ends_with("?ligne#rows-0"), "{to}");
        let page = client.get(&step).await;
        page.expect_text("9. Filiale 9 – détenue à 60\u{a0}% par «\u{202f}Votre entreprise\u{202f}»")
            .expect_text("Vous êtes une PME au sens européen\u{a0}: moyenne entreprise.")
            .expect_text("152,5");
        // A line below the third: it stands below it, and nothing else moves.
        let mut answers = own();
        for rank in 0..9 {
            answers.extend(line(rank, 0));
        }
        let to = saved(&client, &step, "add-under-2", &answers).await;
        assert!(to.ends_with("?ligne#rows-3"), "{to}");
        let page = client.get(&step).await;
        page.expect_text("4. Ligne 4 – détenue par «\u{202f}Filiale 3\u{202f}»")
            .expect_text("10. Filiale 9 – détenue");
    }
}

#[tokio::test]
async fn two_hundred_enterprises_are_posted_read_and_computed() {
    let app = TestApp::start().await;
    let client = app.sign_in("camille@demo.example.fr").await;
    let step = opened(&client).await;
    let mut answers = own();
    for rank in 0..200 {
        answers.extend(line(rank, rank / 3));
    }
    let to = saved(&client, &step, "continue", &answers).await;
    assert!(to.ends_with("/solidarite"), "{to}: everything is right");
    let page = client.get(&step).await;
    page.expect_status(200).expect_text("262,5");
    assert_eq!(page.body.matches("class=\"line-title\"").count(), 200);
}

#[tokio::test]
async fn what_is_wrong_in_a_group_is_kept_and_said_beside_its_field() {
    let app = TestApp::start().await;
    let client = app.sign_in("camille@demo.example.fr").await;
    let step = opened(&client).await;
    for (change, expected) in [
        (answer("rows][0][capital_pct", "120"), "de 0 à 100"),
        (
            answer("rows][0][with", "e1"),
            "ne peut pas se détenir elle-même",
        ),
        (answer("closing_date", "31/12/2199"), "dans le futur"),
    ] {
        let mut answers = own();
        answers.extend(line(0, 0));
        answers.retain(|(name, _)| *name != change.0);
        answers.push(change.clone());
        let to = saved(&client, &step, "continue", &answers).await;
        assert!(to.ends_with("?verifier#errors"), "{to}");
        let page = client.get(&format!("{step}?verifier")).await;
        page.expect_text(expected);
        assert!(page.body.contains(&change.1), "what was typed is there");
    }
    // A circle is no mistake.
    let mut answers = own();
    answers.extend(line(0, 0));
    answers.extend(
        [
            ("code", "e2"),
            ("kind", "link"),
            ("of", "e1"),
            ("direction", "holder"),
            ("capital_pct", "60"),
        ]
        .map(|(name, value)| answer(&format!("rows][1][{name}"), value)),
    );
    let to = saved(&client, &step, "continue", &answers).await;
    assert!(to.ends_with("/solidarite"), "{to}");
    client.get(&step).await.expect_text("63,5");
}
