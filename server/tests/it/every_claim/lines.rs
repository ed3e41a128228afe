//! The lines of a declaration that says everything: each kind, each modality in each unit, each structure, each public.

use domain::claims::{Kind, ReferenceRule};
use domain::form::{CONDITIONS, CommitmentRow, InsertionStep, SolidarityStep, StatusRow};
use domain::insertion::{ACCEPTED_STRUCTURES, CONTRACT_TYPES, Modality, PUBLICS};
use serde_json::Value;

use crate::desks::EI;

/// Another company of the demonstration register.
const STRUCTURE: &str = "91000008200016";
const UNITS: [&str; 3] = ["hours", "labour_share", "etp"];
/// As typed, and the hours that they are.
const BASES: [(&str, u32); 4] = [
    ("", 1_607),
    ("1505", 1_505),
    ("1600", 1_600),
    ("1820", 1_820),
];

/// First as it is sent, then as it is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    First,
    Corrected,
}

/// The reference of a status; `None` where the register is the evidence.
pub(super) fn reference(kind: Kind, round: Round) -> Option<String> {
    let last = if round == Round::First { "1" } else { "2" };
    match kind.reference_rule() {
        ReferenceRule::None => None,
        ReferenceRule::SiaeNumber => Some(format!("{}013240013A0M{last}", kind.code())),
        ReferenceRule::Finess => Some(format!("13000000{last}")),
        ReferenceRule::Text => Some(format!("REF-{}-{last}", kind.code())),
    }
}

pub(super) fn statuses(kinds: &[Kind], round: Round) -> SolidarityStep {
    let row = |kind: &Kind| StatusRow {
        kind: kind.code().into(),
        siret: if kind.is_siret_scoped() { EI } else { "" }.into(),
        reference: reference(*kind, round).unwrap_or_default(),
        authority: "Préfecture".into(),
        valid_from: "01/01/2026".into(),
        valid_to: "31/12/2027".into(),
        state: if kind.is_siae() { "VALIDE" } else { "" }.into(),
        conditions: CONDITIONS
            .iter()
            .filter(|_| *kind == Kind::EssCompany)
            .map(|condition| condition.code.to_owned())
            .collect(),
        ..StatusRow::default()
    };
    SolidarityStep {
        declare: "yes".into(),
        rows: kinds.iter().map(row).collect(),
    }
}

/// One commitment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Promise {
    pub(super) rank: usize,
    pub(super) modality: Modality,
    /// Nothing: no hours are promised.
    pub(super) unit: Option<&'static str>,
    pub(super) structure: Option<Kind>,
}

/// Every modality in every unit, through every structure that it accepts; training without hours comes last.
pub(super) fn promises() -> Vec<Promise> {
    let mut all = vec![];
    let mut add = |modality, unit, structure| {
        let rank = all.len();
        all.push(Promise {
            rank,
            modality,
            unit,
            structure,
        });
    };
    for modality in Modality::ALL {
        if modality.needs_structure() {
            let accepted = ACCEPTED_STRUCTURES
                .iter()
                .filter(|kind| modality.accepts(**kind));
            for (kind, unit) in accepted.zip(UNITS.iter().cycle()) {
                add(modality, Some(*unit), Some(*kind));
            }
        } else {
            for unit in UNITS {
                add(modality, Some(unit), None);
            }
        }
    }
    add(Modality::FormationTutorat, None, None);
    all
}

impl Promise {
    pub(super) fn contract(&self) -> String {
        // Direct hiring in hours and training without hours are of no contract: the year of the figures is that of their first day.
        if self.is_framework() {
            String::new()
        } else {
            format!("M-{:02}", self.rank)
        }
    }

    pub(super) fn is_framework(&self) -> bool {
        self.unit.is_none()
            || (self.modality == Modality::EmbaucheDirecte && self.unit == Some("hours"))
    }

    pub(super) fn base(&self) -> (&'static str, u32) {
        match self.unit {
            Some("etp") => BASES[self.rank % BASES.len()],
            _ => BASES[0],
        }
    }

    /// In hundredths of an hour, counted by other means than those of the rules.
    pub(super) fn hours(&self, round: Round) -> Option<u64> {
        let first = round == Round::First;
        let rank = self.rank as u64;
        Some(match self.unit? {
            "hours" => (400 + rank + if first { 0 } else { 7 }) * 100,
            // 5 % or 6 % of 8,000 hours and more.
            "labour_share" => (8_000 + 100 * rank) * if first { 5 } else { 6 },
            // A half or three quarters of the base.
            _ => u64::from(self.base().1) * if first { 50 } else { 75 },
        })
    }

    pub(super) fn publics(&self) -> Vec<&'static str> {
        let at = |rank: usize| PUBLICS[rank % PUBLICS.len()].code;
        vec![at(self.rank), at(self.rank + 1)]
    }

    pub(super) fn training(&self) -> Option<String> {
        let said = "Tutorat d’un apprenti, deux heures par semaine";
        (self.modality == Modality::FormationTutorat).then(|| format!("{said} ({})", self.rank))
    }

    pub(super) fn contract_types(&self) -> Vec<&'static str> {
        if self.modality == Modality::EmbaucheDirecte {
            vec![CONTRACT_TYPES[self.rank].code, "professionnalisation"]
        } else {
            vec![]
        }
    }

    pub(super) fn row(&self, round: Round) -> CommitmentRow {
        let first = round == Round::First;
        let text = |value: &str| value.to_owned();
        let mut row = CommitmentRow {
            modality: text(self.modality.code()),
            contract_ref: self.contract(),
            unit: text(self.unit.unwrap_or_default()),
            start: text("01/06/2026"),
            end: text("31/12/2027"),
            contract_types: self.contract_types().into_iter().map(text).collect(),
            publics: self.publics().into_iter().map(text).collect(),
            training: self.training().unwrap_or_default(),
            ..CommitmentRow::default()
        };
        match self.unit {
            Some("hours") => row.hours = (self.hours(round).unwrap() / 100).to_string(),
            Some("labour_share") => {
                row.rate = text(if first { "5" } else { "6" });
                row.reference_hours = (8_000 + 100 * self.rank).to_string();
            }
            Some(_) => {
                row.etp = text(if first { "0,5" } else { "0,75" });
                row.etp_base = text(self.base().0);
            }
            None => row
                .training
                .push_str(if first { "" } else { ", et un soir" }),
        }
        if self.modality == Modality::FormationTutorat {
            row.clause_hours = text(if self.unit.is_some() { "yes" } else { "no" });
        }
        if self.modality.needs_persons() {
            row.persons = text("3");
        }
        if let Some(kind) = self.structure {
            row.structure_siret = text(STRUCTURE);
            row.structure_kind = text(kind.code());
        }
        match self.modality {
            Modality::SousTraitance => row.structure_amount = text("150 000"),
            Modality::CoTraitance => row.structure_share = text("12,5 %"),
            _ => {}
        }
        row
    }
}

pub(super) fn commitments(round: Round) -> InsertionStep {
    InsertionStep {
        declare: "yes".into(),
        rows: promises().iter().map(|one| one.row(round)).collect(),
    }
}

/// The answers of a step under the names of the form, without a script.
pub(super) fn posted(step: &impl serde::Serialize) -> Vec<(String, String)> {
    let mut pairs = vec![];
    named("answers", &serde_json::to_value(step).unwrap(), &mut pairs);
    pairs
}

fn named(path: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => pairs.push((path.to_owned(), text.clone())),
        Value::Array(items) => {
            for (rank, item) in items.iter().enumerate() {
                let place = if item.is_string() {
                    "[]".to_owned()
                } else {
                    format!("[{rank}]")
                };
                named(&format!("{path}{place}"), item, pairs);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                named(&format!("{path}[{name}]"), field, pairs);
            }
        }
        _ => {}
    }
}
