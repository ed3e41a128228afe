//! What is printed is data: hostile words, every script, very long words, many claims.

use std::sync::Arc;

use app::i18n::Lang;
use app::papers::{Block, Paper, PaperClaim, Row, Section};
use app::site::Site;
use app::ui::Tone;
use server::papers::{Mark, Sheet, pdf};

use super::{assert_accessible, bare, poppler, tagged_text};

const HOSTILE: &str = r#"#panic("x") #strong[gras] $x^2$ *y* _z_ @ref <label> `raw` = titre \ // /* "\u{41}" #{read("/etc/passwd")}"#;

fn sheet(lang: Lang, value: &str) -> Sheet {
    Sheet {
        paper: Paper {
            lang,
            title: value.to_owned(),
            name: value.to_owned(),
            notice: vec![Block::Words {
                words: value.to_owned(),
            }],
            tone: Tone::Info,
            blocks: vec![Block::Rows {
                rows: vec![Row::new(value, value)],
            }],
            sections: vec![Section {
                id: "x",
                title: value.to_owned(),
                blocks: vec![
                    Block::List {
                        items: vec![value.to_owned()],
                    },
                    Block::Claims {
                        claims: vec![PaperClaim {
                            title: value.to_owned(),
                            rows: vec![Row::code(value, value)],
                        }],
                    },
                    Block::Table {
                        caption: value.to_owned(),
                        columns: vec![value.to_owned(), value.to_owned()],
                        rows: vec![vec![value.to_owned(), value.to_owned()]],
                    },
                ],
            }],
        },
        site: Arc::new(Site::default()),
        on: "2026-05-04".parse().unwrap(),
        mark: None,
    }
}

#[tokio::test]
async fn words_are_printed_and_never_evaluated() {
    let pdf = pdf(sheet(Lang::Fr, HOSTILE)).await.unwrap();
    assert_accessible(&pdf);
    let text = bare(&tagged_text(&pdf));
    // Title, notice, label and value, section, list, claim with label and value, two heads and two cells.
    assert_eq!(text.matches(&bare(HOSTILE)).count(), 13, "{text}");
}

#[tokio::test]
async fn any_script_can_be_printed_and_what_no_font_has_is_replaced() {
    let words = "Société שלום مرحبا 漢字 🚀 \u{202E}abc\u{0}\u{E000} Ωμέγα Жук";
    let pdf = pdf(sheet(Lang::En, words)).await.unwrap();
    assert_accessible(&pdf);
    let text = poppler("pdftotext", &[], &pdf);
    for expected in ["Société", "Ωμέγα", "Жук", "abc", "\u{FFFD}\u{FFFD}"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    for letter in "שלוםمرحبا".chars() {
        assert!(
            text.contains(letter) || text.chars().any(|c| ('\u{FB50}'..='\u{FEFF}').contains(&c)),
            "{letter}: {text}"
        );
    }
}

#[tokio::test]
async fn a_very_long_word_stays_on_the_page_and_many_claims_make_many_pages() {
    let word = "W".repeat(300);
    let mut long = sheet(Lang::Fr, &word);
    long.paper.name = "Accusé".to_owned();
    let claim = PaperClaim {
        title: "Engagement".to_owned(),
        rows: vec![Row::new("Marché", "2026-17"); 8],
    };
    long.paper.sections.push(Section {
        id: "y",
        title: "Suite".to_owned(),
        blocks: vec![Block::Claims {
            claims: vec![claim; 60],
        }],
    });
    let pdf = pdf(long).await.unwrap();
    assert_accessible(&pdf);
    let pages: usize = poppler("pdfinfo", &[], &pdf)
        .lines()
        .find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok())
        .unwrap();
    assert!(pages > 8, "{pages}");
    // What is drawn outside of the page is not in the text of its box.
    let box_of_page = ["-x", "0", "-y", "0", "-W", "595", "-H", "842"];
    let text = bare(&poppler("pdftotext", &box_of_page, &pdf));
    let seen = text.matches('W').count();
    assert_eq!(seen, 13 * 300, "{text}");
    assert!(text.contains(&format!("Page{pages}/{pages}")), "{text}");
}

#[tokio::test]
async fn the_language_and_the_title_are_those_of_the_paper() {
    for (lang, tag) in [(Lang::Fr, "fr"), (Lang::En, "en")] {
        let pdf = pdf(sheet(lang, "Titre")).await.unwrap();
        assert!(poppler("pdfinfo", &[], &pdf).contains("Title:           Titre"));
        let raw = String::from_utf8_lossy(&pdf).into_owned();
        assert!(
            raw.contains(&format!("/Lang ({tag})")) || raw.contains(&format!("/Lang({tag})")),
            "{tag}"
        );
    }
}

/// The square in the PDF, drawn then read by another program, holds the address.
#[tokio::test]
async fn the_square_is_read_back() {
    let address = "https://spaser.example/verifier/ABCDEFGHJK";
    let mut marked = sheet(Lang::Fr, "Attestation");
    marked.mark = Some(Mark {
        address: address.to_owned(),
        alt: "Carré de vérification".to_owned(),
        rows: vec![Row::new("Code", "ABCDE-FGHJK")],
        words: "Vérifiez.".to_owned(),
    });
    let pdf = pdf(marked).await.unwrap();
    assert_accessible(&pdf);
    assert!(super::structure(&pdf).contains("Figure"), "with its tag");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, &pdf).unwrap();
    let drawn = std::process::Command::new("pdftoppm")
        .args(["-gray", "-r", "150", "-f", "1", "-l", "1", "-singlefile"])
        .arg(&file)
        .arg(folder.path().join("a"))
        .status()
        .unwrap();
    assert!(drawn.success());
    let picture = std::fs::read(folder.path().join("a.pgm")).unwrap();
    // P5, then width, height and depth, each ended by one space.
    let mut numbers = vec![];
    let mut at = 2;
    while numbers.len() < 3 {
        let word: Vec<u8> = picture[at + 1..]
            .iter()
            .copied()
            .take_while(|byte| !byte.is_ascii_whitespace())
            .collect();
        at += 1 + word.len();
        numbers.push(
            std::str::from_utf8(&word)
                .unwrap()
                .parse::<usize>()
                .unwrap(),
        );
    }
    let pixels = &picture[at + 1..];
    let mut grey = rqrr::PreparedImage::prepare_from_greyscale(numbers[0], numbers[1], |x, y| {
        pixels[y * numbers[0] + x]
    });
    let found: Vec<String> = grey
        .detect_grids()
        .iter()
        .filter_map(|grid| Some(grid.decode().ok()?.1))
        .collect();
    assert_eq!(found, [address]);
}
