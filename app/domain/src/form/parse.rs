//! From answers as typed to typed claims: what cannot be parsed cannot be sent.

use super::Answers as _;
use super::rules::{parse_date, parse_decimal, parse_percent, parse_whole};
use super::solidarity::compact;
use super::{CommitmentRow, CompanyContext, Draft, PledgeRow, SizeStep, StatusRow, StepCode};
use crate::claims::{
    AgreementState, Claim, ClaimBody, ClaimKey, Evidence, Kind, ReferenceRule, Scope, SizeClaim,
};
use crate::documents::Document;
use crate::identifiers::{SiaeNumber, Siret};
use crate::insertion::{
    self, Basis, COMMITMENT_CODE, CONTRACT_TYPES, Commitment, ContractType, Modality, Public,
    Structure,
};
use crate::pledges::Pledge;
use crate::sme::Category;

/// Every claim of a draft whose steps have no error.
pub(super) fn claims(draft: &Draft, context: &CompanyContext) -> Option<Vec<Claim>> {
    let mut claims = vec![];
    if draft.size.declare == "yes"
        && let Some(claim) = size_claim(&draft.size, context)?
    {
        claims.push(claim);
    }
    if draft.solidarity.declare == "yes" {
        for row in &draft.solidarity.rows {
            claims.push(status_claim(draft, row, context)?);
        }
    }
    if draft.insertion.declare == "yes" {
        for row in &draft.insertion.rows {
            claims.push(commitment_claim(row, context)?);
        }
    }
    if draft.pledges.declare == "yes" {
        for row in &draft.pledges.rows {
            claims.push(pledge_claim(row, context)?);
        }
    }
    Some(claims)
}

/// The claim of one line, whatever is wrong with the others; of the size, `index` is not read.
pub(crate) fn claim_of(
    draft: &Draft,
    step: StepCode,
    index: usize,
    context: &CompanyContext,
) -> Option<Claim> {
    match step {
        StepCode::Size => size_claim(&draft.size, context)?,
        StepCode::Solidarity => status_claim(draft, draft.solidarity.rows.get(index)?, context),
        StepCode::Insertion => commitment_claim(draft.insertion.rows.get(index)?, context),
        StepCode::Pledges => pledge_claim(draft.pledges.rows.get(index)?, context),
        StepCode::Company | StepCode::Statement => None,
    }
}

/// The SME claim. The outer `None` is a wrong answer; the inner one means that the company is not an SME, and claims nothing.
#[expect(clippy::option_option, reason = "two different absences")]
fn size_claim(step: &SizeStep, context: &CompanyContext) -> Option<Option<Claim>> {
    let computed = step.computed("")?;
    let outcome = computed.outcome;
    if computed.status == Category::NotSme {
        return Some(None);
    }
    let said = (step.period_count() == 1).then(|| Category::from_name(&step.previous_category));
    let earlier = step.earlier_cases()?.into_iter();
    let body = SizeClaim {
        category: computed.status,
        french_category: outcome.fr_category_linked_only.code().to_owned(),
        closing_date: parse_date(&step.closing_date)?,
        consolidated_awu: outcome.consolidated.awu.to_string(),
        consolidated_turnover_eur: outcome.consolidated.turnover_eur.to_string(),
        consolidated_balance_eur: outcome.consolidated.balance_eur.to_string(),
        case: serde_json::to_value(step.case()?).ok()?,
        earlier: earlier
            .map(serde_json::to_value)
            .collect::<Result<_, _>>()
            .ok()?,
        previous_category: said.flatten(),
        documents: documents(&step.documents, context)?,
    };
    Some(Some(Claim {
        key: key(Kind::Sme, Scope::Siren(context.siren.clone())),
        body: ClaimBody::Sme(body),
    }))
}

fn status_claim(draft: &Draft, typed: &StatusRow, context: &CompanyContext) -> Option<Claim> {
    let proof = draft.proof_of(typed, context);
    let row = &typed.completed(proof);
    let kind: Kind = row.kind.parse().ok()?;
    let rule = kind.evidence_rule()?;
    let scope = match row.siret.trim() {
        "" => Scope::Siren(context.siren.clone()),
        typed if kind.may_be_siret_scoped() => Scope::Siret(Siret::parse(typed).ok()?),
        _ => Scope::Siren(context.siren.clone()),
    };
    let given = |answer: &str| Some(answer.trim().to_owned()).filter(|text| !text.is_empty());
    let mut evidence = Evidence {
        // Signed with full evidence, a claim says the same whatever the lists say.
        witness: proof
            .filter(|_| typed.leans_on_proof())
            .map(|proof| proof.witness),
        ..Evidence::default()
    };
    if rule.reference != ReferenceRule::None {
        evidence.reference = match rule.reference {
            _ if row.reference.trim().is_empty() && proof.is_some() => None,
            ReferenceRule::SiaeNumber => {
                Some(SiaeNumber::parse(&row.reference).ok()?.as_str().to_owned())
            }
            ReferenceRule::Finess => given(&compact(&row.reference)),
            _ => given(&row.reference),
        };
        evidence.authority = given(&row.authority);
        evidence.valid_from = parse_date(&row.valid_from);
        evidence.valid_to = parse_date(&row.valid_to);
        evidence.documents = documents(&row.documents, context)?;
    }
    if kind == Kind::Esus {
        if evidence.valid_from.is_none() {
            proof?;
        }
        // Without a first day, the end is that of the list, or of the rule for evidence without one.
        evidence.valid_to = row.approval_end(context.created_on).or(evidence.valid_to);
    }
    if kind.is_siae() {
        evidence.state = AgreementState::from_code(&row.state);
        evidence.signed_siret = Siret::parse(&row.signed_siret).ok();
    }
    if kind == Kind::EssCompany {
        evidence.conditions = row.confirmed();
    }
    Some(Claim {
        key: key(kind, scope),
        body: ClaimBody::Status(evidence),
    })
}

/// Each once; `None` when one is nobody's.
fn documents(ids: &[String], context: &CompanyContext) -> Option<Vec<Document>> {
    let mut found = vec![];
    for id in ids {
        let document = context.document(id)?.document.clone();
        if !found.contains(&document) {
            found.push(document);
        }
    }
    Some(found)
}

fn commitment_claim(row: &CommitmentRow, context: &CompanyContext) -> Option<Claim> {
    let modality = Modality::from_code(&row.modality)?;
    let basis = row.basis()?;
    let structure = if modality.needs_structure() {
        Some(Structure {
            siret: Siret::parse(&row.structure_siret).ok()?,
            kind: row.structure_kind.parse().ok()?,
        })
    } else {
        None
    };
    let mut publics: Vec<Public> = row
        .publics
        .iter()
        .filter_map(|code| Public::parse(code))
        .collect();
    publics.sort();
    publics.dedup();
    // Each once, in the order of the list.
    let contract_types = CONTRACT_TYPES
        .iter()
        .filter(|one| {
            row.shown("contract_types") && row.contract_types.iter().any(|code| code == one.code)
        })
        .filter_map(|one| ContractType::parse(one.code))
        .collect();
    // An answer that is not asked any more says nothing.
    let typed = |name: &str| {
        Some(row.answer(name).trim().to_owned()).filter(|text| row.shown(name) && !text.is_empty())
    };
    let amount = |name: &str| typed(name).as_deref().and_then(parse_decimal);
    let share = |name: &str| typed(name).as_deref().and_then(parse_percent);
    let commitment = Commitment {
        code: COMMITMENT_CODE.to_owned(),
        modality,
        contract: insertion::normalize_contract(&row.contract_ref),
        hours: match basis {
            Basis::NoHours => None,
            Basis::Hours | Basis::LabourShare { .. } | Basis::Etp { .. } => {
                Some(row.hours_total()?)
            }
        },
        basis,
        etp_base: row.base()?,
        persons: parse_whole(&row.persons).filter(|_| modality.needs_persons()),
        structure,
        structure_amount: amount("structure_amount"),
        structure_share: share("structure_share"),
        contract_types,
        publics,
        start: parse_date(&row.start)?,
        end: parse_date(&row.end)?,
        contract_end: parse_date(&row.contract_end),
        contract_amount: amount("contract_amount"),
        labour_share: share("labour_pct"),
        training: typed("training"),
        description: typed("description"),
    };
    let key = ClaimKey {
        commitment: Some(commitment.key_code()),
        contract: commitment.contract.clone(),
        ..key(Kind::Commitment, Scope::Siren(context.siren.clone()))
    };
    Some(Claim {
        key,
        body: ClaimBody::Commitment(Box::new(commitment)),
    })
}

fn pledge_claim(row: &PledgeRow, context: &CompanyContext) -> Option<Claim> {
    let entry = context.catalogue.pledge(&row.code)?;
    // An answer that is not asked any more says nothing.
    let typed = |name: &str| {
        Some(row.answer(name).trim().to_owned()).filter(|text| row.shown(name) && !text.is_empty())
    };
    let day = |name: &str| typed(name).as_deref().and_then(parse_date);
    let value = |name: &str| typed(name).as_deref().and_then(|typed| row.value(typed));
    let pledge = Pledge {
        code: entry.code.clone(),
        label: entry.label.clone(),
        theme: entry.theme.clone(),
        plans: context.catalogue.offered_plans(&entry.plans),
        item: typed("item"),
        contract: insertion::normalize_contract(&row.contract_ref),
        done: typed("done").map(|answer| answer == "yes"),
        year: typed("year")
            .as_deref()
            .and_then(parse_whole)
            .and_then(|year| i32::try_from(year).ok()),
        unit: row.unit(),
        baseline: value("baseline").or_else(|| value("score")),
        target: value("target"),
        due: day("due"),
        reference: typed("reference"),
        valid_from: day("valid_from"),
        valid_to: day("valid_to"),
        details: typed("details"),
        documents: if row.shown("documents") {
            documents(&row.documents, context)?
        } else {
            vec![]
        },
    };
    let key = ClaimKey {
        commitment: Some(pledge.key_code()),
        contract: pledge.contract.clone(),
        ..key(Kind::Pledge, Scope::Siren(context.siren.clone()))
    };
    Some(Claim {
        key,
        body: ClaimBody::Pledge(Box::new(pledge)),
    })
}

fn key(kind: Kind, scope: Scope) -> ClaimKey {
    ClaimKey {
        kind,
        scope,
        commitment: None,
        contract: None,
    }
}
