//! One file on its way: asks the server how much it has, sends the rest piece by piece, then says that it is whole.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{JSON, Reflect};
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

/// Bytes sent at a time.
const PIECE: f64 = 2_000_000.0;

/// A file, where it goes, and under which name it may be gone on with.
#[derive(Clone)]
pub(super) struct Journey {
    pub(super) file: File,
    /// The address of the pieces, and of the form.
    pub(super) pieces: String,
    pub(super) action: String,
    pub(super) upload: String,
}

/// What happens on the way.
pub(super) enum News {
    /// The share that has gone, in percent.
    Going(u32),
    /// Whole: the server reads it.
    Reading,
    /// Attached; where the form leads.
    There(String),
    /// Refused, in the words of the server.
    Refused(String),
    /// Nothing came back.
    Cut,
}

type Told = std::rc::Rc<dyn Fn(News)>;

/// Begins, or goes on.
pub(super) fn go(journey: Journey, fields: Vec<(String, String)>, told: Told) {
    let address = format!("{}?envoi={}", journey.pieces, journey.upload);
    ask(
        "GET",
        &address,
        &JsValue::NULL,
        None,
        move |answer| match offset(answer.as_ref()) {
            Some(offset) => next(journey, fields, told, offset),
            None => told(failed(answer.as_ref())),
        },
    );
}

fn next(journey: Journey, fields: Vec<(String, String)>, told: Told, offset: f64) {
    let size = journey.file.size();
    if offset >= size {
        told(News::Reading);
        return end(journey, fields, told);
    }
    let until = (offset + PIECE).min(size);
    let Ok(piece) = journey.file.slice_with_f64_and_f64(offset, until) else {
        return told(News::Cut);
    };
    let address = format!("{}?envoi={}&debut={offset}", journey.pieces, journey.upload);
    let (shown, total) = (told.clone(), size.max(1.0));
    let moved: Box<dyn FnMut(f64)> = Box::new(move |sent| {
        shown(News::Going(percent((offset + sent) / total)));
    });
    ask(
        "POST",
        &address,
        piece.as_ref(),
        Some(moved),
        move |answer| {
            // Wherever the server stands is where it goes on.
            match self::offset(answer.as_ref()) {
                Some(at) if at > offset => next(journey, fields, told, at),
                _ => told(failed(answer.as_ref())),
            }
        },
    );
}

fn end(journey: Journey, fields: Vec<(String, String)>, told: Told) {
    let Ok(form) = FormData::new() else {
        return told(News::Cut);
    };
    let name = journey.file.name();
    let own = [("upload", journey.upload.as_str()), ("name", name.as_str())];
    let given = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in own.into_iter().chain(given) {
        let _ = form.append_with_str(name, value);
    }
    ask(
        "POST",
        &journey.action,
        form.as_ref(),
        None,
        move |answer| {
            let there = said(answer.as_ref(), "next").and_then(|next| next.as_string());
            match there {
                Some(next) => told(News::There(next)),
                None => told(failed(answer.as_ref())),
            }
        },
    );
}

fn failed(answer: Option<&JsValue>) -> News {
    let words = said(answer, "message").and_then(|words| words.as_string());
    words.map_or(News::Cut, News::Refused)
}

fn offset(answer: Option<&JsValue>) -> Option<f64> {
    said(answer, "offset")?.as_f64()
}

/// What an answer says under a name. The browser reads its JSON: a reader of ours would weigh more than all the rest of this.
fn said(answer: Option<&JsValue>, name: &str) -> Option<JsValue> {
    Reflect::get(answer?, &JsValue::from_str(name)).ok()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 100"
)]
fn percent(share: f64) -> u32 {
    (share * 100.0).clamp(0.0, 100.0).floor() as u32
}

/// A request of a script; `None` when nothing readable came back.
fn ask(
    method: &str,
    address: &str,
    body: &JsValue,
    moved: Option<Box<dyn FnMut(f64)>>,
    then: impl FnOnce(Option<JsValue>) + 'static,
) {
    let Ok(request) = XmlHttpRequest::new() else {
        return then(None);
    };
    let opened = request.open(method, address).is_ok()
        && request
            .set_request_header("Accept", "application/json")
            .is_ok();
    if !opened {
        return then(None);
    }
    if let (Some(mut moved), Ok(upload)) = (moved, request.upload()) {
        let told = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            moved(event.loaded());
        });
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
        told.forget();
    }
    let answered = request.clone();
    let done = Closure::once_into_js(move || {
        let text = answered.response_text().ok().flatten();
        then(text.and_then(|text| JSON::parse(&text).ok()));
    });
    request.set_onloadend(Some(done.unchecked_ref()));
    let _ = if let Some(form) = body.dyn_ref::<FormData>() {
        request.send_with_opt_form_data(Some(form))
    } else if let Some(blob) = body.dyn_ref::<web_sys::Blob>() {
        request.send_with_opt_blob(Some(blob))
    } else {
        request.send()
    };
}
