//! Any sequence of saves of a step with lines, from several tabs of two colleagues, lines added and removed meanwhile: a reload
//! shows what was last accepted, line by line, and what was refused is kept aside as it was typed.

use app::desk::Saved;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::lines::{Lines, STEPS, at, rows, rows_mut};
use super::playing::{People, Play, played};

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

/// What a button asks for, and the lines that it leaves.
fn pressed(step: Lines, button: Button, shown: &Value) -> (String, Value) {
    let mut then = shown.clone();
    let (blank, lines) = (step.blank(), rows_mut(&mut then));
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
    (intent, then)
}

/// Two lines to begin with.
async fn begun(people: &People, step: Lines) -> Play<'_, Lines> {
    let scene = &people.scene;
    let version = scene.version().await;
    let saved = scene.desk.save_step(scene.id, version, step.first()).await;
    assert!(matches!(saved, Ok(Saved::Done { .. })), "{saved:?}");
    Play::begin(people, step, TABS).await
}

async fn play(people: &People, step: Lines, acts: Vec<(usize, Act)>) {
    let mut play = begun(people, step).await;
    for (tab, act) in acts {
        let after = format!("tab {tab}: {act:?}");
        match act {
            Act::Reload => play.reload(tab).await,
            Act::Declare(answer) => {
                play.write(tab, &(None, "declare".to_owned()), json!(answer));
            }
            Act::Type(line, question, text) => {
                let (shown, questions) = (&play.tabs[tab].shown, step.questions);
                let place = (
                    Some(line % rows(shown).len()),
                    questions[question % questions.len()].to_owned(),
                );
                let value = match at(shown, &place) {
                    Value::Array(_) if text.is_empty() => json!([]),
                    Value::Array(_) => json!([text]),
                    _ => json!(text),
                };
                play.write(tab, &place, value);
            }
            Act::Save { answered, twice } => play.save(tab, answered, twice).await,
            Act::Press { button, named } => {
                let (intent, then) = pressed(step, button, &play.tabs[tab].shown);
                play.press(tab, &intent, then, named).await;
            }
        }
        play.shows_what_was_accepted(&after).await;
    }
}

store::on_both_engines! {
    async fn a_reload_shows_the_lines_that_were_last_accepted(db) {
        let people = People::on(db).await;
        for step in STEPS {
            played(&acts(), async |acts| play(&people, step, acts).await);
        }
    }
}
