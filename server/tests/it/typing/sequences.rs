//! Any sequence of saves, from several tabs, with any characters: a reload shows what was last accepted.

use std::collections::{BTreeMap, BTreeSet};

use app::desk::StepAnswers;
use domain::form::{Answers, CompanyStep};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::{COMPANY, Scene, Tab, Told};

const SEQUENCES: usize = 12;
const TABS: usize = 3;
const FIELDS: [&str; 4] = ["name", "contact_name", "contact_role", "contact_phone"];

#[derive(Clone, Debug)]
enum Act {
    /// Opens the page again.
    Reload,
    Type(usize, String),
    /// Saves while typing; the answer may be lost, the request may come twice.
    Save {
        answered: bool,
        twice: bool,
    },
    /// Sends the whole form by its button.
    Submit,
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    // Everything that a form may carry: what is not text, and the null character, are refused before.
    let text = "[\\x01-\\x7f]{0,6}|\\PC{0,6}|(&|=|\\+|%41|%C3|\\r\\n|\\u{2028}|<script>){0,4}";
    let act = prop_oneof![
        1 => Just(Act::Reload),
        5 => (0..FIELDS.len(), text).prop_map(|(field, text)| Act::Type(field, text)),
        4 => (any::<bool>(), any::<bool>()).prop_map(|(answered, twice)| Act::Save { answered, twice }),
        1 => Just(Act::Submit),
    ];
    vec((0..TABS, act), 20..40)
}

type Values = BTreeMap<&'static str, String>;

/// A tab with what it was drawn with and what it shows.
struct Open {
    tab: Tab,
    base: Values,
    shown: Values,
    /// Sent, and never answered: the server may have it.
    unsure: BTreeSet<&'static str>,
}

async fn stored(scene: &Scene) -> Values {
    let company = scene.company().await;
    FIELDS.map(|field| (field, company.answer(field))).into()
}

impl Open {
    async fn reload(&mut self, scene: &Scene, names: &mut usize) {
        *names += 1;
        self.tab = Tab::new(
            &scene.client,
            scene.id,
            COMPANY,
            &format!("p{names}"),
            scene.version().await,
        );
        self.base = stored(scene).await;
        self.shown = self.base.clone();
        self.unsure.clear();
    }

    fn changed(&self, field: &str) -> bool {
        self.base[field] != self.shown[field] || self.unsure.contains(field)
    }

    fn note_unsure(&mut self) {
        let sent = FIELDS.into_iter().filter(|field| self.changed(field));
        self.unsure = sent.collect();
    }

    fn changes(&self) -> Vec<(String, String)> {
        let mut pairs = vec![];
        for field in FIELDS {
            if self.changed(field) {
                pairs.push(("changed".to_owned(), format!("answers[{field}]")));
                pairs.push((format!("before[{field}]"), self.base[field].clone()));
                pairs.push((format!("answers[{field}]"), self.shown[field].clone()));
            }
        }
        pairs
    }
}

/// What was kept aside.
async fn aside(scene: &Scene, copy: &str) -> CompanyStep {
    let copy = copy.parse().unwrap();
    match scene.desk.conflict(scene.id, copy).await.unwrap().typed {
        StepAnswers::Company(typed) => typed,
        other => panic!("{other:?}"),
    }
}

async fn play(scene: &Scene, names: &mut usize, acts: Vec<(usize, Act)>) {
    let mut tabs = Vec::new();
    let mut accepted = stored(scene).await;
    for _ in 0..TABS {
        let tab = Tab::new(&scene.client, scene.id, COMPANY, "", 0);
        let mut open = Open {
            tab,
            base: Values::new(),
            shown: Values::new(),
            unsure: BTreeSet::new(),
        };
        open.reload(scene, names).await;
        tabs.push(open);
    }
    let story = format!("{acts:?}");
    for (tab, act) in acts {
        let open = &mut tabs[tab];
        match act {
            Act::Reload => open.reload(scene, names).await,
            Act::Type(field, text) => {
                open.shown.insert(FIELDS[field], text);
            }
            Act::Save { answered, twice } => {
                let changes = open.changes();
                if changes.is_empty() {
                    continue;
                }
                open.tab.turn += 1;
                let pairs: Vec<_> = changes
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                let told = Told::of(&open.tab.send(&pairs).await);
                let held: Vec<String> = told.all("held").into_iter().map(str::to_owned).collect();
                let copy = told.get("copy").map(str::to_owned);
                if twice && copy.is_none() {
                    Told::of(&open.tab.send(&pairs).await);
                }
                for field in FIELDS {
                    if open.changed(field) && !held.contains(&format!("answers[{field}]")) {
                        accepted.insert(field, open.shown[field].clone());
                    }
                }
                if let Some(copy) = copy {
                    let typed = aside(scene, &copy).await;
                    for name in &held {
                        let field = FIELDS
                            .iter()
                            .find(|field| *name == format!("answers[{field}]"))
                            .unwrap();
                        assert_eq!(
                            typed.answer(field),
                            open.shown[field],
                            "kept aside as typed: {story}"
                        );
                    }
                    open.tab.copy = copy;
                } else if answered {
                    open.tab.version = told.get("version").unwrap().parse().unwrap();
                    for field in FIELDS {
                        if let Some(value) = told.get(&format!("answers[{field}]")) {
                            open.shown.insert(field, value.to_owned());
                        }
                    }
                    open.base = open.shown.clone();
                    open.unsure.clear();
                }
                if !answered {
                    open.note_unsure();
                }
            }
            Act::Submit => {
                let fields = FIELDS.map(|field| format!("answers[{field}]"));
                let form: Vec<_> = fields
                    .iter()
                    .map(String::as_str)
                    .zip(FIELDS.map(|field| open.shown[field].as_str()))
                    .collect();
                let page = open.tab.submit(&form).await;
                let next = page.location().unwrap().to_owned();
                if let Some((_, copy)) = next.split_once("?conflit=") {
                    let typed = aside(scene, copy).await;
                    for field in FIELDS {
                        assert_eq!(
                            typed.answer(field),
                            open.shown[field],
                            "kept aside as typed: {story}"
                        );
                    }
                } else {
                    accepted = open.shown.clone();
                }
                // Another page comes after the form.
                open.reload(scene, names).await;
            }
        }
        assert_eq!(stored(scene).await, accepted, "{story}");
    }
}

store::on_both_engines! {
    async fn a_reload_shows_what_was_last_accepted(db) {
        let scene = Scene::on_limits(db, &[("limits.typing_per_minute", "1000000"), ("limits.actions_per_minute", "1000000")]).await;
        let mut runner = TestRunner::new(Config { rng_seed: proptest::test_runner::RngSeed::Fixed(4), ..Config::default() });
        let mut names = 0;
        for _ in 0..SEQUENCES {
            let acts = acts().new_tree(&mut runner).unwrap().current();
            play(&scene, &mut names, acts).await;
        }
    }
}
