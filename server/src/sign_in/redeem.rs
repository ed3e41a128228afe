//! From a proof to a session: one conditional update consumes the link, in the transaction that begins the session.

use axum::http::HeaderMap;
use chrono::TimeDelta;
use domain::text::Lang;
use store::accounts::{self, Account, NewAccount, Role};
use store::audit::Entry;
use store::rate_limits::Limit;
use store::sign_in::{self, Denied, Proof};
use store::{Hash, StoreError, Txn, sessions};

use super::browser::random_token;
use super::request::take;
use crate::http::RequestContext;
use crate::http::cookies;
use crate::http::fault::Fault;
use crate::state::AppState;

/// What became of a proof.
pub(super) enum Outcome {
    /// With the identifier for the cookie: the database only knows its hash.
    Begun {
        token: String,
        begun: Begun,
    },
    Denied(Denied),
    /// The person proved the address, but the account was closed by an agent.
    Closed,
}

/// What the transaction says.
enum Step {
    Begun(Begun),
    Denied(Denied),
    Closed,
}

/// A session that has just begun.
pub(super) struct Begun {
    pub(super) account: Account,
    pub(super) next_path: Option<String>,
}

/// Consumes the proof and begins a session under a new identifier; a session that this browser had before ends.
pub(super) async fn redeem(
    state: &AppState,
    context: &RequestContext,
    headers: &HeaderMap,
    proof: Proof,
) -> Result<Outcome, Fault> {
    let now = state.clock.now();
    let former = cookies::get(headers, cookies::SESSION).map(Hash::of);
    let token = random_token()?;
    let session = Hash::of(&token);
    limit(state, context).await?;
    let step = state
        .store
        .write(|txn: Txn| async move {
            let txn = &txn;
            let redeemed = match sign_in::redeem(txn, proof, now).await? {
                Ok(redeemed) => redeemed,
                // Committed: a wrong code has counted.
                Err(denied) => return Ok(Step::Denied(denied)),
            };
            let account = match accounts::by_email(txn, &redeemed.email).await? {
                Some(account) if account.disabled_at.is_some() => return Ok(Step::Closed),
                Some(account) => account,
                None => open_account(txn, state, redeemed.email, context.lang).await?,
            };
            // Mails follow the language in which the person last signed in.
            if account.language != context.lang.tag() {
                accounts::set_language(txn, account.id, context.lang.tag()).await?;
            }
            if let Some(former) = former {
                sessions::end(txn, former).await?;
            }
            let (idle, absolute) = durations(state, account.role);
            sessions::begin(txn, session, account.id, idle, absolute, now).await?;
            txn.audit(entry(&account, "signed_in", now));
            Ok::<_, StoreError>(Step::Begun(Begun {
                account,
                next_path: redeemed.next_path,
            }))
        })
        .await?;
    Ok(match step {
        Step::Denied(denied) => Outcome::Denied(denied),
        Step::Closed => Outcome::Closed,
        Step::Begun(begun) => {
            if let Some(former) = former {
                state.sessions.forget(former);
            }
            Outcome::Begun { token, begun }
        }
    })
}

/// Counted apart, so that a refusal does not undo the count.
async fn limit(state: &AppState, context: &RequestContext) -> Result<(), Fault> {
    let limit = Limit {
        burst: state.config.limits.codes_per_ip,
        per: TimeDelta::hours(1),
    };
    let key = Hash::of_parts(&[b"codes", &context.network()]);
    state
        .store
        .write(|txn: Txn| async move { take(&txn, key, limit, state).await })
        .await
}

/// Whoever proves an address that nobody has may declare; agents are made by command only.
async fn open_account(
    txn: &Txn,
    state: &AppState,
    email: String,
    lang: Lang,
) -> Result<Account, StoreError> {
    let now = state.clock.now();
    let new = NewAccount {
        email,
        name: String::new(),
        quality: String::new(),
        role: Role::Supplier,
        language: lang.tag().to_owned(),
    };
    let account = accounts::create(txn, new, now).await?;
    txn.audit(entry(&account, "account_opened", now));
    Ok(account)
}

pub(super) fn entry(account: &Account, act: &str, at: chrono::DateTime<chrono::Utc>) -> Entry {
    Entry {
        actor: format!("{}:{}", account.role.code(), account.id),
        act: act.to_owned(),
        subject: format!("account:{}", account.id),
        details: serde_json::json!({}),
        at,
    }
}

fn durations(state: &AppState, role: Role) -> (TimeDelta, TimeDelta) {
    let sessions = &state.config.sessions;
    match role {
        Role::Supplier => (sessions.supplier_idle, sessions.supplier_absolute),
        Role::Reviewer | Role::Administrator => (sessions.buyer_idle, sessions.buyer_absolute),
    }
}
