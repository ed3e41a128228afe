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
    /// Where more is said: address, label.
    pub link: Option<(Words, Words)>,
}

#[component]
pub fn Timeline(moments: Vec<Moment>) -> impl IntoView {
    let items = moments
        .into_iter()
        .map(|moment| {
            let about = format!(" ({})", moment.title);
            let link = moment.link.map(|(href, label)| {
                view! {
                    <p class="moment-link">
                        <a href=href>{label} <span class="visually-hidden">{about}</span></a>
                    </p>
                }
            });
            view! {
                <li class=format!("moment moment-{}", moment.tone.word())>
                    <p class="moment-title">{moment.title}</p>
                    <p class="moment-when"><time datetime=moment.datetime>{moment.when}</time></p>
                    {moment.text.0.map(|text| view! { <p class="moment-text as-typed">{text}</p> })}
                    {link}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}
