//! Reports that come by themselves: when one is due, for whom, with whose numbers, by letter.

use otklik_metrics::{
    Board, BoardName, NewRun, Report, ReportFile, add_run, list_due_reports, load_board, load_report,
    take_turn,
};
use otklik_platform::letters::{Letter, enqueue_letter, keep_attachment};
use otklik_platform::people::{self, Person};
use otklik_platform::{Right, Scope};
use otklik_store::ids::{PersonId, ReportId};
use otklik_store::jobs::{self, Job};
use otklik_store::{Actor, Millis, StoreError, Tx};
use serde::{Deserialize, Serialize};

use super::answered::Answered;
use super::speech::Speech;
use super::{may_see, media_type};
use crate::jobs::Progress;
use crate::messages::Language;
use crate::{App, AppError};

/// The job of one turn of a report.
pub const SEND_REPORT: &str = "send_report";

/// A turn: which report, when it was due, and who asked for it out of turn.
#[derive(Debug, Serialize, Deserialize)]
struct Turn {
    report: ReportId,
    due_at: Millis,
    requested_by: Option<PersonId>,
}

#[derive(Debug, Serialize)]
struct Sent {
    sent: usize,
    left_out: usize,
}

/// People who read the same numbers in the same language.
struct Readers {
    scope: Scope,
    language: Language,
    people: Vec<Person>,
}

impl App {
    /// Enqueues what is due; what was missed while nobody was there is made once.
    pub async fn enqueue_due_reports(&self) -> Result<(), AppError> {
        let due = list_due_reports(&self.store).await?;
        if due.is_empty() {
            return Ok(());
        }
        let zone = self.time_zone().await?;
        for report in due {
            let mut tx = self.store.begin(Actor::System).await?;
            if take_turn(&mut tx, &report, &zone).await? {
                let due_at = report.next_at.unwrap_or_else(|| tx.now_ms());
                enqueue(&mut tx, &Turn { report: report.id, due_at, requested_by: None }).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    pub(crate) async fn send_report(&self, job: &Job, progress: &mut Progress) -> Result<(), AppError> {
        let turn: Turn = job.payload()?;
        let Some(report) = there(load_report(&self.store, &turn.report).await)? else {
            return self.end_without(job).await;
        };
        let Some(board) = there(load_board(&self.store, &report.board_id).await)? else {
            return self.end_without(job).await;
        };
        self.catch_up().await?;
        let (readers, left_out) = self.readers_of(&report, &board).await?;
        let mut made = Vec::with_capacity(readers.len());
        for (place, group) in readers.into_iter().enumerate() {
            if !progress.report(place as u64, 0).await? {
                return Ok(());
            }
            let answered = self.answer_board(board.content.clone(), &group.scope, None).await?;
            let mut files = Vec::new();
            for format in &report.content.formats {
                let file = answered.to_file(group.language, *format, report.content.paper).await?;
                files.push((*format, file));
            }
            made.push((group, answered, files));
        }
        let mut tx = self.store.begin(Actor::System).await?;
        let mut kept = Vec::new();
        let mut sent_to = Vec::new();
        for (group, answered, files) in made {
            let people: Vec<PersonId> = group.people.iter().map(|person| person.id.clone()).collect();
            let mut attachments = Vec::new();
            for (format, file) in files {
                attachments
                    .push(keep_attachment(&mut tx, &file.name, media_type(format), &file.bytes).await?);
                kept.push(ReportFile { name: file.name, format, people: people.clone(), bytes: file.bytes });
            }
            for person in group.people {
                let letter = letter(&answered, group.language, &person);
                enqueue_letter(&mut tx, &Letter { attachments: attachments.clone(), ..letter }).await?;
            }
            sent_to.extend(people);
        }
        let done = Sent { sent: sent_to.len(), left_out: left_out.len() };
        let run = NewRun { due_at: turn.due_at, requested_by: turn.requested_by, sent_to, left_out };
        add_run(&mut tx, &report.id, &run, &kept).await?;
        jobs::finish_job(&mut tx, &job.id, &done).await?;
        Ok(tx.commit().await?)
    }

    /// The report was deleted meanwhile: nobody waits for it.
    async fn end_without(&self, job: &Job) -> Result<(), AppError> {
        let mut tx = self.store.begin(Actor::System).await?;
        jobs::finish_job(&mut tx, &job.id, &Sent { sent: 0, left_out: 0 }).await?;
        Ok(tx.commit().await?)
    }

    /// The recipients who may see the board now, those with the same numbers and the same language together; and the
    /// others.
    async fn readers_of(
        &self,
        report: &Report,
        board: &Board,
    ) -> Result<(Vec<Readers>, Vec<PersonId>), AppError> {
        let name = BoardName::from(board.clone());
        let (mut readers, mut left_out): (Vec<Readers>, _) = (Vec::new(), Vec::new());
        for id in &report.content.recipients {
            let Some(access) = there(people::load_access(&self.store, id).await)? else {
                left_out.push(id.clone());
                continue;
            };
            let scope = access.scope(Right::View).filter(|_| may_see(&access, &name));
            let Some(scope) = scope else {
                left_out.push(id.clone());
                continue;
            };
            let person = people::load_person(&self.store, id).await?;
            let language = person.language.as_deref().and_then(Language::parse).unwrap_or(Language::Ru);
            match readers.iter_mut().find(|group| group.scope == scope && group.language == language) {
                Some(group) => group.people.push(person),
                None => readers.push(Readers { scope, language, people: vec![person] }),
            }
        }
        Ok((readers, left_out))
    }
}

/// Enqueues a report out of turn.
pub async fn request_report(tx: &mut Tx, report: &Report) -> Result<(), StoreError> {
    let requested_by = Some(PersonId(tx.actor().id().to_owned()));
    let turn = Turn { report: report.id.clone(), due_at: tx.now_ms(), requested_by };
    enqueue(tx, &turn).await?;
    tx.audit("report_requested", "report", report.id.as_str(), &()).await
}

async fn enqueue(tx: &mut Tx, turn: &Turn) -> Result<(), StoreError> {
    let key = format!("{SEND_REPORT} {}", turn.report);
    jobs::enqueue_job(tx, SEND_REPORT, turn, Some(&key)).await.map(|_| ())
}

fn letter(answered: &Answered, language: Language, person: &Person) -> Letter {
    let speech = Speech(language);
    let params =
        [("board", answered.content.name.clone()), ("period", speech.period(answered.period.as_ref()))];
    Letter {
        to: vec![person.email.clone()],
        subject: speech.say("letter-subject", &params),
        text: speech.say("letter-text", &params),
        html: None,
        attachments: Vec::new(),
    }
}

/// What is there; `None` where it is not.
fn there<T, E: Into<AppError>>(found: Result<T, E>) -> Result<Option<T>, AppError> {
    match found.map_err(Into::into) {
        Ok(found) => Ok(Some(found)),
        Err(error) => match error.store() {
            Some(StoreError::NotFound { .. }) => Ok(None),
            _ => Err(error),
        },
    }
}
