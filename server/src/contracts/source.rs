//! Opens a file of contracts: its checksum, its encoding, its format.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use sha2::{Digest, Sha256};

use super::conformity::Schema;
use super::element::{Broken, Elements};
use super::json::JsonElements;
use super::table::TableElements;
use super::xml::XmlElements;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Xml,
    Csv,
}

impl Format {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Csv => "csv",
        }
    }
}

/// A file that may be read.
#[derive(Debug)]
pub struct Source {
    file: File,
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    pub format: Format,
    pub size_bytes: u64,
    /// The official schema of its format; none but JSON has one.
    pub schema: Option<Schema>,
    read_bytes: Arc<AtomicU64>,
    encoding: &'static Encoding,
    delimiter: u8,
}

/// A file that cannot be opened, or that holds no contracts.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("the file is empty")]
    Empty,
}

impl Source {
    /// Reads the file once for its checksum and its encoding; UTF-8, UTF-16 with a mark, or Windows-1252.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let mut file = File::open(path)?;
        let mut digest = Sha256::new();
        let mut utf8 = Utf8Check::default();
        let mut buffer = vec![0; 1 << 16];
        let mut size_bytes = 0;
        loop {
            let read = file.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            digest.update(bytes);
            utf8.feed(bytes);
            size_bytes += bytes.len() as u64;
        }
        file.rewind()?;
        let encoding = if utf8.is_valid() { UTF_8 } else { WINDOWS_1252 };
        let mut source = Self {
            file,
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            sha256: hex::encode(digest.finalize()),
            format: Format::Json,
            size_bytes,
            schema: None,
            read_bytes: Arc::default(),
            encoding,
            delimiter: b',',
        };
        let head = source.head()?;
        source.format = match head.trim_start().chars().next() {
            None => return Err(Unreadable::Empty),
            Some('{' | '[') => Format::Json,
            Some('<') => Format::Xml,
            Some(_) => Format::Csv,
        };
        source.schema = (source.format == Format::Json).then(|| Schema::of(&head));
        let header = head.lines().next().unwrap_or_default();
        let count = |delimiter: char| header.matches(delimiter).count();
        if count(';') > count(',') {
            source.delimiter = b';';
        }
        Ok(source)
    }

    fn head(&mut self) -> Result<String, Unreadable> {
        let mut head = Vec::new();
        self.decoded()?.take(1 << 14).read_to_end(&mut head)?;
        self.file.rewind()?;
        Ok(String::from_utf8_lossy(&head).into_owned())
    }

    /// The text in UTF-8, without byte order mark.
    pub(crate) fn decoded(&self) -> Result<impl BufRead + Send + use<>, std::io::Error> {
        self.read_bytes.store(0, Ordering::Relaxed);
        // A clone goes on where the other one is.
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        let file = Counted {
            file,
            read_bytes: Arc::clone(&self.read_bytes),
        };
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(Some(self.encoding))
            .bom_override(true)
            .strip_bom(true)
            .build(file);
        Ok(BufReader::with_capacity(1 << 16, decoded))
    }

    /// What separates the cells of a table.
    pub(super) const fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// How far the elements have been read, in bytes of the file.
    pub fn read_bytes(&self) -> u64 {
        self.read_bytes.load(Ordering::Relaxed)
    }

    /// What the file holds, one after the other.
    pub fn elements(&self) -> Result<Elements, Broken> {
        let read = self.decoded()?;
        Ok(match self.format {
            Format::Json => Box::new(JsonElements::new(read)),
            Format::Xml => Box::new(XmlElements::new(read)),
            Format::Csv => Box::new(TableElements::new(read, self.delimiter)?),
        })
    }
}

/// Counts what is read.
struct Counted {
    file: File,
    read_bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read_bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A small file as text, whatever its encoding.
pub(super) fn text(bytes: &[u8]) -> String {
    let mut utf8 = Utf8Check::default();
    utf8.feed(bytes);
    let encoding = if utf8.is_valid() { UTF_8 } else { WINDOWS_1252 };
    encoding.decode(bytes).0.into_owned()
}

/// Whether bytes read piece by piece are UTF-8: a few broken characters do not make another encoding of the rest.
#[derive(Default)]
struct Utf8Check {
    /// A character cut at the end of the last piece.
    rest: Vec<u8>,
    accented: u64,
    broken: u64,
}

impl Utf8Check {
    fn feed(&mut self, bytes: &[u8]) {
        let joined;
        let bytes = if self.rest.is_empty() {
            bytes
        } else {
            joined = [self.rest.as_slice(), bytes].concat();
            &joined
        };
        self.rest.clear();
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.accented += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
            let cut = std::str::from_utf8(chunk.invalid())
                .is_err_and(|error| error.error_len().is_none());
            if cut && chunks.peek().is_none() {
                self.rest = chunk.invalid().to_vec();
            } else if !chunk.invalid().is_empty() {
                self.broken += 1;
            }
        }
    }

    const fn is_valid(&self) -> bool {
        self.broken * 10 <= self.accented
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_broken_character_makes_no_other_encoding() {
        let check = |bytes: &[u8]| {
            let mut check = Utf8Check::default();
            // Pieces of one byte: every character is cut.
            bytes.chunks(1).for_each(|piece| check.feed(piece));
            check.is_valid()
        };
        assert!(check("Critère déjà accentué, sûrement".as_bytes()));
        assert!(check(&[&b"\xff"[..], "é".repeat(20).as_bytes()].concat()));
        assert!(!check(b"Crit\xe8re d\xe9j\xe0"));
        assert!(check(b"plain"));
    }
}
