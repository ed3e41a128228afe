//! The answers of a form as the browser holds them: read, and written back.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    UrlSearchParams,
};

/// One question and its answers; none of a question that is left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// The answers of the form, in its order.
pub(super) fn read(form: &HtmlFormElement) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    each(form, |control| {
        let value = control.value();
        let before = control.many.then(|| {
            let mut before = fields.iter_mut().rev();
            before.find(|field| field.name == control.name)
        });
        match before.flatten() {
            Some(field) => field.values.extend(value),
            None => fields.push(Field {
                name: control.name,
                values: value.into_iter().collect(),
            }),
        }
    });
    fields
}

/// The answers that the server drew.
pub(super) fn drawn(form: &HtmlFormElement) -> Vec<Field> {
    let copy = form.clone_node_with_deep(true).ok();
    match copy.and_then(|copy| copy.dyn_into::<HtmlFormElement>().ok()) {
        Some(copy) => {
            copy.reset();
            read(&copy)
        }
        None => read(form),
    }
}

/// Answers a question; `false` when the form has no place for these answers.
pub(super) fn put(form: &HtmlFormElement, name: &str, values: &[String]) -> bool {
    let mut left = values.len();
    each(form, |control| {
        if control.name != name {
            return;
        }
        if control.put(values) {
            left = left.saturating_sub(1);
        }
    });
    left == 0 || values.iter().all(String::is_empty)
}

/// The values of a name that a server or a copy gives, with the line ends of a page.
pub(super) fn given(params: &UrlSearchParams, name: &str) -> Vec<String> {
    let all = params.get_all(name);
    all.iter()
        .filter_map(|value| Some(value.as_string()?.replace("\r\n", "\n")))
        .collect()
}

/// The answers to the question of this name; most are where they were.
pub(super) fn of<'a>(fields: &'a [Field], at: usize, name: &str) -> &'a [String] {
    let here = fields.get(at).filter(|field| field.name == name);
    here.or_else(|| fields.iter().find(|field| field.name == name))
        .map_or(&[], |field| &field.values)
}

/// Takes answers for those of the question of this name.
pub(super) fn set(fields: &mut Vec<Field>, name: &str, values: Vec<String>) {
    match fields.iter_mut().find(|field| field.name == name) {
        Some(field) => field.values = values,
        None => fields.push(Field {
            name: name.to_owned(),
            values,
        }),
    }
}

/// The same answers: an empty text is none.
pub(super) fn same(one: &[String], other: &[String]) -> bool {
    let said = |values: &[String]| values.iter().any(|value| !value.is_empty());
    one == other || (!said(one) && !said(other))
}

/// The rank of the line that a question belongs to.
pub(super) fn line(name: &str) -> Option<usize> {
    let rest = name.strip_prefix("answers[rows][")?;
    rest.split(']').next()?.parse().ok()
}

/// How many lines there are.
pub(super) fn lines(fields: &[Field]) -> usize {
    let ranks = fields.iter().filter_map(|field| line(&field.name));
    ranks.max().map_or(0, |rank| rank + 1)
}

/// A place of the form where an answer is given.
struct Control {
    name: String,
    /// Others may give an answer under the same name.
    many: bool,
    element: Kind,
}

enum Kind {
    /// A box or a button to tick, with its own value.
    Tick(HtmlInputElement),
    /// One answer of a list, which nobody types.
    Hidden(HtmlInputElement),
    Line(HtmlInputElement),
    List(HtmlSelectElement),
    Text(HtmlTextAreaElement),
}

impl Control {
    fn of(element: Element) -> Option<Self> {
        let name = element.get_attribute("name")?;
        if !name.starts_with("answers[") {
            return None;
        }
        let element = match element.dyn_into::<HtmlInputElement>() {
            Ok(input) => match input.type_().as_str() {
                "checkbox" | "radio" => Kind::Tick(input),
                "hidden" => Kind::Hidden(input),
                _ => Kind::Line(input),
            },
            Err(element) => match element.dyn_into::<HtmlSelectElement>() {
                Ok(select) => Kind::List(select),
                Err(element) => Kind::Text(element.dyn_into().ok()?),
            },
        };
        Some(Self {
            many: matches!(element, Kind::Tick(_)) || name.ends_with("[]"),
            name,
            element,
        })
    }

    /// The answer given here.
    fn value(&self) -> Option<String> {
        match &self.element {
            Kind::Tick(input) => input.checked().then(|| input.value()),
            Kind::Hidden(input) | Kind::Line(input) => Some(input.value()),
            Kind::List(select) => Some(select.value()),
            Kind::Text(area) => Some(area.value()),
        }
    }

    /// Whether one of the answers is given here now.
    fn put(&self, values: &[String]) -> bool {
        let only = || values.first().map_or("", String::as_str);
        match &self.element {
            Kind::Tick(input) => {
                let given = values.contains(&input.value());
                input.set_checked(given);
                given
            }
            Kind::Hidden(input) if self.many => values.contains(&input.value()),
            Kind::Hidden(input) | Kind::Line(input) => {
                // The place of the caret stays where nothing changes.
                if input.value() != only() {
                    input.set_value(only());
                }
                true
            }
            Kind::List(select) => {
                select.set_value(only());
                select.value() == only()
            }
            Kind::Text(area) => {
                if area.value() != only() {
                    area.set_value(only());
                }
                true
            }
        }
    }
}

fn each(form: &HtmlFormElement, mut then: impl FnMut(Control)) {
    let elements = form.elements();
    for index in 0..elements.length() {
        if let Some(control) = elements.item(index).and_then(Control::of) {
            then(control);
        }
    }
}
