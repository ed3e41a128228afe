//! Whether a file is one document from its first byte to its last, and nothing else besides.
//!
//! A reader of PDF looks for its header further down, one of ZIP looks from the end: a file may be several things at once.
//! What is taken begins at byte 0 and ends where its format ends; padding, and the second pictures that phones add, may follow.

use domain::documents::{DocumentRefusal, FileKind};

/// Where the header of a PDF is looked for by lenient readers.
const LENIENT: usize = 1024;

/// The type of a file, judged by all of its content.
pub(super) fn kind_of(content: &[u8]) -> Result<FileKind, DocumentRefusal> {
    if content.is_empty() {
        return Err(DocumentRefusal::Empty);
    }
    let Some(kind) = FileKind::announced(content) else {
        let head = content.get(..LENIENT).unwrap_or(content);
        return Err(if memchr::memmem::find(head, b"%PDF-").is_some() {
            DocumentRefusal::Mixed
        } else {
            DocumentRefusal::WrongType
        });
    };
    if ends_as_zip(content) {
        return Err(DocumentRefusal::Mixed);
    }
    let rest = match kind {
        FileKind::Pdf => after_pdf(content),
        FileKind::Jpeg => after_jpegs(content),
        FileKind::Png => after_png(content),
    };
    let rest = rest.ok_or(DocumentRefusal::Unreadable)?;
    if rest
        .iter()
        .all(|byte| matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n' | b'\x1a'))
    {
        Ok(kind)
    } else {
        Err(DocumentRefusal::Mixed)
    }
}

/// The end of an archive, whose comment reaches the end of the file.
fn ends_as_zip(content: &[u8]) -> bool {
    const RECORD: usize = 22;
    const COMMENT: usize = 65_535;
    let tail = content.len().saturating_sub(RECORD + COMMENT);
    let tail = content.get(tail..).unwrap_or_default();
    memchr::memmem::find_iter(tail, b"PK\x05\x06").any(|at| {
        let length = tail
            .get(at + 20..at + RECORD)
            .and_then(|two| two.try_into().ok());
        length
            .map(u16::from_le_bytes)
            .is_some_and(|length| at + RECORD + usize::from(length) == tail.len())
    })
}

/// What comes after the last end of the PDF.
fn after_pdf(content: &[u8]) -> Option<&[u8]> {
    let end = memchr::memmem::rfind(content, b"%%EOF")?;
    content.get(end + 5..)
}

/// What comes after the picture, and after the ones that follow it: a gain map, a larger preview.
fn after_jpegs(content: &[u8]) -> Option<&[u8]> {
    let mut rest = content;
    loop {
        rest = after_jpeg(rest)?;
        if !rest.starts_with(b"\xff\xd8\xff") {
            return Some(rest);
        }
    }
}

fn after_jpeg(content: &[u8]) -> Option<&[u8]> {
    let mut rest = content.strip_prefix(b"\xff\xd8")?;
    loop {
        let (marker, after) = marker(rest)?;
        rest = after;
        match marker {
            0xd9 => return Some(rest),
            // No content of their own.
            0x01 | 0xd0..=0xd8 => {}
            _ => {
                let length: [u8; 2] = rest.get(..2)?.try_into().ok()?;
                let length = usize::from(u16::from_be_bytes(length));
                rest = rest.get(length.max(2)..)?;
                if marker == 0xda {
                    rest = after_scan(rest)?;
                }
            }
        }
    }
}

/// A marker: any number of `FF`, then its byte.
fn marker(content: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = content.strip_prefix(b"\xff")?;
    while let Some(more) = rest.strip_prefix(b"\xff") {
        rest = more;
    }
    let (first, after) = rest.split_first()?;
    Some((*first, after))
}

/// Skips the compressed picture up to the next marker.
fn after_scan(content: &[u8]) -> Option<&[u8]> {
    memchr::memchr_iter(0xff, content)
        .find(|at| !matches!(content.get(at + 1), Some(0x00 | 0xff | 0xd0..=0xd7) | None))
        .and_then(|at| content.get(at..))
}

fn after_png(content: &[u8]) -> Option<&[u8]> {
    let mut rest = content.get(8..)?;
    loop {
        let length: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let last = rest.get(4..8)? == b"IEND";
        // The length, the name, the content, the checksum.
        rest = rest.get(length.checked_add(12)?..)?;
        if last {
            return Some(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

    fn picture(format: image::ImageFormat) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(vec![]);
        image::RgbImage::from_pixel(64, 48, image::Rgb([200, 30, 90]))
            .write_to(&mut bytes, format)
            .unwrap();
        bytes.into_inner()
    }

    /// An archive without an entry, and its comment.
    fn zip(comment: &[u8]) -> Vec<u8> {
        let length = u16::try_from(comment.len()).unwrap().to_le_bytes();
        [&b"PK\x05\x06"[..], &[0; 16], &length, comment].concat()
    }

    #[test]
    fn what_is_one_document_is_taken() {
        let (jpeg, png) = (
            picture(image::ImageFormat::Jpeg),
            picture(image::ImageFormat::Png),
        );
        assert_eq!(kind_of(PDF), Ok(FileKind::Pdf));
        assert_eq!(kind_of(&jpeg), Ok(FileKind::Jpeg));
        assert_eq!(kind_of(&png), Ok(FileKind::Png));
        assert_eq!(
            kind_of(&[&jpeg[..], &jpeg, b"\0\0"].concat()),
            Ok(FileKind::Jpeg)
        );
    }

    #[test]
    fn a_polyglot_is_refused() {
        let (jpeg, png) = (
            picture(image::ImageFormat::Jpeg),
            picture(image::ImageFormat::Png),
        );
        for mixed in [
            [b"<script>alert(1)</script>\n", PDF].concat(),
            [b"\n", PDF].concat(),
            [PDF, b"<html><script>alert(1)</script>"].concat(),
            [PDF, &zip(b"")].concat(),
            [PDF, &zip(b"\n%%EOF\n")].concat(),
            [&jpeg[..], &zip(b"")].concat(),
            [&jpeg[..], b"#!/bin/sh\n"].concat(),
            [&jpeg[..], PDF].concat(),
            [&png[..], &zip(b"x")].concat(),
            [&png[..], b"<?php"].concat(),
        ] {
            assert_eq!(
                kind_of(&mixed),
                Err(DocumentRefusal::Mixed),
                "{}",
                String::from_utf8_lossy(&mixed)
            );
        }
    }

    #[test]
    fn what_is_cut_or_of_another_type_is_refused() {
        let (jpeg, png) = (
            picture(image::ImageFormat::Jpeg),
            picture(image::ImageFormat::Png),
        );
        assert_eq!(kind_of(b""), Err(DocumentRefusal::Empty));
        for other in [&zip(b"")[..], b"<html></html>", b"MZ\x90", b"GIF89a", b"\0"] {
            assert_eq!(kind_of(other), Err(DocumentRefusal::WrongType));
        }
        for cut in [
            PDF.get(..30).unwrap(),
            jpeg.get(..jpeg.len() - 2).unwrap(),
            jpeg.get(..3).unwrap(),
            png.get(..png.len() - 4).unwrap(),
            png.get(..9).unwrap(),
        ] {
            assert_eq!(kind_of(cut), Err(DocumentRefusal::Unreadable));
        }
    }
}
