//! The hours of a commitment as both sides read them: promised beside realised, and every statement with its state.

use domain::decimal::Hundredths;
use domain::insertion::{HoursState, HoursStatement, etp, exceeds_promise};
use leptos::prelude::*;

use super::moment::long_day;
use crate::i18n::{Lang, Text, text};
use crate::ui::{Column, DataTable, DescriptionList, Entry, Notice, StatusChip, Tone};
use crate::views::HoursView;

pub const fn state_words(state: HoursState) -> (Text, Tone) {
    match state {
        HoursState::ToCheck => (text("À vérifier", "To be checked"), Tone::Info),
        HoursState::Accepted => (text("Vérifié", "Checked"), Tone::Success),
        HoursState::Returned => (text("À corriger", "To be corrected"), Tone::Warning),
        HoursState::Replaced => (text("Remplacé", "Replaced"), Tone::Neutral),
    }
}

/// In the column of the hours promised.
pub const NO_HOURS: Text = text("Aucune", "None");

pub fn hours(lang: Lang, hours: Hundredths) -> String {
    format!("{}\u{A0}h", hours.display(lang))
}

/// `803,5 h (0,5 ETP)`.
fn with_etp(lang: Lang, value: Hundredths, base: u32) -> String {
    let words = hours(lang, value);
    match etp(value, base) {
        Some(etp) => format!(
            "{words} ({}\u{A0}{})",
            etp.display(lang),
            lang.pick("ETP", "FTE")
        ),
        None => words,
    }
}

/// `45 %`: what was realised of what was promised; nothing where nothing was.
pub fn whole_percent(lang: Lang, done: Hundredths, promised: Hundredths) -> Option<String> {
    let (done, promised) = (done.hundredths(), promised.hundredths());
    let share = (promised > 0).then(|| (done * 200 + promised) / (promised * 2))?;
    Some(match lang {
        Lang::Fr => format!("{share}\u{A0}%"),
        Lang::En => format!("{share}%"),
    })
}

/// The figures of the commitment, then its statements.
pub fn account(lang: Lang, view: &HoursView) -> AnyView {
    let Some(promised) = view.promised else {
        return view! {
            <p>
                {lang.pick(
                    "La clause du marché ne prévoit pas d’heures\u{A0}: il n’y a rien à relever.",
                    "The clause of the contract asks for no hours: there is nothing to state.",
                )}
            </p>
            {(!view.account.statements.is_empty()).then(|| statements(lang, view))}
        }
        .into_any();
    };
    let realised = view.account.realised();
    let share = whole_percent(lang, realised, promised);
    let share = share.map_or_else(String::new, |share| format!(", {share}"));
    let mut entries = vec![
        Entry::new(
            lang.pick("Heures promises", "Hours promised"),
            with_etp(lang, promised, view.etp_base),
        ),
        Entry::new(
            lang.pick(
                "Heures réalisées et vérifiées",
                "Hours realised and checked",
            ),
            format!("{}{share}", with_etp(lang, realised, view.etp_base)),
        ),
    ];
    if !view.account.to_check().is_empty() {
        entries.push(Entry::new(
            lang.pick("Heures à vérifier", "Hours to be checked"),
            hours(lang, view.account.waiting()),
        ));
    }
    let doubt = exceeds_promise(view.account.expected(), promised).then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>
                    {lang.pick(
                        "Les relevés, une fois vérifiés, feraient plus d’une fois et demie les heures promises\u{A0}: vérifiez les nombres, et qu’aucun trimestre n’est compté deux fois.",
                        "Once checked, the statements would make more than one and a half times the hours promised: check the numbers, and that no quarter is counted twice.",
                    )}
                </p>
            </Notice>
        }
    });
    view! {
        <DescriptionList entries=entries/>
        {doubt}
        {statements(lang, view)}
    }
    .into_any()
}

fn statements(lang: Lang, view: &HoursView) -> AnyView {
    if view.account.statements.is_empty() {
        return view! {
            <p>{lang.pick("Aucun relevé d’heures pour l’instant.", "No statement of hours yet.")}</p>
        }
        .into_any();
    }
    let labels = [
        lang.pick("Heures", "Hours"),
        lang.pick("Relevé du", "Stated on"),
        lang.pick("État", "State"),
        lang.pick("Précisions", "Details"),
    ];
    let [worked, told, state, details] = labels;
    let columns = vec![
        Column::new(lang.pick("Trimestre", "Quarter")),
        Column::new(worked).figures(),
        Column::new(told),
        Column::new(state),
        Column::new(details),
    ];
    let mut all: Vec<&HoursStatement> = view.account.statements.iter().collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.quarter, one.number)));
    let rows = all
        .into_iter()
        .map(|one| {
            let (words, tone) = state_words(view.account.state(one));
            let reason = one.check.as_ref().map(|check| check.reason.clone());
            let reason = reason.filter(|reason| !reason.is_empty()).map(|reason| {
                view! { <p><strong>{lang.pick("Motif\u{A0}: ", "Reason: ")}</strong> {reason}</p> }
            });
            let note = (!one.note.is_empty()).then(|| view! { <p>{one.note.clone()}</p> });
            view! {
                <tr>
                    <th scope="row">{one.quarter.words(lang)}</th>
                    <td class="figures" data-label=worked>{hours(lang, one.hours)}</td>
                    <td data-label=told>{long_day(lang, one.told_at)}</td>
                    <td data-label=state>
                        <StatusChip label=words.get(lang) tone=tone/>
                    </td>
                    <td data-label=details>{note} {reason}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Relevés trimestriels", "Quarterly statements")
                columns=columns
            >
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}
