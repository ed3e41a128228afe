//! The theme of the scheme to which a figure belongs.

use crate::catalogue::{ECOLOGICAL, ECONOMY, INCLUSIVE, STEERING};

/// The code of the theme of a figure, by its own (`I1w` as `I1`); the catalogue has its name and plans.
pub fn theme_of(figure: &str) -> &'static str {
    match figure.get(..2) {
        Some("I1") => ECOLOGICAL,
        Some("I2" | "I3" | "I5" | "I8") => INCLUSIVE,
        Some("I4" | "I6") => ECONOMY,
        _ => STEERING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_is_of_one_theme_and_its_variants_with_it() {
        for (figure, theme) in [
            ("I1", ECOLOGICAL),
            ("I1v", ECOLOGICAL),
            ("I2w", INCLUSIVE),
            ("I3low", INCLUSIVE),
            ("I3s", INCLUSIVE),
            ("I4v", ECONOMY),
            ("I5", INCLUSIVE),
            ("I6", ECONOMY),
            ("I7", STEERING),
            ("I8r", INCLUSIVE),
            ("", STEERING),
            ("é", STEERING),
        ] {
            assert_eq!(theme_of(figure), theme, "{figure}");
        }
    }
}
