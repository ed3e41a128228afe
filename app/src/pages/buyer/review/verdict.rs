//! The verdict on one claim: accept, ask for a correction, or refuse, with the reason that the company reads.

use domain::lifecycle::Verdict;
use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::shared::claim::claim_title;
use crate::ui::{Actions, Button, ButtonKind, Choice, Issues, RadioGroup, TextArea};
use crate::views::{ReviewedClaim, Typed};

/// Open while there is something to decide; folded once there is a verdict.
#[component]
pub(super) fn VerdictForm(
    lang: Lang,
    reviewed: ReviewedClaim,
    rank: usize,
    typed: Option<Typed>,
    issues: Issues,
) -> AnyView {
    let decided = reviewed.verdict != Verdict::Pending;
    let open = !decided || typed.is_some();
    let about = claim_title(&use_catalogue(), &reviewed.claim, lang);
    let fields = fields(lang, &reviewed, rank, typed, &issues);
    if !decided {
        return view! { <div class="verdict">{fields}</div> }.into_any();
    }
    view! {
        <details class="verdict" open=open>
            <summary>
                {lang.pick("Modifier le verdict", "Change the verdict")}
                <span class="visually-hidden">" (" {about} ")"</span>
            </summary>
            {fields}
        </details>
    }
    .into_any()
}

/// The fields of one card, in the form that holds all of them.
fn fields(
    lang: Lang,
    reviewed: &ReviewedClaim,
    rank: usize,
    typed: Option<Typed>,
    issues: &Issues,
) -> AnyView {
    let name = |field: &str| format!("verdicts[{}][{field}]", rank - 1);
    let (verdict_id, reason_id) = (format!("verdict-{rank}"), format!("reason-{rank}"));
    let (choice, reason) = match typed {
        Some(typed) => (
            typed.get(&verdict_id).to_owned(),
            typed.get(&reason_id).to_owned(),
        ),
        None => match &reviewed.verdict {
            Verdict::Pending => (String::new(), String::new()),
            given => (
                given.code().to_owned(),
                given.reason().unwrap_or_default().to_owned(),
            ),
        },
    };
    let choices = vec![
        Choice::new("accepted", lang.pick("Accepter", "Accept")),
        Choice::new(
            "to_fix",
            lang.pick("Demander une correction", "Ask for a correction"),
        ),
        Choice::new("refused", lang.pick("Refuser", "Refuse")),
    ];
    let about = claim_title(&use_catalogue(), &reviewed.claim, lang);
    view! {
            <input type="hidden" name=name("claim") value=reviewed.claim.key.to_string()/>
            <RadioGroup
                lang=lang
                name=name("verdict")
                legend=lang.pick("Verdict", "Verdict")
                choices=choices
                value=choice
                error=issues.of(&verdict_id)
                id=verdict_id
                inline=true
            />
            <div class="reason-field">
                <TextArea
                    lang=lang
                    name=name("reason")
                    label=lang.pick("Motif", "Reason")
                    hint=lang.pick(
                        "Obligatoire pour refuser ou demander une correction. L’entreprise lit ce texte tel quel\u{a0}: dites ce qui ne va pas et ce qu’il faut fournir.",
                        "Required to refuse or ask for a correction. The company reads this text as it is: say what is wrong and what to supply.",
                    )
                    value=reason
                    error=issues.of(&reason_id)
                    id=reason_id
                    rows=3
                    maxlength=2_000
                />
            </div>
            <Actions>
                <Button
                    label=lang.pick("Enregistrer le verdict", "Save the verdict")
                    kind=ButtonKind::Secondary
                    name="at"
                    value=rank.to_string()
                    about=about
                />
            </Actions>
    }
    .into_any()
}
