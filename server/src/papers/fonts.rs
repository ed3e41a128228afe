//! The fonts of the papers, and the text that they can show.

use std::sync::LazyLock;

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::Font;

/// The text font first; the last one has Arabic, Hebrew and symbols.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 3] = [
        include_bytes!("../../fonts/NotoSans-Regular.ttf"),
        include_bytes!("../../fonts/NotoSans-Bold.ttf"),
        include_bytes!("../../fonts/DejaVuSans.ttf"),
    ];
    files
        .into_iter()
        .filter_map(|file| Font::new(Bytes::new(file), 0))
        .collect()
});

/// What stands for a character that no font has.
const UNKNOWN: char = '\u{FFFD}';
/// Where a long word may be cut.
const CUT: char = '\u{200B}';
/// A longer word may not fit its column; no word of ours is.
const LONGEST_WORD: usize = 30;
/// How far apart the cuts of a longer one are: so many of the widest letter fit the narrowest column.
const PIECE: usize = 12;

pub(super) fn all() -> &'static [Font] {
    &FONTS
}

/// Makes every text of the data fit to be printed: an accessible PDF may hold no character without a shape.
pub(super) fn clean(data: &mut Value) {
    match data {
        Value::String(text) => *text = printable(text),
        Value::Array(items) => items.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text without what is not shown (controls, marks that turn the direction of reading), what no font has replaced, and
/// long words made to be cut.
fn printable(text: &str) -> String {
    let shown: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter_map(|character| match character {
            '\n' => Some('\n'),
            '\t' | '\r' => Some(' '),
            hidden if is_hidden(hidden) => None,
            known if is_known(known) => Some(known),
            _ => Some(UNKNOWN),
        })
        .collect();
    shown
        .split_inclusive(char::is_whitespace)
        .map(cuttable)
        .collect()
}

fn cuttable(word: &str) -> String {
    if word.chars().count() <= LONGEST_WORD {
        return word.to_owned();
    }
    let mut cut = String::with_capacity(word.len() * 2);
    for (at, character) in word.chars().enumerate() {
        if at > 0 && at % PIECE == 0 {
            cut.push(CUT);
        }
        cut.push(character);
    }
    cut
}

/// Controls, and the format characters by which a text could show another order than the one it has.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}')
}

fn is_known(character: char) -> bool {
    let private = matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    !private
        && all()
            .iter()
            .any(|font| font.info().coverage.contains(u32::from(character)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_are_there_and_have_what_french_needs() {
        assert_eq!(all().len(), 3);
        for character in "éÉœŒçÇàùêïüÿ«»’–—€\u{A0}\u{202F}\u{200B}\u{FFFD}ᵒ".chars()
        {
            assert!(is_known(character), "{character:?}");
        }
        for character in "שלוםمرحبا".chars() {
            assert!(is_known(character), "{character:?}");
        }
    }

    #[test]
    fn what_cannot_be_shown_is_replaced_or_left_out() {
        assert_eq!(printable("a\u{202E}b\u{0}c\td\r\ne"), "abc d\ne");
        assert_eq!(printable("漢\u{E000}"), "\u{FFFD}\u{FFFD}");
        assert_eq!(
            printable("#strong[x] $x$ *y* @z <l>"),
            "#strong[x] $x$ *y* @z <l>"
        );
    }

    #[test]
    fn a_long_word_can_be_cut_and_a_short_one_is_left_alone() {
        let long = "w".repeat(120);
        let cut = printable(&long);
        assert_eq!(cut.replace(CUT, ""), long);
        assert!(cut.split(CUT).all(|piece| piece.len() <= PIECE), "{cut}");
        let address = "responsables@spaser.example";
        assert_eq!(printable(address), address);
    }
}
