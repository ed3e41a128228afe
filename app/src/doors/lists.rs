//! The doors of the published lists: what their forms post, and where the browser goes next.

use std::collections::BTreeMap;

use domain::lists::{Field, ListKind, Mapping};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::typed::lines;
use super::{admin_desk, buyer_desk};
use crate::error::AppError;
use crate::pages::admin::lists::{FORM, LONGEST_REASON, ListProblem, address};
use crate::reply::use_reply;
use crate::ui::parse_date;
use crate::views::Typed;

fn kind(slug: &str) -> Result<ListKind, AppError> {
    slug.parse().map_err(|_| AppError::NotFound)
}

/// The number of a file, as its page names it.
fn number(import: &str) -> Result<i64, AppError> {
    import.parse().map_err(|_| AppError::NotFound)
}

/// Back to the file with what was not done, or on to `next`.
fn go(
    list: ListKind,
    import: i64,
    problem: Option<ListProblem>,
    next: String,
) -> Result<(), AppError> {
    match problem {
        None => {
            use_reply().redirect(next);
            Ok(())
        }
        Some(problem) => {
            let query = format!("refus={}", problem.code());
            let anchor = problem.field().map_or("#stopped", |_| "#errors");
            use_reply().redirect(address::import_with(list, import, &query) + anchor);
            Err(AppError::Unreadable)
        }
    }
}

/// Reads a file with these columns, and compares it with the list in force.
#[server(prefix = "/fn", endpoint = "read-list", input = PostUrl)]
pub async fn read_list(
    #[server(default)] list: String,
    #[server(default)] import: String,
    #[server(default)] columns: BTreeMap<String, String>,
    #[server(default)] published_on: String,
) -> Result<(), AppError> {
    let desk = admin_desk()?;
    let (list, import) = (kind(&list)?, number(&import)?);
    let mapping: Mapping = columns
        .into_iter()
        .filter(|(_, heading)| !heading.trim().is_empty())
        .filter_map(|(code, heading)| Some((Field::from_code(&code)?, heading)))
        .collect();
    let problem = desk
        .read_list(import, mapping, parse_date(&published_on))
        .await?;
    go(list, import, problem, address::import(list, import))
}

/// Puts a file in force that was read and compared.
#[server(prefix = "/fn", endpoint = "put-list-in-force", input = PostUrl)]
pub async fn put_list_in_force(
    #[server(default)] list: String,
    #[server(default)] import: String,
    #[server(default)] confirmed: String,
) -> Result<(), AppError> {
    let desk = admin_desk()?;
    let (list, import) = (kind(&list)?, number(&import)?);
    let problem = desk.put_list_in_force(import, confirmed == "yes").await?;
    go(
        list,
        import,
        problem,
        address::list_with(list, "fait=vigueur"),
    )
}

/// Throws a file away.
#[server(prefix = "/fn", endpoint = "discard-list", input = PostUrl)]
pub async fn discard_list(
    #[server(default)] list: String,
    #[server(default)] import: String,
) -> Result<(), AppError> {
    let desk = admin_desk()?;
    let (list, import) = (kind(&list)?, number(&import)?);
    let problem = desk.discard_list(import).await?;
    go(
        list,
        import,
        problem,
        address::list_with(list, "fait=ecarte"),
    )
}

/// Takes back the file in force; what was typed comes back when it is not done.
#[server(prefix = "/fn", endpoint = "roll-back-list", input = PostUrl)]
pub async fn roll_back_list(
    #[server(default)] list: String,
    #[server(default)] import: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let desk = admin_desk()?;
    let (list, import) = (kind(&list)?, number(&import)?);
    let reason = lines(&reason);
    let length = reason.chars().count();
    let problem = if reason.trim().is_empty() {
        Some(ListProblem::ReasonMissing)
    } else if length > LONGEST_REASON {
        Some(ListProblem::ReasonTooLong)
    } else {
        desk.roll_back_list(import, reason.clone()).await?
    };
    let Some(problem) = problem else {
        use_reply().redirect(address::list_with(list, "fait=retire"));
        return Ok(());
    };
    let query = if problem.field().is_some() {
        let typed = Typed {
            problem: problem.code().to_owned(),
            fields: [("reason".to_owned(), reason)].into(),
        };
        let copy = buyer_desk()?.keep_form(FORM, typed).await?;
        format!("retirer&saisie={copy}#errors")
    } else {
        format!("refus={}#stopped", problem.code())
    };
    use_reply().redirect(address::list_with(list, &query));
    Err(AppError::Unreadable)
}
