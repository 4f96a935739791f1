//! The checklists that a new installation starts with.

use otklik_store::Tx;

use super::{GateLine, GateTemplate, TemplateContent, create_gate_template};
use crate::BacklogError;

type Words = (&'static str, &'static str);

const TEMPLATES: [(Words, &[Words]); 3] = [
    (
        ("Изменение продукта или канала", "Change of a product or channel"),
        &[
            ("Скрипты контакт-центра обновлены", "Contact-centre scripts are updated"),
            ("База знаний актуальна", "The knowledge base is up to date"),
            ("Метрики по изменению настроены", "The metrics of the change are set up"),
            ("Сотрудники на линии обучены", "Front-line employees are trained"),
            ("Тексты для клиентов проверены", "Texts for customers are checked"),
            ("План отката готов", "A plan to roll back is ready"),
        ],
    ),
    (
        ("Изменение правил обслуживания", "Change of service rules"),
        &[
            ("Регламент утверждён и опубликован", "The rules are approved and published"),
            ("Юристы и комплаенс согласовали", "Legal and compliance agreed"),
            (
                "Скрипты контакт-центра и отделений обновлены",
                "Scripts of contact centre and branches are updated",
            ),
            ("База знаний актуальна", "The knowledge base is up to date"),
            ("Сотрудники на линии обучены", "Front-line employees are trained"),
            ("Метрики по изменению настроены", "The metrics of the change are set up"),
        ],
    ),
    (
        ("Сообщение клиентам", "Message to customers"),
        &[
            ("Текст понятен клиенту без пояснений", "Customers understand the text without help"),
            ("Контакт-центр знает о рассылке", "The contact centre knows of the message"),
            ("Согласия клиентов проверены", "Customers' consents are checked"),
            ("Метрики по изменению настроены", "The metrics of the change are set up"),
        ],
    ),
];

/// Adds the first templates: called once, when the database is new.
pub async fn install_default_templates(tx: &mut Tx) -> Result<Vec<GateTemplate>, BacklogError> {
    let mut installed = Vec::new();
    for (position, ((name_ru, name_en), lines)) in (0..).zip(TEMPLATES) {
        let line = |(ru, en): &Words| GateLine { title_ru: (*ru).to_owned(), title_en: (*en).to_owned() };
        let content = TemplateContent {
            name_ru: name_ru.to_owned(),
            name_en: name_en.to_owned(),
            lines: lines.iter().map(line).collect(),
            position,
        };
        installed.push(create_gate_template(tx, content).await?);
    }
    Ok(installed)
}
