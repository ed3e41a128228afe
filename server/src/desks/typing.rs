//! The address to which a page sends what changed while somebody types, and its answer: names and values, as in a form.

use app::desk::StepAnswers;
use app::doors::supplier::step_path;
use app::pages::shared::moment::{hour, long_moment};
use axum::extract::{Path, State};
use axum::{Extension, Form};
use domain::form::{Difference, StepCode};
use serde_json::Value;
use store::declarations::{Page, Seen};
use uuid::Uuid;

use super::common::Desk;
use super::supplier::{Kept, SupplierService, TypedIn, to_json};
use crate::http::fault::Fault;
use crate::http::{RequestContext, SignedIn};
use crate::state::AppState;

type Pairs = Vec<(String, String)>;

pub(super) async fn save(
    State(state): State<AppState>,
    Path((id, slug)): Path<(Uuid, String)>,
    signed: SignedIn,
    Extension(context): Extension<RequestContext>,
    Form(pairs): Form<Pairs>,
) -> Result<Form<Pairs>, Fault> {
    let step = StepCode::from_slug(&slug).ok_or(Fault::NotFound)?;
    let typed = read(&pairs)?;
    let desk = Desk::new(state, signed.identity(), Some(context.clone()));
    let kept = SupplierService(desk).type_in(id, step, typed).await;
    Ok(Form(told(&context, id, step, kept.map_err(Fault::App)?)))
}

fn read(pairs: &Pairs) -> Result<TypedIn, Fault> {
    let field = |wanted: &str| {
        let found = pairs.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let number = |wanted| {
        let value: Option<i64> = field(wanted).and_then(|value| value.parse().ok());
        value.filter(|value| (0..i64::MAX).contains(value))
    };
    Ok(TypedIn {
        seen: Seen {
            version: number("version").ok_or(Fault::BadRequest)?,
            page: Page {
                name: field("page").unwrap_or_default().to_owned(),
                after: field("after").unwrap_or_default().to_owned(),
                turn: number("turn").ok_or(Fault::BadRequest)?,
            },
        },
        difference: Difference::read(pairs).map_err(|_| Fault::BadRequest)?,
        copy: field("copy").and_then(|copy| Uuid::parse_str(copy).ok()),
    })
}

fn told(context: &RequestContext, id: Uuid, step: StepCode, kept: Kept) -> Pairs {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = vec![
        pair("version", kept.version.to_string()),
        pair("hour", hour(context.lang, kept.at)),
        pair("moment", long_moment(context.lang, kept.at)),
    ];
    if let Some((copy, held)) = kept.aside {
        pairs.push(pair("copy", copy.to_string()));
        pairs.push(pair(
            "choose",
            format!("{}?conflit={copy}", step_path(id, step)),
        ));
        pairs.extend(held.into_iter().map(|name| pair("held", name)));
    }
    if let Some(others) = kept.others {
        pairs.push(pair("others", "1".to_owned()));
        pairs.extend(as_form(&others));
    }
    pairs
}

/// The answers under the names that they have in the form.
fn as_form(answers: &StepAnswers) -> Pairs {
    let mut pairs = Vec::new();
    named("answers", &to_json(answers), &mut pairs);
    pairs
}

fn named(path: &str, value: &Value, pairs: &mut Pairs) {
    match value {
        Value::String(text) => pairs.push((path.to_owned(), text.clone())),
        Value::Array(list) => {
            for (rank, value) in list.iter().enumerate() {
                match value {
                    Value::String(text) => pairs.push((format!("{path}[]"), text.clone())),
                    _ => named(&format!("{path}[{rank}]"), value, pairs),
                }
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                named(&format!("{path}[{name}]"), value, pairs);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use domain::form::{CommitmentRow, InsertionStep};

    use super::*;

    #[test]
    fn answers_have_the_names_of_the_form() {
        let step = InsertionStep {
            declare: "yes".into(),
            rows: vec![CommitmentRow {
                modality: "m".into(),
                publics: vec!["a".into(), "b".into()],
                ..CommitmentRow::default()
            }],
        };
        let pairs = as_form(&StepAnswers::Insertion(step));
        for expected in [
            ("answers[declare]", "yes"),
            ("answers[rows][0][modality]", "m"),
            ("answers[rows][0][publics][]", "a"),
            ("answers[rows][0][publics][]", "b"),
            ("answers[rows][0][hours]", ""),
        ] {
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert!(pairs.contains(&expected), "{expected:?} in {pairs:?}");
        }
    }
}
