//! Several tabs of two colleagues at one step: what each was drawn with, shows and sends, and what a reload must show after every
//! act. The sequences of answers and those of lines differ in their acts alone.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::desk::{StepAnswers, SupplierDesk};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::Value;
use store::testing::TestDatabase;

use crate::fuzz::given;
use crate::support::Client;

use super::lines::{Place, at, borrowed, lines_of, name, pairs, places, questions_of};
use super::{Scene, Tab, Told, attach};

/// Of each seed.
const SEQUENCES: u64 = 4;
/// What is played unless a seed is asked for.
const SEEDS: [u64; 3] = [4, 1_505, 20_260_504];
const COLLEAGUE: &str = "autre@demo.example.fr";

/// A step as values: how it is stored, drawn and read.
pub(super) trait Form: Copy {
    fn slug(self) -> &'static str;
    async fn stored(self, scene: &Scene) -> Value;
    /// As a page shows what is stored.
    fn drawn(self, stored: Value) -> Value;
    fn read(self, answers: &StepAnswers) -> Value;
    fn set(self, answers: &mut Value, place: &Place, value: Value);
    /// What the answer to a save tells of what others wrote.
    fn learn(self, told: &Told, shown: &mut Value);
}

/// A tab with what it was drawn with and what it shows.
pub(super) struct Open {
    pub(super) tab: Tab,
    base: Value,
    pub(super) shown: Value,
    /// Sent, and never answered: the server may have it.
    unsure: BTreeSet<Place>,
}

impl Open {
    fn changed(&self) -> Vec<Place> {
        let changed = |place: &Place| {
            at(&self.base, place) != at(&self.shown, place) || self.unsure.contains(place)
        };
        places(&self.shown).into_iter().filter(changed).collect()
    }

    /// The difference, as the browser writes it: each line that changed goes with all that it held.
    fn difference(&self) -> Vec<(String, String)> {
        let mut sent = vec![];
        if let Some(lines) = lines_of(&self.base) {
            let count = lines.len().to_string();
            sent.push(("lines_before".to_owned(), count.clone()));
            sent.push(("lines".to_owned(), count));
        }
        let mut lines = BTreeSet::new();
        for place in self.changed() {
            sent.push(("changed".to_owned(), name("answers", &place)));
            sent.extend(pairs("answers", &place, at(&self.shown, &place)));
            match place.0 {
                Some(line) => {
                    lines.insert(line);
                }
                None => sent.extend(pairs("before", &place, at(&self.base, &place))),
            }
        }
        let held = lines_of(&self.base).map(Vec::as_slice).unwrap_or_default();
        for line in lines {
            for (question, value) in questions_of(&held[line]) {
                sent.extend(pairs("before", &(Some(line), question.clone()), value));
            }
        }
        sent
    }
}

/// Two people of one company.
pub(super) struct People {
    pub(super) scene: Scene,
    colleague: (Client, Arc<dyn SupplierDesk>),
    /// Names of pages that were given.
    names: AtomicUsize,
}

impl People {
    /// Nobody is stopped for typing much.
    pub(super) async fn on(db: TestDatabase) -> Self {
        let limits = ["limits.typing_per_minute", "limits.actions_per_minute"];
        let scene = Scene::on_limits(db, &limits.map(|limit| (limit, "1000000"))).await;
        let desk = crate::desks::supplier(&scene.app, COLLEAGUE).await;
        attach(&scene.app, COLLEAGUE).await;
        let client = scene.app.sign_in(COLLEAGUE).await;
        Self {
            scene,
            colleague: (client, desk),
            names: AtomicUsize::new(0),
        }
    }
}

/// One sequence on its way, with what a reload must show.
pub(super) struct Play<'a, F> {
    pub(super) people: &'a People,
    pub(super) form: F,
    pub(super) tabs: Vec<Open>,
    accepted: Value,
}

impl<'a, F: Form> Play<'a, F> {
    /// The last of the tabs is the colleague’s.
    pub(super) async fn begin(people: &'a People, form: F, tabs: usize) -> Self {
        let mut play = Self {
            people,
            form,
            tabs: vec![],
            accepted: form.stored(&people.scene).await,
        };
        for tab in 0..tabs {
            let open = play.drawn(play.whose(tab, tabs).0).await;
            play.tabs.push(open);
        }
        play
    }

    fn whose(&self, tab: usize, tabs: usize) -> (&'a Client, &'a dyn SupplierDesk) {
        let People {
            scene, colleague, ..
        } = self.people;
        if tab + 1 == tabs {
            (&colleague.0, &*colleague.1)
        } else {
            (&scene.client, &*scene.desk)
        }
    }

    /// A page of the step, just opened.
    async fn drawn(&self, client: &Client) -> Open {
        let scene = &self.people.scene;
        let page = format!("p{}", self.people.names.fetch_add(1, Ordering::Relaxed));
        let version = scene.version().await;
        let base = self.form.drawn(self.form.stored(scene).await);
        Open {
            tab: Tab::new(client, scene.id, self.form.slug(), &page, version),
            shown: base.clone(),
            base,
            unsure: BTreeSet::new(),
        }
    }

    /// Opens the page again.
    pub(super) async fn reload(&mut self, tab: usize) {
        let client = self.whose(tab, self.tabs.len()).0;
        self.tabs[tab] = self.drawn(client).await;
    }

    pub(super) fn write(&mut self, tab: usize, place: &Place, value: Value) {
        self.form.set(&mut self.tabs[tab].shown, place, value);
    }

    /// What was kept aside, for whom it is.
    async fn aside(&self, tab: usize, copy: &str) -> Value {
        let (_, desk) = self.whose(tab, self.tabs.len());
        let kept = desk.conflict(self.people.scene.id, copy.parse().unwrap());
        self.form.read(&kept.await.unwrap().typed)
    }

    /// Saves while typing; the answer may be lost, the request may come twice.
    pub(super) async fn save(&mut self, tab: usize, answered: bool, twice: bool) {
        let (form, open) = (self.form, &mut self.tabs[tab]);
        let changed = open.changed();
        if changed.is_empty() {
            return;
        }
        open.tab.turn += 1;
        let sent = open.difference();
        let told = Told::of(&open.tab.send(&borrowed(&sent)).await);
        let held: Vec<String> = told.all("held").into_iter().map(str::to_owned).collect();
        let copy = told.get("copy").map(str::to_owned);
        if twice && copy.is_none() {
            Told::of(&open.tab.send(&borrowed(&sent)).await);
        }
        let is_held = |place: &&Place| held.contains(&name("answers", place));
        for place in changed.iter().filter(|place| !is_held(place)) {
            form.set(&mut self.accepted, place, at(&open.shown, place).clone());
        }
        if let Some(copy) = copy {
            let typed = self.aside(tab, &copy).await;
            let open = &mut self.tabs[tab];
            assert!(!held.is_empty());
            for place in changed.iter().filter(is_held) {
                let (kept, shown) = (at(&typed, place), at(&open.shown, place));
                assert_eq!(kept, shown, "kept as typed: {place:?}");
            }
            open.tab.copy = copy;
        } else if answered {
            open.tab.version = told.get("version").unwrap().parse().unwrap();
            form.learn(&told, &mut open.shown);
            open.base = open.shown.clone();
            open.unsure.clear();
        }
        if !answered {
            let open = &mut self.tabs[tab];
            open.unsure = open.changed().into_iter().collect();
        }
    }

    /// Sends the whole form by a button, which makes `then` of it; a page of before, or without a script, knows nothing of turns.
    pub(super) async fn press(&mut self, tab: usize, intent: &str, then: Value, named: bool) {
        let open = &mut self.tabs[tab];
        if !named {
            open.tab.page.clear();
        }
        let mut posted = vec![];
        for place in places(&open.shown) {
            posted.extend(pairs("answers", &place, at(&open.shown, &place)));
        }
        let page = open.tab.press(intent, &borrowed(&posted)).await;
        let next = page.location().unwrap().to_owned();
        if let Some((_, copy)) = next.split_once("?conflit=") {
            assert_eq!(self.aside(tab, copy).await, then, "kept as typed");
        } else {
            self.accepted = then;
        }
        // Another page comes after the form.
        self.reload(tab).await;
    }

    /// A reload, and another of a colleague, show it.
    pub(super) async fn shows_what_was_accepted(&self, after: &str) {
        let stored = self.form.stored(&self.people.scene).await;
        assert_eq!(stored, self.accepted, "{}, {after}", self.form.slug());
    }
}

/// Plays the sequences of each seed, and the shortest one that fails when one does.
pub(super) fn played<S: Strategy>(acts: &S, play: impl AsyncFn(S::Value)) {
    let cases = u32::try_from(given("SPASER_FUZZ_SEQUENCES", SEQUENCES)).unwrap();
    let asked = std::env::var("SPASER_FUZZ_SEED").is_ok();
    let seeds = if asked {
        vec![given("SPASER_FUZZ_SEED", 0)]
    } else {
        SEEDS.to_vec()
    };
    let here = tokio::runtime::Handle::current();
    for seed in seeds {
        let config = Config {
            cases,
            rng_seed: RngSeed::Fixed(seed),
            failure_persistence: None,
            max_shrink_iters: 200,
            ..Config::default()
        };
        let outcome = tokio::task::block_in_place(|| {
            TestRunner::new(config).run(acts, |acts| {
                here.block_on(play(acts));
                Ok(())
            })
        });
        outcome.unwrap_or_else(|failed| panic!("SPASER_FUZZ_SEED={seed}: {failed}"));
    }
}
