//! `otklik mail test`: does a letter go out?

use otklik_app::courier::send_trial;

use super::public_address;
use crate::cli::{Cli, MailCommand};
use crate::config::Config;
use crate::failure::Failure;
use crate::output;

pub async fn run(cli: &Cli, command: &MailCommand) -> Result<(), Failure> {
    let MailCommand::Test { address } = command;
    let config = Config::load(cli.data(), cli.config.as_deref())?;
    let courier = config.courier(&public_address(&config, &config.listen))?;
    send_trial(courier, address, output::language()).await?;
    if cli.json {
        return output::json(&serde_json::json!({ "ok": true }));
    }
    output::line(output::word("Почтовый сервер принял письмо.", "The mail server has taken the letter."));
    Ok(())
}
