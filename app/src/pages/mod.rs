//! The pages, drawn on the server.

pub mod admin;
pub mod buyer;
pub mod demo;
pub mod links;
pub mod public;
pub mod shared;
pub mod sign_in;
pub mod supplier;
