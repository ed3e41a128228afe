//! The routes of papers: PDF for the people of a company, signed facts and the key that checks them for everyone.

use app::desk::{SupplierDesk, VerificationDesk};
use app::error::AppError;
use app::i18n::Lang;
use app::pages::public::verification_path;
use app::papers::{self as described, Row};
use app::routes::path;
use app::views::{AttestationView, Checking, Verification, Verified};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::attestation::{Attested, ShortCode};
use domain::identifiers::Siren;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

use super::attestation::VerificationService;
use super::reception;
use crate::http::fault::Fault;
use crate::http::{RequestContext, SignedIn};
use crate::jws::Signer;
use crate::keys::KeyError;
use crate::papers::{Mark, Sheet, pdf};
use crate::state::AppState;

/// The acknowledgement of receipt of a declaration.
pub(super) async fn receipt(
    State(state): State<AppState>,
    context: RequestContext,
    signed: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Response, Fault> {
    let lang = context.lang;
    let desk = desk(&state, &context, &signed)?;
    let view = desk.receipt(id).await.map_err(Fault::App)?;
    let site = Arc::clone(&state.config.site);
    let name = format!("{}-{}", lang.pick("accuse", "receipt"), view.reference);
    let sheet = Sheet {
        paper: described::receipt(lang, &view, &site),
        site,
        on: state.clock.today(),
        mark: None,
    };
    Ok(file(&name, pdf(sheet).await?))
}

/// The attestation of a company, at `{siren}.pdf`.
pub(super) async fn attestation(
    State(state): State<AppState>,
    context: RequestContext,
    signed: SignedIn,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    let siren = name
        .strip_suffix(".pdf")
        .and_then(|number| Siren::parse(number).ok())
        .ok_or(Fault::NotFound)?;
    let lang = context.lang;
    let desk = desk(&state, &context, &signed)?;
    let view = desk.attestation(&siren).await.map_err(Fault::App)?;
    let mark = match &view.check {
        // An old address of a content that has changed: only the button of the page issues.
        Checking::NotIssued => return Ok(Redirect::to(path::SUPPLIER).into_response()),
        Checking::Off => None,
        Checking::By(code) => Some(mark(&state, lang, code)),
    };
    let name = format!("{}-{siren}", lang.pick("attestation", "certificate"));
    Ok(file(&name, pdf(sheet(&state, lang, &view, mark)).await?))
}

fn sheet(state: &AppState, lang: Lang, view: &AttestationView, mark: Option<Mark>) -> Sheet {
    let (site, on) = (Arc::clone(&state.config.site), state.clock.today());
    Sheet {
        paper: described::attestation(lang, view, &site, on),
        site,
        on,
        mark,
    }
}

fn mark(state: &AppState, lang: Lang, code: &ShortCode) -> Mark {
    let address = state.config.url(&verification_path(code));
    let alt = match lang {
        Lang::Fr => format!("Carré à lire avec un téléphone (code QR)\u{A0}: il mène à {address}"),
        Lang::En => format!("Square to be read by a phone (QR code): it leads to {address}"),
    };
    Mark {
        alt,
        rows: vec![
            Row::new(
                lang.pick("Code de vérification", "Verification code"),
                code.grouped(),
            ),
            Row::new(
                lang.pick("À saisir à l’adresse", "To be typed at"),
                state.config.url(path::VERIFY),
            ),
        ],
        words: lang
            .pick(
                "Chacun peut vérifier cette attestation, sans compte\u{A0}: en saisissant le code, ou en lisant le carré avec un téléphone.",
                "Anyone can check this certificate, without an account: by typing the code, or by reading the square with a phone.",
            )
            .to_owned(),
        address,
    }
}

/// The facts of the verification page, signed.
pub(super) async fn signed_facts(
    State(state): State<AppState>,
    context: RequestContext,
    Path(typed): Path<String>,
) -> Result<Response, Fault> {
    let code = ShortCode::parse(&typed).map_err(|_| Fault::NotFound)?;
    let service = VerificationService {
        state: state.clone(),
        request: Some(context),
    };
    let found = service.verify(&code).await.map_err(Fault::App)?;
    let now = state.clock.now();
    let facts = match found {
        Verification::Unknown => return Err(Fault::NotFound),
        Verification::Unpublished => head(&state, &code, "not_published", now),
        Verification::Found(verified) => facts(&state, &verified, now),
    };
    let jws = signer(&state)?.sign(&facts);
    let answer = Json(json!({ "attestation": facts, "jws": jws }));
    Ok((
        [(header::HeaderName::from_static("x-robots-tag"), "noindex")],
        answer,
    )
        .into_response())
}

/// The public key.
pub(super) async fn keys(State(state): State<AppState>) -> Result<Response, Fault> {
    Ok(Json(signer(&state)?.key_set()).into_response())
}

fn signer(state: &AppState) -> Result<Signer, Fault> {
    Signer::of(&state.keys).map_err(|error: KeyError| {
        tracing::error!(event = "no_signing_key", %error);
        Fault::Internal {
            code: "signing_key".to_owned(),
        }
    })
}

fn head(state: &AppState, code: &ShortCode, standing: &str, now: DateTime<Utc>) -> Value {
    let site = &state.config.site;
    json!({
        "iss": state.config.url("/").trim_end_matches('/'),
        "iat": now.timestamp(),
        "buyer": { "name": site.buyer_name, "siren": site.buyer_siren },
        "code": code.as_str(),
        "page": state.config.url(&verification_path(code)),
        "checked_at": now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "standing": standing,
    })
}

fn facts(state: &AppState, verified: &Verified, now: DateTime<Utc>) -> Value {
    let standing = serde_json::to_value(verified.standing).unwrap_or_default();
    let mut facts = head(
        state,
        &verified.code,
        standing.as_str().unwrap_or_default(),
        now,
    );
    let shown: Vec<Value> = verified
        .lines
        .iter()
        .map(|line| {
            let mut fact = fact(&line.attested);
            if let Value::Object(members) = &mut fact {
                members.insert("state".to_owned(), json!(line.state));
            }
            fact
        })
        .collect();
    let today: Vec<Value> = verified.now.iter().map(fact).collect();
    if let Value::Object(members) = &mut facts {
        for (name, value) in [
            (
                "company",
                json!({ "siren": verified.siren, "name": verified.name }),
            ),
            ("issued_on", json!(verified.issued_on)),
            ("shown", Value::Array(shown)),
            ("today", Value::Array(today)),
            ("newer", json!(verified.newer)),
        ] {
            members.insert(name.to_owned(), value);
        }
    }
    facts
}

fn fact(line: &Attested) -> Value {
    json!({
        "kind": line.key.kind.code(),
        "scope": line.key.scope,
        "category": line.category,
        "evidence": line.evidence,
        "authority": line.authority,
        "decision": line.reference,
        "decided_on": line.decided_on,
        "from": line.from,
        "to": line.to,
    })
}

fn desk(
    state: &AppState,
    context: &RequestContext,
    signed: &SignedIn,
) -> Result<Arc<dyn SupplierDesk>, Fault> {
    reception(state, Some(context))
        .supplier(&signed.visitor())
        .ok_or(Fault::App(AppError::Forbidden))
}

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.pdf\""),
        ),
    ];
    (headers, bytes).into_response()
}
