//! A declaration begun with the answers of the public simulator. Posted without a session, the form is parked until sign-in.

use app::desk::{Opening, StepAnswers};
use app::doors::supplier::{declaration_path, step_path};
use app::islands::simulator::Answers;
use app::pages::public::size_step;
use app::routes::path;
use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use domain::form::{SizeStep, StepCode};

use super::reception;
use crate::http::fault::Fault;
use crate::http::{RequestContext, SignedIn};
use crate::state::AppState;

/// Opens the company and fills its size in, unless somebody already did.
pub(super) async fn start(
    State(state): State<AppState>,
    context: RequestContext,
    Extension(signed): Extension<SignedIn>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let desk = reception(&state, Some(&context))
        .supplier(&signed.visitor())
        .ok_or(Fault::Forbidden)?;
    let number = pairs
        .iter()
        .find(|(name, _)| name == "number")
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default();
    let opened = desk.open_company(&number).await.map_err(Fault::App)?;
    let Opening::Declaration(id) = opened else {
        // The search page says why: a wrong number, a closed company, or one that somebody else follows.
        return Ok(Redirect::to(path::SUPPLIER));
    };
    let view = desk.declaration(id).await.map_err(Fault::App)?;
    if view.draft.size != SizeStep::default() {
        return Ok(Redirect::to(&declaration_path(id)));
    }
    let step = size_step(&Answers::from_pairs(pairs));
    desk.save_step(id, view.version, StepAnswers::Size(step))
        .await
        .map_err(Fault::App)?;
    Ok(Redirect::to(&step_path(id, StepCode::Size)))
}
