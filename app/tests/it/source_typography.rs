//! French typography where no page is drawn: the escaped spaces of every text in the sources.

use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_space_before_a_high_mark_is_the_narrow_one() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "domain/src", "../server/src"] {
        sources(&here.join(folder), &mut found);
    }
    assert!(found.len() > 300);
    let mut wrong = vec![];
    for path in found {
        let source = std::fs::read_to_string(&path).unwrap().to_lowercase();
        for (rank, line) in source.lines().enumerate() {
            if [';', '!', '?']
                .iter()
                .any(|mark| line.contains(&format!("\\u{{a0}}{mark}")))
            {
                wrong.push(format!("{}:{}", path.display(), rank + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
