//! What stops a desk, before it is told to a person: the one place that logs a fault of the store.

use app::error::AppError;
use domain::lifecycle::Refusal;
use store::StoreError;

/// A fault of the store, a refusal of the rules, or an answer ready for the page.
#[derive(Debug)]
pub(super) enum DeskError {
    Store(StoreError),
    Refused(Refusal),
    App(AppError),
    /// The folder of files that wait.
    Disk(std::io::Error),
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for DeskError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<AppError> for DeskError {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<std::io::Error> for DeskError {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error)
    }
}

impl DeskError {
    /// Turns the fault into what the page shows; `reference` finds it in the journal.
    pub(super) fn told(self, reference: &str) -> AppError {
        match self {
            Self::App(error) => error,
            Self::Refused(refusal) => refusal.into(),
            Self::Disk(error) => {
                tracing::error!(reference, error = %error.kind(), "disk");
                AppError::Unavailable {
                    reference: reference.to_owned(),
                }
            }
            Self::Store(StoreError::NotFound) => AppError::NotFound,
            Self::Store(StoreError::Conflict(_)) => AppError::Conflict,
            Self::Store(
                error @ (StoreError::Constraint(_)
                | StoreError::Unavailable(_)
                | StoreError::Schema(_)
                | StoreError::Other(_)),
            ) => {
                tracing::error!(reference, error = %error, cause = ?std::error::Error::source(&error), "store");
                AppError::Unavailable {
                    reference: reference.to_owned(),
                }
            }
        }
    }
}
