//! The shares of the co-contractors of a contract, entered by an agent (R12).
//!
//! The entry itself bears its source, its author and its day; the trail of the portal keeps those that came before. Two
//! databases: the entry is written first, so that the trail never tells of one that is not there.

use app::error::AppError;
use app::views::ContractAddress;
use domain::contracts::{Party, parties};
use store::buyer::contracts::{ContractFound, Share};

use super::BuyerService;
use crate::desks::error::DeskError;

impl BuyerService {
    pub(super) async fn write_shares(
        &self,
        at: &ContractAddress,
        shares: Vec<(String, String)>,
        source: String,
    ) -> Result<(), DeskError> {
        let found = self.found_contract(at).await?;
        if !are_its_holders(&found, &shares) {
            return Err(AppError::Conflict.into());
        }
        let reference = format!("{}/{}", at.buyer_siret, at.contract_id);
        let details = serde_json::json!({ "mode": at.mode.code(), "shares": shares });
        let shares: Vec<Share> = shares
            .into_iter()
            .map(|(holder, share)| Share {
                contract: reference.clone(),
                holder,
                share,
                source: source.clone(),
            })
            .collect();
        if are_there(&found, &shares) {
            return Ok(());
        }
        let buyer = &self.0.state.buyer;
        let by = self.name();
        buyer.enter_shares(&shares, &by, self.0.now()).await?;
        self.note("shares_entered", format!("contract:{reference}"), details)
            .await
    }

    pub(super) async fn equal_shares(&self, at: &ContractAddress) -> Result<(), DeskError> {
        let found = self.found_contract(at).await?;
        if found.entered.is_empty() {
            return Ok(());
        }
        let reference = format!("{}/{}", at.buyer_siret, at.contract_id);
        let buyer = &self.0.state.buyer;
        buyer
            .forget_shares(&at.buyer_siret, &at.contract_id, self.0.now())
            .await?;
        self.note(
            "shares_forgotten",
            format!("contract:{reference}"),
            serde_json::json!({}),
        )
        .await
    }
}

/// Shares are of several holders, all of them, each once.
fn are_its_holders(found: &ContractFound, shares: &[(String, String)]) -> bool {
    let holders: Vec<_> = found.holders.iter().map(|one| one.holder.clone()).collect();
    let mut named: Vec<&str> = shares.iter().map(|(holder, _)| holder.as_str()).collect();
    named.sort_unstable();
    let parties = parties(&holders);
    let mut expected: Vec<&str> = parties.iter().map(Party::named).collect();
    expected.sort_unstable();
    named.len() > 1 && named == expected
}

/// The button was pressed twice, or nothing was changed.
fn are_there(found: &ContractFound, shares: &[Share]) -> bool {
    let is_there = |share: &Share| {
        found.entered.iter().any(|entry| {
            (&entry.contract, &entry.holder, &entry.share, &entry.source)
                == (&share.contract, &share.holder, &share.share, &share.source)
        })
    };
    found.entered.len() == shares.len() && shares.iter().all(is_there)
}
