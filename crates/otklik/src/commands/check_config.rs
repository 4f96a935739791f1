//! `otklik check-config`: are the settings readable, and what are they?

use crate::cli::Cli;
use crate::config::Config;
use crate::failure::Failure;
use crate::output;

pub fn run(cli: &Cli) -> Result<(), Failure> {
    let config = Config::load(cli.data(), cli.config.as_deref())?;
    config.trusted_proxies()?;
    if cli.json {
        output::json(&serde_json::json!({ "ok": true, "listen": config.listen, "address": config.address }))
    } else {
        output::line(format!("{config:#?}"));
        Ok(())
    }
}
