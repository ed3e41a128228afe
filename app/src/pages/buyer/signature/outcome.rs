//! What the verdicts add up to, in words: the result, what follows from it, and the button that signs it.

use domain::lifecycle::{Status, Verdict};

use crate::i18n::Lang;
use crate::views::ReviewedClaim;

pub(super) fn sign_label(lang: Lang, outcome: Status) -> &'static str {
    match outcome {
        Status::ChangesRequested => lang.pick(
            "Signer et demander les corrections",
            "Sign and ask for the corrections",
        ),
        Status::Refused => lang.pick("Signer le refus", "Sign the refusal"),
        _ => lang.pick("Signer la décision", "Sign the decision"),
    }
}

/// What the verdicts add up to, counted.
pub(in crate::pages::buyer) fn outcome_words(
    lang: Lang,
    outcome: Status,
    claims: &[ReviewedClaim],
) -> String {
    let count = |wanted: fn(&Verdict) -> bool| {
        claims
            .iter()
            .filter(|reviewed| wanted(&reviewed.verdict))
            .count()
    };
    let accepted = count(|verdict| *verdict == Verdict::Accepted);
    let to_fix = count(|verdict| matches!(verdict, Verdict::ToFix(_)));
    let refused = count(|verdict| matches!(verdict, Verdict::Refused(_)));
    let head = match outcome {
        Status::ChangesRequested => lang.pick("Corrections demandées", "Corrections requested"),
        Status::Validated => lang.pick("Déclaration validée", "Declaration validated"),
        Status::PartlyValidated => lang.pick(
            "Déclaration validée en partie",
            "Declaration partly validated",
        ),
        _ => lang.pick("Déclaration refusée", "Declaration refused"),
    };
    let mut parts = Vec::new();
    let mut add = |number: usize, one: &str, many: &str| {
        if number > 0 {
            parts.push(format!("{number} {}", if number == 1 { one } else { many }));
        }
    };
    match lang {
        Lang::Fr => {
            add(accepted, "acceptée", "acceptées");
            add(to_fix, "à corriger", "à corriger");
            add(refused, "refusée", "refusées");
            format!("{head}\u{a0}: {}.", parts.join(", "))
        }
        Lang::En => {
            add(accepted, "accepted", "accepted");
            add(to_fix, "to correct", "to correct");
            add(refused, "refused", "refused");
            format!("{head}: {}.", parts.join(", "))
        }
    }
}

/// What follows from the signature, and who is told.
pub(super) fn consequence(lang: Lang, outcome: Status) -> &'static str {
    match outcome {
        Status::ChangesRequested => lang.pick(
            "L’entreprise reçoit par courriel chaque point à corriger avec son motif. Rien n’est encore décidé\u{a0}: les verdicts des affirmations qu’elle ne change pas sont conservés.",
            "The company receives each point to correct by e-mail with its reason. Nothing is decided yet: the verdicts of the claims that it does not change are kept.",
        ),
        Status::Refused => lang.pick(
            "L’entreprise reçoit la décision motivée par courriel, avec les voies de recours. Aucune qualification n’est créée.",
            "The company receives the reasoned decision by e-mail, with the ways to appeal. No qualification is created.",
        ),
        _ => lang.pick(
            "L’entreprise reçoit la décision par courriel. Les affirmations acceptées deviennent des qualifications datées, transmises à la base fournisseurs. La décision ne se modifie plus\u{a0}: y mettre fin demande une révocation.",
            "The company receives the decision by e-mail. Accepted claims become dated qualifications, passed on to the supplier database. The decision can no longer be changed: ending it takes a revocation.",
        ),
    }
}
