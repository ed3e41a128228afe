//! A declaration on its way: a company, its people, and the commands they give.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    claims::{Claim, ClaimBody, ClaimKey, Evidence, Kind, Scope},
    decimal::Hundredths,
    form::{Contact, Draft, FORM_VERSION, SignedStatement, Snapshot},
    identifiers::{Siren, Siret},
    insertion::{Basis, Commitment, Modality},
    lifecycle::{
        Actor, Command, EarlyClosure, MemberRole, Refusal, ReviewSignature, Verdict, decide,
    },
    registry::RegistryState,
};
use store::{
    Store, StoreError,
    accounts::{Account, Role},
    companies,
    declarations::{self, Applied, Change, Record},
    memberships::{self, Holding, Proof},
};
use uuid::Uuid;

use crate::support::{account, noon};

/// What a service makes of both layers.
#[derive(Debug)]
pub(crate) enum Failed {
    Refused(Refusal),
    Store(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[derive(Clone)]
pub(crate) struct File {
    pub(crate) store: Store,
    pub(crate) siren: Siren,
    pub(crate) supplier: Account,
    pub(crate) reviewer: Account,
    pub(crate) id: Uuid,
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn esus(siren: &Siren, reference: &str) -> Claim {
    status(siren, Kind::Esus, reference)
}

pub(crate) fn status(siren: &Siren, kind: Kind, reference: &str) -> Claim {
    Claim {
        key: ClaimKey {
            kind,
            scope: Scope::Siren(siren.clone()),
            commitment: None,
            contract: None,
        },
        body: ClaimBody::Status(Evidence {
            reference: Some(reference.to_owned()),
            authority: Some("DREETS".to_owned()),
            valid_from: Some(day("2025-06-01")),
            valid_to: Some(day("2030-05-31")),
            documents: vec![],
            ..Evidence::default()
        }),
    }
}

pub(crate) fn hours(siren: &Siren, hours: i64) -> Claim {
    let commitment = Commitment {
        code: "SOC-INS-01".to_owned(),
        modality: Modality::EmbaucheDirecte,
        contract: Some("2026_TRAVAUX_7".to_owned()),
        hours: Some(Hundredths::from_units(hours)),
        basis: Basis::Hours,
        etp_base: 1607,
        persons: Some(2),
        structure: None,
        structure_amount: None,
        structure_share: None,
        contract_types: vec![],
        publics: Vec::new(),
        start: day("2026-01-01"),
        end: day("2026-12-31"),
        contract_end: None,
        contract_amount: None,
        labour_share: None,
        training: None,
        description: None,
    };
    Claim {
        key: ClaimKey {
            kind: Kind::Commitment,
            scope: Scope::Siren(siren.clone()),
            commitment: Some(commitment.key_code()),
            contract: commitment.contract.clone(),
        },
        body: ClaimBody::Commitment(Box::new(commitment)),
    }
}

impl File {
    /// A company with an open draft.
    pub(crate) async fn open(store: &Store) -> Self {
        let supplier = account(store, "gerante@example.fr", Role::Supplier).await;
        let reviewer = account(store, "agent@example.fr", Role::Reviewer).await;
        Self::of(
            store,
            "732829320",
            "Les Éclaireurs d’Aix",
            supplier,
            reviewer,
        )
        .await
    }

    pub(crate) async fn of(
        store: &Store,
        siren: &str,
        name: &str,
        supplier: Account,
        reviewer: Account,
    ) -> Self {
        let siren = Siren::parse(siren).unwrap();
        let (s, account) = (&siren, supplier.id);
        let id = store
            .write(|txn| async move {
                companies::record(&txn, s, name, &RegistryState::Unresolved, noon()).await?;
                let held = memberships::hold(&txn, s, account, Proof::None, noon()).await?;
                assert_eq!(held, Holding::Yours(MemberRole::Manager));
                let by = Actor::supplier(account, s.clone(), MemberRole::Manager);
                declarations::open(&txn, s, &Draft::default(), None, &by, noon()).await
            })
            .await
            .unwrap()
            .id();
        Self {
            store: store.clone(),
            siren,
            supplier,
            reviewer,
            id,
        }
    }

    pub(crate) fn by_supplier(&self) -> Actor {
        Actor::supplier(self.supplier.id, self.siren.clone(), MemberRole::Manager)
    }

    pub(crate) fn by_reviewer(&self) -> Actor {
        Actor::reviewer(self.reviewer.id)
    }

    pub(crate) async fn record(&self) -> Record {
        declarations::find(self.store.read(), self.id)
            .await
            .unwrap()
            .unwrap()
    }

    /// What a service does with a command: lock, decide, apply.
    pub(crate) async fn give(
        &self,
        command: &Command,
        by: &Actor,
        version: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Applied, Failed> {
        let id = self.id;
        self.store
            .write(|txn| async move {
                let record = declarations::lock(&txn, id, version).await?;
                let decision =
                    decide(&record.declaration, command, by, now).map_err(Failed::Refused)?;
                let change = Change {
                    decision: &decision,
                    by,
                    at: now,
                    request: Some("request-1"),
                    answers: None,
                };
                Ok(declarations::apply(&txn, &record.declaration, &change).await?)
            })
            .await
    }

    pub(crate) async fn submit(&self, claims: Vec<Claim>, now: DateTime<Utc>) -> Applied {
        let siret = Siret::parse("73282932000074").unwrap();
        let snapshot = Snapshot {
            form_version: FORM_VERSION,
            catalogue: 0,
            siren: self.siren.clone(),
            siret,
            name: "Les Éclaireurs d’Aix".to_owned(),
            contact: Contact {
                name: "Camille Martin".to_owned(),
                role: "Gérante".to_owned(),
                email: "contact@example.fr".to_owned(),
                phone: None,
            },
            claims,
            contests: vec![],
        };
        let statement = SignedStatement {
            text_version: "2026-11".to_owned(),
            signer_name: "Camille Martin".to_owned(),
            signer_quality: "Gérante".to_owned(),
            capacity: "legal_representative".to_owned(),
            accepted: true,
            account: self.supplier.id,
            signed_at: now,
            ip: None,
        };
        let command = Command::Submit {
            snapshot: Box::new(snapshot),
            statement,
        };
        self.give(&command, &self.by_supplier(), None, now)
            .await
            .unwrap()
    }

    pub(crate) async fn review(&self, now: DateTime<Utc>) {
        self.give(&Command::StartReview, &self.by_reviewer(), None, now)
            .await
            .unwrap();
    }

    pub(crate) async fn verdict(&self, claim: &Claim, verdict: Verdict) {
        let command = Command::GiveVerdict {
            claim: claim.key.clone(),
            verdict,
        };
        self.give(&command, &self.by_reviewer(), None, noon())
            .await
            .unwrap();
    }

    pub(crate) async fn sign(&self, closures: Vec<EarlyClosure>, now: DateTime<Utc>) -> Applied {
        let command = Command::Sign {
            signature: signature(),
            closures,
        };
        self.give(&command, &self.by_reviewer(), None, now)
            .await
            .unwrap()
    }

    /// Submits, accepts everything and signs.
    pub(crate) async fn validate(&self, claims: Vec<Claim>, now: DateTime<Utc>) -> Applied {
        self.submit(claims.clone(), now).await;
        self.review(now).await;
        for claim in &claims {
            self.verdict(claim, Verdict::Accepted).await;
        }
        self.sign(Vec::new(), now).await
    }

    /// Opens the next declaration of the same company.
    pub(crate) async fn amend(&self, now: DateTime<Utc>) -> Self {
        let by = self.by_supplier();
        let (siren, by, previous) = (&self.siren, &by, self.id);
        let opened = self
            .store
            .write(|txn| async move {
                declarations::open(&txn, siren, &Draft::default(), Some(previous), by, now).await
            })
            .await
            .unwrap();
        Self {
            store: self.store.clone(),
            siren: self.siren.clone(),
            supplier: self.supplier.clone(),
            reviewer: self.reviewer.clone(),
            id: opened.id(),
        }
    }
}

pub(crate) fn signature() -> ReviewSignature {
    ReviewSignature {
        name: "Dominique Blanc".to_owned(),
        quality: "Responsable des achats".to_owned(),
    }
}
