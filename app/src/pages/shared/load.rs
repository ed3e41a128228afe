//! How a page waits for its desk: one suspension a page, nothing serialised, an error page when there is no answer.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::failure::failure;
use crate::desk::Answer;
use crate::error::AppError;
use crate::ui::written;

/// Draws `show` with what `load` found, or the error page. The contexts of the request are at hand in both.
pub fn page<T: Send + 'static>(
    load: impl Future<Output = Answer<T>> + Send + 'static,
    show: impl FnOnce(T) -> AnyView + Send + 'static,
) -> impl IntoView {
    let view = Suspend::new(async move {
        match load.await {
            Ok(found) => written(show(found)),
            Err(error) => written(failure(error)),
        }
    });
    view! { <Suspense>{view}</Suspense> }
}

/// The identifier in the address; what is not one does not exist.
pub fn id_of_address() -> Answer<Uuid> {
    use_params_map()
        .read_untracked()
        .get_str("id")
        .and_then(|id| Uuid::parse_str(id).ok())
        .ok_or(AppError::NotFound)
}

/// The number of a version in the address.
pub fn number_of_address() -> Answer<u32> {
    use_params_map()
        .read_untracked()
        .get_str("number")
        .and_then(|number| number.parse().ok())
        .ok_or(AppError::NotFound)
}

/// All values of a name of the query, in their order.
pub fn queries(name: &str) -> Vec<String> {
    let all = use_query_map().read_untracked().get_all(name);
    all.unwrap_or_default()
}

/// A value of the query of the address; empty when it is there without a value.
pub fn query(name: &str) -> Option<String> {
    use_query_map().read_untracked().get(name)
}
