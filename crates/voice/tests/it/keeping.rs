//! What stands around the items: sources, topics, profiles, the customer base.

use otklik_store::Actor;
use otklik_store::ids::{TopicId, UnitId};
use otklik_testkit::both;
use otklik_voice::base::{BaseFilter, BaseRow, list_base, load_base, outline_base, put_base};
use otklik_voice::files::{ColumnMap, Field, Mapping, Target};
use otklik_voice::profiles::{ProfileIn, delete_profile, find_profile, list_profiles, save_profile};
use otklik_voice::sources::{SourceIn, create_source, ensure_source, list_sources, update_source};
use otklik_voice::topics::{RuleChange, TopicIn, archive_topic, create_topic, list_topics, update_topic};
use otklik_voice::{Channel, VoiceError};

/// Commits one change.
macro_rules! change {
    ($store:expr, $call:path $(, $argument:expr)*) => {{
        let mut tx = $store.begin(Actor::System).await.unwrap();
        let outcome: Result<_, VoiceError> = $call(&mut tx $(, $argument)*).await;
        if outcome.is_ok() {
            tx.commit().await.unwrap();
        }
        outcome
    }};
}

fn topic(code: &str, parent: Option<&TopicId>, rule: &str) -> TopicIn {
    TopicIn {
        parent_id: parent.cloned(),
        code: code.to_owned(),
        name_ru: format!("Тема {code}"),
        name_en: format!("Topic {code}"),
        rule: rule.to_owned(),
        position: 0,
    }
}

both! {
    async fn a_source_is_made_once(store: TestStore) {
        let new = SourceIn { name: " Опрос ".to_owned(), channel: Channel::Survey, retention_days: Some(365) };
        let id = change!(store, create_source, &new).unwrap();
        assert_eq!(change!(store, create_source, &new).unwrap_err().code(), "name_taken");
        assert_eq!(change!(store, ensure_source, "Опрос", Channel::Call).unwrap(), id);
        let other = change!(store, ensure_source, "Звонки", Channel::Call).unwrap();
        assert_eq!(change!(store, update_source, &other, &new).unwrap_err().code(), "name_taken");
        let kept = list_sources(&store).await.unwrap().into_iter().find(|s| s.id == id).unwrap();
        assert_eq!((kept.name.as_str(), kept.channel, kept.retention_days), ("Опрос", Channel::Survey, Some(365)));
    }

    async fn the_topic_tree_refuses_what_it_cannot_hold(store: TestStore) {
        let cards = change!(store, create_topic, &topic("cards", None, "карта")).unwrap();
        let block = change!(store, create_topic, &topic("block", Some(&cards), "")).unwrap();
        assert_eq!(change!(store, create_topic, &topic("cards", None, "")).unwrap_err().code(), "name_taken");
        let under = change!(store, update_topic, &cards, &topic("cards", Some(&block), "карта"));
        assert_eq!(under.unwrap_err().code(), "topic_cycle");
        let broken = change!(store, create_topic, &topic("x", None, "карта & (")).unwrap_err();
        assert!(broken.code().starts_with("rule_"), "{}", broken.code());
        let nowhere = TopicId("nowhere".to_owned());
        assert_eq!(change!(store, create_topic, &topic("x", Some(&nowhere), "")).unwrap_err().code(), "not_found");
        assert_eq!(change!(store, archive_topic, &nowhere).unwrap_err().code(), "not_found");
        let same = change!(store, update_topic, &cards, &topic("cards", None, " карта ")).unwrap();
        let changed = change!(store, update_topic, &cards, &topic("cards", None, "карт*")).unwrap();
        assert_eq!((same, changed), (RuleChange::Same, RuleChange::Changed));
        let versions: Vec<i64> = list_topics(&store).await.unwrap().iter().map(|t| t.version).collect();
        assert_eq!(versions, [1, 2], "the rule of cards is in its second version");
    }

    async fn a_mapping_is_kept_under_its_name(store: TestStore) {
        let to = |field| Mapping {
            columns: vec![ColumnMap { column: "Отзыв".to_owned(), to: Target::Field(field) }],
            date_format: Default::default(),
            decimal: Default::default(),
            defaults: Default::default(),
        };
        let profile = |mapping| ProfileIn {
            name: "Ежемесячный".to_owned(), source: "Опрос".to_owned(), channel: Channel::Survey, mapping,
        };
        let id = change!(store, save_profile, &profile(to(Field::Title))).unwrap();
        assert_eq!(change!(store, save_profile, &profile(to(Field::Text))).unwrap(), id, "replaced, not doubled");
        let kept = find_profile(&store, " Ежемесячный ").await.unwrap().unwrap();
        assert_eq!((kept.mapping, kept.channel), (to(Field::Text), Channel::Survey));
        change!(store, delete_profile, &id).unwrap();
        assert_eq!(list_profiles(&store).await.unwrap(), []);
        assert_eq!(change!(store, delete_profile, &id).unwrap_err().code(), "not_found");
    }

    async fn a_slice_of_the_base_has_one_row_a_month(store: TestStore) {
        let row = |month: &str, segment: &str, customers| BaseRow {
            month: month.to_owned(),
            unit_id: String::new(),
            product: String::new(),
            segment: segment.to_owned(),
            region: String::new(),
            customers: Some(customers),
            transactions: None,
            contracts: None,
            invitations: None,
            starts: None,
        };
        let rows = [row("2026-02", "", 1_000), row("2026-02", "vip", 10), row("2026-03", "", 1_100)];
        change!(store, put_base, &rows).unwrap();
        change!(store, put_base, &[row("2026-02", "", 800), row("2026-02", "", 900)]).unwrap();
        assert_eq!(load_base(&store).await.unwrap(), [row("2026-02", "", 900), rows[1].clone(), rows[2].clone()]);
        assert_eq!(change!(store, put_base, &[row("2026-13", "", 1)]).unwrap_err().code(), "bad_month");
        assert_eq!(change!(store, put_base, &[row("2026-01", "", -1)]).unwrap_err().code(), "negative_base");
    }

    async fn the_base_is_read_by_pages_and_its_missing_months_are_told(store: TestStore) {
        let row = |month: &str, unit: &str, segment: &str| BaseRow {
            month: month.to_owned(),
            unit_id: unit.to_owned(),
            product: String::new(),
            segment: segment.to_owned(),
            region: String::new(),
            customers: Some(1),
            transactions: None,
            contracts: None,
            invitations: None,
            starts: None,
        };
        let rows = [
            row("2025-12", "", ""), row("2026-01", "", ""), row("2026-02", "", ""),
            row("2025-12", "cards", "vip"), row("2026-02", "cards", "vip"), row("2026-02", "loans", ""),
        ];
        assert_eq!(outline_base(&store, None).await.unwrap().months, []);
        change!(store, put_base, &rows).unwrap();
        let list = async |filter: BaseFilter, units: Option<&[UnitId]>, page| {
            let page = list_base(&store, &filter, units, page).await.unwrap();
            (page.items.into_iter().map(|row| (row.month, row.unit_id)).collect::<Vec<_>>(), page.total)
        };
        let named = |rows: &[(&str, &str)]| {
            rows.iter().map(|(month, unit)| ((*month).to_owned(), (*unit).to_owned())).collect::<Vec<_>>()
        };
        let all = BaseFilter::default;
        let second = named(&[("2026-02", "loans"), ("2026-01", "")]);
        assert_eq!(list(all(), None, (2, 2)).await, (second, 6));
        let february = BaseFilter { month: Some("2026-02".to_owned()), unit_id: Some("cards".to_owned()), ..all() };
        assert_eq!(list(february, None, (9, 0)).await, (named(&[("2026-02", "cards")]), 1));
        let cards = [UnitId("cards".to_owned())];
        assert_eq!(list(all(), Some(&cards), (9, 0)).await.1, 2);
        assert_eq!(list(all(), Some(&[]), (9, 0)).await, (Vec::new(), 0));

        let outline = outline_base(&store, None).await.unwrap();
        let months: Vec<_> = outline.months.iter().map(|month| (month.month.as_str(), month.rows)).collect();
        assert_eq!(months, [("2026-02", 3), ("2026-01", 1), ("2025-12", 2)]);
        let gaps: Vec<_> = outline.gaps.iter().map(|gap| (gap.unit_id.as_str(), gap.months.join(" "))).collect();
        assert_eq!(gaps, [("cards", "2026-01".to_owned()), ("loans", "2025-12 2026-01".to_owned())]);
        assert_eq!(outline.gaps_total, 2);
        assert_eq!(outline_base(&store, Some(&cards)).await.unwrap().gaps_total, 1);
    }
}
