//! Any sequence of saves of a step with lines, from several tabs of two colleagues, lines added and removed meanwhile: a reload
//! shows what was last accepted, line by line, and what was refused is kept aside as it was typed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::desk::{Saved, SupplierDesk};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::Client;

use super::lines::{
    Lines, Place, STEPS, at, borrowed, name, pairs, places, questions_of, rows, rows_mut,
};
use super::sequences::{COLLEAGUE, limits, played};
use super::{Scene, Tab, Told, attach};

const SEQUENCES: u64 = 4;
/// The last one is a colleague’s.
const TABS: usize = 3;

#[derive(Clone, Debug)]
enum Act {
    /// Opens the page again.
    Reload,
    /// Line, question, answer.
    Type(usize, usize, String),
    Declare(&'static str),
    /// Saves while typing; the answer may be lost, the request may come twice.
    Save {
        answered: bool,
        twice: bool,
    },
    /// A button of the form; a page of before, or without a script, knows nothing of turns.
    Press {
        button: Button,
        named: bool,
    },
}

#[derive(Clone, Copy, Debug)]
enum Button {
    Save,
    Continue,
    Add,
    /// The line, among those that there are.
    Remove(usize),
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let text = prop_oneof![
        2 => "[\\x01-\\x7f]{0,4}|\\PC{0,4}|(&|=|\\+|%41|\\]\\[|\\r\\n|\\u{2028}|,){0,3}",
        1 => proptest::sample::select(vec!["EI", "ESAT", "co_traitance", "formation_tutorat", "yes", "etp"]).prop_map(str::to_owned),
    ];
    let button = prop_oneof![
        Just(Button::Save),
        Just(Button::Continue),
        Just(Button::Add),
        (0..4_usize).prop_map(Button::Remove),
    ];
    let act = prop_oneof![
        1 => Just(Act::Reload),
        6 => (0..4_usize, 0..8_usize, text).prop_map(|(line, question, text)| Act::Type(line, question, text)),
        1 => proptest::sample::select(vec!["yes", "no"]).prop_map(Act::Declare),
        5 => (any::<bool>(), any::<bool>()).prop_map(|(answered, twice)| Act::Save { answered, twice }),
        2 => (button, any::<bool>()).prop_map(|(button, named)| Act::Press { button, named }),
    ];
    vec((0..TABS, act), 15..30)
}

/// A tab with what it was drawn with and what it shows.
struct Open {
    tab: Tab,
    base: Value,
    shown: Value,
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
        let count = rows(&self.base).len().to_string();
        let mut sent = vec![
            ("lines_before".to_owned(), count.clone()),
            ("lines".to_owned(), count),
        ];
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
        for line in lines {
            for (question, value) in questions_of(&rows(&self.base)[line]) {
                sent.extend(pairs("before", &(Some(line), question.clone()), value));
            }
        }
        sent
    }
}

/// Two people of one company at one step.
struct People {
    scene: Scene,
    colleague: (Client, Arc<dyn SupplierDesk>),
    /// Names of pages that were given.
    names: AtomicUsize,
}

impl People {
    fn of(&self, tab: usize) -> (&Client, &dyn SupplierDesk) {
        if tab + 1 == TABS {
            (&self.colleague.0, &*self.colleague.1)
        } else {
            (&self.scene.client, &*self.scene.desk)
        }
    }

    async fn open(&self, step: Lines, tab: usize) -> Open {
        let page = format!("l{}", self.names.fetch_add(1, Ordering::Relaxed));
        let version = self.scene.version().await;
        let base = step.drawn(step.stored(&self.scene).await);
        Open {
            tab: Tab::new(self.of(tab).0, self.scene.id, step.slug, &page, version),
            shown: base.clone(),
            base,
            unsure: BTreeSet::new(),
        }
    }

    /// What was kept aside, for whom it is.
    async fn aside(&self, tab: usize, copy: &str) -> Value {
        let kept = self
            .of(tab)
            .1
            .conflict(self.scene.id, copy.parse().unwrap())
            .await;
        Lines::read(&kept.unwrap().typed)
    }
}

/// One sequence on its way, with what a reload must show.
struct Play<'a> {
    people: &'a People,
    step: Lines,
    tabs: Vec<Open>,
    accepted: Value,
}

impl<'a> Play<'a> {
    async fn begin(people: &'a People, step: Lines) -> Self {
        let scene = &people.scene;
        let version = scene.version().await;
        let begun = scene
            .desk
            .save_step(scene.id, version, step.first())
            .await
            .unwrap();
        assert!(matches!(begun, Saved::Done { .. }), "{begun:?}");
        let mut tabs = vec![];
        for tab in 0..TABS {
            tabs.push(people.open(step, tab).await);
        }
        let accepted = step.stored(scene).await;
        Self {
            people,
            step,
            tabs,
            accepted,
        }
    }

    async fn act(&mut self, tab: usize, act: Act) {
        let open = &mut self.tabs[tab];
        match act {
            Act::Reload => *open = self.people.open(self.step, tab).await,
            Act::Declare(answer) => open.shown["declare"] = answer.into(),
            Act::Type(line, question, text) => {
                let questions = self.step.questions;
                let place = (
                    Some(line % rows(&open.shown).len()),
                    questions[question % questions.len()].to_owned(),
                );
                let value = match at(&open.shown, &place) {
                    Value::Array(_) if text.is_empty() => json!([]),
                    Value::Array(_) => json!([text]),
                    _ => json!(text),
                };
                self.step.set(&mut open.shown, &place, value);
            }
            Act::Save { answered, twice } => self.save(tab, answered, twice).await,
            Act::Press { button, named } => self.press(tab, button, named).await,
        }
    }

    async fn save(&mut self, tab: usize, answered: bool, twice: bool) {
        let (step, open) = (self.step, &mut self.tabs[tab]);
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
        for place in &changed {
            if !held.contains(&name("answers", place)) {
                step.set(&mut self.accepted, place, at(&open.shown, place).clone());
            }
        }
        if let Some(copy) = copy {
            let typed = self.people.aside(tab, &copy).await;
            assert!(!held.is_empty());
            for place in changed
                .iter()
                .filter(|place| held.contains(&name("answers", place)))
            {
                assert_eq!(
                    at(&typed, place),
                    at(&open.shown, place),
                    "kept as typed: {place:?}"
                );
            }
            open.tab.copy = copy;
        } else if answered {
            open.tab.version = told.get("version").unwrap().parse().unwrap();
            if told.get("others").is_some() {
                open.shown = step.drawn(step.told(&told));
            }
            open.base = open.shown.clone();
            open.unsure.clear();
        }
        if !answered {
            open.unsure = open.changed().into_iter().collect();
        }
    }

    async fn press(&mut self, tab: usize, button: Button, named: bool) {
        let open = &mut self.tabs[tab];
        if !named {
            open.tab.page.clear();
        }
        let mut posted = vec![];
        for place in places(&open.shown) {
            posted.extend(pairs("answers", &place, at(&open.shown, &place)));
        }
        let mut then = open.shown.clone();
        let (blank, lines) = (self.step.blank(), rows_mut(&mut then));
        let intent = match button {
            Button::Save => "save".to_owned(),
            Button::Continue => {
                lines.retain(|line| *line != blank);
                "continue".to_owned()
            }
            Button::Add => {
                lines.push(blank);
                "add".to_owned()
            }
            Button::Remove(line) => {
                let line = line % lines.len();
                lines.remove(line);
                format!("remove-{line}")
            }
        };
        let page = open.tab.press(&intent, &borrowed(&posted)).await;
        let next = page.location().unwrap().to_owned();
        if let Some((_, copy)) = next.split_once("?conflit=") {
            assert_eq!(self.people.aside(tab, copy).await, then, "kept as typed");
        } else {
            self.accepted = then;
        }
        // Another page comes after the form.
        *open = self.people.open(self.step, tab).await;
    }
}

async fn play(people: &People, step: Lines, acts: Vec<(usize, Act)>) {
    let mut play = Play::begin(people, step).await;
    for (tab, act) in acts {
        let told = format!("{}, tab {tab}: {act:?}", step.slug);
        play.act(tab, act).await;
        // A reload, and another of a colleague, show it.
        assert_eq!(step.stored(&people.scene).await, play.accepted, "{told}");
    }
}

store::on_both_engines! {
    async fn a_reload_shows_the_lines_that_were_last_accepted(db) {
        let scene = Scene::on_limits(db, &limits()).await;
        let desk = crate::desks::supplier(&scene.app, COLLEAGUE).await;
        attach(&scene.app, COLLEAGUE).await;
        let client = scene.app.sign_in(COLLEAGUE).await;
        let people = People { scene, colleague: (client, desk), names: AtomicUsize::new(0) };
        for step in STEPS {
            played(SEQUENCES, &acts(), async |acts| play(&people, step, acts).await);
        }
    }
}
