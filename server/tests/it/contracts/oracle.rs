//! Random payments, and what each brings to the figure by the rules of the domain alone.

use chrono::NaiveDate;
use domain::identifiers::Siret;
use domain::indicators::{Paid, Period};

use crate::query_counts::sirens;

const DIRECTIONS: [Option<&str>; 4] = [
    Some("Voirie"),
    Some("Espaces verts & eau"),
    Some("D'À côté"),
    None,
];
/// What makes a solidarity enterprise, or an SME: SIREN, kind, establishment, first and last day, closure.
type Held = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);
pub(super) const HELD: [Held; 6] = [
    (
        "910000017",
        "ESUS",
        None,
        "2025-01-01",
        Some("2025-06-30"),
        None,
    ),
    (
        "910000025",
        "EI",
        Some("91000002500015"),
        "2024-01-01",
        None,
        None,
    ),
    (
        "910000033",
        "ACI",
        None,
        "2025-01-01",
        Some("2027-12-31"),
        Some("2025-09-01"),
    ),
    (
        "910000033",
        "SME",
        None,
        "2025-01-01",
        Some("2027-12-31"),
        Some("2025-09-01"),
    ),
    ("910000041", "SME", None, "2025-03-01", None, None),
    (
        "910000017",
        "EA",
        None,
        "2025-05-01",
        Some("2025-08-31"),
        None,
    ),
];
/// An SME by the register.
pub(super) const REGISTERED: &str = "910000058";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) struct Line {
    pub(super) on: NaiveDate,
    cents: i128,
    supplier: String,
    direction: Option<&'static str>,
}

impl Line {
    fn siren(&self) -> Option<&str> {
        self.supplier.starts_with('9').then(|| &self.supplier[..9])
    }

    fn siret(&self) -> Option<Siret> {
        Siret::parse(&self.supplier).ok()
    }

    /// Whether a status of one of these kinds holds; and whether one would, if it were of the right establishment.
    fn holds(&self, sme: bool) -> (bool, bool) {
        let of = HELD
            .iter()
            .filter(|held| Some(held.0) == self.siren() && (held.1 == "SME") == sme);
        let why: Vec<(bool, bool)> = of
            .map(|(_, _, siret, from, to, closed)| {
                let period = |siret: Option<&str>| Period {
                    valid_from: day(from),
                    valid_to: to.map(day),
                    closed_from: closed.map(day),
                    siret: siret.map(|siret| Siret::parse(siret).unwrap()),
                };
                let siret_of = self.siret();
                let exact = period(*siret).why_not(self.on, siret_of.as_ref()).is_none();
                let any = period(None).why_not(self.on, siret_of.as_ref()).is_none();
                (exact, exact || (any && siret_of.is_none()))
            })
            .collect();
        (why.iter().any(|one| one.0), why.iter().any(|one| one.1))
    }

    pub(super) fn paid(&self) -> Paid {
        let amount = self.cents * 10_000;
        let part = |counts: bool| if counts { amount } else { 0 };
        let (solidarity, possible) = self.holds(false);
        Paid {
            payments: 1,
            total: amount,
            solidarity: part(solidarity),
            solidarity_low: part(solidarity || (possible && amount < 0)),
            solidarity_high: part(solidarity || (possible && amount > 0)),
            sme: part(self.holds(true).0 || self.siren() == Some(REGISTERED)),
        }
    }
}

/// Another establishment of a company.
fn other(siren: &str) -> String {
    (20_u32..99_999)
        .map(|nic| format!("{siren}{nic:05}"))
        .find(|id| Siret::parse(id).is_ok())
        .unwrap()
}

/// Payments of two years, always the same for a seed.
pub(super) fn random(mut seed: u64, count: usize) -> Vec<Line> {
    // SplitMix64.
    let mut pick = |of: usize| {
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % of as u64).unwrap()
    };
    let mut suppliers: Vec<String> = [
        "910000017",
        "91000001700012",
        "910000025",
        "91000002500015",
        "910000033",
        "910000041",
        "910000058",
        "91000011600012",
        "DE/81<190>",
    ]
    .map(str::to_owned)
    .into();
    suppliers.push(other("910000025"));
    // More than a page of suppliers.
    suppliers.extend(sirens().take(20).map(|siren| siren.to_string()));
    (0..count)
        .map(|_| {
            let (month, among) = (1 + pick(12), if pick(2) == 0 { 10 } else { 30 });
            let year = 2024 + i32::from(pick(5) > 0);
            Line {
                on: day(&format!("{year}-{month:02}-{:02}", 1 + pick(28))),
                cents: i128::try_from(pick(5_000_000)).unwrap() - 1_500_000,
                supplier: suppliers[pick(among)].clone(),
                direction: DIRECTIONS[pick(4)],
            }
        })
        .collect()
}

pub(super) fn csv(lines: &[Line]) -> String {
    let line = |(at, line): (usize, &Line)| {
        let sign = if line.cents < 0 { "-" } else { "" };
        let cents = line.cents.abs();
        format!(
            "P{at},{},{},\"{sign}{},{:02}\",{}\n",
            line.on,
            line.supplier,
            cents / 100,
            cents % 100,
            line.direction.unwrap_or_default()
        )
    };
    std::iter::once("mandat,date,fournisseur,montant,direction\n".to_owned())
        .chain(lines.iter().enumerate().map(line))
        .collect::<Vec<_>>()
        .concat()
}
