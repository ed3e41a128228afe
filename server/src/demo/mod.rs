//! Demonstration data: accounts of each role, declarations in every status made by the same acts as the pages, contracts
//! and payments.

mod answers;
mod contracts;
mod lists;
mod payments;

use std::sync::Arc;

use anyhow::{Context, bail};
use app::desk::{BuyerDesk, Opening, Saved, Submitted, SupplierDesk};
use app::visitor::{AccountRole, Identity, Visitor};
use chrono::NaiveDate;
use domain::decimal::Hundredths;
use domain::lifecycle::{ReviewSignature, Verdict};
use domain::text::Lang;
use store::Txn;
use store::accounts::{self, NewAccount, Role};
use uuid::Uuid;

use crate::registry::holders;
use crate::state::AppState;
use answers::Example;

/// An account of the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct DemoAccount {
    pub email: &'static str,
    pub name: &'static str,
    pub quality: &'static str,
    pub role: Role,
}

/// Who can sign in to the demonstration; the link of each is in the demonstration mailbox.
pub const ACCOUNTS: [DemoAccount; 4] = [
    DemoAccount {
        email: "fournisseur@demo.example",
        name: "Camille Martin",
        quality: "",
        role: Role::Supplier,
    },
    DemoAccount {
        email: "agent@demo.example",
        name: "Dominique Roux",
        quality: "Chargée de mission achats responsables",
        role: Role::Reviewer,
    },
    DemoAccount {
        email: "agent2@demo.example",
        name: "Sacha Bernard",
        quality: "Acheteur",
        role: Role::Reviewer,
    },
    DemoAccount {
        email: "admin@demo.example",
        name: "Alex Petit",
        quality: "Administrateur du portail",
        role: Role::Administrator,
    },
];

/// Fills an empty portal. A portal that has these accounts is left as it is; says whether anything was written.
pub async fn seed(state: &AppState) -> anyhow::Result<bool> {
    if !state.config.demo {
        bail!("ce portail n’est pas en mode démonstration (réglage « demo ») : rien n’a été écrit");
    }
    let first = ACCOUNTS
        .first()
        .map(|account| account.email)
        .unwrap_or_default();
    if accounts::by_email(state.store.read(), first)
        .await?
        .is_some()
    {
        return Ok(false);
    }
    let mut visitors = Vec::with_capacity(ACCOUNTS.len());
    for account in ACCOUNTS {
        visitors.push(open_account(state, account).await?);
    }
    let [supplier, agent, ..] = visitors.as_slice() else {
        bail!("comptes de démonstration incomplets");
    };
    let reception = crate::desks::reception(state, None);
    let agent = reception.buyer(agent).context("guichet de l’agent")?;
    for example in answers::EXAMPLES {
        // The first company is the demonstration supplier's; each of the others has a person of its own.
        let person = match example.email {
            None => supplier.clone(),
            Some(email) => {
                open_account(
                    state,
                    DemoAccount {
                        email,
                        name: "Personne fictive",
                        quality: "",
                        role: Role::Supplier,
                    },
                )
                .await?
            }
        };
        let desk = reception
            .supplier(&person)
            .context("guichet du fournisseur")?;
        play(&desk, &agent, example, state.clock.today())
            .await
            .with_context(|| example.siret.to_owned())?;
    }
    contracts::seed(state)
        .await
        .context("marchés de démonstration")?;
    payments::seed(state)
        .await
        .context("paiements de démonstration")?;
    lists::seed(state)
        .await
        .context("listes de démonstration")?;
    holders::round(state)
        .await
        .context("titulaires dans le répertoire")?;
    Ok(true)
}

async fn open_account(state: &AppState, account: DemoAccount) -> anyhow::Result<Visitor> {
    let now = state.clock.now();
    let created = state
        .store
        .write(async |txn: Txn| {
            let new = NewAccount {
                email: account.email.to_owned(),
                name: account.name.to_owned(),
                quality: account.quality.to_owned(),
                role: account.role,
                language: Lang::Fr.tag().to_owned(),
            };
            accounts::create(&txn, new, now).await
        })
        .await?;
    Ok(Visitor::SignedIn(Identity {
        account: created.id,
        role: match account.role {
            Role::Supplier => AccountRole::Supplier,
            Role::Reviewer => AccountRole::Reviewer,
            Role::Administrator => AccountRole::Administrator,
        },
        email: created.email,
        name: Some(created.name),
        quality: Some(created.quality),
        lang: Lang::Fr,
    }))
}

/// How far a declaration of the demonstration goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Draft,
    Sent,
    InReview,
    SentBack,
    Validated,
    PartlyValidated,
}

/// Plays one declaration as far as it goes.
async fn play(
    supplier: &Arc<dyn SupplierDesk>,
    agent: &Arc<dyn BuyerDesk>,
    example: &Example,
    today: NaiveDate,
) -> anyhow::Result<()> {
    let id = match supplier.open_company(example.siret).await {
        Ok(Opening::Declaration(id)) => id,
        other => bail!("ouverture : {other:?}"),
    };
    let mut version = supplier.declaration(id).await.map_err(told)?.version;
    for step in answers::steps(example, today) {
        version = match supplier.save_step(id, version, step).await.map_err(told)? {
            Saved::Done { version } => version,
            Saved::Conflict { .. } => bail!("un autre processus écrit en même temps"),
        };
    }
    if example.reach == Reach::Draft {
        return Ok(());
    }
    match supplier
        .submit(id, version, answers::statement())
        .await
        .map_err(told)?
    {
        Submitted::Done => {}
        other => bail!("transmission : {other:?}"),
    }
    if example.reach == Reach::Sent {
        return Ok(());
    }
    review(agent, id, example.reach).await?;
    state_hours(supplier, agent).await
}

/// Of each commitment that is validated, a quarter is checked, the next one waits, and the others are to be stated.
async fn state_hours(
    supplier: &Arc<dyn SupplierDesk>,
    agent: &Arc<dyn BuyerDesk>,
) -> anyhow::Result<()> {
    let workspace = supplier.workspace().await.map_err(told)?;
    for due in workspace.companies.iter().flat_map(|one| &one.hours_due) {
        let id = due.qualification;
        for (quarter, hours) in due.quarters.iter().zip([310, 285]) {
            let note = "États d’heures signés, attestation du facilitateur.".to_owned();
            supplier
                .tell_hours(id, *quarter, Hundredths::from_units(hours), note)
                .await
                .map_err(told)?;
        }
        agent.accept_hours(id, 1).await.map_err(told)?;
    }
    Ok(())
}

async fn review(agent: &Arc<dyn BuyerDesk>, id: Uuid, reach: Reach) -> anyhow::Result<()> {
    let seen = agent.review(id).await.map_err(told)?;
    agent.start_review(id, seen.version).await.map_err(told)?;
    if reach == Reach::InReview {
        return Ok(());
    }
    for (index, claim) in seen.claims.iter().enumerate() {
        let last = index + 1 == seen.claims.len();
        let verdict = match reach {
            Reach::SentBack if last => Verdict::ToFix(
                "La date de fin ne correspond pas à la pièce : vérifiez-la.".to_owned(),
            ),
            Reach::PartlyValidated if last => {
                Verdict::Refused("Ce marché n’est pas connu de l’acheteur.".to_owned())
            }
            _ => Verdict::Accepted,
        };
        let version = agent.review(id).await.map_err(told)?.version;
        let key = claim.claim.key.to_string();
        agent
            .give_verdicts(id, version, vec![(key, verdict)])
            .await
            .map_err(told)?;
    }
    let version = agent.review(id).await.map_err(told)?.version;
    let signature = ReviewSignature {
        name: "Dominique Roux".to_owned(),
        quality: "Chargée de mission achats responsables".to_owned(),
    };
    agent
        .sign(id, version, signature, vec![])
        .await
        .map_err(told)
}

/// The sentence that a page would show.
fn told(error: app::error::AppError) -> anyhow::Error {
    anyhow::anyhow!(error.message(Lang::Fr))
}
