//! Ending a qualification against the company's wish: proposed by one agent, confirmed and signed by another.

use domain::lifecycle::RevocationProposal;
use leptos::prelude::*;

use crate::i18n::{Lang, long_date};
use crate::pages::buyer::legal::LegalReminder;
use crate::pages::buyer::signature::SignerFields;
use crate::ui::{
    Actions, Button, ButtonKind, DateInput, DescriptionList, Entry, Issues, Notice, TextArea, Tone,
};
use crate::views::{QualificationView, Typed};
use crate::visitor::Visitor;

#[component]
pub(super) fn Revocation(
    lang: Lang,
    view: QualificationView,
    visitor: Visitor,
    typed: Typed,
    issues: Issues,
) -> AnyView {
    match &view.proposal {
        None => propose(lang, &view, &typed, &issues),
        Some(proposal) => decide(lang, &view, proposal, &visitor, &typed, &issues),
    }
}

fn propose(lang: Lang, view: &QualificationView, typed: &Typed, issues: &Issues) -> AnyView {
    view! {
        <section aria-labelledby="revocation-title">
            <h2 id="revocation-title">{lang.pick("Proposer une révocation", "Propose a revocation")}</h2>
            <LegalReminder lang=lang/>
            <form class="card" method="post" action="/fn/propose-revocation" novalidate>
                <input type="hidden" name="id" value=view.line.id.to_string()/>
                <input type="hidden" name="declaration" value=view.declaration.to_string()/>
                <DateInput
                    lang=lang
                    name="from"
                    label=lang.pick("Premier jour où elle ne compte plus", "First day on which it no longer counts")
                    value=typed.get("from").to_owned()
                    error=issues.of("from")
                />
                <TextArea
                    lang=lang
                    name="reason"
                    label=lang.pick("Motif", "Reason")
                    hint=lang.pick(
                        "L’entreprise le lit tel quel\u{a0}: les faits, la règle, et la date à laquelle elle a pu présenter ses observations.",
                        "The company reads it as it is: the facts, the rule, and the day when it could present its observations.",
                    )
                    value=typed.get("reason").to_owned()
                    error=issues.of("reason")
                    maxlength=2_000
                />
                <Actions>
                    <Button
                        label=lang.pick("Proposer la révocation", "Propose the revocation")
                        kind=ButtonKind::Danger
                    />
                </Actions>
            </form>
        </section>
    }
    .into_any()
}

fn decide(
    lang: Lang,
    view: &QualificationView,
    proposal: &RevocationProposal,
    visitor: &Visitor,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let entries = vec![
        Entry::new(
            lang.pick("À partir du", "From"),
            long_date(lang, proposal.from),
        ),
        Entry::new(lang.pick("Motif", "Reason"), proposal.reason.clone()),
    ];
    let next = if view.proposed_by_me {
        view! {
            <Notice tone=Tone::Info title=lang.pick("Une autre personne doit confirmer", "Another person must confirm")>
                <p>
                    {lang
                        .pick(
                            "Vous avez proposé cette révocation. Transmettez l’adresse de cette page à un collègue.",
                            "You proposed this revocation. Give the address of this page to a colleague.",
                        )}
                </p>
            </Notice>
        }
        .into_any()
    } else {
        confirm(lang, view, visitor, typed, issues)
    };
    view! {
        <section aria-labelledby="revocation-title">
            <h2 id="revocation-title">{lang.pick("Révocation proposée", "Revocation proposed")}</h2>
            <DescriptionList entries=entries/>
            {next}
            <form method="post" action="/fn/drop-revocation">
                <input type="hidden" name="id" value=view.line.id.to_string()/>
                <Button
                    label=lang.pick("Abandonner la proposition", "Drop the proposal")
                    kind=ButtonKind::Secondary
                />
            </form>
        </section>
    }
    .into_any()
}

fn confirm(
    lang: Lang,
    view: &QualificationView,
    visitor: &Visitor,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let typed = if typed.fields.is_empty() {
        crate::pages::buyer::signature::prefilled(visitor)
    } else {
        typed.clone()
    };
    view! {
        <LegalReminder lang=lang/>
        <form class="card" method="post" action="/fn/confirm-revocation" novalidate>
            <h3>{lang.pick("Confirmer et signer", "Confirm and sign")}</h3>
            <p>
                {lang
                    .pick(
                        "L’entreprise reçoit la décision motivée par courriel et la base fournisseurs est mise à jour. Cela ne s’annule pas.",
                        "The company receives the reasoned decision by e-mail and the supplier database is updated. This cannot be undone.",
                    )}
            </p>
            <input type="hidden" name="id" value=view.line.id.to_string()/>
            <input type="hidden" name="declaration" value=view.declaration.to_string()/>
            <SignerFields lang=lang typed=typed issues=issues.clone()/>
            <Actions>
                <Button
                    label=lang.pick("Confirmer la révocation", "Confirm the revocation")
                    kind=ButtonKind::Danger
                />
            </Actions>
        </form>
    }
    .into_any()
}
