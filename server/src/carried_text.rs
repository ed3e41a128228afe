//! Texts that travel in an address: packed, sealed for one use and one owner, for a limited time.

use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::keys::{KeyError, Keys, Purpose};

/// Longer texts are not carried, once packed: an address must stay short enough for every browser and proxy.
const LONGEST_PACKED: usize = 4_000;
/// Nor longer ones before: a form that a person filled in is far shorter.
const LONGEST: usize = 128 * 1024;

/// The text, in letters that an address carries unchanged; `None` when it is too long.
pub(crate) fn seal(
    keys: &Keys,
    purpose: Purpose,
    owner: &[u8],
    plain: &[u8],
    until: DateTime<Utc>,
) -> Result<Option<String>, KeyError> {
    let Some(packed) = pack(plain) else {
        return Ok(None);
    };
    let until = until.timestamp().to_be_bytes();
    let sealed = keys.seal(purpose, owner, &[until.as_slice(), &packed].concat())?;
    Ok(Some(URL_SAFE_NO_PAD.encode(sealed)))
}

/// The text again, for its owner, as long as it holds.
pub(crate) fn open(
    keys: &Keys,
    purpose: Purpose,
    owner: &[u8],
    text: &str,
    now: DateTime<Utc>,
) -> Option<Vec<u8>> {
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let plain = keys.open(purpose, owner, &sealed).ok()?;
    let (until, packed) = plain.split_first_chunk::<8>()?;
    if now.timestamp() >= i64::from_be_bytes(*until) {
        return None;
    }
    unpack(packed)
}

fn pack(plain: &[u8]) -> Option<Vec<u8>> {
    if plain.len() > LONGEST {
        return None;
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).ok()?;
    let packed = encoder.finish().ok()?;
    (packed.len() <= LONGEST_PACKED).then_some(packed)
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let limit = u64::try_from(LONGEST).ok()?;
    DeflateDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut plain)
        .ok()?;
    Some(plain)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const PURPOSE: Purpose = Purpose::KeptSimulation;

    #[test]
    fn a_text_opens_for_its_owner_its_use_and_its_time() {
        let keys = Keys::from_bytes([3; 32]);
        let until: DateTime<Utc> = "2026-05-04T09:00:00Z".parse().unwrap();
        let now = until - chrono::TimeDelta::hours(1);
        let text = seal(&keys, PURPOSE, b"me", b"a=1\n&b=2", until)
            .unwrap()
            .unwrap();
        let opened = |purpose, owner: &[u8], text: &str, at| open(&keys, purpose, owner, text, at);
        assert_eq!(
            opened(PURPOSE, b"me", &text, now).as_deref(),
            Some(b"a=1\n&b=2".as_slice())
        );
        assert_eq!(opened(PURPOSE, b"you", &text, now), None);
        assert_eq!(opened(Purpose::CarriedPost, b"me", &text, now), None);
        assert_eq!(opened(PURPOSE, b"me", &text, until), None);
        assert_eq!(opened(PURPOSE, b"me", &text[..text.len() - 3], now), None);
        assert_eq!(opened(PURPOSE, b"me", "", now), None);
    }

    #[test]
    fn the_largest_form_of_the_simulator_is_carried_and_no_bomb_is() {
        let keys = Keys::from_bytes([3; 32]);
        let entity = |n: usize| {
            let name = format!("Société Méditerranée Participations {}", n * 7_919);
            format!(
                "&e{n}-name={name}&e{n}-kind=enterprise&e{n}-awu={}&e{n}-turnover={}&e{n}-balance={}&e{n}-group=",
                n * 7,
                n * 123_457,
                n * 98_765
            )
        };
        let holding = |n: usize| {
            format!(
                "&h{n}-holder={}&h{n}-held={}&h{n}-capital={}&h{n}-votes={}&h{n}-control=&h{n}-invested=",
                n % 20,
                n % 19,
                n + 25,
                n + 26
            )
        };
        let form: String = (0..=20).map(entity).chain((0..40).map(holding)).collect();
        let form = form.replace('é', "%C3%A9").replace(' ', "+");
        assert!(form.len() > 5_000, "{}", form.len());
        let until: DateTime<Utc> = "2026-05-04T09:00:00Z".parse().unwrap();
        let text = seal(&keys, PURPOSE, b"me", form.as_bytes(), until)
            .unwrap()
            .unwrap();
        assert!(text.len() < 3_000, "{}", text.len());
        let blank = vec![b'a'; LONGEST + 1];
        assert_eq!(seal(&keys, PURPOSE, b"me", &blank, until).unwrap(), None);
        let noise = crate::keys::random::<5_000>().unwrap();
        assert_eq!(seal(&keys, PURPOSE, b"me", &noise, until).unwrap(), None);
        let longest = crate::keys::random::<3_990>().unwrap();
        let text = seal(&keys, PURPOSE, b"me", &longest, until)
            .unwrap()
            .unwrap();
        assert!(app::reply::is_local_path(&format!(
            "/connexion/reprise?form={text}"
        )));
    }
}
