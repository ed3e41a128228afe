//! `spaser account`: the accounts of agents. Suppliers open theirs by signing in.

use clap::{Args, Subcommand, ValueEnum};
use domain::text::Lang;
use store::accounts::{self, Account, NewAccount, Role};
use store::audit::Entry;
use store::{StoreError, Txn};

use super::output::say;
use crate::sign_in::email::normalize;
use crate::state::AppState;

/// More accounts than any buyer has agents.
const LISTED: u64 = 100_000;

#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Ouvre le compte d’un agent.
    Create(Create),
    /// Liste les comptes.
    List {
        /// Avec les comptes des fournisseurs.
        #[arg(long)]
        all: bool,
    },
    /// Ferme un compte et termine ses sessions.
    Disable {
        /// Adresse électronique du compte.
        email: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// Adresse électronique de l’agent.
    email: String,
    /// Prénom et nom : ils signent les décisions.
    #[arg(long)]
    name: String,
    /// Qualité : elle figure sur les décisions (exemple : « Chargée de mission Spaser »).
    #[arg(long)]
    quality: String,
    #[arg(long, value_enum, default_value = "reviewer")]
    role: AgentRole,
    /// Langue des courriels.
    #[arg(long, value_enum, default_value = "fr")]
    lang: AgentLang,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AgentRole {
    Reviewer,
    Administrator,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AgentLang {
    Fr,
    En,
}

pub(super) async fn run(state: &AppState, command: AccountCommand) -> anyhow::Result<()> {
    match command {
        AccountCommand::Create(create) => open(state, create).await,
        AccountCommand::List { all } => list(state, all).await,
        AccountCommand::Disable { email } => disable(state, &email).await,
    }
}

async fn open(state: &AppState, create: Create) -> anyhow::Result<()> {
    let email = address(&create.email)?;
    let (name, quality) = (create.name.trim(), create.quality.trim());
    anyhow::ensure!(
        !name.is_empty() && !quality.is_empty(),
        "le nom et la qualité sont nécessaires : ils signent les décisions"
    );
    let lang = match create.lang {
        AgentLang::Fr => Lang::Fr,
        AgentLang::En => Lang::En,
    };
    let new = NewAccount {
        email: email.clone(),
        name: name.to_owned(),
        quality: quality.to_owned(),
        role: match create.role {
            AgentRole::Reviewer => Role::Reviewer,
            AgentRole::Administrator => Role::Administrator,
        },
        language: lang.tag().to_owned(),
    };
    let now = state.clock.now();
    let opened = state
        .store
        .write(|txn: Txn| async move {
            let account = accounts::create(&txn, new, now).await?;
            txn.audit(entry(&account, "account_opened", now));
            Ok::<_, StoreError>(account)
        })
        .await;
    match opened {
        Ok(account) => say(&format!("Compte ouvert : {}", line(&account))),
        Err(StoreError::Constraint(name)) if name == "accounts_email_key" => {
            anyhow::bail!("{email} a déjà un compte")
        }
        Err(error) => Err(error.into()),
    }
}

async fn list(state: &AppState, all: bool) -> anyhow::Result<()> {
    let accounts = accounts::list(state.store.read(), None, LISTED).await?;
    for account in accounts
        .iter()
        .filter(|account| all || account.role != Role::Supplier)
    {
        say(&line(account))?;
    }
    Ok(())
}

async fn disable(state: &AppState, email: &str) -> anyhow::Result<()> {
    let email = address(email)?;
    let now = state.clock.now();
    let address = email.as_str();
    let closed = state
        .store
        .write(|txn: Txn| async move {
            let Some(account) = accounts::by_email(&txn, address).await? else {
                return Ok(false);
            };
            accounts::disable(&txn, account.id, now).await?;
            txn.audit(entry(&account, "account_disabled", now));
            Ok::<_, StoreError>(true)
        })
        .await?;
    anyhow::ensure!(closed, "{email} n’a pas de compte");
    say(&format!("Compte fermé : {email}"))
}

fn address(typed: &str) -> anyhow::Result<String> {
    normalize(typed)
        .ok_or_else(|| anyhow::anyhow!("« {typed} » n’est pas une adresse électronique"))
}

/// Tab-separated, for people and for `cut`.
fn line(account: &Account) -> String {
    let state = if account.disabled_at.is_some() {
        "fermé"
    } else {
        "ouvert"
    };
    format!(
        "{}\t{}\t{state}\t{}\t{}",
        account.email,
        account.role.code(),
        account.name,
        account.quality
    )
}

fn entry(account: &Account, act: &str, at: chrono::DateTime<chrono::Utc>) -> Entry {
    Entry {
        actor: "system:command".to_owned(),
        act: act.to_owned(),
        subject: format!("account:{}", account.id),
        details: serde_json::json!({ "role": account.role.code() }),
        at,
    }
}
