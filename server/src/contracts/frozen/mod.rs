//! Freezes a year and gives it back as files: the figures in JSON, and the contracts behind them in CSV, from which anyone can
//! compute the figures again.

mod files;

use domain::contracts::{Mode, RULE_VERSION};
use domain::indicators::{Asked, report};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::StoreError;
use store::buyer::BuyerStore;
use store::buyer::frozen::{FrozenYear, Kept};

use crate::clock::Clock;
pub use files::{Part, RECOMPUTE, description, export, file_name, intact, lines, part};

/// How often the data may change while they are read.
const ATTEMPTS: u32 = 3;

/// A line of the published file.
type Cells = Vec<Option<String>>;

/// Why a year is not frozen, or its files are not given.
#[derive(Debug, thiserror::Error)]
pub enum FrozenError {
    #[error("les données changent pendant la lecture : réessayez après l’import en cours")]
    Changing,
    #[error("aucun marché notifié en {0} : il n’y a rien à arrêter")]
    Empty(i32),
    #[error("l’année {0} n’est pas arrêtée")]
    NotFrozen(i32),
    #[error("l’année {0} n’a pas d’édition {1}")]
    NoEdition(i32, u32),
    #[error("les marchés de l’édition {0} ne sont plus ceux qui ont été arrêtés")]
    Altered(u32),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("le fichier ne s’écrit pas : {0}")]
    File(#[from] std::io::Error),
}

impl From<csv::Error> for FrozenError {
    fn from(error: csv::Error) -> Self {
        Self::File(error.into())
    }
}

impl From<serde_json::Error> for FrozenError {
    fn from(error: serde_json::Error) -> Self {
        Self::File(error.into())
    }
}

/// Freezes both states of a year.
pub async fn freeze(
    buyer: &BuyerStore,
    asked: &Asked,
    note: &str,
    by: &str,
    clock: &Clock,
) -> Result<Kept, FrozenError> {
    let begun = clock.now();
    let mut states = Vec::new();
    for mode in Mode::ALL {
        let asked = Asked {
            mode,
            ..asked.clone()
        };
        states.push(read(buyer, &asked, note, by, clock).await?);
    }
    if states.iter().all(|(_, lines)| lines.is_empty()) {
        return Err(FrozenError::Empty(asked.year));
    }
    Ok(buyer.keep_frozen(&states, begun).await?)
}

/// The figures and the lines of one moment: read again when something changed in between.
async fn read(
    buyer: &BuyerStore,
    asked: &Asked,
    note: &str,
    by: &str,
    clock: &Clock,
) -> Result<(FrozenYear, Vec<Cells>), FrozenError> {
    let today = clock.today();
    for _ in 0..ATTEMPTS {
        let facts = buyer.year_facts(asked, today).await?;
        let lines = buyer.year_lines(asked, today).await?;
        if buyer.year_facts(asked, today).await? != facts {
            continue;
        }
        let kinds: Vec<&str> = asked.kinds.0.iter().map(|kind| kind.code()).collect();
        let frozen = FrozenYear {
            year: asked.year,
            edition: 0,
            mode: asked.mode,
            buyer_siren: asked.buyer.to_string(),
            kinds: kinds.join(" "),
            rule_version: RULE_VERSION.to_owned(),
            data_date: facts.data_date.clone(),
            sha256: hex::encode(Sha256::digest(files::csv(&lines, true)?)),
            figures: serde_json::to_string(&report(asked, &facts))?,
            note: note.to_owned(),
            frozen_by: by.to_owned(),
            frozen_at: clock.now(),
        };
        return Ok((frozen, lines));
    }
    Err(FrozenError::Changing)
}

/// What was frozen, without the data.
pub async fn list(buyer: &BuyerStore) -> Result<Vec<Value>, FrozenError> {
    let years = buyer.frozen_years().await?;
    let heads = years.iter().map(|frozen| {
        json!({
            "year": frozen.year,
            "edition": frozen.edition,
            "mode": frozen.mode.code(),
            "sha256": frozen.sha256,
            "note": frozen.note,
            "frozen_by": frozen.frozen_by,
            "frozen_at": frozen.frozen_at,
        })
    });
    Ok(heads.collect())
}
