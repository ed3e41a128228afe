//! The lists of contracts and of suppliers, span after span, are the lists of the pages, whatever the span.

use app::i18n::Lang;
use app::views::FileFormat;
use domain::contracts::Mode;
use domain::identifiers::Siren;
use domain::indicators::{Asked, Dimension, Measure, Narrowing};
use server::contracts::export::{Wanted, euros, table};
use store::buyer::contracts::{ContractLine, Share, Undeclared};

use super::{file, fr, lines};
use crate::contracts::{Bench, CASES, asked, today};

/// All pages of a list, in the order of the file.
async fn shown(bench: &Bench, wanted: &Wanted) -> Vec<ContractLine> {
    let mut all = Vec::new();
    loop {
        let page = all.len() as u64 / 25 + 1;
        let found = bench
            .buyer
            .contract_lines(
                &wanted.asked,
                wanted.today,
                wanted.measure,
                wanted.supplier.as_ref(),
                page,
            )
            .await
            .unwrap();
        all.extend(found.rows);
        if all.len() as u64 == found.total {
            break;
        }
    }
    all.sort_by(|a, b| {
        let key = |line: &ContractLine| {
            (
                line.notified_on,
                line.buyer_siret.clone(),
                line.contract_id.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    all
}

/// What a line of the page and a line of the file both say.
fn facts(line: &ContractLine) -> Vec<String> {
    vec![
        line.buyer_siret.clone(),
        line.contract_id.clone(),
        line.object.clone().unwrap_or_default(),
        line.notified_on.to_string(),
        line.amount
            .map(|amount| fr(euros(amount)))
            .unwrap_or_default(),
        line.holder_ids.join(", "),
        line.holders.to_string(),
        line.solidarity.to_string(),
        line.sme.to_string(),
        line.flags.join(", "),
    ]
}

async fn taken(bench: &Bench, wanted: &Wanted, at_a_time: u64) -> Vec<Vec<String>> {
    let table = table(&bench.buyer, wanted.clone(), Lang::Fr, at_a_time);
    let found = lines(&file(table, FileFormat::Csv).await, Lang::Fr);
    let cells = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12];
    found
        .iter()
        .skip(1)
        .map(|line| cells.iter().map(|at| line[*at].clone()).collect())
        .collect()
}

async fn agree(bench: &Bench, wanted: &Wanted) -> usize {
    let page: Vec<Vec<String>> = shown(bench, wanted).await.iter().map(facts).collect();
    for at_a_time in [1, 3, 1000] {
        assert_eq!(taken(bench, wanted, at_a_time).await, page, "{wanted:?}");
    }
    page.len()
}

fn wanted(mode: Mode, measure: Measure) -> Wanted {
    Wanted {
        asked: asked(2025, mode),
        today: today(),
        measure,
        supplier: None,
    }
}

fn row(supplier: &Undeclared) -> (String, String, u64) {
    (
        supplier.party.clone(),
        fr(euros(supplier.amount)),
        supplier.contracts,
    )
}

store::on_both_engines! {
    async fn the_file_of_contracts_is_the_list_of_the_page(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("cases.json", CASES).await;
        for mode in Mode::ALL {
            let mut listed = 0;
            for measure in Measure::ALL {
                listed += agree(&bench, &wanted(mode, measure)).await;
            }
            assert!(listed > 60, "{listed}");
        }
        let supplier = Some(Siren::parse("910000017").unwrap());
        let held = agree(&bench, &Wanted { supplier, ..wanted(Mode::Initial, Measure::All) }).await;
        assert!(held > 0);
        let mut parts = 0;
        for by in Dimension::ALL {
            for (key, _) in bench.buyer.broken_down(&asked(2025, Mode::Initial), today(), by).await.unwrap() {
                let narrowing = Narrowing::default().with(by, key.clone()).with(Dimension::Kind, "aucun");
                let asked = Asked { narrowing, ..asked(2025, Mode::Initial) };
                parts += agree(&bench, &Wanted { asked, ..wanted(Mode::Initial, Measure::All) }).await;
            }
        }
        assert!(parts > 20, "{parts}");
    }

    async fn suppliers_without_status_follow_each_other(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("cases.json", CASES).await;
        let share = |holder: &str, share: &str| Share {
            contract: "M2025-03".into(), holder: holder.into(), share: share.into(), source: "test".into(),
        };
        let shares = [share("910000017", "0.7"), share("910000025", "0.2999")];
        bench.buyer.enter_shares(&shares, "test", bench.clock.now()).await.unwrap();
        let asked = asked(2025, Mode::Initial);
        let page = bench.buyer.undeclared(&asked, today(), 1).await.unwrap();
        assert!(page.total > 3 && page.total == page.rows.len() as u64, "{page:?}");
        for size in [1, 2, 1000] {
            let mut all: Vec<Undeclared> = Vec::new();
            loop {
                let before = bench.buyer.statements();
                let next = bench.buyer.undeclared_after(&asked, today(), all.last(), size).await.unwrap();
                assert_eq!(bench.buyer.statements() - before, 4, "whatever the size");
                if next.is_empty() {
                    break;
                }
                all.extend(next);
            }
            let rows = |list: &[Undeclared]| list.iter().map(row).collect::<Vec<_>>();
            assert_eq!(rows(&all), rows(&page.rows));
        }
    }
}
