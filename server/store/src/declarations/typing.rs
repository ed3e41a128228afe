//! The page in which a step is being typed. What one page saves while somebody types comes from that page alone: it never
//! conflicts with itself, and what arrives late or twice changes nothing.

use std::collections::BTreeMap;

use domain::form::StepCode;
use serde::{Deserialize, Serialize};

use super::StepVersions;

/// A page open in a browser, by the name that it gave itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Empty without a script.
    pub name: String,
    /// The page whose typing this one took over.
    pub after: String,
    /// Grows with each difference that the page sends.
    pub turn: i64,
}

/// What a page had read of a declaration when it sends answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub version: i64,
    pub page: Page,
}

/// By the step's slug.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typings(BTreeMap<String, Typing>);

/// Changes of one step that all come from one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Typing {
    page: String,
    /// The version that the page had read before the first of them.
    since: i64,
    /// The version of the last of them.
    last: i64,
    /// The last turn taken; [`i64::MAX`] once the page sent its form.
    turn: i64,
}

impl Typings {
    /// Whether the answers of a step are those that the page read, or came from that page since.
    pub fn in_step(&self, step: StepCode, steps: &StepVersions, seen: &Seen) -> bool {
        steps.unchanged_since(step, seen.version) || self.run(step, steps, seen).is_some()
    }

    /// Whether this turn, or a later one of the same page, was taken already.
    pub fn had(&self, step: StepCode, page: &Page) -> bool {
        self.0.get(step.slug()).is_some_and(|typing| {
            !page.name.is_empty() && typing.page == page.name && typing.turn >= page.turn
        })
    }

    /// Whether the page goes on with what it saved last.
    pub fn goes_on(&self, step: StepCode, steps: &StepVersions, seen: &Seen) -> bool {
        self.run(step, steps, seen).is_some()
    }

    /// The page whose form was sent last, if nobody changed the step since.
    pub fn sent_by(&self, step: StepCode, steps: &StepVersions) -> Option<&str> {
        self.0
            .get(step.slug())
            .filter(|typing| typing.turn == i64::MAX && typing.last == steps.of(step))
            .map(|typing| typing.page.as_str())
    }

    fn run(&self, step: StepCode, steps: &StepVersions, seen: &Seen) -> Option<&Typing> {
        let page = &seen.page;
        self.0.get(step.slug()).filter(|typing| {
            let same = typing.page == page.name || typing.page == page.after;
            same && !page.name.is_empty()
                && typing.last == steps.of(step)
                && typing.since <= seen.version
        })
    }

    /// The same once the page changed the step, from version `before` to the next one.
    #[must_use]
    pub fn after(mut self, step: StepCode, steps: &StepVersions, seen: &Seen, before: i64) -> Self {
        if seen.page.name.is_empty() {
            self.0.remove(step.slug());
            return self;
        }
        let since = match self.run(step, steps, seen) {
            Some(typing) => typing.since,
            None if steps.unchanged_since(step, seen.version) => seen.version.min(before),
            // What others wrote is told to the page with the answer: it has read it then.
            None => before,
        };
        let typing = Typing {
            page: seen.page.name.clone(),
            since,
            last: before + 1,
            turn: seen.page.turn,
        };
        self.0.insert(step.slug().to_owned(), typing);
        self
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::form::{CompanyStep, Draft};

    use super::*;

    const STEP: StepCode = StepCode::Company;

    fn seen(version: i64, name: &str, turn: i64) -> Seen {
        let page = Page {
            name: name.into(),
            after: String::new(),
            turn,
        };
        Seen { version, page }
    }

    /// A step, its versions, and who types in it.
    #[derive(Default)]
    struct Stored {
        version: i64,
        steps: StepVersions,
        typings: Typings,
    }

    impl Stored {
        fn save(&mut self, seen: &Seen) {
            let named = |name: i64| Draft {
                company: CompanyStep {
                    name: name.to_string(),
                    ..CompanyStep::default()
                },
                ..Draft::default()
            };
            let (before, after) = (named(self.version), named(self.version + 1));
            let typings = std::mem::take(&mut self.typings);
            self.typings = typings.after(STEP, &self.steps, seen, self.version);
            self.version += 1;
            self.steps = std::mem::take(&mut self.steps).after(&before, &after, self.version);
        }

        fn in_step(&self, seen: &Seen) -> bool {
            self.typings.in_step(STEP, &self.steps, seen)
        }
    }

    #[test]
    fn a_page_does_not_conflict_with_itself_whatever_it_was_answered() {
        let mut stored = Stored::default();
        for turn in 1..4 {
            assert!(stored.in_step(&seen(0, "a", turn)));
            stored.save(&seen(0, "a", turn));
            assert!(stored.typings.had(STEP, &seen(0, "a", turn).page));
            assert!(!stored.typings.had(STEP, &seen(0, "a", turn + 1).page));
        }
        // Its form, with the version that was drawn.
        assert!(stored.in_step(&seen(0, "a", i64::MAX)));
        stored.save(&seen(0, "a", i64::MAX));
        assert_eq!(stored.typings.sent_by(STEP, &stored.steps), Some("a"));
        assert!(stored.typings.had(STEP, &seen(0, "a", 4).page), "too late");
        // Other pages, a page without a script.
        assert!(!stored.in_step(&seen(0, "b", 1)) && !stored.in_step(&seen(0, "", 0)));
        assert!(stored.in_step(&seen(4, "b", 1)));
    }

    #[test]
    fn somebody_else_in_between_ends_it() {
        let mut stored = Stored::default();
        stored.save(&seen(0, "a", 1));
        stored.save(&seen(1, "b", 1));
        assert!(!stored.in_step(&seen(0, "a", 2)) && !stored.in_step(&seen(1, "a", 2)));
        // What the page joins with b’s answers begins anew: its old version stays behind.
        stored.save(&seen(0, "a", 2));
        assert!(!stored.in_step(&seen(0, "a", 3)));
        assert!(stored.in_step(&seen(2, "a", 3)) && stored.in_step(&seen(3, "a", 3)));
        stored.save(&seen(3, "", 0));
        assert!(!stored.in_step(&seen(3, "a", 4)));
        assert_eq!(stored.typings.sent_by(STEP, &stored.steps), None);
    }

    #[test]
    fn one_page_takes_over_and_a_second_one_does_not() {
        let mut stored = Stored::default();
        stored.save(&seen(0, "a", 5));
        let heir = |name: &str| Seen {
            page: Page {
                after: "a".into(),
                ..seen(0, name, 1).page
            },
            version: 0,
        };
        assert!(stored.in_step(&heir("b")) && !stored.typings.had(STEP, &heir("b").page));
        stored.save(&heir("b"));
        assert!(!stored.in_step(&heir("c")), "a duplicated tab");
        assert!(stored.in_step(&seen(0, "b", 2)));
    }

    #[test]
    fn it_reads_back_as_it_was_written() {
        let mut stored = Stored::default();
        stored.save(&seen(0, "a", 5));
        let json = serde_json::to_string(&stored.typings).unwrap();
        assert_eq!(
            serde_json::from_str::<Typings>(&json).unwrap(),
            stored.typings
        );
    }
}
