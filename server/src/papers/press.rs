//! The typesetter: Typst with one template, one file of data, and the fonts compiled in.

use serde_json::Value;
use typst::comemo;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, pdf};

use super::{PaperError, fonts};

const TEMPLATE: &str = include_str!("paper.typ");
/// The name under which the template asks for its data.
const DATA: &str = "data.json";
/// How many papers ago a part of one was last used when it is forgotten.
const REMEMBERED: usize = 8;

/// What all papers share.
pub(super) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    template: Source,
}

/// The press while it sets one paper.
struct Setting<'a> {
    press: &'a Press,
    data: Bytes,
}

impl Press {
    pub(super) fn new() -> Self {
        // Marks the first column of a list of facts as the header of its rows.
        let features = [Feature::A11yExtras].into_iter().collect();
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(fonts::all())),
            template: Source::detached(TEMPLATE),
        }
    }

    /// Sets a paper and checks it against PDF/UA-1.
    pub(super) fn set(&self, data: &Value) -> Result<Vec<u8>, PaperError> {
        let setting = Setting {
            press: self,
            data: Bytes::from_string(data.to_string()),
        };
        let done = setting.done();
        // What was remembered for the papers of a while ago.
        comemo::evict(REMEMBERED);
        done
    }
}

impl Setting<'_> {
    fn done(&self) -> Result<Vec<u8>, PaperError> {
        let document: PagedDocument = typst::compile(self)
            .output
            .map_err(|errors| said(&errors))?;
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| PaperError::Set(format!("{error:?}")))?;
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(None),
            timestamp: None,
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        };
        pdf(&document, &options).map_err(|errors| said(&errors))
    }
}

fn said(errors: &[SourceDiagnostic]) -> PaperError {
    let messages: Vec<_> = errors
        .iter()
        .map(|error| format!("{} {:?}", error.message, error.hints))
        .collect();
    PaperError::Set(messages.join("; "))
}

impl World for Setting<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() {
            Ok(self.press.template.clone())
        } else {
            Err(absent(id))
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let wanted =
            VirtualPath::new(DATA).map(|path| RootedPath::new(VirtualRoot::Project, path).intern());
        if wanted.is_ok_and(|wanted| wanted == id) {
            Ok(self.data.clone())
        } else {
            Err(absent(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::all().get(index).cloned()
    }

    /// The day is in the data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
