//! The page of one contract says what the figures count: nothing more, nothing less.

use std::collections::BTreeMap;

use domain::contracts::Mode;
use domain::identifiers::{Siren, Siret};
use domain::indicators::{Measure, compute, split};
use serde_json::{Value, json};
use server::contracts::Source;
use server::contracts::import::import;
use store::buyer::contracts::{ContractFound, Share};

use super::{Bench, CASES, asked, decided, file_of, record, today};
use crate::support::TestApp;

/// The figures whose parts are those of the contracts.
const SUMMED: [&str; 8] = ["I1", "I1w", "I2", "I3", "I3low", "I3high", "I4", "I4v"];

async fn contracts(bench: &Bench, mode: Mode) -> Vec<ContractFound> {
    let asked = asked(2025, mode);
    let lines = bench
        .buyer
        .contract_lines(&asked, today(), Measure::All, None, 1)
        .await
        .unwrap();
    let mut found = Vec::new();
    for line in lines.rows {
        let before = bench.buyer.statements();
        let one = bench
            .buyer
            .contract(&asked, today(), &line.buyer_siret, &line.contract_id)
            .await
            .unwrap()
            .unwrap();
        assert!(
            bench.buyer.statements() - before <= 4,
            "{}",
            line.contract_id
        );
        found.push(one);
    }
    found
}

/// The sums over the pages of the contracts are the numerators of the year, exactly.
async fn sums_agree(bench: &Bench) {
    for mode in Mode::ALL {
        let facts = bench
            .buyer
            .year_facts(&asked(2025, mode), today())
            .await
            .unwrap();
        let year = compute(&facts);
        let mut sums = BTreeMap::new();
        let pages = contracts(bench, mode).await;
        assert_eq!(pages.len().to_string(), year.contracts.to_string());
        for page in &pages {
            let figures = compute(&page.facts);
            assert_eq!(figures.contracts.to_string(), "1", "{}", page.contract_id);
            for id in SUMMED {
                let part = figures.get(id).unwrap().numerator.clone();
                sums.entry(id)
                    .and_modify(|sum| *sum += part.clone())
                    .or_insert(part);
            }
        }
        for id in SUMMED {
            assert_eq!(sums[id], year.get(id).unwrap().numerator, "{id}, {mode:?}");
        }
    }
}

/// Imports a contract of the buyer of this portal.
pub(crate) async fn import_into(app: &TestApp, mut contract: Value) {
    let buyer = Siren::parse(&app.state.config.site.buyer_siren).unwrap();
    contract["acheteur"]["id"] = json!(format!("{buyer}00017"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.json");
    std::fs::write(&path, file_of(&[contract])).unwrap();
    app.state.buyer.prepare(app.clock.now()).await.unwrap();
    let source = Source::open(&path).unwrap();
    import(&app.state.buyer, &buyer, source, "test", &app.clock, |_| {})
        .await
        .unwrap();
}

store::on_both_engines! {
    async fn the_pages_of_the_contracts_add_up_to_the_figures(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("cases.json", CASES).await;
        sums_agree(&bench).await;
        // Unequal shares, and shares for others.
        let share = |contract: &str, holder: &str, share: &str| Share {
            contract: contract.into(), holder: holder.into(), share: share.into(), source: "test".into(),
        };
        let shares = [
            share("M2025-03", "910000017", "0.7"), share("M2025-03", "910000025", "0.2999"),
            share("M2025-04", "910000017", "1"),
        ];
        bench.buyer.enter_shares(&shares, "test", bench.clock.now()).await.unwrap();
        sums_agree(&bench).await;
        let pages = contracts(&bench, Mode::Initial).await;
        let page = |id: &str| pages.iter().find(|page| page.contract_id == id).unwrap();
        let holders = |page: &ContractFound| page.holders.iter().map(|one| one.holder.clone()).collect::<Vec<_>>();
        let parts = |id: &str| -> Vec<String> {
            let page = page(id);
            split(&page.facts, &holders(page)).iter().map(|part| format!("{} {}", part.share, part.amount.unwrap())).collect()
        };
        assert_eq!(parts("M2025-03"), ["70.01 63006.3", "29.99 26993.7"]);
        assert_eq!(parts("M2025-04"), ["33.33 100000", "33.33 100000", "33.33 100000"]);
        assert_eq!(compute(&page("M2025-04").facts).shares_ignored.len(), 1);
        assert_eq!(page("M2025-04").entered.len(), 1);
        assert!(split(&page("MS2025-16").facts, &holders(page("MS2025-16"))).iter().all(|part| part.amount.is_none()));
    }

    async fn a_status_counts_or_says_why_it_does_not(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("cases.json", CASES).await;
        let mut reasons = BTreeMap::new();
        for page in contracts(&bench, Mode::Initial).await {
            for holder in &page.holders {
                for status in &holder.statuses {
                    let why = status.period.why_not(page.notified_on, holder.holder.siret.as_ref());
                    assert_eq!(why, status.missed, "{}: the rule and the database differ", page.contract_id);
                    *reasons.entry(format!("{why:?}")).or_insert(0) += 1;
                }
                let counts = holder.statuses.iter().any(|status| {
                    let kind = status.kind.parse().unwrap();
                    status.missed.is_none() && domain::claims::KindSet::solidarity_default().contains(kind)
                });
                assert_eq!(counts, holder.solidarity, "{}", page.contract_id);
            }
        }
        assert!(reasons.keys().any(|reason| reason.starts_with("Some(Ended(")), "{reasons:?}");
        assert!(reasons.keys().any(|reason| reason.starts_with("None")), "{reasons:?}");
    }

    async fn a_contract_that_does_not_count_is_not_found(db) {
        let bench = Bench::on(&db).await;
        bench.add("one.json", file_of(&[record("A 'é%", 100)])).await;
        let asked = asked(2025, Mode::Initial);
        for (buyer, id, known) in [
            ("20005480700017", "A_'é%", true),
            ("20005480700017", "A", false),
            ("20005480700025", "A_'é%", false),
            ("91000001700012", "A_'é%", false),
        ] {
            let found = bench.buyer.contract(&asked, today(), buyer, id).await.unwrap();
            assert_eq!(found.is_some(), known, "{buyer} {id}");
        }
        let page = bench.buyer.contract(&asked, today(), "20005480700017", "A_'é%").await.unwrap().unwrap();
        assert_eq!(page.records.len(), 1);
        assert!(page.holders.iter().all(|holder| holder.statuses.is_empty() && !holder.solidarity));
    }

    async fn the_page_leads_to_the_decision_on_the_portal(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = app.reviewer().await;
        let (siren, held) = Box::pin(decided(&app)).await;

        let siret = (0..100_000).find_map(|nic| Siret::parse(&format!("{siren}{nic:05}")).ok()).unwrap();
        let mut contract = record("D/1", 40_000);
        contract["dateNotification"] = json!(app.clock.today());
        contract["titulaires"] = json!([{"titulaire": {"typeIdentifiant": "SIRET", "id": siret}}]);
        import_into(&app, contract).await;
        let buyer = &app.state.config.site.buyer_siren;

        let list = agent.get("/instruction/indicateurs/marches").await;
        let link = format!("/instruction/indicateurs/marches/{buyer}00017/D%5F1");
        assert!(list.body.contains(&link), "{}", list.body);
        let page = agent.get(&link).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains(&format!("/qualifications/{}", held.id)), "{}", page.body);
        assert!(page.body.contains("compte pour 40\u{202f}000\u{a0}€ sur 40\u{202f}000\u{a0}€"), "{}", page.body);
        agent.get(&format!("{link}x")).await.expect_status(404);
    }

    async fn an_agent_enters_the_shares_of_the_holders_once(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = app.reviewer().await;
        let mut contract = record("S", 1000);
        contract["dateNotification"] = json!(app.clock.today());
        contract["titulaires"] = ["91000001700012", "91000002500015"]
            .map(|id| json!({"titulaire": {"typeIdentifiant": "SIRET", "id": id}})).into();
        import_into(&app, contract).await;
        let page = "/instruction/indicateurs/marches/20005480700017/S";
        let shares = |first: &'static str, second: &'static str, source: &'static str| [
            ("buyer", "20005480700017"), ("number", "S"), ("state", "notifie"), ("unit", "pourcentages"),
            ("shares[0][holder]", "910000017"), ("shares[0][share]", first),
            ("shares[1][holder]", "910000025"), ("shares[1][share]", second), ("source", source),
        ];
        // Refused: what was typed comes back, for its author alone.
        let refused = agent.post("/fn/enter-shares", &shares("70", "20", "Acte d’engagement <i>")).await;
        let back = refused.header("location").unwrap().to_owned();
        let again = agent.get(back.split('#').next().unwrap()).await;
        assert_eq!(again.status, 422, "{back}");
        assert!(again.body.contains("90\u{a0}%") && again.body.contains("Acte d’engagement &lt;i&gt;"), "{}", again.body);
        let other = app.administrator().await;
        assert_eq!(other.get(back.split('#').next().unwrap()).await.status, 200, "nothing of somebody else's");
        // Carried out, twice: one event.
        for _ in 0..2 {
            agent.post("/fn/enter-shares", &shares("75", "25,00", "Acte d’engagement")).await
                .expect_redirect(&format!("{page}?fait=parts"));
        }
        let shown = agent.get(page).await.body;
        assert!(shown.contains("soit 750\u{a0}€") && shown.contains("Source\u{a0}: Acte d’engagement"), "{shown}");
        let events = "SELECT COUNT(*) FROM audit_events WHERE act LIKE 'shares_%'";
        assert_eq!(app.db.number(events).await, 1);
        let stranger = [("shares[0][holder]", "910000033"), ("shares[0][share]", "100")];
        let stranger: Vec<_> = shares("", "", "x").into_iter().filter(|(name, _)| !name.starts_with("shares"))
            .chain(stranger).collect();
        assert!(agent.post("/fn/enter-shares", &stranger).await.header("location").unwrap().contains("saisie="));
        for _ in 0..2 {
            agent.post("/fn/forget-shares", &shares("", "", "")).await
                .expect_redirect(&format!("{page}?fait=parts-egales"));
        }
        assert_eq!(app.db.number(events).await, 2);
        assert!(agent.get(page).await.body.contains("soit 500\u{a0}€"));
        agent.post("/fn/enter-shares", &shares("100", "0", "x").map(|(name, value)| (name, if name == "number" { "Z" } else { value })))
            .await.expect_status(404);
    }
}
