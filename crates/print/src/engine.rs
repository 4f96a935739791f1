//! typst with our page, our fonts and nothing of the machine: no files, no packages, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::Document;

const PAGE: &str = include_str!("page.typ");
const FONTS: [&[u8]; 2] =
    [include_bytes!("../fonts/Inter-Regular.ttf"), include_bytes!("../fonts/Inter-SemiBold.ttf")];

#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The page and the document do not fit each other: a fault of this crate.
    #[error("the document could not be set: {0}")]
    Unset(String),
}

/// Sets a document and writes it as PDF. Takes from a tenth of a second to a second of one core.
///
/// # Errors
/// `Unset`, which no document of ours leads to.
pub fn print(document: &Document) -> Result<Vec<u8>, PrintError> {
    let data = serde_json::to_vec(document).map_err(|error| PrintError::Unset(error.to_string()))?;
    let press = Press::new(data)?;
    let set = typst::compile::<PagedDocument>(&press).output.map_err(unset)?;
    let options = PdfOptions { creator: Smart::Custom(Some("Otklik".to_owned())), ..PdfOptions::default() };
    let pdf = typst_pdf::pdf(&set, &options).map_err(unset)?;
    // What typst remembers of a page is of no use to the next document.
    typst::comemo::evict(0);
    Ok(pdf)
}

fn unset(errors: impl IntoIterator<Item = typst::diag::SourceDiagnostic>) -> PrintError {
    let messages: Vec<String> = errors.into_iter().map(|error| error.message.to_string()).collect();
    PrintError::Unset(messages.join("; "))
}

/// What typst sees of the world: a page, and the data of one document.
struct Press {
    source: Source,
    data: (FileId, Bytes),
}

struct Type {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static TYPE: LazyLock<Type> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
    Type {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

impl Press {
    fn new(data: Vec<u8>) -> Result<Self, PrintError> {
        let page = file("page.typ")?;
        Ok(Self {
            source: Source::new(page, PAGE.to_owned()),
            data: (file("document.json")?, Bytes::new(data)),
        })
    }
}

fn file(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|error| PrintError::Unset(error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &TYPE.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &TYPE.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        TYPE.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
