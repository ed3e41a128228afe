//! A local server that speaks the schema of the API Recherche d'entreprises, with its limits, its errors and worse.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::HashMap;

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// As the real one: the entry, or an empty list; and 429 beyond seven requests a second.
    Well,
    Status(u16, &'static str),
    /// 429, with its `Retry-After` in seconds if any.
    TooMany(Option<u64>),
    Slow(Duration),
    /// Half an answer, then the end.
    Cut,
    Huge,
    Redirect,
}

/// One request: when, with which parameters, with which headers.
pub(crate) type Asked = (Instant, HashMap<String, String>, HeaderMap);

#[derive(Default)]
struct Shared {
    script: Mutex<VecDeque<Reply>>,
    /// When the script is over.
    then: Mutex<Option<Reply>>,
    asked: Mutex<Vec<Asked>>,
    refused: Mutex<usize>,
}

#[derive(Clone)]
pub(crate) struct FakeApi {
    pub(crate) base: String,
    shared: Arc<Shared>,
}

impl FakeApi {
    pub(crate) async fn start() -> Self {
        let shared = Arc::new(Shared::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/search", get(search))
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, shared }
    }

    /// The next replies, one a request; then it works well.
    pub(crate) fn plays(&self, replies: impl IntoIterator<Item = Reply>) {
        self.shared.script.lock().unwrap().extend(replies);
    }

    /// From now on.
    pub(crate) fn always(&self, reply: Reply) {
        *self.shared.then.lock().unwrap() = Some(reply);
    }

    pub(crate) fn count(&self) -> usize {
        self.shared.asked.lock().unwrap().len()
    }

    /// How many requests it turned away because they came too fast.
    pub(crate) fn refused(&self) -> usize {
        *self.shared.refused.lock().unwrap()
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }
}

async fn search(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let now = Instant::now();
    let recent = {
        let mut asked = shared.asked.lock().unwrap();
        asked.push((now, query.clone(), headers));
        asked
            .iter()
            .filter(|(at, ..)| now.duration_since(*at) < Duration::from_secs(1))
            .count()
    };
    if recent > 7 {
        *shared.refused.lock().unwrap() += 1;
        return (
            StatusCode::TOO_MANY_REQUESTS,
            [(header::RETRY_AFTER, "1")],
            "",
        )
            .into_response();
    }
    let scripted = shared.script.lock().unwrap().pop_front();
    let reply = scripted
        .or_else(|| shared.then.lock().unwrap().clone())
        .unwrap_or(Reply::Well);
    match reply {
        Reply::Well => answer(&query),
        Reply::Status(status, body) => {
            (StatusCode::from_u16(status).unwrap(), body).into_response()
        }
        Reply::TooMany(wait) => {
            let mut response = (StatusCode::TOO_MANY_REQUESTS, "").into_response();
            if let Some(wait) = wait {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, wait.into());
            }
            response
        }
        Reply::Slow(wait) => {
            tokio::time::sleep(wait).await;
            answer(&query)
        }
        Reply::Cut => {
            let half = futures::stream::iter([
                Ok("{\"results\": [{\"siren\": \"7328"),
                Err(std::io::Error::other("cut")),
            ]);
            axum::body::Body::from_stream(half).into_response()
        }
        Reply::Huge => {
            format!("{{\"results\":[],\"x\":\"{}\"}}", "y".repeat(2 << 20)).into_response()
        }
        Reply::Redirect => (
            StatusCode::FOUND,
            [(header::LOCATION, "http://169.254.169.254/")],
            "",
        )
            .into_response(),
    }
}

/// An entry with everything that the schema has, nulls, fields of tomorrow and types that nobody announced.
const ENTRY: &str = r#"{
  "siren": "732829320", "nom_complet": "  LES ÉCLAIREURS\n D'AIX (LEA) ", "nom_raison_sociale": null, "sigle": "LEA",
  "nombre_etablissements": 2, "un_champ_de_demain": {"a": [1]},
  "siege": {"siret": "73282932000074", "adresse": "1 RUE X 13100 AIX-EN-PROVENCE", "code_postal": "13100",
            "commune": "13001", "etat_administratif": "A", "latitude": null},
  "activite_principale": "81.30Z", "activite_principale_naf25": "81.30Y", "nature_juridique": "9220",
  "categorie_entreprise": "PME", "annee_categorie_entreprise": "2024",
  "tranche_effectif_salarie": "12", "annee_tranche_effectif_salarie": 2024,
  "etat_administratif": "A", "date_creation": "2009-04-14", "date_fermeture": null, "statut_diffusion": "O",
  "tva": ["FR44732829320"], "finances": {"2023": {"ca": 1, "resultat_net": null}}, "est_service_public": null,
  "complements": {"est_ess": true, "est_siae": true, "type_siae": "['ACI', 'EI', 'FUTUR', 'SME']", "liste_idcc": [1]},
  "matching_etablissements": [
    {"siret": "73282932000074", "adresse": "1 RUE X", "est_siege": true, "etat_administratif": "A"},
    {"siret": "73282932000157", "adresse": "2 RUE Y", "est_siege": false, "etat_administratif": "F"}]
}"#;

const MASKED: &str = r#"{"siren": "443061841", "nom_complet": "[NON-DIFFUSIBLE]", "statut_diffusion": "P",
  "siege": {"siret": "[NON-DIFFUSIBLE]", "adresse": "[NON-DIFFUSIBLE] 13600 LA CIOTAT"}, "etat_administratif": "C",
  "date_fermeture": "2024-12-31", "date_creation": 12, "complements": null, "nature_juridique": {"a": 1}, "tva": "FR"}"#;

fn answer(query: &HashMap<String, String>) -> Response {
    let q = query.get("q").map_or("", String::as_str);
    let results = match q {
        // The last one is a number under which the register gives somebody else's entry.
        "732829320" | "73282932000157" | "éclaireurs" | "303265045" => ENTRY.to_owned(),
        "443061841" => MASKED.to_owned(),
        "usurpateur" => {
            format!("{ENTRY}, {{\"siren\": \"732829321\"}}, {{\"siren\": 12}}, null, {MASKED}")
        }
        _ => String::new(),
    };
    let body = format!(
        "{{\"results\": [{results}], \"total_results\": 1, \"page\": 1, \"per_page\": 10, \"total_pages\": 1}}"
    );
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
