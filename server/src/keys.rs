//! The key of the portal: made at the first start, readable by its owner only; and what is sealed or derived with it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use store::Hash;

use crate::config::Config;

/// The name of the key's file in the data directory.
pub const KEY_FILE: &str = "portail.key";

const NONCE_BYTES: usize = 24;

/// What a derived key is for; two purposes never share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The link and the code inside a queued sign-in mail.
    SignInMail,
    /// The digest of a sign-in code: a bare hash of eight digits could be searched.
    SignInCode,
    /// The body of a form posted after its session expired.
    ParkedPost,
    /// The body of a form posted before anyone signed in.
    CarriedPost,
    /// Answers of the simulator that wait for a company, in an address.
    KeptSimulation,
    /// The account that last signed in with a browser, inside the browser's own cookie.
    BrowserAccount,
    /// The digest of the code of a letter.
    Letter,
    /// The signature of public facts; the public half of this key is published.
    SignedFacts,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::SignInMail => b"spaser sign-in mail v1",
            Self::SignInCode => b"spaser sign-in code v1",
            Self::ParkedPost => b"spaser parked post v1",
            Self::CarriedPost => b"spaser carried post v1",
            Self::KeptSimulation => b"spaser kept simulation v1",
            Self::Letter => b"spaser letter code v1",
            Self::BrowserAccount => b"spaser browser account v1",
            Self::SignedFacts => b"spaser signed facts v1",
        }
    }
}

/// The keys of this portal.
#[derive(Debug)]
pub struct Keys {
    master: SecretBox<[u8; 32]>,
}

/// Why there is no usable key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key file {path} cannot be used: {source}")]
    File { path: String, source: io::Error },
    #[error("the key file {0} does not hold 64 hexadecimal digits")]
    Malformed(String),
    #[error("the system gives no random bytes")]
    Random,
    #[error("this text was not sealed with the key of this portal, or for this use")]
    Sealed,
}

impl Keys {
    /// The key of the configuration, or that of the data directory, made when it is missing.
    pub fn load(config: &Config) -> Result<Self, KeyError> {
        if let Some(text) = &config.key {
            return parse(text.expose_secret())
                .ok_or_else(|| KeyError::Malformed("secrets.key".into()));
        }
        Self::from_file(&config.data_dir.join(KEY_FILE))
    }

    fn from_file(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError::File {
            path: path.display().to_string(),
            source,
        };
        match fs::read_to_string(path) {
            Ok(text) => {
                parse(text.trim()).ok_or_else(|| KeyError::Malformed(path.display().to_string()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match create(path).map_err(failed)? {
                    Some(keys) => Ok(keys),
                    // Another process made it between our two looks.
                    None => Self::from_file(path),
                }
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// A key made from bytes at hand.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self {
            master: SecretBox::new(Box::new(bytes)),
        }
    }

    fn derived(&self, purpose: Purpose) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.master.expose_secret());
        hash.update(purpose.label());
        hash.finalize().into()
    }

    /// Encrypts and authenticates; `context` must be the same when opening, so that a sealed text cannot be moved elsewhere.
    pub fn seal(
        &self,
        purpose: Purpose,
        context: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let nonce: [u8; NONCE_BYTES] = random()?;
        let cipher = XChaCha20Poly1305::new(&self.derived(purpose).into());
        let sealed = cipher
            .encrypt(
                XNonce::from_slice(&nonce),
                Payload {
                    msg: plain,
                    aad: context,
                },
            )
            .map_err(|_| KeyError::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Keys::seal`] made.
    pub fn open(
        &self,
        purpose: Purpose,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let (nonce, text) = sealed
            .split_at_checked(NONCE_BYTES)
            .ok_or(KeyError::Sealed)?;
        XChaCha20Poly1305::new(&self.derived(purpose).into())
            .decrypt(
                XNonce::from_slice(nonce),
                Payload {
                    msg: text,
                    aad: context,
                },
            )
            .map_err(|_| KeyError::Sealed)
    }

    /// The seed of a key pair of its own.
    pub(crate) fn seed(&self, purpose: Purpose) -> [u8; 32] {
        self.derived(purpose)
    }

    /// A keyed digest, for short secrets that a thief of the database must not be able to search.
    pub fn digest(&self, purpose: Purpose, secret: &[u8]) -> Hash {
        Hash::of_parts(&[&self.derived(purpose), secret])
    }
}

fn parse(text: &str) -> Option<Keys> {
    let bytes = hex::decode(text).ok()?;
    Some(Keys::from_bytes(bytes.try_into().ok()?))
}

/// Writes a new key; `None` when somebody else just did.
fn create(path: &Path) -> io::Result<Option<Keys>> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder)?;
    }
    let bytes: [u8; 32] = random().map_err(io::Error::other)?;
    // Written aside and linked into place: a reader never sees half a key, and two first starts agree on one.
    let aside = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = write_private(&aside, hex::encode(bytes).as_bytes())
        .and_then(|()| fs::hard_link(&aside, path));
    let _may_be_absent = fs::remove_file(&aside);
    match written {
        Ok(()) => Ok(Some(Keys::from_bytes(bytes))),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.exists() => Ok(None),
        Err(error) => Err(error),
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Random bytes from the system.
pub fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;

    #[test]
    fn a_sealed_text_opens_only_as_it_was_sealed() {
        let keys = Keys::from_bytes([7; 32]);
        let sealed = keys
            .seal(Purpose::ParkedPost, b"account 1", b"nom=Dupont")
            .unwrap();
        let open = |purpose, context: &[u8], text: &[u8]| keys.open(purpose, context, text);
        assert_eq!(
            open(Purpose::ParkedPost, b"account 1", &sealed).unwrap(),
            b"nom=Dupont"
        );
        assert!(open(Purpose::ParkedPost, b"account 2", &sealed).is_err());
        assert!(open(Purpose::SignInMail, b"account 1", &sealed).is_err());
        for at in [0, NONCE_BYTES, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(Purpose::ParkedPost, b"account 1", &changed).is_err());
        }
        assert!(open(Purpose::ParkedPost, b"account 1", &sealed[..10]).is_err());
        assert!(
            Keys::from_bytes([8; 32])
                .open(Purpose::ParkedPost, b"account 1", &sealed)
                .is_err()
        );
        assert!(!sealed.windows(6).any(|part| part == b"Dupont"));
    }

    #[test]
    fn the_key_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("var").join(KEY_FILE);
        let first = Keys::from_file(&path).unwrap();
        let second = Keys::from_file(&path).unwrap();
        assert_eq!(first.master.expose_secret(), second.master.expose_secret());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_is_refused_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(KEY_FILE);
        fs::write(&path, "abc").unwrap();
        assert!(matches!(
            Keys::from_file(&path),
            Err(KeyError::Malformed(_))
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), "abc");
    }

    #[test]
    fn a_digest_depends_on_the_key_and_on_the_use() {
        let digest = |key, purpose| Keys::from_bytes([key; 32]).digest(purpose, b"12345678");
        assert_eq!(
            digest(1, Purpose::SignInCode),
            digest(1, Purpose::SignInCode)
        );
        assert_ne!(
            digest(1, Purpose::SignInCode),
            digest(2, Purpose::SignInCode)
        );
        assert_ne!(
            digest(1, Purpose::SignInCode),
            digest(1, Purpose::SignInMail)
        );
    }

    #[test]
    fn debug_shows_no_key() {
        let printed = format!("{:?}", Keys::from_bytes([0xab; 32]));
        assert!(
            !printed.contains("171") && !printed.contains("ab, ab"),
            "{printed}"
        );
    }
}
