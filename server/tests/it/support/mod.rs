//! A whole server for one test: `TestApp::start().await`, then clients that behave like browsers.

mod app;
mod client;
mod html;
mod program;

pub(crate) use app::TestApp;
pub(crate) use client::{Client, Page};
pub(crate) use html::attribute;
pub(crate) use program::{Program, command};
