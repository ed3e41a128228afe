//! An address as the square that a phone reads (QR code), drawn as one path.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// Modules of white around the square, which readers need.
const MARGIN: usize = 4;

/// The picture; `None` when the address is too long for any square.
pub(super) fn svg(address: &str) -> Option<String> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for (at, module) in code.data.iter().take(code.size * code.size).enumerate() {
        if module.value() {
            let (column, line) = (at % code.size + MARGIN, at / code.size + MARGIN);
            let _never_fails = write!(path, "M{column} {line}h1v1h-1z");
        }
    }
    let side = code.size + 2 * MARGIN;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}
