//! `otklik text`: the language part on files, without a server or a database.

mod eval;
mod rows;
mod similar;
mod table;
mod themes;

use crate::cli::text::TextCommand;
use crate::failure::Failure;

pub fn run(command: &TextCommand, json: bool) -> Result<(), Failure> {
    match command {
        TextCommand::Eval(args) => eval::run(args, json),
        TextCommand::Sentiment(args) => rows::sentiment(args, json),
        TextCommand::Themes(args) => themes::run(args, json),
        TextCommand::Similar(args) => similar::run(args, json),
        TextCommand::Mask(args) => rows::mask(args, json),
        TextCommand::Lang(args) => rows::lang(args, json),
    }
}
