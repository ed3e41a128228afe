//! A frozen year: its published files give its figures again, in another language, whatever happens to the data later.

use std::path::Path;
use std::process::{Command, Output};

use domain::contracts::Mode;
use serde_json::Value;
use server::contracts::frozen::{export, freeze, list};
use store::buyer::contracts::Share;

use super::{Bench, CASES, asked, file_of, record};

/// Runs the script that recomputes a year from its files.
fn recompute(figures: &Path, contracts: &Path) -> Output {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../end2end/tools/recompute.mjs"
    );
    let mut node = Command::new("node");
    node.arg(script).arg(figures).arg(contracts);
    node.output().expect("node, as for the browser tests")
}

fn share(holder: &str, share: &str) -> Share {
    Share {
        contract: "M2025-03".into(),
        holder: holder.into(),
        share: share.into(),
        source: "acte".into(),
    }
}

store::on_both_engines! {
    async fn anyone_computes_a_frozen_year_again(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("contracts.json", CASES).await;
        let mut foreign = record("F1", 1_234.567_891);
        foreign["titulaires"] = serde_json::json!([{"titulaire": {"typeIdentifiant": "HORS-UE", "id": "DUPONT-1970"}}]);
        let mut alone = record("=N1", 10);
        alone["titulaires"] = serde_json::json!([]);
        bench.add("more.json", file_of(&[foreign, alone])).await;
        let shares = [share("910000017", "1"), share("910000025", "2")];
        bench.buyer.enter_shares(&shares, "test", bench.clock.now()).await.unwrap();
        let before = bench.figures(Mode::Initial).await;
        let asked = asked(2025, Mode::Initial);
        assert_eq!(freeze(&bench.buyer, &asked, "Publication", "test", &bench.clock).await.unwrap().edition, 1);

        for act in ["UPDATE frozen_years SET figures = ''", "DELETE FROM frozen_years", "DELETE FROM frozen_lines"] {
            let done = db.try_execute(act).await;
            assert!(done.is_err_and(|error| format!("{error:?}").contains("append-only")), "{act}");
        }
        // Everything changes afterwards; the edition does not.
        bench.add("late.json", file_of(&[record("LATE", 5_000_000)])).await;
        assert_ne!(bench.figures(Mode::Initial).await, before);
        let folder = tempfile::tempdir().unwrap();
        let files = export(&bench.buyer, 2025, None, folder.path()).await.unwrap();
        assert_eq!(files.len(), 4);
        for state in files.chunks(2) {
            let done = recompute(&state[0], &state[1]);
            assert!(done.status.success(), "{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            assert!(String::from_utf8_lossy(&done.stdout).contains("I3high"));
        }
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        let published: Value = serde_json::from_str(&read(&files[0])).unwrap();
        assert_eq!(published["figures"], before);
        let csv = read(&files[1]);
        assert!(!csv.contains("DUPONT"), "an identifier that may be of a person is not published");
        assert!(csv.contains(",'=N1,"), "{csv}");

        // One digit changed in the file is found.
        let forged = folder.path().join("forged.csv");
        std::fs::write(&forged, csv.replacen("100000", "100001", 1)).unwrap();
        assert_eq!(recompute(&files[0], &forged).status.code(), Some(1));
        // Frozen again, it is another edition.
        assert_eq!(freeze(&bench.buyer, &asked, "", "test", &bench.clock).await.unwrap().edition, 2);
        assert_eq!(list(&bench.buyer).await.unwrap().len(), 4);
        // The same again is the button pressed twice, unless somebody else pressed it.
        for (by, edition, new) in [("test", 2, false), ("other", 3, true)] {
            let kept = freeze(&bench.buyer, &asked, "", by, &bench.clock).await.unwrap();
            assert_eq!((kept.edition, kept.new), (edition, new), "{by}");
        }
        let first = export(&bench.buyer, 2025, Some(1), folder.path()).await.unwrap();
        assert_eq!(read(&first[1]), csv);
        assert!(export(&bench.buyer, 2024, None, folder.path()).await.is_err());
    }
}
