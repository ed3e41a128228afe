//! The attestation of a company, its code, and whether the public may check it.

use app::views::{AttestationView, Checking};
use domain::attestation::{Attested, ShortCode, attested_on, content_hash};
use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use store::attestations::{self, NewAttestation};
use store::{StoreError, companies, memberships};

use super::SupplierService;
use crate::desks::common::{account_of, not_found};
use crate::desks::error::DeskError;
use crate::keys;

/// How often another code is drawn when one is taken: once in a very long time.
const DRAWS: usize = 3;

impl SupplierService {
    /// The person's role in this company.
    async fn role(&self, siren: &Siren) -> Result<MemberRole, DeskError> {
        let role = memberships::role_of(self.0.state.store.read(), account_of(&self.0), siren);
        not_found(role.await?)
    }

    /// What holds today; `NotFound` when nothing does.
    async fn attested(&self, siren: &Siren) -> Result<Vec<Attested>, DeskError> {
        let decided = attestations::decided(self.0.state.store.read(), siren).await?;
        let lines = attested_on(&decided, self.0.today());
        not_found((!lines.is_empty()).then_some(lines))
    }

    pub(super) async fn read_attestation(
        &self,
        siren: &Siren,
    ) -> Result<AttestationView, DeskError> {
        self.role(siren).await?;
        let db = self.0.state.store.read();
        let company = not_found(companies::by_siren(db, siren).await?)?;
        let lines = self.attested(siren).await?;
        let check = if company.published {
            let hash = content_hash(siren, &lines);
            attestations::with_content(db, siren, &hash)
                .await?
                .map_or(Checking::NotIssued, |known| Checking::By(known.code))
        } else {
            Checking::Off
        };
        Ok(AttestationView {
            names: self.0.catalogue(),
            siren: company.siren,
            company_name: company.name,
            lines,
            check,
        })
    }

    pub(super) async fn issue(&self, siren: &Siren) -> Result<(), DeskError> {
        self.role(siren).await?;
        let lines = self.attested(siren).await?;
        let (account, now) = (account_of(&self.0), self.0.now());
        let store = &self.0.state.store;
        for draw in 1..=DRAWS {
            let bytes = keys::random().map_err(std::io::Error::other)?;
            let new = &NewAttestation {
                code: ShortCode::from_random(bytes),
                hash: content_hash(siren, &lines),
                qualifications: lines.iter().map(|line| line.qualification).collect(),
            };
            let issued = store
                .write(async |txn| attestations::issue(&txn, siren, new, account, now).await)
                .await;
            match issued {
                Ok(_) => return Ok(()),
                Err(StoreError::Conflict(_) | StoreError::Constraint(_)) if draw < DRAWS => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    pub(super) async fn set_publication(
        &self,
        siren: &Siren,
        published: bool,
    ) -> Result<(), DeskError> {
        // It speaks for the company: who only reads does not decide it.
        if !self.role(siren).await?.can_edit() {
            return Err(DeskError::App(app::error::AppError::Forbidden));
        }
        let (account, now) = (account_of(&self.0), self.0.now());
        self.0
            .state
            .store
            .write(async |txn| attestations::publish(&txn, siren, published, account, now).await)
            .await?;
        Ok(())
    }
}
