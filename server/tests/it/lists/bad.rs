//! Bad files of lists, each by its name.

use domain::lists::{Field, ImportState, ListKind};
use server::lists::Put;
use store::lists::Failure;

use super::{ESUS, HEADINGS, import, left, named, outcome, put, read, rows, send};
use crate::support::TestApp;

store::on_both_engines! {
    async fn a_list_with_300_000_rows(db) {
        let app = TestApp::on(db, &[]).await;
        let first = read(&app, ListKind::EssFrance, rows(300_000).as_bytes()).await;
        assert_eq!(outcome(&first).rows, 300_000);
        assert_eq!(put(&app, first.id, false).await, Put::Done);
        let content = rows(300_000).replacen(";31/12/2027", ";01/01/2030", 2);
        let cut = content.rsplit_once("\n92").unwrap().0;
        let second = read(&app, ListKind::EssFrance, cut.as_bytes()).await;
        let difference = outcome(&second).difference;
        assert_eq!((difference.added, difference.removed), (0, 1));
        assert_eq!(put(&app, second.id, false).await, Put::Done);
        assert_eq!(named(&app, crate::query_counts::sirens().nth(299_000).unwrap().as_str()).await, 1);
    }

    async fn a_list_in_windows_1252_or_in_utf_8_with_a_mark(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        let content = format!("{HEADINGS}732829320;Les Éclaireurs de l’œuvre;31/12/2027\n");
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(&content);
        let mark = [b"\xef\xbb\xbf", content.as_bytes()].concat();
        for (number, bytes) in [(1, windows.into_owned()), (3, mark)] {
            let at = format!("{ESUS}/{number}");
            send(&admin, ESUS, "", &bytes).await.expect_redirect(&at);
            admin.get(&at).await.expect_text("Les Éclaireurs de l’œuvre");
            let read = read(&app, ListKind::Esus, &bytes).await;
            assert_eq!(read.headings[0], "SIREN", "no mark in the heading");
            assert_eq!(outcome(&read).rows, 1);
        }
    }

    async fn repeated_and_contradicting_rows(db) {
        let app = TestApp::on(db, &[]).await;
        let content = format!(
            "{HEADINGS}732829320;Les Éclaireurs;31/12/2027\n732829320;LES ECLAIREURS;31/12/2027\n\
             910000058;Insertion;31/12/2027\n910000058;Insertion;31/12/2029\n"
        );
        let read = read(&app, ListKind::Esus, content.as_bytes()).await;
        let outcome = outcome(&read);
        assert_eq!((outcome.lines, outcome.rows), (4, 2));
        assert_eq!((outcome.duplicates, outcome.contradicted), (1, 1));
        assert_eq!(outcome.contradictions[0].lines, [4, 5]);
        assert_eq!(put(&app, read.id, false).await, Put::Done);
        let siren = [domain::identifiers::Siren::parse("910000058").unwrap()];
        let listed = store::lists::proofs(app.state.store.read(), &siren).await.unwrap();
        assert_eq!(listed.proofs[0].facts.valid_to, None, "the list says nothing of it");
        assert_eq!(listed.proofs[0].facts.contradicted, [Field::ValidTo]);
    }

    async fn a_list_without_the_columns_that_it_needs(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        import(&app, ListKind::Inclusion, "siret;kind\n91000005800016;EI\n").await;
        let page = "/administration/listes/inclusion";
        send(&admin, page, "", b"siret;ville\n91000005800016;Marseille\n").await
            .expect_redirect(&format!("{page}/2"));
        let asked = [("list", "inclusion"), ("import", "2"), ("columns[siret]", "siret"), ("published_on", "01/02/2026")];
        admin.post("/fn/read-list", &asked).await.expect_redirect(&format!("{page}/2"));
        admin.get(&format!("{page}/2")).await.expect_status(422)
            .expect_text("Type de structure");
        // A date that does not exist: nothing is read, and the column chosen is still there.
        let asked = [("list", "inclusion"), ("import", "2"), ("columns[siret]", "siret"), ("columns[kind]", "ville"),
            ("published_on", "31/02/2026")];
        admin.post("/fn/read-list", &asked).await.expect_redirect(&format!("{page}/2?refus=date#errors"));
        let kept = store::lists::find(app.state.store.read(), 2).await.unwrap().unwrap();
        assert_eq!(kept.mapping[&Field::Kind], "ville");
        admin.post("/fn/discard-list", &[("list", "inclusion"), ("import", "2")]).await
            .expect_redirect(&format!("{page}?fait=ecarte"));
        assert_eq!((left(&app), named(&app, "910000058").await), (0, 1), "the list in force holds");
    }

    async fn a_reading_whose_file_is_gone_or_whose_rows_are_all_wrong(db) {
        let app = TestApp::on(db, &[]).await;
        let admin = app.administrator().await;
        send(&admin, ESUS, "", rows(2).as_bytes()).await;
        std::fs::remove_file(app.state.config.data_dir.join("listes/1.data")).unwrap();
        let asked = [("list", "esus"), ("import", "1"), ("columns[siren]", "SIREN"), ("published_on", "01/02/2026")];
        admin.post("/fn/read-list", &asked).await;
        admin.get(&format!("{ESUS}/1")).await.expect_text("n’est plus sur cette machine");
        let wrong = read(&app, ListKind::Esus, b"SIREN;Fin\n7,3E+8;\n732829321;\n").await;
        assert_eq!((wrong.state, wrong.failure), (ImportState::Failed, Some(Failure::NoRows)));
        assert_eq!(put(&app, wrong.id, true).await, Put::Not(store::lists::NotPut::NotRead));
        assert_eq!(app.db.number("SELECT COUNT(*) FROM list_rows").await, 0);
    }
}

#[tokio::test]
async fn what_is_no_list_is_refused_and_leaves_nothing() {
    let app = TestApp::set(&[("lists.max_megabytes", "1")]).await;
    let admin = app.administrator().await;
    let large = vec![b'1'; 1 << 20];
    for (content, date, code) in [
        (&b""[..], "", "vide"),
        (b"   \n\n", "", "vide"),
        (b"%PDF-1.7", "", "illisible"),
        (b"PK\x03\x04 renamed", "", "illisible"),
        (b"\xd0\xcf\x11\xe0\0 old workbook", "", "illisible"),
        (&large, "", "trop-gros"),
        (b"SIREN\n732829320\n", "31/02/2026", "date"),
        (b"SIREN\n732829320\n", "01/01/2199", "date-future"),
        (b"SIREN\n732829320\n", &"1".repeat(100), "date"),
    ] {
        let page = send(&admin, ESUS, date, content).await;
        page.expect_status(303)
            .expect_redirect(&format!("{ESUS}?refus={code}#errors"));
        admin
            .get(&format!("{ESUS}?refus={code}"))
            .await
            .expect_status(422);
    }
    assert_eq!(left(&app), 0);
    let nothing = format!(
        "--{0}\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--{0}--\r\n",
        super::BOUNDARY
    );
    let kind = format!("multipart/form-data; boundary={}", super::BOUNDARY);
    let page = admin
        .send(admin.body(&format!("{ESUS}/depot"), &kind, nothing.into_bytes()))
        .await;
    page.expect_redirect(&format!("{ESUS}?refus=sans-fichier#errors"));
    let cut = super::form("a.csv", "", b"SIREN\n");
    let cut = cut[..cut.len() - 12].to_vec();
    let page = admin
        .send(admin.body(&format!("{ESUS}/depot"), &kind, cut))
        .await;
    page.expect_redirect(&format!("{ESUS}?refus=interrompu#stopped"));
    assert_eq!(app.db.number("SELECT COUNT(*) FROM list_imports").await, 0);
}

#[tokio::test]
async fn only_an_administrator_sends_a_list() {
    let app = TestApp::start().await;
    let content = rows(1);
    for (client, expected) in [
        (app.client(), 303),
        (app.supplier().await, 403),
        (app.reviewer().await, 403),
    ] {
        let page = send(&client, ESUS, "", content.as_bytes()).await;
        assert_eq!(page.status, expected);
    }
    let admin = app.administrator().await;
    let page = send(
        &admin,
        "/administration/listes/autre",
        "",
        content.as_bytes(),
    )
    .await;
    assert_eq!(page.status, 404);
    let shown = admin.get(&format!("{ESUS}/depot")).await;
    shown.expect_status(303).expect_redirect(ESUS);
    assert_eq!(app.db.number("SELECT COUNT(*) FROM list_imports").await, 0);
}
