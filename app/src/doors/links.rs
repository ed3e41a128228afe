//! The door of links: the person agrees with what a link proposes, and lands where it begins.

use domain::links::read;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::opening::opening_path;
use super::supplier::{declaration_path, step_path};
use super::supplier_desk;
use crate::desk::Opening;
use crate::error::AppError;
use crate::reply::use_reply;
use crate::routes::path;

/// In the address of the step that a link filled.
pub const FILLED: &str = "lien";

/// Opens the company of a link and fills in what it proposes. The link is read again: the page that showed it proves nothing.
#[server(prefix = "/fn", endpoint = "open-by-link", input = PostUrl)]
pub async fn open_by_link(#[server(default)] link: String) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let next = match read(&link) {
        Ok(read) if read.number.is_some() => {
            let number = read.number.clone().unwrap_or_default();
            match desk.open_by_link(&read).await? {
                (Opening::Declaration(id), Some(step)) => {
                    format!("{}?{FILLED}", step_path(id, step))
                }
                (Opening::Declaration(id), None) => declaration_path(id),
                (opening, _) => opening_path(&number, &opening),
            }
        }
        _ => path::FOLLOW_LINK.to_owned(),
    };
    use_reply().redirect(next);
    Ok(())
}
