//! A draft that the buyer prepared, for the person of its address: what it holds, who prepared it, to claim or to decline.

use domain::links::Parameter;
use leptos::prelude::*;
use uuid::Uuid;

use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::links::{parameter_words, proposed_words};
use crate::pages::shared::load::{id_of_address, page};
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, DescriptionList, Entry, Notice, PageTitle, Tone,
};
use crate::views::{ClaimPage, ClaimView, PreparedState};

/// The address of a prepared draft, as the mail gives it.
pub fn claim_draft_path(id: Uuid) -> String {
    format!("{}/{id}", path::PREPARED_DRAFT)
}

#[component]
pub fn PreparedDraftPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    page(
        async move { desk?.prepared(id?).await },
        move |found| match found {
            ClaimPage::Draft(view) => draw(lang, &view),
            ClaimPage::OtherAddress => other(lang).into_any(),
        },
    )
}

fn framed(title: String, body: AnyView) -> AnyView {
    let lang = use_lang();
    view! {
        <PageTitle title=title.clone()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <h1>{title}</h1>
            {body}
        </div>
    }
    .into_any()
}

fn draw(lang: Lang, view: &ClaimView) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Un brouillon pour {}", view.company_name),
        Lang::En => format!("A draft for {}", view.company_name),
    };
    let body = if view.state == PreparedState::Waiting {
        waiting(lang, view)
    } else {
        ended(lang, view)
    };
    framed(title, body)
}

fn waiting(lang: Lang, view: &ClaimView) -> AnyView {
    let buyer = use_site().buyer_name.clone();
    let by = format!("{}, {}\n{buyer}", view.by_name, view.by_quality);
    let mut about = vec![
        Entry::new(
            lang.pick("Entreprise", "Company"),
            format!("{}\nSIREN {}", view.company_name, view.siren.formatted()),
        ),
        Entry::new(lang.pick("Préparé par", "Prepared by"), by),
        Entry::new(
            lang.pick("Préparé le", "Prepared on"),
            long_moment(lang, view.at),
        ),
        Entry::new(
            lang.pick("Vous attend jusqu’au", "Waits for you until"),
            long_date(lang, view.until),
        ),
    ];
    if !view.message.is_empty() {
        about.push(Entry::new(
            lang.pick("Message", "Message"),
            view.message.clone(),
        ));
    }
    let answers: Vec<Entry> = view
        .proposals
        .iter()
        .filter(|given| given.parameter != Parameter::Siret)
        .map(|given| {
            Entry::new(
                parameter_words(lang, given.parameter),
                proposed_words(lang, given),
            )
        })
        .collect();
    let held = view.held.then(|| {
        view! {
            <Notice tone=Tone::Info title=lang.pick("Cette entreprise a déjà un espace", "This company has an account already")>
                <p>
                    {lang
                        .pick(
                            "Les personnes qui le gèrent décident d’abord si vous les rejoignez\u{A0}: elles reçoivent votre demande. Le brouillon vous attend jusqu’à leur réponse.",
                            "The people who manage it decide first whether you join them: they receive your request. The draft waits for you until they answer.",
                        )}
                </p>
            </Notice>
        }
    });
    let take = if view.held {
        lang.pick(
            "Demander à rejoindre l’entreprise",
            "Ask to join the company",
        )
    } else {
        lang.pick("Reprendre ce brouillon", "Take this draft")
    };
    view! {
        <DescriptionList entries=about/>
        <section aria-labelledby="proposed-title">
            <h2 id="proposed-title">{lang.pick("Les réponses proposées", "The proposed answers")}</h2>
            <p>
                {lang
                    .pick(
                        "Elles seront en place dans le brouillon, chacune avec la mention «\u{202F}Proposé par l’acheteur\u{202F}». Vous les vérifiez, les changez ou les effacez\u{A0}: rien n’est signé à votre place. Une réponse déjà donnée n’est jamais remplacée.",
                        "They will be in place in the draft, each with the mention “Proposed by the buyer”. You check, change or remove them: nothing is signed in your place. An answer given already is never replaced.",
                    )}
            </p>
            <DescriptionList entries=answers/>
        </section>
        {held}
        <form method="post" action="/fn/answer-prepared">
            <input type="hidden" name="id" value=view.id.to_string()/>
            <Actions>
                <Button
                    label=take
                    name="intent"
                    value="claim"
                />
                <Button
                    label=lang.pick("Ce n’est pas pour moi", "It is not for me")
                    kind=ButtonKind::Quiet
                    name="intent"
                    value="decline"
                />
            </Actions>
        </form>
        {colleague(lang)}
    }
    .into_any()
}

/// Whom to write to when somebody else deals with it.
fn colleague(lang: Lang) -> impl IntoView {
    let site = use_site();
    let mail = format!("mailto:{}", site.email);
    view! {
        <p class="hint">
            {lang
                .pick(
                    "Un collègue s’en occupe\u{202F}? Le brouillon ne s’ouvre qu’avec l’adresse à laquelle il a été envoyé. Donnez-nous la sienne\u{A0}: ",
                    "Does a colleague deal with it? The draft only opens with the address it was sent to. Give us theirs: ",
                )}
            <a href=mail>{site.email.clone()}</a>
        </p>
    }
}

fn ended(lang: Lang, view: &ClaimView) -> AnyView {
    let (title, words) = match view.state {
        PreparedState::Claimed => (
            lang.pick("Ce brouillon est repris", "This draft has been taken"),
            lang.pick(
                "Ses réponses sont dans la déclaration de l’entreprise.",
                "Its answers are in the declaration of the company.",
            ),
        ),
        PreparedState::Declined => (
            lang.pick("Vous avez refusé ce brouillon", "You declined this draft"),
            lang.pick(
                "Rien n’a été ouvert. L’agent qui l’a préparé le voit. Vous pouvez déclarer sans lui quand vous voulez.",
                "Nothing was opened. The agent who prepared it sees it. You may declare without it whenever you want.",
            ),
        ),
        PreparedState::Cancelled => (
            lang.pick("Ce brouillon a été retiré", "This draft was taken back"),
            lang.pick(
                "L’acheteur l’a retiré. Vous pouvez déclarer sans lui.",
                "The buyer took it back. You may declare without it.",
            ),
        ),
        PreparedState::Expired | PreparedState::Waiting => (
            lang.pick("Ce brouillon a expiré", "This draft has expired"),
            lang.pick(
                "Personne ne l’a repris à temps. Demandez qu’il vous soit renvoyé, ou déclarez sans lui.",
                "Nobody took it in time. Ask for it to be sent again, or declare without it.",
            ),
        ),
    };
    let (href, label) = match view.declaration {
        Some(id) => (
            declaration_path(id),
            lang.pick("Ouvrir la déclaration", "Open the declaration"),
        ),
        None => (
            path::SUPPLIER.to_owned(),
            lang.pick("Aller à mon espace", "Go to my account"),
        ),
    };
    view! {
        <Notice tone=Tone::Info title=title>
            <p>{words}</p>
        </Notice>
        <p>
            <ButtonLink href=href label=label/>
        </p>
        {colleague(lang)}
    }
    .into_any()
}

fn other(lang: Lang) -> AnyView {
    let title = lang.pick(
        "Ce brouillon attend une autre adresse",
        "This draft waits for another address",
    );
    let body = view! {
        <p class="lead">
            {lang
                .pick(
                    "Il ne s’ouvre qu’avec l’adresse à laquelle il a été envoyé. Déconnectez-vous, puis connectez-vous avec elle. Pour protéger l’entreprise, rien ne vous en est montré.",
                    "It only opens with the address it was sent to. Sign out, then sign in with that one. To protect the company, nothing of it is shown to you.",
                )}
        </p>
        {colleague(lang)}
    };
    framed(title.to_owned(), body.into_any())
}
