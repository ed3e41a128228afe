//! The door of the frozen years: what the form posts, and where the browser goes next.

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

use super::buyer_desk;
use super::typed::lines;
use crate::error::AppError;
use crate::pages::buyer::address;
use crate::pages::buyer::frozen::{FORM, Stopped, fits};
use crate::reply::use_reply;
use crate::views::Typed;

/// Freezes a year; what cannot be carried out comes back with the page.
#[server(prefix = "/fn", endpoint = "freeze-year", input = PostUrl)]
pub async fn freeze_year(
    #[server(default)] year: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let note = lines(&note);
    let said = note.trim();
    let outcome = match year.parse() {
        Ok(year) if fits(said) => desk.freeze_year(year, said).await,
        _ => Err(AppError::Unreadable),
    };
    let error = match outcome {
        Ok(edition) => {
            let done = format!("fait=arret&annee={year}&edition={edition}");
            use_reply().redirect(address::frozen_years_with(&done));
            return Ok(());
        }
        Err(error) => error,
    };
    let problem = match error {
        AppError::Unreadable => "",
        AppError::NotFound => Stopped::Empty.code(),
        AppError::Conflict => Stopped::Changing.code(),
        other => return Err(other),
    };
    let kept = Typed {
        problem: problem.to_owned(),
        fields: [("year".to_owned(), year), ("note".to_owned(), note)].into(),
    };
    let copy = desk.keep_form(FORM, kept).await?;
    let page = address::frozen_years_with(&format!("arreter=1&saisie={copy}"));
    use_reply().redirect(format!("{page}#errors"));
    Err(error)
}
