//! The answers of the simulator begin a declaration, even when nobody is signed in yet.

use crate::desks::EI;
use crate::support::{Client, TestApp, attribute};

const PATH: &str = "/declarer/depuis-simulateur";

#[tokio::test]
async fn a_simulation_becomes_the_size_step_of_a_declaration() {
    let app = TestApp::start().await;
    let client = app.sign_in("camille@demo.example.fr").await;
    let fields = [
        ("e0-awu", "62,5"),
        ("e0-turnover", "8000000"),
        ("e0-balance", "4000000"),
        ("number", EI),
    ];
    let to = sent(&client, &fields).await;
    assert!(to.ends_with("/taille?simulation="), "{to}");
    let size = client.get(&to).await;
    assert!(size.body.contains("8000000"), "the answers are there");
    size.expect_text("Voici vos réponses au simulateur");
    assert_eq!(sent(&client, &fields).await, to, "a double click");
    let again = sent(&client, &[("e0-awu", "1"), ("number", EI)]).await;
    let both = client.get(&again).await;
    both.expect_status(409).expect_text("rien n’a été remplacé");
    assert!(
        both.body.contains("62,5") && both.body.contains("value=\"1\""),
        "both are shown"
    );
    let step = to.split('?').next().unwrap();
    assert!(
        client.get(step).await.body.contains("8000000"),
        "answers already there are not overwritten"
    );
}

/// Posts a form of the simulator; answers where it leads.
async fn sent(client: &Client, fields: &[(&str, &str)]) -> String {
    let page = client.post(PATH, fields).await;
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().unwrap().to_owned()
}

/// What the page of this address carries along.
async fn kept(client: &Client, address: &str) -> String {
    let page = client.get(address).await;
    page.expect_status(200)
        .expect_text("Vos réponses au simulateur sont gardées");
    attribute(&page.body, "name=\"simulation\"", "value").expect("the answers")
}

#[tokio::test]
async fn answers_wait_until_a_company_can_be_opened() {
    let app = TestApp::start().await;
    let (client, holder) = (
        app.sign_in("camille@demo.example.fr").await,
        app.sign_in("sam@demo.example.fr").await,
    );
    sent(&holder, &[("number", "91000003300019")]).await;
    for (number, outcome) in [
        ("9100000580001", "?q=9100000580001&issue=invalide"),
        ("", "?q=&issue=invalide"),
        ("910 000 108", "?q=910000108&issue=fermee"),
        ("91000003300019", "?q=91000003300019&issue=suivie"),
    ] {
        let fields = [
            ("e0-awu", "62,5"),
            ("e0-turnover", "8000000"),
            ("number", number),
        ];
        let to = sent(&client, &fields).await;
        assert!(
            to.starts_with(&format!("/espace/recherche{outcome}")),
            "{to}"
        );
        assert!(
            !to.contains("8000000") && !to.contains("62,5") && !to.contains("62%2C5"),
            "nothing can be read in {to}"
        );
        kept(&client, &to).await;
    }
    let to = sent(&client, &[("e0-turnover", "8000000"), ("number", "1")]).await;
    let kept = kept(&client, &to).await;
    // Another search, and another failure, keep them.
    let search = format!("/espace/recherche?q=proprete&simulation={kept}");
    let page = client.get(&search).await;
    assert!(page.body.contains("/declarer/depuis-simulateur") && page.body.contains(&kept));
    let with = |number| [("number", number), ("simulation", kept.as_str())];
    let to = sent(&client, &with("2")).await;
    assert!(to.contains("&simulation="), "{to}");
    // Nobody else opens them, and nobody after an hour.
    let to = sent(&holder, &with("91000003300019")).await;
    assert!(to.ends_with("?simulation=tout"), "{to}");
    holder.get(&to).await.expect_text("gardées qu’une heure");
    let to = sent(&client, &with(EI)).await;
    assert!(to.ends_with("/taille?simulation="), "{to}");
    assert!(client.get(&to).await.body.contains("8000000"));
    app.clock.advance(chrono::Duration::minutes(61));
    let to = sent(&client, &with(EI)).await;
    assert!(to.ends_with("?simulation=tout"), "{to}");
}

#[tokio::test]
async fn persons_and_links_between_others_are_taken_over_too() {
    let app = TestApp::start().await;
    let client = app.sign_in("camille@demo.example.fr").await;
    let to = sent(
        &client,
        &[
            ("e0-awu", "62,5"),
            ("e0-turnover", "8000000"),
            ("e0-balance", "4000000"),
            ("e1-name", "Anne"),
            ("e1-kind", "person"),
            ("h0-holder", "1"),
            ("h0-held", "0"),
            ("h0-capital", "100"),
            ("h0-votes", "100"),
            ("number", EI),
        ],
    )
    .await;
    assert!(to.ends_with("/taille?simulation="), "{to}");
    let page = client.get(&to).await;
    page.expect_text("Voici vos réponses au simulateur")
        .expect_text("1. Anne – détient 100\u{a0}% de «\u{202f}Votre entreprise\u{202f}»");
}

#[tokio::test]
async fn a_long_form_is_carried_through_the_sign_in_and_a_longer_one_says_so() {
    let app = TestApp::start().await;
    let names: Vec<[String; 3]> = (1..=20)
        .map(|n| {
            [
                format!("e{n}-name"),
                format!("e{n}-turnover"),
                format!(
                    "Société d’économie mixte de la Méditerranée et des Alpes du Sud, agence {n}"
                ),
            ]
        })
        .collect();
    let mut fields = vec![("e0-awu", "62,5"), ("number", EI)];
    for [name, turnover, value] in &names {
        fields.extend([
            (name.as_str(), value.as_str()),
            (turnover.as_str(), "1234567,89"),
        ]);
    }
    let next = async |fields: &[(&str, &str)]| {
        let client = app.client();
        let page = client.post(PATH, fields).await;
        let form = client.follow(&page).await;
        attribute(&form.body, "name=\"next\"", "value").expect("where to go on")
    };
    let length: usize = fields
        .iter()
        .map(|(name, value)| name.len() + value.len() * 2)
        .sum();
    assert!(length > 4_000, "{length}");
    assert!(next(&fields).await.starts_with("/connexion/reprise?form="));
    // No packing helps against noise.
    let noise: Vec<String> = (0..200)
        .map(|n| hex::encode(store::Hash::of(n.to_string()).as_bytes()))
        .collect();
    let fields: Vec<_> = noise
        .iter()
        .map(|text| ("e1-name", text.as_str()))
        .collect();
    assert_eq!(next(&fields).await, "/simulateur-pme?trop-long");
    let client = app.supplier().await;
    client
        .get("/simulateur-pme?trop-long")
        .await
        .expect_text("n’ont pas pu être gardées");
}

#[tokio::test]
async fn a_visitor_is_asked_to_sign_in_first() {
    let app = TestApp::start().await;
    let page = app
        .client()
        .post(PATH, &[("e0-awu", "62,5"), ("number", EI)])
        .await;
    assert_eq!(page.status, 303);
    assert!(page.header("location").unwrap().starts_with("/connexion"));
}
