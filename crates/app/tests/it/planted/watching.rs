//! What stands out: the incident is found on its day with what made it, the wave of every year is not.

use jiff::ToSpan;
use otklik_metrics::watch::{Anomaly, AnomalyFilter, list_anomalies};
use otklik_stats::anomaly::AlarmKind;

use super::{Planted, date};

/// Everything that a search may raise in three months over all series: about one a month of it by chance.
const MOST_EVENTS: usize = 14;

pub async fn check(planted: &mut Planted) {
    let new = planted.app.find_anomalies().await.unwrap();
    let again = planted.app.find_anomalies().await.unwrap();
    planted.expect(
        again.is_empty(),
        format_args!("a second search finds {} of {} again", again.len(), new.len()),
    );
    let filter = AnomalyFilter { limit: 1_000, ..AnomalyFilter::default() };
    let found = list_anomalies(&planted.app.store, &filter).await.unwrap().items;
    let told: Vec<String> = found.iter().map(tell).collect();
    planted.expect(found.len() <= MOST_EVENTS, format_args!("{} anomalies: {told:#?}", found.len()));
    the_incident_is_found_on_its_day(planted, &found).await;
    the_wave_of_every_year_is_none(planted, &found).await;
}

async fn the_incident_is_found_on_its_day(planted: &mut Planted, found: &[Anomaly]) {
    let spike = planted.truth("spike");
    let topic = planted.topic_id(spike["topic"].as_str().unwrap()).await;
    let day = date(&spike["windows"][1]["from"]).to_string();
    let incident = found.iter().find(|anomaly| {
        anomaly.value.as_deref() == Some(&topic) && anomaly.kind == AlarmKind::Spike && anomaly.from_on == day
    });
    let Some(incident) = incident else {
        let told: Vec<String> = found.iter().map(tell).collect();
        return planted.expect(false, format_args!("no spike of {topic} on {day}: {told:#?}"));
    };
    planted.expect(incident.actual > incident.high, format_args!("{} is no spike", tell(incident)));
    let chart = planted.app.chart_anomaly(incident).await.unwrap();
    let marked = chart.points.iter().filter(|point| point.marked);
    planted.expect(
        marked.clone().any(|point| point.value > point.high) && marked.count() < 8,
        format_args!("the chart does not show the incident"),
    );
}

async fn the_wave_of_every_year_is_none(planted: &mut Planted, found: &[Anomaly]) {
    let wave = planted.truth("seasonal");
    let topic = planted.topic_id(wave["topic"].as_str().unwrap()).await;
    let december = &wave["windows"][1];
    let (from, to) = (date(&december["from"]), date(&december["to"]));
    let near = |anomaly: &&Anomaly| {
        let day: jiff::civil::Date = anomaly.from_on.parse().unwrap();
        (from - 7.days()..to + 14.days()).contains(&day)
    };
    let called = found.iter().filter(|anomaly| anomaly.value.as_deref() == Some(&topic)).find(near);
    planted.expect(called.is_none(), format_args!("the wave is called an anomaly: {:?}", called.map(tell)));
}

fn tell(anomaly: &Anomaly) -> String {
    let Anomaly {
        metric, dimension, value, kind, from_on, to_on, actual, expected, deviation, grain, ..
    } = anomaly;
    format!(
        "{metric} {} {} {grain:?} {kind:?} {from_on}…{to_on}: {actual:.1} for {expected:.1} ({deviation:.1})",
        dimension.as_deref().unwrap_or_default(),
        value.as_deref().unwrap_or_default(),
    )
}
