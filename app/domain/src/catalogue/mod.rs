//! The catalogue: what the form offers and how the buyer calls it. Kinds, themes, plans and pledges with their thresholds are
//! data, versioned, each version with the day from which it holds.

mod change;
mod standard;

pub use change::{Change, ChangeError, LONGEST_LABEL};
pub use standard::{ECOLOGICAL, ECONOMY, INCLUSIVE, STEERING};

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::claims::Kind;
use crate::pledges::Family;
use crate::text::{Lang, Text};

/// A name in both languages, as the buyer wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Label {
    pub fr: String,
    pub en: String,
}

impl Label {
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(self.fr.as_str(), self.en.as_str())
    }
}

impl From<Text> for Label {
    fn from(text: Text) -> Self {
        Self {
            fr: text.fr.to_owned(),
            en: text.en.to_owned(),
        }
    }
}

/// A kind of claim. One that is not offered any more can still be read: what was validated stays so until its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindEntry {
    pub kind: Kind,
    pub label: Label,
    pub offered: bool,
}

/// A theme of the scheme, and the plans that it serves as a whole. The commitments of one that is not offered any more are not
/// offered either; the figures of a year keep theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    pub code: String,
    pub label: Label,
    pub plans: Vec<String>,
    /// Versions that did not say it offered all.
    #[serde(default = "yes")]
    pub offered: bool,
}

/// A plan of the buyer that purchases serve. What is signed once it is not offered any more does not name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub code: String,
    pub label: Label,
    #[serde(default = "yes")]
    pub offered: bool,
}

const fn yes() -> bool {
    true
}

/// A pledge of the taxonomy, as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeEntry {
    pub code: String,
    pub label: Label,
    pub offered: bool,
    pub theme: String,
    pub plans: Vec<String>,
    /// Shown from this staff on, when the staff is known.
    pub staff_from: Option<u32>,
    /// Shown to these trades (codes of [`Family`]); all when empty.
    pub families: Vec<String>,
}

/// One version of the catalogue, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// 0 for the one that comes with the program.
    #[serde(skip)]
    pub version: u32,
    pub kinds: Vec<KindEntry>,
    pub themes: Vec<Theme>,
    pub plans: Vec<Plan>,
    pub pledges: Vec<PledgeEntry>,
}

/// What is known of a supplier that decides which pledges are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// In whole persons; `None`: not known, and no threshold hides anything.
    pub staff: Option<u32>,
    /// Codes of the trades that it ticked; none ticked: no trade hides anything.
    pub families: Vec<String>,
}

impl Catalogue {
    pub fn kind(&self, kind: Kind) -> Option<&KindEntry> {
        self.kinds.iter().find(|entry| entry.kind == kind)
    }

    /// The name of a kind; a kind without an entry has the program's.
    pub fn kind_label(&self, kind: Kind, lang: Lang) -> &str {
        self.kind(kind)
            .map_or(kind.label().get(lang), |entry| entry.label.get(lang))
    }

    pub fn offers(&self, kind: Kind) -> bool {
        self.kind(kind).is_some_and(|entry| entry.offered)
    }

    pub fn pledge(&self, code: &str) -> Option<&PledgeEntry> {
        self.pledges.iter().find(|entry| entry.code == code)
    }

    /// Whether a pledge may be declared: its theme is offered too.
    pub fn offers_pledge(&self, code: &str) -> bool {
        let entry = self.pledge(code).filter(|entry| entry.offered);
        entry
            .and_then(|entry| self.theme(&entry.theme))
            .is_some_and(|theme| theme.offered)
    }

    /// Those of these plans that are offered, in the order given.
    pub fn offered_plans(&self, codes: &[String]) -> Vec<String> {
        let offered = |code: &&String| {
            let mut plans = self.plans.iter();
            plans.any(|plan| plan.code == **code && plan.offered)
        };
        codes.iter().filter(offered).cloned().collect()
    }

    pub fn theme(&self, code: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.code == code)
    }

    /// The name of a theme; one that is unknown is shown by its code.
    pub fn theme_label<'a>(&'a self, code: &'a str, lang: Lang) -> &'a str {
        self.theme(code).map_or(code, |theme| theme.label.get(lang))
    }

    /// The names of plans, in the order of the catalogue; unknown ones by their code, last.
    pub fn plan_labels<'a>(&'a self, codes: &'a [String], lang: Lang) -> Vec<&'a str> {
        let known = self
            .plans
            .iter()
            .filter(|plan| codes.contains(&plan.code))
            .map(|plan| plan.label.get(lang));
        let unknown = codes
            .iter()
            .filter(|code| !self.plans.iter().any(|plan| plan.code == **code))
            .map(String::as_str);
        known.chain(unknown).collect()
    }

    /// The pledges shown to a supplier, theme by theme; themes without any are left out.
    pub fn shown_to(&self, profile: &Profile) -> Vec<(&Theme, Vec<&PledgeEntry>)> {
        self.themes
            .iter()
            .filter(|theme| theme.offered)
            .map(|theme| {
                let of_theme = self
                    .pledges
                    .iter()
                    .filter(|entry| entry.theme == theme.code && entry.applies(profile))
                    .collect::<Vec<_>>();
                (theme, of_theme)
            })
            .filter(|(_, pledges)| !pledges.is_empty())
            .collect()
    }
}

impl PledgeEntry {
    /// Whether it is offered to this supplier.
    pub fn applies(&self, profile: &Profile) -> bool {
        let large_enough = match (self.staff_from, profile.staff) {
            (Some(from), Some(staff)) => staff >= from,
            _ => true,
        };
        let its_trade = self.families.is_empty()
            || profile.families.is_empty()
            || self
                .families
                .iter()
                .any(|family| profile.families.contains(family));
        self.offered && large_enough && its_trade
    }

    /// The trades to which it is shown.
    pub fn trades(&self) -> impl Iterator<Item = Family> + '_ {
        crate::pledges::FAMILIES
            .into_iter()
            .filter(|family| self.families.iter().any(|code| code == family.code()))
    }
}

/// A version with what the history says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    pub from: NaiveDate,
    pub catalogue: Arc<Catalogue>,
}

/// Every version, oldest first, after the program's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogues {
    pub standard: Arc<Catalogue>,
    pub versions: Vec<Dated>,
}

impl Catalogues {
    /// The version in force on a day: the last one recorded whose day has come. A version that was to hold later is replaced by
    /// one recorded after it.
    pub fn on(&self, day: NaiveDate) -> &Arc<Catalogue> {
        self.versions
            .iter()
            .rev()
            .find(|version| version.from <= day)
            .map_or(&self.standard, |version| &version.catalogue)
    }

    /// The last one recorded, in force or not yet: what a change starts from.
    pub fn latest(&self) -> &Arc<Catalogue> {
        self.versions
            .last()
            .map_or(&self.standard, |version| &version.catalogue)
    }

    pub fn numbered(&self, version: u32) -> Option<&Arc<Catalogue>> {
        if version == 0 {
            return Some(&self.standard);
        }
        self.versions
            .iter()
            .map(|dated| &dated.catalogue)
            .find(|catalogue| catalogue.version == version)
    }
}
