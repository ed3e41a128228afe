//! What the server has not acknowledged, kept in this tab: one difference for each step, as it would be sent.

use leptos::prelude::window;
use web_sys::{Storage, UrlSearchParams};

/// What the keys begin with; the address of the step follows.
const KEYS: &str = "saisie:";
/// Whose answers they are.
pub(super) const OWNER: &str = "owner";
/// The form went with them: the next page shows whether it arrived.
pub(super) const SENT: &str = "sent";

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn key(to: &str) -> String {
    format!("{KEYS}{to}")
}

/// `false` when the browser keeps nothing.
pub(super) fn keep(to: &str, difference: &UrlSearchParams) -> bool {
    let text = String::from(difference.to_string());
    storage().is_some_and(|storage| storage.set_item(&key(to), &text).is_ok())
}

pub(super) fn forget(to: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(to));
    }
}

pub(super) fn kept(to: &str) -> Option<UrlSearchParams> {
    let text = storage()?.get_item(&key(to)).ok()??;
    UrlSearchParams::new_with_str(&text).ok()
}

/// Forgets what went with a form that was answered: another page of the step came after it.
pub(super) fn forget_sent(but: Option<&str>) {
    let but = but.map(key);
    forget_where(|name, difference| but.as_deref() != Some(name) && difference.has(SENT));
}

/// Forgets what another person typed in this tab.
pub(super) fn forget_others(owner: &str) {
    forget_where(|_, difference| difference.get(OWNER).as_deref() != Some(owner));
}

pub(super) fn forget_all() {
    forget_where(|_, _| true);
}

fn forget_where(gone: impl Fn(&str, &UrlSearchParams) -> bool) {
    let Some(storage) = storage() else { return };
    // From the last one: removing one shifts those that follow.
    for index in (0..storage.length().unwrap_or_default()).rev() {
        let Some(name) = storage.key(index).ok().flatten() else {
            continue;
        };
        let text = storage.get_item(&name).ok().flatten().unwrap_or_default();
        let gone = name.starts_with(KEYS)
            && UrlSearchParams::new_with_str(&text)
                .map_or(true, |difference| gone(&name, &difference));
        if gone {
            let _ = storage.remove_item(&name);
        }
    }
}
