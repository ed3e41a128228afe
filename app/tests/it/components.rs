//! The components: escaping, labels, states, and the rules of the sources themselves.

use std::path::{Path, PathBuf};

use crate::html::{all, assert_sound, text, typography};
use crate::support::{Visit, render};
use app::i18n::Lang;
use app::ui::*;
use leptos::prelude::*;
use scraper::Html;

/// A document around some components, so that the checks of whole pages apply.
fn page<V: IntoView + 'static>(lang: Lang, view: impl FnOnce() -> V + 'static) -> (String, Html) {
    let source = render(Visit::to("/", lang), move || {
        view! {
            <!DOCTYPE html>
            <html lang=lang.tag()>
                <head>
                    <title>"Essai \u{2013} Portail"</title>
                </head>
                <body>
                    <a class="skip" href="#main">"Contenu"</a>
                    <main id="main">
                        <h1>"Essai"</h1>
                        {view()}
                    </main>
                </body>
            </html>
        }
    });
    assert_sound("components", &source, lang.tag());
    let parsed = Html::parse_document(&source);
    (source, parsed)
}

const HOSTILE: &str = "</textarea></select></option>\"'><script>alert(1)</script>&amp;&#60;";

#[test]
fn a_textarea_gives_back_exactly_what_was_typed() {
    for typed in [
        HOSTILE,
        "\nDeux",
        "\r\nDeux",
        "Un\n\nTrois",
        "",
        " ",
        "\n",
        "&lt;b&gt;",
        "<!--",
        "é\u{202F}!",
    ] {
        let (source, parsed) = page(Lang::Fr, move || {
            view! { <TextArea lang=Lang::Fr name="reason" label="Motif" value=typed/> }
        });
        assert!(!source.contains("<script>alert"), "{typed:?}");
        let area = all(&parsed, "textarea").remove(0);
        assert_eq!(text(area), typed, "{typed:?}");
        assert!(all(&parsed, "main script").is_empty());
    }
}

#[test]
fn inputs_and_choices_give_back_exactly_what_was_typed() {
    let (_, parsed) = page(Lang::Fr, || {
        view! {
            <TextInput lang=Lang::Fr name="a" label="A" value=HOSTILE hint=HOSTILE error=HOSTILE/>
            <MoneyInput lang=Lang::Fr name="b" label="B, en euros" value=HOSTILE/>
            <DateInput lang=Lang::Fr name="c" label="C" value=HOSTILE/>
            <Select lang=Lang::Fr name="d" label="D" choices=vec![Choice::new(HOSTILE, HOSTILE)] value=HOSTILE/>
            <Notice title=HOSTILE>{HOSTILE}</Notice>
            <DescriptionList entries=vec![Entry::new(HOSTILE, HOSTILE)]/>
            <StatusChip label=HOSTILE/>
        }
    });
    for id in ["a", "b", "c"] {
        let field = all(&parsed, &format!("#{id}")).remove(0);
        assert_eq!(field.value().attr("value"), Some(HOSTILE));
    }
    let option = all(&parsed, "#d option[selected]").remove(0);
    assert_eq!(option.value().attr("value"), Some(HOSTILE));
    assert_eq!(text(option), HOSTILE);
    assert!(all(&parsed, "main script").is_empty());
}

#[test]
fn errors_and_hints_are_tied_to_their_field() {
    let issues = Issues(vec![
        Issue::new("siret", "Il manque un chiffre."),
        Issue::new("group", "Choisissez oui ou non."),
    ]);
    let (_, parsed) = page(Lang::Fr, move || {
        let of = issues.clone();
        view! {
            <ErrorSummary lang=Lang::Fr issues=issues/>
            <TextInput lang=Lang::Fr name="siret" label="Siret" hint="14 chiffres" error=of.of("siret") autocomplete="off"/>
            <RadioGroup
                lang=Lang::Fr
                name="group"
                legend="Groupe"
                hint="Aide"
                error=of.of("group")
                choices=vec![Choice::new("yes", "Oui"), Choice::new("no", "Non").hint("Rien")]
                value="no"
            />
            <CheckboxGroup
                lang=Lang::Fr
                name="kinds"
                legend="Déclarations"
                choices=vec![Choice::new("a", "A"), Choice::new("b", "B"), Choice::new("c", "C")]
                values=vec!["a".into(), "c".into()]
            />
            <Checkbox lang=Lang::Fr name="statement" label="J’atteste"/>
        }
    });
    let field = all(&parsed, "#siret").remove(0);
    assert_eq!(
        field.value().attr("aria-describedby"),
        Some("siret-error siret-hint")
    );
    assert_eq!(field.value().attr("aria-invalid"), Some("true"));
    let message = all(&parsed, "#siret-error").remove(0);
    assert_eq!(text(message), "Erreur\u{A0}: Il manque un chiffre.");
    let group = all(&parsed, "fieldset").remove(0);
    assert_eq!(
        group.value().attr("aria-describedby"),
        Some("group-group-error group-group-hint")
    );
    let summary: Vec<_> = all(&parsed, ".error-summary a")
        .into_iter()
        .map(|link| link.value().attr("href").unwrap())
        .collect();
    assert_eq!(summary, ["#siret", "#group"]);
    let ticked: Vec<_> = all(&parsed, "input[checked]")
        .into_iter()
        .map(|input| input.value().attr("value").unwrap())
        .collect();
    assert_eq!(ticked, ["no", "a", "c"]);
}

#[test]
fn the_summary_is_absent_without_errors() {
    let (source, _) = page(
        Lang::En,
        || view! { <ErrorSummary lang=Lang::En issues=Issues::default()/> },
    );
    assert!(!source.contains("error-summary"));
}

#[test]
fn lists_tables_and_states_are_sound_in_both_languages() {
    for lang in [Lang::Fr, Lang::En] {
        let (source, parsed) = page(lang, move || {
            let steps = [
                StepState::Done,
                StepState::Started,
                StepState::ToDo,
                StepState::Wrong,
            ]
            .into_iter()
            .enumerate()
            .map(|(index, state)| Step {
                label: format!("Étape {index}").into(),
                href: (index < 2).then(|| format!("/pas/{index}").into()),
                state,
                current: index == 1,
            })
            .collect();
            view! {
                <StepList lang=lang label="Étapes" steps=steps/>
                <DataTable
                    caption="File"
                    columns=vec![
                        Column::new("Nom").sorted("?tri=nom", Some(false)),
                        Column::new("Effectif").figures().sorted("?tri=effectif", None),
                    ]
                >
                    <tr>
                        <th scope="row">"A"</th>
                        <td class="figures">"3"</td>
                    </tr>
                </DataTable>
                <Pager lang=lang label="Pages" summary="1 à 25" next="?page=2"/>
                <Timeline moments=vec![Moment {
                    when: "hier".into(),
                    datetime: "2026-03-01".into(),
                    title: "Transmise".into(),
                    text: MaybeWords::default(),
                    tone: Tone::Info,
                    link: None,
                }]/>
                <EmptyState title="Rien" text="Rien encore."/>
                <ConfirmPanel
                    lang=lang
                    title="Retirer"
                    consequence="L’acheteur sera informé."
                    action="/fn/withdraw"
                    confirm="Retirer"
                    cancel_href="/espace"
                />
            }
        });
        assert_eq!(all(&parsed, "[aria-current=step]").len(), 1);
        assert_eq!(all(&parsed, "th[aria-sort=descending]").len(), 1);
        assert_eq!(all(&parsed, "section[tabindex='0'][aria-label]").len(), 1);
        assert!(all(&parsed, "a[rel=prev]").is_empty());
        if lang == Lang::Fr {
            for node in all(&parsed, "p, a, button, span") {
                assert_eq!(typography(&text(node)), None, "{}", text(node));
            }
        }
        assert!(!source.contains("style="));
    }
}

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
fn no_source_uses_what_leptos_does_not_escape() {
    let mut found = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    assert!(found.len() > 20);
    for path in found {
        let source = std::fs::read_to_string(&path).unwrap();
        let (code, _tests) = source.split_once("#[cfg(test)]").unwrap_or((&source, ""));
        let code: String = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let allowed = |files: &[&str]| files.contains(&name.as_str());
        for (forbidden, except) in [
            ("<textarea", &["text_area.rs"][..]),
            ("inner_html", &["text_area.rs", "prose.rs", "legal.rs"]),
            ("prop:value", &[]),
            ("<Title", &["title.rs"]),
            ("style=", &[]),
            ("<script", &["assets.rs"]),
            ("HydrationScripts", &[]),
        ] {
            assert!(
                !code.contains(forbidden) || allowed(except),
                "{forbidden} in {}",
                path.display()
            );
        }
    }
}
