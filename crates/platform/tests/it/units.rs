//! Units, and the settings of the company.

use otklik_platform::settings::{CompanySettings, load_company, save_company};
use otklik_platform::units::{UnitIn, archive_unit, create_unit, list_units, update_unit};
use otklik_store::ids::UnitId;
use otklik_testkit::both;

use crate::change;

fn unit(code: &str, parent: Option<&UnitId>) -> UnitIn {
    UnitIn {
        tree: "path".to_owned(),
        parent_id: parent.cloned(),
        code: code.to_owned(),
        name_ru: format!("Путь {code}"),
        name_en: format!("Path {code}"),
        position: 0,
    }
}

both! {
    async fn a_unit_cannot_stand_below_itself(store: TestStore) {
        let top = change!(store, create_unit, &unit("top", None)).unwrap();
        let middle = change!(store, create_unit, &unit("middle", Some(&top))).unwrap();
        let bottom = change!(store, create_unit, &unit("bottom", Some(&middle))).unwrap();
        for parent in [&top, &middle, &bottom] {
            let refused = change!(store, update_unit, &top, &unit("top", Some(parent))).unwrap_err();
            assert_eq!(refused.code(), "unit_cycle");
        }
        change!(store, update_unit, &bottom, &unit("bottom", Some(&top))).unwrap();
        change!(store, update_unit, &middle, &unit("middle", Some(&bottom))).unwrap();
        let units = list_units(&store).await.unwrap();
        let parent = |id: &UnitId| units.iter().find(|u| u.id == *id).unwrap().parent_id.clone();
        assert_eq!((parent(&top), parent(&bottom), parent(&middle)), (None, Some(top.0), Some(bottom.0)));
    }

    async fn above_and_below_a_unit_stands_its_own_tree(store: TestStore) {
        let top = change!(store, create_unit, &unit("top", None)).unwrap();
        let below = change!(store, create_unit, &unit("below", Some(&top))).unwrap();
        let region = |code, parent| UnitIn { tree: "region".to_owned(), ..unit(code, parent) };
        let siberia = change!(store, create_unit, &region("siberia", None)).unwrap();
        for refused in [
            change!(store, create_unit, &region("ural", Some(&top))).map(drop),
            change!(store, update_unit, &siberia, &region("siberia", Some(&below))),
            change!(store, update_unit, &top, &region("top", None)),
        ] {
            assert_eq!(refused.unwrap_err().code(), "unit_tree");
        }
        change!(store, update_unit, &below, &region("below", Some(&siberia))).unwrap();
        change!(store, update_unit, &top, &region("top", None)).unwrap();
    }

    async fn what_a_unit_must_have(store: TestStore) {
        let top = change!(store, create_unit, &unit("top", None)).unwrap();
        assert_eq!(change!(store, create_unit, &unit("top", None)).unwrap_err().code(), "code_taken");
        assert_eq!(change!(store, create_unit, &unit(" ", None)).unwrap_err().code(), "name_missing");
        let nowhere = UnitId("nowhere".to_owned());
        let orphan = change!(store, create_unit, &unit("orphan", Some(&nowhere))).unwrap_err();
        assert_eq!(orphan.code(), "not_found");
        assert_eq!(change!(store, update_unit, &nowhere, &unit("x", None)).unwrap_err().code(), "not_found");
        assert_eq!(change!(store, archive_unit, &nowhere).unwrap_err().code(), "not_found");
        change!(store, archive_unit, &top).unwrap();
        assert_eq!(list_units(&store).await.unwrap()[0].archived_at, Some(store.now_ms()));
    }

    async fn the_company_keeps_its_settings(store: TestStore) {
        assert_eq!(load_company(&store).await.unwrap(), CompanySettings::default());
        let mine = CompanySettings {
            name: "Банк «Ромашка»".to_owned(),
            time_zone: "Asia/Yekaterinburg".to_owned(),
            currency: "KZT".to_owned(),
        };
        change!(store, save_company, &mine).unwrap();
        assert_eq!(load_company(&store).await.unwrap(), mine);
        let wrong = CompanySettings { time_zone: "Mars/Olympus".to_owned(), ..mine.clone() };
        assert_eq!(change!(store, save_company, &wrong).unwrap_err().code(), "time_zone_unknown");
        let wrong = CompanySettings { currency: "тугрик".to_owned(), ..mine.clone() };
        assert_eq!(change!(store, save_company, &wrong).unwrap_err().code(), "currency_unknown");
        assert_eq!(load_company(&store).await.unwrap(), mine);
    }
}
