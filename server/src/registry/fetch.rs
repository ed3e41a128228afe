//! One question to the API: paced, bounded in time and size, tried again when it says "too many".

use std::time::Duration;

use app::views::HITS_A_PAGE;
use reqwest::{Client, Response, StatusCode, header, redirect};
use tokio::time::Instant;

use super::Within;
use super::pace::Pace;
use super::read::{Answer, is_error_answer};

const TRIES: u32 = 3;
const LARGEST: usize = 1 << 20;
/// When the API says "too many" without saying for how long.
const DEFAULT_SILENCE: Duration = Duration::from_secs(1);
/// Nothing that a server says stops us for longer.
const LONGEST_SILENCE: Duration = Duration::from_mins(5);

/// What came back.
pub(super) enum Fetched {
    /// The text of an answer that has the shape of the schema.
    Answer(String),
    /// The API does not know the number.
    Nobody,
    /// No answer; the word says why, for the journal.
    Silence(&'static str),
}

/// Asks over HTTP.
#[derive(Debug)]
pub(super) struct Fetcher {
    http: Client,
    base: String,
    pace: Pace,
    timeout: Duration,
    patience: Duration,
}

impl Fetcher {
    pub(super) fn new(
        base: &str,
        user_agent: &str,
        timeout: Duration,
        patience: Duration,
        interval: Duration,
    ) -> reqwest::Result<Self> {
        let http = Client::builder()
            .user_agent(user_agent)
            .connect_timeout(timeout.min(Duration::from_secs(3)))
            // The address is configured; nobody else may choose where we go.
            .redirect(redirect::Policy::none())
            .https_only(base.starts_with("https:"))
            .build()?;
        Ok(Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            pace: Pace::new(interval),
            timeout,
            patience,
        })
    }

    /// Asks `q`, which is a number with a right checksum or a name.
    pub(super) async fn ask(&self, q: &str, within: &Within) -> Fetched {
        let deadline = Instant::now() + self.patience;
        for _ in 0..TRIES {
            if !self.pace.start(deadline).await {
                return Fetched::Silence("registry_queue");
            }
            let (fetched, silence) = match self.once(q, within, deadline).await {
                Ok(response) => self.receive(response).await,
                Err(error) if error.is_timeout() => (Fetched::Silence("registry_timeout"), None),
                Err(_) => (Fetched::Silence("registry_connection"), None),
            };
            let Some(silence) = silence else {
                self.pace.note(!matches!(fetched, Fetched::Silence(_)));
                return fetched;
            };
            self.pace.hold(silence);
        }
        Fetched::Silence("registry_429")
    }

    async fn once(&self, q: &str, within: &Within, deadline: Instant) -> reqwest::Result<Response> {
        let left = deadline.saturating_duration_since(Instant::now());
        let (size, page) = (HITS_A_PAGE.to_string(), within.page.to_string());
        let request = self.http.get(format!("{}/search", self.base)).query(&[
            ("q", q),
            ("minimal", "true"),
            ("include", "siege,complements,matching_etablissements"),
            ("per_page", size.as_str()),
            ("page", page.as_str()),
        ]);
        let request = match &within.postal_code {
            Some(code) => request.query(&[("code_postal", code)]),
            None => request,
        };
        let timeout = self.timeout.min(left).max(Duration::from_millis(1));
        request.timeout(timeout).send().await
    }

    /// The answer, or how long the API asks us to be silent before the next try.
    async fn receive(&self, response: Response) -> (Fetched, Option<Duration>) {
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS {
            return (
                Fetched::Silence("registry_429"),
                Some(retry_after(&response)),
            );
        }
        let Some(body) = body(response).await else {
            return (Fetched::Silence("registry_body"), None);
        };
        let fetched = match status {
            StatusCode::OK if Answer::read(&body).is_some() => Fetched::Answer(body),
            StatusCode::OK => Fetched::Silence("registry_garbage"),
            StatusCode::NOT_FOUND if is_error_answer(&body) || Answer::read(&body).is_some() => {
                Fetched::Nobody
            }
            StatusCode::NOT_FOUND => Fetched::Silence("registry_address"),
            StatusCode::BAD_REQUEST => Fetched::Silence("registry_refused"),
            _ => Fetched::Silence("registry_status"),
        };
        (fetched, None)
    }
}

/// `Retry-After` in seconds; its date form is rare enough to be treated as absent.
fn retry_after(response: &Response) -> Duration {
    response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .map_or(DEFAULT_SILENCE, Duration::from_secs)
        .min(LONGEST_SILENCE)
}

/// The text of an answer; `None` when it breaks off, is not text, or goes on and on.
async fn body(mut response: Response) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if bytes.len() + chunk.len() > LARGEST {
            return None;
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).ok()
}
