//! People who ask to join a company that somebody else follows: what speaks for them, and the decision.

use domain::lifecycle::Status;
use leptos::prelude::*;

use super::frame::{Done, Lists, stopped};
use super::problem::Problem;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::ui::{
    Button, ButtonKind, DescriptionList, EmptyState, Entry, PageTitle, StatusChip, Tone,
};
use crate::views::AttachmentRequest;

#[component]
pub fn Attachments() -> impl IntoView {
    let lang = use_lang();
    let done = query("fait");
    let problem = query("refus").and_then(|code| Problem::from_code(&code, Status::Draft, 0));
    let desk = buyer_desk();
    page(
        async move { desk?.attachment_requests().await },
        move |requests| draw(lang, done, problem, requests),
    )
}

fn draw(
    lang: Lang,
    done: Option<String>,
    problem: Option<Problem>,
    requests: Vec<AttachmentRequest>,
) -> AnyView {
    let title = lang.pick("Demandes de rattachement", "Requests for attachment");
    let done = done.and_then(|code| done_words(lang, &code));
    let notice = problem.map(|problem| stopped(lang, &problem, None, false));
    let list = if requests.is_empty() {
        view! {
            <EmptyState
                title=lang.pick("Aucune demande en attente", "No request is waiting")
                text=lang.pick(
                    "Une demande apparaît ici quand une personne ouvre une entreprise déjà suivie par une autre.",
                    "A request appears here when a person opens a company that another one already follows.",
                )
            />
        }
        .into_any()
    } else {
        requests
            .into_iter()
            .map(|request| card(lang, request))
            .collect_view()
            .into_any()
    };
    view! {
        <PageTitle title=title/>
        <div class="page agent">
            <h1>{title}</h1>
            <Lists lang=lang current=path::ATTACHMENTS/>
            <p class="lead">
                {lang
                    .pick(
                        "Rattacher une personne lui ouvre les déclarations de l’entreprise et lui permet de signer pour elle. Vérifiez d’abord qui elle est.",
                        "Attaching a person opens the declarations of the company to them and lets them sign for it. Check who they are first.",
                    )}
            </p>
            {done.map(|words| view! { <Done text=words/> })}
            {notice}
            {list}
        </div>
    }
    .into_any()
}

fn card(lang: Lang, request: AttachmentRequest) -> AnyView {
    let id = request.id.to_string();
    let title_id = format!("request-{id}");
    let heading_id = title_id.clone();
    let (label, why, tone) = if request.same_domain {
        (
            lang.pick("Même domaine de messagerie", "Same mail domain"),
            lang.pick(
                "L’adresse est du même domaine que celle d’un compte en place. C’est un indice, pas une preuve.",
                "The address is of the same domain as an account in place. It is a hint, not a proof.",
            ),
            Tone::Info,
        )
    } else {
        (
            lang.pick("Aucun indice", "No hint"),
            lang.pick(
                "Les domaines diffèrent, ou c’est une messagerie ouverte à tous. Appelez l’entreprise à un numéro trouvé par vous-même.",
                "The domains differ, or the provider is open to anybody. Call the company on a number that you found yourself.",
            ),
            Tone::Warning,
        )
    };
    let holders = if request.holder_emails.is_empty() {
        lang.pick("Aucun compte", "No account").to_owned()
    } else {
        request.holder_emails.join("\n")
    };
    let entries = vec![
        Entry::new(
            lang.pick("Personne qui demande", "Person who asks"),
            request.email.clone(),
        ),
        Entry::new(lang.pick("Comptes en place", "Accounts in place"), holders),
        Entry::new(
            lang.pick("Demandé le", "Asked on"),
            long_moment(lang, request.asked_at),
        ),
        Entry::view(
            lang.pick("Rattachement", "Attachment"),
            view! {
                <StatusChip label=label tone=tone/>
                <p class="hint">{why}</p>
            }
            .into_any(),
        ),
    ];
    let about = format!("{}, {}", request.email, request.company_name);
    view! {
        <article class="card" aria-labelledby=title_id>
            <h2 id=heading_id>{request.company_name} <span class="row-note">"SIREN " {request.siren.formatted()}</span></h2>
            <DescriptionList entries=entries/>
            <div class="actions">
                <form method="post" action="/fn/attach-person">
                    <input type="hidden" name="request" value=id.clone()/>
                    <Button
                        label=lang.pick("Rattacher", "Attach")
                        kind=ButtonKind::Secondary
                        about=about.clone()
                    />
                </form>
                <form method="post" action="/fn/decline-attachment">
                    <input type="hidden" name="request" value=id/>
                    <Button
                        label=lang.pick("Refuser la demande", "Decline the request")
                        kind=ButtonKind::Quiet
                        about=about
                    />
                </form>
            </div>
        </article>
    }
    .into_any()
}

fn done_words(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "rattachement" => lang.pick(
            "Personne rattachée\u{a0}: elle voit désormais les déclarations de l’entreprise.",
            "Person attached: they now see the declarations of the company.",
        ),
        "refus" => lang.pick(
            "Demande refusée\u{a0}: rien n’a été ouvert.",
            "Request declined: nothing was opened.",
        ),
        _ => return None,
    })
}
