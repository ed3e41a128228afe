//! From columns to the domain's types: what cannot be read is an error that names the column, never a guess.

use domain::{identifiers::Siren, lifecycle::MemberRole};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::StoreError;

pub(crate) fn siren(text: &str) -> Result<Siren, StoreError> {
    Siren::parse(text).map_err(|_| StoreError::corrupt("siren"))
}

pub(crate) fn json<T: DeserializeOwned>(text: &str, column: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::corrupt(column))
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::corrupt("value"))
}

pub(crate) fn number(value: i64, column: &str) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::corrupt(column))
}

pub(crate) fn member_role(code: &str, column: &str) -> Result<MemberRole, StoreError> {
    MemberRole::from_code(code).ok_or_else(|| StoreError::corrupt(column))
}
