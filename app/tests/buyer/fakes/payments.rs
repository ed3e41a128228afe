//! Payments that the fake desk shows.

use app::views::{
    Counted, DirectionRow, PaidSums, PaidSupplier, PaymentRow, PaymentsView, StatusOrigin,
    StatusSeen, SupplierPayments,
};
use domain::claims::{Kind, KindSet};
use domain::decimal::Hundredths;
use domain::indicators::{LedgerPart, Period};

use super::desk::COPY;
use super::scenes::{HOSTILE, at, day, siren, siret};

pub(crate) const SUPPLIER: &str =
    "/instruction/indicateurs/paiements/fournisseur?annee=2025&tiers=732829320";

/// So many euros paid, of which a part is solidarity.
fn sums(total: i64, solidarity: i64) -> PaidSums {
    let euros = Hundredths::from_units;
    let rate = (total > 0).then(|| Hundredths::from_units(solidarity * 100 / total));
    PaidSums {
        payments: 1_204,
        total: euros(total),
        solidarity: euros(solidarity),
        solidarity_low: euros(solidarity),
        solidarity_high: euros(solidarity),
        sme: euros(solidarity),
        solidarity_rate: rate,
        low_rate: rate,
        high_rate: rate,
        sme_rate: rate,
    }
}

/// A page of suppliers, and departments of which one has no name.
pub(crate) fn payments(suppliers: usize) -> PaymentsView {
    PaymentsView {
        year: 2025,
        years: (2016..=2026).rev().collect(),
        part: LedgerPart::default(),
        page: 1,
        sums: sums(100_000, 5_000),
        whole: sums(200_000, 5_000),
        directions: [Some(HOSTILE), Some("Voirie"), None]
            .map(|name| DirectionRow {
                name: name.map(str::to_owned),
                sums: sums(if name.is_none() { -300 } else { 100_000 }, 0),
            })
            .into(),
        suppliers: (0..suppliers)
            .map(|index| PaidSupplier {
                party: ["732829320", "732829320", HOSTILE][index % 3].into(),
                name: (index % 3 == 0).then(|| HOSTILE.into()),
                siren: (index % 3 < 2).then(siren),
                payments: 3,
                total: Hundredths::from_hundredths(-12_345),
                solidarity: Hundredths::ZERO,
            })
            .collect(),
        suppliers_total: if suppliers == 0 { 0 } else { 60 },
        pages: if suppliers == 0 { 1 } else { 3 },
        kinds: KindSet::solidarity_default(),
        data_date: Some("2026-11-01".into()),
    }
}

/// A year, or a department of it, without payments.
pub(crate) fn no_payments(in_year: bool) -> PaymentsView {
    PaymentsView {
        sums: PaidSums::default(),
        whole: if in_year {
            sums(10, 0)
        } else {
            PaidSums::default()
        },
        directions: Vec::new(),
        data_date: None,
        ..payments(0)
    }
}

/// One payment of each sort.
pub(crate) fn supplier(named: bool, rows: bool) -> SupplierPayments {
    let origins = [
        StatusOrigin::Portal {
            qualification: Some(COPY),
            decided_at: at("2025-01-02T09:00:00Z"),
        },
        StatusOrigin::Portal {
            qualification: None,
            decided_at: at("2025-01-02T09:00:00Z"),
        },
        StatusOrigin::TakenOver {
            recorded_at: at("2025-01-02T09:00:00Z"),
            validated_on: None,
            note: None,
        },
    ];
    let because = origins.map(|origin| StatusSeen {
        kind: Kind::Esus,
        in_set: true,
        period: Period {
            valid_from: day("2025-01-01"),
            valid_to: None,
            closed_from: None,
            siret: None,
        },
        missed: None,
        reference: None,
        authority: None,
        origin,
    });
    let row = |counted: Counted| PaymentRow {
        paid_on: day("2025-03-01"),
        amount: Hundredths::from_hundredths(-20_050),
        direction: (counted != Counted::No).then(|| HOSTILE.into()),
        reference: (counted != Counted::No).then(|| HOSTILE.into()),
        siret: (counted == Counted::Yes).then(siret),
        counted,
        because: if counted == Counted::Yes {
            because.clone().into()
        } else {
            Vec::new()
        },
    };
    SupplierPayments {
        year: 2025,
        years: (2016..=2026).rev().collect(),
        part: LedgerPart {
            party: Some(siren().to_string()),
            ..LedgerPart::default()
        },
        page: 1,
        name: named.then(|| HOSTILE.into()),
        party: if named {
            siren().to_string()
        } else {
            HOSTILE.into()
        },
        sums: sums(1_000, 500),
        rows: if rows {
            [Counted::Yes, Counted::Perhaps, Counted::No]
                .map(row)
                .into()
        } else {
            Vec::new()
        },
        pages: 49,
    }
}
