//! The pages of an administrator.

mod outbox;

pub use outbox::Outbox;
