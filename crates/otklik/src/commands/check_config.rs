//! `otklik check-config`: are the settings readable, does the mail server answer, and what are they?

use otklik_app::courier::check_mail;

use super::public_address;
use crate::cli::Cli;
use crate::config::Config;
use crate::failure::Failure;
use crate::output;

pub async fn run(cli: &Cli) -> Result<(), Failure> {
    let config = Config::load(cli.data(), cli.config.as_deref())?;
    config.trusted_proxies()?;
    let has_mail = check_mail(config.courier(&public_address(&config, &config.listen))?).await?;
    if cli.json {
        return output::json(&serde_json::json!({
            "ok": true, "listen": config.listen, "address": config.address, "mail": has_mail,
        }));
    }
    output::line(format!("{config:#?}"));
    if has_mail {
        output::line(output::word("Почтовый сервер отвечает.", "The mail server answers."));
    }
    Ok(())
}
