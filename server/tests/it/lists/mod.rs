//! Published lists that prove, from a file in the browser or on the command line to what stands beside a claim.

mod bad;
mod beside;
mod cli;

use std::fmt::Write as _;

use domain::identifiers::Siren;
use domain::lists::{ImportState, ListKind, Outcome};
use server::lists::{self as service, By, Put};
use store::lists::{self, Import};

use crate::support::{Client, Page, TestApp};

const BOUNDARY: &str = "8f2c";
const ESUS: &str = "/administration/listes/esus";
pub(crate) const HEADINGS: &str = "SIREN;Raison sociale;Date de fin\n";

/// A form of a list, as a browser sends it.
fn form(name: &str, date: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"published_on\"\r\n\r\n{date}\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    );
    let tail = format!("\r\n--{BOUNDARY}--\r\n");
    [head.as_bytes(), content, tail.as_bytes()].concat()
}

async fn send(client: &Client, page: &str, date: &str, content: &[u8]) -> Page {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let body = form("C:\\Listes\\esus été.csv", date, content);
    client
        .send(client.body(&format!("{page}/depot"), &kind, body))
        .await
}

/// Rows that pass the checks and are nobody's.
pub(crate) fn rows(count: usize) -> String {
    let mut content = HEADINGS.to_owned();
    for siren in crate::query_counts::sirens().take(count) {
        writeln!(content, "{siren};Entreprise {siren};31/12/2027").unwrap();
    }
    content
}

/// Reads a file as the command does; nothing is in force yet.
pub(crate) async fn read(app: &TestApp, list: ListKind, content: &[u8]) -> Import {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("liste.csv");
    std::fs::write(&path, content).unwrap();
    let opened = service::open(&path, list).unwrap();
    let offered = service::offer(&app.state, list, opened, "liste.csv", None, By::Command).await;
    let id = offered.unwrap().id;
    service::read(&app.state, id, &path, None).await.unwrap()
}

pub(crate) fn outcome(import: &Import) -> Outcome {
    assert_eq!(import.state, ImportState::Read, "{:?}", import.failure);
    import.outcome.clone().unwrap()
}

pub(crate) async fn put(app: &TestApp, id: i64, confirmed: bool) -> Put {
    let done = service::put_in_force(&app.state, id, confirmed, By::Command).await;
    done.unwrap()
}

pub(crate) async fn import(app: &TestApp, list: ListKind, content: &str) -> i64 {
    let import = read(app, list, content.as_bytes()).await;
    outcome(&import);
    assert_eq!(put(app, import.id, false).await, Put::Done);
    import.id
}

/// How many rows name a company.
async fn named(app: &TestApp, siren: &str) -> usize {
    let siren = Siren::parse(siren).unwrap();
    let listed = lists::proofs(app.state.store.read(), &[siren]).await;
    listed.unwrap().proofs.len()
}

async fn acts(app: &TestApp) -> Vec<String> {
    let rows = app
        .db
        .rows("SELECT act FROM audit_events WHERE act LIKE 'list%' ORDER BY seq")
        .await;
    let acts = rows.iter().map(|row| row["act"].as_str().unwrap());
    acts.map(str::to_owned).collect()
}

/// Files that wait for a decision.
fn left(app: &TestApp) -> usize {
    std::fs::read_dir(app.state.config.data_dir.join("listes")).map_or(0, Iterator::count)
}

store::on_both_engines! {
    async fn a_list_is_sent_checked_put_in_force_and_taken_back(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        admin.get(ESUS).await.expect_status(200).expect_text("Jamais importée");
        let first = format!("{HEADINGS}732829320;Les Éclaireurs;31/12/2027\n910000058;Insertion;\n");
        let page = send(&admin, ESUS, "01/02/2026", first.as_bytes()).await;
        page.expect_status(303).expect_redirect(&format!("{ESUS}/1"));
        // These headings were never seen: the columns are asked for.
        admin.get(&format!("{ESUS}/1")).await.expect_status(200)
            .expect_text("Colonnes à vérifier")
            .expect_text("esus été.csv")
            .expect_text("Les Éclaireurs");
        assert_eq!(left(&app), 1);
        let columns = [("list", "esus"), ("import", "1"), ("columns[siren]", "SIREN"), ("columns[name]", "Raison sociale"),
            ("columns[valid_to]", "Date de fin"), ("published_on", "01/02/2026")];
        admin.post("/fn/read-list", &columns).await.expect_redirect(&format!("{ESUS}/1"));
        admin.get(&format!("{ESUS}/1")).await.expect_status(200)
            .expect_text("Lu, à décider")
            .expect_text("aucune liste");
        assert_eq!(named(&app, "732829320").await, 0, "nothing is in force yet");
        let decide = [("list", "esus"), ("import", "1")];
        admin.post("/fn/put-list-in-force", &decide).await.expect_redirect(&format!("{ESUS}?fait=vigueur"));
        assert_eq!(named(&app, "732829320").await, 1);
        assert_eq!(left(&app), 0, "the file is of no more use");

        // The same headings: read at once.
        let second = format!("{HEADINGS}732829320;Les Éclaireurs;31/12/2031\n910000090;Recyclerie;\n");
        let page = send(&admin, ESUS, "", second.as_bytes()).await;
        page.expect_redirect(&format!("{ESUS}/2"));
        admin.get(&format!("{ESUS}/2")).await
            .expect_text("Lignes retirées")
            .expect_text("Lignes modifiées")
            .expect_text("Recyclerie");
        admin.post("/fn/put-list-in-force", &[("list", "esus"), ("import", "2")]).await
            .expect_redirect(&format!("{ESUS}?fait=vigueur"));
        assert_eq!((named(&app, "910000058").await, named(&app, "910000090").await), (0, 1));
        admin.post("/fn/put-list-in-force", &[("list", "esus"), ("import", "2")]).await
            .expect_redirect(&format!("{ESUS}/2?refus=decide#stopped"));

        admin.get(&format!("{ESUS}?retirer")).await.expect_text("Les décisions déjà prises ne changent pas");
        let back = [("list", "esus"), ("import", "2"), ("reason", "Mauvais fichier")];
        admin.post("/fn/roll-back-list", &back).await.expect_redirect(&format!("{ESUS}?fait=retire"));
        assert_eq!((named(&app, "910000058").await, named(&app, "910000090").await), (1, 0));
        admin.get(ESUS).await.expect_text("Mauvais fichier").expect_text("Retour au fichier");
        assert_eq!(acts(&app).await, ["list_sent", "list_put_in_force", "list_sent", "list_put_in_force", "list_rolled_back"]);
        admin.get("/administration/listes").await.expect_text("En vigueur");
    }

    async fn a_list_that_loses_more_than_a_fifth_waits_for_a_confirmation(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        import(&app, ListKind::Esus, &rows(100)).await;
        // A fifth is not more than a fifth.
        import(&app, ListKind::Esus, &rows(80)).await;
        let page = send(&admin, ESUS, "", rows(63).as_bytes()).await;
        page.expect_redirect(&format!("{ESUS}/3"));
        admin.get(&format!("{ESUS}/3")).await
            .expect_text("La liste rétrécit")
            .expect_text("de 80 à 63 lignes");
        admin.post("/fn/put-list-in-force", &[("list", "esus"), ("import", "3")]).await
            .expect_redirect(&format!("{ESUS}/3?refus=reduction#errors"));
        admin.get(&format!("{ESUS}/3?refus=reduction")).await.expect_status(422)
            .expect_text("cochez la case");
        let in_force = lists::in_force(app.state.store.read()).await.unwrap();
        assert_eq!(in_force[0].0.rows, 80);
        let confirmed = [("list", "esus"), ("import", "3"), ("confirmed", "yes")];
        admin.post("/fn/put-list-in-force", &confirmed).await.expect_redirect(&format!("{ESUS}?fait=vigueur"));
        let in_force = lists::in_force(app.state.store.read()).await.unwrap();
        assert_eq!(in_force[0].0.rows, 63);
        // Another list is none of its business.
        import(&app, ListKind::EssFrance, &rows(2)).await;
    }

    async fn whoever_reads_meanwhile_sees_one_list_whole(db) {
        let app = TestApp::on(db, &[]).await;
        // Every company of the first list has one end, every one of the second another.
        let first = rows(300);
        let second = first.replace("31/12/2027", "31/12/2031");
        import(&app, ListKind::Esus, &first).await;
        let sirens: Vec<Siren> = crate::query_counts::sirens().take(300).collect();
        let store = app.state.store.clone();
        let watching = tokio::spawn(async move {
            let mut seen = std::collections::BTreeSet::new();
            for _ in 0..2000 {
                let listed = lists::proofs(store.read(), &sirens).await.unwrap();
                assert_eq!(listed.proofs.len(), 300, "a whole list");
                let ends: std::collections::BTreeSet<_> =
                    listed.proofs.iter().map(|proof| proof.facts.valid_to).collect();
                assert_eq!(ends.len(), 1, "one list");
                seen.extend(ends);
                if seen.len() == 2 {
                    return true;
                }
                tokio::task::yield_now().await;
            }
            false
        });
        import(&app, ListKind::Esus, &second).await;
        assert!(watching.await.unwrap(), "both were seen");
    }

    async fn what_nobody_decides_about_is_thrown_away_after_a_month(db) {
        let app = TestApp::on(db, &[]).await;
        let forgotten = read(&app, ListKind::Esus, rows(3).as_bytes()).await;
        app.clock.advance(chrono::TimeDelta::days(20));
        let recent = read(&app, ListKind::Esus, rows(3).as_bytes()).await;
        app.clock.advance(chrono::TimeDelta::days(11));
        service::sweep(&app.state).await.unwrap();
        let states: Vec<_> = lists::imports(app.state.store.read(), ListKind::Esus, 9).await.unwrap()
            .into_iter().map(|import| (import.id, import.state, import.rows_kept)).collect();
        assert_eq!(states, [(recent.id, ImportState::Read, true), (forgotten.id, ImportState::Discarded, false)]);
        assert_eq!(app.db.number("SELECT COUNT(*) FROM list_rows").await, 3);
    }

    async fn two_administrators_do_not_put_two_files_in_force_over_one_comparison(db) {
        let app = TestApp::on(db, &[]).await;
        import(&app, ListKind::Esus, &rows(4)).await;
        let one = read(&app, ListKind::Esus, rows(5).as_bytes()).await.id;
        let other = read(&app, ListKind::Esus, rows(6).as_bytes()).await.id;
        let (first, second) = tokio::join!(put(&app, one, false), put(&app, other, false));
        let outdated = Put::Not(lists::NotPut::Outdated);
        assert!(
            (first, second) == (Put::Done, outdated) || (first, second) == (outdated, Put::Done),
            "{first:?} {second:?}"
        );
        let admin = app.administrator().await;
        let late = if first == Put::Done { other } else { one };
        admin.get(&format!("{ESUS}/{late}")).await.expect_text("Une autre version est entrée en vigueur");
    }
}
