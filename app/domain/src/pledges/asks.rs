//! What each pledge asks, and the trades: small enough for the browser, which never loads the names.

use crate::text::{Text, text};

/// A question of a pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Is it in place today?
    Done,
    /// Value today, value aimed at.
    Measure,
    /// The score of an index, out of 100, and the one aimed at.
    Score,
    Year(YearRule),
    /// Reference and dates of what proves it, and its documents.
    Evidence,
    /// Documents that show it, for whoever has some.
    Documents,
    /// Which label or category.
    Item,
    Details,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearRule {
    /// This year or before.
    Past,
    /// After this year.
    Future,
}

/// What a supplier does: some pledges only make sense for some trades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    Works,
    Transport,
    GreenSpaces,
    Supplies,
    Food,
    Digital,
}

/// The trades, in the order shown.
pub const FAMILIES: [Family; 6] = [
    Family::Works,
    Family::Transport,
    Family::GreenSpaces,
    Family::Supplies,
    Family::Food,
    Family::Digital,
];

impl Family {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Transport => "transport",
            Self::GreenSpaces => "green_spaces",
            Self::Supplies => "supplies",
            Self::Food => "food",
            Self::Digital => "digital",
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Works => text("Travaux", "Works"),
            Self::Transport => text("Transport, livraison", "Transport, delivery"),
            Self::GreenSpaces => text("Espaces verts", "Green spaces"),
            Self::Supplies => text("Fournitures, équipements", "Supplies, equipment"),
            Self::Food => text("Alimentation, restauration", "Food, catering"),
            Self::Digital => text("Numérique", "Digital"),
        }
    }
}

/// The questions of a code; none for an unknown one.
pub fn asks(code: &str) -> &'static [Ask] {
    use Ask::{Details, Documents, Done, Evidence, Item, Measure, Score, Year};
    match code {
        "SOC-INS-02" | "SOC-EGA-03" | "SOC-APP-01" | "ENV-CLI-03" | "ENV-ALI-01" | "ECO-PME-02" => {
            &[Measure, Documents]
        }
        "SOC-EGA-01" => &[Score, Year(YearRule::Past), Documents],
        "SOC-EGA-02" | "GOV-RSE-01" | "GOV-RSE-02" => &[Done, Evidence],
        "SOC-DIS-01" | "ENV-AIR-01" | "ENV-CIRC-02" => &[Done, Measure, Documents],
        "SOC-DIS-02" | "ENV-LAB-01" => &[Item, Done, Evidence],
        "SOC-DIS-03" | "ENV-CLI-01" => &[Done, Year(YearRule::Past), Documents],
        // No document: those of this duty name persons.
        "SOC-HAND-01" => &[Done],
        "ENV-CLI-02" => &[Done, Measure, Year(YearRule::Future), Documents],
        "ENV-BIO-01" | "ENV-NUM-01" | "ECO-INN-01" => &[Done, Details, Documents],
        "ENV-NRJ-01" => &[Measure, Evidence],
        "ENV-CIRC-01" => &[Item, Measure, Documents],
        _ => &[],
    }
}

/// Whether the reference of a document says by itself that it is in place: before version 4 of the form, these codes asked
/// nothing else.
pub fn held_by_reference(code: &str) -> bool {
    matches!(code, "SOC-DIS-02" | "ENV-LAB-01" | "GOV-RSE-01")
}

/// The rule of the year, where one is asked.
pub fn year_rule(code: &str) -> Option<YearRule> {
    asks(code).iter().find_map(|ask| match ask {
        Ask::Year(rule) => Some(*rule),
        _ => None,
    })
}
