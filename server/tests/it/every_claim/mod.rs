//! Every kind that the catalogue offers and every modality, over HTTP: declared, sent back, corrected, accepted, fed, renewed.
//! What comes out is read in the claims, on the page of the reviewer and in the buyer database.
//! Longer than 400 lines: one story, from the form to the buyer database and back to the form.

mod lines;

use app::desk::StepAnswers;
use domain::claims::{ClaimBody, Kind, Qualification};
use domain::decimal::Hundredths;
use domain::form::StepCode;
use domain::identifiers::Siren;
use domain::insertion::{Basis, Commitment, Modality};
use domain::text::Lang;
use serde_json::{Value, json};
use server::feed;
use store::qualifications;
use store::testing::TestDatabase;

use self::lines::{Promise, Round, commitments, posted, promises, reference, statuses};
use crate::desks::{EI, answers};
use crate::support::{Client, Page, TestApp, attribute};

const CAMILLE: &str = "camille@demo.example.fr";

/// The kinds that the register itself proves: there is nothing in them to correct.
fn proved(kind: Kind) -> bool {
    reference(kind, Round::First).is_none()
}

fn hidden(page: &Page, name: &str) -> String {
    attribute(&page.body, &format!("name=\"{name}\""), "value").unwrap()
}

/// Every value of the fields of this name.
fn values(page: &Page, name: &str) -> Vec<String> {
    let tags = page.body.split('<').filter(|tag| tag.contains(name));
    tags.filter_map(|tag| attribute(&format!("<{tag}"), name, "value"))
        .collect()
}

async fn post(client: &Client, door: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let page = client.post(door, &fields).await;
    page.expect_status(303);
    page
}

fn own(id: &str, version: String, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = vec![
        ("id".to_owned(), id.to_owned()),
        ("version".to_owned(), version),
    ];
    let more = more.iter();
    fields.extend(more.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

/// The form of a step, from its page, with all its answers: nothing is left to correct.
async fn fill(client: &Client, id: &str, step: StepCode, answers: Vec<(String, String)>) {
    let slug = step.slug();
    let page = client.get(&format!("/declarations/{id}/{slug}")).await;
    page.expect_status(200);
    let door = match step {
        StepCode::Company => "/fn/save-company",
        StepCode::Size => "/fn/save-size",
        StepCode::Solidarity => "/fn/save-solidarity",
        _ => "/fn/save-insertion",
    };
    let mut fields = own(id, hidden(&page, "version"), &[("intent", "continue")]);
    fields.extend(answers);
    let sent = post(client, door, &fields).await;
    // To the next step, or after a correction to the next remark: neither back here, nor to a conflict.
    let next = sent.location().unwrap();
    let here = format!("/{slug}");
    assert!(
        !next.contains(&here) && !next.contains("conflit="),
        "{next}"
    );
}

fn oath() -> Vec<(String, String)> {
    posted(&crate::desks::statement())
}

async fn send(client: &Client, id: &str) {
    let page = client
        .get(&format!("/declarations/{id}/verification"))
        .await;
    let mut fields = own(id, hidden(&page, "version"), &[("intent", "submit")]);
    fields.extend(oath());
    let sent = post(client, "/fn/submit-declaration", &fields).await;
    sent.expect_redirect(&format!("/declarations/{id}/accuse"));
}

/// Takes the declaration in hand: the page of the review.
async fn review(agent: &Client, id: &str) -> Page {
    let path = format!("/instruction/{id}");
    let page = agent.get(&path).await;
    post(
        agent,
        "/fn/start-review",
        &own(id, hidden(&page, "version"), &[]),
    )
    .await;
    let page = agent.get(&path).await;
    page.expect_status(200);
    page
}

/// Judges every claim of the page that has no verdict, and signs.
async fn decide(agent: &Client, id: &str, page: &Page, verdict: impl Fn(&str) -> &'static str) {
    let mut fields = own(id, hidden(page, "version"), &[]);
    for (rank, key) in values(page, "[claim]\"").into_iter().enumerate() {
        let given = verdict(&key);
        fields.push((format!("verdicts[{rank}][claim]"), key));
        fields.push((format!("verdicts[{rank}][verdict]"), given.to_owned()));
        let reason = if given == "to_fix" {
            "Chiffre à revoir"
        } else {
            ""
        };
        fields.push((format!("verdicts[{rank}][reason]"), reason.to_owned()));
    }
    post(agent, "/fn/give-verdicts", &fields).await;
    let signature = format!("/instruction/{id}/signature");
    let page = agent.get(&signature).await;
    page.expect_status(200);
    let signed = [("name", "Dominique Roux"), ("quality", "Acheteur")];
    let fields = own(id, hidden(&page, "version"), &signed);
    let done = post(agent, "/fn/sign-review", &fields).await;
    done.expect_redirect(&format!("/instruction/{id}?fait=signature"));
}

fn shown(hundredths: u64) -> String {
    Hundredths::from_hundredths(hundredths.into()).display(Lang::Fr)
}

/// What the reviewer reads of each commitment.
fn read_by_the_reviewer(page: &Page, round: Round) {
    for one in promises() {
        page.expect_text(one.modality.label().fr);
        if !one.is_framework() {
            page.expect_text(&one.contract());
        }
        match one.hours(round) {
            Some(hours) => page.expect_text(&format!("{}\u{a0}heures", shown(hours))),
            None => page.expect_text("Aucune heure, la clause du marché n’en prévoit pas"),
        };
        if one.unit == Some("etp") {
            let etp = if round == Round::First {
                "0,50"
            } else {
                "0,75"
            };
            let base = shown(u64::from(one.base().1) * 100);
            page.expect_text(&format!("{etp}\u{a0}ETP × {base}\u{a0}heures par an"));
        }
        if let Some(training) = one.training() {
            page.expect_text(&training);
        }
    }
    page.expect_text("150\u{202f}000\u{a0}€")
        .expect_text("12,5\u{a0}%")
        .expect_text("Contrat d’apprentissage");
}

async fn held(app: &TestApp) -> Vec<Qualification> {
    let siren = Siren::parse("910000058").unwrap();
    qualifications::of_company(app.state.store.read(), &siren)
        .await
        .unwrap()
}

/// What was accepted, claim by claim.
fn says_what_was_corrected(held: &[Qualification]) {
    for kind in Kind::SOLIDARITY {
        let found: Vec<_> = held.iter().filter(|one| one.claim.kind() == kind).collect();
        assert_eq!(found.len(), 1, "{kind}");
        let ClaimBody::Status(evidence) = &found[0].claim.body else {
            panic!("{kind}")
        };
        assert_eq!(
            evidence.reference,
            reference(kind, Round::Corrected),
            "{kind}"
        );
        let siret = found[0].claim.key.scope.siret().map(ToString::to_string);
        assert_eq!(
            siret.as_deref(),
            kind.is_siret_scoped().then_some(EI),
            "{kind}"
        );
    }
    let promised: Vec<&Commitment> = held
        .iter()
        .filter_map(|one| match &one.claim.body {
            ClaimBody::Commitment(body) => Some(&**body),
            _ => None,
        })
        .collect();
    assert_eq!(promised.len(), promises().len());
    for one in promises() {
        let contract = Some(one.contract()).filter(|contract| !contract.is_empty());
        let body = promised
            .iter()
            .find(|body| body.modality == one.modality && body.contract == contract)
            .unwrap_or_else(|| panic!("{one:?}"));
        let hours = body
            .hours
            .map(|hours| u64::try_from(hours.hundredths()).unwrap());
        assert_eq!(hours, one.hours(Round::Corrected), "{one:?}");
        assert_eq!(hours.is_none(), body.basis == Basis::NoHours, "{one:?}");
        assert_eq!(body.etp_base, one.base().1, "{one:?}");
        assert_eq!(
            body.structure.as_ref().map(|structure| structure.kind),
            one.structure,
            "{one:?}"
        );
        assert_eq!(
            body.persons,
            one.modality.needs_persons().then_some(3),
            "{one:?}"
        );
        let mut publics = one.publics();
        publics.sort_unstable();
        let said: Vec<&str> = body
            .publics
            .iter()
            .map(domain::insertion::Public::code)
            .collect();
        assert_eq!(said, publics, "{one:?}");
    }
}

/// The rows of the buyer database that must follow.
fn fed(one: &Promise) -> Value {
    let mut publics = one.publics();
    publics.sort_unstable();
    let types = one.contract_types();
    let contract = one.contract();
    let of = |modality, value: &str| (one.modality == modality).then(|| value.to_owned());
    let training = one.training().map(|said| {
        let more = if one.unit.is_none() {
            ", et un soir"
        } else {
            ""
        };
        format!("{said}{more}")
    });
    json!({
        "modality": one.modality.code(),
        "contract": (!contract.is_empty()).then_some(contract),
        "hours": one.hours(Round::Corrected).unwrap_or(0).to_string(),
        "basis": one.unit.unwrap_or("no_hours"),
        "base": one.base().1.to_string(),
        "structure_kind": one.structure.map(Kind::code),
        "publics": publics.join(","),
        "contract_types": (!types.is_empty()).then(|| types.join(",")),
        "amount": of(Modality::SousTraitance, "15000000"),
        "share": of(Modality::CoTraitance, "1250"),
        "training": training,
    })
}

async fn feeds(app: &TestApp, target: &TestDatabase) {
    let state = &app.state;
    feed::replay(&state.store, &state.buyer, app.clock.now())
        .await
        .unwrap();
    let report = feed::verify(&state.store, &state.buyer).await.unwrap();
    assert!(report.is_equal(), "{report:?}");
    let whole = |column: &str| format!("CAST(CAST(ROUND({column} * 100) AS BIGINT) AS TEXT)");
    let mut rows = target
        .rows(&format!(
            "SELECT modality, contract, {} AS hours, basis, CAST(etp_base_hours AS TEXT) AS base, structure_kind, publics,
                contract_types, {} AS amount, {} AS share, training FROM commitments",
            whole("hours"), whole("structure_amount"), whole("structure_share"),
        ))
        .await;
    let mut expected: Vec<Value> = promises().iter().map(fed).collect();
    rows.sort_by_key(Value::to_string);
    expected.sort_by_key(Value::to_string);
    assert_eq!(rows, expected);
    let mut kinds = target
        .rows("SELECT DISTINCT kind, reference FROM qualifications WHERE kind <> 'COMMITMENT'")
        .await;
    let mut expected: Vec<Value> = Kind::SOLIDARITY
        .iter()
        .map(|kind| json!({ "kind": kind.code(), "reference": reference(*kind, Round::Corrected) }))
        .collect();
    kinds.sort_by_key(Value::to_string);
    expected.sort_by_key(Value::to_string);
    assert_eq!(kinds, expected);
}

/// Offers what is off unless the buyer says otherwise.
async fn offer_tih(app: &TestApp, admin: &Client) {
    let today = app.clock.today().format("%d/%m/%Y").to_string();
    let fields = [
        ("list", "statuts"),
        ("code", "TIH"),
        ("version", "0"),
        (
            "answers[label_fr]",
            "Travailleur indépendant handicapé (TIH)",
        ),
        ("answers[label_en]", "Self-employed disabled worker (TIH)"),
        ("answers[offered]", "yes"),
        ("answers[from]", &today),
        ("answers[reason]", "Délibération"),
    ];
    let saved = admin.post("/fn/change-catalogue", &fields).await;
    saved.expect_redirect("/administration/catalogue?fait=version");
}

/// The hours that the figures count are those of the one framework commitment that promises some.
async fn counted(agent: &Client, target: &TestDatabase) {
    let framework: Vec<Promise> = promises()
        .into_iter()
        .filter(Promise::is_framework)
        .collect();
    let hours: Vec<_> = framework
        .iter()
        .map(|one| one.hours(Round::Corrected))
        .collect();
    assert!(hours.len() == 2 && hours.contains(&None), "{hours:?}");
    let promised = shown(hours.iter().flatten().sum());
    let page = agent
        .get("/instruction/indicateurs/heures?annee=2026")
        .await;
    page.expect_status(200)
        .expect_text(&format!("{promised}\u{a0}h"));
    assert!(
        !page.body.contains(Modality::FormationTutorat.label().fr),
        "nothing was promised there"
    );
    let sum = "SELECT CAST(SUM(hours) AS BIGINT) FROM commitments WHERE contract IS NULL";
    assert_eq!(target.number(sum).await, 407);
}

/// A year on, every line is offered again and says so; no hours are asked where none were promised.
async fn renewed(app: &TestApp, person: &Client, id: &str) -> String {
    let path = format!("/declarations/{id}/renouveler");
    let page = person.get(&path).await;
    page.expect_status(200);
    let ticked = page
        .body
        .split('<')
        .filter(|tag| tag.contains("name=\"keep[]\"") && tag.contains(" checked"));
    let marks: Vec<String> = ticked
        .map(|tag| attribute(&format!("<{tag}"), "keep[]", "value").unwrap())
        .collect();
    assert_eq!(
        marks.len(),
        Kind::SOLIDARITY.len() + promises().len(),
        "{marks:?}"
    );
    for kind in Kind::SOLIDARITY {
        page.expect_text(kind.label().fr);
        reference(kind, Round::Corrected).map(|said| page.expect_text(&said));
    }
    for one in promises() {
        one.hours(Round::Corrected)
            .map(|hours| page.expect_text(&format!("{}\u{a0}heures", shown(hours))));
    }
    let mut fields = vec![
        ("id".to_owned(), id.to_owned()),
        ("seen".to_owned(), hidden(&page, "seen")),
        ("intent".to_owned(), "submit".to_owned()),
    ];
    fields.extend(marks.into_iter().map(|mark| ("keep[]".to_owned(), mark)));
    fields.extend(oath());
    let sent = post(person, "/fn/renew-declaration", &fields).await;
    let next = sent.location().unwrap().to_owned();
    assert!(next.ends_with("/accuse"), "{next}");

    let without = held(app).await;
    let without = without
        .iter()
        .find(|one| matches!(&one.claim.body, ClaimBody::Commitment(body) if body.hours.is_none()))
        .unwrap();
    let page = person.get(&format!("/qualifications/{}", without.id)).await;
    page.expect_status(200)
        .expect_text("La clause du marché ne prévoit pas d’heures")
        .expect_text("Aucune heure, la clause du marché n’en prévoit pas");
    assert!(!page.body.contains("/fn/tell-hours"));
    let fields = [
        ("id", without.id.to_string()),
        ("quarter", "2026-Q3".into()),
        ("hours", "5".into()),
    ];
    let told = post(
        person,
        "/fn/tell-hours",
        &fields.map(|(name, value)| (name.to_owned(), value)),
    )
    .await;
    assert!(
        told.location()
            .unwrap()
            .contains("verifier=not_a_commitment"),
        "{:?}",
        told.location()
    );
    let home = person.get("/espace").await;
    let due = home.body.matches("#heures\"").count();
    let asked = promises().iter().filter(|one| one.unit.is_some()).count();
    assert_eq!(
        due, asked,
        "hours are due where some were promised, and nowhere else"
    );
    assert!(!home.body.contains(&format!("{}#heures", without.id)));
    next.split('/').nth(2).unwrap().to_owned()
}

/// The same words keep what is in force; what holds from its signature holds longer, without a hole.
fn keeps_what_is_in_force(before: &[Qualification], after: &[Qualification]) {
    let of = |held: &[Qualification], signed: bool| -> Vec<Qualification> {
        let held = held.iter();
        held.filter(|one| (one.claim.kind() == Kind::Tih) == signed)
            .cloned()
            .collect()
    };
    assert_eq!(of(before, false), of(after, false));
    let periods = of(after, true);
    assert_eq!((of(before, true).len(), periods.len()), (1, 2));
    let (first, last) = (periods[0].validity, periods[1].validity);
    assert!(last.to > first.to);
    let days = first
        .from
        .iter_days()
        .take_while(|day| Some(*day) <= last.to);
    for day in days {
        let holding = periods.iter().filter(|one| one.holds_on(day)).count();
        assert_eq!(holding, 1, "{day}");
    }
}

store::on_both_engines! {
    async fn every_kind_and_modality_is_declared_corrected_and_renewed(db) {
        let target = TestDatabase::create(db.config().engine()).await;
        let app = TestApp::on(db, &[("buyer_database.url", target.url())]).await;
        let (admin, agent, person) = (app.administrator().await, app.reviewer().await, app.sign_in(CAMILLE).await);
        offer_tih(&app, &admin).await;
        let opened = person.post("/fn/open-company", &[("number", EI)]).await;
        let id = opened.location().unwrap().split('/').nth(2).unwrap().to_owned();

        let StepAnswers::Company(company) = answers().remove(0) else { panic!("the company first") };
        fill(&person, &id, StepCode::Company, posted(&company)).await;
        fill(&person, &id, StepCode::Size, vec![("answers[declare]".into(), "no".into())]).await;
        fill(&person, &id, StepCode::Solidarity, posted(&statuses(&Kind::SOLIDARITY, Round::First))).await;
        fill(&person, &id, StepCode::Insertion, posted(&commitments(Round::First))).await;
        send(&person, &id).await;

        let page = review(&agent, &id).await;
        read_by_the_reviewer(&page, Round::First);
        for kind in Kind::SOLIDARITY {
            page.expect_text(kind.label().fr);
        }
        decide(&agent, &id, &page, |key| {
            let right = Kind::SOLIDARITY.iter().any(|kind| proved(*kind) && key.starts_with(kind.code()));
            if right { "accepted" } else { "to_fix" }
        }).await;
        assert!(held(&app).await.is_empty(), "nothing holds before all is decided");
        person.get(&format!("/declarations/{id}")).await.expect_text("Chiffre à revoir");

        fill(&person, &id, StepCode::Solidarity, posted(&statuses(&Kind::SOLIDARITY, Round::Corrected))).await;
        fill(&person, &id, StepCode::Insertion, posted(&commitments(Round::Corrected))).await;
        send(&person, &id).await;
        let page = review(&agent, &id).await;
        read_by_the_reviewer(&page, Round::Corrected);
        decide(&agent, &id, &page, |_| "accepted").await;
        let accepted = held(&app).await;
        says_what_was_corrected(&accepted);
        feeds(&app, &target).await;
        counted(&agent, &target).await;

        app.clock.advance(chrono::TimeDelta::days(280));
        let person = app.sign_in(CAMILLE).await;
        let again = renewed(&app, &person, &id).await;
        let agent = app.sign_in("agent@metropole.example").await;
        let page = review(&agent, &again).await;
        read_by_the_reviewer(&page, Round::Corrected);
        decide(&agent, &again, &page, |_| "accepted").await;
        keeps_what_is_in_force(&accepted, &held(&app).await);
        feeds(&app, &target).await;
    }
}
