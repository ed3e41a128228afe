//! Facts signed by the portal: JSON Web Signatures (RFC 7515) with Ed25519 (RFC 8037), and the key that checks them.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::keys::{KeyError, Keys, Purpose};

/// Signs what the public reads.
pub struct Signer {
    pair: Ed25519KeyPair,
}

impl Signer {
    /// The same key as long as the portal keeps its own.
    pub fn of(keys: &Keys) -> Result<Self, KeyError> {
        let seed = keys.seed(Purpose::SignedFacts);
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| KeyError::Random)?;
        Ok(Self { pair })
    }

    /// The compact form: header, payload and signature.
    pub fn sign(&self, payload: &Value) -> String {
        let header = json!({ "alg": "EdDSA", "kid": self.id(), "typ": "JWT" });
        let signed = format!("{}.{}", part(&header), part(payload));
        let signature = self.pair.sign(signed.as_bytes());
        format!("{signed}.{}", encode(signature.as_ref()))
    }

    /// The public key, as a set of one (RFC 7517).
    pub fn key_set(&self) -> Value {
        let x = self.x();
        json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.id(), "use": "sig", "alg": "EdDSA",
        }] })
    }

    fn x(&self) -> String {
        encode(self.pair.public_key().as_ref())
    }

    /// The thumbprint of the key (RFC 7638): its members in alphabetical order, without spaces.
    fn id(&self) -> String {
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.x());
        encode(Sha256::digest(members.as_bytes()))
    }
}

fn part(value: &Value) -> String {
    encode(value.to_string())
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
