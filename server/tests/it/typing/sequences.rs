//! Any sequence of saves, from several tabs of two colleagues, with any bytes: a reload shows what was last accepted, what is
//! refused changes nothing, and what was typed then is kept aside. `make fuzz` plays more of them (`SPASER_FUZZ_SEQUENCES`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::desk::{StepAnswers, SupplierDesk};
use domain::form::{Answers, CompanyStep};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::fuzz::given;
use crate::support::Client;

use super::{COMPANY, Scene, Tab, Told, attach};

/// Of each seed.
const SEQUENCES: u64 = 4;
/// What is played unless a seed is asked for.
const SEEDS: [u64; 3] = [4, 1_505, 20_260_504];
/// The last one is a colleague’s.
const TABS: usize = 4;
pub(super) const COLLEAGUE: &str = "autre@demo.example.fr";
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
    /// Sends the whole form by its button; a page of before, or without a script, knows nothing of turns.
    Submit {
        named: bool,
    },
    /// Sends what is no text, or no form, or no version: to the address of typing, or to that of the form.
    Noise {
        typing: bool,
        before: Vec<u8>,
        wrong: &'static [u8],
    },
}

/// Nothing that holds one of these is accepted, whatever stands before it.
const WRONG: &[&[u8]] = &[
    b"&answers[name]=%00",
    b"&answers[name]=%FF",
    b"&answers[name]=%ED%A0%80",
    b"&answers[name]=\xc3&x=1",
    b"&version=x",
    b"&version=",
];

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    // Everything that a form may carry: what is not text, and the null character, are refused before.
    let text = "[\\x01-\\x7f]{0,6}|\\PC{0,6}|(&|=|\\+|%41|%C3|\\r\\n|\\u{2028}|<script>){0,4}";
    let act = prop_oneof![
        1 => Just(Act::Reload),
        5 => (0..FIELDS.len(), text).prop_map(|(field, text)| Act::Type(field, text)),
        4 => (any::<bool>(), any::<bool>()).prop_map(|(answered, twice)| Act::Save { answered, twice }),
        1 => any::<bool>().prop_map(|named| Act::Submit { named }),
        1 => (any::<bool>(), vec(any::<u8>(), 0..40), proptest::sample::select(WRONG))
            .prop_map(|(typing, before, wrong)| Act::Noise { typing, before, wrong }),
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
    async fn reload(&mut self, people: &People) {
        let (scene, name) = (&people.scene, people.names.fetch_add(1, Ordering::Relaxed));
        let client = self.tab.client.clone();
        let page = format!("p{name}");
        self.tab = Tab::new(&client, scene.id, COMPANY, &page, scene.version().await);
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

    /// Bytes that are no save: refused, with the reason in the status.
    async fn noise(&self, typing: bool, before: Vec<u8>, wrong: &[u8]) {
        let (path, id) = if typing {
            (self.tab.address(), String::new())
        } else {
            (
                "/fn/save-company".to_owned(),
                format!("&id={}", self.tab.id),
            )
        };
        let version = if wrong.starts_with(b"&version") {
            String::new()
        } else {
            format!("&version={}", self.tab.version)
        };
        let own = format!(
            "&page={}&turn=1&changed=answers[name]{id}{version}",
            self.tab.page
        );
        // A name of its own for what may stand before: it must not end in a name that we know.
        let body = [b"x=".as_slice(), &before, own.as_bytes(), wrong].concat();
        let request = self
            .tab
            .client
            .body(&path, "application/x-www-form-urlencoded", body);
        let page = self.tab.client.send(request).await;
        assert!((400..500).contains(&page.status), "{path}: {}", page.status);
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

/// Two people of one company.
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

    /// What was kept aside, for whom it is.
    async fn aside(&self, tab: usize, copy: &str) -> CompanyStep {
        let (_, desk) = self.of(tab);
        let kept = desk.conflict(self.scene.id, copy.parse().unwrap()).await;
        match kept.unwrap().typed {
            StepAnswers::Company(typed) => typed,
            other => panic!("{other:?}"),
        }
    }
}

/// One sequence on its way, with what a reload must show.
struct Play<'a> {
    people: &'a People,
    tabs: Vec<Open>,
    accepted: Values,
}

impl<'a> Play<'a> {
    async fn begin(people: &'a People) -> Self {
        let scene = &people.scene;
        let mut tabs = vec![];
        for tab in 0..TABS {
            let mut open = Open {
                tab: Tab::new(people.of(tab).0, scene.id, COMPANY, "", 0),
                base: Values::new(),
                shown: Values::new(),
                unsure: BTreeSet::new(),
            };
            open.reload(people).await;
            tabs.push(open);
        }
        Self {
            people,
            tabs,
            accepted: stored(scene).await,
        }
    }

    async fn act(&mut self, tab: usize, act: Act) {
        let open = &mut self.tabs[tab];
        match act {
            Act::Reload => open.reload(self.people).await,
            Act::Type(field, text) => {
                open.shown.insert(FIELDS[field], text);
            }
            Act::Save { answered, twice } => self.save(tab, answered, twice).await,
            Act::Submit { named } => self.submit(tab, named).await,
            Act::Noise {
                typing,
                before,
                wrong,
            } => open.noise(typing, before, wrong).await,
        }
    }

    async fn save(&mut self, tab: usize, answered: bool, twice: bool) {
        let open = &mut self.tabs[tab];
        let changes = open.changes();
        if changes.is_empty() {
            return;
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
                self.accepted.insert(field, open.shown[field].clone());
            }
        }
        if let Some(copy) = copy {
            let typed = self.people.aside(tab, &copy).await;
            for name in &held {
                let field = FIELDS
                    .iter()
                    .find(|field| *name == format!("answers[{field}]"))
                    .unwrap();
                assert_eq!(typed.answer(field), open.shown[field], "kept as typed");
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

    async fn submit(&mut self, tab: usize, named: bool) {
        let open = &mut self.tabs[tab];
        if !named {
            open.tab.page.clear();
        }
        let fields = FIELDS.map(|field| format!("answers[{field}]"));
        let form: Vec<_> = fields
            .iter()
            .map(String::as_str)
            .zip(FIELDS.map(|field| open.shown[field].as_str()))
            .collect();
        let page = open.tab.submit(&form).await;
        let next = page.location().unwrap().to_owned();
        if let Some((_, copy)) = next.split_once("?conflit=") {
            let typed = self.people.aside(tab, copy).await;
            for field in FIELDS {
                assert_eq!(typed.answer(field), open.shown[field], "kept as typed");
            }
        } else {
            self.accepted = open.shown.clone();
        }
        // Another page comes after the form.
        open.reload(self.people).await;
    }
}

async fn play(people: &People, acts: Vec<(usize, Act)>) {
    let mut play = Play::begin(people).await;
    for (tab, act) in acts {
        let told = format!("tab {tab}: {act:?}");
        play.act(tab, act).await;
        // A reload, and another of a colleague, show it.
        assert_eq!(stored(&people.scene).await, play.accepted, "{told}");
    }
}

/// Nobody is stopped for typing much.
pub(super) fn limits() -> [(&'static str, &'static str); 2] {
    ["limits.typing_per_minute", "limits.actions_per_minute"].map(|limit| (limit, "1000000"))
}

/// Plays so many sequences of each seed, and the shortest one that fails when one does.
pub(super) fn played<S: Strategy>(sequences: u64, acts: &S, play: impl AsyncFn(S::Value)) {
    let cases = u32::try_from(given("SPASER_FUZZ_SEQUENCES", sequences)).unwrap();
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

store::on_both_engines! {
    async fn a_reload_shows_what_was_last_accepted(db) {
        let scene = Scene::on_limits(db, &limits()).await;
        let desk = crate::desks::supplier(&scene.app, COLLEAGUE).await;
        attach(&scene.app, COLLEAGUE).await;
        let client = scene.app.sign_in(COLLEAGUE).await;
        let people = People { scene, colleague: (client, desk), names: AtomicUsize::new(0) };
        played(SEQUENCES, &acts(), async |acts| play(&people, acts).await);
    }
}
