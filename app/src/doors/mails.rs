//! The door of a mail that did not arrive: its reader asks for it once more.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::supplier::declaration_path;
use super::supplier_desk;
use crate::error::AppError;
use crate::pages::shared::mails::mails_path;
use crate::reply::use_reply;
use crate::views::SentAgain;

/// What the address of the page says afterwards.
pub const DONE: &str = "renvoi";
pub const JUST_BEFORE: &str = "deja-renvoye";

/// Sends a mail about the declaration `id` again, to the person who asks.
#[server(prefix = "/fn", endpoint = "send-again", input = PostUrl)]
pub async fn send_again(id: Uuid, message: Uuid) -> Result<(), AppError> {
    let page = mails_path(&declaration_path(id));
    let next = match supplier_desk()?.send_again(id, message).await? {
        SentAgain::Done => format!("{page}?fait={DONE}"),
        SentAgain::JustBefore => format!("{page}?refus={JUST_BEFORE}"),
    };
    use_reply().redirect(next);
    Ok(())
}
