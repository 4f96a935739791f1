//! The stream: the newest moment first, pages that follow each other without a gap.

use std::cmp::Reverse;

use otklik_app::App;
use otklik_app::stream::StreamQuery;
use otklik_facts::{Dimension, Filter};
use otklik_platform::Scope;
use otklik_testkit::{TestApp, both};
use otklik_voice::files::Record;

use crate::company::{add_source, push};

const HOUR_MS: i64 = 3_600_000;
/// 2026-02-10 00:00 in Moscow, the company's time zone.
const MIDNIGHT_MS: i64 = 1_770_670_800_000;

/// Moments on both sides of midnights, several of them the same, in no order.
fn records() -> Vec<Record> {
    let hours = [0, 23, 24, 47, 5, 5, 5, -1, -24, 30, 12, 100, 26, 25, 24, 3, 1, 2, 22, -2];
    let record = |(place, hour): (usize, &i64)| Record {
        external_id: format!("{place}"),
        occurred_at: Some(MIDNIGHT_MS + hour * HOUR_MS),
        segment: Some(if place % 3 == 0 { "old" } else { "new" }.to_owned()),
        text: Some("Отзыв".to_owned()),
        ..Record::default()
    };
    hours.iter().enumerate().map(record).collect()
}

async fn page(app: &App, filter: Filter, limit: usize, offset: usize) -> (Vec<(i64, i64)>, u64) {
    let query = StreamQuery { scope: Scope::Company, filter, search: None, period: None, limit, offset };
    let page = app.list_feedback(query).await.unwrap();
    (page.items.into_iter().map(|item| (item.occurred_at, item.number)).collect(), page.total)
}

both! {
    async fn every_page_goes_on_where_the_last_one_ended(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "Отзывы", None).await;
        push(&app, &source, records()).await;
        app.catch_up().await.unwrap();
        for filter in [Filter::All, Filter::any_of(Dimension::Segment, ["new"])] {
            let (all, total) = page(&app, filter.clone(), 100, 0).await;
            assert_eq!(all.len() as u64, total);
            assert!(all.is_sorted_by_key(|&place| Reverse(place)), "{all:?}");
            for limit in 1..=7 {
                let mut pages = Vec::new();
                for offset in (0..all.len()).step_by(limit) {
                    let (items, of) = page(&app, filter.clone(), limit, offset).await;
                    assert_eq!(of, total);
                    pages.extend(items);
                }
                assert_eq!(pages, all, "pages of {limit}");
            }
        }
    }
}
