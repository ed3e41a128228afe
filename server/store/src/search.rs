//! Words to search by: without case, accents or punctuation, so that "Société L’Éclair" is found by "eclair".

/// The words of a name or of a question, folded, each preceded by a space.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 1);
    let mut in_word = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
            'ç' | 'č' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
            'š' => "s",
            'ù' | 'ú' | 'û' | 'ü' => "u",
            'ý' | 'ÿ' => "y",
            'ž' => "z",
            'œ' => "oe",
            'æ' => "ae",
            'ß' => "ss",
            _ => "",
        };
        // A combining accent belongs to the letter before it.
        if ('\u{300}'..='\u{36f}').contains(&c) {
            continue;
        }
        if plain.is_empty() && !c.is_alphanumeric() {
            in_word = false;
            continue;
        }
        if !in_word {
            folded.push(' ');
            in_word = true;
        }
        if plain.is_empty() {
            folded.push(c);
        } else {
            folded.push_str(plain);
        }
    }
    folded
}

/// What was asked for, in the forms in which it may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The beginning of a SIREN, when the question is a number.
    pub(crate) siren: Option<String>,
    /// The beginning of a reference.
    pub(crate) reference: Option<String>,
    /// Each begins a word of the name.
    pub(crate) words: Vec<String>,
}

impl Question {
    /// `None` when nothing was asked. Long questions are cut: nobody types them.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let short: String = text.trim().chars().take(100).collect();
        let compact: String = short.chars().filter(|c| !c.is_whitespace()).collect();
        if compact.is_empty() {
            return None;
        }
        let digits = compact.chars().all(|c| c.is_ascii_digit());
        let reference = compact
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
        Some(Self {
            siren: digits.then(|| compact.chars().take(9).collect()),
            reference: reference.then(|| compact.to_ascii_uppercase()),
            words: fold(&short)
                .split_whitespace()
                .take(6)
                .map(str::to_owned)
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_to_words() {
        assert_eq!(fold("Société L’Éclair & Cie"), " societe l eclair cie");
        assert_eq!(fold("E\u{301}clair"), " eclair");
        assert_eq!(fold("Œuvres—Ærø"), " oeuvres aero");
        assert_eq!(fold("100 % _vert_"), " 100 vert");
    }

    #[test]
    fn a_number_may_be_a_siret_typed_with_spaces() {
        let question = Question::read(" 732 829 320 00074 ").map(|q| q.siren);
        assert_eq!(question, Some(Some("732829320".to_owned())));
        assert_eq!(Question::read("  "), None);
    }
}
