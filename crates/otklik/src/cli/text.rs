//! Arguments of `otklik text`: what the language part understands, on files, without a server or a database.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum TextCommand {
    /// Learn topics from labelled texts and say how well that works on others.
    Eval(EvalArgs),
    /// Complaint (-1), neither (0) or praise (1), and a score, for every row.
    Sentiment(ColumnArgs),
    /// Group alike texts: the number and the name of a theme for every row, -1 for the rest.
    Themes(ThemesArgs),
    /// Texts that mean the same as some words; without words near-duplicates.
    Similar(SimilarArgs),
    /// Mask personal data in a column, or in the lines of standard input where no file is named.
    Mask(MaskArgs),
    /// The language of every row: ru, en or other.
    Lang(ColumnArgs),
}

/// A file and its column of texts.
#[derive(Debug, Args)]
pub struct ColumnArgs {
    /// CSV, TSV, XLSX, JSON or JSON Lines, packed with gzip or not.
    pub file: PathBuf,
    /// The column of the texts.
    #[arg(long, value_name = "COLUMN")]
    pub text: String,
}

#[derive(Debug, Args)]
pub struct EvalArgs {
    /// The file to learn from.
    #[arg(long, value_name = "FILE")]
    pub train: PathBuf,
    /// The file to test on.
    #[arg(long, value_name = "FILE", required_unless_present = "cv", conflicts_with = "cv")]
    pub test: Option<PathBuf>,
    /// Test on the same file in this many parts, each by what is learnt from the others.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub cv: Option<u32>,
    /// The column of the texts.
    #[arg(long, value_name = "COLUMN")]
    pub text: String,
    /// The column of the topics, one for each text; rows without one are passed over.
    #[arg(long, value_name = "COLUMN")]
    pub label: String,
    /// Learn from only so many texts of each topic.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub shots: Option<u32>,
    /// Another number draws other texts for `--shots` and `--cv`.
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// The label that stands for «none of the topics»: it is no topic, and how well it is told apart is measured.
    #[arg(long, value_name = "LABEL")]
    pub oos: Option<String>,
}

#[derive(Debug, Args)]
pub struct ThemesArgs {
    #[command(flatten)]
    pub column: ColumnArgs,
    /// How many themes; decided by the texts where nothing is said.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub k: Option<u32>,
    /// More than 1 makes more and smaller themes, less makes fewer.
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    pub detail: f32,
}

#[derive(Debug, Args)]
pub struct SimilarArgs {
    #[command(flatten)]
    pub column: ColumnArgs,
    /// The words to compare with; without them near-duplicates among the texts are found.
    #[arg(long, value_name = "WORDS")]
    pub to: Option<String>,
    /// How many texts at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
}

#[derive(Debug, Args)]
pub struct MaskArgs {
    /// CSV, TSV, XLSX, JSON or JSON Lines, packed with gzip or not.
    #[arg(requires = "text")]
    pub file: Option<PathBuf>,
    /// The column of the texts.
    #[arg(long, value_name = "COLUMN", requires = "file")]
    pub text: Option<String>,
}
