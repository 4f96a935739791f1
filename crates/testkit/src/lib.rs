//! What tests share: private databases, clocks, a running application.

pub mod postgres;
