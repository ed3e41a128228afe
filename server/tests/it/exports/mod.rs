//! Lists as files: what an agent takes away is what the pages show, in both formats, and what a spreadsheet opens.

mod lists;
mod office;
mod payments;
mod served;
mod streamed;

use app::i18n::Lang;
use app::views::FileFormat;
use domain::decimal::Hundredths;
use futures::TryStreamExt;
use server::export::{Table, parts};

/// The lines of a CSV file of this language, headings first.
pub(crate) fn lines(file: &[u8], lang: Lang) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(file).unwrap();
    let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
    csv::ReaderBuilder::new()
        .delimiter(lang.pick(b';', b','))
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

async fn file(table: Table, format: FileFormat) -> Vec<u8> {
    let parts: Vec<_> = parts(table, format).try_collect().await.unwrap();
    parts.concat()
}

/// A number as a French file writes it.
fn fr(number: Hundredths) -> String {
    format!(
        "{},{:02}",
        number.hundredths() / 100,
        number.hundredths() % 100
    )
}

fn rate(rate: Option<Hundredths>) -> String {
    rate.map(fr).unwrap_or_default()
}
