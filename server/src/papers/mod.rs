//! Papers as accessible PDF (PDF/UA-1), from the same description as the screen.
//!
//! Invariants: what people typed reaches the template as data, never as markup; nothing here reads the clock, so the same
//! paper on the same day is the same bytes; the template opens no file, and no font of the system is used.

mod fonts;
mod press;
mod square;

use std::sync::LazyLock;

use app::i18n::long_date;
use app::papers::{Paper, Row};
use app::site::Site;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::http::fault::Fault;

/// How many papers are set at once: each holds a processor and some tens of megabytes.
const AT_ONCE: usize = 2;
static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
static PRESS: LazyLock<press::Press> = LazyLock::new(press::Press::new);

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// What the typesetter said, which may quote the paper: for tests, never for the journal.
    #[error("the paper cannot be set")]
    Set(String),
    #[error("the typesetting was interrupted")]
    Interrupted,
}

impl From<PaperError> for Fault {
    fn from(error: PaperError) -> Self {
        tracing::error!(event = "paper_not_set", %error);
        Self::Internal {
            code: "paper".to_owned(),
        }
    }
}

/// The square that a phone reads, with what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The address in the square.
    pub address: String,
    /// What the square is, for who does not see it.
    pub alt: String,
    pub rows: Vec<Row>,
    pub words: String,
}

/// A paper with what only the printed one bears.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub paper: Paper,
    pub site: std::sync::Arc<Site>,
    /// The day on which it is printed.
    pub on: NaiveDate,
    pub mark: Option<Mark>,
}

#[derive(Serialize)]
struct Letterhead<'a> {
    buyer: &'a str,
    service: &'a str,
    portal: &'a str,
    printed: String,
    page: &'a str,
}

impl Sheet {
    /// What the template reads.
    fn data(&self) -> Value {
        let (site, lang) = (&self.site, self.paper.lang);
        let on = long_date(lang, self.on);
        let letterhead = Letterhead {
            buyer: &site.buyer_name,
            service: &site.service,
            portal: &site.name,
            printed: format!("{} {on}", lang.pick("Édité le", "Produced on")),
            page: "Page",
        };
        let mut data = json!({
            "paper": self.paper,
            "letterhead": letterhead,
            "year": self.on.year(),
            "month": self.on.month(),
            "day": self.on.day(),
            "mark": self.mark.as_ref().map(|mark| json!({ "alt": mark.alt, "rows": mark.rows, "words": mark.words })),
        });
        fonts::clean(&mut data);
        let square = self
            .mark
            .as_ref()
            .and_then(|mark| square::svg(&mark.address));
        if let (Some(square), Some(Value::Object(mark))) = (square, data.get_mut("mark")) {
            mark.insert("square".to_owned(), Value::String(square));
        }
        data
    }
}

/// The PDF of a sheet. It waits for its turn, then works away from the threads that serve pages.
pub async fn pdf(sheet: Sheet) -> Result<Vec<u8>, PaperError> {
    let _place = PLACES
        .acquire()
        .await
        .map_err(|_| PaperError::Interrupted)?;
    tokio::task::spawn_blocking(move || PRESS.set(&sheet.data()))
        .await
        .map_err(|_| PaperError::Interrupted)?
}
