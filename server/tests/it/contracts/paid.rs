//! The pages of payments: every level adds up to the figure, each payment counts as the rules say, and leads to its decision.

use domain::contracts::Mode;
use domain::indicators::{Asked, LedgerPart, Paid, Payer, Purchases};
use serde_json::json;
use server::contracts::ledger::{Options, import};
use store::buyer::payments::{PaidLine, PaidParty};
use store::testing::TestDatabase;

use super::oracle::{HELD, REGISTERED, csv, random};
use super::{Bench, asked, decided, pay_into};
use crate::support::TestApp;

async fn hold(bench: &Bench, db: &TestDatabase) {
    for (at, (siren, kind, siret, from, to, closed)) in HELD.iter().enumerate() {
        let quoted =
            |text: Option<&str>| text.map_or("NULL".to_owned(), |text| format!("'{text}'"));
        if at % 2 == 0 && closed.is_none() {
            let line = json!([{"siren": siren, "kind": kind, "siret": siret, "valid_from": from, "valid_to": to,
                "status": "validated"}]);
            let lines = server::contracts::taken_over::json(&line).unwrap();
            let held = server::contracts::taken_over::check(&lines[0]).unwrap();
            bench
                .buyer
                .take_over("test", &[held], bench.clock.now())
                .await
                .unwrap();
            continue;
        }
        db.execute(&format!("INSERT INTO qualifications (siren, claim_key, valid_from, valid_to, kind, siret, revision,
                accepted_at, declaration_id, content_hash)
            VALUES ('{siren}', '{kind}', '{from}', {}, '{kind}', {}, 1, '2025-01-01T00:00:00.000000Z', 'd', 'h')",
            quoted(*to), quoted(*siret))).await;
        if let Some(closed) = closed {
            db.execute(&format!("INSERT INTO closures (siren, claim_key, valid_from, revision, number, closed_from, cause,
                    recorded_at)
                VALUES ('{siren}', '{kind}', '{from}', 1, 1, '{closed}', 'revoked', '2025-09-01T00:00:00.000000Z')")).await;
        }
    }
    db.execute(&format!(
        "INSERT INTO suppliers (siren, name, register_category, register_read_at, revision)
        VALUES ('{REGISTERED}', 'Chez <b>', 'PME', '2026-01-01T00:00:00.000000Z', 0)"
    ))
    .await;
}

async fn parties(bench: &Bench, asked: &Asked, part: &LedgerPart) -> Vec<PaidParty> {
    let mut all: Vec<PaidParty> = Vec::new();
    loop {
        let page = all.len() as u64 / 25 + 1;
        let before = bench.buyer.statements();
        let found = bench.buyer.paid_parties(asked, part, page).await.unwrap();
        assert_eq!(bench.buyer.statements() - before, 1);
        all.extend(found.rows);
        if all.len() as u64 >= found.total {
            break;
        }
    }
    for size in [3, 1000] {
        let mut taken: Vec<PaidParty> = Vec::new();
        loop {
            let next = bench
                .buyer
                .paid_parties_after(asked, part, taken.last(), size)
                .await
                .unwrap();
            if next.is_empty() {
                break;
            }
            taken.extend(next);
        }
        assert_eq!(taken, all, "{part:?}");
    }
    assert!(all.windows(2).all(|pair| pair[0].total >= pair[1].total));
    all
}

/// The payments of one party, page after page.
async fn lines(bench: &Bench, asked: &Asked, part: &LedgerPart) -> (Paid, Vec<PaidLine>) {
    let mut all = Vec::new();
    loop {
        let page = all.len() as u64 / 25 + 1;
        let before = bench.buyer.statements();
        let found = bench.buyer.paid_lines(asked, part, page).await.unwrap();
        assert!(bench.buyer.statements() - before <= 3);
        for line in &found.rows {
            let because = found.statuses.iter().any(|status| {
                let kind = status.kind.parse().unwrap();
                asked.kinds.contains(kind)
                    && status
                        .period
                        .why_not(line.paid_on, line.siret.as_ref())
                        .is_none()
            });
            assert_eq!(because, line.solidarity, "{line:?}");
        }
        all.extend(found.rows);
        if all.len() as u64 >= found.paid.payments {
            return (found.paid, all);
        }
    }
}

fn amounts(lines: &[PaidLine]) -> i128 {
    lines.iter().map(|line| line.amount.millionths()).sum()
}

/// Every department, what is looked at, every supplier, every payment.
async fn add_up(bench: &Bench, asked: &Asked, whole: &Paid) {
    let (directions, _) = bench.buyer.paid_by_direction(asked).await.unwrap();
    let mut sum = Paid::default();
    for (_, paid) in &directions {
        sum += paid;
    }
    assert_eq!(sum, *whole);
    let by_payer = directions
        .into_iter()
        .map(|(name, paid)| (name.map_or(Payer::Unnamed, Payer::Named), paid));
    for (payer, paid) in by_payer.chain([(Payer::Any, whole.clone())]) {
        for purchases in Purchases::ALL {
            let part = LedgerPart {
                payer: payer.clone(),
                purchases,
                party: None,
            };
            let expected = match purchases {
                Purchases::All => paid.total,
                Purchases::Solidarity => paid.solidarity,
                Purchases::Others => paid.total - paid.solidarity,
            };
            let parties = parties(bench, asked, &part).await;
            let total: i128 = parties.iter().map(|party| party.total.millionths()).sum();
            assert_eq!(total, expected, "{part:?}");
            let mut listed = Vec::new();
            for party in parties {
                let of_party = LedgerPart {
                    party: Some(party.party.clone()),
                    ..part.clone()
                };
                let (sums, found) = lines(bench, asked, &of_party).await;
                assert_eq!(
                    (sums.total, sums.payments),
                    (party.total.millionths(), party.payments)
                );
                assert_eq!(amounts(&found), sums.total, "{of_party:?}");
                assert_eq!(sums.solidarity, party.solidarity.millionths());
                listed.extend(found);
            }
            listed.sort_by_key(|line| (line.paid_on, format!("{:?}", line.key)));
            for size in [9, 1000] {
                let (mut taken, mut after) = (Vec::new(), None);
                loop {
                    let (next, last) = bench
                        .buyer
                        .paid_lines_after(asked, &part, after.as_ref(), size)
                        .await
                        .unwrap();
                    taken.extend(next);
                    after = last;
                    if after.is_none() {
                        break;
                    }
                }
                taken.sort_by_key(|line| (line.paid_on, format!("{:?}", line.key)));
                assert_eq!(taken, listed, "{part:?}");
            }
        }
    }
}

async fn add(bench: &Bench, name: &str, content: &str) {
    let path = bench.file(name, content);
    let done = import(
        &bench.buyer,
        &path,
        &Options::default(),
        "test",
        &bench.clock,
    )
    .await
    .unwrap();
    assert!(done.rejected.is_empty() && done.created > 0, "{done:?}");
}

store::on_both_engines! {
    async fn every_level_adds_up_to_the_figure(db) {
        let bench = Bench::on(&db).await;
        hold(&bench, &db).await;
        let drawn = random(11, 150);
        add(&bench, "ledger.csv", &csv(&drawn)).await;
        let mut counted = 0;
        for year in [2024, 2025, 2023] {
            let asked = asked(year, Mode::Initial);
            let mut expected = Paid::default();
            for line in drawn.iter().filter(|line| chrono::Datelike::year(&line.on) == year) {
                expected += &line.paid();
            }
            let found = bench.buyer.ledger_facts(&asked).await.unwrap();
            assert_eq!(found.paid, expected, "{year}");
            assert!(expected.solidarity_low <= expected.solidarity && expected.solidarity <= expected.solidarity_high);
            if year == 2025 {
                assert!(expected.solidarity_low < expected.solidarity && expected.solidarity < expected.solidarity_high);
                assert!(expected.sme != 0);
            }
            counted += expected.payments;
            add_up(&bench, &asked, &expected).await;
        }
        assert_eq!(counted, 150);
    }

    async fn the_page_leads_from_the_figure_to_the_decision(db) {
        let app = TestApp::on(db, &[]).await;
        let agent = app.reviewer().await;
        let (siren, held) = Box::pin(decided(&app)).await;

        let empty = agent.get("/instruction/indicateurs/paiements").await;
        assert!(empty.status == 200 && empty.body.contains("Aucun paiement de"), "{}", empty.body);
        let day = app.clock.today();
        pay_into(&app, &format!("mandat;date;siren;montant;direction\nM1;{day};{siren};1 000,10;Voirie & eau\n\
            M2;{day};DE/1;-100,05;\nM3;{day};910000041;99,95;Voirie & eau\n")).await;

        let figures = agent.get("/instruction/indicateurs").await;
        let year = chrono::Datelike::year(&day);
        let link = format!("/instruction/indicateurs/paiements?annee={year}");
        assert!(figures.body.contains(&format!("href=\"{link}\"")), "{}", figures.body);
        let page = agent.get(&link).await;
        // More than the whole, which a credit lowers: no share.
        assert!(page.body.contains("non calculable"), "{}", page.body);
        let narrowed = format!("{link}&amp;direction=Voirie%20%26%20eau");
        assert!(page.body.contains(&format!("href=\"{narrowed}#fournisseurs\"")), "{}", page.body);
        let page = agent.get(&narrowed.replace("&amp;", "&")).await;
        assert!(page.body.contains("90,91\u{a0}%") && page.body.contains("1\u{202f}000,10\u{a0}€ sur 1\u{202f}100,05\u{a0}€"), "{}", page.body);
        let lines = format!("/instruction/indicateurs/paiements/fournisseur?annee={year}&amp;tiers={siren}&amp;direction=Voirie%20%26%20eau");
        assert!(page.body.contains(&format!("href=\"{lines}\"")), "{}", page.body);
        let page = agent.get(&lines.replace("&amp;", "&")).await;
        assert!(page.body.contains(&format!("/qualifications/{}", held.id)), "{}", page.body);
        // What is paid to whom is only in the total, and an identifier holds anything.
        let page = agent.get(&format!("/instruction/indicateurs/paiements/fournisseur?annee={year}&tiers=DE%2F1")).await;
        assert!(page.body.contains("-100,05\u{a0}€") && page.body.contains("ne mène à aucun SIREN"), "{}", page.body);
        agent.get("/instruction/indicateurs/paiements/fournisseur").await.expect_status(404);
    }
}
