//! Every page costs six queries at most, whatever the number of rows that it shows.
//! Longer than 400 lines: one scene that fills every list of the portal.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike as _;
use chrono::TimeDelta;
use domain::attestation::ShortCode;
use domain::catalogue::Label;
use domain::claims::{Claim, ClaimBody, Kind, Qualification};
use domain::documents::{Document, FileKind, Scan};
use domain::form::{ContestRow, Draft, StatusRow};
use domain::identifiers::Siren;
use domain::known::{Contest, Fact};
use domain::lifecycle::{Actor, Command, MemberRole, Verdict};
use domain::registry::RegistryState;
use server::http::leptos::page_paths;
use store::accounts::{self, Account, Role};
use store::attestations::{self, NewAttestation};
use store::documents::{self, NewDocument};
use store::memberships::{self, NewInvitation, NewRequest, Proof};
use store::prepared::NewPrepared;
use store::{companies, declarations, qualifications};
use uuid::Uuid;

use crate::contracts::explained::import_into;
use crate::desks;
use crate::outbox::bench::{Bench, account};
use crate::support::{Client, TestApp};

const MOST: u64 = 6;

/// A portal in which every list has `size` rows and every declaration `size` commitments.
struct Scene {
    app: TestApp,
    people: [(&'static str, Client); 4],
    /// What stands for `{id}`, with the name under which it is reported.
    ids: Vec<(&'static str, &'static str, String)>,
    /// A supplier with a validated status and payments.
    paid: Siren,
    /// A supplier with a draft.
    draft: Siren,
    /// An attestation of it.
    code: ShortCode,
    /// A letter that an agent prints.
    letter: String,
}

/// The owner is invited by an agent to one more company, and the people of theirs invite others.
async fn invitation_of(
    app: &TestApp,
    theirs: &Bench,
    owner: &Account,
    agent: &Account,
    siren: Siren,
) -> Uuid {
    let now = app.clock.now();
    let invite = |siren: &Siren, email: &str, by: Uuid| NewInvitation {
        siren: siren.clone(),
        email: email.to_owned(),
        role: MemberRole::Editor,
        organisation: None,
        message: String::new(),
        language: "fr".to_owned(),
        by,
        proof: Proof::Member,
    };
    app.state
        .store
        .write(async |txn| {
            companies::record(&txn, &siren, "Invitante", &RegistryState::Unresolved, now).await?;
            for n in 0..5 {
                let email = format!("invitee{n}@entreprise.example");
                let new = invite(&theirs.siren, &email, owner.id);
                let _ = memberships::invite(&txn, new, now).await?;
            }
            memberships::invite(&txn, invite(&siren, &owner.email, agent.id), now).await
        })
        .await
        .unwrap()
        .unwrap()
        .id
}

/// Numbers that pass the checks and are nobody's.
pub(crate) fn sirens() -> impl Iterator<Item = Siren> {
    (920_000_000..930_000_000).filter_map(|number: u32| Siren::parse(&number.to_string()).ok())
}

/// A company of this supplier with a declaration in draft.
pub(crate) async fn company(
    app: &TestApp,
    siren: Siren,
    supplier: &Account,
    reviewer: &Account,
) -> Bench {
    let (s, now, person) = (&siren, app.clock.now(), supplier.id);
    let by = &Actor::supplier(person, siren.clone(), MemberRole::Manager);
    let opened = app
        .state
        .store
        .write(async |txn| {
            let name = format!("Entreprise {s}");
            companies::record(&txn, s, &name, &RegistryState::Unresolved, now).await?;
            memberships::hold(&txn, s, person, Proof::None, now).await?;
            declarations::open(&txn, s, &Draft::default(), None, by, now).await
        })
        .await
        .unwrap();
    Bench {
        db: Arc::clone(&app.db),
        store: app.state.store.clone(),
        clock: app.clock.clone(),
        supplier: supplier.clone(),
        reviewer: reviewer.clone(),
        declaration: opened.id(),
        siren,
    }
}

fn claims(bench: &Bench, size: usize) -> Vec<Claim> {
    let mut claims = vec![bench.status_claim(Kind::Ei, "EI130170001A0M0", "2027-01-01")];
    for n in 0..size {
        let mut claim = bench.commitment(500);
        let contract = Some(format!("2026-{n:04}"));
        claim.key.contract.clone_from(&contract);
        if let ClaimBody::Commitment(commitment) = &mut claim.body {
            commitment.contract = contract;
        }
        claims.push(claim);
    }
    claims
}

/// Answers whose first line has documents.
async fn with_documents(app: &TestApp, draft: &Bench, owner: &Account, size: usize) {
    let (mut row, now) = (StatusRow::default(), app.clock.now());
    "EI".clone_into(&mut row.kind);
    for n in 0..size {
        let new = NewDocument {
            siren: draft.siren.clone(),
            document: Document {
                sha256: format!("{n:064x}"),
                name: format!("{n}.pdf"),
                kind: FileKind::Pdf,
                size: 1,
                valid_from: None,
                valid_to: None,
            },
            preview: false,
            scan: Scan::NotScanned,
            by: owner.id,
        };
        let kept = app
            .state
            .store
            .write(async |txn| documents::keep(&txn, &new, now).await);
        row.documents.push(kept.await.unwrap().to_string());
    }
    let mut answers = Draft::default();
    "yes".clone_into(&mut answers.solidarity.declare);
    answers.solidarity.rows.push(row);
    answers.contests.push(Contest {
        fact: Fact::Address,
        said: Label::default(),
        source: Label::default(),
        read_on: app.clock.today(),
        answers: ContestRow::default(),
    });
    let answers = serde_json::to_string(&answers).unwrap();
    let siren = draft.siren.as_str();
    app.db
        .execute(&format!(
            "UPDATE declarations SET answers = '{answers}' WHERE siren = '{siren}'"
        ))
        .await;
}

/// Drafts prepared for this person, each of another company; the last one.
async fn prepared(app: &TestApp, owner: &Account, agent: &Account, size: usize) -> uuid::Uuid {
    let now = app.clock.now();
    let mut last = None;
    for siren in sirens().skip(2_000).take(size.max(1)) {
        let new = NewPrepared {
            proposals: format!("siret={siren}&statut=ei,esus"),
            siren,
            email: owner.email.clone(),
            contact_name: "Camille".to_owned(),
            message: String::new(),
            language: "fr".to_owned(),
            by: agent.id,
        };
        let made = app
            .state
            .store
            .write(async |txn| {
                let unknown = RegistryState::Unresolved;
                companies::record(&txn, &new.siren, "Entreprise", &unknown, now).await?;
                store::prepared::prepare(&txn, new.clone(), now).await
            })
            .await;
        last = made.unwrap();
    }
    last.unwrap()
}

/// An attestation of this company that shows these.
async fn attestation(
    app: &TestApp,
    siren: &Siren,
    by: &Account,
    held: &[Qualification],
) -> ShortCode {
    let now = app.clock.now();
    let new = &NewAttestation {
        code: ShortCode::from_random([3; 16]),
        hash: "0".repeat(64),
        qualifications: held.iter().map(|one| one.id).collect(),
    };
    let issued = app
        .state
        .store
        .write(async |txn| attestations::issue(&txn, siren, new, by.id, now).await);
    issued.await.unwrap().code
}

/// Lists in force that name this company, and a file of each to decide about.
async fn published(app: &TestApp, siren: &Siren, size: usize) {
    for (list, headings) in [
        (domain::lists::ListKind::Esus, "SIREN;Fin\n"),
        (domain::lists::ListKind::EssFrance, "SIREN;Nom\n"),
    ] {
        let rows = std::iter::once(siren.clone()).chain(sirens().take(size));
        let rows: Vec<String> = rows.map(|siren| format!("{siren};\n")).collect();
        let content = format!("{headings}{}", rows.concat());
        crate::lists::import(app, list, &content).await;
        crate::lists::read(app, list, content.as_bytes()).await;
    }
}

/// People who ask to join, and mails that nobody takes.
async fn gathered(app: &TestApp, draft: &Bench, size: usize) {
    for n in 0..size {
        let other = account(
            &app.state.store,
            &format!("collegue{n}@entreprise.example"),
            Role::Supplier,
            "fr",
        )
        .await;
        let (siren, now) = (&draft.siren, app.clock.now());
        app.state
            .store
            .write(async |txn| {
                let new = NewRequest {
                    siren: siren.clone(),
                    account: other.id,
                    role: MemberRole::Reader,
                    organisation: None,
                    message: String::new(),
                };
                memberships::ask(&txn, new, now).await
            })
            .await
            .unwrap();
        draft
            .enqueue("mail.of_tomorrow", "personne", &serde_json::json!({}))
            .await;
    }
    app.db
        .execute("UPDATE outbox SET parked_at = created_at, last_error = 'route_unknown' WHERE route = 'mail.of_tomorrow'")
        .await;
}

async fn by_email(app: &TestApp, email: &str) -> Account {
    let found = accounts::by_email(app.state.store.read(), email).await;
    found.unwrap().unwrap()
}

impl Scene {
    async fn of(db: store::testing::TestDatabase, size: usize) -> Self {
        let app = TestApp::on(db, &[]).await;
        let supplier = app.sign_in("gerante@entreprise.example").await;
        let reviewer = app.reviewer().await;
        let administrator = app.administrator().await;
        let owner = by_email(&app, "gerante@entreprise.example").await;
        let agent = by_email(&app, "agent@metropole.example").await;
        let mut numbers = sirens();
        let mut next = async || company(&app, numbers.next().unwrap(), &owner, &agent).await;

        let draft = next().await;
        let review = next().await;
        review.submit(claims(&review, size)).await;
        let by = Actor::reviewer(agent.id);
        review.give(&Command::StartReview, &by).await.unwrap();
        let decided = next().await;
        let accepted = claims(&decided, size)
            .into_iter()
            .map(|claim| (claim, Verdict::Accepted));
        decided.decide(accepted.collect()).await;
        for _ in 0..size {
            let sent = next().await;
            sent.submit(claims(&sent, 1)).await;
        }
        Box::pin(gathered(&app, &draft, size)).await;
        // They wait for the agents too, who have a letter to print.
        app.db
            .execute("UPDATE attachment_requests SET buyer_from = created_at")
            .await;
        let desk = desks::buyer(&app, "agent@metropole.example").await;
        let request = desk.attachment_requests().await.unwrap()[0].id;
        let copy = desk.make_letter(request, "1 rue de la Paix").await.unwrap();
        let letter = format!("/instruction/rattachements/{request}/courrier?copie={copy}");
        let invitation = invitation_of(&app, &draft, &owner, &agent, numbers.next().unwrap()).await;
        let held = qualifications::of_company(app.state.store.read(), &decided.siren)
            .await
            .unwrap();
        assert_eq!(held.len(), size + 1);
        let mut ids = vec![
            ("/declarations", "draft", draft.declaration.to_string()),
            ("/declarations", "in review", review.declaration.to_string()),
            ("/declarations", "decided", decided.declaration.to_string()),
            ("/instruction", "in review", review.declaration.to_string()),
            ("/instruction", "decided", decided.declaration.to_string()),
            ("/qualifications", "held", held[0].id.to_string()),
            ("/invitations", "open", invitation.to_string()),
            ("/qualifications", "commitment", held[1].id.to_string()),
        ];
        let prepared = Box::pin(prepared(&app, &owner, &agent, size)).await;
        ids.push(("/brouillons", "prepared", prepared.to_string()));
        Box::pin(with_documents(&app, &draft, &owner, size)).await;
        let code = attestation(&app, &decided.siren, &owner, &held).await;
        let anonymous = app.client();
        let contract =
            serde_json::json!({"id": "c", "dateNotification": app.clock.today(), "montant": 10});
        Box::pin(import_into(&app, contract)).await;
        let today = app.clock.today();
        let year = crate::contracts::asked(today.year(), domain::contracts::Mode::Initial);
        let buyer = &app.state.buyer;
        let frozen = server::contracts::frozen::freeze(buyer, &year, "", "test", &app.clock);
        Box::pin(frozen).await.unwrap();
        let suppliers = std::iter::repeat_n(decided.siren.clone(), size);
        let mut ledger = vec!["date;siren;montant;direction;mandat".to_owned()];
        for (at, siren) in suppliers.chain(sirens().take(size)).enumerate() {
            ledger.push(format!("{today};{siren};{at};Voirie;M{at}"));
        }
        let (imports, _) = app.state.buyer.imports(1).await.unwrap();
        ids.push(("/instruction/imports", "done", imports[0].id.clone()));
        Box::pin(crate::contracts::pay_into(&app, &ledger.join("\n"))).await;
        Box::pin(published(&app, &decided.siren, size)).await;
        let (store, buyer) = (&app.state.store, &app.state.buyer);
        let told = Box::pin(server::feed::replay(store, buyer, app.clock.now()));
        told.await.unwrap();
        Self {
            app,
            people: [
                ("nobody", anonymous),
                ("supplier", supplier),
                ("reviewer", reviewer),
                ("administrator", administrator),
            ],
            ids,
            paid: decided.siren,
            draft: draft.siren,
            code,
            letter,
        }
    }

    /// The queries of every page for everybody, each asked as if nobody had asked before; and whether anybody was admitted.
    async fn counts(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for path in page_paths(&self.app.state) {
            let mut admitted = false;
            for (name, address) in self.addresses(&path) {
                for (who, client) in &self.people {
                    // The mark that somebody was seen, once a minute at most, is not of the page: it is made by this request.
                    // What is remembered of the session is forgotten by the next one.
                    client.get("/plan-du-site").await;
                    self.app.clock.advance(TimeDelta::seconds(10));
                    let before = self.app.state.store.statements();
                    let page = client.get(&address).await;
                    let queries = self.app.state.store.statements() - before;
                    admitted |= page.status == 200;
                    assert!(page.status < 500, "{address} {who}: {}", page.status);
                    assert!(queries <= MOST, "{name} for {who}: {queries} queries");
                    counts.insert(format!("{name} for {who}"), queries);
                }
            }
            assert!(
                admitted || path.starts_with("/demo"),
                "{path}: nobody was admitted, so nothing was counted"
            );
        }
        counts
    }

    /// The address of a page for each thing that has one, with the name under which it is reported.
    fn named(&self, path: &str) -> Vec<(String, String)> {
        if path.contains("{id}") {
            self.ids
                .iter()
                .filter(|(prefix, _, _)| path.starts_with(prefix) || path.starts_with("/demo"))
                .map(|(_, name, id)| (format!("{path} ({name})"), path.replace("{id}", id)))
                .collect()
        } else {
            vec![(
                path.to_owned(),
                path.replace("{token}", &"a".repeat(43))
                    .replace(
                        "{buyer}",
                        &format!("{}00017", self.app.state.config.site.buyer_siren),
                    )
                    .replace("{contract}", "c")
                    .replace("{siren}", self.draft.as_str())
                    .replace("{list}/{code}", "engagements/SOC-APP-01")
                    .replace("{list}/{import}", "esus/2")
                    .replace("{list}", "esus")
                    .replace("{code}", self.code.as_str()),
            )]
        }
    }

    fn addresses(&self, path: &str) -> Vec<(String, String)> {
        let mut addresses = self.named(path);
        for (name, address) in &mut addresses {
            *name = name.replace("{line}", "0");
            *address = address
                .replace("{line}", "0")
                .replace("{fact}", "adresse")
                .replace("{number}", "1");
        }
        if path == "/instruction/brouillons" {
            let siren = &self.draft;
            addresses.push((
                format!("{path} (of a company)"),
                format!("{path}?siret={siren}"),
            ));
        }
        if path == "/declarer" {
            let siren = &self.draft;
            let full =
                format!("{path}?siret={siren}&statut=ei,esus&effectif=3&engagement=ENV-CLI-02");
            addresses.push((format!("{path} (of a company)"), full));
        }
        if path.ends_with("{slug}") {
            addresses = addresses
                .into_iter()
                .flat_map(|(name, address)| {
                    domain::form::StepCode::ALL.map(|step| {
                        (
                            name.replace("{slug}", step.slug()),
                            address.replace("{slug}", step.slug()),
                        )
                    })
                })
                .collect();
        }
        match path {
            "/instruction" => {
                for query in [
                    "?q=entreprise",
                    "?statut=submitted&tri=nom",
                    "?page=2",
                    "?q=entreprise&tri=enjeu",
                ] {
                    addresses.push((format!("{path}{query}"), format!("{path}{query}")));
                }
            }
            "/instruction/engagements" => {
                let query = "?heures=a-verifier";
                addresses.push((format!("{path}{query}"), format!("{path}{query}")));
            }
            "/instruction/indicateurs/paiements" => {
                let query = "?direction=Voirie&compte=solidaires";
                addresses.push((format!("{path}{query}"), format!("{path}{query}")));
            }
            "/instruction/indicateurs/paiements/fournisseur" => {
                let query = format!("?tiers={}", self.paid);
                addresses.push((format!("{path}?tiers="), format!("{path}{query}")));
            }
            "/instruction/indicateurs/annees-arretees/ecarts" => {
                let query = format!("?annee={}&edition=1", self.app.clock.today().year());
                addresses = vec![(path.to_owned(), format!("{path}{query}"))];
            }
            "/instruction/qualifications" => {
                addresses.push((format!("{path}?q="), format!("{path}?q=entreprise")));
            }
            "/instruction/rattachements/{id}/courrier" => {
                addresses = vec![(path.to_owned(), self.letter.clone())];
            }
            "/espace/recherche" => {
                for query in [
                    "?q=d%C3%A9mo",
                    "?q=d%C3%A9mo&code_postal=13001&page=2",
                    "?q=91000005800016",
                    "?q=732829320",
                ] {
                    addresses.push((format!("{path}{query}"), format!("{path}{query}")));
                }
            }
            _ => {}
        }
        addresses
    }
}

store::on_both_engines! {
    async fn every_page_costs_six_queries_at_most_whatever_its_rows(db) {
        let engine = db.config().engine();
        // Both fill the first page of every list and begin a second one.
        let few = Box::pin(Scene::of(db, 26)).await.counts().await;
        let many = Box::pin(Scene::of(store::testing::TestDatabase::create(engine).await, 60)).await.counts().await;
        let grown: Vec<_> = few
            .iter()
            .filter(|(page, queries)| many[*page] > **queries)
            .map(|(page, queries)| format!("{page}: {queries}, then {}", many[page]))
            .collect();
        assert!(grown.is_empty(), "{grown:#?}");
        assert!(few.values().any(|queries| *queries > 2), "something was counted");
    }
}
