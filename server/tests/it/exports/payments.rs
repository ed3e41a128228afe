//! The files of the pages of payments hold what the pages show, credits included.

use app::desk::BuyerDesk;
use app::views::{Counted, PaymentsFilter};
use domain::decimal::Hundredths;
use domain::indicators::{LedgerPart, Payer, Purchases};

use super::served::{demonstration, rows};

/// A number as a French file writes it, credits included.
fn signed(number: Hundredths) -> String {
    let sign = if number < Hundredths::ZERO { "-" } else { "" };
    let cents = number.hundredths().abs();
    format!("{sign}{},{:02}", cents / 100, cents % 100)
}

fn year(part: LedgerPart) -> PaymentsFilter {
    PaymentsFilter {
        year: Some(2025),
        part,
        page: 1,
    }
}

async fn supplier(desk: &dyn BuyerDesk, client: &crate::support::Client, party: &str) -> usize {
    let part = LedgerPart {
        party: Some(party.to_owned()),
        ..LedgerPart::default()
    };
    let view = desk.supplier_payments(year(part)).await.unwrap();
    let mut shown: Vec<_> = view
        .rows
        .iter()
        .map(|row| {
            let counts = match row.counted {
                Counted::Yes => "oui",
                Counted::Perhaps => "borne haute",
                Counted::No => "non",
            };
            (
                row.paid_on.to_string(),
                row.reference.clone().unwrap_or_default(),
                signed(row.amount),
                counts.to_owned(),
            )
        })
        .collect();
    let found = rows(client, &format!("paiements.csv?annee=2025&tiers={party}")).await;
    let mut taken: Vec<_> = found
        .iter()
        .map(|row| {
            (
                row[0].clone(),
                row[5].clone(),
                row[6].clone(),
                row[7].clone(),
            )
        })
        .collect();
    shown.sort();
    taken.sort();
    assert_eq!(shown, taken, "{party}");
    shown.len()
}

store::on_both_engines! {
    async fn the_files_of_payments_hold_what_their_pages_show(db) {
        let app = demonstration(db).await;
        let client = app.reviewer().await;
        let desk = crate::desks::buyer(&app, "agent3@demo.example").await;
        let view = desk.payments(year(LedgerPart::default())).await.unwrap();
        let mut shown: Vec<_> = view.directions.iter().map(|row| {
            let name = row.name.clone().unwrap_or_else(|| "Non renseignée".to_owned());
            (name, row.sums.payments.to_string(), signed(row.sums.total), signed(row.sums.solidarity))
        }).collect();
        shown.push(("Ensemble".to_owned(), view.whole.payments.to_string(), signed(view.whole.total), signed(view.whole.solidarity)));
        let found = rows(&client, "directions.csv?annee=2025").await;
        let taken: Vec<_> = found.iter().map(|row| (row[0].clone(), row[1].clone(), row[2].clone(), row[3].clone())).collect();
        assert_eq!(shown, taken);
        assert!(shown.len() > 3);

        let mut payments = 0;
        for (part, query) in [
            (LedgerPart::default(), "annee=2025&page=9"),
            (LedgerPart { purchases: Purchases::Solidarity, ..LedgerPart::default() }, "annee=2025&compte=solidaires"),
            (LedgerPart { payer: Payer::Unnamed, purchases: Purchases::Others, party: None }, "annee=2025&compte=autres&sans-direction=1"),
        ] {
            let view = desk.payments(year(part)).await.unwrap();
            let shown: Vec<_> = view.suppliers.iter()
                .map(|row| (row.shown(), row.party.clone(), signed(row.total), signed(row.solidarity))).collect();
            let found = rows(&client, &format!("fournisseurs-payes.csv?{query}")).await;
            let taken: Vec<_> = found.iter().map(|row| (row[0].clone(), row[1].clone(), row[3].clone(), row[4].clone())).collect();
            assert_eq!(shown, taken, "{query}");
            assert!(!shown.is_empty() && view.pages == 1);
            for supplier in view.suppliers.iter().filter(|_| query.ends_with("page=9")) {
                payments += self::supplier(&*desk, &client, &supplier.party).await;
            }
        }
        assert_eq!(payments as u64, view.whole.payments);
        assert_eq!(rows(&client, "paiements.csv?annee=2025").await.len(), payments);
    }
}
