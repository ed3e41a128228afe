//! The pages and the components, rendered as the server renders them, then parsed as a browser does.
#![cfg(feature = "ssr")]
#![recursion_limit = "256"]
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

mod components;
mod html;
mod public_pages;
mod simulator;
mod support;
