//! The catalogue of the form at the desk of an administrator: read, and changed version after version.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::pages::admin::catalogue::CatalogueProblem;
use app::views::{CatalogueChange, CatalogueVersion, CatalogueView};
use serde_json::json;
use store::{StoreError, accounts, audit, catalogue};
use uuid::Uuid;

use super::admin::AdminService;
use super::common::account_of;
use super::error::DeskError;

impl AdminService {
    pub(super) async fn read_catalogue(&self) -> Result<CatalogueView, DeskError> {
        let db = self.0.state.store.read();
        let (catalogues, history) = catalogue::with_history(db).await?;
        let mut people: Vec<_> = history.iter().map(|version| version.by).collect();
        people.sort_unstable();
        people.dedup();
        let names: BTreeMap<Uuid, String> = accounts::by_ids(db, &people)
            .await?
            .into_iter()
            .map(|account| (account.id, account.name))
            .collect();
        Ok(CatalogueView {
            catalogues: Arc::new(catalogues),
            history: history
                .into_iter()
                .map(|version| CatalogueVersion {
                    version: version.version,
                    from: version.holds_from,
                    reason: version.reason,
                    by: names.get(&version.by).cloned().unwrap_or_default(),
                    at: version.at,
                })
                .collect(),
            today: self.0.today(),
        })
    }

    /// Records the version that the change makes of the last one; otherwise says why not.
    pub(super) async fn record_version(
        &self,
        asked: CatalogueChange,
    ) -> Result<Option<CatalogueProblem>, DeskError> {
        if asked.from < self.0.today() {
            return Ok(Some(CatalogueProblem::DatePast));
        }
        let state = &self.0.state;
        let latest = catalogue::all(state.store.read()).await?.latest().clone();
        if latest.version != asked.version {
            return Ok(Some(CatalogueProblem::Conflict));
        }
        let next = match latest.changed(asked.change) {
            Ok(next) => next,
            Err(error) => return Ok(Some(CatalogueProblem::Change(error))),
        };
        let (account, now) = (account_of(&self.0), self.0.now());
        let recorded = catalogue::Recorded {
            version: next.version,
            holds_from: asked.from,
            reason: asked.reason,
            by: account,
            at: now,
        };
        let entry = audit::Entry {
            actor: format!("administrator:{account}"),
            act: "catalogue_changed".to_owned(),
            subject: format!("catalogue:{}", next.version),
            details: json!({ "from": asked.from }),
            at: now,
        };
        let written = state
            .store
            .write(async |txn| {
                catalogue::record(&txn, &next, &recorded).await?;
                txn.audit(entry.clone());
                Ok::<_, DeskError>(())
            })
            .await;
        match written {
            Err(DeskError::Store(StoreError::Conflict(_) | StoreError::Constraint(_))) => {
                Ok(Some(CatalogueProblem::Conflict))
            }
            other => {
                other?;
                state.catalogues.refresh(&state.store).await?;
                Ok(None)
            }
        }
    }
}
