//! The counts by status, as the filter of the queue.

use domain::lifecycle::{Side, Status};
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::pages::buyer::address;
use crate::pages::shared::status::status_words;
use crate::views::QueueFilter;

/// In the order of the work; a draft is the company's own business.
const STATUSES: [Status; 7] = [
    Status::Submitted,
    Status::InReview,
    Status::ChangesRequested,
    Status::Validated,
    Status::PartlyValidated,
    Status::Refused,
    Status::Withdrawn,
];

#[component]
pub(super) fn Tabs(lang: Lang, filter: QueueFilter, counts: Vec<(Status, u64)>) -> AnyView {
    let of = |status: Status| {
        counts
            .iter()
            .find(|(known, _)| *known == status)
            .map_or(0, |(_, count)| *count)
    };
    let every = counts
        .iter()
        .filter(|(status, _)| *status != Status::Draft)
        .map(|(_, count)| count)
        .sum();
    let all = std::iter::once((None, lang.pick("Toutes", "All"), every));
    let tabs = STATUSES
        .into_iter()
        .map(|status| {
            (
                Some(status),
                status_words(status, Side::Buyer).get(lang),
                of(status),
            )
        })
        .chain(all)
        .map(|(status, label, count)| {
            let href = address::queue(&QueueFilter {
                status,
                page: 1,
                ..filter.clone()
            });
            let here = (status == filter.status).then_some("page");
            view! {
                <li>
                    <a href=href aria-current=here>
                        {label} " " <span class="count">{count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="counts wide" aria-label=lang.pick("Déclarations par état", "Declarations by state")>
            <ul>{tabs}</ul>
        </nav>
    }
    .into_any()
}
