//! Who asks, and what they may: a handler without one of these extractors cannot reach data.

mod rights;
mod signed;

pub use rights::{
    CanAdminister, CanAnalyse, CanContribute, CanManage, CanView, Contribute, Granted, Manage, Needed, View,
};
pub use signed::{SESSION_COOKIE, Signed};
