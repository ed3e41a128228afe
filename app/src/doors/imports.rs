//! Doors of the imports: taking one back, and correcting a record that was set aside.

use domain::contracts::corrected;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::buyer_desk;
use crate::error::AppError;
use crate::pages::buyer::address;
use crate::pages::buyer::imports::{FORM, Stopped};
use crate::reply::use_reply;
use crate::views::{ImportAddress, Typed};

/// Takes an import back; `waiting` is `yes` for a file that was not begun.
#[server(prefix = "/fn", endpoint = "roll-back-import", input = PostUrl)]
pub async fn roll_back_import(
    import: Uuid,
    #[server(default)] waiting: String,
) -> Result<(), AppError> {
    let outcome = buyer_desk()?.roll_back_import(import).await;
    let next = match &outcome {
        Ok(()) if waiting == "yes" => address::imports_with("fait=attente"),
        Ok(()) => {
            let page = address::import(&ImportAddress {
                id: import,
                ..ImportAddress::default()
            });
            format!("{page}?fait=retrait")
        }
        Err(AppError::Conflict) => {
            let why = if waiting == "yes" {
                Stopped::Begun
            } else {
                Stopped::Settled
            };
            address::imports_with(&format!("refus={}", why.code()))
        }
        Err(_) => return outcome,
    };
    use_reply().redirect(next);
    outcome
}

/// Sends a corrected record; what cannot be used comes back with the page.
#[server(prefix = "/fn", endpoint = "correct-record", input = PostUrl)]
pub async fn correct_record(
    import: Uuid,
    position: u64,
    #[server(default)] record: String,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let at = ImportAddress {
        id: import,
        ..ImportAddress::default()
    };
    if let Ok(value) = corrected(&record, &import.to_string(), position) {
        desk.correct_record(import, position, &value).await?;
        use_reply().redirect(format!("{}?fait=correction", address::import(&at)));
        return Ok(());
    }
    let kept = Typed {
        problem: String::new(),
        fields: [(FORM.to_owned(), record)].into(),
    };
    let copy = desk.keep_form(FORM, kept).await?;
    let page = address::import(&ImportAddress {
        correct: Some(position),
        ..at
    });
    use_reply().redirect(format!("{page}&saisie={copy}#errors"));
    Err(AppError::Unreadable)
}
