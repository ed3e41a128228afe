//! Evidence documents: what a claim may be proved with, which files are taken, and why others are not.
//!
//! A document belongs to a company. A claim names it by the checksum of its content, so that the hash of the claim covers it.

mod refusal;

pub use refusal::DocumentRefusal;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::{Lang, Text, text};

/// The types that are taken, known by their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Pdf,
    Jpeg,
    Png,
}

impl FileKind {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// In the database, and the ending of a file name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The type that the first bytes announce; the whole content is judged elsewhere.
    pub fn announced(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if head.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// A document as a claim refers to it: part of what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// As the supplier named it.
    pub name: String,
    pub kind: FileKind,
    /// In bytes.
    pub size: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
}

/// What the virus scanner says of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scan {
    /// A scanner is configured and has not answered yet.
    Waiting,
    Clean,
    Infected,
    /// No scanner is configured.
    NotScanned,
}

impl Scan {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Clean, Self::Infected, Self::NotScanned];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::NotScanned => "not_scanned",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scan| scan.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Waiting => text("analyse antivirus en attente", "waiting for the virus scan"),
            Self::Clean => text("analysé, sain", "scanned, clean"),
            Self::Infected => text("virus détecté", "virus found"),
            Self::NotScanned => text("non analysé", "not scanned"),
        }
    }

    /// The reviewer may open it.
    pub const fn may_be_opened(self) -> bool {
        matches!(self, Self::Clean | Self::NotScanned)
    }
}

/// A document that the portal keeps for a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDocument {
    pub id: Uuid,
    pub document: Document,
    pub scan: Scan,
    /// A picture of the first page is kept.
    pub preview: bool,
}

/// How large a file may be, and how many a claim may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentLimits {
    pub bytes: u64,
    pub per_claim: usize,
}

impl Default for DocumentLimits {
    fn default() -> Self {
        Self {
            bytes: 10 * MEGABYTE,
            per_claim: 5,
        }
    }
}

pub const MEGABYTE: u64 = 1_000_000;

impl DocumentLimits {
    pub const fn megabytes(&self) -> u64 {
        self.bytes / MEGABYTE
    }

    /// Said before anything is sent.
    pub fn sentence(&self, lang: Lang) -> String {
        let (size, most) = (self.megabytes(), self.per_claim);
        match lang {
            Lang::Fr => format!(
                "PDF, JPEG ou PNG, {size}\u{a0}Mo au plus par fichier, {most} fichiers au plus pour cette réponse."
            ),
            Lang::En => format!(
                "PDF, JPEG or PNG, {size} MB at most for each file, {most} files at most for this answer."
            ),
        }
    }
}

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 150;

/// A name for people: the last part of a path, on one line, without what could disguise it (control characters, changes of
/// the direction of writing).
pub fn clean_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = last.chars().filter(|c| {
        !c.is_control() && !matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    });
    shown
        .take(LONGEST_NAME)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_what_the_content_says() {
        assert_eq!(FileKind::announced(b"%PDF-1.7\n"), Some(FileKind::Pdf));
        assert_eq!(
            FileKind::announced(b"\xff\xd8\xff\xe0"),
            Some(FileKind::Jpeg)
        );
        assert_eq!(
            FileKind::announced(b"\x89PNG\r\n\x1a\n\0"),
            Some(FileKind::Png)
        );
        for other in [
            &b""[..],
            b"PK\x03\x04",
            b"\n%PDF-1.7",
            b"<html>",
            b"MZ",
            b"GIF89a",
        ] {
            assert_eq!(FileKind::announced(other), None, "{other:?}");
        }
        for kind in FileKind::ALL {
            assert_eq!(FileKind::from_code(kind.code()), Some(kind));
        }
    }

    #[test]
    fn a_name_is_kept_on_one_line_and_shows_what_it_is() {
        assert_eq!(
            clean_name("C:\\dossier\\agrément 2026.pdf"),
            "agrément 2026.pdf"
        );
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("a\r\nb\0.pdf"), "ab.pdf");
        assert_eq!(clean_name("fichier\u{202e}fdp.exe"), "fichierfdp.exe");
        assert_eq!(clean_name(&"é".repeat(400)).chars().count(), 150);
    }

    #[test]
    fn what_the_scanner_has_not_cleared_stays_closed() {
        let open: Vec<_> = Scan::ALL
            .into_iter()
            .filter(|scan| scan.may_be_opened())
            .collect();
        assert_eq!(open, [Scan::Clean, Scan::NotScanned]);
        for scan in Scan::ALL {
            assert_eq!(Scan::from_code(scan.code()), Some(scan));
        }
    }

    #[test]
    fn the_checksum_and_the_dates_are_part_of_what_is_signed() {
        let document = Document {
            sha256: "a".repeat(64),
            name: "a.pdf".into(),
            kind: FileKind::Pdf,
            size: 3,
            valid_from: None,
            valid_to: None,
        };
        let json = serde_json::to_value(&document).ok();
        assert_eq!(
            json,
            Some(
                serde_json::json!({"sha256": "a".repeat(64), "name": "a.pdf", "kind": "pdf", "size": 3})
            )
        );
    }
}
