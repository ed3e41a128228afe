//! A piece of a page as data: the server draws it as a view, the browser as elements. As views of both, the drawing and its table
//! would weigh a quarter of the browser's module.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// An element, with what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    inner: Vec<Inner>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Inner {
    Text(String),
    Node(Node),
}

impl Node {
    pub(super) fn new(tag: &'static str) -> Self {
        Self {
            tag,
            attributes: vec![],
            inner: vec![],
        }
    }

    pub(super) fn set(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    pub(super) fn text(mut self, words: impl Into<String>) -> Self {
        self.inner.push(Inner::Text(words.into()));
        self
    }

    pub(super) fn holds(mut self, nodes: impl IntoIterator<Item = Self>) -> Self {
        self.inner.extend(nodes.into_iter().map(Inner::Node));
        self
    }

    #[cfg(feature = "ssr")]
    pub(super) fn view(self) -> AnyView {
        use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute as _};
        use leptos::attr::custom::custom_attribute;

        let inner: Vec<AnyView> = self
            .inner
            .into_iter()
            .map(|inner| match inner {
                Inner::Text(words) => words.into_any(),
                Inner::Node(node) => node.view(),
            })
            .collect();
        let attributes: Vec<AnyAttribute> = self
            .attributes
            .into_iter()
            .map(|(name, value)| custom_attribute(name, value).into_any_attr())
            .collect();
        leptos::html::custom(self.tag)
            .child(inner)
            .add_any_attr(attributes)
            .into_any()
    }

    /// Appends it to an element of the page.
    #[cfg(feature = "hydrate")]
    pub fn append_to(&self, place: &web_sys::Element) {
        let page = leptos::prelude::document();
        let svg = self.tag == "svg" || place.namespace_uri().as_deref() == Some(SVG);
        let made = if svg {
            page.create_element_ns(Some(SVG), self.tag)
        } else {
            page.create_element(self.tag)
        };
        let Ok(made) = made else { return };
        for (name, value) in &self.attributes {
            let _ = made.set_attribute(name, value);
        }
        for inner in &self.inner {
            match inner {
                Inner::Text(words) => {
                    let _ = made.append_with_str_1(words);
                }
                Inner::Node(node) => node.append_to(&made),
            }
        }
        let _ = place.append_with_node_1(&made);
    }
}

#[cfg(feature = "hydrate")]
const SVG: &str = "http://www.w3.org/2000/svg";
