//! Where things lie in this checkout.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use cargo_metadata::{Metadata, MetadataCommand};

use crate::process;

/// This checkout.
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    /// The checkout that this program was compiled from.
    pub fn find() -> Result<Self> {
        let metadata = metadata_command().no_deps().exec()?;
        Ok(Self { root: metadata.workspace_root.into(), target: metadata.target_directory.into() })
    }

    /// All packages and their dependencies.
    pub fn metadata(&self) -> Result<Metadata> {
        Ok(metadata_command().exec()?)
    }

    /// `cargo` in the root.
    pub fn cargo(&self) -> Command {
        self.command("cargo")
    }

    /// A program in the root.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root);
        command
    }

    /// The server's binary of a build profile, whether built or not.
    pub fn binary(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("otklik")
    }

    /// Files that belong to the project, relative to the root: tracked ones, and new ones that are not ignored.
    pub fn files(&self) -> Result<Vec<String>> {
        let mut git = self.command("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]);
        let names = process::output(&mut git)?;
        let names = String::from_utf8(names)?;
        let listed = names.split('\0').filter(|name| !name.is_empty());
        Ok(listed.filter(|name| self.root.join(name).is_file()).map(str::to_owned).collect())
    }
}

fn metadata_command() -> MetadataCommand {
    let mut command = MetadataCommand::new();
    command.manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    command
}
