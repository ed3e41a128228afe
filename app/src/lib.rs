//! The interface: the document, its components, the pages, and the islands that the browser wakes up.
//!
//! Invariant: pages, router and document head exist on the server only (feature `ssr`); the browser build (feature
//! `hydrate`) holds the islands, the components they use, and nothing else.

#![recursion_limit = "256"]
#![expect(
    unreachable_pub,
    reason = "the component macro writes public property types beside each component"
)]

pub mod error;
pub mod i18n;
pub mod islands;
pub mod site;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod catalogue;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod doors;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod papers;
#[cfg(feature = "ssr")]
pub mod reply;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod views;
#[cfg(feature = "ssr")]
pub mod visitor;

/// Prepares the browser module; `public/islands.js` calls it once, then wakes up each island of the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
