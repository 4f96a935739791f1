//! Where PostgreSQL's programs lie, and as whom root runs them.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder of the newest `initdb` and `pg_ctl` installed by Debian or Ubuntu, else of those in `PATH`.
pub fn server_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    let installed = versions.into_iter().rev().map(|(_, folder)| folder);
    let path = env::var_os("PATH").unwrap_or_default();
    installed.chain(env::split_paths(&path)).find(|folder| is_server(folder))
}

fn is_server(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("pg_ctl").is_file()
}

/// User and group for the server when this process is root's, else none: it runs as whoever we are.
pub(crate) fn unprivileged_user() -> Result<Option<(u32, u32)>> {
    let is_root = fs::metadata("/proc/self").context("cannot tell who runs this")?.uid() == 0;
    if !is_root {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    let user = ["postgres", "nobody"].iter().find_map(|name| ids_of(name, &accounts));
    Ok(Some(user.context("PostgreSQL does not run as root, and there is no user postgres or nobody")?))
}

fn ids_of(name: &str, accounts: &str) -> Option<(u32, u32)> {
    let account = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = account.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::ids_of;

    #[test]
    fn ids_are_read_from_the_accounts() {
        let accounts =
            "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(ids_of("postgres", accounts), Some((101, 104)));
        assert_eq!(ids_of("postgre", accounts), None);
    }
}
