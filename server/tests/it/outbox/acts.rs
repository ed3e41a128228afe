//! What the people of a bench do with its declaration: what they claim, submit, decide and amend.

use domain::claims::{Claim, ClaimBody, ClaimKey, Evidence, Kind, Scope};
use domain::decimal::Hundredths;
use domain::form::{Contact, Draft, FORM_VERSION, SignedStatement, Snapshot};
use domain::identifiers::Siret;
use domain::insertion::{Basis, Commitment, Modality};
use domain::lifecycle::{Actor, Command, MemberRole, Refusal, ReviewSignature, Verdict, decide};
use store::StoreError;
use store::declarations::{self, Change};

use super::bench::{Bench, day};

#[derive(Debug)]
#[expect(dead_code, reason = "shown when an expectation fails")]
pub(crate) enum Failed {
    Refused(Refusal),
    Store(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Bench {
    pub(crate) fn by_supplier(&self) -> Actor {
        Actor::supplier(self.supplier.id, self.siren.clone(), MemberRole::Manager)
    }

    /// What a desk does with a command.
    pub(crate) async fn give(&self, command: &Command, by: &Actor) -> Result<(), Failed> {
        let (id, now) = (self.declaration, self.clock.now());
        self.store
            .write(async |txn| {
                let record = declarations::lock(&txn, id, None).await?;
                let decision =
                    decide(&record.declaration, command, by, now).map_err(Failed::Refused)?;
                let change = Change {
                    decision: &decision,
                    by,
                    at: now,
                    request: None,
                    answers: None,
                };
                declarations::apply(&txn, &record.declaration, &change).await?;
                Ok(())
            })
            .await
    }

    pub(crate) async fn submit(&self, claims: Vec<Claim>) {
        let statement = SignedStatement {
            text_version: "2026-11".to_owned(),
            signer_name: "Camille Martin".to_owned(),
            signer_quality: "Gérante".to_owned(),
            capacity: "legal_representative".to_owned(),
            accepted: true,
            account: self.supplier.id,
            signed_at: self.clock.now(),
            ip: None,
        };
        let snapshot = Box::new(Snapshot {
            form_version: FORM_VERSION,
            catalogue: 0,
            siren: self.siren.clone(),
            siret: Siret::parse("73282932000074").unwrap(),
            name: "Les Éclaireurs d’Aix".to_owned(),
            contact: Contact {
                name: "Camille Martin".to_owned(),
                role: "Gérante".to_owned(),
                email: "gerante@entreprise.example".to_owned(),
                phone: None,
            },
            claims,
            contests: vec![],
        });
        let command = Command::Submit {
            snapshot,
            statement,
        };
        self.give(&command, &self.by_supplier()).await.unwrap();
    }

    /// Submits, examines with these verdicts, and signs.
    pub(crate) async fn decide(&self, claims: Vec<(Claim, Verdict)>) {
        self.submit(claims.iter().map(|(claim, _)| claim.clone()).collect())
            .await;
        let by = Actor::reviewer(self.reviewer.id);
        self.give(&Command::StartReview, &by).await.unwrap();
        for (claim, verdict) in claims {
            let command = Command::GiveVerdict {
                claim: claim.key,
                verdict,
            };
            self.give(&command, &by).await.unwrap();
        }
        let signature = ReviewSignature {
            name: "Dominique Blanc".to_owned(),
            quality: "Responsable des achats".to_owned(),
        };
        let command = Command::Sign {
            signature,
            closures: Vec::new(),
        };
        self.give(&command, &by).await.unwrap();
    }

    /// Opens the next declaration of the company.
    pub(crate) async fn amend(&mut self) {
        let (by, now) = (self.by_supplier(), self.clock.now());
        let (siren, by, previous) = (&self.siren, &by, self.declaration);
        let opened = self
            .store
            .write(async |txn| {
                declarations::open(&txn, siren, &Draft::default(), Some(previous), by, now).await
            })
            .await
            .unwrap();
        self.declaration = opened.id();
    }

    pub(crate) fn status_claim(&self, kind: Kind, reference: &str, to: &str) -> Claim {
        Claim {
            key: ClaimKey {
                kind,
                scope: Scope::Siren(self.siren.clone()),
                commitment: None,
                contract: None,
            },
            body: ClaimBody::Status(Evidence {
                reference: Some(reference.to_owned()),
                authority: Some("DREETS".to_owned()),
                valid_from: Some(day("2025-06-01")),
                valid_to: Some(day(to)),
                documents: vec![],
                ..Evidence::default()
            }),
        }
    }

    pub(crate) fn commitment(&self, hours: i64) -> Claim {
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
                scope: Scope::Siren(self.siren.clone()),
                commitment: Some(commitment.key_code()),
                contract: commitment.contract.clone(),
            },
            body: ClaimBody::Commitment(Box::new(commitment)),
        }
    }
}
