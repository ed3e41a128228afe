use std::sync::Arc;
use app::i18n::Lang;
use app::views::*;
use app::desk::StepAnswers;
use domain::lifecycle::Status;
use crate::fakes::supplier::*;
use crate::supplier_visit::visit;
#[test]
fn preview() {
    let out = std::path::Path::new("/work/scratch/supplier/out");
    std::fs::create_dir_all(out).unwrap();
    let put = |name: &str, fake: Fake, url: &str| {
        let fake = Arc::new(fake);
        for lang in [Lang::Fr, Lang::En] {
            std::fs::write(out.join(format!("{name}-{}.html", lang.tag())), visit(&fake, url, lang).0).unwrap();
        }
    };
    let d = format!("/declarations/{}", id(1));
    put("workspace", Fake { workspace: workspace(), ..Fake::default() }, "/espace");
    put("workspace-empty", Fake::default(), "/espace");
    put("search", Fake { search: SearchOutcome::Found { hits: hits(), demonstration: true }, ..Fake::default() }, "/espace/recherche?q=atelier");
    put("search-held", Fake { search: SearchOutcome::Found { hits: hits(), demonstration: true }, ..Fake::default() }, "/espace/recherche?q=atelier&issue=suivie");
    put("search-invalid", Fake { search: SearchOutcome::Invalid(domain::identifiers::Siret::parse("7328293200007").unwrap_err()), ..Fake::default() }, "/espace/recherche?q=7328293200007");
    put("search-down", Fake { search: SearchOutcome::RegistryDown { number: Some("732829320".into()) }, ..Fake::default() }, "/espace/recherche?q=732829320");
    for s in Status::ALL { put(&format!("declaration-{}", s.code()), Fake::showing(view(s, filled())), &d); }
    put("declaration-fresh", Fake::showing(view(Status::Draft, fresh())), &d);
    put("declaration-confirm", Fake::showing(view(Status::Submitted, filled())), &format!("{d}?confirmer=retrait"));
    for slug in ["entreprise", "taille", "solidarite", "insertion", "verification"] {
        put(&format!("step-{slug}"), Fake::showing(view(Status::Draft, filled())), &format!("{d}/{slug}"));
        put(&format!("step-{slug}-fresh"), Fake::showing(view(Status::Draft, fresh())), &format!("{d}/{slug}"));
        put(&format!("step-{slug}-errors"), Fake::showing(view(Status::Draft, fresh())), &format!("{d}/{slug}?verifier"));
    }
    let mut wrong = filled();
    wrong.insertion.rows[0].rate = "60".into();
    wrong.insertion.rows[0].persons = "".into();
    wrong.insertion.rows[1].structure_siret = "35600000000047".into();
    put("step-insertion-wrong", Fake::showing(view(Status::Draft, wrong)), &format!("{d}/insertion?verifier"));
    put("step-solidarite-remark", Fake::showing(view(Status::ChangesRequested, filled())), &format!("{d}/solidarite"));
    put("receipt", Fake { receipt: Some(receipt()), ..Fake::default() }, &format!("{d}/accuse"));
    let mut stored = filled().insertion; stored.rows.pop(); stored.rows[0].persons = "5".into(); stored.rows[0].publics = vec!["deld".into(), "senior".into()];
    put("conflict", Fake { conflict: Some(Conflict { declaration: id(1), version: 9, stored: StepAnswers::Insertion(stored), typed: StepAnswers::Insertion(filled().insertion), stored_at: at("2026-03-03T13:10:00Z") }), ..Fake::default() }, &format!("{d}/insertion?conflit={}", id(9)));
    put("qualification", Fake { qualification: Some(qualification(1)), ..Fake::default() }, &format!("/qualifications/{}", id(51)));
    put("qualification-wrong", Fake { qualification: Some(qualification(1)), ..Fake::default() }, &format!("/qualifications/{}?verifier=date", id(51)));
    put("qualification-closed", Fake { qualification: Some(qualification(2)), ..Fake::default() }, &format!("/qualifications/{}", id(52)));
}
