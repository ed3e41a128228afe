//! An invitation, as the person of its address answers it.

use domain::people::{role_label, role_means};
use leptos::prelude::*;

use crate::doors::people::YES;
use crate::doors::people_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::{id_of_address, page};
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, DescriptionList, Entry, Notice, PageTitle, Tone,
};
use crate::views::{InvitationState, InvitationView};
use crate::visitor::Visitor;

#[component]
pub fn InvitationPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), people_desk());
    let me = use_context::<Visitor>()
        .and_then(|visitor| visitor.identity().map(|identity| identity.email.clone()))
        .unwrap_or_default();
    page(async move { desk?.invitation(id?).await }, move |view| {
        draw(lang, &view, &me)
    })
}

fn draw(lang: Lang, view: &InvitationView, me: &str) -> AnyView {
    let title = match (lang, view.state) {
        (_, InvitationState::OtherAddress) => lang.pick("Invitation", "Invitation").to_owned(),
        (Lang::Fr, _) if view.by_firm => {
            format!("Une déclaration se prépare pour {}", view.company_name)
        }
        (Lang::En, _) if view.by_firm => {
            format!("A declaration is being prepared for {}", view.company_name)
        }
        (Lang::Fr, _) => format!("Invitation à rejoindre {}", view.company_name),
        (Lang::En, _) => format!("Invitation to join {}", view.company_name),
    };
    let content = if view.state == InvitationState::Open {
        open(lang, view)
    } else {
        over(lang, view, me)
    };
    view! {
        <PageTitle title=title.clone()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <h1>{title}</h1>
            {content}
        </div>
    }
    .into_any()
}

fn open(lang: Lang, view: &InvitationView) -> AnyView {
    let by = if view.by_name.is_empty() {
        view.by_email.clone()
    } else {
        format!("{} ({})", view.by_name, view.by_email)
    };
    let company = Entry::new(
        lang.pick("Entreprise", "Company"),
        format!("{}\nSIREN {}", view.company_name, view.siren.formatted()),
    );
    let mut entries = vec![company];
    if view.by_firm {
        let firm = view.organisation.clone().unwrap_or_default();
        entries.push(Entry::new(
            lang.pick("Préparée par", "Prepared by"),
            format!("{firm}\n{by}"),
        ));
    } else {
        let role = format!(
            "{}\n{}",
            role_label(view.role).get(lang),
            role_means(view.role).get(lang)
        );
        entries.push(Entry::new(lang.pick("Invité par", "Invited by"), by));
        entries.push(Entry::new(lang.pick("Votre rôle", "Your role"), role));
        if let Some(organisation) = &view.organisation {
            entries.push(Entry::new(lang.pick("Pour", "For"), organisation.clone()));
        }
    }
    if !view.message.is_empty() {
        entries.push(Entry::new(
            lang.pick("Message", "Message"),
            view.message.clone(),
        ));
    }
    entries.push(Entry::new(
        lang.pick("Vaut jusqu’au", "Holds until"),
        long_date(lang, view.until),
    ));
    let id = view.id.to_string();
    let (what, accept) = if view.by_firm {
        (
            lang.pick(
                "Si vous agissez pour cette entreprise, ouvrez son espace\u{a0}: vous le gérerez. Le brouillon préparé y est. Vous y confirmerez ou refuserez ce mandat, puis relirez, signerez et transmettrez. Rien ne part sans vous.",
                "If you act for this company, open its workspace: you will manage it. The prepared draft is there. You confirm or refuse this mandate, then check, sign and send. Nothing leaves without you.",
            ),
            lang.pick("Ouvrir l’espace de l’entreprise", "Open the workspace of the company"),
        )
    } else {
        (
            lang.pick(
                "En acceptant, vous pourrez voir les déclarations de cette entreprise, et les autres personnes verront votre nom et votre adresse.",
                "If you accept, you can see the declarations of this company, and its other people see your name and address.",
            ),
            lang.pick("Accepter", "Accept"),
        )
    };
    view! {
        <DescriptionList entries=entries/>
        <p>{what}</p>
        <form method="post" action="/fn/answer-invitation">
            <input type="hidden" name="id" value=id/>
            <Actions>
                <Button label=accept name="answer" value=YES/>
                <Button
                    label=lang.pick("Décliner", "Decline")
                    name="answer"
                    value="no"
                    kind=ButtonKind::Quiet
                />
            </Actions>
        </form>
        <p class="hint">
            {lang
                .pick(
                    "Elle ne vous concerne pas\u{202f}? Déclinez\u{a0}: la personne qui vous invite n’aura rien de plus que votre adresse, qu’elle a déjà.",
                    "Not for you? Decline: whoever invites you gets nothing beyond your address, which they have already.",
                )}
        </p>
    }
    .into_any()
}

fn over(lang: Lang, view: &InvitationView, me: &str) -> AnyView {
    let (tone, words) = match view.state {
        InvitationState::Accepted => (
            Tone::Success,
            lang.pick(
                "Vous avez déjà accepté cette invitation\u{a0}: l’entreprise est dans votre espace, tant que vous y êtes rattaché.",
                "You have accepted this invitation already: the company is in your account, as long as you are attached to it.",
            )
            .to_owned(),
        ),
        InvitationState::Declined => (
            Tone::Info,
            lang.pick(
                "Vous avez décliné cette invitation. Si vous changez d’avis, demandez-en une nouvelle à la personne qui vous invitait.",
                "You have declined this invitation. If you change your mind, ask the person who invited you for another.",
            )
            .to_owned(),
        ),
        InvitationState::Revoked => (
            Tone::Warning,
            lang.pick(
                "Cette invitation a été annulée par l’entreprise. Demandez-en une nouvelle, ou ouvrez l’entreprise par son SIRET pour demander à la rejoindre.",
                "The company has cancelled this invitation. Ask for another, or open the company by its SIRET to ask to join it.",
            )
            .to_owned(),
        ),
        InvitationState::Expired => (
            Tone::Warning,
            lang.pick(
                "Cette invitation a expiré. Demandez à la personne qui vous invitait de l’envoyer de nouveau.",
                "This invitation has expired. Ask the person who invited you to send it again.",
            )
            .to_owned(),
        ),
        InvitationState::OtherAddress | InvitationState::Open => (
            Tone::Warning,
            match lang {
                Lang::Fr => format!("Cette invitation est écrite à une autre adresse que celle de votre compte ({me}). Déconnectez-vous, puis connectez-vous avec l’adresse qui a reçu le courriel."),
                Lang::En => format!("This invitation is written to another address than that of your account ({me}). Sign out, then sign in with the address that got the e-mail."),
            },
        ),
    };
    view! {
        <Notice tone=tone>
            <p>{words}</p>
        </Notice>
        <Actions>
            <ButtonLink
                href=path::SUPPLIER
                label=lang.pick("Ouvrir mon espace", "Open my account")
                kind=ButtonKind::Secondary
            />
        </Actions>
    }
    .into_any()
}
