//! Asking to join a company that somebody else follows: the request, the wait, the help of the buyer, the code of a letter.

use domain::lifecycle::MemberRole;
use domain::people::{PeopleProblem, role_label, role_means};
use leptos::prelude::*;
use uuid::Uuid;

use super::company_of_address;
use super::fields::{self, Fields};
use super::invite::role_choices;
use crate::doors::people::{CODE, JOIN, MANDATE, people_path};
use crate::doors::people_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_day;
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, Choice, ErrorSummary, Notice, PageTitle, RadioGroup,
    TextInput, Tone,
};
use crate::views::{JoiningView, Standing, Typed, Waiting};

#[component]
pub fn JoiningPage() -> impl IntoView {
    let lang = use_lang();
    let (siren, desk) = (company_of_address(), people_desk());
    let copy = |name: &str| query(name).and_then(|copy| Uuid::parse_str(&copy).ok());
    let (asked, coded) = (copy("saisie"), copy("code"));
    let escalated = query("fait").is_some_and(|act| act == "acheteur");
    let load = async move {
        let (desk, siren) = (desk?, siren?);
        let view = desk.joining(&siren).await?;
        let typed = match (asked, coded) {
            (Some(copy), _) => desk.kept_form(JOIN, copy).await?,
            (None, Some(copy)) => desk.kept_form(CODE, copy).await?,
            (None, None) => None,
        };
        Ok((view, typed))
    };
    page(load, move |(view, typed)| {
        draw(lang, &view, typed.as_ref(), escalated)
    })
}

/// The field that a problem is about.
const fn field(problem: PeopleProblem) -> &'static str {
    match problem {
        PeopleProblem::WrongCode | PeopleProblem::DeadCode | PeopleProblem::Gone => "code",
        PeopleProblem::Organisation => "organisation",
        PeopleProblem::Message => "message",
        _ => "role",
    }
}

fn draw(lang: Lang, view: &JoiningView, typed: Option<&Typed>, escalated: bool) -> AnyView {
    let issues = fields::issues(lang, typed, field);
    let asked = Fields {
        lang,
        typed,
        issues: &issues,
    };
    if !issues.is_empty() {
        use_reply().status(422);
    }
    let title = match lang {
        Lang::Fr => format!("Rejoindre {}", view.company_name),
        Lang::En => format!("Join {}", view.company_name),
    };
    let content = match &view.standing {
        Standing::Member(role) => member(lang, view, *role),
        Standing::Free { prepared: false } => free(lang, view),
        Standing::Free { prepared: true } => {
            let why = lang.pick(
                "Un autre mandataire prépare déjà pour cette entreprise, dont personne n’est encore venu. Un agent vérifie d’abord que l’entreprise vous a mandaté.",
                "Another third party prepares for this company already, of which nobody has come yet. An agent first checks that the company mandated you.",
            );
            view! {
                {prepared_elsewhere(lang, view)}
                {form(view, why, &[], asked)}
            }
            .into_any()
        }
        Standing::Held { managed } => {
            // What is asked least comes first.
            let mut roles = MemberRole::ALL;
            roles.reverse();
            form(view, why_ask(lang, *managed), &roles, asked)
        }
        Standing::Waiting(waiting) => waits(view, waiting, asked),
    };
    view! {
        <PageTitle title=title.clone() error=!issues.is_empty()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            <p class="hint">"SIREN " {view.siren.formatted()}</p>
            {escalated
                .then(|| {
                    view! {
                        <Notice tone=Tone::Success live=true>
                            <p>
                                {lang
                                    .pick(
                                        "Votre demande est transmise à l’acheteur. Un agent vous répondra par courriel.",
                                        "Your request has gone to the buyer. An agent will answer by e-mail.",
                                    )}
                            </p>
                        </Notice>
                    }
                })}
            {content}
        </div>
    }
    .into_any()
}

fn member(lang: Lang, view: &JoiningView, role: MemberRole) -> AnyView {
    let people = people_path(&view.siren);
    view! {
        <Notice tone=Tone::Success title=lang.pick("Vous êtes rattaché à cette entreprise", "You are attached to this company")>
            <p>{role_label(role).get(lang)} {lang.pick("\u{a0}: ", ": ")} {role_means(role).get(lang)} "."</p>
        </Notice>
        <Actions>
            <ButtonLink href=path::SUPPLIER label=lang.pick("Ouvrir mon espace", "Open my account")/>
            <ButtonLink
                href=people
                label=lang.pick("Voir les personnes", "See the people")
                kind=ButtonKind::Secondary
            />
        </Actions>
    }
    .into_any()
}

fn free(lang: Lang, view: &JoiningView) -> AnyView {
    view! {
        <p>
            {lang
                .pick(
                    "Personne ne suit encore cette entreprise\u{a0}: il n’y a rien à demander.",
                    "Nobody follows this company yet: there is nothing to ask.",
                )}
        </p>
        <form method="post" action="/fn/open-company">
            <input type="hidden" name="number" value=view.siren.as_str().to_owned()/>
            <Button label=lang.pick("Ouvrir l’entreprise", "Open the company")/>
        </form>
    }
    .into_any()
}

/// Whoever is of the company opens it; a third party asks, below.
fn prepared_elsewhere(lang: Lang, view: &JoiningView) -> impl IntoView {
    view! {
        <section aria-labelledby="of-it-title">
            <h2 id="of-it-title">{lang.pick("Vous êtes de l’entreprise", "You are of the company")}</h2>
            <p>
                {lang
                    .pick(
                        "Ouvrez son espace\u{a0}: vous le gérerez, et vous déciderez qui prépare pour elle.",
                        "Open its workspace: you will manage it, and decide who prepares for it.",
                    )}
            </p>
            <form method="post" action="/fn/open-company">
                <input type="hidden" name="number" value=view.siren.as_str().to_owned()/>
                <Button
                    label=lang.pick("Je suis de l’entreprise\u{a0}: l’ouvrir", "I am of the company: open it")
                    kind=ButtonKind::Secondary
                />
            </form>
        </section>
        <h2>{lang.pick("Vous êtes mandataire", "You are a mandated third party")}</h2>
    }
}

fn why_ask(lang: Lang, managed: bool) -> &'static str {
    if managed {
        lang.pick(
            "Une autre personne suit déjà cette entreprise. Pour la protéger, rien ne vous est montré avant qu’elle ait accepté. Si elle ne répond pas en sept jours, l’acheteur examine la demande.",
            "Another person already follows this company. To protect it, nothing is shown to you until they accept. If they do not answer within seven days, the buyer looks at the request.",
        )
    } else {
        lang.pick(
            "Cette entreprise a déjà déclaré, et plus personne ne gère son espace. Pour la protéger, un agent vérifie d’abord que vous agissez pour elle, au besoin par un courrier au siège.",
            "This company has declared before, and nobody manages its workspace any more. To protect it, an agent first checks that you act for it, by a letter to the seat if need be.",
        )
    }
}

fn form(
    view: &JoiningView,
    why: &'static str,
    roles: &[MemberRole],
    fields: Fields<'_>,
) -> AnyView {
    let lang = fields.lang;
    let mut choices = role_choices(lang, roles);
    choices.push(
        Choice::new(
            MANDATE,
            lang.pick("Je suis mandataire", "I am a mandated third party"),
        )
        .hint(lang.pick(
            "cabinet ou réseau qui prépare pour l’entreprise, sans signer",
            "a firm or a network that prepares for the company, without signing",
        )),
    );
    view! {
        <p class="lead">{why}</p>
        <form method="post" action="/fn/ask-to-join" novalidate>
            <input type="hidden" name="siren" value=view.siren.as_str().to_owned()/>
            <RadioGroup
                lang=lang
                name="role"
                legend=lang.pick("Ce que vous voulez pouvoir faire", "What you want to be able to do")
                choices=choices
                value=fields.said("role")
                error=fields.issues.of("role")
            />
            {fields
                .my_organisation(
                    lang.pick("Si vous êtes mandataire seulement.", "If you are a third party only."),
                    true,
                )}
            {fields
                .message(
                    lang.pick("Dites qui vous êtes", "Say who you are"),
                    lang
                        .pick(
                            "Votre fonction, votre service\u{a0}: ce que vos collègues reconnaîtront.",
                            "Your function, your department: what your colleagues will recognise.",
                        ),
                )}
            <Actions>
                <Button label=lang.pick("Demander à rejoindre", "Ask to join")/>
            </Actions>
        </form>
    }
    .into_any()
}

fn waits(view: &JoiningView, waiting: &Waiting, fields: Fields<'_>) -> AnyView {
    let lang = fields.lang;
    let since = long_day(lang, waiting.since);
    let who = if waiting.buyer_asked {
        match lang {
            Lang::Fr => format!(
                "Votre demande du {since} est examinée par l’acheteur. Vous recevrez un courriel."
            ),
            Lang::En => {
                format!("Your request of {since} is with the buyer. You will get an e-mail.")
            }
        }
    } else {
        let from = long_day(lang, waiting.buyer_from);
        match lang {
            Lang::Fr => format!(
                "Votre demande du {since} est chez les personnes qui gèrent l’espace de l’entreprise. Sans réponse de leur part, l’acheteur l’examinera à partir du {from}."
            ),
            Lang::En => format!(
                "Your request of {since} is with the people who manage the workspace of the company. Without an answer from them, the buyer will look at it from {from} on."
            ),
        }
    };
    let siren = view.siren.as_str().to_owned();
    let hurry = (!waiting.buyer_asked).then(|| {
        view! {
            <form method="post" action="/fn/ask-the-buyer">
                <input type="hidden" name="siren" value=siren.clone()/>
                <p>
                    {lang
                        .pick(
                            "Personne ne vous connaît là-bas, ou plus personne n’y travaille\u{202f}?",
                            "Nobody knows you there, or nobody works there any more?",
                        )}
                </p>
                <Button
                    label=lang.pick("Demander à l’acheteur maintenant", "Ask the buyer now")
                    kind=ButtonKind::Secondary
                />
            </form>
        }
    });
    let letter = waiting.letter.map(|until| {
        let hint = match lang {
            Lang::Fr => format!("Dix caractères, imprimés sur le courrier envoyé au siège. À saisir avant le {}.", long_date(lang, until)),
            Lang::En => format!("Ten characters, printed on the letter sent to the seat. To be typed before {}.", long_date(lang, until)),
        };
        view! {
            <section aria-labelledby="letter-title">
                <h2 id="letter-title">{lang.pick("Le code du courrier", "The code of the letter")}</h2>
                <form method="post" action="/fn/type-letter-code" novalidate>
                    <input type="hidden" name="siren" value=siren.clone()/>
                    <TextInput
                        lang=lang
                        name="code"
                        label=lang.pick("Code", "Code")
                        hint=hint
                        value=fields.said("code")
                        error=fields.issues.of("code")
                        autocomplete="one-time-code"
                        width="medium"
                        maxlength=40
                    />
                    <Actions>
                        <Button label=lang.pick("Valider le code", "Check the code")/>
                    </Actions>
                </form>
            </section>
        }
    });
    let twice = (fields.said("role") == MANDATE).then(|| {
        view! {
            <p>
                {lang
                    .pick(
                        "Une seule demande par entreprise attend à la fois\u{a0}: celle d’un mandataire que vous venez de faire n’est pas enregistrée en plus.",
                        "One request for a company waits at a time: that of a third party, which you just made, is not recorded besides.",
                    )}
            </p>
        }
    });
    view! {
        <Notice tone=Tone::Info title=lang.pick("Demande en attente", "Request waiting")>
            <p>{who}</p>
            {twice}
        </Notice>
        {letter}
        {hurry}
    }
    .into_any()
}
