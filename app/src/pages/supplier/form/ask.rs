//! A question as a field: one widget each, with its error and its doubt.

use domain::catalogue::Profile;
use domain::documents::{DocumentLimits, KnownDocument};
use domain::form::{Choice, LINK, Widget};
use leptos::prelude::*;
use uuid::Uuid;

use super::super::document_list::documents_field;
use super::Question;
use crate::catalogue::choices;
use crate::i18n::{Lang, Text, Words, text};
use crate::islands::declaration::ours;
use crate::ui::{
    self, CheckboxGroup, DateInput, Issues, MaybeWords, MoneyInput, RadioGroup, Select, TextArea,
    TextInput,
};

use crate::views::DeclarationView;

/// What is said beside the fields.
#[derive(Clone, Debug)]
pub struct Marks {
    pub lang: Lang,
    /// What must be corrected; empty until the person asks to go on.
    pub issues: Issues,
    /// Doubts that stop nobody: id of the field, sentence.
    pub doubts: Vec<(String, &'static str)>,
    /// Answers that somebody else proposed: id of the field, by whom and when.
    pub sources: Vec<(String, String)>,
    /// What decides which answers of the catalogue are offered.
    pub profile: Profile,
    /// The documents that the answers name, and how many and how large they may be.
    pub documents: Vec<KnownDocument>,
    pub document_limits: DocumentLimits,
    /// The document that was just taken from a line: the rank of the line, the document.
    pub removed: Option<(usize, Uuid)>,
    /// The lines that others may name: code, name.
    pub members: Vec<(String, String)>,
}

impl Marks {
    /// For a page that asks neither a list of the catalogue nor the lines of a group.
    pub fn plain(lang: Lang, view: &DeclarationView, issues: &Issues) -> Self {
        Self {
            lang,
            issues: issues.clone(),
            doubts: vec![],
            sources: vec![],
            profile: Profile::default(),
            documents: view.documents.clone(),
            document_limits: view.document_limits,
            removed: None,
            members: vec![],
        }
    }
}

pub const YES_NO: [(&str, Text); 2] = [("yes", text("Oui", "Yes")), ("no", text("Non", "No"))];

/// From six choices on, a list; a question that may stay open is a list too, because a radio button cannot be unticked.
const MOST_RADIOS: usize = 5;

/// The field in its place; a hidden one keeps its answer.
pub fn ask(marks: &Marks, question: &Question) -> impl IntoView + use<> {
    let id = question.id();
    let doubt = marks
        .doubts
        .iter()
        .find(|(field, _)| *field == id)
        .map(|(_, sentence)| *sentence);
    let doubt_id = format!("{id}-doubt");
    let source = marks
        .sources
        .iter()
        .find(|(field, _)| *field == id)
        .map(|(_, sentence)| sentence.clone());
    let source_id = format!("{id}-source");
    let about: Vec<&str> = [
        source.is_some().then_some(source_id.as_str()),
        doubt.is_some().then_some(doubt_id.as_str()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let described = (!about.is_empty()).then(|| about.join(" "));
    let role = described.is_some().then_some("group");
    let lang = marks.lang;
    view! {
        <div
            class="ask"
            data-question=id
            hidden=!question.shown
            role=role
            aria-describedby=described
        >
            {widget(marks, question)}
            {source.map(|sentence| view! { <p class="proposed-by" id=source_id>{sentence}</p> })}
            {doubt
                .map(|sentence| {
                    view! {
                        <p class="doubt" id=doubt_id>
                            <strong>{lang.pick("À vérifier\u{A0}: ", "To be checked: ")}</strong>
                            {sentence}
                        </p>
                    }
                })}
        </div>
    }
}

fn widget(marks: &Marks, question: &Question) -> AnyView {
    let lang = marks.lang;
    let field = &question.field;
    let (id, name) = (question.id(), question.name());
    let label = label(lang, question);
    let hint = field.hint.map(|hint| hint.get(lang));
    let error = marks.issues.of(&id);
    let value = question.answer.clone();
    let optional = !field.required;
    match field.widget {
        Widget::Long => view! {
            <TextArea lang=lang id=id name=name label=label value=value hint=hint error=error optional=optional/>
        }
        .into_any(),
        Widget::Date => view! {
            <DateInput lang=lang id=id name=name label=label value=value hint=hint error=error optional=optional/>
        }
        .into_any(),
        Widget::Decimal(unit) if unit.fr == "€" => view! {
            <MoneyInput lang=lang id=id name=name label=label value=value hint=hint error=error optional=optional/>
        }
        .into_any(),
        Widget::YesNo => {
            let choices = YES_NO.map(|(code, label)| ui::Choice::new(code, label.get(lang))).to_vec();
            view! {
                <RadioGroup
                    lang=lang id=id name=name legend=label choices=choices value=value hint=hint error=error
                    optional=optional inline=true
                />
            }
            .into_any()
        }
        Widget::Choice(choices) if choices.len() <= MOST_RADIOS && field.required => view! {
            <RadioGroup
                lang=lang id=id name=name legend=label choices=options(lang, choices) value=value hint=hint error=error
            />
        }
        .into_any(),
        Widget::Offered(list) => {
            let choices = choices(lang, list, &marks.profile, &question.answer);
            view! {
                <Select
                    lang=lang id=id name=name label=label choices=choices value=value hint=hint error=error
                    optional=optional placeholder=lang.pick("Choisissez", "Choose")
                />
            }
            .into_any()
        }
        Widget::Choice(choices) => view! {
            <Select
                lang=lang id=id name=name label=label choices=chosen_among(lang, choices, &question.answer) value=value hint=hint error=error
                optional=optional placeholder=lang.pick("Choisissez", "Choose")
            />
        }
        .into_any(),
        Widget::Unless(otherwise, choices) => view! {
            <Select
                lang=lang id=id name=name label=label choices=options(lang, choices) value=value hint=hint error=error
                placeholder=otherwise.get(lang)
            />
        }
        .into_any(),
        Widget::Many(choices) => {
            let values = question.answers().into_iter().map(Words::from).collect::<Vec<_>>();
            let name = format!("{name}[]");
            view! {
                <CheckboxGroup
                    lang=lang id=id name=name legend=label choices=options(lang, choices) values=values hint=hint
                    error=error optional=optional
                />
            }
            .into_any()
        }
        Widget::Documents => documents_field(marks, question),
        Widget::Member => member(marks, question, label, hint, error),
        Widget::Hidden => {
            view! { <input type="hidden" id=id name=name value=value/> }.into_any()
        }
        Widget::Line
        | Widget::Email
        | Widget::Phone
        | Widget::Siret
        | Widget::Whole
        | Widget::Number
        | Widget::Decimal(_) => {
            let look = line(lang, field.widget);
            view! {
                <TextInput
                    lang=lang id=id name=name label=label value=value hint=hint error=error optional=optional
                    kind=look.kind inputmode=look.inputmode width=look.width suffix=look.suffix
                    autocomplete=field.autocomplete.unwrap_or("off")
                />
            }
            .into_any()
        }
    }
}

/// A list of the other lines. One that is gone stays chosen until another is: nothing is tied to ours in silence.
fn member(
    marks: &Marks,
    question: &Question,
    label: String,
    hint: Option<&'static str>,
    error: MaybeWords,
) -> AnyView {
    let lang = marks.lang;
    let (id, name) = (question.id(), question.name());
    let mut choices: Vec<ui::Choice> = vec![];
    let chosen = question.answer.clone();
    let own = question
        .path
        .split(['[', ']'])
        .nth(1)
        .and_then(|rank| rank.parse().ok());
    let own = own.map(|rank: usize| format!("{}. ", rank + 1));
    let known = marks.members.iter().any(|(code, _)| *code == chosen);
    for (code, name) in &marks.members {
        let itself = own
            .as_ref()
            .is_some_and(|own| name.starts_with(own.as_str()));
        if !itself || *code == chosen {
            choices.push(ui::Choice::new(code.clone(), name.clone()));
        }
    }
    if !known && !chosen.is_empty() {
        let gone = lang.pick(
            "Ligne supprimée, à remplacer",
            "Line removed, to be replaced",
        );
        choices.push(ui::Choice::new(chosen.clone(), gone));
    }
    let nobody = if question.field.required {
        lang.pick("Choisissez", "Choose")
    } else {
        ours(lang)
    };
    view! {
        <Select
            lang=lang id=id name=name label=label choices=choices value=chosen hint=hint error=error placeholder=nobody
        />
    }
    .into_any()
}

/// How a one-line field looks.
struct Look {
    kind: &'static str,
    inputmode: Option<&'static str>,
    width: &'static str,
    suffix: Option<&'static str>,
}

fn line(lang: Lang, widget: Widget) -> Look {
    let look = |kind, inputmode, width| Look {
        kind,
        inputmode,
        width,
        suffix: None,
    };
    match widget {
        Widget::Email => look("email", None, "long"),
        Widget::Phone => look("tel", None, "medium"),
        Widget::Siret => look("text", Some("numeric"), "medium"),
        Widget::Whole => look("text", Some("numeric"), "short"),
        Widget::Number => look("text", Some("decimal"), "short"),
        Widget::Decimal(unit) => Look {
            suffix: Some(unit.get(lang)),
            ..look("text", Some("decimal"), "short")
        },
        _ => look("text", None, "long"),
    }
}

/// The label, with the unit in words: the sign beside the field is decoration.
fn label(lang: Lang, question: &Question) -> String {
    let label = question.field.label.get(lang);
    let unit = match question.field.widget {
        Widget::Decimal(unit) if unit.fr == "€" => lang.pick(", en euros", ", in euros"),
        Widget::Decimal(unit) if unit.fr == "%" => lang.pick(", en pourcentage", ", in percent"),
        _ => "",
    };
    format!("{label}{unit}")
}

/// Without the choice that only a button makes.
fn chosen_among(lang: Lang, choices: &'static [Choice], answer: &str) -> Vec<ui::Choice> {
    let mut options = options(lang, choices);
    options.retain(|option| option.value != LINK || answer == LINK);
    options
}

fn options(lang: Lang, choices: &'static [Choice]) -> Vec<ui::Choice> {
    choices
        .iter()
        .map(|choice| ui::Choice::new(choice.code, choice.label.get(lang)))
        .collect()
}
