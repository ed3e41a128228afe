//! What is asked of a status, over the wire: nothing more where a register or a list proves it, everything where nothing does.

use domain::claims::{AgreementState, ClaimBody, EssCondition, Evidence, Kind, WitnessSource};
use domain::lists::ListKind;
use domain::registry::Source;
use store::Engine;
use uuid::Uuid;

use crate::desks::{self, accept_all, buyer, fill, signature, statement, supplier};
use crate::lists::import;
use crate::support::{Client, Page, TestApp};

const EI: &str = "910000058";
/// A company of which no register says anything.
const GROUP: &str = "91000004100012";

async fn open(client: &Client, number: &str) -> Uuid {
    let opened = client.post("/fn/open-company", &[("number", number)]).await;
    let page = opened.location().expect("a page to go on with").to_owned();
    page.split('/').nth(2).unwrap().parse().unwrap()
}

/// Ticks the one status that the page shows, and signs.
async fn confirm(client: &Client, id: Uuid) -> Page {
    let here = format!("/declarations/{id}/registres");
    let page = client.get(&here).await;
    page.expect_status(200);
    let (_, after) = page.body.split_once("name=\"version\" value=\"").unwrap();
    let version = after.split('"').next().unwrap().to_owned();
    let id = id.to_string();
    let fields = [
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("intent", "submit"),
        ("answers[siret]", desks::EI),
        ("answers[name]", "DÉMO INSERTION PROPRETÉ"),
        ("answers[rows][0][kind]", "EI"),
        ("answers[taken][]", "EI"),
        ("answers[contact_name]", "Camille Martin"),
        ("answers[contact_role]", "Gérante"),
        ("answers[contact_email]", "camille@demo.example.fr"),
        ("answers[capacity]", "legal_representative"),
        ("answers[accepted]", "yes"),
    ];
    client.post("/fn/confirm-known", &fields).await
}

/// The evidence of the status as it was signed.
async fn signed(app: &TestApp, id: Uuid) -> Evidence {
    let record = store::declarations::find(app.state.store.read(), id).await;
    let snapshot = record.unwrap().unwrap().revision.unwrap().snapshot;
    let mut statuses = snapshot.claims.into_iter();
    statuses
        .find_map(|claim| match claim.body {
            ClaimBody::Status(evidence) => Some(evidence),
            _ => None,
        })
        .unwrap()
}

/// Saves the step of the statuses with these answers of its one line, and reads what is wrong with it.
async fn told(
    client: &Client,
    desk: &dyn app::desk::SupplierDesk,
    id: Uuid,
    row: &[(&str, &str)],
) -> Page {
    let version = desk.declaration(id).await.unwrap().version.to_string();
    let id = id.to_string();
    let names: Vec<(String, &str)> = row
        .iter()
        .map(|(name, value)| {
            let list = if *name == "conditions" { "[]" } else { "" };
            (format!("answers[rows][0][{name}]{list}"), *value)
        })
        .collect();
    let fields: Vec<(&str, &str)> = [
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("intent", "save"),
        ("answers[declare]", "yes"),
    ]
    .into_iter()
    .chain(names.iter().map(|(name, value)| (name.as_str(), *value)))
    .collect();
    client
        .post("/fn/save-solidarity", &fields)
        .await
        .expect_status(303);
    client
        .get(&format!("/declarations/{id}/solidarite?verifier"))
        .await
}

store::on_both_engines! {
    async fn an_insertion_enterprise_on_a_list_signs_without_a_reference(db) {
        let app = TestApp::on(db, &[]).await;
        import(&app, ListKind::Inclusion, "siret;kind\n91000005800016;EI\n").await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let id = open(&client, EI).await;
        client.get(&format!("/declarations/{id}/registres")).await
            .expect_status(200)
            .expect_text("Annuaire du Marché de l’inclusion")
            .expect_text("Cette source tient lieu de justificatif");
        let done = confirm(&client, id).await;
        done.expect_redirect(&format!("/declarations/{id}/accuse"));
        let evidence = signed(&app, id).await;
        let witness = evidence.witness.expect("the list");
        assert_eq!(witness.source, WitnessSource::List(ListKind::Inclusion));
        assert_eq!(witness.read_on, Some(app.clock.today()));
        assert_eq!((evidence.reference, evidence.valid_from, evidence.valid_to), (None, None, None));
        client.follow(&done).await
            .expect_text("Prouvé par")
            .expect_text("Annuaire du Marché de l’inclusion, liste du ");
        // A second click finds it sent.
        assert_eq!(confirm_again(&client, id).await, 303);
        let reviewer = app.reviewer().await;
        reviewer.get(&format!("/instruction/{id}")).await
            .expect_status(200)
            .expect_text("Prouvé par")
            .expect_text("Aucune pièce n’est demandée à l’entreprise");
        // Accepted, it holds twelve months from the statement.
        let agent = buyer(&app, "agent@metropole.example").await;
        let version = agent.review(id).await.unwrap().version;
        agent.start_review(id, version).await.unwrap();
        accept_all(&*agent, id).await;
        let version = agent.review(id).await.unwrap().version;
        agent.sign(id, version, signature(), vec![]).await.unwrap();
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let held = desk.workspace().await.unwrap().companies.remove(0).qualifications;
        assert_eq!(held.len(), 1);
        assert_eq!(held[0].validity.from, app.clock.today());
        assert_eq!(held[0].validity.to, domain::claims::anniversary_eve(app.clock.today(), 1));
    }

    async fn the_agreement_of_the_list_is_taken_over_with_its_dates(db) {
        let app = TestApp::on(db, &[]).await;
        let list = "siret;kind;numero de convention;date de debut;date de fin;etat;siret a la signature\n\
            91000005800016;EI;EI013250042A0M0;01/01/2026;31/12/2027;PROVISOIRE;91000005800024\n";
        import(&app, ListKind::Inclusion, list).await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let id = open(&client, EI).await;
        confirm(&client, id).await.expect_redirect(&format!("/declarations/{id}/accuse"));
        let evidence = signed(&app, id).await;
        assert_eq!(evidence.reference.as_deref(), Some("EI013250042A0M0"));
        assert_eq!(evidence.state, Some(AgreementState::Provisoire));
        assert_eq!(evidence.signed_siret.as_ref().map(domain::identifiers::Siret::as_str), Some("91000005800024"));
        assert_eq!(evidence.valid_to, "2027-12-31".parse().ok());
        app.reviewer().await.get(&format!("/instruction/{id}")).await
            .expect_text("État de la convention")
            .expect_text("Provisoire")
            .expect_text("SIRET à la signature");
    }

    async fn what_nothing_proves_is_asked_whole_and_says_what_to_do(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&client, GROUP).await;
        let page = told(&client, &*desk, id, &[("kind", "EI")]).await;
        for field in ["reference", "state", "valid_from", "valid_to"] {
            assert!(page.body.contains(&format!("href=\"#rows-0-{field}\"")), "{field}");
        }
        let agreement = [("kind", "EI"), ("reference", "EI013240013A0M0"), ("valid_from", "01/01/2026"), ("valid_to", "31/12/2027")];
        let in_state = |state: &'static str| agreement.into_iter().chain([("state", state)]).collect::<Vec<_>>();
        told(&client, &*desk, id, &in_state("HISTORISE")).await.expect_text("n’est plus active");
        told(&client, &*desk, id, &in_state("SAISI")).await.expect_text("n’est pas encore active");
        let page = told(&client, &*desk, id, &in_state("VALIDE")).await;
        assert!(!page.body.contains("href=\"#rows-0-"), "nothing is wrong");
        // An approval that the law has ended.
        let approval = [("kind", "ESUS"), ("reference", "2020-13-007"), ("valid_from", "15/03/2020")];
        let page = told(&client, &*desk, id, &approval).await;
        page.expect_text("s’est terminé le 14/03/2025").expect_text("restée deux mois sans réponse");
        assert!(page.body.contains("href=\"#rows-0-valid_to\""));
        let approval = [approval[0], approval[1], approval[2], ("valid_to", "31/12/2027")];
        let page = told(&client, &*desk, id, &approval).await;
        assert!(!page.body.contains("s’est terminé"), "the certificate prevails");
    }

    async fn each_condition_of_the_law_is_ticked_and_read_by_the_reviewer(db) {
        let app = TestApp::on(db, &[]).await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let id = open(&client, desks::EI).await;
        fill(&*desk, id).await;
        // The register mentions an inclusion structure: that proves no commercial company of the social economy.
        let mut row = vec![("kind", "ESS_COMPANY"), ("reference", "Statuts du 3 mai 2021"), ("valid_from", "03/05/2021")];
        row.extend(EssCondition::ALL.iter().skip(1).map(|condition| ("conditions", condition.code())));
        told(&client, &*desk, id, &row).await.expect_text("Confirmez chaque condition");
        let version = desk.declaration(id).await.unwrap().version;
        let refused = desk.submit(id, version, statement()).await.unwrap();
        assert_ne!(refused, app::desk::Submitted::Done);
        row.push(("conditions", EssCondition::Aim.code()));
        let page = told(&client, &*desk, id, &row).await;
        assert!(!page.body.contains("Confirmez chaque condition"));
        let version = desk.declaration(id).await.unwrap().version;
        assert_eq!(desk.submit(id, version, statement()).await.unwrap(), app::desk::Submitted::Done);
        assert_eq!(signed(&app, id).await.conditions, EssCondition::ALL);
        app.reviewer().await.get(&format!("/instruction/{id}")).await
            .expect_text("Conditions confirmées (loi du 31 juillet 2014)")
            .expect_text("gouvernance démocratique")
            .expect_text("article 1er, II, 2°, c");
    }
}

async fn confirm_again(client: &Client, id: Uuid) -> u16 {
    let id = id.to_string();
    let fields = [("id", id.as_str()), ("version", "1"), ("intent", "submit")];
    client.post("/fn/confirm-known", &fields).await.status
}

/// The register alone, without any list.
#[tokio::test]
async fn the_register_stands_for_the_evidence_and_is_named() {
    let app = TestApp::with(Engine::Sqlite, &[]).await;
    let client = app.sign_in("camille@demo.example.fr").await;
    let id = open(&client, EI).await;
    confirm(&client, id)
        .await
        .expect_redirect(&format!("/declarations/{id}/accuse"));
    let witness = signed(&app, id).await.witness.expect("the register");
    assert_eq!(
        witness.source,
        WitnessSource::Register(Source::Demonstration)
    );
    let desk = supplier(&app, "camille@demo.example.fr").await;
    let claims = desk.declaration(id).await.unwrap().claims;
    assert_eq!(claims[0].claim.kind(), Kind::Ei);
}
