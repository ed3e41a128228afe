//! The door of the catalogue: what the form of an entry posts, and where the browser goes next.

use domain::catalogue::{Change, Label};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use serde::{Deserialize, Serialize};

use super::typed::lines;
use super::{admin_desk, buyer_desk};
use crate::error::AppError;
use crate::pages::admin::catalogue::{
    CatalogueProblem, FORM, LONGEST_REASON, List, NEW, entry_path,
};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::parse_date;
use crate::views::{CatalogueChange, Typed};

/// The answers of the form of an entry; a list asks only some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    pub label_fr: String,
    pub label_en: String,
    pub offered: String,
    pub theme: String,
    pub plans: Vec<String>,
    pub staff_from: String,
    pub families: Vec<String>,
    pub from: String,
    pub reason: String,
}

/// Records a version of the catalogue; what cannot be recorded comes back with the page.
#[server(prefix = "/fn", endpoint = "change-catalogue", input = PostUrl)]
pub async fn change_catalogue(
    #[server(default)] list: String,
    #[server(default)] code: String,
    #[server(default)] version: u32,
    #[server(default)] answers: EntryForm,
) -> Result<(), AppError> {
    let desk = admin_desk()?;
    let list = List::from_slug(&list).ok_or(AppError::NotFound)?;
    let form = EntryForm {
        reason: lines(&answers.reason),
        ..answers
    };
    let problem = match read(list, &code, version, &form) {
        Ok(change) => match desk.change_catalogue(change).await? {
            None => {
                use_reply().redirect(format!("{}?fait=version", path::CATALOGUE));
                return Ok(());
            }
            Some(problem) => problem,
        },
        Err(problem) => problem,
    };
    let kept = Typed {
        problem: problem.code().to_owned(),
        fields: [
            ("label_fr", form.label_fr),
            ("label_en", form.label_en),
            ("offered", form.offered),
            ("theme", form.theme),
            ("plans", form.plans.join(",")),
            ("staff_from", form.staff_from),
            ("families", form.families.join(",")),
            ("from", form.from),
            ("reason", form.reason),
        ]
        .into_iter()
        .map(|(name, answer)| (name.to_owned(), answer))
        .collect(),
    };
    let copy = buyer_desk()?.keep_form(FORM, kept).await?;
    use_reply().redirect(format!("{}?saisie={copy}#errors", entry_path(list, &code)));
    Err(AppError::Unreadable)
}

fn read(
    list: List,
    code: &str,
    version: u32,
    form: &EntryForm,
) -> Result<CatalogueChange, CatalogueProblem> {
    let label = Label {
        fr: form.label_fr.clone(),
        en: form.label_en.clone(),
    };
    let old = (code != NEW).then(|| code.to_owned());
    let staff = form.staff_from.trim();
    let change = match list {
        List::Kinds => Change::Kind {
            kind: code
                .parse()
                .map_err(|_| CatalogueProblem::Change(domain::catalogue::ChangeError::Unknown))?,
            label,
            offered: form.offered == "yes",
        },
        List::Themes => Change::Theme {
            code: old,
            label,
            offered: form.offered != "no",
            plans: form.plans.clone(),
        },
        // A new one is offered: its form does not ask.
        List::Plans => Change::Plan {
            code: old,
            label,
            offered: form.offered != "no",
        },
        List::Pledges => Change::Pledge {
            code: code.to_owned(),
            label,
            offered: form.offered == "yes",
            theme: form.theme.clone(),
            plans: form.plans.clone(),
            staff_from: if staff.is_empty() {
                None
            } else {
                let staff = staff.parse();
                Some(staff.map_err(|_| CatalogueProblem::ThresholdWrong)?)
            },
            families: form.families.clone(),
        },
    };
    let from = parse_date(&form.from).ok_or(CatalogueProblem::DateWrong)?;
    let reason = form.reason.trim();
    if reason.is_empty() {
        return Err(CatalogueProblem::ReasonMissing);
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(CatalogueProblem::ReasonTooLong);
    }
    Ok(CatalogueChange {
        version,
        change,
        from,
        reason: reason.to_owned(),
    })
}
