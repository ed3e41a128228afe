//! The route × actor table: who may open what. A route that is not in the table fails the test, and so does a row without a route.
//! Longer than 400 lines: it is one table, with what walks through it.

use std::collections::BTreeSet;

use app::desk::{Opening, Saved, StepAnswers};
use app::views::{Export, FileFormat};
use app::visitor::{AccountRole, Identity, Visitor};
use domain::text::Lang;
use leptos::server_fn::axum::server_fn_paths;
use server::http::leptos::page_paths;
use store::accounts;
use uuid::Uuid;

use crate::desks::{EI, answers, fill, statement};
use crate::support::{Client, TestApp};

/// What a GET answers to: nobody, the company, another company, a reviewer, an administrator.
type Row = (&'static str, [u16; 5]);

/// To the sign-in page.
const IN: u16 = 303;

const PAGES: &[Row] = &[
    ("/", [200, 200, 200, 200, 200]),
    ("/accessibilite", [200, 200, 200, 200, 200]),
    ("/administration/catalogue", [IN, 403, 403, 403, 200]),
    // No such list, no such entry.
    (
        "/administration/catalogue/{list}/{code}",
        [IN, 403, 403, 403, 404],
    ),
    ("/administration/envois", [IN, 403, 403, 403, 200]),
    ("/administration/listes", [IN, 403, 403, 403, 200]),
    // No such list, no such file.
    ("/administration/listes/{list}", [IN, 403, 403, 403, 404]),
    (
        "/administration/listes/{list}/{import}",
        [IN, 403, 403, 403, 404],
    ),
    ("/aide", [200, 200, 200, 200, 200]),
    ("/aide/liens", [200, 200, 200, 200, 200]),
    ("/connexion", [200, 200, 200, 200, 200]),
    ("/connexion/envoye", [200, 200, 200, 200, 200]),
    ("/connexion/lien/{token}", [200, 200, 200, 200, 200]),
    ("/connexion/reprise", [200, 200, 200, 200, 200]),
    ("/cookies", [200, 200, 200, 200, 200]),
    // Not the identifier of a prepared draft.
    ("/brouillons/{id}", [IN, 404, 404, 403, 403]),
    ("/declarations/{id}", [IN, 200, 404, 403, 403]),
    ("/declarations/{id}/accuse", [IN, 200, 404, 403, 403]),
    ("/declarations/{id}/courriels", [IN, 200, 404, 403, 403]),
    // Sent: so does the page that adds a document.
    ("/declarations/{id}/pieces/{line}", [IN, 303, 404, 403, 403]),
    // Sent: nothing is confirmed or contested any more.
    ("/declarations/{id}/registres", [IN, 303, 404, 403, 403]),
    (
        "/declarations/{id}/registres/{fact}",
        [IN, 303, 404, 403, 403],
    ),
    // Sent: nothing is renewed until it is decided.
    ("/declarations/{id}/renouveler", [IN, 303, 404, 403, 403]),
    (
        "/declarations/{id}/versions/{number}",
        [IN, 200, 404, 403, 403],
    ),
    // Sent: the step leads back to the declaration.
    ("/declarations/{id}/{slug}", [IN, 303, 404, 403, 403]),
    // Reading a link changes nothing, whoever reads it.
    ("/declarer", [200, 200, 200, 200, 200]),
    ("/demo/courriels", [404, 404, 404, 404, 404]),
    ("/demo/courriels/{id}", [404, 404, 404, 404, 404]),
    ("/donnees-personnelles", [200, 200, 200, 200, 200]),
    ("/espace", [IN, 200, 200, 403, 403]),
    ("/espace/mandat", [IN, 200, 200, 403, 403]),
    ("/espace/personnes/{siren}", [IN, 200, 404, 403, 403]),
    // The name of a company is public; who is of it is not.
    ("/espace/rattachement/{siren}", [IN, 200, 200, 403, 403]),
    ("/espace/recherche", [IN, 200, 200, 403, 403]),
    ("/instruction", [IN, 403, 403, 200, 200]),
    ("/instruction/brouillons", [IN, 403, 403, 200, 200]),
    ("/instruction/engagements", [IN, 403, 403, 200, 200]),
    ("/instruction/indicateurs", [IN, 403, 403, 200, 200]),
    (
        "/instruction/indicateurs/annees-arretees",
        [IN, 403, 403, 200, 200],
    ),
    ("/instruction/indicateurs/marches", [IN, 403, 403, 200, 200]),
    ("/instruction/indicateurs/leviers", [IN, 403, 403, 200, 200]),
    (
        "/instruction/indicateurs/marches/{buyer}/{contract}",
        [IN, 403, 403, 404, 404],
    ),
    (
        "/instruction/indicateurs/paiements",
        [IN, 403, 403, 200, 200],
    ),
    // Without a supplier, there is nothing to show.
    (
        "/instruction/indicateurs/paiements/fournisseur",
        [IN, 403, 403, 404, 404],
    ),
    (
        "/instruction/indicateurs/concessions",
        [IN, 403, 403, 200, 200],
    ),
    // No edition, no changes.
    (
        "/instruction/indicateurs/annees-arretees/ecarts",
        [IN, 403, 403, 404, 404],
    ),
    ("/instruction/indicateurs/heures", [IN, 403, 403, 200, 200]),
    (
        "/instruction/indicateurs/sous-traitance",
        [IN, 403, 403, 200, 200],
    ),
    ("/instruction/imports", [IN, 403, 403, 200, 200]),
    ("/instruction/imports/{id}", [IN, 403, 403, 404, 404]),
    ("/instruction/qualifications", [IN, 403, 403, 200, 200]),
    (
        "/instruction/rattachements/{id}/courrier",
        [IN, 403, 403, 404, 404],
    ),
    ("/instruction/rattachements", [IN, 403, 403, 200, 200]),
    ("/instruction/{id}", [IN, 403, 403, 200, 200]),
    ("/instruction/{id}/courriels", [IN, 403, 403, 200, 200]),
    ("/instruction/{id}/signature", [IN, 403, 403, 200, 200]),
    ("/invitations/{id}", [IN, 404, 404, 403, 403]),
    (
        "/instruction/{id}/versions/{number}",
        [IN, 403, 403, 200, 200],
    ),
    ("/mentions-legales", [200, 200, 200, 200, 200]),
    ("/plan-du-site", [200, 200, 200, 200, 200]),
    ("/qualifications/{id}", [IN, 404, 404, 404, 404]),
    ("/simulateur-pme", [200, 200, 200, 200, 200]),
    ("/verifier", [200, 200, 200, 200, 200]),
    // A code that names nothing.
    ("/verifier/{code}", [404, 404, 404, 404, 404]),
];

/// The server functions, and the side that may call them; everybody else is refused before anything is read.
const SUPPLIER: &[&str] = &[
    "/fn/amend-declaration",
    "/fn/answer-invitation",
    "/fn/answer-request",
    "/fn/ask-the-buyer",
    "/fn/ask-to-join",
    "/fn/change-role",
    "/fn/close-domain",
    "/fn/answer-prepared",
    "/fn/confirm-known",
    "/fn/contest-fact",
    "/fn/discard-declaration",
    "/fn/invite-again",
    "/fn/invite-person",
    "/fn/issue-attestation",
    "/fn/leave-company",
    "/fn/open-by-link",
    "/fn/open-company",
    "/fn/open-domain",
    "/fn/prepare-for",
    "/fn/publish-attestations",
    "/fn/remove-person",
    "/fn/revoke-invitation",
    "/fn/redo-declaration",
    "/fn/renew-declaration",
    "/fn/save-company",
    "/fn/save-insertion",
    "/fn/save-pledges",
    "/fn/save-size",
    "/fn/save-solidarity",
    "/fn/send-again",
    "/fn/submit-declaration",
    "/fn/take-back-declaration",
    "/fn/tell-hours",
    "/fn/type-letter-code",
    "/fn/withdraw-declaration",
    "/fn/withdraw-qualification",
];
const AGENT: &[&str] = &[
    "/fn/attach-person",
    "/fn/change-prepared",
    "/fn/check-hours",
    "/fn/confirm-revocation",
    "/fn/correct-record",
    "/fn/decline-attachment",
    "/fn/drop-revocation",
    "/fn/enter-shares",
    "/fn/forget-shares",
    "/fn/freeze-year",
    "/fn/give-verdicts",
    "/fn/make-letter",
    "/fn/prepare-draft",
    "/fn/propose-revocation",
    "/fn/release-review",
    "/fn/roll-back-import",
    "/fn/sign-review",
    "/fn/start-review",
];
const ADMINISTRATOR: &[&str] = &[
    "/fn/change-catalogue",
    "/fn/discard-list",
    "/fn/put-list-in-force",
    "/fn/read-list",
    "/fn/retry-message",
    "/fn/roll-back-list",
];

/// Everything else that axum serves, apart from files.
pub(crate) const PLAIN: &[&str] = &[
    "POST /connexion",
    "POST /connexion/code",
    "POST /connexion/lien/{token}",
    "POST /deconnexion",
    "POST /declarer/depuis-simulateur",
    "POST /instruction/imports/depot",
    "POST /administration/listes/{list}/depot",
    "GET /instruction/imports/{id}/quarantaine.json",
    "POST /declarations/{id}/pieces/{line}/depot",
    "POST /declarations/{id}/{slug}/saisie",
    "POST /declarations/{id}/pieces/{line}/morceau",
    "GET /documents/{id}",
    "GET /documents/{id}/apercu.png",
    "GET /health/live",
    "GET /health/ready",
    "POST /fn/{*name}",
    "GET pages",
    "GET /instruction/exports/{file}",
    "GET /instruction/indicateurs/annees-arretees/{file}",
    "GET /declarations/{id}/accuse.pdf",
    "GET /espace/attestations/{file}",
    "GET /verifier/{code}/attestation.json",
    "GET /.well-known/jwks.json",
];

struct Actors {
    app: TestApp,
    anonymous: Client,
    owner: Client,
    stranger: Client,
    reviewer: Client,
    administrator: Client,
    declaration: Uuid,
}

impl Actors {
    async fn gather() -> Self {
        // Every function is tried by everybody within a few seconds.
        let app = TestApp::set(&[("limits.actions_per_minute", "1000000")]).await;
        let owner = app.sign_in("camille@demo.example.fr").await;
        let stranger = app.sign_in("autre@entreprise.example.fr").await;
        let reviewer = app.reviewer().await;
        let administrator = app.administrator().await;
        let declaration = Self::sent(&app, "camille@demo.example.fr").await;
        Self {
            anonymous: app.client(),
            app,
            owner,
            stranger,
            reviewer,
            administrator,
            declaration,
        }
    }

    /// A declaration of this person that waits for a reviewer.
    async fn sent(app: &TestApp, email: &str) -> Uuid {
        let account = accounts::by_email(app.state.store.read(), email)
            .await
            .unwrap()
            .unwrap();
        let visitor = Visitor::SignedIn(Identity {
            account: account.id,
            role: AccountRole::Supplier,
            email: account.email,
            name: None,
            quality: None,
            lang: Lang::Fr,
        });
        let desk = server::desks::reception(&app.state, None)
            .supplier(&visitor)
            .unwrap();
        let Opening::Declaration(id) = desk.open_company(EI).await.unwrap() else {
            panic!("a company")
        };
        let version = fill(&*desk, id).await;
        desk.submit(id, version, statement()).await.unwrap();
        id
    }

    fn all(&self) -> [&Client; 5] {
        [
            &self.anonymous,
            &self.owner,
            &self.stranger,
            &self.reviewer,
            &self.administrator,
        ]
    }

    fn at(&self, path: &str) -> String {
        path.replace("{id}", &self.declaration.to_string())
            .replace("{slug}", "taille")
            .replace("{siren}", EI.get(..9).unwrap())
            .replace("{line}", "0")
            .replace("{number}", "1")
            .replace("{fact}", "adresse")
            .replace("{token}", &"a".repeat(43))
            .replace(
                "{code}",
                domain::attestation::ShortCode::from_random([3; 16]).as_str(),
            )
    }
}

fn difference(
    found: &BTreeSet<String>,
    expected: impl IntoIterator<Item = &'static str>,
) -> Vec<String> {
    let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
    found.symmetric_difference(&expected).cloned().collect()
}

#[tokio::test]
async fn every_page_answers_each_actor_as_the_table_says() {
    let actors = Actors::gather().await;
    let found: BTreeSet<String> = page_paths(&actors.app.state).into_iter().collect();
    assert_eq!(
        difference(&found, PAGES.iter().map(|(path, _)| *path)),
        [""; 0],
        "routes and table differ"
    );
    let mut wrong = vec![];
    for (path, expected) in PAGES {
        let at = actors.at(path);
        for ((client, expected), who) in actors.all().iter().zip(expected).zip([
            "nobody",
            "owner",
            "stranger",
            "reviewer",
            "administrator",
        ]) {
            let page = client.get(&at).await;
            if page.status != *expected {
                wrong.push(format!(
                    "{path} {who}: {} instead of {expected}",
                    page.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_file_is_for_agents() {
    let actors = Actors::gather().await;
    for list in Export::ALL {
        // No edition, no changes since.
        let found = if list == Export::Restated { 404 } else { 200 };
        for format in FileFormat::ALL {
            let at = format!("/instruction/exports/{}.{}", list.code(), format.code());
            for (client, expected) in actors.all().iter().zip([IN, 403, 403, found, found]) {
                let page = client.get(&at).await;
                assert_eq!(page.status, expected, "{at}");
                let is_file = page.header("content-disposition").is_some();
                assert_eq!(is_file, expected == 200, "{at}");
            }
        }
    }
}

#[tokio::test]
async fn every_server_function_refuses_whoever_lacks_its_role() {
    let actors = Actors::gather().await;
    let found: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let table = SUPPLIER.iter().chain(AGENT).chain(ADMINISTRATOR).copied();
    assert_eq!(
        difference(&found, table),
        [""; 0],
        "server functions and table differ"
    );
    let id = actors.declaration.to_string();
    let body = [
        ("id", id.as_str()),
        ("declaration", id.as_str()),
        ("version", "1"),
        ("claim", "x"),
        ("verdict", "accepted"),
        ("number", EI),
        ("siren", EI.get(..9).unwrap()),
        ("account", id.as_str()),
        ("invitation", id.as_str()),
        ("request", id.as_str()),
        ("import", id.as_str()),
        ("position", "1"),
        ("message", id.as_str()),
        ("from", "2026-06-01"),
        ("reason", "x"),
        ("name", "x"),
        ("quality", "x"),
    ];
    let mut wrong = vec![];
    for path in SUPPLIER.iter().chain(AGENT).chain(ADMINISTRATOR) {
        let admitted = |who: &str| match who {
            "owner" | "stranger" => SUPPLIER.contains(path),
            "reviewer" => AGENT.contains(path),
            "administrator" => AGENT.contains(path) || ADMINISTRATOR.contains(path),
            _ => false,
        };
        for (client, who) in
            actors
                .all()
                .iter()
                .zip(["nobody", "owner", "stranger", "reviewer", "administrator"])
        {
            if admitted(who) {
                continue;
            }
            let page = client.post(path, &body).await;
            let expected: &[u16] = if who == "nobody" { &[303, 401] } else { &[403] };
            if !expected.contains(&page.status) {
                wrong.push(format!("{path} {who}: {}", page.status));
            }
            let home = page.header("location").unwrap_or_default();
            if page.status == 303 && !home.starts_with("/connexion") {
                wrong.push(format!("{path} {who}: goes to {home}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_route_is_served_beside_the_table() {
    fn routes(folder: &std::path::Path) -> usize {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                if path.is_dir() {
                    return routes(&path);
                }
                std::fs::read_to_string(&path)
                    .unwrap()
                    .matches(".route(")
                    .count()
            })
            .sum()
    }
    let source = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(
        routes(&source),
        PLAIN.len(),
        "a route was added: give it a row in PLAIN, and tests"
    );
}

/// The marker of one company never shows in what another one sees.
#[tokio::test]
async fn nothing_of_a_company_shows_in_the_pages_of_another() {
    const MARK: &str = "Zzyzx-Marque-Unique";
    let actors = Actors::gather().await;
    let mut company = answers().remove(0);
    if let StepAnswers::Company(step) = &mut company {
        step.contact_name = MARK.to_owned();
    }
    let account = accounts::by_email(actors.app.state.store.read(), "camille@demo.example.fr")
        .await
        .unwrap()
        .unwrap();
    let visitor = Visitor::SignedIn(Identity {
        account: account.id,
        role: AccountRole::Supplier,
        email: account.email,
        name: None,
        quality: None,
        lang: Lang::Fr,
    });
    let desk = server::desks::reception(&actors.app.state, None)
        .supplier(&visitor)
        .unwrap();
    let view = desk.declaration(actors.declaration).await.unwrap();
    desk.take_back(actors.declaration, view.version)
        .await
        .unwrap();
    let version = desk.declaration(actors.declaration).await.unwrap().version;
    assert!(matches!(
        desk.save_step(actors.declaration, version, company)
            .await
            .unwrap(),
        Saved::Done { .. }
    ));

    let step = format!("/declarations/{}/entreprise", actors.declaration);
    assert!(
        actors.owner.get(&step).await.body.contains(MARK),
        "the mark is really there"
    );
    for client in [&actors.anonymous, &actors.stranger] {
        for (path, _) in PAGES {
            let page = client.get(&actors.at(path)).await;
            assert!(
                !page.body.contains(MARK) && !page.body.contains(&actors.declaration.to_string()),
                "{path}"
            );
        }
    }
}
