//! How often a driver without effect is called one, and planted ones are found.

use otklik_stats::drivers::{Moments, Options, drivers};

use crate::random::Random;
use crate::report::DriverRate;

/// Three drivers, of which the first two overlap and count, and the third does neither.
pub fn table(runs: usize) -> Vec<DriverRate> {
    [100, 300].map(|rows| row(rows, runs)).into()
}

fn row(rows: usize, runs: usize) -> DriverRate {
    let mut random = Random::new(rows as u64);
    let mut found = [0u32; 3];
    for run in 0..runs {
        let (scores, outcomes): (Vec<Vec<f64>>, Vec<f64>) = (0..rows).map(|_| answer(&mut random)).unzip();
        let options = Options { draws: 200, seed: run as u64, ..Options::default() };
        let Ok(rows) = Moments::of_rows(&scores, &outcomes) else { continue };
        let Ok(drivers) = drivers(&rows, &options, || true) else { continue };
        for (count, driver) in found.iter_mut().zip(drivers.drivers) {
            *count += u32::from(driver.significant);
        }
    }
    let [strong_found, weak_found, idle_called] = found.map(|count| f64::from(count) / runs as f64);
    DriverRate { rows, idle_called, strong_found, weak_found }
}

/// Three scores and the one they lead to.
fn answer(random: &mut Random) -> (Vec<f64>, f64) {
    let common = random.normal();
    let mut score = |shared: f64| (3.0 + shared + 0.8 * random.normal()).round().clamp(1.0, 5.0);
    let scores = vec![score(0.6 * common), score(0.6 * common), score(0.0)];
    let outcome = 0.8 * scores[0] + 0.4 * scores[1] + random.normal();
    (scores, outcome)
}
