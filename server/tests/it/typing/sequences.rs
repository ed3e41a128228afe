//! Any sequence of saves, from several tabs of two colleagues, with any bytes: a reload shows what was last accepted, what is
//! refused changes nothing, and what was typed then is kept aside. `make fuzz` plays more of them (`SPASER_FUZZ_SEQUENCES`).

use app::desk::StepAnswers;
use domain::form::{Answers as _, CompanyStep};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::lines::Place;
use super::playing::{Form, Open, People, Play, played};
use super::{COMPANY, Scene, Told};

const TABS: usize = 4;
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

/// The step of the company, by its answers that are typed.
#[derive(Clone, Copy)]
struct Company;

fn typed(company: &CompanyStep) -> Value {
    let answers = FIELDS.map(|field| (field.to_owned(), json!(company.answer(field))));
    Value::Object(answers.into_iter().collect())
}

impl Form for Company {
    fn slug(self) -> &'static str {
        COMPANY
    }

    async fn stored(self, scene: &Scene) -> Value {
        typed(&scene.company().await)
    }

    fn drawn(self, stored: Value) -> Value {
        stored
    }

    fn read(self, answers: &StepAnswers) -> Value {
        match answers {
            StepAnswers::Company(company) => typed(company),
            other => panic!("{other:?}"),
        }
    }

    fn set(self, answers: &mut Value, (_, question): &Place, value: Value) {
        answers[question] = value;
    }

    fn learn(self, told: &Told, shown: &mut Value) {
        for field in FIELDS {
            if let Some(value) = told.get(&format!("answers[{field}]")) {
                shown[field] = json!(value);
            }
        }
    }
}

/// Bytes that are no save: refused, with the reason in the status.
async fn noise(open: &Open, typing: bool, before: Vec<u8>, wrong: &[u8]) {
    let tab = &open.tab;
    let (path, id) = if typing {
        (tab.address(), String::new())
    } else {
        ("/fn/save-company".to_owned(), format!("&id={}", tab.id))
    };
    let version = if wrong.starts_with(b"&version") {
        String::new()
    } else {
        format!("&version={}", tab.version)
    };
    let own = format!(
        "&page={}&turn=1&changed=answers[name]{id}{version}",
        tab.page
    );
    // A name of its own for what may stand before: it must not end in a name that we know.
    let body = [b"x=".as_slice(), &before, own.as_bytes(), wrong].concat();
    let request = tab
        .client
        .body(&path, "application/x-www-form-urlencoded", body);
    let page = tab.client.send(request).await;
    assert!((400..500).contains(&page.status), "{path}: {}", page.status);
}

async fn play(people: &People, acts: Vec<(usize, Act)>) {
    let mut play = Play::begin(people, Company, TABS).await;
    for (tab, act) in acts {
        let after = format!("tab {tab}: {act:?}");
        match act {
            Act::Reload => play.reload(tab).await,
            Act::Type(field, text) => {
                play.write(tab, &(None, FIELDS[field].to_owned()), json!(text));
            }
            Act::Save { answered, twice } => play.save(tab, answered, twice).await,
            Act::Submit { named } => {
                let then = play.tabs[tab].shown.clone();
                play.press(tab, "save", then, named).await;
            }
            Act::Noise {
                typing,
                before,
                wrong,
            } => noise(&play.tabs[tab], typing, before, wrong).await,
        }
        play.shows_what_was_accepted(&after).await;
    }
}

store::on_both_engines! {
    async fn a_reload_shows_what_was_last_accepted(db) {
        let people = People::on(db).await;
        played(&acts(), async |acts| play(&people, acts).await);
    }
}
