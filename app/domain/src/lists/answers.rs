//! What lists let a company answer: one line of the form for each status that a row proves today.

use chrono::NaiveDate;

use super::{ListKind, Listed, Proof, ProofState};
use crate::claims::{Kind, ReferenceRule};
use crate::form::StatusRow;
use crate::identifiers::Siren;

/// The lines of the solidarity step that the lists fill in for a company, each with the row that says so. The kind of the
/// social economy depends on the legal form: `ess` is the one to declare.
pub fn answers<'l>(
    listed: &'l Listed,
    siren: &Siren,
    ess: Kind,
    today: NaiveDate,
) -> Vec<(StatusRow, &'l Proof)> {
    let mut lines: Vec<(StatusRow, &Proof)> = Vec::new();
    for proof in listed.of(siren) {
        if proof.state_on(today) != ProofState::Holds {
            continue;
        }
        let kind = match proof.list {
            ListKind::Esus => Kind::Esus,
            ListKind::EssFrance => ess,
            ListKind::Inclusion => match proof.facts.kind {
                Some(kind) => kind,
                None => continue,
            },
            ListKind::Egapro => continue,
        };
        let line = line(kind, proof);
        if !lines
            .iter()
            .any(|(one, _)| one.kind == line.kind && one.siret == line.siret)
        {
            lines.push((line, proof));
        }
    }
    lines
}

fn line(kind: Kind, proof: &Proof) -> StatusRow {
    let date = |day: Option<NaiveDate>| {
        day.map(|day| day.format("%d/%m/%Y").to_string())
            .unwrap_or_default()
    };
    let facts = &proof.facts;
    let takes_site = kind.may_be_siret_scoped();
    StatusRow {
        kind: kind.code().to_owned(),
        siret: match &facts.siret {
            Some(siret) if takes_site => siret.as_str().to_owned(),
            _ => String::new(),
        },
        reference: match kind.reference_rule() {
            ReferenceRule::None => String::new(),
            _ => facts.reference.clone().unwrap_or_default(),
        },
        valid_from: date(facts.valid_from),
        valid_to: date(facts.valid_to),
        ..StatusRow::default()
    }
}
