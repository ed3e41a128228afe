//! One contract for an agent: what it brings to each figure, and the decisions behind it.

use app::views::{
    Brought, ContractAddress, ContractParty, ContractView, EnteredShares, ShareSource,
    StatusOrigin, StatusSeen,
};
use chrono::Datelike;
use domain::claims::{KindSet, Qualification};
use domain::contracts::{Flag, Holder};
use domain::identifiers::Siren;
use domain::indicators::{SupplierSize, Unit, compute, rounded, split};
use store::buyer::contracts::{ContractFound, HolderFound, Origin, StatusFound};
use store::qualifications;

use super::{BuyerService, not_found};
use crate::contracts::export::euros;
use crate::desks::error::DeskError;

/// The figures that the page explains, in its order.
const EXPLAINED: [&str; 7] = ["I1", "I2", "I3", "I3low", "I3high", "I4", "I4v"];

impl BuyerService {
    pub(super) async fn found_contract(
        &self,
        at: &ContractAddress,
    ) -> Result<ContractFound, DeskError> {
        let (now, today) = (self.0.now(), self.0.today());
        let asked = self.asked(today.year(), at.mode)?;
        let buyer = &self.0.state.buyer;
        buyer.prepare(now).await?;
        let found = buyer
            .contract(&asked, today, &at.buyer_siret, &at.contract_id)
            .await?;
        not_found(found)
    }

    pub(super) async fn read_contract(
        &self,
        at: &ContractAddress,
    ) -> Result<ContractView, DeskError> {
        let found = self.found_contract(at).await?;
        let decided = self.decisions(&found).await?;
        let kinds = self.asked(found.notified_on.year(), at.mode)?.kinds;
        Ok(view(found, at, &kinds, &decided))
    }

    /// The qualifications of the portal that the statuses of the holders come from, in one query.
    async fn decisions(&self, found: &ContractFound) -> Result<Vec<Qualification>, DeskError> {
        let holders = found.holders.iter();
        let sirens = holders
            .filter(|one| one.statuses.iter().any(StatusFound::is_of_portal))
            .filter_map(|one| one.holder.siren.clone());
        self.decided(sirens.collect()).await
    }

    /// The qualifications of these companies.
    pub(super) async fn decided(
        &self,
        mut sirens: Vec<Siren>,
    ) -> Result<Vec<Qualification>, DeskError> {
        sirens.sort_unstable();
        sirens.dedup();
        if sirens.is_empty() {
            return Ok(Vec::new());
        }
        Ok(qualifications::of_companies(self.0.state.store.read(), &sirens).await?)
    }
}

fn view(
    found: ContractFound,
    at: &ContractAddress,
    kinds: &KindSet,
    decided: &[Qualification],
) -> ContractView {
    let figures = compute(&found.facts);
    let entered = found.entered.first().map(|first| EnteredShares {
        source: first.source.clone(),
        by: first.by.clone(),
        at: first.at,
        entries: found
            .entered
            .iter()
            .map(|entry| (entry.holder.clone(), entry.share.clone()))
            .collect(),
    });
    let ignored = !figures.shares_ignored.is_empty();
    let shares = match entered {
        None => ShareSource::Equal,
        Some(entered) if ignored => ShareSource::Ignored(entered),
        Some(entered) => ShareSource::Entered(entered),
    };
    let flags = found
        .flags
        .iter()
        .filter_map(|code| Flag::from_code(code))
        .chain(ignored.then_some(Flag::SharesIgnored))
        .collect();
    let brought = EXPLAINED
        .into_iter()
        .filter_map(|id| figures.get(id))
        .filter_map(|figure| {
            Some(Brought {
                id: figure.id,
                in_euros: figure.unit == Unit::Euro,
                numerator: rounded(&figure.numerator),
                denominator: rounded(figure.denominator.as_ref()?),
            })
        })
        .collect();
    ContractView {
        mode: at.mode,
        notified_on: found.notified_on,
        initial_amount: found.initial_amount.map(euros),
        current_amount: found.current_amount.map(euros),
        excluded: found.excluded,
        flags,
        parties: parties(&found, kinds, decided),
        shares,
        brought,
        record: found.record,
        records: found.records.iter().map(|json| indented(json)).collect(),
    }
}

/// For people: one value a line.
fn indented(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}

/// The holders by party, each with its part: a company with several establishments is one.
fn parties(
    found: &ContractFound,
    kinds: &KindSet,
    decided: &[Qualification],
) -> Vec<ContractParty> {
    let holders: Vec<Holder> = found.holders.iter().map(|one| one.holder.clone()).collect();
    split(&found.facts, &holders)
        .into_iter()
        .filter_map(|part| {
            let rows: Vec<&HolderFound> = found
                .holders
                .iter()
                .filter(|one| one.holder.party() == part.party)
                .collect();
            let first = *rows.first()?;
            Some(ContractParty {
                named: part.party.named().to_owned(),
                name: first.name.clone(),
                siren: first.holder.siren.clone(),
                identifiers: rows
                    .iter()
                    .map(|row| (row.holder.id_type.clone(), row.holder.id.clone()))
                    .collect(),
                share: part.share,
                amount: part.amount,
                solidarity: first.solidarity,
                size: SupplierSize::of(first.sme_declared, first.sme_registered),
                statuses: statuses(&rows, kinds, decided),
            })
        })
        .collect()
}

/// The statuses of a company, once each: it counts when it counts by one of the establishments named.
fn statuses(rows: &[&HolderFound], kinds: &KindSet, decided: &[Qualification]) -> Vec<StatusSeen> {
    let mut seen: Vec<StatusSeen> = Vec::new();
    let statuses = rows.iter().flat_map(|row| &row.statuses);
    for status in statuses.filter_map(|status| self::seen(status, kinds, decided)) {
        let same = |other: &&mut StatusSeen| {
            (other.kind, &other.period, &other.origin)
                == (status.kind, &status.period, &status.origin)
        };
        match seen.iter_mut().find(same) {
            Some(other) => {
                if status.missed.is_none() {
                    other.missed = None;
                }
            }
            None => seen.push(status),
        }
    }
    // What counts first.
    seen.sort_by_key(|status| (status.missed.is_some(), !status.in_set));
    seen
}

/// A status as a page shows it; `None` for a kind that this program does not know.
pub(super) fn seen(
    status: &StatusFound,
    kinds: &KindSet,
    decided: &[Qualification],
) -> Option<StatusSeen> {
    let kind = status.kind.parse().ok()?;
    Some(StatusSeen {
        kind,
        in_set: kinds.contains(kind),
        period: status.period.clone(),
        missed: status.missed,
        reference: status.reference.clone(),
        authority: status.authority.clone(),
        origin: origin(&status.origin, status, decided),
    })
}

pub(super) fn origin(
    origin: &Origin,
    status: &StatusFound,
    decided: &[Qualification],
) -> StatusOrigin {
    match origin {
        Origin::Portal {
            claim_key,
            revision,
            accepted_at,
        } => StatusOrigin::Portal {
            qualification: decided
                .iter()
                .find(|one| {
                    one.revision == *revision
                        && one.validity.from == status.period.valid_from
                        && one.claim.key.to_string() == *claim_key
                })
                .map(|one| one.id),
            decided_at: *accepted_at,
        },
        Origin::TakenOver {
            recorded_at,
            validated_on,
            note,
        } => StatusOrigin::TakenOver {
            recorded_at: *recorded_at,
            validated_on: *validated_on,
            note: note.clone(),
        },
    }
}
