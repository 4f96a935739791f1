//! What commands print: headings, and times a person can read.

use std::io::{self, Write};
use std::time::Duration;

/// A line that separates one step from the next. It reaches the terminal before the step's own output does.
pub fn heading(text: &str) {
    println!("\n━━ {text}");
    // Nobody is left to be told when the terminal is gone.
    let _ = io::stdout().flush();
}

/// `7 s`, `3 min 07 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64().round() as u64;
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds:02} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_readable() {
        assert_eq!(duration(Duration::from_millis(400)), "0 s");
        assert_eq!(duration(Duration::from_millis(59_400)), "59 s");
        assert_eq!(duration(Duration::from_millis(59_600)), "1 min 00 s");
        assert_eq!(duration(Duration::from_secs(187)), "3 min 07 s");
    }
}
