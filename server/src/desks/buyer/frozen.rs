//! The frozen years: the list of editions, their files, and one more.
//!
//! The edition is written first, so that the trail of the portal never tells of one that is not there.

use std::collections::BTreeMap;

use app::error::AppError;
use app::pages::buyer::address;
use app::pages::buyer::frozen::Stopped;
use app::views::{FrozenEdition, FrozenState, FrozenView};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use futures::TryStreamExt;
use serde::Deserialize;
use serde_json::json;
use store::buyer::frozen::{FrozenYear, columns};

use super::{BuyerService, pages};
use crate::contracts::frozen::{
    self, FrozenError, Part, RECOMPUTE, description, file_name, intact, lines, part,
};
use crate::desks::error::DeskError;
use crate::http::fault::Fault;
use crate::state::AppState;

/// The name under which the script is given.
const SCRIPT: &str = "recompute.mjs";

impl BuyerService {
    pub(super) async fn read_frozen(&self, page: u32) -> Result<FrozenView, DeskError> {
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let (states, total) = buyer.frozen_page(u64::from(page)).await?;
        let mut editions: BTreeMap<(i32, u32), FrozenEdition> = BTreeMap::new();
        for state in states {
            editions
                .entry((state.year, state.edition))
                .or_insert_with(|| edition(&state))
                .states
                .push(one_state(state)?);
        }
        Ok(FrozenView {
            editions: editions.into_values().rev().collect(),
            page,
            pages: pages(total),
            total,
            years: self.years(),
            columns: columns().collect(),
            script: SCRIPT,
        })
    }

    pub(super) async fn freeze(&self, year: i32, note: &str) -> Result<u32, DeskError> {
        if !self.years().contains(&year) {
            return Err(AppError::Unreadable.into());
        }
        let state = &self.0.state;
        state.buyer.prepare(self.0.now()).await?;
        let asked = self.asked(year, Mode::Initial)?;
        let kept = frozen::freeze(&state.buyer, &asked, note, &self.name(), &state.clock)
            .await
            .map_err(stopped)?;
        if kept.new {
            let details = json!({ "edition": kept.edition, "note": note });
            self.note("year_frozen", format!("year:{year}"), details)
                .await?;
        }
        Ok(kept.edition)
    }
}

/// What a page says of it; the rest goes to the journal.
fn stopped(error: FrozenError) -> DeskError {
    match error {
        FrozenError::Empty(_) => AppError::NotFound.into(),
        FrozenError::Changing => AppError::Conflict.into(),
        FrozenError::Store(error) => error.into(),
        FrozenError::File(error) => error.into(),
        // These are of the files of an edition.
        FrozenError::NotFrozen(_) | FrozenError::NoEdition(..) | FrozenError::Altered(_) => {
            AppError::NotFound.into()
        }
    }
}

fn edition(of: &FrozenYear) -> FrozenEdition {
    FrozenEdition {
        year: of.year,
        edition: of.edition,
        at: of.frozen_at,
        by: of.frozen_by.clone(),
        note: of.note.clone(),
        data_date: of.data_date.as_deref().and_then(|date| date.parse().ok()),
        kinds: of.kinds.split(' ').map(str::to_owned).collect(),
        rule_version: of.rule_version.clone(),
        states: Vec::new(),
    }
}

/// The three rates of the published figures.
#[derive(Deserialize)]
pub(super) struct Rates {
    #[serde(rename = "env_clause_pct")]
    pub(super) environmental: Option<Hundredths>,
    #[serde(rename = "social_clause_pct")]
    pub(super) social: Option<Hundredths>,
    #[serde(rename = "solidarity_pct")]
    pub(super) solidarity: Option<Hundredths>,
}

impl Rates {
    pub(super) fn of(figures: &str) -> Result<Self, DeskError> {
        Ok(serde_json::from_str(figures).map_err(std::io::Error::from)?)
    }
}

fn one_state(of: FrozenYear) -> Result<FrozenState, DeskError> {
    let rates = Rates::of(&of.figures)?;
    let name = |part| file_name(of.year, of.edition, of.mode, part);
    Ok(FrozenState {
        mode: of.mode,
        environmental: rates.environmental,
        social: rates.social,
        solidarity: rates.solidarity,
        contracts: name(Part::Contracts),
        figures: name(Part::Figures),
        sha256: of.sha256,
    })
}

/// Gives a file of an edition, or the script that checks it; a page that says so when the lines were changed.
pub(in crate::desks) async fn file(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    if name == SCRIPT {
        return Ok(attached(
            &name,
            "text/javascript; charset=utf-8",
            RECOMPUTE.into(),
        ));
    }
    let (year, edition, mode, part) = part(&name).ok_or(Fault::NotFound)?;
    let buyer = state.buyer.clone();
    buyer.prepare(state.clock.now()).await?;
    let states = buyer.frozen_edition(year, edition).await?;
    let frozen = states.into_iter().find(|one| one.mode == mode);
    let frozen = frozen.ok_or(Fault::NotFound)?;
    match intact(&buyer, &frozen).await {
        Ok(()) => {}
        Err(FrozenError::Altered(_)) => {
            tracing::error!(event = "frozen_year_altered", year, edition);
            let page = format!("refus={}", Stopped::Altered.code());
            return Ok(Redirect::to(&address::frozen_years_with(&page)).into_response());
        }
        Err(error) => return Err(fault(error)),
    }
    Ok(match part {
        Part::Figures => {
            let text = description(&frozen).map_err(fault)?;
            attached(&name, "application/json", text.into())
        }
        Part::Contracts => {
            let bytes = lines(buyer, frozen).inspect_err(|error| {
                // The answer has begun: its end is all that can still be missing.
                tracing::error!(event = "frozen_file_cut", %error);
            });
            attached(&name, "text/csv; charset=utf-8", Body::from_stream(bytes))
        }
    })
}

fn attached(name: &str, kind: &str, body: Body) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, body).into_response()
}

fn fault(error: FrozenError) -> Fault {
    match error {
        FrozenError::Store(error) => error.into(),
        _ => Fault::Internal {
            code: "frozen_file".to_owned(),
        },
    }
}
