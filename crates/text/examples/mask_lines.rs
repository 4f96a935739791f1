//! Masks the lines of standard input: `cargo run -p otklik-text --example mask_lines < FILE`.
#![allow(clippy::print_stdout)]

use std::io::BufRead;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        println!("{}", otklik_text::mask(&line?).text);
    }
    Ok(())
}
