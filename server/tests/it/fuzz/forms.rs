//! What a page offers: its forms with their fields and values, and the addresses to which it leads.

use scraper::{ElementRef, Html, Selector};

use super::addresses::escaped;

/// A form that posts.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The page that holds it.
    pub(super) page: String,
    pub(super) action: String,
    pub(super) multipart: bool,
    pub(super) fields: Vec<Field>,
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// What the page would send for it, then the other values that it offers.
    pub(super) values: Vec<String>,
    /// A box, a choice or a button: sent only when somebody takes it.
    pub(super) optional: bool,
}

/// The forms of a page that post, and the paths of ours that its links and other forms lead to.
pub(super) fn offered(at: &str, source: &str) -> (Vec<Form>, Vec<String>) {
    let page = Html::parse_document(source);
    let select = |selector: &str| Selector::parse(selector).unwrap();
    let (form, link) = (select("form"), select("a[href], form"));
    let own = |path: &str| path.starts_with('/').then(|| path.to_owned());
    let links = page
        .select(&link)
        .filter(|tag| tag.value().attr("method") != Some("post"))
        .map(|tag| match tag.value().attr("href") {
            Some(href) => href.to_owned(),
            None => question(&page, tag, at),
        })
        .filter_map(|path| own(&path))
        .filter(|path| !path.contains("lang=") && !path.starts_with("/pkg/"))
        .map(|path| path.split('#').next().unwrap().to_owned())
        .collect();
    let forms = page
        .select(&form)
        .filter(|tag| tag.value().attr("method") == Some("post"))
        .map(|tag| Form {
            page: at.to_owned(),
            action: tag.value().attr("action").unwrap_or(at).to_owned(),
            multipart: tag.value().attr("enctype") == Some("multipart/form-data"),
            fields: fields(&page, tag),
        })
        .collect();
    (forms, links)
}

/// The address to which a form that asks leads.
fn question(page: &Html, form: ElementRef<'_>, at: &str) -> String {
    let asked = fields(page, form).into_iter().map(|field| {
        let value = field.values.iter().find(|value| !value.is_empty());
        let value = value.map_or("DEMO", String::as_str);
        format!(
            "{}={}",
            escaped(field.name.as_bytes()),
            escaped(value.as_bytes())
        )
    });
    let path = form.value().attr("action").unwrap_or(at);
    format!(
        "{}?{}",
        path.split('?').next().unwrap(),
        asked.collect::<Vec<_>>().join("&")
    )
}

fn fields(page: &Html, form: ElementRef<'_>) -> Vec<Field> {
    let named = Selector::parse("[name]").unwrap();
    let outside = form.value().attr("id").map(|id| {
        let owned = Selector::parse(&format!("[name][form=\"{id}\"]")).unwrap();
        page.select(&owned).collect::<Vec<_>>()
    });
    let mut found: Vec<Field> = vec![];
    for tag in form
        .select(&named)
        .chain(outside.into_iter().flatten())
        .filter(|tag| ["input", "select", "textarea", "button"].contains(&tag.value().name()))
    {
        let field = field(tag);
        match found.iter_mut().find(|one| one.name == field.name) {
            Some(known) => known.values.extend(field.values),
            None => found.push(field),
        }
    }
    found
}

fn field(tag: ElementRef<'_>) -> Field {
    let attribute = |name: &str| tag.value().attr(name).unwrap_or_default().to_owned();
    let values = match tag.value().name() {
        "textarea" => vec![tag.text().collect()],
        "select" => {
            let option = Selector::parse("option").unwrap();
            let mut options: Vec<_> = tag.select(&option).collect();
            options.sort_by_key(|one| one.value().attr("selected").is_none());
            let values = options
                .iter()
                .map(|one| one.value().attr("value").unwrap_or_default().to_owned());
            values.collect()
        }
        _ => vec![attribute("value")],
    };
    let kind = attribute("type");
    let taken = tag.value().attr("checked").is_some();
    Field {
        name: attribute("name"),
        values,
        optional: (["checkbox", "radio"].contains(&kind.as_str()) && !taken)
            || tag.value().name() == "button",
    }
}

/// The elements and attributes that only a text of the fuzzer could have made.
pub(super) fn injected(source: &str) -> bool {
    let page = Html::parse_document(source);
    page.tree.nodes().any(|node| {
        node.value().as_element().is_some_and(|tag| {
            tag.name().contains("zq7")
                || tag.attrs().any(|(name, value)| {
                    name.contains("zq7")
                        || (["href", "src", "action", "formaction"].contains(&name)
                            && value.trim_start().to_lowercase().starts_with("javascript:"))
                })
        })
    }) || page
        .select(&Selector::parse("script").unwrap())
        .any(|tag| tag.text().any(|text| text.trim() == "zq7()"))
}

#[test]
fn what_is_loose_in_a_page_is_seen() {
    use super::chance::MARK;
    let page = |inside: &str| format!("<!DOCTYPE html><body>{inside}</body></html>");
    let escaped = MARK.replace('<', "&lt;").replace('"', "&quot;");
    for (inside, seen) in [
        (format!("<p>{escaped}</p>"), false),
        (format!("<p title=\"{escaped}\">x</p>"), false),
        (format!("<textarea>{escaped}</textarea>"), false),
        (format!("<p>{MARK}</p>"), true),
        (format!("<p title=\"{MARK}\">x</p>"), true),
        (format!("<p title='{MARK}'>x</p>"), true),
        ("<a href=\" javascript:zq7()\">x</a>".to_owned(), true),
        ("<script>zq7()</script>".to_owned(), true),
    ] {
        assert_eq!(injected(&page(&inside)), seen, "{inside}");
    }
}
