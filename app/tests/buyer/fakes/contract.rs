//! Contracts that the fake desk shows.

use app::views::{
    Brought, ContractParty, ContractView, EnteredShares, ShareSource, StatusOrigin, StatusSeen,
};
use domain::claims::Kind;
use domain::contracts::{Flag, Mode, read};
use domain::decimal::Hundredths;
use domain::indicators::{NotCounted, Period, SupplierSize};
use serde_json::json;

use super::desk::COPY;
use super::scenes::{HOSTILE, at, day, siren, siret};

pub(crate) const ADDRESS: &str =
    "/instruction/indicateurs/marches/20005480700017/M%2D1%20%C3%A9%3C%3F%23%25";

/// Two holders, all kinds of statuses, shares in one of their states.
pub(crate) fn contract(shares: ShareSource) -> ContractView {
    let record = json!({
        "id": "M-1", "acheteur": {"id": "20005480700017"}, "objet": HOSTILE, "codeCPV": "45000000",
        "procedure": "Appel d’offres ouvert", "dureeMois": 24, "idAccordCadre": "AC_1",
        "dateNotification": "2025-03-01", "montant": 90_000,
        "lieuExecution": {"code": "13", "typeCode": "Code département"},
        "considerationsSociales": {"considerationSociale": ["Clause sociale", "Critère social", "Marché réservé"]},
    });
    let euros = Hundredths::from_units;
    let brought = |id, in_euros, numerator, denominator| Brought {
        id,
        in_euros,
        numerator: euros(numerator),
        denominator: euros(denominator),
    };
    ContractView {
        mode: Mode::Initial,
        notified_on: day("2025-03-01"),
        record: read(&record).unwrap(),
        initial_amount: Some(euros(90_000)),
        current_amount: None,
        excluded: false,
        flags: vec![Flag::Contradiction, Flag::PlaceholderAmount],
        parties: vec![solidarity(), other()],
        shares,
        brought: vec![
            brought("I1", false, 0, 1),
            brought("I2", false, 1, 1),
            brought("I3", true, 45_000, 90_000),
            brought("I4v", true, 0, 0),
        ],
        records: vec![serde_json::to_string_pretty(&record).unwrap()],
    }
}

/// Left out of the amounts, by its framework.
pub(crate) fn excluded() -> ContractView {
    ContractView {
        excluded: true,
        parties: Vec::new(),
        flags: Vec::new(),
        ..contract(ShareSource::Equal)
    }
}

pub(crate) fn entered() -> EnteredShares {
    EnteredShares {
        source: HOSTILE.into(),
        by: "Dominique Roux".into(),
        at: at("2026-11-20T10:00:00Z"),
        entries: vec![("732829320".into(), "60".into()), ("X".into(), "40".into())],
    }
}

fn solidarity() -> ContractParty {
    let status = |kind, in_set, missed, origin| StatusSeen {
        kind,
        in_set,
        period: Period {
            valid_from: day("2025-01-01"),
            valid_to: Some(day("2027-12-31")),
            closed_from: Some(day("2026-01-01")),
            siret: (kind == Kind::Esat).then(siret),
        },
        missed,
        reference: Some(HOSTILE.into()),
        authority: Some("Préfecture".into()),
        origin,
    };
    let portal = |qualification| StatusOrigin::Portal {
        qualification,
        decided_at: at("2025-01-10T08:00:00Z"),
    };
    let taken_over = |validated_on| StatusOrigin::TakenOver {
        recorded_at: at("2026-11-01T08:00:00Z"),
        validated_on,
        note: Some(HOSTILE.into()),
    };
    let on = day("2025-02-01");
    ContractParty {
        named: siren().to_string(),
        name: Some(HOSTILE.into()),
        siren: Some(siren()),
        identifiers: vec![("SIRET".into(), siret().to_string())],
        share: Hundredths::from_units(60),
        amount: Some(Hundredths::from_units(54_000)),
        solidarity: true,
        size: SupplierSize::Declared,
        statuses: vec![
            status(Kind::Ei, true, None, portal(Some(COPY))),
            status(Kind::Sme, false, None, portal(None)),
            status(Kind::EssStatus, false, None, taken_over(Some(on))),
            status(
                Kind::Esus,
                true,
                Some(NotCounted::Begins(on)),
                taken_over(None),
            ),
            status(
                Kind::Aci,
                true,
                Some(NotCounted::Ended(on)),
                portal(Some(COPY)),
            ),
            status(Kind::Ea, true, Some(NotCounted::Closed(on)), portal(None)),
            status(
                Kind::Esat,
                true,
                Some(NotCounted::OtherEstablishment),
                portal(None),
            ),
        ],
    }
}

fn other() -> ContractParty {
    ContractParty {
        named: "X".into(),
        name: None,
        siren: None,
        identifiers: vec![("HORS-UE".into(), "X".into())],
        share: Hundredths::from_units(40),
        amount: None,
        solidarity: false,
        size: SupplierSize::Other,
        statuses: Vec::new(),
    }
}
