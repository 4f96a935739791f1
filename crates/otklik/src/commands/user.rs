//! `otklik user`: people who can sign in.

use otklik_app::App;
use otklik_app::messages::Language;
use otklik_platform::people::{self, Grant, NewPerson};
use otklik_platform::{Role, invitations};
use otklik_store::Actor;

use super::public_address;
use crate::cli::UserCommand;
use crate::config::Config;
use crate::failure::{Failure, usage};
use crate::output;

pub async fn run(app: App, config: &Config, command: &UserCommand, json: bool) -> Result<(), Failure> {
    match command {
        UserCommand::Add { email, role, name } => add(&app, config, email, role, name.as_deref(), json).await,
        UserCommand::List => list(&app, json).await,
    }
}

async fn add(
    app: &App,
    config: &Config,
    email: &str,
    role: &str,
    name: Option<&str>,
    json: bool,
) -> Result<(), Failure> {
    let role = Role::parse(role).ok_or_else(|| no_role(role))?;
    let mut tx = app.store.begin(Actor::Operator).await?;
    let person = NewPerson {
        email: email.to_owned(),
        name: name.unwrap_or(email).to_owned(),
        language: None,
        grants: vec![Grant { unit: None, role }],
        password: None,
    };
    let id = people::create_person(&mut tx, person).await?;
    let secret = invitations::create_invitation(&mut tx, Some(&id)).await?;
    tx.commit().await?;
    let link = format!("{}/invitation/{secret}", public_address(config, &config.listen));
    if json {
        return output::json(&serde_json::json!({ "id": id, "invitation": link }));
    }
    output::line(link);
    Ok(())
}

fn no_role(word: &str) -> Failure {
    let roles = Role::ALL.map(Role::word).join(", ");
    usage(match output::language() {
        Language::Ru => format!("Роли «{word}» нет. Роли: {roles}"),
        Language::En => format!("There is no role “{word}”. Roles: {roles}"),
    })
}

async fn list(app: &App, json: bool) -> Result<(), Failure> {
    let everybody = people::list_people(&app.store).await?;
    if json {
        return output::json(&everybody);
    }
    for person in everybody {
        let roles: Vec<&str> = person.grants.iter().map(|grant| grant.role.word()).collect();
        output::line(format!("{}\t{}\t{}", person.email, person.name, roles.join(",")));
    }
    Ok(())
}
