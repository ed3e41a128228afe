//! Reads the body of a form whole, within the limit, and refuses text that is not text.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use futures::{Stream, StreamExt};

use super::fault::Fault;

/// How much of a body that is too large is read and thrown away, so that the browser is still there to read the answer.
const DISCARDED_BYTES: usize = 32 * 1024 * 1024;
const DISCARD_TIME: Duration = Duration::from_secs(5);

/// The whole body, or why not.
pub(super) async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Fault> {
    let mut stream = body.into_data_stream();
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok())
        .unwrap_or(0);
    let mut bytes = Vec::with_capacity(announced.min(limit));
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Fault::BadRequest)?;
        if announced > limit || bytes.len() + chunk.len() > limit {
            drop(bytes);
            discard(stream).await;
            return Err(Fault::TooLarge { limit });
        }
        bytes.extend_from_slice(&chunk);
    }
    if is_form(headers) && !is_decodable(&bytes) {
        return Err(Fault::BadRequest);
    }
    Ok(bytes.into())
}

/// Throws away what is left of a body, within limits.
pub(super) async fn discard<E>(mut stream: impl Stream<Item = Result<Bytes, E>> + Unpin) {
    let mut seen = 0;
    let reading = async {
        while let Some(Ok(chunk)) = stream.next().await {
            seen += chunk.len();
            if seen > DISCARDED_BYTES {
                break;
            }
        }
    };
    let _time_is_up = tokio::time::timeout(DISCARD_TIME, reading).await;
}

/// A body that is read by whom it is for, and afterwards by whoever throws the rest away: an answer that comes while a browser
/// still sends is an answer that it never reads.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<BodyDataStream>>);

impl Shared {
    pub(super) fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(body.into_data_stream())))
    }
}

impl Stream for Shared {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *stream).poll_next(context)
    }
}

/// True for the bodies that HTML forms without files send.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(is_form_type)
}

/// True for the name of what forms without files send.
pub(crate) fn is_form_type(value: &HeaderValue) -> bool {
    value
        .to_str()
        .ok()
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim() == "application/x-www-form-urlencoded")
}

/// True when the body, once its `%xx` are decoded, is UTF-8 without NUL. Form readers would replace what is not, silently.
fn is_decodable(body: &[u8]) -> bool {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let byte = match (first, after) {
            (b'%', [high, low, after @ ..]) => match (hex_digit(*high), hex_digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high * 16 + low
                }
                _ => first,
            },
            _ => first,
        };
        if byte == 0 {
            return false;
        }
        decoded.push(byte);
    }
    std::str::from_utf8(&decoded).is_ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_text_is_seen() {
        for (body, good) in [
            (&b"nom=Dupont&ville=Aix+en+Provence"[..], true),
            (b"nom=%C3%A9", true),
            (b"nom=%c3%a9%", true),
            (b"nom=100%", true),
            (b"nom=%zz", true),
            ("nom=é".as_bytes(), true),
            (b"nom=%C3", false),
            (b"nom=%FF%FE", false),
            (b"nom=\xff", false),
            (b"nom=%00", false),
            (b"nom=\0", false),
            (b"nom=%ED%A0%80", false),
            (b"nom=%C0%AF", false),
        ] {
            assert_eq!(
                is_decodable(body),
                good,
                "{:?}",
                String::from_utf8_lossy(body)
            );
        }
    }
}
