//! The lists of the pages of figures as files: the same filters in the address, the same desks behind.

mod commitments;
mod concessions;
mod conformity;
mod figures;
mod levers;
mod payments;
mod qualifications;
mod restated;
mod subcontracts;
mod year_hours;

use app::i18n::Lang;
use app::pages::buyer::address;
use app::views::{Export, export_file};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::indicators::{Asked, Measure};
use futures::TryStreamExt;

use super::super::common::Desk;
use super::super::error::DeskError;
use super::BuyerService;
use crate::contracts::export::{self, AT_A_TIME, Wanted};
use crate::export::{ExportError, Table, media_type, parts};
use crate::http::RequestContext;
use crate::http::SignedIn;
use crate::http::fault::Fault;
use crate::state::AppState;

/// A table, and what its file is called.
struct Named {
    name: String,
    table: Table,
}

/// What the address asks, by name.
struct Filters(Vec<(String, String)>);

impl Filters {
    fn get(&self, name: &str) -> Option<String> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone())
    }
}

/// Sends a list to an agent; it is read while it is sent.
pub(in crate::desks) async fn download(
    State(state): State<AppState>,
    context: RequestContext,
    signed: SignedIn,
    Path(file): Path<String>,
    Query(filters): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (list, format) = export_file(&file).ok_or(Fault::NotFound)?;
    let visitor = signed.visitor();
    let identity = visitor.identity().filter(|agent| agent.role.is_agent());
    let identity = identity.ok_or(Fault::Forbidden)?.clone();
    let (lang, request) = (context.lang, context.id.clone());
    let service = BuyerService(Desk::new(state, identity, Some(context)));
    let found = async {
        let named = service.begun(list, &Filters(filters), lang).await?;
        // Who took which list away, and when: with names in it, a file leaves the portal.
        let file = format!("{}.{}", named.name, format.code());
        let subject = format!("list:{}", list.code());
        service
            .note(
                "list_exported",
                subject,
                serde_json::json!({ "file": file }),
            )
            .await?;
        Ok(named)
    };
    let found = found.await;
    let Named { name, table } = service.0.settle(found).map_err(Fault::App)?;
    let body = parts(table, format).inspect_err(move |error: &ExportError| {
        // The answer has begun: its end is all that can still be missing.
        tracing::error!(event = "export_cut", request_id = request, %error);
    });
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.code());
    let headers = [
        (header::CONTENT_TYPE, media_type(format).to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

impl BuyerService {
    /// The list with its first rows read, so that a database that is away is still told as such.
    async fn begun(&self, list: Export, filters: &Filters, lang: Lang) -> Result<Named, DeskError> {
        let named = match list {
            Export::Contracts => self.contracts_to_take(filters, lang).await?,
            Export::Breakdown | Export::Years | Export::Measures | Export::Findings => {
                self.figures_to_take(list, filters, lang).await?
            }
            Export::Waiting | Export::Undeclared | Export::Ending => {
                self.levers_to_take(list, filters, lang).await?
            }
            Export::Conformity => self.conformity_to_take(filters, lang).await?,
            Export::Concessions => self.concessions_to_take(filters, lang).await?,
            Export::Subcontracts => self.subcontracts_to_take(filters, lang).await?,
            Export::Restated => self.restated_to_take(filters, lang).await?,
            Export::Hours => self.year_hours_to_take(filters, lang).await?,
            Export::Qualifications => self.qualifications_to_take(filters, lang),
            Export::Commitments => self.commitments_to_take(filters, lang),
            Export::PaidDirections | Export::PaidSuppliers | Export::Payments => {
                self.payments_to_take(list, filters, lang).await?
            }
        };
        Ok(Named {
            table: named.table.begun().await?,
            ..named
        })
    }

    async fn contracts_to_take(&self, filters: &Filters, lang: Lang) -> Result<Named, DeskError> {
        let filter = address::contract_filter(|name| filters.get(name));
        let year = self.year((filter.year != 0).then_some(filter.year));
        let asked = Asked {
            narrowing: filter.narrowing.clone(),
            ..self.asked(year, filter.mode)?
        };
        let mut name = format!(
            "spaser-{}-{year}-{}",
            Export::Contracts.code(),
            filter.mode.code()
        );
        if filter.measure != Measure::All {
            name = format!("{name}-{}", filter.measure.code());
        }
        if let Some(supplier) = &filter.supplier {
            name = format!("{name}-{supplier}");
        }
        if !filter.narrowing.is_empty() {
            name.push_str("-partie");
        }
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let wanted = Wanted {
            asked,
            today: self.0.today(),
            measure: filter.measure,
            supplier: filter.supplier,
        };
        Ok(Named {
            name,
            table: export::table(buyer, wanted, lang, AT_A_TIME),
        })
    }
}
