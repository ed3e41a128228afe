//! The answers of the simulator begin a declaration, even when nobody is signed in yet.

use crate::desks::EI;
use crate::support::TestApp;

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
    let page = client.post(PATH, &fields).await;
    assert_eq!(page.status, 303, "{}", page.body);
    let to = page.header("location").unwrap().to_owned();
    assert!(to.ends_with("/taille"), "{to}");
    let size = client.get(&to).await;
    assert!(size.body.contains("8000000"), "the answers are there");
    let again = client.post(PATH, &[("e0-awu", "1"), ("number", EI)]).await;
    let to = again.header("location").unwrap().to_owned();
    assert!(
        !to.ends_with("/taille"),
        "answers already there are not overwritten: {to}"
    );
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
