//! Links that propose answers: what they would fill, and filling it in once the person agreed.

use app::desk::Opening;
use app::views::{LinkView, Receiver, SearchOutcome};
use domain::form::{Draft, StepCode};
use domain::lifecycle::{Actor, Command, MemberRole};
use domain::links::{Given, Link, Origin, Outcome, first_step, propose};
use serde_json::json;
use store::audit::Entry;
use store::declarations::{self, actor_code};
use store::{Txn, memberships};
use uuid::Uuid;

use super::opening::{Number, renewed};
use super::search::by_number;
use super::{SupplierService, Wish};
use crate::desks::common::{account_of, decide_and_apply};
use crate::desks::error::DeskError;

impl SupplierService {
    pub(super) async fn read_link(&self, link: &Link) -> Result<LinkView, DeskError> {
        let company = match &link.number {
            Some(number) => by_number(&self.0.state, number).await,
            None => SearchOutcome::Empty,
        };
        let (receiver, draft) = self.receiver(link).await?;
        let editable = receiver.as_ref().is_none_or(|one| one.editable);
        let (catalogue, now) = (self.0.catalogue(), self.0.now());
        let (_, mut proposals) = propose(&draft, &link.given, &catalogue, Origin::Link, now);
        if !editable {
            for one in &mut proposals {
                if one.outcome == Outcome::Fills {
                    one.outcome = Outcome::Kept;
                }
            }
        }
        Ok(LinkView {
            company,
            receiver,
            proposals,
            draft,
        })
    }

    /// The open declaration of the link's company, when the person is of it, and the answers that a link meets.
    async fn receiver(&self, link: &Link) -> Result<(Option<Receiver>, Draft), DeskError> {
        let fresh = |number: Option<&Number>| {
            let mut draft = Draft::default();
            if let Some(siret) = number.and_then(Number::siret) {
                siret.as_str().clone_into(&mut draft.company.siret);
            }
            (None, draft)
        };
        let Some(number) = link
            .number
            .as_deref()
            .and_then(|typed| Number::parse(typed).ok())
        else {
            return Ok(fresh(None));
        };
        let (db, siren) = (self.0.state.store.read(), number.siren());
        let Some(role) = memberships::role_of(db, account_of(&self.0), &siren).await? else {
            return Ok(fresh(Some(&number)));
        };
        let Some(last) = declarations::last_answers(db, &siren).await? else {
            return Ok(fresh(Some(&number)));
        };
        if !last.status.is_open() {
            return Ok((None, renewed(last.draft)));
        }
        let receiver = Receiver {
            id: last.id,
            reference: last.reference,
            status: last.status,
            editable: last.status.is_editable() && role.can_edit(),
        };
        Ok((Some(receiver), last.draft))
    }

    pub(super) async fn follow(
        &self,
        link: &Link,
    ) -> Result<(Opening, Option<StepCode>), DeskError> {
        let number = link.number.as_deref().unwrap_or_default();
        let wish = Wish {
            given: &link.given,
            ..Wish::default()
        };
        self.open(number, wish).await
    }

    /// Fills what is empty, within the transaction that opened the declaration, and says so in the trail.
    pub(super) async fn fill_in(
        &self,
        txn: &Txn,
        id: Uuid,
        (given, origin): (&[Given], Origin),
        (by, role): (&Actor, MemberRole),
    ) -> Result<Option<StepCode>, DeskError> {
        if given.is_empty() || !role.can_edit() {
            return Ok(None);
        }
        let record = declarations::lock(txn, id, None).await?;
        if !record.declaration.status.is_editable() {
            return Ok(None);
        }
        let (now, request) = (self.0.now(), self.0.request_id());
        let catalogue = self.0.catalogue();
        let (draft, proposals) = propose(&record.draft, given, &catalogue, origin, now);
        let Some(step) = first_step(&proposals) else {
            return Ok(None);
        };
        let names: Vec<String> = draft
            .prefilled
            .iter()
            .skip(record.draft.prefilled.len())
            .map(domain::links::Prefilled::name)
            .collect();
        let (save, request) = (Command::Save, request.as_deref());
        decide_and_apply(txn, &record, &save, by, now, request, Some(&draft)).await?;
        txn.audit(Entry {
            actor: actor_code(by),
            act: "prefilled".to_owned(),
            subject: format!("declaration:{id}"),
            details: json!({ "origin": origin.code(), "answers": names }),
            at: now,
        });
        Ok(Some(step))
    }
}
