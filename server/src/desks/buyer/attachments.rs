//! People who ask to join a company that somebody else opened first.

use std::collections::HashMap;

use app::views::AttachmentRequest;
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use store::memberships;
use uuid::Uuid;

use super::BuyerService;
use crate::desks::attachment::same_domain;
use crate::desks::common::account_of;
use crate::desks::error::DeskError;

impl BuyerService {
    pub(super) async fn read_requests(&self) -> Result<Vec<AttachmentRequest>, DeskError> {
        let db = self.0.state.store.read();
        let waiting = memberships::waiting(db).await?;
        let sirens: Vec<Siren> = waiting
            .iter()
            .map(|asked| asked.company.siren.clone())
            .collect();
        let mut holders: HashMap<Siren, Vec<String>> = HashMap::new();
        for (membership, account) in memberships::of_companies(db, &sirens).await? {
            holders
                .entry(membership.siren)
                .or_default()
                .push(account.email);
        }
        Ok(waiting
            .into_iter()
            .map(|asked| {
                let holder_emails = holders
                    .get(&asked.company.siren)
                    .cloned()
                    .unwrap_or_default();
                AttachmentRequest {
                    id: asked.id,
                    siren: asked.company.siren,
                    company_name: asked.company.name,
                    same_domain: holder_emails
                        .iter()
                        .any(|email| same_domain(email, &asked.account.email)),
                    email: asked.account.email,
                    holder_emails,
                    asked_at: asked.created_at,
                }
            })
            .collect())
    }

    pub(super) async fn decide_request(
        &self,
        request: Uuid,
        accept: bool,
    ) -> Result<(), DeskError> {
        let (by, now) = (account_of(&self.0), self.0.now());
        let role = accept.then_some(MemberRole::Manager);
        self.0
            .state
            .store
            .write(async |txn| {
                memberships::decide(&txn, request, role, by, now).await?;
                Ok::<_, DeskError>(())
            })
            .await
    }
}
