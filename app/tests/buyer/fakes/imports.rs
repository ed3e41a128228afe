//! Imports that the fake desk shows.

use app::views::{
    Breach, Conformity, ImportRow, ImportStage, ImportView, ImportsView, SentFile, SetAside,
};
use uuid::Uuid;

use super::desk::COPY;
use super::scenes::{HOSTILE, at};

pub(crate) const ADDRESS: &str = "/instruction/imports/00000000-0000-0000-0000-0000000000c0";

pub(crate) fn row(stage: ImportStage) -> ImportRow {
    let ended = !stage.moves();
    ImportRow {
        id: COPY,
        payments: stage == ImportStage::RolledBack,
        file_name: HOSTILE.into(),
        sha256: Some("0f".repeat(32)),
        format: "json".into(),
        stage,
        by: HOSTILE.into(),
        started_at: at("2026-11-20T10:00:00Z"),
        ended_at: ended.then(|| at("2026-11-20T10:05:00Z")),
        ended_by: (stage == ImportStage::RolledBack).then(|| "Dominique Roux".into()),
        failure: (stage == ImportStage::Failed).then(|| "truncated".into()),
        progress: Some((172_000_000, 395_000_000)),
        read: 1_234_567,
        kept: 1_200_000,
        known: 12,
        other_buyers: 3,
        concessions: 2,
        quarantined: 60,
    }
}

pub(crate) fn imports() -> ImportsView {
    ImportsView {
        sent: vec![SentFile {
            id: Uuid::from_u128(0x51),
            name: HOSTILE.into(),
            by: "Dominique Roux".into(),
            size_bytes: 999,
            sent_at: at("2026-11-20T09:00:00Z"),
        }],
        rows: [
            ImportStage::Running,
            ImportStage::Done,
            ImportStage::Failed,
            ImportStage::RollingBack,
            ImportStage::RolledBack,
        ]
        .map(row)
        .into(),
        page: 2,
        pages: 3,
        total: 55,
        largest: 5_000_000_000,
    }
}

pub(crate) fn none() -> ImportsView {
    ImportsView {
        sent: Vec::new(),
        rows: Vec::new(),
        page: 1,
        pages: 1,
        total: 0,
        largest: 2_500,
    }
}

/// An import with records set aside, one of them to correct.
pub(crate) fn import(stage: ImportStage, correct: bool) -> ImportView {
    let aside = |position, reason: &str, text: &str| SetAside {
        position,
        reason: reason.into(),
        text: text.into(),
    };
    let set_aside = vec![
        aside(3, "no_buyer", r#"{"id": "M1"}"#),
        aside(4, "no_id", HOSTILE),
        aside(5, "not_an_object", &"é".repeat(500)),
        aside(6, "zero_character", "\"x\""),
        aside(7, "xml", "<marche>"),
    ];
    ImportView {
        row: row(stage),
        correct: correct.then(|| set_aside[0].clone()),
        set_aside,
        left: 60,
        more: true,
        after: 2,
        conformity: conformity(stage),
    }
}

/// None for payments, all well for one that runs, no schema for one that failed.
fn conformity(stage: ImportStage) -> Option<Conformity> {
    let breach = |place: &str, rule: &str, value: &str| Breach {
        place: place.into(),
        rule: rule.into(),
        records: 12_345,
        position: 3,
        value: value.into(),
    };
    let of = |schema: Option<&str>, conforming, breaches| Conformity {
        schema: schema.map(str::to_owned),
        checked: 1_234_567,
        conforming,
        breaches,
    };
    match stage {
        ImportStage::RolledBack => None,
        ImportStage::Failed => Some(of(None, 0, Vec::new())),
        ImportStage::Running => Some(of(Some("2.0.3"), 1_234_567, Vec::new())),
        ImportStage::Done | ImportStage::RollingBack => Some(of(
            Some("1.5.0"),
            1_200_000,
            vec![
                breach("titulaires/*/titulaire/typeIdentifiant", "enum", HOSTILE),
                breach("objet", "required", ""),
                breach("", "additionalProperties", "_type"),
                breach("montant", "type", "\"1000\""),
                breach("acheteur/id", "pattern", "\"1\""),
                breach("dureeMois", "minimum", "0"),
                breach("tauxAvance", "maximum", "30"),
                breach("id", "minLength", "\"\""),
                breach("objet", "maxLength", "\"xxx\""),
                breach("titulaires", "minItems", "[]"),
                breach("titulaires", "uniqueItems", "[1,1]"),
                breach("", "not_json", "{"),
                breach("x", "anyOf", "{}"),
            ],
        )),
    }
}

/// All of them corrected.
pub(crate) fn corrected() -> ImportView {
    ImportView {
        set_aside: Vec::new(),
        left: 0,
        more: false,
        ..import(ImportStage::Done, false)
    }
}
