//! The tables, for the eye and for a file.

use serde::Serialize;

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub coverage: Vec<Coverage>,
    pub errors: Vec<ErrorRate>,
    pub power: Vec<Power>,
    pub drivers: Vec<DriverRate>,
    pub alarms: Vec<Alarms>,
    pub seconds: f64,
}

/// The share of 95 % intervals that held the truth: averaged over truths, and for the worst and the best of them.
#[derive(Debug, Serialize)]
pub struct Coverage {
    pub kind: String,
    pub n: u64,
    pub mean: f64,
    pub lowest: f64,
    pub highest: f64,
}

/// Outcomes of changes without any effect.
#[derive(Debug, Serialize)]
pub struct ErrorRate {
    pub case: String,
    pub worked: f64,
    pub partly: f64,
    pub worse: f64,
    pub no_effect: f64,
}

/// The chance that the plan stated, and the share found, of effects of the size hoped for.
#[derive(Debug, Serialize)]
pub struct Power {
    pub case: String,
    pub stated: f64,
    pub found: f64,
    /// Found in the end by the interval that may be looked at every day.
    pub running: f64,
}

#[derive(Debug, Serialize)]
pub struct DriverRate {
    pub rows: usize,
    pub idle_called: f64,
    pub strong_found: f64,
    pub weak_found: f64,
}

#[derive(Debug, Serialize)]
pub struct Alarms {
    pub case: String,
    pub false_a_year: f64,
    /// Of points twice as high as they would be.
    pub spike_on_its_day: f64,
    /// Of series that rise by half, within 14 points.
    pub shift_found: f64,
    pub median_delay: Option<f64>,
}

impl Report {
    pub fn print(&self) {
        println!("\n95 % intervals: per cent that hold the truth, mean over true values (lowest … highest)");
        for row in &self.coverage {
            let mark = if (0.93..=0.97).contains(&row.mean) { "" } else { "  outside 93…97" };
            let [mean, lowest, highest] = [row.mean, row.lowest, row.highest].map(percent);
            println!("{:<30}{:>6}{mean:>8}   ({lowest} … {highest}){mark}", row.kind, row.n);
        }
        heading("changes without effect, called", &["worked", "partly", "worse", "no effect"]);
        for row in &self.errors {
            line(&row.case, &[row.worked, row.partly, row.worse, row.no_effect].map(percent));
        }
        heading("effects of the size hoped for", &["stated", "found", "daily looks"]);
        for row in &self.power {
            line(&row.case, &[row.stated, row.found, row.running].map(percent));
        }
        heading("drivers called significant", &["idle", "weak", "strong"]);
        for row in &self.drivers {
            let shares = [row.idle_called, row.weak_found, row.strong_found];
            line(&format!("{} rows", row.rows), &shares.map(percent));
        }
        heading("alarms", &["false/year", "spike", "shift", "points"]);
        for row in &self.alarms {
            let delay = row.median_delay.map_or("-".to_owned(), |points| points.to_string());
            let shares = [row.spike_on_its_day, row.shift_found].map(percent);
            let [spike, shift] = shares;
            line(&row.case, &[format!("{:.2}", row.false_a_year), spike, shift, delay]);
        }
        println!("\n{:.0} s", self.seconds);
    }
}

fn heading(title: &str, columns: &[&str]) {
    println!();
    line(title, &columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>());
}

fn line(name: &str, cells: &[String]) {
    let cells: String = cells.iter().map(|cell| format!("{cell:>12}")).collect();
    println!("{name:<42}{cells}");
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}
