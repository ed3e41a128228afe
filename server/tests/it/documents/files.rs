//! The files that people send, good and bad, made here byte by byte.

use std::fmt::Write as _;
use std::io::Cursor;

/// The test file that every scanner knows (eicar.org), in two halves, so that no scanner finds it in this program.
pub(crate) fn eicar() -> String {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-",
        "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
}

/// A PDF of these objects, the first being the catalogue, with its table of references.
fn pdf_of(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", text.len()).unwrap();
        writeln!(text, "{} 0 obj\n{object}\nendobj", at + 1).unwrap();
    }
    let (start, count) = (text.len(), objects.len() + 1);
    writeln!(text, "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF").unwrap();
    text.into_bytes()
}

/// A page with these words on it.
pub(crate) fn pdf(words: &str) -> Vec<u8> {
    let content = format!("BT /F1 36 Tf 60 700 Td ({words}) Tj ET");
    pdf_of(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".into(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".into(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".into(),
        ],
        "",
    )
}

/// One that asks for a password: its keys fit no empty one.
pub(crate) fn encrypted_pdf() -> Vec<u8> {
    let key = "ab".repeat(32);
    pdf_of(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".into(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".into(),
            format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <{key}> /U <{key}> >>"),
        ],
        "/Encrypt 4 0 R /ID [<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>]",
    )
}

pub(crate) fn pdf_without_pages() -> Vec<u8> {
    pdf_of(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".into(),
            "<< /Type /Pages /Kids [] /Count 0 >>".into(),
        ],
        "",
    )
}

fn low(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

pub(crate) fn picture(format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(vec![]);
    image::RgbImage::from_fn(320, 200, |x, y| image::Rgb([low(x), low(y), 90]))
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

/// An archive with one stored file: the local header, the file, the directory, the end.
pub(crate) fn zip() -> Vec<u8> {
    let (name, content) = (b"a.txt", b"bonjour");
    let crc = 0x9d8b_17ae_u32.to_le_bytes();
    let sizes = [&7_u32.to_le_bytes()[..], &7_u32.to_le_bytes()].concat();
    let common = [
        &[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x5a][..],
        &crc,
        &sizes,
        &[5, 0, 0, 0],
    ]
    .concat();
    let local = [b"PK\x03\x04", &common[..], name, content].concat();
    let directory = [b"PK\x01\x02\x14\x00", &common[..], &[0; 14], name].concat();
    let (size, start) = (
        u32::try_from(directory.len()).unwrap().to_le_bytes(),
        u32::try_from(local.len()).unwrap().to_le_bytes(),
    );
    let end = [
        b"PK\x05\x06",
        &[0, 0, 0, 0, 1, 0, 1, 0][..],
        &size,
        &start,
        &[0, 0],
    ]
    .concat();
    [local, directory, end].concat()
}
