//! Release gates: what must be confirmed, and by whom, before a plan counts as released.

mod defaults;
mod items;
mod template;

pub use defaults::install_default_templates;
pub(crate) use items::count_gate_items;
pub use items::{
    add_gate_item, assign_gate_item, confirm_gate_item, list_gate_items, list_waiting_gate_items, start_gate,
    withdraw_gate_item,
};
pub use template::{
    archive_gate_template, create_gate_template, list_gate_templates, load_gate_template,
    update_gate_template,
};

use otklik_store::Millis;
use otklik_store::ids::{GateItemId, GateTemplateId, PersonId, SolutionId};
use serde::{Deserialize, Serialize};

use crate::problems::ProblemName;

/// What must be confirmed, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct GateLine {
    pub title_ru: String,
    pub title_en: String,
}

/// A checklist to start gates from.
#[derive(Debug, Clone, PartialEq)]
pub struct GateTemplate {
    pub id: GateTemplateId,
    pub name_ru: String,
    pub name_en: String,
    pub lines: Vec<GateLine>,
    pub position: u32,
    pub version: u64,
    pub updated_at: Millis,
    /// An archived template starts no gate; gates started from it go on.
    pub archived_at: Option<Millis>,
}

/// What is written into a template.
#[derive(Debug, Clone)]
pub struct TemplateContent {
    pub name_ru: String,
    pub name_en: String,
    pub lines: Vec<GateLine>,
    pub position: u32,
}

/// A line of a plan's gate: open until somebody confirms it.
#[derive(Debug, Clone, PartialEq)]
pub struct GateItem {
    pub id: GateItemId,
    pub solution_id: SolutionId,
    pub position: u32,
    pub line: GateLine,
    /// Who alone may confirm it; anybody with the right where nobody is named.
    pub confirmer_id: Option<PersonId>,
    pub confirmed_by: Option<PersonId>,
    pub confirmed_at: Option<Millis>,
    /// A link or a note that shows it.
    pub proof: String,
}

/// An open line that waits for one person, and the problem whose plan it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingGateItem {
    pub item: GateItem,
    pub problem: ProblemName,
}

impl GateItem {
    pub fn is_open(&self) -> bool {
        self.confirmed_at.is_none()
    }
}
