//! Whatever bytes come to whatever address, from whomever: an answer, never a fault of ours, and nothing of it loose in a page.
//!
//! Every address is known from the routes, so that a new one is tried without anybody remembering. `make fuzz` is the long run;
//! `SPASER_FUZZ_SEED` plays one again, `SPASER_FUZZ_ROUNDS` says how long. Panics of the server are counted, also those outside of requests.
#![expect(
    clippy::print_stdout,
    reason = "the seed, and what is to be sent again"
)]

mod addresses;
mod answers;
mod chance;
mod forms;
mod requests;
mod world;

use std::collections::BTreeSet;
use std::sync::{Mutex, Once};
use std::time::Duration;

use store::Engine;
use store::testing::TestDatabase;

use addresses::parameters;
use chance::Chance;
use requests::Sent;
use world::World;

/// No answer takes longer, on a machine that does other things.
const PATIENCE: Duration = Duration::from_mins(2);
/// The threads on which the server under test runs.
const THREADS: &str = "fuzzed-";

/// Where the server panicked.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let thread = std::thread::current();
            if let Some(name) = thread.name().filter(|name| name.starts_with(THREADS)) {
                PANICS.lock().unwrap().push(format!("{name} {panic}"));
            }
            usual(panic);
        }));
    });
}

pub(crate) fn given(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

async fn any_bytes(engine: Engine, thread: &str) {
    let (seed, rounds) = (
        given("SPASER_FUZZ_SEED", 20_260_504),
        given("SPASER_FUZZ_ROUNDS", 1),
    );
    println!("SPASER_FUZZ_SEED={seed} SPASER_FUZZ_ROUNDS={rounds}");
    let mut chance = Chance::new(seed);
    let mut world = World::on(TestDatabase::create(engine).await).await;
    let mut troubles: BTreeSet<String> = BTreeSet::new();
    let mut counts = [0_usize; 6];
    for _ in 0..rounds {
        let mut turns: Vec<_> = (0..world.addresses.len())
            .flat_map(|address| (0..world.people.len()).map(move |person| (address, person)))
            .collect();
        chance.shuffle(&mut turns);
        for (address, person) in turns {
            let address = world.addresses[address].clone();
            // More of the forms that this person is really offered.
            let times = 1 + 3 * usize::from(address.post && world.offers(&address, person));
            for _ in 0..times {
                let sent = Sent::make(&world, &address, person, &mut chance).await;
                let whose = &world.people[person];
                let answer = whose.client.try_send(sent.request(&whose.client));
                let trouble = match tokio::time::timeout(PATIENCE, answer).await {
                    Err(_) => Some("no answer".to_owned()),
                    Ok(Err(error)) => Some(format!("cut: {error:?}")),
                    Ok(Ok(page)) => {
                        counts[usize::from(page.status / 100)] += 1;
                        answers::trouble(&page)
                    }
                };
                if let Some(trouble) = trouble {
                    let at = format!(
                        "{} {} as {}: {trouble}",
                        if address.post { "POST" } else { "GET" },
                        address.route,
                        whose.name
                    );
                    if troubles.insert(at.clone()) {
                        println!("{at}\n  {}", sent.told());
                    }
                }
            }
            if address.route == app::routes::path::SIGN_OUT {
                world.sign_in_again().await;
            }
        }
    }
    let mut untried = without_a_form(&world);
    untried.sort();
    assert_eq!(
        untried, NO_FORM,
        "functions whose form no page of the demonstration shows"
    );
    println!("answers by class of status: {counts:?}");
    assert!(
        counts[2] > 0 && counts[3] > 0 && counts[4] > 0,
        "{counts:?}"
    );
    // Afterwards everything is still there, and every page opens on what was saved.
    world.sign_in_again().await;
    world.people[0]
        .client
        .get("/health/ready")
        .await
        .expect_status(200);
    world.walk().await;
    troubles.append(&mut world.troubles);
    world.check_databases().await;
    let panics = PANICS.lock().unwrap();
    troubles.extend(
        panics
            .iter()
            .filter(|panic| panic.starts_with(thread))
            .cloned(),
    );
    assert!(troubles.is_empty(), "seed {seed}: {troubles:#?}");
}

/// Functions for which a form of another one is sent, since the demonstration never comes to show theirs.
const NO_FORM: &[&str] = &[
    "/fn/answer-prepared",
    "/fn/change-prepared",
    "/fn/change-role",
    "/fn/confirm-revocation",
    "/fn/correct-record",
    "/fn/drop-revocation",
    "/fn/forget-shares",
    "/fn/publish-attestations",
    "/fn/remove-person",
    "/fn/type-letter-code",
];

fn without_a_form(world: &World) -> Vec<String> {
    let posts = world
        .addresses
        .iter()
        .filter(|address| address.post && address.route.starts_with("/fn/"));
    let shown = |route: &str| {
        world
            .forms
            .iter()
            .any(|(_, form)| parameters(route, &form.action).is_some())
    };
    posts
        .filter(|address| !address.route.contains('{') && !shown(&address.route))
        .map(|address| address.route.clone())
        .collect()
}

fn run(engine: Engine, thread: &'static str) {
    count_panics();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name(thread)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(any_bytes(engine, thread));
    runtime.shutdown_timeout(Duration::from_secs(10));
}

#[test]
fn any_bytes_to_any_address_have_an_answer_on_sqlite() {
    run(Engine::Sqlite, "fuzzed-sqlite");
}

#[test]
fn any_bytes_to_any_address_have_an_answer_on_postgres() {
    run(Engine::Postgres, "fuzzed-postgres");
}
