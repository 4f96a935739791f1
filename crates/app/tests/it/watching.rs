//! What stands out is found once, explained by what made it, goes on as the same anomaly, and keeps what people decided.

use jiff::civil::{Date, date};
use otklik_app::App;
use otklik_metrics::watch::{
    Anomaly, AnomalyFilter, AnomalyState, decide_anomaly, list_anomalies, list_followers, load_anomaly,
};
use otklik_stats::anomaly::AlarmKind;
use otklik_store::Actor;
use otklik_testkit::{TestApp, both};
use otklik_voice::Channel;
use otklik_voice::files::Record;
use otklik_voice::sources::Source;

use crate::company::{add_source, push, record};

const TODAY: Date = date(2026, 3, 2);
const DAYS: i64 = 110;
const REGIONS: [&str; 4] = ["Урал", "Центр", "Юг", "Север"];
const CHANNELS: [Channel; 3] = [Channel::Call, Channel::Chat, Channel::Email];

fn moment(days_ago: i64) -> Option<i64> {
    let noon = TODAY.at(12, 0, 0, 0).in_tz("Europe/Moscow").unwrap().timestamp().as_millisecond();
    Some(noon - days_ago * 86_400_000)
}

/// About twelve items a day over all channels and regions.
async fn calm(app: &App) -> Source {
    let source = add_source(app, "reviews", None).await;
    let mut records = Vec::new();
    for day in 1..=DAYS {
        for place in 0..10 + [3, 0, 4, 1, 2, 5, 2][(day % 7) as usize] + day % 3 {
            let at = (day * 5 + place) as usize;
            records.push(Record {
                occurred_at: moment(day),
                channel: Some(CHANNELS[at % 3]),
                region: Some(REGIONS[at / 3 % 4].to_owned()),
                ..record(&format!("{day}-{place}"), "Отзыв")
            });
        }
    }
    push(app, &source, records).await;
    source
}

/// Forty more of a day, all by chat from the Urals.
async fn incident(app: &App, source: &Source, day: i64) {
    let item = |number| Record {
        occurred_at: moment(day),
        channel: Some(Channel::Chat),
        region: Some("Урал".to_owned()),
        ..record(&format!("incident-{day}-{number}"), "Приложение не открывается")
    };
    push(app, source, (0..40).map(item).collect()).await;
    app.catch_up().await.unwrap();
}

async fn leads(app: &App) -> Vec<Anomaly> {
    let filter = AnomalyFilter { limit: 100, ..AnomalyFilter::default() };
    list_anomalies(&app.store, &filter).await.unwrap().items
}

fn is_named(anomaly: &Anomaly, dimension: &str, value: &str) -> bool {
    let own = anomaly.dimension.as_deref() == Some(dimension) && anomaly.value.as_deref() == Some(value);
    own || anomaly
        .causes
        .candidates
        .iter()
        .any(|cause| cause.dimension == dimension && cause.value == value && cause.share_pct > 80.0)
}

both! {
    async fn a_calm_company_raises_nothing(store: TestStore) {
        let app = TestApp::new(store).await;
        assert_eq!(app.find_anomalies().await.unwrap(), []);
        calm(&app).await;
        app.catch_up().await.unwrap();
        let found = app.find_anomalies().await.unwrap();
        assert_eq!(found, [], "{:#?}", leads(&app).await);
    }

    async fn an_incident_is_one_anomaly_with_its_cause(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = calm(&app).await;
        incident(&app, &source, 10).await;
        assert!(!app.find_anomalies().await.unwrap().is_empty());
        let found = leads(&app).await;
        let [lead] = &found[..] else { panic!("{found:#?}") };
        assert_eq!((lead.kind, lead.metric.as_str()), (AlarmKind::Spike, "count"));
        assert_eq!((lead.from_on.as_str(), lead.to_on.as_str()), ("2026-02-20", "2026-02-20"));
        assert!(lead.actual > lead.high && lead.deviation > 5.0, "{lead:?}");
        assert!(is_named(lead, "channel", "chat") && is_named(lead, "region", "Урал"), "{:#?}", lead.causes);
        let followers = list_followers(&app.store, &lead.id).await.unwrap();
        assert!(followers.iter().any(|follower| follower.dimension.is_none()), "{followers:#?}");

        let chart = app.chart_anomaly(lead).await.unwrap();
        let marked: Vec<_> = chart.points.iter().filter(|point| point.marked).collect();
        assert_eq!(marked.len(), 1);
        assert!(marked[0].value > marked[0].high && marked[0].expected.is_some());
    }

    async fn what_goes_on_is_the_same_and_keeps_what_people_decided(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = calm(&app).await;
        incident(&app, &source, 10).await;
        app.find_anomalies().await.unwrap();
        assert_eq!(app.find_anomalies().await.unwrap(), []);
        let lead = leads(&app).await.remove(0);

        let mut tx = app.store.begin(Actor::System).await.unwrap();
        let refused = decide_anomaly(&mut tx, &lead.id, lead.version, AnomalyState::Explained, "  ").await;
        assert_eq!(refused.unwrap_err().code(), "note_missing");
        decide_anomaly(&mut tx, &lead.id, lead.version, AnomalyState::Explained, "Сбой связи").await.unwrap();
        let stale = decide_anomaly(&mut tx, &lead.id, lead.version, AnomalyState::Seen, "").await;
        assert_eq!(stale.unwrap_err().code(), "stale");
        tx.commit().await.unwrap();

        incident(&app, &source, 9).await;
        app.find_anomalies().await.unwrap();
        let now = load_anomaly(&app.store, &lead.id).await.unwrap();
        assert_eq!((now.from_on.as_str(), now.to_on.as_str()), ("2026-02-20", "2026-02-21"));
        assert_eq!((now.state, now.note.as_str()), (AnomalyState::Explained, "Сбой связи"));
    }

    async fn the_round_of_the_day_looks(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = calm(&app).await;
        incident(&app, &source, 1).await;
        app.enqueue_daily_round().await.unwrap();
        app.work_all().await.unwrap();
        assert_eq!(leads(&app).await.len(), 1);
    }
}
