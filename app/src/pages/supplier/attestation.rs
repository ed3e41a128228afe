//! The attestation in the workspace of a company: the button that gives the PDF, and the switch of its public page.

use domain::attestation::is_attested;
use domain::claims::ValidityState;
use domain::identifiers::Siren;
use leptos::prelude::*;

use crate::doors::attestation::PUBLISH;
use crate::i18n::Lang;
use crate::routes::path;
use crate::ui::{Button, ButtonKind, ConfirmPanel};
use crate::views::{QualificationLine, WorkspaceCompany};

/// The name of what the address asks to confirm, with the number of the company.
pub const PUBLICATION: &str = "publication";

/// True for a qualification that an attestation of today shows.
pub fn is_shown(line: &QualificationLine) -> bool {
    is_attested(line.key.kind) && !line.is_over() && line.state != ValidityState::Pending
}

/// The button that issues the attestation and gives its PDF.
pub fn take(lang: Lang, siren: &Siren, name: &str) -> impl IntoView + use<> {
    let about = match lang {
        Lang::Fr => format!("de {name}"),
        Lang::En => format!("of {name}"),
    };
    view! {
        <form method="post" action="/fn/issue-attestation">
            <input type="hidden" name="siren" value=siren.as_str().to_owned()/>
            <Button
                label=lang.pick("Télécharger l’attestation (PDF)", "Download the certificate (PDF)")
                kind=ButtonKind::Secondary
                about=about
            />
        </form>
    }
}

/// For a company of the workspace; nothing while nothing is validated. `asked` is the company whose switch is to be confirmed.
pub fn section(lang: Lang, company: &WorkspaceCompany, asked: Option<&str>) -> Option<AnyView> {
    if !company.qualifications.iter().any(is_shown) {
        return None;
    }
    let words = if company.published {
        lang.pick(
            "Elle dit ce qui est validé aujourd’hui. Elle porte un code par lequel chacun peut vérifier, sans se connecter, qu’elle est toujours exacte.",
            "It says what is validated today. It bears a code by which anyone can check, without signing in, that it is still right.",
        )
    } else {
        lang.pick(
            "Elle dit ce qui est validé aujourd’hui. Vous avez choisi de ne pas publier sa page de vérification\u{A0}: elle ne porte pas de code.",
            "It says what is validated today. You chose not to publish its verification page: it bears no code.",
        )
    };
    let switch = if asked == Some(company.siren.as_str()) {
        confirm(lang, company)
    } else {
        let href = format!(
            "{}?{PUBLICATION}={}#publication",
            path::SUPPLIER,
            company.siren
        );
        let label = if company.published {
            lang.pick(
                "Ne plus publier la page de vérification",
                "Stop publishing the verification page",
            )
        } else {
            lang.pick(
                "Publier la page de vérification",
                "Publish the verification page",
            )
        };
        let about = company.name.clone();
        view! {
            <p>
                <a href=href>
                    {label} <span class="visually-hidden">" (" {about} ")"</span>
                </a>
            </p>
        }
        .into_any()
    };
    Some(
        view! {
            <h3>{lang.pick("Attestation", "Certificate")}</h3>
            <p>{words}</p>
            {take(lang, &company.siren, &company.name)}
            {switch}
        }
        .into_any(),
    )
}

fn confirm(lang: Lang, company: &WorkspaceCompany) -> AnyView {
    let (title, consequence, button, value) = if company.published {
        (
            lang.pick("Ne plus publier\u{202F}?", "Stop publishing?"),
            lang.pick(
                "Qui a le code d’une de vos attestations lira que l’entreprise a choisi de ne pas publier. Les attestations suivantes n’auront plus de code. Vous pourrez publier à nouveau.",
                "Whoever has the code of one of your certificates will read that the company chose not to publish. The next certificates will have no code. You can publish again.",
            ),
            lang.pick("Ne plus publier", "Stop publishing"),
            "no",
        )
    } else {
        (
            lang.pick("Publier\u{202F}?", "Publish?"),
            lang.pick(
                "Qui a le code d’une de vos attestations pourra vérifier ce qui est validé\u{A0}: le nom de l’entreprise, son SIREN, ses statuts et leurs dates. Jamais un contact ni un montant.",
                "Whoever has the code of one of your certificates can check what is validated: the name of the company, its SIREN, its statuses and their dates. Never a contact nor an amount.",
            ),
            lang.pick("Publier", "Publish"),
            PUBLISH,
        )
    };
    let kind = if company.published {
        ButtonKind::Danger
    } else {
        ButtonKind::Primary
    };
    let siren = company.siren.as_str().to_owned();
    view! {
        <div id="publication">
            <ConfirmPanel
                lang=lang
                title=title
                consequence=consequence
                action="/fn/publish-attestations"
                confirm=button
                cancel_href=path::SUPPLIER
                kind=kind
            >
                <input type="hidden" name="siren" value=siren/>
                <input type="hidden" name="published" value=value/>
            </ConfirmPanel>
        </div>
    }
    .into_any()
}
