//! People who ask to join a company that somebody else follows: what speaks for them, and the decision.

use domain::lifecycle::Status;
use domain::people::role_label;
use leptos::prelude::*;
use uuid::Uuid;

use super::frame::{Done, Lists, stopped};
use super::problem::Problem;
use crate::doors::buyer_desk;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::long_moment;
use crate::routes::path;
use crate::ui::{
    Button, ButtonKind, DescriptionList, EmptyState, Entry, MaybeWords, PageTitle, StatusChip,
    TextArea, Tone,
};
use crate::views::AttachmentRequest;

#[component]
pub fn Attachments() -> impl IntoView {
    let lang = use_lang();
    let done = query("fait");
    let problem = query("refus").and_then(|code| Problem::from_code(&code, Status::Draft, 0));
    let wrong = query("adresse").and_then(|id| Uuid::parse_str(&id).ok());
    let desk = buyer_desk();
    page(
        async move { desk?.attachment_requests().await },
        move |requests| draw(lang, done, problem, requests, wrong),
    )
}

fn draw(
    lang: Lang,
    done: Option<String>,
    problem: Option<Problem>,
    requests: Vec<AttachmentRequest>,
    wrong_address: Option<Uuid>,
) -> AnyView {
    let title = lang.pick("Demandes de rattachement", "Requests for attachment");
    let done = done.and_then(|code| done_words(lang, &code));
    let notice = problem.map(|problem| stopped(lang, &problem, None, false));
    let list = if requests.is_empty() {
        view! {
            <EmptyState
                title=lang.pick("Aucune demande en attente", "No request is waiting")
                text=lang.pick(
                    "Les personnes qui gèrent l’espace d’une entreprise décident d’abord\u{a0}: une demande arrive ici sept jours après, plus tôt si la personne le demande ou si plus personne ne gère l’espace.",
                    "The people who manage the workspace of a company decide first: a request comes here seven days later, sooner if the person asks or if nobody manages the workspace any more.",
                )
            />
        }
        .into_any()
    } else {
        requests
            .into_iter()
            .map(|request| {
                let wrong = wrong_address == Some(request.id);
                card(lang, request, wrong)
            })
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
                        "Rattacher une personne lui ouvre les déclarations de l’entreprise, dans le rôle indiqué. Vérifiez d’abord qui elle est.",
                        "Attaching a person opens the declarations of the company to them, in the role shown. Check who they are first.",
                    )}
            </p>
            {done.map(|words| view! { <Done text=words/> })}
            {notice}
            {list}
        </div>
    }
    .into_any()
}

fn card(lang: Lang, request: AttachmentRequest, wrong_address: bool) -> AnyView {
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
    let mut entries = entries;
    entries.push(Entry::new(
        lang.pick("Rôle demandé", "Role asked"),
        role_words(lang, &request),
    ));
    if let Some(organisation) = &request.organisation {
        entries.push(Entry::new(
            lang.pick("Se dit mandaté, pour", "Says they are mandated, for"),
            organisation.clone(),
        ));
    }
    if !request.message.is_empty() {
        entries.push(Entry::new(
            lang.pick("Message", "Message"),
            request.message.clone(),
        ));
    }
    let letter = letter_form(lang, &request, wrong_address);
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
            {letter}
        </article>
    }
    .into_any()
}

/// What the person gets if accepted.
fn role_words(lang: Lang, request: &AttachmentRequest) -> String {
    if request.managed || request.organisation.is_some() {
        return role_label(request.role).get(lang).to_owned();
    }
    let words = lang.pick(
        "Personne ne gère plus cet espace\u{a0}: la personne le gérera.",
        "Nobody manages this workspace any more: the person will.",
    );
    format!("{}\n{words}", role_label(request.role).get(lang))
}

/// The strongest proof: a code that only the post of the seat carries.
fn letter_form(lang: Lang, request: &AttachmentRequest, wrong: bool) -> AnyView {
    let id = request.id.to_string();
    let error = wrong.then(|| {
        lang.pick(
            "Écrivez l’adresse du siège, en 400 caractères au plus.",
            "Write the address of the seat, in 400 characters at most.",
        )
    });
    view! {
        <details class="letter-form" open=wrong>
            <summary>{lang.pick("Vérifier par un courrier au siège", "Check by a letter to the seat")}</summary>
            <form method="post" action="/fn/make-letter" novalidate>
                <input type="hidden" name="request" value=id.clone()/>
                <p>
                    {lang
                        .pick(
                            "Vous imprimez une lettre qui porte un code. La personne qui la reçoit au siège le lui remet, et elle est rattachée en le saisissant. Un nouveau courrier rend le précédent inutile.",
                            "You print a letter that bears a code. Whoever gets it at the seat gives it to the person, who is attached by typing it. A new letter makes the one before it useless.",
                        )}
                </p>
                <TextArea
                    lang=lang
                    id=format!("address-{id}")
                    name="address"
                    label=lang.pick("Adresse du siège", "Address of the seat")
                    hint=lang
                        .pick(
                            "Celle du répertoire Sirene, jamais celle que donne la personne.",
                            "The one of the Sirene register, never the one that the person gives.",
                        )
                    value=request.address.clone()
                    error=MaybeWords::from(error)
                    rows=4
                />
                <Button
                    label=lang.pick("Préparer le courrier", "Prepare the letter")
                    kind=ButtonKind::Secondary
                    about=request.company_name.clone()
                />
            </form>
        </details>
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
