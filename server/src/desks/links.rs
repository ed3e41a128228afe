//! The company of a link, for anyone who follows it: what the register says, and nothing that the portal knows.

use app::desk::{Answer, LinkDesk};
use app::views::SearchOutcome;
use async_trait::async_trait;

use super::supplier::by_number;
use crate::state::AppState;

pub(super) struct LinkService {
    pub(super) state: AppState,
}

#[async_trait]
impl LinkDesk for LinkService {
    async fn company(&self, number: &str) -> Answer<SearchOutcome> {
        Ok(by_number(&self.state, number).await)
    }
}
