//! Reads a document to its first page, in another process that is killed when it takes too much time or memory: what a
//! stranger sends is never decoded in the process that serves.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use domain::documents::{DocumentRefusal, FileKind};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::{RenderCache, RenderSettings, render};
use image::{DynamicImage, ImageFormat, ImageReader};
use tokio::io::AsyncReadExt;
use tokio::process::Command;

use super::Documents;

/// How long reading may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a file waits for its turn.
const QUEUE: Duration = Duration::from_secs(20);
/// Of memory, in kilobytes, and of processor time, in seconds.
const BOUNDS: &str = "ulimit -v 2500000; ulimit -t 20; exec \"$0\" read-document";
/// The longest side of the picture of the first page.
const SIDE: u16 = 480;
/// Pictures with more pixels are refused before they are decoded.
const MOST_SIDE: u32 = 20_000;
const MOST_BYTES: u64 = 600_000_000;
/// The longest answer of the other process.
const MOST_ANSWER: u64 = 4_000_000;

/// What reading found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) kind: FileKind,
    /// A picture of the first page, in PNG, when it could be drawn.
    pub(super) preview: Option<Vec<u8>>,
}

/// The program that reads: this one, or the one that the tests put beside themselves.
pub fn program_of(own: &Path) -> PathBuf {
    let beside = own
        .parent()
        .and_then(Path::parent)
        .map(|folder| folder.join("spaser"));
    match beside {
        Some(beside) if own.file_stem() != Some("spaser".as_ref()) && beside.is_file() => beside,
        _ => own.to_owned(),
    }
}

/// Has a file read by another process.
pub(super) async fn read(
    documents: &Documents,
    file: std::fs::File,
) -> Result<Reading, DocumentRefusal> {
    let turn = tokio::time::timeout(QUEUE, documents.readers.acquire()).await;
    let _turn = turn
        .map_err(|_| DocumentRefusal::Busy)?
        .map_err(|_| DocumentRefusal::Busy)?;
    let child = Command::new("/bin/sh")
        .args(["-c", BOUNDS])
        .arg(&documents.program)
        .env_clear()
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = child.map_err(|error| {
        tracing::error!(event = "document_not_read", error = %error.kind());
        DocumentRefusal::Storage
    })?;
    let mut answer = Vec::new();
    if let Some(out) = child.stdout.take() {
        // What was said before the time is up counts: the verdict comes before the picture.
        let _time_is_up =
            tokio::time::timeout(PATIENCE, out.take(MOST_ANSWER).read_to_end(&mut answer)).await;
    }
    let _gone = child.kill().await;
    understood(&answer)
}

/// The first line is the verdict; the rest is the picture.
fn understood(answer: &[u8]) -> Result<Reading, DocumentRefusal> {
    let end = memchr::memchr(b'\n', answer).ok_or(DocumentRefusal::Unreadable)?;
    let (verdict, picture) = answer.split_at(end);
    let verdict = std::str::from_utf8(verdict).unwrap_or_default();
    if let Some(refusal) = DocumentRefusal::from_code(verdict) {
        return Err(refusal);
    }
    let picture = picture.get(1..).unwrap_or_default();
    Ok(Reading {
        kind: FileKind::from_code(verdict).ok_or(DocumentRefusal::Unreadable)?,
        // A picture that was cut is none.
        preview: picture
            .ends_with(b"IEND\xaeB`\x82")
            .then(|| picture.to_vec()),
    })
}

/// In the other process: writes the verdict as soon as it is known, then the picture if one can be made.
pub fn judge(content: Vec<u8>, out: &mut impl Write) -> std::io::Result<()> {
    match super::container::kind_of(&content) {
        Err(refusal) => writeln!(out, "{}", refusal.code()),
        Ok(FileKind::Pdf) => judge_pdf(content, out),
        Ok(kind) => judge_picture(kind, &content, out),
    }
}

fn judge_pdf(content: Vec<u8>, out: &mut impl Write) -> std::io::Result<()> {
    let pdf = match Pdf::new(content) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        )) => return writeln!(out, "{}", DocumentRefusal::Encrypted.code()),
        Err(_) => return writeln!(out, "{}", DocumentRefusal::Unreadable.code()),
    };
    let Some(page) = pdf.pages().first() else {
        return writeln!(out, "{}", DocumentRefusal::NoPage.code());
    };
    writeln!(out, "{}", FileKind::Pdf.code())?;
    out.flush()?;
    let (width, height) = page.render_dimensions();
    let scale = f32::from(SIDE) / width.max(height).max(1.0);
    let settings = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: hayro::vello_cpu::color::palette::css::WHITE,
        ..RenderSettings::default()
    };
    let drawn = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &settings,
    );
    match drawn.into_png() {
        Ok(png) => out.write_all(&png),
        Err(_) => Ok(()),
    }
}

fn judge_picture(kind: FileKind, content: &[u8], out: &mut impl Write) -> std::io::Result<()> {
    let Some(picture) = decoded(kind, content) else {
        return writeln!(out, "{}", DocumentRefusal::Unreadable.code());
    };
    writeln!(out, "{}", kind.code())?;
    out.flush()?;
    let small = picture.thumbnail(SIDE.into(), SIDE.into()).to_rgb8();
    let mut png = Cursor::new(vec![]);
    match small.write_to(&mut png, ImageFormat::Png) {
        Ok(()) => out.write_all(png.get_ref()),
        Err(_) => Ok(()),
    }
}

fn decoded(kind: FileKind, content: &[u8]) -> Option<DynamicImage> {
    let format = match kind {
        FileKind::Jpeg => ImageFormat::Jpeg,
        FileKind::Png => ImageFormat::Png,
        FileKind::Pdf => return None,
    };
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    reader.decode().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn judged(content: &[u8]) -> Result<Reading, DocumentRefusal> {
        let mut out = vec![];
        judge(content.to_vec(), &mut out).unwrap();
        understood(&out)
    }

    #[test]
    fn a_picture_is_read_whole_and_made_small() {
        for (format, kind) in [
            (ImageFormat::Png, FileKind::Png),
            (ImageFormat::Jpeg, FileKind::Jpeg),
        ] {
            let mut bytes = Cursor::new(vec![]);
            image::RgbImage::from_pixel(900, 300, image::Rgb([9, 99, 200]))
                .write_to(&mut bytes, format)
                .unwrap();
            let reading = judged(bytes.get_ref()).unwrap();
            assert_eq!(reading.kind, kind);
            let small = image::load_from_memory(&reading.preview.unwrap()).unwrap();
            assert_eq!((small.width(), small.height()), (480, 160));
            // One byte of the compressed picture is changed: the format is whole, the picture is not.
            let mut broken = bytes.into_inner();
            if format == ImageFormat::Png {
                let middle = broken.len() / 2;
                for byte in broken.iter_mut().skip(middle).take(8) {
                    *byte ^= 0x5a;
                }
                assert_eq!(judged(&broken), Err(DocumentRefusal::Unreadable));
            }
        }
    }

    #[test]
    fn an_answer_that_was_cut_is_no_document() {
        assert_eq!(understood(b""), Err(DocumentRefusal::Unreadable));
        assert_eq!(understood(b"pdf"), Err(DocumentRefusal::Unreadable));
        let verdict = Reading {
            kind: FileKind::Pdf,
            preview: None,
        };
        assert_eq!(understood(b"pdf\n"), Ok(verdict.clone()));
        assert_eq!(understood(b"pdf\n\x89PNG half"), Ok(verdict));
        assert_eq!(
            understood(b"mot-de-passe\n"),
            Err(DocumentRefusal::Encrypted)
        );
    }
}
