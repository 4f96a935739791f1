//! Metric definitions and the one question type behind every number.
//!
//! A [`Definition`] says what is divided by what; a [`MetricQuery`] asks for it by dimensions, filter and period;
//! [`evaluate`] answers from the facts, the [`Denominators`] of the customer base and the intervals of `stats`.
//! [`measure_effect`] asks the same definition whether a change worked, [`find_relapse`] whether it still does,
//! [`find_drivers`] and [`find_topic_effects`] what moves it. A value that the data do not carry is refused with a
//! reason, never 0.
//!
//! Definitions are rows that people edit: [`prepare_metric`] checks a draft and fixes the versions of the metrics that its
//! formula names, [`create_metric`] and [`update_metric`] store it. No version is ever changed or deleted.

mod alerts;
mod answer;
mod answers;
mod boards;
mod builtin;
mod calendar;
mod contrast;
mod count;
mod definition;
mod denominators;
mod drivers;
mod effect;
mod error;
mod evaluate;
mod evidence;
mod expression;
mod formula;
mod incidents;
mod index;
mod joint;
mod plan;
mod progress;
mod query;
mod reading;
mod registry;
mod relapse;
mod reports;
mod resolve;
mod rhythm;
mod slice;
mod stored;
mod tally;
mod targets;
mod templates;
mod topics;
mod validity;
mod variables;
pub mod watch;
mod weighting;
mod window;

pub use alerts::{
    AlertRule, AlertRuleIn, Condition, Limit, create_alert_rule, delete_alert_rule, list_alert_rules,
    load_alert_rule, update_alert_rule,
};
pub use answer::{MetricAnswer, MetricRow, Note, OtherValue};
pub use answers::{Answers, AttributeScale};
pub use boards::{
    Board, BoardContent, BoardName, BoardPeriod, Card, CardSize, Chart, NamedPeriod, Reach, create_board,
    delete_board, list_boards, load_board, update_board,
};
pub use builtin::{built_in, contact_share};
pub use calendar::{DatePeriod, day_number};
pub use definition::{Definition, Metric, MetricDraft, Preference, Words};
pub use denominators::{Base, BaseRow, Denominators};
pub use drivers::{
    DriverAnswer, DriverKind, DriverName, DriverQuestion, DriverRefusal, DriverRow, find_drivers,
};
pub use effect::{
    ArmRole, EffectArm, EffectMeasure, EffectQuestion, ExpectedWeek, Exposure, Look, MethodReason, WeekPoint,
    measure_effect,
};
pub use error::MetricError;
pub use evaluate::evaluate;
pub use evidence::{Evidence, find_evidence};
pub use formula::{Counted, Formula, MetricUnit};
pub use incidents::{
    Incident, IncidentContent, IncidentKind, create_incident, delete_incident, list_incidents, load_incident,
    update_incident,
};
pub use index::{IndexPart, PartReading};
pub use progress::{TargetProgress, TargetTrend, measure_progress};
pub use query::{Compare, Grain, MetricQuery, Order};
pub use reading::Refusal;
pub use registry::{
    MetricVersion, archive_metric, create_metric, ensure_metrics, list_archived_metrics,
    list_metric_versions, list_metrics, load_metric, restore_metric, update_metric,
};
pub use relapse::{Relapse, find_relapse};
pub use reports::{
    NewRun, Report, ReportContent, ReportFile, ReportFileName, ReportFormat, ReportPaper, ReportRun, add_run,
    create_report, delete_report, list_due_reports, list_reports, list_runs, load_report, load_report_file,
    take_turn, update_report,
};
pub use resolve::{prepare_metric, resolve_metric};
pub use rhythm::Rhythm;
pub use targets::{
    Target, TargetContent, create_target, drop_target, list_target_versions, list_targets, update_target,
};
pub use templates::metric_templates;
pub use topics::{TopicAnswer, TopicEffect, TopicQuestion, find_topic_effects};
pub use weighting::{Weighting, WeightingRefusal, WeightingReport};
pub use window::Window;
