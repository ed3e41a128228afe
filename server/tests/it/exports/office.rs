//! `LibreOffice` opens both files of a list and shows the values of the page, hostile texts included.

use std::path::Path;
use std::process::Command;

use app::i18n::{Lang, text};
use app::views::FileFormat;
use domain::contracts::Mode;
use domain::decimal::Hundredths;
use domain::indicators::Measure;
use server::contracts::export::{Wanted, table};
use server::export::{Cell, Column, Table};
use store::testing::TestDatabase;

use super::{file, lines};
use crate::contracts::{Bench, CASES, asked, today};

/// Texts in UTF-8, a comma between cells, no more quotes than needed, numbers in full.
const SHOWN: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";
/// Where the amount is.
const AMOUNT: usize = 4;
/// How a person of the language opens the CSV: separated by semicolons, numbers in French.
const FRENCH_CSV: &str = "CSV:59,34,76,1,,1036,false,true";

/// Has `LibreOffice` open a file and save what it shows.
fn opened(folder: &Path, name: &str, filter: Option<&str>) -> Vec<Vec<String>> {
    let out = folder.join("shown");
    let mut command = Command::new("soffice");
    command
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--norestore"]);
    if let Some(filter) = filter {
        command.arg(format!("--infilter={filter}"));
    }
    command
        .args(["--convert-to", SHOWN, "--outdir"])
        .arg(&out)
        .arg(folder.join(name));
    let done = command
        .output()
        .expect("LibreOffice: .ci/tools.sh test installs it");
    let shown = out.join(Path::new(name).with_extension("csv"));
    assert!(shown.exists(), "{done:?}");
    let bytes = std::fs::read(shown).unwrap();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes.as_slice())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

const HOSTILE: [&str; 7] = [
    "=1+1",
    "@SUM(1;2)",
    "+33491000000",
    "-cmd|' /C calc'!A0",
    "\t=1",
    "=HYPERLINK(\"http://example.org\";\"x\")",
    "Société « Été », \"; x",
];

fn names() -> Table {
    let rows = HOSTILE
        .iter()
        .map(|name| {
            vec![
                Cell::text(*name),
                Cell::Amount(Hundredths::from_hundredths(-150)),
            ]
        })
        .collect();
    let columns = vec![
        Column::new(text("Nom", "Name"), 30),
        Column::new(text("Montant", "Amount"), 12),
    ];
    Table::of(text("Noms", "Names"), Lang::Fr, columns, rows)
}

/// A number, as many zeros as it may end with.
fn cents(shown: &str) -> String {
    format!("{:.2}", shown.parse::<f64>().expect(shown))
}

#[tokio::test(flavor = "multi_thread")]
async fn libreoffice_shows_the_values_of_the_list() {
    let db = TestDatabase::create(store::Engine::Sqlite).await;
    let bench = Bench::on(&db).await;
    bench.declare().await;
    bench.add("cases.json", CASES).await;
    let folder = tempfile::tempdir().unwrap();
    let wanted = Wanted {
        asked: asked(2025, Mode::Initial),
        today: today(),
        measure: Measure::All,
        supplier: None,
    };
    let mut csv = Vec::new();
    for format in FileFormat::ALL {
        let list = table(&bench.buyer, wanted.clone(), Lang::En, 7);
        let bytes = file(list, format).await;
        std::fs::write(
            folder.path().join(format!("list.{}", format.code())),
            &bytes,
        )
        .unwrap();
        if format == FileFormat::Csv {
            csv = lines(&bytes, Lang::En);
        }
        let bytes = file(names(), format).await;
        std::fs::write(
            folder.path().join(format!("names.{}", format.code())),
            bytes,
        )
        .unwrap();
    }
    let shown = opened(folder.path(), "list.xlsx", None);
    assert_eq!(shown.len(), csv.len());
    assert!(csv.len() > 15);
    for (shown, written) in shown.iter().zip(&csv) {
        assert_eq!(shown.len(), written.len());
        for (at, (shown, written)) in shown.iter().zip(written).enumerate() {
            if at == AMOUNT && shown != written {
                assert_eq!(cents(shown), *written);
            } else {
                assert_eq!(shown, written, "column {at}");
            }
        }
    }
    let amounts = csv.iter().skip(1).filter(|row| !row[AMOUNT].is_empty());
    assert!(amounts.count() > 10);
    // The workbook keeps each text as it is; the text file puts an apostrophe before what looks like a formula.
    let shown = opened(folder.path(), "names.xlsx", None);
    for (row, name) in shown.iter().skip(1).zip(HOSTILE) {
        assert_eq!(row[0], name);
        assert_eq!(cents(&row[1]), "-1.50");
    }
    assert_eq!(shown.len(), HOSTILE.len() + 1);
    let shown = opened(folder.path(), "names.csv", Some(FRENCH_CSV));
    for (row, name) in shown.iter().skip(1).zip(HOSTILE) {
        let expected = match name {
            plain if plain.starts_with('S') => plain.to_owned(),
            hostile => format!("'{hostile}"),
        };
        assert_eq!(row[0], expected);
        assert_eq!(cents(&row[1]), "-1.50");
    }
    assert_eq!(shown.len(), HOSTILE.len() + 1);
}
