//! Each list by its address: for agents only, with the filters of its page, and the same values.

use app::desk::BuyerDesk;
use app::i18n::Lang;
use app::views::{
    ContractFilter, ContractPage, Export, FiguresFilter, FileFormat, LeversFilter,
    QualificationPage,
};
use chrono::TimeDelta;
use domain::contracts::Mode;
use domain::indicators::{Dimension, Measure};

use super::{fr, lines, rate};
use crate::support::{Client, Page, TestApp};

/// Late in the year, when most of the contracts of the demonstration are notified.
pub(super) async fn demonstration(db: store::testing::TestDatabase) -> TestApp {
    let app = TestApp::on(db, &[("demo.enabled", "true")]).await;
    app.clock.advance(TimeDelta::days(200));
    assert!(server::demo::seed(&app.state).await.unwrap());
    app
}

/// The rows of a file, without its headings.
pub(super) async fn rows(client: &Client, file: &str) -> Vec<Vec<String>> {
    let page = client.get(&format!("/instruction/exports/{file}")).await;
    assert_eq!(page.status, 200, "{file}: {}", page.body);
    let mut found = lines(page.body.as_bytes(), Lang::Fr);
    assert!(!found.is_empty());
    found.remove(0);
    found
}

fn header<'p>(page: &'p Page, name: &str) -> &'p str {
    page.headers.get(name).unwrap().to_str().unwrap()
}

async fn contracts(desk: &dyn BuyerDesk, filter: &ContractFilter) -> ContractPage {
    let mut all = desk.contracts(filter.clone()).await.unwrap();
    for page in 2..=all.pages {
        let filter = ContractFilter {
            page,
            ..filter.clone()
        };
        all.rows.extend(desk.contracts(filter).await.unwrap().rows);
    }
    all
}

async fn qualifications(desk: &dyn BuyerDesk, search: &str) -> QualificationPage {
    let mut all = desk.qualifications(search, 1).await.unwrap();
    for page in 2..=all.pages {
        all.rows
            .extend(desk.qualifications(search, page).await.unwrap().rows);
    }
    all
}

/// The qualifications read one at a time, each after the one before.
async fn one_by_one(app: &TestApp, search: &str) -> Vec<uuid::Uuid> {
    let mut ids = Vec::new();
    loop {
        let last = ids.last().copied();
        let next = store::qualifications::after(app.state.store.read(), search, last, 1)
            .await
            .unwrap();
        let Some(row) = next.first() else {
            return ids;
        };
        ids.push(row.qualification.id);
    }
}

store::on_both_engines! {
    async fn every_file_holds_what_its_page_shows(db) {
        let app = demonstration(db).await;
        let client = app.reviewer().await;
        let desk = crate::desks::buyer(&app, "agent3@demo.example").await;
        figures(&client, &*desk).await;
        levers(&client, &*desk).await;

        let filter = ContractFilter {
            narrowing: domain::indicators::Narrowing::default().with(Dimension::Family, "45"),
            ..ContractFilter::of(2026, Mode::Current, Measure::Environmental)
        };
        for (filter, query) in [
            (ContractFilter::of(2026, Mode::Initial, Measure::All), "annee=2026&mesure=tous"),
            (filter, "annee=2026&etat=modifie&mesure=clause-environnementale&cpv=45&page=7"),
        ] {
            let page = contracts(&*desk, &filter).await;
            let found = rows(&client, &format!("marches.csv?{query}")).await;
            assert_eq!(found.len() as u64, page.total);
            let mut shown: Vec<_> = page.rows.iter()
                .map(|row| (row.contract_id.clone(), row.amount.map(fr).unwrap_or_default(), row.parties.to_string()))
                .collect();
            let mut taken: Vec<_> = found.iter().map(|row| (row[1].clone(), row[4].clone(), row[9].clone())).collect();
            shown.sort();
            taken.sort();
            assert_eq!(shown, taken);
        }

        for search in ["", "ateliers", "nobody-of-this-name"] {
            let page = qualifications(&*desk, search).await;
            let found = rows(&client, &format!("qualifications.csv?q={search}")).await;
            let shown: Vec<_> = page.rows.iter()
                .map(|row| (row.company_name.clone(), row.siren.to_string(), row.validity.from.to_string()))
                .collect();
            let taken: Vec<_> = found.iter().map(|row| (row[0].clone(), row[1].clone(), row[5].clone())).collect();
            assert_eq!(shown, taken, "{search}");
            assert!(!search.is_empty() || !shown.is_empty());
            assert_eq!(one_by_one(&app, search).await, page.rows.iter().map(|row| row.id).collect::<Vec<_>>());
        }
    }
}

async fn figures(client: &Client, desk: &dyn BuyerDesk) {
    for by in Dimension::ALL {
        let filter = FiguresFilter {
            year: Some(2026),
            by,
            ..FiguresFilter::default()
        };
        let view = desk.indicators(&filter).await.unwrap();
        let found = rows(
            client,
            &format!("ventilation.csv?annee=2026&par={}", by.code()),
        )
        .await;
        let shown: Vec<Vec<String>> = view
            .parts
            .iter()
            .chain([&view.whole()])
            .map(|part| {
                vec![
                    part.key.clone(),
                    fr(part.contracts),
                    fr(part.amount),
                    rate(part.environmental),
                    rate(part.social),
                    rate(part.solidarity),
                    fr(part.solidarity_amount),
                ]
            })
            .collect();
        let taken: Vec<Vec<String>> = found.iter().map(|row| row[1..].to_vec()).collect();
        assert_eq!(shown, taken, "{by:?}");
        assert!(shown.len() > 1);
    }
    let filter = FiguresFilter {
        year: Some(2026),
        ..FiguresFilter::default()
    };
    let view = desk.indicators(&filter).await.unwrap();
    let years: Vec<Vec<String>> = view
        .history
        .iter()
        .map(|year| {
            vec![
                year.year.to_string(),
                fr(year.contracts),
                rate(year.environmental),
                rate(year.social),
                rate(year.solidarity),
            ]
        })
        .collect();
    assert!(years.len() > 1);
    assert_eq!(rows(client, "annees.csv?annee=2026").await, years);
    let measures = rows(client, "mesures.csv?annee=2026").await;
    assert_eq!(measures.len(), 17);
    let solidarity = measures.iter().find(|row| row[0] == "I3").unwrap();
    let figure = &view.report.indicators["I3"];
    assert_eq!(
        solidarity[2..5],
        [
            rate(figure.value),
            fr(figure.numerator),
            rate(figure.denominator)
        ]
    );
    let hours = measures.iter().find(|row| row[0] == "I8").unwrap();
    assert_eq!((hours[2].as_str(), hours[4].as_str()), ("", ""));
    let findings: Vec<Vec<String>> = view
        .findings()
        .into_iter()
        .map(|(flag, count)| {
            vec![
                flag.code().to_owned(),
                flag.meaning().fr.to_owned(),
                count.to_string(),
            ]
        })
        .collect();
    assert!(!findings.is_empty());
    assert_eq!(rows(client, "constats.csv?annee=2026").await, findings);
}

async fn levers(client: &Client, desk: &dyn BuyerDesk) {
    let view = desk.levers(LeversFilter::default()).await.unwrap();
    let found = rows(client, "dossiers.csv").await;
    let shown: Vec<_> = view
        .files
        .iter()
        .map(|file| {
            (
                file.reference.clone(),
                fr(file.euros),
                file.days.to_string(),
            )
        })
        .collect();
    let taken: Vec<_> = found
        .iter()
        .map(|row| (row[2].clone(), row[5].clone(), row[7].clone()))
        .collect();
    assert_eq!(shown, taken);
    assert!(shown.len() > 1);
    let found = rows(client, "sans-statut.csv?page=3").await;
    let shown: Vec<_> = view
        .undeclared
        .rows
        .iter()
        .map(|one| (one.name.clone(), fr(one.amount)))
        .collect();
    let taken: Vec<_> = found
        .iter()
        .map(|row| (row[0].clone(), row[2].clone()))
        .collect();
    assert_eq!(view.undeclared.pages, 1);
    assert!(!shown.is_empty());
    assert_eq!(shown, taken);
    let found = rows(client, "fins-de-statut.csv").await;
    let shown: Vec<_> = view
        .ending
        .iter()
        .map(|one| {
            (
                one.contract_id.clone(),
                one.ends_on.to_string(),
                one.contract_ends_on.to_string(),
            )
        })
        .collect();
    let taken: Vec<_> = found
        .iter()
        .map(|row| (row[4].clone(), row[2].clone(), row[6].clone()))
        .collect();
    assert!(!shown.is_empty());
    assert_eq!(shown, taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_named_and_never_kept() {
    let app = TestApp::start().await;
    let client = app.reviewer().await;
    // What changed since an edition has no file without one: see `contracts/restated.rs`.
    for list in Export::ALL
        .into_iter()
        .filter(|list| *list != Export::Restated)
    {
        for format in FileFormat::ALL {
            let at = format!(
                "/instruction/exports/{}.{}?annee=2025",
                list.code(),
                format.code()
            );
            let page = client.get(&at).await;
            assert_eq!(page.status, 200, "{at}");
            assert_eq!(header(&page, "cache-control"), "no-store");
            assert_eq!(header(&page, "x-content-type-options"), "nosniff");
            let disposition = header(&page, "content-disposition");
            let start = format!("attachment; filename=\"spaser-{}-", list.code());
            assert!(disposition.starts_with(&start), "{disposition}");
            assert!(
                disposition.ends_with(&format!(".{}\"", format.code())),
                "{disposition}"
            );
            match format {
                FileFormat::Csv => {
                    assert_eq!(header(&page, "content-type"), "text/csv; charset=utf-8");
                    assert!(page.body.starts_with('\u{FEFF}') && page.body.ends_with("\r\n"));
                }
                FileFormat::Xlsx => assert!(page.body.starts_with("PK")),
            }
        }
    }
    let noted = app
        .db
        .rows("SELECT subject, details FROM audit_events WHERE act = 'list_exported' ORDER BY seq")
        .await;
    assert_eq!(noted.len(), 2 * (Export::ALL.len() - 1));
    assert_eq!(noted[0]["subject"], "list:marches");
    assert!(
        noted[0]["details"]
            .to_string()
            .contains("spaser-marches-2025-initial.csv"),
        "{}",
        noted[0]
    );
    let page = client
        .get("/instruction/exports/marches.csv?annee=2025&etat=modifie&mesure=pme&lieu=13")
        .await;
    assert_eq!(
        header(&page, "content-disposition"),
        "attachment; filename=\"spaser-marches-2025-current-pme-partie.csv\""
    );
    for unknown in [
        "marches.pdf",
        "marches",
        "x.csv",
        "marches.csv.csv",
        "..%2Fx.csv",
    ] {
        let page = client.get(&format!("/instruction/exports/{unknown}")).await;
        assert_eq!(page.status, 404, "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_speaks_the_language_of_its_reader() {
    let app = TestApp::start().await;
    let client = app.reviewer().await;
    client.set_cookie("__Host-lang", "en");
    let page = client.get("/instruction/exports/annees.csv").await;
    assert!(
        page.body.starts_with("\u{FEFF}Year,Contracts,"),
        "{}",
        page.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_database_that_is_away_is_told_before_the_file_begins() {
    let nowhere = "postgres://nobody@127.0.0.1:1/nothing";
    let app = TestApp::set(&[("buyer_database.url", nowhere)]).await;
    let client = app.reviewer().await;
    let page = client.get("/instruction/exports/marches.csv").await;
    assert_eq!(page.status, 503);
    assert!(page.headers.get("content-disposition").is_none());
}
