//! What the frame knows of a request before anything else runs; handlers find it in the request's extensions.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::text::Lang;

use super::fault::Fault;
use super::limits::network_of;

/// The facts of one request.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// Quoted on error pages and on every journal line of this request.
    pub id: String,
    /// The address of the browser, seen through our own proxies only. Never journalled.
    pub client: IpAddr,
    pub lang: Lang,
}

impl RequestContext {
    /// What stands for the browser in a rate limit.
    pub fn network(&self) -> [u8; 16] {
        network_of(self.client)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestContext {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Fault::Internal {
                code: "no_context".into(),
            })
    }
}

/// Gives each request of this process another identifier, without asking the system each time.
#[derive(Debug)]
pub struct RequestIds {
    process: u32,
    count: AtomicU64,
}

impl RequestIds {
    /// `seed` tells processes apart.
    pub fn new(seed: u32) -> Self {
        Self {
            process: seed,
            count: AtomicU64::new(0),
        }
    }

    pub fn next(&self) -> String {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}-{count:08x}", self.process)
    }
}
