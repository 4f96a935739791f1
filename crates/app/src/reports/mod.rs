//! Boards as files: what is seen on the screen as PDF and XLSX, on demand and by themselves.

mod answered;
mod names;
mod paper;
mod send;
mod speech;
mod tables;
mod wording;

use otklik_metrics::{BoardContent, BoardName, Reach, ReportFormat, ReportPaper};
use otklik_platform::{Access, Right, Scope};
use otklik_print::print;

pub use send::{SEND_REPORT, request_report};

use crate::messages::Language;
use crate::reports::answered::Answered;
use crate::reports::speech::Speech;
use crate::sheet::write_sheets;
use crate::{App, AppError};

/// For whom a board is made into a file, and how.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub format: ReportFormat,
    pub paper: ReportPaper,
    pub language: Language,
    /// Who asks for it.
    pub made_by: Option<String>,
}

/// A board as a file.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// Whether somebody may see a board: its owner; with whom it is shared.
pub fn may_see(access: &Access, board: &BoardName) -> bool {
    let Some(scope) = access.scope(Right::View) else { return false };
    match board.reach {
        _ if board.owner_id == access.person => true,
        Reach::Own => false,
        Reach::Unit => scope.covers(board.unit_id.as_ref()),
        Reach::Company => true,
    }
}

impl App {
    /// Makes a board into a file with the numbers of a scope.
    pub async fn make_board_file(
        &self,
        content: BoardContent,
        scope: &Scope,
        wanted: Wanted,
    ) -> Result<BoardFile, AppError> {
        let answered = self.answer_board(content, scope, wanted.made_by.clone()).await?;
        answered.to_file(wanted.language, wanted.format, wanted.paper).await
    }
}

impl Answered {
    /// One form of it. Setting a page takes a core for a while.
    async fn to_file(
        &self,
        language: Language,
        format: ReportFormat,
        paper: ReportPaper,
    ) -> Result<BoardFile, AppError> {
        let speech = Speech(language);
        let bytes = match format {
            ReportFormat::Pdf => {
                let document = self.on_paper(speech, paper);
                tokio::task::spawn_blocking(move || print(&document)).await??
            }
            ReportFormat::Xlsx => write_sheets(self.in_sheets(speech)).await?,
        };
        Ok(BoardFile { name: self.file_name(format), media_type: media_type(format), bytes })
    }

    /// «Комитет 2026-11-22.pdf».
    fn file_name(&self, format: ReportFormat) -> String {
        let plain =
            |c: &char| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        let name: String = self.content.name.chars().filter(plain).take(80).collect();
        let moment = jiff::Timestamp::from_millisecond(self.made_at).unwrap_or_default();
        let ending = match format {
            ReportFormat::Pdf => "pdf",
            ReportFormat::Xlsx => "xlsx",
        };
        format!("{} {}.{ending}", name.trim(), moment.to_zoned(self.zone.clone()).date())
    }
}

/// What a file of this form is for programs.
pub fn media_type(format: ReportFormat) -> &'static str {
    match format {
        ReportFormat::Pdf => "application/pdf",
        ReportFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
}
