//! Doors of attestations: a company asks for one, and says whether the public may check it.

use domain::identifiers::Siren;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::supplier_desk;
use crate::error::AppError;
use crate::reply::use_reply;
use crate::routes::path;

/// What the button sends to open the attestations to the public; anything else closes them.
pub const PUBLISH: &str = "yes";

/// The address of the PDF.
pub fn attestation_path(siren: &Siren) -> String {
    format!("{}/{siren}.pdf", path::ATTESTATIONS)
}

fn siren_of(typed: &str) -> Result<Siren, AppError> {
    Siren::parse(typed).map_err(|_| AppError::NotFound)
}

/// Issues the attestation of today, then leads to its PDF.
#[server(prefix = "/fn", endpoint = "issue-attestation", input = PostUrl)]
pub async fn issue_attestation(#[server(default)] siren: String) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let siren = siren_of(&siren)?;
    desk.issue_attestation(&siren).await?;
    use_reply().redirect(attestation_path(&siren));
    Ok(())
}

/// Opens the verification pages of a company, or closes them.
#[server(prefix = "/fn", endpoint = "publish-attestations", input = PostUrl)]
pub async fn publish_attestations(
    #[server(default)] siren: String,
    #[server(default)] published: String,
) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let published = published == PUBLISH;
    desk.publish(&siren_of(&siren)?, published).await?;
    let done = if published {
        "publication"
    } else {
        "non-publication"
    };
    use_reply().redirect(format!("{}?fait={done}", path::SUPPLIER));
    Ok(())
}
