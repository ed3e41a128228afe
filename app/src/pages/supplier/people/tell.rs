//! A third party that prepares alone tells the company, which opens its workspace, confirms, signs and sends.

use leptos::prelude::*;

use super::fields::Fields;
use super::invite;
use crate::ui::{Actions, Button};
use crate::views::PeopleView;

pub(super) fn section(view: &PeopleView, fields: Fields<'_>) -> AnyView {
    let lang = fields.lang;
    let waiting = view
        .invitations
        .iter()
        .map(|one| invite::waiting(lang, view, one))
        .collect_view();
    let any = !view.invitations.is_empty();
    view! {
        <section aria-labelledby="tell-title">
            <h2 id="tell-title">{lang.pick("Prévenir l’entreprise", "Tell the company")}</h2>
            <p>
                {lang
                    .pick(
                        "Personne de l’entreprise n’est encore venu. Écrivez à la personne qui signera\u{a0}: un courriel lui dit que vous préparez, et la mène à l’espace de l’entreprise, où elle confirme votre mandat, relit, signe et transmet.",
                        "Nobody of the company has come yet. Write to the person who will sign: an e-mail tells them that you prepare, and leads them to the workspace of the company, where they confirm your mandate, check, sign and send.",
                    )}
            </p>
            {any.then(|| view! { <ul class="person-list">{waiting}</ul> })}
            <form method="post" action="/fn/invite-person" novalidate>
                <input type="hidden" name="siren" value=view.siren.as_str().to_owned()/>
                {fields
                    .email(
                        lang.pick("Adresse électronique de cette personne", "E-mail address of this person"),
                        lang
                            .pick(
                                "À l’entreprise, pas chez vous. Seule la personne qui relève cette boîte pourra répondre.",
                                "At the company, not yours. Only the person who reads this mailbox can answer.",
                            ),
                    )}
                {fields.word_to_them()}
                <Actions>
                    <Button label=lang.pick("Prévenir l’entreprise", "Tell the company")/>
                </Actions>
            </form>
        </section>
    }
    .into_any()
}
