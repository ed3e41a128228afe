//! What happened to a file, latest first or in order, with dates.

use leptos::prelude::*;

use super::{MaybeWords, Tone};
use crate::i18n::Words;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The date as read by people.
    pub when: Words,
    /// The date as read by machines, for `<time datetime>`.
    pub datetime: Words,
    pub title: Words,
    /// Who, why: may be absent.
    pub text: MaybeWords,
    pub tone: Tone,
}

#[component]
pub fn Timeline(moments: Vec<Moment>) -> impl IntoView {
    let items = moments
        .into_iter()
        .map(|moment| {
            view! {
                <li class=format!("moment moment-{}", moment.tone.word())>
                    <p class="moment-title">{moment.title}</p>
                    <p class="moment-when"><time datetime=moment.datetime>{moment.when}</time></p>
                    {moment.text.0.map(|text| view! { <p class="moment-text as-typed">{text}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}
