//! The letter to the seat of a company, to print: it carries the code that proves who reads the post there.

use leptos::prelude::*;
use uuid::Uuid;

use crate::doors::buyer_desk;
use crate::error::AppError;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{Notice, PageTitle, Tone};
use crate::views::LetterView;

#[component]
pub fn LetterPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), buyer_desk());
    let copy = query("copie")
        .and_then(|copy| Uuid::parse_str(&copy).ok())
        .ok_or(AppError::NotFound);
    page(
        async move { desk?.letter(id?, copy?).await },
        move |letter| draw(lang, &letter),
    )
}

/// The letter is in French, whatever the language of the agent: it goes to a seat in France.
fn draw(lang: Lang, letter: &LetterView) -> AnyView {
    let site = use_site();
    let title = lang.pick("Courrier à imprimer", "Letter to print");
    let until = long_date(Lang::Fr, letter.until);
    let lines = letter
        .address
        .lines()
        .map(|line| view! { <span>{line.to_owned()}</span> <br/> })
        .collect_view();
    view! {
        <PageTitle title=title/>
        <div class="page agent letter">
            <div class="screen-only">
                <p class="back">
                    <a href=path::ATTACHMENTS>
                        {lang.pick("Demandes de rattachement", "Requests for attachment")}
                    </a>
                </p>
                <Notice tone=Tone::Warning title=lang.pick("À imprimer maintenant", "Print it now")>
                    <p>
                        {lang
                            .pick(
                                "Le code n’est gardé nulle part en clair\u{a0}: cette page disparaît dans une heure. Envoyez la lettre au siège, jamais à une adresse donnée par la personne qui demande.",
                                "The code is kept nowhere in clear: this page goes away within an hour. Send the letter to the seat, never to an address given by the person who asks.",
                            )}
                    </p>
                </Notice>
            </div>
            <article class="sheet" lang="fr">
                <p class="letter-sender">{site.buyer_name.clone()} <br/> {site.service.clone()} <br/> {site.postal_address.clone()}</p>
                <p class="letter-address">{lines}</p>
                <h1>"Rattachement à votre espace sur " {site.name.clone()}</h1>
                <p>"Madame, Monsieur,"</p>
                <p>
                    "La personne dont l’adresse est " <strong>{letter.person.clone()}</strong>
                    " demande à agir pour " <strong>{letter.company_name.clone()}</strong> " (SIREN "
                    {letter.siren.formatted()} ") sur " {site.name.clone()} ", où les fournisseurs de "
                    {site.buyer_name.clone()} " déclarent leur statut et leurs engagements."
                </p>
                <p>"Si c’est bien le cas, remettez-lui ce code. Elle le saisira sur le portail avant le " {until} "\u{a0}:"</p>
                <p class="letter-code">{letter.code.clone()}</p>
                <p>
                    "Si vous ne connaissez pas cette personne, ne donnez ce code à personne et prévenez-nous\u{a0}: "
                    {site.email.clone()} ", " {site.phone.clone()} "."
                </p>
            </article>
        </div>
    }
    .into_any()
}
