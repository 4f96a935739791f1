//! Growth, returns, waves, a spike on its day, the segment and the region that differ: by metric queries and by scale.

use jiff::ToSpan;
use otklik_backlog::problems::ProblemFilter;
use otklik_facts::{Dimension, Filter};
use otklik_metrics::{DatePeriod, Grain, MetricQuery, MetricRow};
use otklik_platform::Scope;
use serde_json::Value;

use super::{Planted, date};

pub async fn check(planted: &mut Planted) {
    for truth in planted.truths.clone() {
        levels(planted, &truth).await;
    }
    the_control_group_stays(planted).await;
    the_spike_has_its_day(planted).await;
    the_wave_is_in_winter_and_summer(planted).await;
    one_segment_suffers_most(planted).await;
    the_growing_problem_grows_in_the_backlog(planted).await;
    what_is_left_unsolved_costs_a_believable_sum(planted).await;
}

/// Contacts about a topic by the customer base.
async fn ask(planted: &Planted, topic: &Value, slices: &Value, query: MetricQuery) -> Vec<MetricRow> {
    let topics = otklik_voice::topics::list_topics(&planted.app.store).await.unwrap();
    let id = topics.iter().find(|known| known.code == *topic).unwrap().id.0.clone();
    let mut filter = Filter::any_of(Dimension::Topic, [id]);
    let regions: Vec<String> = values(slices, "region");
    if !regions.is_empty() {
        filter = filter.and(Filter::any_of(Dimension::Region, regions));
    }
    let query = MetricQuery { metric: "contact_rate".to_owned(), filter, ..query };
    planted.app.answer(&Scope::Company, query, None).await.unwrap().rows
}

fn values(slices: &Value, dimension: &str) -> Vec<String> {
    let slices = slices.as_array().unwrap().iter().filter(|slice| slice["dimension"] == dimension);
    slices.map(|slice| slice["value"].as_str().unwrap().to_owned()).collect()
}

/// Contacts a day by the customer base in a window, and how many they rest on.
async fn level(planted: &Planted, truth: &Value, slices: &Value, window: &Value) -> (f64, f64) {
    let (from, to) = (date(&window["from"]), date(&window["to"]));
    let last = to.checked_sub(1.day()).unwrap();
    let period = Some(DatePeriod { from: from.to_string(), to: last.to_string() });
    let rows = ask(planted, &truth["topic"], slices, MetricQuery { period, ..MetricQuery::default() }).await;
    let days = f64::from(from.until(to).unwrap().get_days());
    (rows[0].value.unwrap() / days, rows[0].n as f64)
}

/// Every later window stands to the first as it was planted, within twice the error of such counts.
async fn levels(planted: &mut Planted, truth: &Value) {
    let windows = truth["windows"].as_array().unwrap();
    let Some((first, later)) = windows.split_first() else { return };
    let (before, n_before) = level(planted, truth, &truth["filter"], first).await;
    for window in later {
        let (after, n) = level(planted, truth, &truth["filter"], window).await;
        let wanted = (window["level"].as_f64().unwrap() / first["level"].as_f64().unwrap()).ln();
        let found = (after / before).ln();
        let room = 2.0 * (1.0 / n_before + 1.0 / n).sqrt() + 0.1;
        let what =
            format_args!("{} {}: {found:.2}, planted {wanted:.2} ± {room:.2}", truth["id"], window["name"]);
        planted.expect((found - wanted).abs() <= room, what);
    }
}

async fn the_control_group_stays(planted: &mut Planted) {
    let pilot = planted.truth("pilot");
    let (before, n_before) = level(planted, &pilot, &pilot["control"], &pilot["windows"][0]).await;
    let (after, n) = level(planted, &pilot, &pilot["control"], &pilot["windows"][1]).await;
    let (found, room) = ((after / before).ln(), 2.0 * (1.0 / n_before + 1.0 / n).sqrt() + 0.1);
    planted.expect(found.abs() <= room, format_args!("the control group moved by {found:.2}"));
}

async fn the_spike_has_its_day(planted: &mut Planted) {
    let spike = planted.truth("spike");
    let query = MetricQuery { grain: Some(Grain::Day), ..MetricQuery::default() };
    let days = ask(planted, &spike["topic"], &spike["filter"], query).await;
    let loudest = days.iter().max_by_key(|day| day.n).unwrap();
    let planted_on = date(&spike["windows"][1]["from"]).to_string();
    let found_on = loudest.key[0].clone().unwrap();
    planted.expect(found_on == planted_on, format_args!("the spike: {found_on}, planted {planted_on}"));
}

async fn the_wave_is_in_winter_and_summer(planted: &mut Planted) {
    let seasonal = planted.truth("seasonal");
    let query = MetricQuery { grain: Some(Grain::Month), ..MetricQuery::default() };
    let months = ask(planted, &seasonal["topic"], &seasonal["filter"], query).await;
    let mean = |of_wave: bool| {
        let is_wave = |row: &&MetricRow| {
            let month = row.key[0].as_ref().unwrap().clone();
            of_wave == ["-12", "-01", "-07", "-08"].iter().any(|wave| month.ends_with(wave))
        };
        let counts: Vec<u64> = months.iter().filter(is_wave).map(|row| row.n).collect();
        counts.iter().sum::<u64>() as f64 / counts.len() as f64
    };
    let times = mean(true) / mean(false);
    planted.expect(times > 1.7, format_args!("the wave is {times:.2} times the rest"));
}

async fn one_segment_suffers_most(planted: &mut Planted) {
    let truth = planted.truth("segment");
    let query = MetricQuery { dimensions: vec!["segment".to_owned()], ..MetricQuery::default() };
    let mut segments = ask(planted, &truth["topic"], &Value::Array(Vec::new()), query).await;
    segments.retain(|row| row.key[0].is_some());
    segments.sort_by(|a, b| b.value.unwrap().total_cmp(&a.value.unwrap()));
    let (worst, next) = (&segments[0], &segments[1]);
    planted
        .expect(worst.key[0].as_deref() == truth["filter"][0]["value"].as_str(), format_args!("{worst:?}"));
    let apart = worst.low.unwrap() > next.high.unwrap();
    planted.expect(apart, format_args!("{worst:?} is not above {next:?}"));
}

/// What the row of the backlog says: the scale has grown against the days before, and of all problems this one most.
async fn the_growing_problem_grows_in_the_backlog(planted: &mut Planted) {
    let code = planted.truth("growing")["problem"].clone();
    let title =
        planted.company.problems.iter().find(|problem| problem.code == code).unwrap().title.en.clone();
    let rows = planted.app.assess_problems(&Scope::Company, ProblemFilter::default()).await.unwrap();
    let row = rows.iter().find(|row| row.problem.title == title).unwrap();
    let trend = row.trend_pct.unwrap_or_default();
    planted.expect(trend > 20.0, format_args!("the growing problem: {trend:.0} %"));
    let scale = row.scale.as_ref().unwrap();
    planted.expect(scale.seen > 0 && scale.low <= scale.customers(), format_args!("{scale:?}"));
}

/// All problems together cost a part of what customers bring, which is some thousand roubles each a year.
async fn what_is_left_unsolved_costs_a_believable_sum(planted: &mut Planted) {
    let rows = planted.app.assess_problems(&Scope::Company, ProblemFilter::default()).await.unwrap();
    let debts: f64 = rows.iter().filter_map(|row| row.debt.amount_a_month).sum();
    let customers = planted.company.base.iter().map(|row| row.customers).max().unwrap_or_default();
    let a_year = debts * 12.0 / customers as f64;
    planted
        .expect((50.0..1_500.0).contains(&a_year), format_args!("{a_year:.0} roubles a customer and year"));
}
