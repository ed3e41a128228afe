//! What lists in force say, where a claim is made and where it is judged; nothing changes where there is none.

use domain::claims::Kind;
use domain::lists::ListKind;
use domain::registry::Agreement;

use super::import;
use crate::desks::{buyer, fill, open, sent, supplier};
use crate::support::TestApp;

/// The company of the tests of desks, as the directory has it.
const INCLUSION: &str = "siret;kind\n91000005800016;EI\n";

store::on_both_engines! {
    async fn a_reviewer_sees_what_each_list_says_of_a_claim(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let id = sent(&*desk).await;
        let agent = buyer(&app, "agent@metropole.example.fr").await;
        let before = agent.review(id).await.unwrap();
        assert!(before.claims.iter().all(|claim| claim.lists.is_empty()), "no list, no word");
        import(&app, ListKind::Inclusion, INCLUSION).await;
        import(&app, ListKind::Esus, "SIREN\n732829320\n").await;
        let review = agent.review(id).await.unwrap();
        let of = |kind: Kind| review.claims.iter().find(|claim| claim.claim.kind() == kind);
        let claim = of(Kind::Ei).expect("a claim that the directory is about");
        assert_eq!(claim.lists.len(), 1);
        assert_eq!(claim.lists[0].comparison.agreement, Agreement::Agree);
        assert_eq!(claim.lists[0].published_on, app.clock.today());
        assert!(of(Kind::Sme).unwrap().lists.is_empty());
        // Taken off the list: it proves nothing.
        import(&app, ListKind::Inclusion, "siret;kind\n91000013200019;ETTI\n").await;
        let review = agent.review(id).await.unwrap();
        let claim = review.claims.iter().find(|claim| claim.claim.kind() == Kind::Ei).unwrap();
        assert_eq!(claim.lists[0].comparison.agreement, Agreement::Unknown);
        assert!(claim.lists[0].comparison.fr.contains("ne prouve rien"));
    }

    async fn a_supplier_reads_what_lists_say_of_the_company_and_of_no_other(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let id = open(&*desk, crate::desks::EI).await;
        fill(&*desk, id).await;
        let step = format!("/declarations/{id}/solidarite");
        let page = client.get(&step).await;
        page.expect_status(200);
        assert!(!page.body.contains("listes publiées"));
        import(&app, ListKind::Inclusion, INCLUSION).await;
        import(&app, ListKind::Esus, "SIREN;N° d’agrément;Date de fin\n910000058;2024-13-001;31/12/2031\n910000090;2024-13-042;\n").await;
        import(&app, ListKind::Egapro, "Année;SIREN;Note Index\n2025;910000058;91\n").await;
        client.get(&step).await
            .expect_text("D’après les listes publiées")
            .expect_text("Agrément ESUS, n°\u{a0}2024-13-001, jusqu’au 31\u{a0}décembre 2031")
            .expect_text("Annuaire du Marché de l’inclusion, éditée le");
        let view = desk.declaration(id).await.unwrap();
        assert_eq!(view.listed.editions.len(), 3);
        assert!(view.listed.proofs.iter().all(|proof| proof.siren == view.siren));
        client.get(&format!("/declarations/{id}/engagements")).await
            .expect_text("91 sur 100");
    }

    async fn a_published_index_is_taken_over_with_one_click(db) {
        let app = TestApp::on(db, &[]).await;
        let desk = supplier(&app, "camille@demo.example.fr").await;
        let client = app.sign_in("camille@demo.example.fr").await;
        let id = open(&*desk, crate::desks::EI).await;
        let list = "Année;SIREN;Note Index\n2024;910000058;NC\n2025;910000058;91\n2025;910000090;40\n";
        import(&app, ListKind::Egapro, list).await;
        let step = format!("/declarations/{id}/engagements");
        client.get(&step).await
            .expect_text("91 sur 100 (données 2025)")
            .expect_text("liste éditée le")
            .expect_text("Reprendre cet index");
        // What is typed on the page is saved with it.
        let (number, version) = (id.to_string(), desk.declaration(id).await.unwrap().version.to_string());
        let typed = [
            ("id", number.as_str()),
            ("version", version.as_str()),
            ("intent", "index"),
            ("answers[declare]", "yes"),
            ("answers[rows][0][code]", "SOC-APP-01"),
            ("answers[rows][0][baseline]", "beaucoup"),
        ];
        let taken = client.post("/fn/save-pledges", &typed).await;
        taken.expect_redirect(&format!("{step}?enregistre#rows-1"));
        let page = client.follow(&taken).await;
        page.expect_text("beaucoup").expect_text("D’après la liste des index Egapro publiés, éditée le");
        assert!(!page.body.contains("Reprendre cet index"));
        let view = desk.declaration(id).await.unwrap();
        let row = &view.draft.pledges.rows[1];
        assert_eq!((row.code.as_str(), row.score.as_str(), row.year.as_str()), ("SOC-EGA-01", "91", "2025"));
        let day = app.clock.today();
        let marks: Vec<_> = view.draft.prefilled.iter().map(|one| (one.field.as_str(), domain::civil::paris_day(one.at))).collect();
        assert_eq!(marks, [("score", day), ("year", day)]);
        let trail = app.db.rows("SELECT details FROM audit_events WHERE act = 'prefilled'").await;
        assert!(trail[0].to_string().contains("egapro"), "{trail:?}");
        // Pressed again, it changes nothing; nobody else may.
        assert_eq!(desk.take_index(id).await, Ok(Some(1)));
        assert_eq!(desk.declaration(id).await.unwrap().version, view.version);
        let stranger = supplier(&app, "autre@entreprise.example.fr").await;
        assert_eq!(stranger.take_index(id).await, Err(app::error::AppError::NotFound));
        // Changed by hand, the list proposes its own again.
        let mut pledges = view.draft.pledges.clone();
        "80".clone_into(&mut pledges.rows[1].score);
        "85".clone_into(&mut pledges.rows[1].target);
        desk.save_step(id, view.version, app::desk::StepAnswers::Pledges(pledges)).await.unwrap();
        client.get(&step).await.expect_text("Reprendre cet index");
        assert_eq!(desk.take_index(id).await, Ok(Some(1)));
        let row = desk.declaration(id).await.unwrap().draft.pledges.rows.remove(1);
        assert_eq!((row.score.as_str(), row.target.as_str()), ("91", "85"));
    }
}
