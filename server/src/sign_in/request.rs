//! Asking for a link: the same work for every address, known or not, enabled or not.

use std::time::Duration;

use chrono::TimeDelta;
use domain::text::Lang;
use store::outbox::{self, NewMessage};
use store::rate_limits::{self, Limit};
use store::sign_in::{self, NewLink};
use store::{Hash, Txn};

use super::browser::Browser;
use super::link::{Secrets, code_hash, token_hash};
use super::mail::{ROUTE, SignInMail};
use crate::http::RequestContext;
use crate::http::fault::Fault;
use crate::state::AppState;

/// How long a link and its code may be used.
pub(super) const LIFETIME: TimeDelta = TimeDelta::minutes(10);
const ADDRESS_WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Records a link and its mail, in one transaction.
pub(super) async fn request(
    state: &AppState,
    context: &RequestContext,
    browser: &Browser,
    email: &str,
    next: Option<&str>,
    lang: Lang,
) -> Result<(), Fault> {
    let now = state.clock.now();
    let secrets = Secrets::new()?;
    let token = token_hash(&secrets.token);
    let dedup_key = format!("{ROUTE}:{}", token.to_hex());
    let mail = SignInMail::new(&state.keys, &dedup_key, &secrets, lang, now + LIFETIME)?;
    let payload = serde_json::to_value(&mail).map_err(|_| Fault::Internal {
        code: "payload".into(),
    })?;
    let limits = &state.config.limits;
    let link = NewLink {
        email: email.to_owned(),
        token,
        code: code_hash(&state.keys, &secrets.code),
        browser: browser.hash(),
        next_path: next.map(ToOwned::to_owned),
        lifetime: LIFETIME,
    };
    let message = NewMessage {
        route: ROUTE.into(),
        dedup_key,
        subject: "sign_in".into(),
        recipient: email.to_owned(),
        payload,
        available_at: now,
    };
    state
        .store
        .write(|txn: Txn| async move {
            let txn = &txn;
            let hourly = |burst| Limit {
                burst,
                per: TimeDelta::hours(1),
            };
            let by_network = Hash::of_parts(&[b"links", &context.network()]);
            take(txn, by_network, hourly(limits.links_per_ip), state).await?;
            take(txn, Hash::of("links"), hourly(limits.links_total), state).await?;
            let asked = sign_in::requested_since(txn, email, now - ADDRESS_WINDOW).await?;
            if asked >= u64::from(limits.links_per_address) {
                return Err(Fault::TooMany {
                    retry_after: ADDRESS_WINDOW.to_std().unwrap_or_default(),
                });
            }
            sign_in::request(txn, link, now).await?;
            outbox::enqueue(txn, vec![message], now).await?;
            Ok(())
        })
        .await?;
    state.outbox.notify_waiters();
    Ok(())
}

/// Takes one token of a limit that all processes share.
pub(super) async fn take(
    txn: &Txn,
    key: Hash,
    limit: Limit,
    state: &AppState,
) -> Result<(), Fault> {
    match rate_limits::take(txn, key, limit, state.clock.now()).await? {
        Ok(()) => Ok(()),
        Err(wait) => Err(Fault::TooMany {
            retry_after: wait.to_std().unwrap_or(Duration::from_secs(1)),
        }),
    }
}
