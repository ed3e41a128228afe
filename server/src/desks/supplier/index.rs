//! The index of professional equality that a published list gives, filled in when the supplier asks for it.

use domain::known::published_index;
use domain::lifecycle::Command;
use domain::links::Origin;
use serde_json::json;
use store::audit::Entry;
use store::declarations::{self, actor_code};
use store::lists;
use uuid::Uuid;

use super::SupplierService;
use super::drafting::member;
use crate::desks::common::{account_of, decide_and_apply};
use crate::desks::error::DeskError;

impl SupplierService {
    pub(super) async fn fill_index(&self, id: Uuid) -> Result<Option<usize>, DeskError> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        let catalogue = self.0.catalogue();
        self.0
            .state
            .store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let by = member(&txn, account, &record).await?;
                let siren = &record.company.siren;
                let listed = lists::proofs(&txn, std::slice::from_ref(siren)).await?;
                let filled = published_index(siren, &listed, &catalogue)
                    .and_then(|index| index.fill(&record.draft));
                let Some((draft, line)) = filled else {
                    return Ok(None);
                };
                if draft == record.draft {
                    return Ok(Some(line));
                }
                let (save, request) = (Command::Save, request.as_deref());
                decide_and_apply(&txn, &record, &save, &by, now, request, Some(&draft)).await?;
                let marks = draft.prefilled.iter();
                let names: Vec<String> = marks
                    .filter(|one| one.origin == Origin::Egapro)
                    .map(domain::links::Prefilled::name)
                    .collect();
                txn.audit(Entry {
                    actor: actor_code(&by),
                    act: "prefilled".to_owned(),
                    subject: format!("declaration:{id}"),
                    details: json!({ "origin": Origin::Egapro.code(), "answers": names }),
                    at: now,
                });
                Ok::<_, DeskError>(Some(line))
            })
            .await
    }
}
