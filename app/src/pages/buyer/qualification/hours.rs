//! The hours of a commitment, for an agent: promised beside realised, and the check of each statement that waits.

use domain::insertion::HoursStatement;
use leptos::prelude::*;

use crate::doors::hours::{ACCEPT, NUMBER};
use crate::i18n::Lang;
use crate::pages::shared::hours::{account, hours};
use crate::ui::{Actions, Button, ButtonKind, Issues, TextArea};
use crate::views::{HoursView, QualificationView, Typed};

/// The field of the reason for which the statement with this number is sent back.
pub(super) fn reason_id(number: &str) -> String {
    format!("reason-{number}")
}

/// The reason that was typed about a statement that does not wait any more.
pub(super) fn without_form(typed: &Typed, found: &HoursView) -> Option<String> {
    let number = typed.get(NUMBER);
    let waits = found.account.to_check();
    let is_there = waits.iter().any(|one| one.number.to_string() == number);
    let reason = typed.get("reason");
    (!number.is_empty() && !is_there && !reason.is_empty()).then(|| reason.to_owned())
}

pub(super) fn written(lang: Lang, reason: &str) -> AnyView {
    view! {
        <section aria-labelledby="written-title">
            <h2 id="written-title">{lang.pick("Ce que vous aviez écrit", "What you had written")}</h2>
            <blockquote>{reason.to_owned()}</blockquote>
        </section>
    }
    .into_any()
}

pub(super) fn section(
    lang: Lang,
    view: &QualificationView,
    found: &HoursView,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let checks = found
        .account
        .to_check()
        .into_iter()
        .map(|one| check(lang, view, one, typed, issues))
        .collect_view();
    view! {
        <section class="wide" id="heures" aria-labelledby="hours-title">
            <h2 id="hours-title">{lang.pick("Heures réalisées", "Hours realised")}</h2>
            {account(lang, found)}
            {checks}
        </section>
    }
    .into_any()
}

fn check(
    lang: Lang,
    view: &QualificationView,
    one: &HoursStatement,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let number = one.number.to_string();
    let id = reason_id(&number);
    let reason = if typed.get(NUMBER) == number {
        typed.get("reason").to_owned()
    } else {
        String::new()
    };
    let what = format!("{}, {}", one.quarter.words(lang), hours(lang, one.hours));
    let title = match lang {
        Lang::Fr => format!("Vérifier le relevé\u{A0}: {what}"),
        Lang::En => format!("Check the statement: {what}"),
    };
    view! {
        <form class="card" method="post" action="/fn/check-hours" novalidate>
            <h3>{title}</h3>
            <input type="hidden" name="id" value=view.line.id.to_string()/>
            <input type="hidden" name="declaration" value=view.declaration.to_string()/>
            <input type="hidden" name=NUMBER value=number/>
            <TextArea
                lang=lang
                name="reason"
                label=lang.pick("Motif du renvoi", "Reason for sending it back")
                hint=lang.pick(
                    "Obligatoire pour renvoyer le relevé. L’entreprise lit ce texte tel quel.",
                    "Required to send the statement back. The company reads this text as it is.",
                )
                value=reason
                error=issues.of(&id)
                id=id
                rows=3
                maxlength=2_000
            />
            <p class="hint">
                {lang.pick(
                    "C’est définitif\u{A0}: une erreur se corrige par un nouveau relevé de l’entreprise.",
                    "This is final: a mistake is corrected by a new statement of the company.",
                )}
            </p>
            <Actions>
                <Button
                    label=lang.pick("Accepter ces heures", "Accept these hours")
                    name="verdict"
                    value=ACCEPT
                    about=what.clone()
                />
                <Button
                    label=lang.pick("Renvoyer le relevé", "Send the statement back")
                    kind=ButtonKind::Secondary
                    name="verdict"
                    value="return"
                    about=what
                />
            </Actions>
        </form>
    }
    .into_any()
}
