//! Indirect solidarity purchases: which subcontracts count, on which day, and that they change no other figure.

use app::i18n::Lang;
use chrono::{Days, NaiveDate};
use domain::contracts::{Amount, Mode};
use serde_json::{Value, json};
use store::buyer::contracts::SubcontractLine;

use super::explained::import_into;
use super::{Bench, asked, bare, file_of, record, today};
use crate::exports::lines;
use crate::support::TestApp;

/// Always solidarity, until 31 March 2025 for its establishment 00016 alone, and never.
const ALWAYS: &str = "91000001700012";
const LIMITED: &str = "91000005800016";
const LIMITED_ELSEWHERE: &str = "91000005800024";
const NEVER: &str = "73282932000074";

fn act(
    id: impl Into<Value>,
    subcontractor: &str,
    day: impl Into<Value>,
    amount: impl Into<Value>,
) -> Value {
    json!({"acteSousTraitance": {"id": id.into(), "dateNotification": day.into(), "montant": amount.into(),
        "sousTraitant": {"typeIdentifiant": "SIRET", "id": subcontractor}}})
}

fn change(id: impl Into<Value>, day: &str, amount: impl Into<Value>) -> Value {
    json!({"modificationActeSousTraitance": {"id": id.into(), "montant": amount.into(),
        "dateNotificationModificationSousTraitance": day}})
}

async fn statuses(bench: &Bench) {
    let status = |siren: &str, siret: Value, to: Value| {
        json!({"siren": siren, "siret": siret, "kind": "EI", "valid_from": "2020-01-01", "valid_to": to,
            "status": "validated"})
    };
    let all = json!([
        status("910000017", Value::Null, Value::Null),
        status("910000058", json!(LIMITED), json!("2025-03-31")),
    ]);
    let lines = server::contracts::taken_over::json(&all).unwrap();
    let checked = lines
        .iter()
        .map(|line| server::contracts::taken_over::check(line).unwrap());
    let checked: Vec<_> = checked.collect();
    bench
        .buyer
        .take_over("test", &checked, bench.clock.now())
        .await
        .unwrap();
}

/// All pages of a year, and the sum that they announce.
async fn listed(bench: &Bench, year: i32, mode: Mode) -> (Vec<SubcontractLine>, Amount) {
    let mut all = Vec::new();
    loop {
        let page = all.len() as u64 / 25 + 1;
        let found = bench
            .buyer
            .subcontract_lines(&asked(year, mode), today(), page)
            .await
            .unwrap();
        all.extend(found.rows);
        if all.len() as u64 >= found.total {
            return (all, found.amount);
        }
    }
}

async fn numbers(bench: &Bench, year: i32, mode: Mode) -> Vec<String> {
    let (lines, _) = listed(bench, year, mode).await;
    let mut numbers: Vec<String> = lines.into_iter().map(|line| line.number).collect();
    numbers.sort();
    numbers
}

fn millionths(lines: &[SubcontractLine]) -> i128 {
    lines.iter().map(|line| line.amount.millionths()).sum()
}

/// The list of the page, the same span after span, and the figure all say the same, exactly.
async fn agree(bench: &Bench, year: i32, mode: Mode) -> (usize, i128) {
    let (page, amount) = listed(bench, year, mode).await;
    let facts = bench
        .buyer
        .year_facts(&asked(year, mode), today())
        .await
        .unwrap();
    assert_eq!(millionths(&page), facts.indirect, "{year} {mode:?}");
    assert_eq!(amount.millionths(), facts.indirect, "{year} {mode:?}");
    for line in &page {
        assert!(!line.statuses.is_empty(), "{line:?}");
        for status in &line.statuses {
            let why = status.period.why_not(line.counted_on, line.siret.as_ref());
            assert_eq!(
                (why, status.missed),
                (None, None),
                "the rule and the database differ: {line:?}"
            );
        }
    }
    let key = |line: &SubcontractLine| {
        (
            line.counted_on,
            line.buyer_siret.clone(),
            line.contract_id.clone(),
            line.position,
        )
    };
    let mut sorted = page.clone();
    sorted.sort_by_key(key);
    for size in [1, 3, 1000] {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let asked = asked(year, mode);
            let (rows, last) = bench
                .buyer
                .subcontract_lines_after(&asked, today(), after.as_ref(), size)
                .await
                .unwrap();
            all.extend(rows);
            after = last;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all, sorted, "{year} {mode:?}, {size} at a time");
    }
    (page.len(), facts.indirect)
}

/// Contracts with acts of every sort, always the same for a seed, and what they are worth by the rule, read again here.
fn random(mut seed: u64) -> (Vec<Value>, [i128; 2]) {
    // SplitMix64.
    let mut pick = |of: usize| {
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % of as u64).unwrap()
    };
    let (first, limit): (NaiveDate, NaiveDate) =
        ("2024-12-01".parse().unwrap(), "2025-03-31".parse().unwrap());
    let (mut records, mut expected) = (Vec::new(), [0, 0]);
    for number in 0..40 {
        let mut contract = record(&format!("R{number}"), 1000 + pick(90_000));
        let notified = first + Days::new(pick(420) as u64);
        contract["dateNotification"] = json!(notified);
        let (mut acts, mut changes) = (Vec::new(), Vec::new());
        for rank in 0..pick(4) {
            let who = [ALWAYS, LIMITED, LIMITED_ELSEWHERE, NEVER][pick(4)];
            let own = (pick(3) > 0).then(|| first + Days::new(pick(420) as u64));
            let cents = 100 + pick(9_000_000);
            let usable = pick(6) > 0;
            let amount = if usable {
                json!(format!("{},{:02}", cents / 100, cents % 100))
            } else {
                json!("NaN")
            };
            acts.push(act(
                rank,
                who,
                own.map_or(json!("sans"), |day| json!(day)),
                amount,
            ));
            let changed = (pick(3) == 0).then(|| 100 + pick(9_000_000));
            if let Some(cents) = changed {
                let day = ["2026-01-15", "2031-01-01"][pick(2)];
                changes.push(change(
                    rank,
                    day,
                    format!("{}.{:02}", cents / 100, cents % 100),
                ));
            }
            let day = own.unwrap_or(notified);
            let holds = who == ALWAYS || (who == LIMITED && day <= limit);
            if holds && day.to_string().starts_with("2025") {
                let initial = usable.then_some(cents);
                let come = changes.last().filter(|one| {
                    let one = &one["modificationActeSousTraitance"];
                    changed.is_some()
                        && one["id"] == json!(rank)
                        && one["dateNotificationModificationSousTraitance"] == "2026-01-15"
                });
                let current = come.and(changed).or(initial);
                for (sum, cents) in expected.iter_mut().zip([initial, current]) {
                    *sum += cents.unwrap_or(0) as i128 * 10_000;
                }
            }
        }
        contract["actesSousTraitance"] = acts.into();
        contract["modificationsActesSousTraitance"] = changes.into();
        records.push(contract);
    }
    (records, expected)
}

store::on_both_engines! {
    async fn a_subcontract_counts_on_its_day_with_the_status_of_that_day(db) {
        let bench = Bench::on(&db).await;
        statuses(&bench).await;
        let mut contract = record("C1", 100_000);
        contract["titulaires"] = json!([{"titulaire": {"typeIdentifiant": "SIRET", "id": NEVER}}]);
        contract["actesSousTraitance"] = json!([
            act("own day", ALWAYS, "2025-06-01", 1_000.5),
            act("day of the contract", ALWAYS, "01/06/2025", 200),
            act("another year", ALWAYS, "2026-02-01", 40),
            act("to come", ALWAYS, "2026-11-02", 50),
            act("last day", LIMITED, "2025-03-31", 3),
            act("day after", LIMITED, "2025-04-01", 5),
            act("other establishment", LIMITED_ELSEWHERE, "2025-03-31", 7),
            act("no status", NEVER, "2025-06-01", 11),
            act("no amount", ALWAYS, "2025-06-01", "à définir"),
            act("aberrant", ALWAYS, "2025-06-01", "1e17"),
            act("known later", ALWAYS, "2025-06-01", Value::Null),
        ]);
        contract["modificationsActesSousTraitance"] = json!([
            change("own day", "2026-01-01", 2_000),
            change("own day", "2026-12-01", 9_000),
            change("known later", "2025-07-01", 60),
        ]);
        // Within a framework that counts: its own amount does not, its subcontracts do.
        let mut framework = record("AC", 10);
        framework["techniques"] = json!({"technique": ["Accord-cadre"]});
        let mut drawn = record("MS", 20);
        drawn["idAccordCadre"] = json!("AC");
        drawn["actesSousTraitance"] = json!([act("drawn", ALWAYS, "2025-06-01", 4)]);
        // In quarantine.
        let mut waits = record("W", 30);
        waits["dateNotification"] = json!("2027-01-01");
        waits["actesSousTraitance"] = json!([act("quarantined", ALWAYS, "2025-06-01", 4)]);
        // Of another buyer.
        let mut other = record("O", 30);
        other["acheteur"]["id"] = json!("21130055300016");
        other["actesSousTraitance"] = json!([act("other buyer", ALWAYS, "2025-06-01", 4)]);
        bench.add("one.json", file_of(&[contract, framework, drawn, waits, other])).await;

        let of_year = ["day of the contract", "drawn", "last day", "own day"];
        assert_eq!(numbers(&bench, 2025, Mode::Initial).await, of_year);
        assert_eq!(numbers(&bench, 2025, Mode::Current).await,
            ["day of the contract", "drawn", "known later", "last day", "own day"]);
        assert_eq!(numbers(&bench, 2026, Mode::Initial).await, ["another year"]);
        assert_eq!(agree(&bench, 2025, Mode::Initial).await, (4, 1_207_500_000));
        assert_eq!(agree(&bench, 2025, Mode::Current).await, (5, 2_267_000_000));
        let figure = bench.figures(Mode::Initial).await["indicators"]["I3s"].clone();
        assert_eq!(figure["numerator"], json!(1207.5));
        assert_eq!(figure["denominator"], json!(100_010));
        assert_eq!(figure["value"], json!(1.21));
        assert_eq!(figure["unit"], "€");
        // Without a contract in the year there is nothing to divide by (R16).
        let figure = bench.figures_of(2026, Mode::Initial).await["indicators"]["I3s"].clone();
        assert_eq!((&figure["numerator"], &figure["value"]), (&json!(40), &Value::Null));
        // Its day comes.
        bench.clock.advance(chrono::TimeDelta::days(1));
        let figure = bench.figures_of(2026, Mode::Initial).await["indicators"]["I3s"].clone();
        assert_eq!(figure["numerator"], json!(90));
    }

    async fn subcontracts_add_up_to_the_figure_and_move_no_other(db) {
        let bench = Bench::on(&db).await;
        statuses(&bench).await;
        let (mut records, expected) = random(11);
        bench.add("random.json", file_of(&records)).await;
        for (mode, expected) in Mode::ALL.into_iter().zip(expected) {
            let (count, sum) = agree(&bench, 2025, mode).await;
            assert!(count > 10, "{count}");
            assert_eq!(sum, expected, "{mode:?}");
        }
        assert_ne!(expected[0], expected[1]);
        let known = [bench.figures(Mode::Initial).await, bench.figures(Mode::Current).await];
        // The order of the records and reading them again change nothing.
        records.reverse();
        bench.add("reversed.json", file_of(&records)).await;
        let again = [bench.figures(Mode::Initial).await, bench.figures(Mode::Current).await];
        assert_eq!(again.clone().map(bare), known.clone().map(bare));
        // The same contracts without their subcontracts: only this figure is another.
        let clean = store::testing::TestDatabase::create(db.config().engine()).await;
        let without = Bench::on(&clean).await;
        statuses(&without).await;
        for record in &mut records {
            record.as_object_mut().unwrap().remove("actesSousTraitance");
            record.as_object_mut().unwrap().remove("modificationsActesSousTraitance");
        }
        without.add("bare.json", file_of(&records)).await;
        for (mode, mut known) in Mode::ALL.into_iter().zip(known) {
            let mut found = without.figures(mode).await;
            assert_eq!(found["indicators"]["I3s"]["numerator"], json!(0));
            for report in [&mut known, &mut found] {
                report["indicators"].as_object_mut().unwrap().remove("I3s");
            }
            assert_eq!(bare(found), bare(known), "{mode:?}");
        }
    }

    async fn an_agent_reads_and_takes_the_subcontracts(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = app.reviewer().await;
        let today = app.clock.today();
        let line = json!([{"siren": "910000017", "kind": "EI", "valid_from": "2020-01-01", "status": "validated",
            "reference": "EI 1"}]);
        let checked: Vec<_> = server::contracts::taken_over::json(&line).unwrap().iter()
            .map(|line| server::contracts::taken_over::check(line).unwrap()).collect();
        app.state.buyer.prepare(app.clock.now()).await.unwrap();
        app.state.buyer.take_over("test", &checked, app.clock.now()).await.unwrap();
        let page = "/instruction/indicateurs/sous-traitance";
        let empty = agent.get(page).await;
        assert!(empty.body.contains("Aucun acte de sous-traitance ne compte cette année"), "{}", empty.body);
        let mut contract = record("D/1", 40_000);
        contract["dateNotification"] = json!(today);
        contract["objet"] = json!("=Toiture");
        contract["actesSousTraitance"] = json!([act(7, ALWAYS, today.to_string(), 1_234.56), act(8, NEVER, today.to_string(), 5)]);
        import_into(&app, contract).await;
        let shown = agent.get(page).await;
        assert_eq!(shown.status, 200);
        for said in ["Un acte compte, pour 1\u{202f}234,56\u{a0}€.", "Validé ailleurs, repris le", "/marches/20005480700017/D%5F1"] {
            assert!(shown.body.contains(said), "{said}: {}", shown.body);
        }
        let figures = agent.get("/instruction/indicateurs").await.body;
        assert!(figures.contains("À part, et jamais ajoutés\u{a0}: 1\u{202f}234,56\u{a0}€"), "{figures}");
        assert!(figures.contains(&format!("{page}?annee=")), "{figures}");
        let taken = agent.get("/instruction/exports/sous-traitance.csv").await;
        let rows = lines(taken.body.as_bytes(), Lang::Fr);
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!(rows[1][10], "1234,56");
        assert_eq!((rows[1][2].as_str(), rows[1][12].as_str()), ("'=Toiture", "EI 1"));
        agent.get("/instruction/exports/sous-traitance.xlsx").await.expect_status(200);
        assert_eq!(agent.get(&format!("{page}?page=3")).await.status, 200);
    }
}
