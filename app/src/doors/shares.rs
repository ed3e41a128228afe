//! Doors of the shares of co-contractors: what the form of a contract posts, and where the browser goes next.

use domain::contracts::{ShareUnit, typed_shares};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use serde::{Deserialize, Serialize};

use super::buyer_desk;
use crate::error::AppError;
use crate::pages::buyer::address;
use crate::pages::buyer::shares::{FORM, LONGEST_SOURCE};
use crate::reply::use_reply;
use crate::views::{ContractAddress, Typed};

/// The share of one holder, as the form posts it: `shares[0][holder]` and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShareForm {
    pub holder: String,
    pub share: String,
}

fn contract(buyer: String, contract: String, state: String) -> ContractAddress {
    ContractAddress {
        buyer_siret: buyer,
        contract_id: contract,
        mode: address::mode(Some(state)),
    }
}

/// Enters the shares of the holders of a contract; what cannot be carried out comes back with the page.
#[server(prefix = "/fn", endpoint = "enter-shares", input = PostUrl)]
pub async fn enter_shares(
    #[server(default)] buyer: String,
    #[server(default)] number: String,
    #[server(default)] state: String,
    #[server(default)] unit: String,
    #[server(default)] source: String,
    #[server(default)] shares: Vec<ShareForm>,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let at = contract(buyer, number, state);
    let typed: Vec<&str> = shares.iter().map(|share| share.share.as_str()).collect();
    let read = typed_shares(ShareUnit::from_code(&unit), &typed);
    let said = source.trim();
    let outcome = match read {
        Ok(read) if !said.is_empty() && said.chars().count() <= LONGEST_SOURCE => {
            let holders = shares.iter().map(|share| share.holder.clone());
            desk.enter_shares(&at, holders.zip(read).collect(), said.to_owned())
                .await
        }
        _ => Err(AppError::Unreadable),
    };
    let Err(error) = outcome else {
        use_reply().redirect(address::contract_with(&at, "fait=parts"));
        return Ok(());
    };
    if !matches!(error, AppError::Unreadable | AppError::Conflict) {
        return Err(error);
    }
    let mut kept = Typed {
        problem: if error == AppError::Conflict {
            "holders".to_owned()
        } else {
            String::new()
        },
        fields: [("unit".to_owned(), unit), ("source".to_owned(), source)].into(),
    };
    for share in shares {
        kept.fields
            .insert(format!("share-{}", share.holder), share.share);
    }
    let copy = desk.keep_form(FORM, kept).await?;
    use_reply().redirect(format!(
        "{}#errors",
        address::contract_with(&at, &format!("saisie={copy}"))
    ));
    Err(error)
}

/// Takes the entered shares of a contract away.
#[server(prefix = "/fn", endpoint = "forget-shares", input = PostUrl)]
pub async fn forget_shares(
    #[server(default)] buyer: String,
    #[server(default)] number: String,
    #[server(default)] state: String,
) -> Result<(), AppError> {
    let at = contract(buyer, number, state);
    buyer_desk()?.forget_shares(&at).await?;
    use_reply().redirect(address::contract_with(&at, "fait=parts-egales"));
    Ok(())
}
