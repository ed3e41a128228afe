//! The rows of the form in the browser: made by copying the model that the server drew, named after what is typed.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlSelectElement, HtmlTemplateElement, Node};

use super::MODEL_ROW;
use super::answers::Answers;
use super::case::{display_name, kind};
use crate::i18n::Lang;

/// Removes the rows that the answers no longer have, and adds those that have none yet.
pub(super) fn keep(form: &HtmlFormElement, answers: &Answers) {
    let entities: Vec<u32> = answers
        .entities
        .iter()
        .map(|entity| entity.id)
        .filter(|id| *id != 0)
        .collect();
    let holdings: Vec<u32> = answers.holdings.iter().map(|share| share.id).collect();
    for (list, prefix, wanted) in [("entities", 'e', entities), ("holdings", 'h', holdings)] {
        let page = document();
        let Some(list) = page.get_element_by_id(list) else {
            continue;
        };
        let named: Vec<String> = wanted
            .iter()
            .map(|id| format!("row-{prefix}{id}"))
            .collect();
        for row in all(form, &format!("fieldset[id^=row-{prefix}]")) {
            if !named.contains(&row.id()) {
                row.remove();
            }
        }
        for (id, name) in wanted.iter().zip(&named) {
            if page.get_element_by_id(name).is_none() {
                add(&list, &format!("model-{prefix}"), *id);
            }
        }
    }
}

/// Copies a model and gives the copy its number.
fn add(list: &Element, model: &str, id: u32) {
    let model = document()
        .get_element_by_id(model)
        .and_then(|model| model.dyn_into::<HtmlTemplateElement>().ok());
    let Some(copy) = model.and_then(|model| model.content().clone_node_with_deep(true).ok()) else {
        return;
    };
    number(&copy, &MODEL_ROW.to_string(), &id.to_string());
    let _ = list.append_child(&copy);
}

/// Replaces the number of the model in the attributes and the texts of a copy.
fn number(node: &Node, model: &str, id: &str) {
    if let Some(element) = node.dyn_ref::<Element>() {
        for name in element
            .get_attribute_names()
            .iter()
            .filter_map(|name| name.as_string())
        {
            if let Some(value) = element
                .get_attribute(&name)
                .filter(|value| value.contains(model))
            {
                let _ = element.set_attribute(&name, &value.replace(model, id));
            }
        }
    } else if let Some(words) = node.node_value().filter(|words| words.contains(model)) {
        node.set_node_value(Some(&words.replace(model, id)));
    }
    let mut child = node.first_child();
    while let Some(inner) = child {
        number(&inner, model, id);
        child = inner.next_sibling();
    }
}

/// Keeps titles, lists and kinds in step with what is typed.
pub(super) fn name(form: &HtmlFormElement, lang: Lang, answers: &Answers) {
    let names: Vec<(String, String)> = answers
        .entities
        .iter()
        .map(|entity| (entity.id.to_string(), display_name(lang, entity)))
        .collect();
    for (entity, (id, name)) in answers.entities.iter().zip(&names) {
        if let Some(row) = document().get_element_by_id(&format!("row-e{id}")) {
            let _ = row.set_attribute("data-kind", kind(entity).name());
            if let Ok(Some(title)) = row.query_selector("legend") {
                title.set_text_content(Some(name));
            }
        }
    }
    for list in all(form, "select[data-entities]") {
        list_names(&list, &names);
    }
    for share in &answers.holdings {
        if let Some(row) = document().get_element_by_id(&format!("row-h{}", share.id)) {
            let holder = share.holder.parse().ok().and_then(|id| answers.entity(id));
            let _ = row.set_attribute(
                "data-holder",
                holder.map_or("", |holder| kind(holder).name()),
            );
        }
    }
}

/// The options after the first one follow the entities; the chosen one stays chosen.
fn list_names(list: &Element, names: &[(String, String)]) {
    let options = all(list, "option:not([value=''])");
    for option in &options {
        let value = option.get_attribute("value").unwrap_or_default();
        match names.iter().find(|(id, _)| *id == value) {
            Some((_, name)) if option.text_content().as_deref() != Some(name.as_str()) => {
                option.set_text_content(Some(name));
            }
            Some(_) => {}
            None => option.remove(),
        }
    }
    for (id, name) in names {
        let known = options
            .iter()
            .any(|option| option.get_attribute("value").as_ref() == Some(id));
        if let (false, Ok(option)) = (known, document().create_element("option")) {
            let _ = option.set_attribute("value", id);
            option.set_text_content(Some(name));
            let _ = list.append_child(&option);
        }
    }
}

/// Gives the lists of new rows the holder and the held that the answers propose.
pub(super) fn choose(form: &HtmlFormElement, answers: &Answers) {
    for list in all(form, "select[data-entities]") {
        let Ok(list) = list.dyn_into::<HtmlSelectElement>() else {
            continue;
        };
        let name = list.name();
        let share = name
            .strip_prefix('h')
            .and_then(|name| name.split_once('-'))
            .and_then(|(id, field)| Some((answers.holding(id.parse().ok()?)?, field)));
        if let Some((share, field)) = share {
            list.set_value(if field == "holder" {
                &share.holder
            } else {
                &share.held
            });
        }
    }
}

/// The elements under another one that match a selector.
fn all(under: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = under.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index))
        .filter_map(|node| node.dyn_into::<Element>().ok())
        .collect()
}
