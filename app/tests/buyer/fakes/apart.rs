//! The lists beside the figures that the fake desk shows.

use app::views::{
    ConcessionFilter, ConcessionPage, ConcessionRow, StatusOrigin, StatusSeen, SubcontractFilter,
    SubcontractPage, SubcontractRow, YearHoursFilter, YearHoursPage, YearHoursRow,
};
use domain::claims::{Kind, Validity};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::identifiers::{Siren, Siret};

use domain::indicators::Period;
use domain::insertion::Modality;
use uuid::Uuid;

use super::scenes::HOSTILE;

pub(crate) const SUBCONTRACTS: &str = "/instruction/indicateurs/sous-traitance";

pub(crate) fn subcontracts(rows: usize) -> SubcontractPage {
    let filter = SubcontractFilter {
        year: Some(2025),
        mode: Mode::Initial,
        page: 1,
    };
    SubcontractPage {
        filter,
        year: 2025,
        years: (2016..=2026).rev().collect(),
        rows: (0..rows).map(row).collect(),
        total: rows as u64,
        amount: Hundredths::from_units(40_000),
        pages: 1,
    }
}

fn row(number: usize) -> SubcontractRow {
    let siret = Siret::parse("91000001700012").unwrap();
    let known = number.is_multiple_of(2);
    let portal = StatusOrigin::Portal {
        qualification: Some(Uuid::from_u128(number as u128)),
        decided_at: "2025-01-02T10:00:00Z".parse().unwrap(),
    };
    let taken_over = StatusOrigin::TakenOver {
        recorded_at: "2025-01-02T10:00:00Z".parse().unwrap(),
        validated_on: known.then(|| "2024-12-01".parse().unwrap()),
        note: Some(HOSTILE.to_owned()),
    };
    let origins = if known {
        vec![portal, taken_over]
    } else {
        vec![taken_over]
    };
    SubcontractRow {
        buyer_siret: "20005480700017".into(),
        contract_id: format!("AMP-2026-{number}"),
        object: known.then(|| HOSTILE.to_owned()),
        holders: vec!["Atelier du Port".into(), "SIRET:123".into()],
        number: if known {
            number.to_string()
        } else {
            HOSTILE.to_owned()
        },
        subcontractor: if known {
            HOSTILE.to_owned()
        } else {
            "910000017".into()
        },
        siren: "910000017".into(),
        siret: known.then_some(siret),
        counted_on: "2025-03-01".parse().unwrap(),
        on_day_of_contract: !known,
        amount: Hundredths::from_hundredths(4_000_050),
        statuses: origins.into_iter().map(status).collect(),
    }
}

fn status(origin: StatusOrigin) -> StatusSeen {
    StatusSeen {
        kind: Kind::Ei,
        in_set: true,
        period: Period {
            valid_from: "2020-01-01".parse().unwrap(),
            valid_to: None,
            closed_from: None,
            siret: None,
        },
        missed: None,
        reference: None,
        authority: None,
        origin,
    }
}

pub(crate) const CONCESSIONS: &str = "/instruction/indicateurs/concessions";

pub(crate) fn concessions(rows: usize) -> ConcessionPage {
    ConcessionPage {
        filter: ConcessionFilter {
            year: None,
            page: 1,
        },
        years: (2016..=2026).rev().collect(),
        rows: (0..rows).map(concession).collect(),
        total: rows as u64,
        pages: 1,
    }
}

fn concession(number: usize) -> ConcessionRow {
    let known = number.is_multiple_of(2);
    let said = |text: &str| known.then(|| text.to_owned());
    ConcessionRow {
        concession_id: format!("C-{number}"),
        object: said(HOSTILE),
        nature: said("Concession de service"),
        procedure: said("Procédure négociée ouverte"),
        holders: vec!["910000017".into(), "HORS-UE:123".into()],
        signed_on: "2025-03-01".parse().unwrap(),
        begins_on: known.then(|| "2025-04-01".parse().unwrap()),
        duration_months: known.then_some(60),
        value: known.then(|| Hundredths::from_units(5_000_000)),
        subsidy: Some(Hundredths::from_units(i64::from(known))),
        social: said("Clause sociale; Concession réservée").unwrap_or_default(),
        environmental: String::new(),
    }
}

pub(crate) const YEAR_HOURS: &str = "/instruction/indicateurs/heures";

pub(crate) fn year_hours(rows: usize) -> YearHoursPage {
    YearHoursPage {
        filter: YearHoursFilter {
            year: Some(2025),
            page: 1,
        },
        year: 2025,
        years: (2016..=2026).rev().collect(),
        rows: (0..rows).map(hours).collect(),
        total: rows as u64,
        promised: Hundredths::from_units(1_600),
        realised: Hundredths::from_hundredths(80_050),
        pages: 1,
    }
}

fn hours(number: usize) -> YearHoursRow {
    let known = number.is_multiple_of(2);
    YearHoursRow {
        qualification: known.then(|| Uuid::from_u128(number as u128)),
        siren: Siren::parse("910000017").unwrap(),
        company: known.then(|| HOSTILE.to_owned()),
        modality: known.then_some(Modality::SousTraitance),
        validity: Validity {
            from: "2025-02-01".parse().unwrap(),
            to: known.then(|| "2026-01-31".parse().unwrap()),
        },
        contract: known.then(|| HOSTILE.to_owned()),
        counted_on: "2025-02-01".parse().unwrap(),
        promised: Hundredths::from_units(i64::from(known) * 800),
        realised: Hundredths::from_hundredths(40_025),
    }
}
