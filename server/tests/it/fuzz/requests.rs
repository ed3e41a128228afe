//! The requests: from what a form really has, bent a little or a lot, to bytes that are no form at all.

use reqwest::{Method, RequestBuilder, header};

use super::addresses::{Address, escaped, parameters};
use super::chance::{Chance, MARK};
use super::forms::{Field, Form, offered};
use super::world::World;

const KINDS: &[&str] = &[
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=iso-8859-1",
    "multipart/form-data; boundary=frontiere",
    "multipart/form-data; boundary=",
    "multipart/form-data",
    "application/json",
    "application/octet-stream",
    "text/plain",
    "text/xml",
    "image/png; zq7",
    "",
    "/",
];

/// A request, in a shape that can be shown.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) post: bool,
    pub(super) path: String,
    headers: Vec<(header::HeaderName, Vec<u8>)>,
    body: Vec<u8>,
}

type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

impl Sent {
    pub(super) async fn make(
        world: &World,
        to: &Address,
        person: usize,
        chance: &mut Chance,
    ) -> Self {
        let mut path = world.seen.path(&to.route, chance);
        let (mut kind, mut body) = (String::new(), vec![]);
        if to.post {
            let form = form_for(world, to, person, chance).await;
            if !chance.one_in(6) {
                path.clone_from(&form.action);
            }
            (kind, body) = body_of(world, &form, to, chance);
        } else if chance.one_in(2) || !to.route.contains('{') {
            path = format!("{path}?{}", query(world, to, chance));
        }
        let mut headers = vec![];
        if !kind.is_empty() {
            headers.push((header::CONTENT_TYPE, kind.into_bytes()));
        }
        let accept = *chance.pick(&[
            "text/html",
            "text/html",
            "text/html",
            "application/json",
            "*/*",
            "~",
        ]);
        headers.push((header::ACCEPT, accept.as_bytes().to_vec()));
        for (name, one_in) in [
            (header::REFERER, 8),
            (header::ACCEPT_LANGUAGE, 8),
            (header::RANGE, 16),
            (header::IF_NONE_MATCH, 16),
        ] {
            if chance.one_in(one_in) {
                let value = chance.odd(&[]);
                let value: Vec<u8> = value
                    .into_iter()
                    .filter(|byte| *byte >= 32 && *byte != 127)
                    .take(900)
                    .collect();
                headers.push((name, value));
            }
        }
        Self {
            post: to.post,
            path,
            headers,
            body,
        }
    }

    pub(super) fn request(&self, client: &crate::support::Client) -> RequestBuilder {
        let method = if self.post { Method::POST } else { Method::GET };
        let mut request = client.request(method, &self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value.as_slice());
        }
        if self.post {
            request = request
                .header(header::ORIGIN, &client.origin)
                .header("sec-fetch-site", "same-origin")
                .body(self.body.clone());
        }
        request
    }

    /// To be read by whoever repeats it.
    pub(super) fn told(&self) -> String {
        let body = self.body.escape_ascii().to_string();
        let short: String = body.chars().take(3_000).collect();
        let headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
            .collect();
        format!(
            "{}\n  {}\n  {short} ({} bytes)",
            self.path,
            headers.join("\n  "),
            self.body.len()
        )
    }
}

/// A form that leads there, as its page shows it now to whoever was offered it; else any form at all.
async fn form_for(world: &World, to: &Address, person: usize, chance: &mut Chance) -> Form {
    // What a page saves while somebody types is a part of the form of that page.
    let typed = to.route.strip_suffix("/saisie");
    let fits = |(_, form): &&(usize, Form)| match typed {
        Some(page) => {
            parameters(page, &form.page).is_some() && form.action.starts_with("/fn/save-")
        }
        None => parameters(&to.route, &form.action).is_some(),
    };
    let fitting: Vec<_> = world.forms.iter().filter(fits).collect();
    let own: Vec<_> = fitting
        .iter()
        .filter(|(whose, _)| *whose == person)
        .copied()
        .collect();
    let among = if own.is_empty() { fitting } else { own };
    if among.is_empty() {
        let action = world.seen.path(&to.route, chance);
        let fields = if chance.one_in(3) {
            world.forms[chance.below(world.forms.len())]
                .1
                .fields
                .clone()
        } else {
            common(&world.seen.ids())
        };
        return Form {
            page: action.clone(),
            action,
            multipart: to.route.ends_with("/depot"),
            fields,
        };
    }
    let (whose, form) = *chance.pick(&among);
    let mut form = form.clone();
    if *whose == person && !chance.one_in(3) {
        let page = world.people[person].client.get(&form.page).await;
        let (fresh, _) = offered(&form.page, &page.body);
        if let Some(same) = fresh.into_iter().find(|one| one.action == form.action) {
            form = same;
        }
    }
    if typed.is_some() {
        form.action = format!("{}/saisie", form.page.split('?').next().unwrap());
    }
    form
}

/// Names that many forms have.
fn common(ids: &[String]) -> Vec<Field> {
    let field = |name: &str, values: &[String]| Field {
        name: name.to_owned(),
        values: values.to_vec(),
        optional: true,
    };
    let id = |name: &str| field(name, ids);
    let text = |name: &str, value: &str| field(name, &[value.to_owned()]);
    vec![
        id("id"),
        id("declaration"),
        id("request"),
        id("message"),
        text("version", "1"),
        text("position", "1"),
        text("siren", "910000025"),
        text("number", "910000025"),
        text("year", "2025"),
        text("from", "2026-06-01"),
        text("reason", "Motif"),
        text("name", "Dominique Roux"),
        text("quality", "Acheteur"),
        text("confirmed", "yes"),
        text("published", "yes"),
    ]
}

fn body_of(world: &World, form: &Form, to: &Address, chance: &mut Chance) -> (String, Vec<u8>) {
    if chance.one_in(6) {
        return ((*chance.pick(KINDS)).to_owned(), noise(chance));
    }
    let ids = world.seen.ids();
    let mut pairs = filled(&form.fields, &ids, chance);
    if to.route.ends_with("/saisie") {
        pairs = typed(pairs, chance);
    }
    for _ in 0..chance.below(4) {
        bend(&mut pairs, &ids, chance);
    }
    let multipart = form.multipart != chance.one_in(12);
    let (mut kind, mut body) = if multipart {
        as_parts(&pairs, chance)
    } else {
        as_form(&pairs)
    };
    if chance.one_in(8) {
        let at = chance.below(body.len() + 1);
        let inserted = chance
            .pick(&[
                "%",
                "%zz",
                "%00",
                "&&=&",
                "\r\n",
                "%ED%A0%80",
                "--frontiere--",
                "[",
            ])
            .as_bytes()
            .to_vec();
        body.splice(at..at, inserted);
    }
    if chance.one_in(16) {
        body.truncate(chance.below(body.len() + 1));
    }
    if chance.one_in(16) {
        (*chance.pick(KINDS)).clone_into(&mut kind);
    }
    (kind, body)
}

/// The fields as a person could send them: most as they are.
fn filled(fields: &[Field], ids: &[String], chance: &mut Chance) -> Pairs {
    let mut pairs = vec![];
    for field in fields {
        if field.optional && chance.one_in(2) {
            continue;
        }
        let value = match chance.below(8) {
            0 => chance.odd(ids),
            1 | 2 => chance.pick(&field.values).clone().into_bytes(),
            _ => field.values[0].clone().into_bytes(),
        };
        pairs.push((field.name.clone().into_bytes(), value));
    }
    pairs
}

/// One change of a form, in all that may go wrong with it.
fn bend(pairs: &mut Pairs, ids: &[String], chance: &mut Chance) {
    let at = chance.below(pairs.len());
    let Some((name, value)) = pairs.get(at).cloned() else {
        pairs.push((MARK.into(), MARK.into()));
        return;
    };
    match chance.below(7) {
        0 => drop(pairs.remove(at)),
        1 => pairs.push((name, value)),
        2 => pairs.push((name, chance.odd(ids))),
        3 => pairs[at].0 = chance.bend(&String::from_utf8_lossy(&name)),
        4 => chance.shuffle(pairs),
        5 => pairs.truncate(at),
        _ => pairs[at].1 = chance.odd(ids),
    }
}

/// The same answers as the page sends them while somebody types.
fn typed(pairs: Pairs, chance: &mut Chance) -> Pairs {
    let number = |chance: &mut Chance| chance.below(5).to_string().into_bytes();
    let mut sent: Pairs = vec![(b"turn".to_vec(), number(chance))];
    for (name, value) in pairs {
        let answer = name.starts_with(b"answers[");
        if answer && chance.one_in(2) {
            continue;
        }
        if answer {
            sent.push((b"changed".to_vec(), name.clone()));
            let before = [
                b"before".as_slice(),
                name.strip_prefix(b"answers").unwrap_or_default(),
            ]
            .concat();
            sent.push((
                before,
                if chance.one_in(3) {
                    MARK.into()
                } else {
                    value.clone()
                },
            ));
        }
        sent.push((name, value));
    }
    sent
}

fn as_form(pairs: &Pairs) -> (String, Vec<u8>) {
    let lines: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    (KINDS[0].to_owned(), lines.join("&").into_bytes())
}

fn as_parts(pairs: &Pairs, chance: &mut Chance) -> (String, Vec<u8>) {
    let mut body = vec![];
    for (name, value) in pairs {
        body.extend_from_slice(b"--frontiere\r\nContent-Disposition: form-data; name=\"");
        body.extend_from_slice(name);
        body.extend_from_slice(if chance.one_in(4) {
            b"\"; filename=\"a.pdf\"\r\n"
        } else {
            b"\"\r\n"
        });
        if chance.one_in(8) {
            body.extend_from_slice(b"Content-Type: \xff\r\nX: ");
            body.extend_from_slice(&chance.odd(&[]));
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"\r\n");
        body.extend_from_slice(value);
        body.extend_from_slice(if chance.one_in(16) { b"\n" } else { b"\r\n" });
    }
    if !chance.one_in(6) {
        body.extend_from_slice(b"--frontiere--\r\n");
    }
    (KINDS[2].to_owned(), body)
}

fn noise(chance: &mut Chance) -> Vec<u8> {
    match chance.below(5) {
        0 => vec![],
        1 => format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000)).into_bytes(),
        2 => format!("a{}=1", "[a]".repeat(20_000)).into_bytes(),
        3 => serde_json::json!({ MARK: [MARK, null, -1, {"a": {}}] })
            .to_string()
            .into_bytes(),
        _ => chance.bytes(2_000),
    }
}

/// Questions behind the `?`: those that links of this page ask, and others.
fn query(world: &World, to: &Address, chance: &mut Chance) -> String {
    let ids = world.seen.ids();
    let mut pairs: Vec<String> = vec![];
    let known: Vec<_> = world
        .asked
        .iter()
        .filter(|(route, _)| *route == to.route)
        .map(|(_, name)| name)
        .collect();
    for _ in 0..=chance.below(4) {
        let name = if known.is_empty() || chance.one_in(4) {
            escaped(&chance.bend("filtre[0]"))
        } else {
            (*chance.pick(&known)).clone()
        };
        let mut value = chance.odd(&ids);
        value.truncate(2_000);
        pairs.push(if chance.one_in(12) {
            name
        } else {
            format!("{name}={}", escaped(&value))
        });
    }
    pairs.join("&")
}
