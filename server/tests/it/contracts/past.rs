//! A day in the past is asked with what was known then, even where it was replaced since.

use domain::contracts::Mode;
use domain::identifiers::Siren;
use serde_json::{Value, json};
use store::buyer::contracts::Share;

use super::{Bench, asked, file_of, record};

async fn then(bench: &Bench, day: &str) -> Value {
    let asked = asked(2025, Mode::Initial);
    let known = server::contracts::as_of::read(&bench.buyer, &asked, day.parse().unwrap());
    let facts = known.await.unwrap().contracts;
    serde_json::to_value(domain::indicators::report(&asked, &facts)).unwrap()
}

async fn solidarity(bench: &Bench, day: &str) -> Value {
    then(bench, day).await["solidarity_amount"].clone()
}

async fn smes(bench: &Bench, day: &str) -> Value {
    then(bench, day).await["indicators"]["I4"]["numerator"].clone()
}

/// A contract of 1,000 euros held by a solidarity enterprise and another.
async fn shared(bench: &Bench) {
    let mut shared = record("S.1", 1000);
    shared["titulaires"] = json!([
        {"titulaire": {"typeIdentifiant": "SIRET", "id": "91000001700012"}},
        {"titulaire": {"typeIdentifiant": "SIRET", "id": "91000002500015"}},
    ]);
    bench.add("shared.json", file_of(&[shared])).await;
}

async fn enter(bench: &Bench, first: &str) {
    let share = |holder: &str, share: &str| Share {
        contract: "S_1".into(),
        holder: holder.into(),
        share: share.into(),
        source: "Acte d’engagement".into(),
    };
    let shares = [share("910000017", first), share("91000002500015", "1")];
    bench
        .buyer
        .enter_shares(&shares, "test", bench.clock.now())
        .await
        .unwrap();
}

store::on_both_engines! {
    async fn shares_that_were_replaced_or_taken_away_counted_until_then(db) {
        let bench = Bench::on(&db).await;
        shared(&bench).await;
        let line = json!([{"siren": "910000017", "kind": "EI", "valid_from": "2020-01-01", "status": "validated"}]);
        let held = server::contracts::taken_over::json(&line).unwrap();
        let held = server::contracts::taken_over::check(&held[0]).unwrap();
        bench.buyer.take_over("test", &[held], bench.clock.now()).await.unwrap();
        let day = chrono::TimeDelta::days(1);
        bench.clock.advance(day);
        enter(&bench, "3").await;
        bench.clock.advance(day);
        enter(&bench, "4").await;
        bench.clock.advance(day);
        bench.buyer.forget_shares("20005480700017", "S_1", bench.clock.now()).await.unwrap();
        bench.clock.advance(day);
        enter(&bench, "9").await;
        let mut said = Vec::new();
        for day in 1..=5 {
            said.push(solidarity(&bench, &format!("2026-11-0{day}")).await);
        }
        assert_eq!(said, [json!(500), json!(750), json!(800), json!(500), json!(900)]);
        assert_eq!(bench.figures(Mode::Initial).await["solidarity_amount"], json!(900));
    }

    async fn a_qualification_that_a_later_decision_replaced_counted_until_then(db) {
        let bench = Bench::on(&db).await;
        bench.add("one.json", file_of(&[record("A", 100)])).await;
        db.execute("INSERT INTO qualifications (siren, claim_key, valid_from, valid_to, kind, revision, accepted_at, declaration_id,
                content_hash)
            VALUES ('910000017', 'EI’\"', '2025-01-01', '2025-12-31', 'EI', 1, '2026-11-01T08:00:00.000000Z', 'd', 'h')").await;
        // Shorter: the contract of March is not within it any more.
        db.execute("UPDATE qualifications SET valid_to = '2025-02-01', revision = 2, accepted_at = '2026-11-03T08:00:00.000000Z'").await;
        // Written again by a replay: nothing new.
        db.execute("UPDATE qualifications SET revision = 2, accepted_at = '2026-11-03T08:00:00.000000Z'").await;
        assert_eq!(solidarity(&bench, "2026-10-31").await, json!(0), "neither contract nor status");
        assert_eq!(solidarity(&bench, "2026-11-02").await, json!(100));
        assert_eq!(solidarity(&bench, "2026-11-03").await, json!(0));
        assert_eq!(db.number("SELECT COUNT(*) FROM replaced_rows").await, 1);
    }

    async fn hours_that_a_later_decision_replaced_were_promised_until_then(db) {
        let bench = Bench::on(&db).await;
        for (revision, at, hours) in [(1, "2026-11-01", 100), (2, "2026-11-03", 150), (3, "2026-11-05", 90)] {
            let instant = format!("{at}T08:00:00.000000Z");
            db.execute(&format!("INSERT INTO qualifications (siren, claim_key, valid_from, kind, revision, accepted_at,
                    declaration_id, content_hash)
                VALUES ('910000017', 'C', '2025-01-01', 'COMMITMENT', {revision}, '{instant}', 'd', 'h')
                ON CONFLICT (siren, claim_key, valid_from) DO UPDATE
                    SET revision = excluded.revision, accepted_at = excluded.accepted_at")).await;
            db.execute(&format!("INSERT INTO commitments (siren, claim_key, valid_from, ends_on, code, modality, hours, basis,
                    etp_base_hours, revision)
                VALUES ('910000017', 'C', '2025-01-01', '2026-12-31', 'SOC-INS-01', 'sous_traitance', {hours}, 'hours', 1607, {revision})
                ON CONFLICT (siren, claim_key, valid_from) DO UPDATE
                    SET revision = excluded.revision, hours = excluded.hours")).await;
        }
        for (day, hours) in [("2026-10-31", 0), ("2026-11-02", 100), ("2026-11-03", 150), ("2026-11-04", 150), ("2026-11-05", 90)] {
            assert_eq!(then(&bench, day).await["indicators"]["I8"]["numerator"], json!(hours), "{day}");
        }
    }

    async fn what_the_register_said_counted_until_it_said_otherwise(db) {
        let bench = Bench::on(&db).await;
        let mut other = record("B", 10);
        other["titulaires"] = json!([{"titulaire": {"typeIdentifiant": "SIRET", "id": "91000002500015"}}]);
        bench.add("one.json", file_of(&[record("A", 100), other])).await;
        db.execute("INSERT INTO suppliers (siren, name, register_category, register_read_at, revision)
            VALUES ('910000017', 'Chez <b>', 'PME', '2026-11-01T08:00:00.000000Z', 1)").await;
        db.execute("UPDATE suppliers SET register_category = 'ETI', register_read_at = '2026-11-05T08:00:00.000000Z', revision = 2").await;
        let say = async |category: &str| {
            let facts = domain::registry::RegistryFacts {
                siren: Siren::parse("910000025").unwrap(),
                name: Some("SCOP".into()),
                siret: None,
                address: None,
                postal_code: None,
                commune: None,
                legal_category: None,
                naf: None,
                staff_band: None,
                staff_band_year: None,
                category: Some(category.into()),
                category_year: None,
                active: true,
                created_on: None,
                ess: None,
                siae: None,
                siae_kinds: Vec::new(),
                partly_masked: false,
                vat: Vec::new(),
                source: domain::registry::Source::Demonstration,
                fetched_at: bench.clock.now(),
            };
            let at = bench.clock.now();
            let answer = store::buyer::RegisterAnswer { siren: facts.siren.clone(), facts: Some(facts), at };
            bench.buyer.note_register(&[answer]).await.unwrap();
        };
        say("PME").await;
        bench.clock.advance(chrono::TimeDelta::days(2));
        say("PME").await;
        bench.clock.advance(chrono::TimeDelta::days(1));
        say("GE").await;
        assert_eq!(smes(&bench, "2026-11-01").await, json!(2));
        assert_eq!(smes(&bench, "2026-11-03").await, json!(2));
        assert_eq!(smes(&bench, "2026-11-04").await, json!(1));
        assert_eq!(smes(&bench, "2026-11-05").await, json!(0));
    }
}
