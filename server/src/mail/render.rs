//! The texts of the mails, from `server/mails`: the first line is the subject, the rest is Markdown.

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior};
use serde::Serialize;

use super::markdown;
use domain::text::Lang;

/// Each text in both languages; what begins with `_` is a part of others.
macro_rules! texts {
    ($($name:literal),* $(,)?) => {
        const TEXTS: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../../mails/", $name, ".fr.md")),
            include_str!(concat!("../../mails/", $name, ".en.md")),
        )),*];
    };
}

texts![
    "_ended",
    "_footer",
    "_greeting",
    "_signature",
    "attachment_accepted",
    "attachment_declined",
    "buyer_attachment_requested",
    "buyer_correction_received",
    "buyer_hours_told",
    "buyer_new_submission",
    "buyer_qualification_withdrawn",
    "buyer_several",
    "buyer_taken_back",
    "buyer_withdrawn",
    "changes_requested",
    "expired",
    "expiring",
    "hours_accepted",
    "hours_returned",
    "invitation",
    "join_requested",
    "joined",
    "letter_made",
    "partly_validated",
    "prepared_draft",
    "qualification_withdrawn",
    "received",
    "refused",
    "removed",
    "review_started",
    "revoked",
    "role_changed",
    "sign_in",
    "taken_back",
    "draft_forgotten",
    "validated",
    "withdrawn",
];

/// A text ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The texts, parsed once.
#[derive(Debug)]
pub struct Texts {
    fr: Environment<'static>,
    en: Environment<'static>,
}

/// A text could not be made: it does not exist, or something is missing from what it shows.
#[derive(Debug, thiserror::Error)]
#[error("the text {name} cannot be made")]
pub struct TextError {
    name: String,
    #[source]
    source: minijinja::Error,
}

impl Texts {
    pub fn new() -> Result<Self, TextError> {
        Ok(Self {
            fr: environment(Lang::Fr)?,
            en: environment(Lang::En)?,
        })
    }

    /// The names of all texts, parts included.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TEXTS.iter().map(|(name, ..)| *name)
    }

    /// Makes the text `name`; every value is shown as text.
    pub fn render(
        &self,
        name: &str,
        lang: Lang,
        values: &impl Serialize,
    ) -> Result<Rendered, TextError> {
        let environment = lang.pick(&self.fr, &self.en);
        let values = Value::from_serialize(values);
        let make = |template: &str| {
            environment
                .get_template(template)
                .and_then(|template| template.render(&values))
                .map_err(|source| TextError {
                    name: name.to_owned(),
                    source,
                })
        };
        let subject = make(&format!("{name}.subject"))?;
        let markdown = format!("{}\n\n{}", make(name)?, make("_footer")?);
        Ok(Rendered {
            text: markdown::to_text(&markdown, lang),
            html: document(lang, &subject, &markdown::to_html(&markdown)),
            subject,
        })
    }
}

fn environment(lang: Lang) -> Result<Environment<'static>, TextError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".subject") {
            AutoEscape::None
        } else {
            AutoEscape::Custom("markdown")
        }
    });
    environment.set_formatter(write_value);
    for (name, fr, en) in TEXTS {
        let source = lang.pick(*fr, *en);
        let failed = |source| TextError {
            name: (*name).to_owned(),
            source,
        };
        if name.starts_with('_') {
            environment.add_template(name, source).map_err(failed)?;
            continue;
        }
        let (subject, body) = source.split_once('\n').unwrap_or((source, ""));
        environment
            .add_template_owned(format!("{name}.subject"), subject)
            .map_err(failed)?;
        environment.add_template(name, body).map_err(failed)?;
    }
    Ok(environment)
}

fn write_value(
    out: &mut Output<'_>,
    state: &State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if value.is_undefined() {
        return Err(minijinja::ErrorKind::UndefinedError.into());
    }
    let text = value.to_string();
    let text = match state.auto_escape() {
        AutoEscape::Custom(_) => markdown::escape(&text),
        _ => text,
    };
    out.write_str(&text).map_err(Into::into)
}

/// The document around the HTML: readable without any style, narrow enough for a phone with it.
fn document(lang: Lang, subject: &str, body: &str) -> String {
    let title = subject
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body style=\"font-family: sans-serif; line-height: 1.5; max-width: 40em; margin: 1em auto; padding: 0 1em\">\n\
         {body}</body>\n</html>\n",
        lang.tag()
    )
}
