//! A renewal that is not sent: what was corrected and typed before stays, whatever the reason; and whose signature is offered.

use app::desk::{PeopleAct, Saved, StepAnswers, Submitted, SupplierDesk};
use app::error::AppError;
use app::views::{RenewalNext, RenewalOrder, Renewed};
use domain::form::{CommitmentRow, Draft, SolidarityStep, StatementStep, StatusRow};
use domain::lifecycle::{MemberRole, Refusal};
use domain::lists::ListKind;
use domain::renewal::Fate;
use uuid::Uuid;

use super::people::{BOSS, account_of, joined, siren};
use super::{buyer, fill, open, people, sent, statement, supplier};
use crate::lists;
use crate::renewal::{AGENT, CAMILLE, all, decide, order, screen, until};
use crate::support::TestApp;

const COLLEAGUE: &str = "claude@demo.example.fr";
/// A company of which the register does not say that it is an insertion enterprise.
const UNLISTED: &str = "91000003300019";

async fn stored(desk: &dyn SupplierDesk, id: Uuid) -> Draft {
    desk.declaration(id).await.unwrap().draft
}

async fn save(desk: &dyn SupplierDesk, id: Uuid, step: StepAnswers) {
    let version = desk.declaration(id).await.unwrap().version;
    let saved = desk.save_step(id, version, step).await.unwrap();
    assert!(matches!(saved, Saved::Done { .. }), "{saved:?}");
}

/// A renewal with a commitment corrected and another begun, neither of which is ticked; and these answers.
async fn corrected(desk: &dyn SupplierDesk, decided: Uuid) -> (Uuid, Draft) {
    let view = screen(desk, decided).await;
    let edit = order(&view, all(&view), RenewalNext::Line("insertion-0".into()));
    let Renewed::Kept { draft, .. } = desk.renew(decided, edit).await.unwrap() else {
        panic!("a draft")
    };
    let mut insertion = stored(desk, draft).await.insertion;
    insertion.rows[0].hours = "1 800".into();
    insertion.rows.push(CommitmentRow {
        modality: "formation_tutorat".into(),
        ..CommitmentRow::default()
    });
    save(desk, draft, StepAnswers::Insertion(insertion)).await;
    (draft, stored(desk, draft).await)
}

/// A declaration that was sent, whose status a list alone proves.
async fn proved(desk: &dyn SupplierDesk) -> Uuid {
    let id = open(desk, UNLISTED).await;
    fill(desk, id).await;
    let mut company = stored(desk, id).await.company;
    company.siret = UNLISTED.into();
    save(desk, id, StepAnswers::Company(company)).await;
    let row = StatusRow {
        kind: "EI".into(),
        ..StatusRow::default()
    };
    let step = SolidarityStep {
        declare: "yes".into(),
        rows: vec![row],
    };
    save(desk, id, StepAnswers::Solidarity(step)).await;
    let version = desk.declaration(id).await.unwrap().version;
    let submitted = desk.submit(id, version, statement()).await.unwrap();
    assert_eq!(submitted, Submitted::Done);
    id
}

/// Of the page, with these lines and this signature.
async fn sending(desk: &dyn SupplierDesk, id: Uuid, kept: &[&str]) -> RenewalOrder {
    let view = screen(desk, id).await;
    let kept = kept.iter().map(|mark| (*mark).to_owned()).collect();
    RenewalOrder {
        statement: StatementStep {
            signer_name: "Camille Martin-Roux".into(),
            ..statement()
        },
        ..order(&view, kept, RenewalNext::Send)
    }
}

store::on_both_engines! {
    async fn what_was_corrected_stays_when_an_answer_keeps_the_renewal_from_being_sent(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let id = sent(&*seller).await;
        decide(&*agent, id).await;
        until(&app, "2027-02-01");
        let (draft, before) = corrected(&*seller, id).await;
        // Somebody emptied an answer that is needed.
        let mut company = before.company.clone();
        company.contact_role.clear();
        save(&*seller, draft, StepAnswers::Company(company)).await;

        let send = sending(&*seller, draft, &["taille-0"]).await;
        assert_eq!(seller.renew(draft, send).await.unwrap(), Renewed::Incomplete(draft));
        let after = stored(&*seller, draft).await;
        assert_eq!(after.insertion, before.insertion, "the correction, and the line that was begun");
        assert_eq!(after.statement.signer_name, "Camille Martin-Roux", "the words of the signature");
        assert!(after.statement.accepted.is_empty(), "sworn each time");
        // What was not ticked is offered still, and nothing went to the buyer.
        let view = screen(&*seller, draft).await;
        assert_eq!(view.signer.signer_name, "Camille Martin-Roux");
        let status = view.renewal.lines.iter().find(|line| line.mark() == "solidarite-0").unwrap();
        assert!(status.offered && !status.ticked);
        assert!(!view.company_errors.is_empty(), "the page says what is missing");
        assert!(agent.comparison(draft, 2).await.is_err());

        // Once it is there, the same click sends what is ticked and no other.
        save(&*seller, draft, StepAnswers::Company(before.company.clone())).await;
        let send = sending(&*seller, draft, &["taille-0", "insertion-0"]).await;
        assert_eq!(seller.renew(draft, send).await.unwrap(), Renewed::Sent(draft));
        let sent = stored(&*seller, draft).await;
        assert_eq!((sent.insertion.rows.len(), sent.insertion.rows[0].hours.as_str()), (1, "1 800"));
    }

    async fn what_was_corrected_stays_when_the_oath_is_missing_or_nothing_is_ticked(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let id = sent(&*seller).await;
        decide(&*agent, id).await;
        until(&app, "2027-02-01");
        let (draft, before) = corrected(&*seller, id).await;
        let mut unsworn = sending(&*seller, draft, &["taille-0"]).await;
        unsworn.statement.accepted.clear();
        unsworn.statement.signer_quality.clear();
        assert_eq!(seller.renew(draft, unsworn).await.unwrap(), Renewed::Incomplete(draft));
        let after = stored(&*seller, draft).await;
        assert_eq!(after.insertion, before.insertion);
        let signer = (after.statement.signer_name.as_str(), after.statement.signer_quality.as_str());
        assert_eq!(signer, ("Camille Martin-Roux", ""), "as typed");

        let nothing = sending(&*seller, draft, &[]).await;
        let refused = Err(AppError::Refused { refusal: Refusal::NothingDeclared });
        assert_eq!(seller.renew(draft, nothing).await, refused);
        assert_eq!(stored(&*seller, draft).await.insertion, before.insertion, "refused, and not lost");
    }

    async fn what_was_corrected_stays_when_a_list_proves_a_status_no_more(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, CAMILLE).await, buyer(&app, AGENT).await);
        let listed = format!("siret;kind\n{UNLISTED};EI\n");
        lists::import(&app, ListKind::Inclusion, &listed).await;
        let id = proved(&*seller).await;
        decide(&*agent, id).await;
        until(&app, "2026-11-20");
        let (draft, before) = corrected(&*seller, id).await;
        let view = screen(&*seller, draft).await;
        assert!(view.renewal.line("solidarite-0").is_some_and(|line| line.ticked), "proved still");

        // The page is open; meanwhile the list is replaced.
        let send = sending(&*seller, draft, &["taille-0", "solidarite-0"]).await;
        lists::import(&app, ListKind::Inclusion, "siret;kind\n73282932000074;EI\n").await;
        assert_eq!(seller.renew(draft, send.clone()).await.unwrap(), Renewed::Incomplete(draft));
        let after = stored(&*seller, draft).await;
        assert_eq!(after.insertion, before.insertion);
        assert_eq!(after.solidarity, before.solidarity, "what was ticked is there to be completed");
        assert_eq!(after.size.declare, "yes");
        let view = screen(&*seller, draft).await;
        let status = view.renewal.line("solidarite-0").unwrap();
        assert!(matches!(status.fate, Fate::ToUpdate(_)) && !status.ticked, "{:?}", status.fate);
    }

    async fn what_was_corrected_stays_when_somebody_wrote_meanwhile(db) {
        let app = TestApp::on(db, &[]).await;
        let (seller, agent) = (supplier(&app, BOSS).await, buyer(&app, AGENT).await);
        let id = sent(&*seller).await;
        decide(&*agent, id).await;
        joined(&app, COLLEAGUE, MemberRole::Signatory).await;
        until(&app, "2027-02-01");
        let (draft, _) = corrected(&*seller, id).await;
        let send = sending(&*seller, draft, &["taille-0", "solidarite-0"]).await;
        // A colleague corrects the contact, while the page is open.
        let other = supplier(&app, COLLEAGUE).await;
        let mut company = stored(&*other, draft).await.company;
        company.contact_role = "Présidente".into();
        save(&*other, draft, StepAnswers::Company(company)).await;
        let theirs = stored(&*other, draft).await;
        assert_eq!(seller.renew(draft, send.clone()).await.unwrap(), Renewed::Changed(draft));
        assert_eq!(stored(&*seller, draft).await, theirs, "nothing is written over what nobody read");
        // So it is when the buyer or the company ended something of what is in force.
        let mut company = theirs.company.clone();
        company.contact_role = "Gérante".into();
        save(&*seller, draft, StepAnswers::Company(company)).await;
        let send = sending(&*seller, draft, &["taille-0", "solidarite-0"]).await;
        let held = other.workspace().await.unwrap().companies.remove(0).qualifications;
        let size = held.iter().find(|one| one.key.to_string().starts_with("SME")).unwrap();
        other.withdraw_qualification(size.id, "2027-02-01".parse().unwrap(), "Rachat".into()).await.unwrap();
        let before = stored(&*seller, draft).await;
        assert_eq!(seller.renew(draft, send).await.unwrap(), Renewed::Changed(draft));
        assert_eq!(stored(&*seller, draft).await, before);
    }

    async fn nobody_is_offered_the_signature_of_another(db) {
        let app = TestApp::on(db, &[]).await;
        let (boss, agent) = (supplier(&app, BOSS).await, buyer(&app, AGENT).await);
        let id = sent(&*boss).await;
        decide(&*agent, id).await;
        joined(&app, COLLEAGUE, MemberRole::Signatory).await;
        until(&app, "2027-02-01");
        let other = supplier(&app, COLLEAGUE).await;
        let of_decided = async |desk: &dyn SupplierDesk| screen(desk, id).await.signer;
        let mine = StatementStep { accepted: String::new(), ..statement() };
        assert_eq!(of_decided(&*boss).await, mine, "who signed last");
        assert_eq!(of_decided(&*other).await, StatementStep::default(), "another person signs in their own name");

        // The boss keeps a draft, with a signature as typed: it is not for the colleague.
        let view = screen(&*boss, id).await;
        let typed = StatementStep { signer_quality: "Présidente".into(), ..mine.clone() };
        let keep = RenewalOrder { statement: typed.clone(), ..order(&view, all(&view), RenewalNext::Save) };
        let Renewed::Kept { draft, .. } = boss.renew(id, keep).await.unwrap() else { panic!("a draft") };
        assert_eq!(screen(&*boss, draft).await.signer, typed);
        assert_eq!(screen(&*other, draft).await.signer, StatementStep::default());

        // The colleague keeps it with their own: each finds theirs, the boss the one that they swore to.
        let view = screen(&*other, draft).await;
        let theirs = StatementStep { signer_name: "Claude Petit".into(), signer_quality: "Directeur".into(), ..mine.clone() };
        let keep = RenewalOrder { statement: theirs.clone(), ..order(&view, all(&view), RenewalNext::Save) };
        assert!(matches!(other.renew(draft, keep).await.unwrap(), Renewed::Kept { .. }));
        assert_eq!(screen(&*other, draft).await.signer, theirs);
        assert_eq!(screen(&*boss, draft).await.signer, mine);

        // Whoever left takes their signature along.
        let account = account_of(&app, COLLEAGUE).await;
        let act = PeopleAct::Remove { account };
        assert_eq!(people(&app, BOSS).await.change_people(&siren(), act).await, Ok(None));
        assert_eq!(other.renewal(draft).await, Err(AppError::NotFound));
        assert_eq!(screen(&*boss, draft).await.signer, mine);
    }
}

#[tokio::test]
async fn what_was_typed_to_sign_comes_back_to_whoever_typed_it_alone() {
    let app = TestApp::start().await;
    let (seller, agent) = (supplier(&app, BOSS).await, buyer(&app, AGENT).await);
    let id = sent(&*seller).await;
    decide(&*agent, id).await;
    joined(&app, COLLEAGUE, MemberRole::Signatory).await;
    until(&app, "2026-11-20");
    let client = app.sign_in(BOSS).await;
    let fields = [
        ("id", id.to_string()),
        ("seen", "of another day".to_owned()),
        ("intent", "submit".to_owned()),
        ("keep[]", "taille-0".to_owned()),
        ("answers[signer_name]", "Paul Aubert".to_owned()),
        ("answers[signer_quality]", "Directeur délégué".to_owned()),
        ("answers[capacity]", "delegation".to_owned()),
        ("answers[accepted]", "yes".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let posted = client.post("/fn/renew-declaration", &fields).await;
    let next = posted.location().unwrap().to_owned();
    assert!(next.contains("?fait=change&saisie="), "{next}");
    client
        .get(&next)
        .await
        .expect_status(200)
        .expect_text("rien n’a été transmis")
        .expect_text("Paul Aubert")
        .expect_text("Directeur délégué");
    let other = app.sign_in(COLLEAGUE).await.get(&next).await;
    other.expect_status(200);
    assert!(!other.body.contains("Paul Aubert"), "{}", other.body);
    assert_eq!(app.db.number("SELECT count(*) FROM declarations").await, 1);
}
