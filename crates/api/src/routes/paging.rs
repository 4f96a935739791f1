//! Which page of a list.

use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    pub limit: Option<u32>,
    pub offset: Option<u32>,
}

impl PageParams {
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(50).min(1_000)
    }

    pub fn offset(&self) -> u32 {
        self.offset.unwrap_or(0)
    }
}
