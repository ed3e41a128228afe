//! Answers that a register filled in, over the wire: which register, and the day on which what is stored was read.

use chrono::TimeDelta;
use domain::lists::ListKind;

use crate::registry::api::{FakeApi, Reply};
use crate::support::{Client, TestApp};

const NUMBER: &str = "732829320";
const SOURCE: &str = "Annuaire des entreprises (DINUM, Insee), le";

/// Opens the company; the address of its declaration.
async fn open(client: &Client, number: &str) -> String {
    let opened = client.post("/fn/open-company", &[("number", number)]).await;
    let page = opened.location().expect("a page to go on with").to_owned();
    page.split('/').take(3).collect::<Vec<_>>().join("/")
}

/// The words beside an answer.
fn beside(body: &str, field: &str) -> Option<String> {
    let (_, after) = body.split_once(&format!(" id=\"{field}-source\""))?;
    let (_, words) = after.split_once('>')?;
    Some(words.split('<').next().unwrap().to_owned())
}

store::on_both_engines! {
    async fn the_stored_answer_of_the_register_is_named_with_its_day(db) {
        let api = FakeApi::start().await;
        let settings = [("registry.mode", "api"), ("registry.url", &*api.base)];
        let app = TestApp::on(db, &settings).await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let here = open(&client, NUMBER).await;
        let asked = api.count();
        let expected = format!("{SOURCE} 4\u{a0}mai 2026");
        let page = client.get(&format!("{here}/entreprise")).await;
        for field in ["siret", "name"] {
            assert_eq!(beside(&page.body, field).as_deref(), Some(expected.as_str()), "{field}");
        }
        assert_eq!(beside(&page.body, "contact_email"), None, "the account's own");

        // Days later the register is silent: what is stored bears the day of its reading, and nobody is asked to draw a page.
        app.clock.advance(TimeDelta::days(9));
        api.always(Reply::Status(500, ""));
        let client = app.sign_in("camille@demo.example.fr").await;
        for page in ["entreprise", "verification"] {
            let page = client.get(&format!("{here}/{page}")).await;
            page.expect_status(200).expect_text(&expected);
        }
        assert_eq!(api.count(), asked);

        // Changed, it is nobody's but the supplier's; put back, it is the register's again.
        let page = client.get(&format!("{here}/entreprise")).await;
        let (_, after) = page.body.split_once("name=\"version\" value=\"").unwrap();
        let version = after.split('"').next().unwrap().to_owned();
        let id = here.rsplit('/').next().unwrap().to_owned();
        let (_, after) = page.body.split_once("name=\"answers[siret]\" value=\"").unwrap();
        let siret = after.split('"').next().unwrap().to_owned();
        let spaced = format!("{} {} {} {}", &siret[..3], &siret[3..6], &siret[6..9], &siret[9..]);
        let fields = [
            ("id", id.as_str()),
            ("version", &version),
            ("intent", "save"),
            ("answers[siret]", &spaced),
            ("answers[name]", "Les Éclaireurs, tout court"),
        ];
        client.post("/fn/save-company", &fields).await.expect_status(303);
        let page = client.get(&format!("{here}/entreprise")).await;
        assert_eq!(beside(&page.body, "name"), None);
        assert_eq!(beside(&page.body, "siret").as_deref(), Some(expected.as_str()), "the same number, spaced");
    }

    async fn a_status_that_a_list_filled_in_names_the_list_and_its_date(db) {
        let app = TestApp::on(db, &[]).await;
        let list = "siret;kind;numero de convention;date de debut;date de fin;etat\n\
            91000005800016;EI;EI013250042A0M0;01/01/2026;31/12/2027;VALIDE\n";
        crate::lists::import(&app, ListKind::Inclusion, list).await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let here = open(&client, "910000058").await;
        let id = here.rsplit('/').next().unwrap().to_owned();
        let page = client.get(&format!("{here}/registres")).await;
        let (_, after) = page.body.split_once("name=\"version\" value=\"").unwrap();
        let version = after.split('"').next().unwrap().to_owned();
        let fields = [
            ("id", id.as_str()),
            ("version", &version),
            ("intent", "save"),
            ("answers[siret]", "91000005800016"),
            ("answers[name]", "DÉMO INSERTION PROPRETÉ"),
            ("answers[rows][0][kind]", "EI"),
            ("answers[rows][0][reference]", "EI013250042A0M0"),
            ("answers[rows][0][state]", "VALIDE"),
            ("answers[rows][0][valid_from]", "01/01/2026"),
            ("answers[rows][0][valid_to]", "31/12/2027"),
            ("answers[taken][]", "EI"),
        ];
        client.post("/fn/confirm-known", &fields).await.expect_status(303);
        let page = client.get(&format!("{here}/solidarite")).await;
        let source = beside(&page.body, "rows-0-reference").expect("a source");
        assert!(source.starts_with("Annuaire du Marché de l’inclusion, le "), "{source}");
        for field in ["kind", "valid_from", "valid_to", "state"] {
            assert_eq!(beside(&page.body, &format!("rows-0-{field}")).as_ref(), Some(&source), "{field}");
        }
        assert_eq!(beside(&page.body, "rows-0-authority"), None);
    }
}
