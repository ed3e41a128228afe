//! The pages that anyone may read.

mod error_page;
mod help;
mod home;
mod home_sections;
mod notices;
mod prose;
mod simulator;
mod site_map;
mod verification;

pub use error_page::{ErrorKind, ErrorPage};
pub use help::Help;
pub use home::Home;
pub use notices::{Accessibility, Cookies, Legal, Privacy};
pub use simulator::{LeftOut, Simulator, TOO_LONG, left_out, size_step};
pub use site_map::SiteMap;
pub use verification::{VerifyCode, VerifyForm, verification_path};
