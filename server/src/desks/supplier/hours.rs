//! The statement of the hours realised in a quarter of a commitment.

use domain::lifecycle::{Actor, HoursCommand};
use store::{memberships, qualifications};
use uuid::Uuid;

use super::SupplierService;
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;
use crate::desks::hours::decide;

impl SupplierService {
    pub(super) async fn state_hours(
        &self,
        id: Uuid,
        command: HoursCommand,
    ) -> Result<(), DeskError> {
        let (account, now, request) = (account_of(&self.0), self.0.now(), self.0.request_id());
        self.0
            .state
            .store
            .write(async |txn| {
                let found = qualifications::lock(&txn, id).await?;
                let siren = found.qualification.siren.clone();
                let role = memberships::role_of(&txn, account, &siren).await?;
                let by = Actor::supplier(account, siren, not_found(role)?);
                decide(&txn, &found, &command, &by, (now, request.as_deref())).await
            })
            .await
    }
}
