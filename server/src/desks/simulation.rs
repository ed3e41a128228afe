//! A declaration begun with the answers of the public simulator. Posted without a session, the form is parked until sign-in.
//!
//! Invariant: the answers overwrite nothing and are never dropped in silence. While no company could be opened they go on with
//! the person, sealed, in the address of the search page; a step that is filled in already is shown beside them.

use app::desk::{Opening, Saved, StepAnswers, SupplierDesk};
use app::doors::opening::{digits, opening_path};
use app::doors::supplier::step_path;
use app::islands::simulator::Answers;
use app::pages::public::{LeftOut, TOO_LONG, left_out, size_step};
use app::pages::supplier::{KEPT_SIMULATION, SIMULATION};
use app::routes::path;
use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use chrono::{DateTime, TimeDelta, Utc};
use domain::form::{SizeStep, StepCode};
use domain::lifecycle::CommandKind;
use uuid::Uuid;

use super::reception;
use crate::carried_text;
use crate::http::fault::Fault;
use crate::http::{RequestContext, SignedIn};
use crate::keys::{KeyError, Keys, Purpose};
use crate::state::AppState;

/// How long answers wait for a company.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

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
    let field = |wanted: &str| {
        let found = pairs.iter().find(|(name, _)| name == wanted);
        found.map_or("", |(_, value)| value.as_str())
    };
    let number = digits(field("number"));
    let (account, now) = (signed.account.id, state.clock.now());
    let answers = match field(KEPT_SIMULATION) {
        "" => Some(Answers::from_pairs(
            pairs.iter().map(|(name, value)| (name, value)),
        )),
        kept => open(&state.keys, account, kept, now),
    };
    let opening = desk.open_company(&number).await.map_err(Fault::App)?;
    let next = match (&opening, answers) {
        (Opening::Declaration(id), Some(answers)) => fill_in(&*desk, *id, &answers).await?,
        (Opening::Declaration(id), None) => noted(*id, &[LeftOut::Everything]),
        (_, Some(answers)) => match seal(&state.keys, account, &answers, now)? {
            Some(kept) => {
                // The answers go on to another company, from the search page.
                let search = match &opening {
                    Opening::HeldByAnother(_) => {
                        format!("{}/recherche?q={number}&issue=suivie", path::SUPPLIER)
                    }
                    other => opening_path(&number, other),
                };
                format!("{search}&{KEPT_SIMULATION}={kept}")
            }
            None => format!("{}?{TOO_LONG}", path::SIMULATOR),
        },
        (_, None) => opening_path(&number, &opening),
    };
    Ok(Redirect::to(&next))
}

/// Stores the answers in a step that nobody answered; otherwise sets them beside what is there.
async fn fill_in(desk: &dyn SupplierDesk, id: Uuid, answers: &Answers) -> Result<String, Fault> {
    let mut step = size_step(answers);
    let left = left_out(answers, &step);
    let view = desk.declaration(id).await.map_err(Fault::App)?;
    // A simulation says nothing of documents: those that are there stay.
    step.documents.clone_from(&view.draft.size.documents);
    if view.draft.size == step {
        return Ok(noted(id, &left));
    }
    let untouched =
        view.draft.size == SizeStep::default() && view.allowed.contains(&CommandKind::Save);
    let answers = StepAnswers::Size(step);
    let copy = if untouched {
        match desk.save_step(id, view.version, answers).await {
            Ok(Saved::Done { .. }) => return Ok(noted(id, &left)),
            Ok(Saved::Conflict { copy }) => copy,
            Err(error) => return Err(Fault::App(error)),
        }
    } else {
        desk.keep_step(id, answers).await.map_err(Fault::App)?
    };
    Ok(format!("{}&conflit={copy}", noted(id, &left)))
}

/// The size step, which says what was taken over.
fn noted(id: Uuid, left: &[LeftOut]) -> String {
    let (here, codes) = (step_path(id, StepCode::Size), LeftOut::write(left));
    format!("{here}?{SIMULATION}={codes}")
}

fn seal(
    keys: &Keys,
    account: Uuid,
    answers: &Answers,
    now: DateTime<Utc>,
) -> Result<Option<String>, KeyError> {
    // Plain texts: their serialisation has no way to fail.
    let plain = serde_json::to_vec(answers).unwrap_or_default();
    let (purpose, owner) = (Purpose::KeptSimulation, account.as_bytes());
    carried_text::seal(keys, purpose, owner, &plain, now + LIFETIME)
}

fn open(keys: &Keys, account: Uuid, kept: &str, now: DateTime<Utc>) -> Option<Answers> {
    let (purpose, owner) = (Purpose::KeptSimulation, account.as_bytes());
    let plain = carried_text::open(keys, purpose, owner, kept, now)?;
    serde_json::from_slice(&plain).ok()
}
