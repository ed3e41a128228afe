//! A fictional ledger of two years: a few departments, credits, parties known by SIREN alone or without SIREN.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use crate::contracts::ledger::{Options, import};
use crate::state::AppState;

/// Payments of each year.
const EACH_YEAR: u32 = 30;
const YEARS: i32 = 2;
/// Who is paid, by SIRET or by SIREN; the last one is foreign.
const PARTIES: [&str; 9] = [
    "91000001700012",
    "91000002500015",
    "91000005800016",
    "910000066",
    "91000003300019",
    "91000004100012",
    "91000011600012",
    "910000025",
    "DE811907980",
];
/// The departments that pay; some payments name none.
const DIRECTIONS: [&str; 7] = [
    "Espaces verts et biodiversité",
    "Voirie",
    "Prévention des déchets",
    "Bâtiments",
    "Voirie",
    "",
    "Bâtiments",
];
/// Large suppliers are no inclusion structures.
const LARGE: [&str; 3] = ["910000033", "910000041", "910000116"];

pub(super) async fn seed(state: &AppState) -> anyhow::Result<()> {
    let today = state.clock.today();
    let mut ledger =
        "N° mandat;Date de paiement;SIRET fournisseur;Montant HT;Direction\n".to_owned();
    for year in today.year() - YEARS + 1..=today.year() {
        for number in 0..EACH_YEAR {
            line(&mut ledger, year, number, today);
        }
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("paiements-demonstration.csv");
    std::fs::write(&path, ledger)?;
    import(
        &state.buyer,
        &path,
        &Options::default(),
        "demo",
        &state.clock,
    )
    .await?;
    Ok(())
}

/// Nothing is paid on a day that is still to come.
fn line(ledger: &mut String, year: i32, number: u32, today: NaiveDate) {
    let day = NaiveDate::from_ymd_opt(year, 1 + number * 5 % 12, 1 + number * 11 % 28);
    let pick = |list: &[&'static str]| {
        let at = usize::try_from(number).unwrap_or_default();
        list.get(at % list.len()).copied().unwrap_or_default()
    };
    let Some(day) = day.filter(|day| *day <= today) else {
        return;
    };
    let party = pick(&PARTIES);
    let large = LARGE.iter().any(|siren| party.starts_with(siren));
    let amount = 1_200 + number * number * 977 % 9_000 + if large { 38_000 } else { 0 };
    // A credit now and then.
    let sign = if number % 10 == 7 { "-" } else { "" };
    let _ = writeln!(
        ledger,
        "{year}-{:04};{day};{party};{sign}{amount},{:02};{}",
        number + 1,
        number * 13 % 100,
        pick(&DIRECTIONS)
    );
}
