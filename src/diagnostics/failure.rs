//! Failures of the machine or of the call, as opposed to problems of the content, which are diagnostics.
//!
//! In: what was attempted, where, and what the system answered. Out: a message in Chinese or English that says what
//! happened, where, and what to do; and the exit code. The system's own words are translated for the handful of causes
//! that people meet (no permission, disk full …); anything rarer is quoted as the system said it.

use super::Problem;
use camino::Utf8PathBuf;
use std::{fmt, io, time::Duration};

/// The language of messages to people at the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese in simplified characters.
    ZhHans,
    /// English.
    En,
}

impl Language {
    /// The other one of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::ZhHans => Self::En,
            Self::En => Self::ZhHans,
        }
    }
}

/// What was attempted when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Read a file.
    Read,
    /// List a folder.
    List,
    /// Make a folder.
    MakeFolder,
    /// Write a file.
    Write,
    /// Move a file or a folder into place.
    Move,
    /// Delete a file or an empty folder.
    Delete,
    /// Take the lock of an output folder.
    Lock,
    /// Start a thread that renders.
    StartThread,
    /// Listen at an address of this machine.
    Listen,
}

/// Why a command could not do its work although the content may be sound.
#[derive(Debug)]
pub enum Failure {
    /// The system refused; what stood still stands.
    Io {
        /// What was attempted.
        action: Action,
        /// On what.
        path: Utf8PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The system refused while files were being moved into place: the next command completes the move.
    Unfinished {
        /// What was attempted.
        action: Action,
        /// On what.
        path: Utf8PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The value of an option cannot be read.
    BadOption {
        /// The option, as it is written.
        option: &'static str,
        /// What is wrong with its value.
        problem: Problem,
    },
    /// The site's folder is not there.
    NoSiteFolder {
        /// The path that was given.
        path: Utf8PathBuf,
    },
    /// A file stands where one is to be written.
    FileIsThere {
        /// The path that was given.
        path: Utf8PathBuf,
    },
    /// A file stands where a new site is to go.
    NotAFolder {
        /// The path that was given.
        path: Utf8PathBuf,
    },
    /// The folder for a new site has something in it already.
    FolderNotEmpty {
        /// The path that was given.
        path: Utf8PathBuf,
        /// The name of one of the entries.
        found: String,
    },
    /// The output folder is a file.
    OutputIsFile {
        /// The path that was given.
        path: Utf8PathBuf,
    },
    /// The output folder has files in it and no manifest of ours.
    OutputNotOurs {
        /// The output folder.
        path: Utf8PathBuf,
        /// The name of one of the entries that are not ours.
        found: String,
    },
    /// The output folder lies inside a folder the site is made from, or contains one.
    OutputOverSource {
        /// The output folder.
        output: Utf8PathBuf,
        /// The folder the site is made from.
        source_folder: Utf8PathBuf,
    },
    /// A file or folder that is not ours stands where one of ours must go.
    PathTaken {
        /// What stands there.
        path: Utf8PathBuf,
    },
    /// A symbolic link stands where we need a folder; nothing is written or deleted through it.
    FolderIsLink {
        /// The link.
        path: Utf8PathBuf,
    },
    /// Another build works on the same output folder.
    Locked {
        /// The output folder.
        path: Utf8PathBuf,
        /// How long we waited for it.
        waited: Duration,
    },
    /// The program `git` cannot be started.
    NoGit,
    /// The site's folder is in no git repository, or in none with files in it.
    NotInRepository {
        /// The site's folder.
        path: Utf8PathBuf,
    },
    /// Nothing has been committed to the site's repository yet.
    NoCommit {
        /// The site's folder.
        path: Utf8PathBuf,
    },
    /// There is no such revision.
    UnknownRevision {
        /// As it was asked for.
        revision: String,
        /// Whether the repository has only the last part of its history.
        shallow: bool,
    },
    /// Git refused for a reason of its own.
    GitRefused {
        /// What it said.
        said: String,
    },
    /// The manifest or the journal of an output folder is damaged or of another version.
    StateUnreadable {
        /// The manifest or the journal.
        path: Utf8PathBuf,
    },
}

impl Failure {
    /// Says what happened, where and what to do, as one paragraph without a line break.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::ZhHans => self.chinese(),
            Language::En => self.english(),
        }
    }

    /// The exit code of the command: 2 when the call was wrong, 3 when the machine failed.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::BadOption { .. }
            | Self::NoSiteFolder { .. }
            | Self::FileIsThere { .. }
            | Self::NotAFolder { .. }
            | Self::FolderNotEmpty { .. }
            | Self::OutputIsFile { .. }
            | Self::OutputNotOurs { .. }
            | Self::OutputOverSource { .. }
            | Self::NotInRepository { .. }
            | Self::NoCommit { .. }
            | Self::UnknownRevision { .. }
            | Self::PathTaken { .. }
            | Self::FolderIsLink { .. } => 2,
            Self::Io { .. }
            | Self::Unfinished { .. }
            | Self::Locked { .. }
            | Self::NoGit
            | Self::GitRefused { .. }
            | Self::StateUnreadable { .. } => 3,
        }
    }

    /// The same failure, met after the first file was moved into place.
    #[must_use]
    pub fn while_moving(self) -> Self {
        match self {
            Self::Io { action, path, source } => Self::Unfinished { action, path, source },
            other => other,
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Io { action, path, source } => {
                let (why, mend) = cause(source, Language::ZhHans);
                format!("无法{}“{path}”：{why}。{mend}。", action.chinese())
            }
            Self::Unfinished { action, path, source } => {
                let (why, mend) = cause(source, Language::ZhHans);
                format!(
                    "无法{}“{path}”：{why}。一部分文件已换成新的，其余还是旧的，每个文件都是完整的。\
                     {mend}，下一次运行会先把剩下的换完。",
                    action.chinese()
                )
            }
            Self::BadOption { option, problem } => {
                let help = problem.help(Language::ZhHans).join("；").replace("？；", "？");
                format!("{option}：{}。{help}", problem.message(Language::ZhHans))
            }
            Self::NoSiteFolder { path } => format!("没有“{path}”这个文件夹。请用 --site 指明网站在哪个文件夹。"),
            Self::FileIsThere { path } => {
                format!("已经有“{path}”了，没有写入。请用 --out 换一个名字；要换掉它，就加上 --replace。")
            }
            Self::NotAFolder { path } => format!("“{path}”是一个文件，没有写入。请换一个新的或空的文件夹。"),
            Self::FolderNotEmpty { path, found } => {
                format!("“{path}”里已有东西（例如“{found}”），因此没有写入。请换一个新的或空的文件夹。")
            }
            Self::OutputIsFile { path } => {
                format!("输出位置“{path}”是一个文件，不是文件夹。请用 --out 指定一个文件夹，或先移走这个文件。")
            }
            Self::OutputNotOurs { path, found } => format!(
                "输出文件夹“{path}”里已有别的文件（例如“{found}”），没有 noticeboard 的生成记录，因此没有写入。\
                 请用 --out 指定一个空文件夹，或先把里面的文件移走。"
            ),
            Self::OutputOverSource { output, source_folder } => format!(
                "输出文件夹“{output}”与网站的源文件夹“{source_folder}”互相包含，生成时可能覆盖源文件。\
                 请用 --out 指定别的位置，例如 public。"
            ),
            Self::PathTaken { path } => format!(
                "要生成的位置“{path}”已被别的文件或文件夹占用，它不是 noticeboard 生成的，因此没有覆盖。\
                 请把它移走或改名，然后重新运行。"
            ),
            Self::FolderIsLink { path } => {
                format!("“{path}”是符号链接，noticeboard 不会通过它写入或删除文件。请换成普通文件夹，然后重新运行。")
            }
            Self::Locked { path, waited } => format!(
                "另一个 noticeboard 正在写入输出文件夹“{path}”，等了 {} 秒还没有结束。请等它结束后重新运行。",
                waited.as_secs()
            ),
            Self::NoGit => "没有找到 git 程序。请先安装 git，然后重新运行。".to_owned(),
            Self::NotInRepository { path } => format!(
                "“{path}”不在 git 仓库里，没有以前的版本可以比较。请用 --site 指明仓库里的网站文件夹，\
                 或先运行 git init 并提交一次。"
            ),
            Self::NoCommit { path } => format!(
                "“{path}”所在的 git 仓库还没有提交过，没有以前的版本可以比较。\
                 请先提交一次：git add --all，再 git commit --message 开始。"
            ),
            Self::UnknownRevision { revision, shallow: false } => format!(
                "没有“{revision}”这个版本。请写一个提交、分支或标签，例如 HEAD~1 或 main；可以用 git log --oneline 查看。"
            ),
            Self::UnknownRevision { revision, shallow: true } => format!(
                "没有“{revision}”这个版本。这个仓库只取了最近的一段历史，请先运行 git fetch --unshallow，然后重新运行。"
            ),
            Self::GitRefused { said } => format!("git 没有照做，它说：“{said}”。请先排除这个问题，然后重新运行。"),
            Self::StateUnreadable { path } => format!(
                "生成记录“{path}”已损坏，或出自别的版本，无法确定哪些文件是 noticeboard 生成的，因此没有改动。\
                 请把整个输出文件夹移到别处，然后重新运行。"
            ),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Io { action, path, source } => {
                let (why, mend) = cause(source, Language::En);
                format!("cannot {} `{path}`: {why}; {mend}", action.english())
            }
            Self::Unfinished { action, path, source } => {
                let (why, mend) = cause(source, Language::En);
                format!(
                    "cannot {} `{path}`: {why}; some files are new already, the others still old, and each is whole; \
                     {mend}, and the next run puts the rest in place first",
                    action.english()
                )
            }
            Self::BadOption { option, problem } => {
                let help = problem.help(Language::En);
                format!("{option}: {}; {}", problem.message(Language::En), help.join("; "))
            }
            Self::NoSiteFolder { path } => {
                format!("there is no folder `{path}`; say with --site in which folder the site is")
            }
            Self::FileIsThere { path } => format!(
                "`{path}` is there already, so nothing was written; give another name with --out, or add --replace"
            ),
            Self::NotAFolder { path } => {
                format!("`{path}` is a file, so nothing was written; give a new or an empty folder")
            }
            Self::FolderNotEmpty { path, found } => format!(
                "`{path}` has something in it (such as `{found}`), so nothing was written; give a new or an empty folder"
            ),
            Self::OutputIsFile { path } => {
                format!("the output `{path}` is a file; give a folder with --out, or move the file away")
            }
            Self::OutputNotOurs { path, found } => format!(
                "the output folder `{path}` holds other files (such as `{found}`) and no record of a noticeboard build, \
                 so nothing was written; give an empty folder with --out, or move those files away"
            ),
            Self::OutputOverSource { output, source_folder } => format!(
                "the output folder `{output}` and the site's own folder `{source_folder}` lie one inside the other, \
                 so a build could overwrite its source; give another folder with --out, such as public"
            ),
            Self::PathTaken { path } => format!(
                "something that noticeboard did not make stands at `{path}`, where a file of the site must go; \
                 it was left alone; move or rename it and run again"
            ),
            Self::FolderIsLink { path } => format!(
                "`{path}` is a symbolic link, and nothing is written or deleted through it; \
                 put a real folder in its place and run again"
            ),
            Self::Locked { path, waited } => format!(
                "another noticeboard is writing the output folder `{path}` and was not done after {} seconds; \
                 run again when it has ended",
                waited.as_secs()
            ),
            Self::NoGit => "the program `git` cannot be found; install git and run again".to_owned(),
            Self::NotInRepository { path } => format!(
                "`{path}` is in no git repository, so there is nothing to compare it with; say with --site which folder \
                 of a repository the site is in, or run git init and commit once"
            ),
            Self::NoCommit { path } => format!(
                "nothing was committed yet to the git repository that `{path}` is in, so there is nothing to compare it \
                 with; commit once: git add --all, then git commit --message start"
            ),
            Self::UnknownRevision { revision, shallow: false } => format!(
                "there is no revision `{revision}`; name a commit, a branch or a tag, such as HEAD~1 or main; \
                 git log --oneline shows them"
            ),
            Self::UnknownRevision { revision, shallow: true } => format!(
                "there is no revision `{revision}`; this repository has only the last part of its history: \
                 run git fetch --unshallow, and then this again"
            ),
            Self::GitRefused { said } => format!("git refused and said: “{said}”; mend this and run again"),
            Self::StateUnreadable { path } => format!(
                "the build record `{path}` is damaged or of another version, so it is unknown which files are ours, \
                 and nothing was changed; move the whole output folder away and run again"
            ),
        }
    }
}

impl Action {
    fn chinese(self) -> &'static str {
        match self {
            Self::Read => "读取",
            Self::List => "列出文件夹",
            Self::MakeFolder => "新建文件夹",
            Self::Write => "写入",
            Self::Move => "把文件移动到",
            Self::Delete => "删除",
            Self::Lock => "锁定",
            Self::StartThread => "启动工作线程来生成",
            Self::Listen => "使用预览地址",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::List => "list the folder",
            Self::MakeFolder => "make the folder",
            Self::Write => "write",
            Self::Move => "move a file to",
            Self::Delete => "delete",
            Self::Lock => "lock",
            Self::StartThread => "start a thread to render",
            Self::Listen => "listen at",
        }
    }
}

/// The system's answer in people's words, and what they can do about it.
fn cause(error: &io::Error, language: Language) -> (String, &'static str) {
    use io::ErrorKind::{
        AddrInUse, AddrNotAvailable, AlreadyExists, InvalidFilename, IsADirectory, NotADirectory, NotFound,
        PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let (chinese, english) = match error.kind() {
        NotFound => (("找不到它", "请检查路径是否正确"), ("it is not there", "check the path")),
        PermissionDenied => (
            ("没有权限", "请检查它和所在文件夹的所有者与权限"),
            ("permission denied", "check the owner and permissions of it and of its folder"),
        ),
        StorageFull | QuotaExceeded => {
            (("磁盘空间或配额已用完", "请腾出空间"), ("the disk or the quota is full", "free some space"))
        }
        ReadOnlyFilesystem => (
            ("磁盘是只读的", "请换一个可以写入的位置"),
            ("the disk is read-only", "choose a place that can be written"),
        ),
        IsADirectory => (("这是一个文件夹", "请写里面某个文件的路径"), ("it is a folder", "name a file in it")),
        NotADirectory => (
            ("路径当中有一段是文件，不是文件夹", "请检查路径是否正确"),
            ("a part of the path is a file and no folder", "check the path"),
        ),
        AlreadyExists => (
            ("这里已有同名的文件或文件夹", "请换一个名字，或者先把它移开"),
            ("something of that name is there", "choose another name or move it away"),
        ),
        InvalidFilename => (
            ("文件名太长，或者有系统不允许的字符", "请换一个名字"),
            ("the system allows no such name", "choose another"),
        ),
        AddrInUse => (
            ("另一个程序正在用这个端口", "请用 --port 换一个端口，或者先停掉那个程序"),
            ("another program uses this port", "choose another with --port, or end that program"),
        ),
        AddrNotAvailable => {
            (("这台电脑没有这个地址", "请检查 --host"), ("this machine has no such address", "check --host"))
        }
        _ => {
            return match language {
                Language::ZhHans => (format!("系统报告“{error}”"), "请先排除这个问题"),
                Language::En => (error.to_string(), "mend this"),
            };
        }
    };
    let (why, mend) = if language == Language::ZhHans { chinese } else { english };
    (why.to_owned(), mend)
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english())
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::Unfinished { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_where_why_and_what_to_do_in_both_languages() {
        let failure = Failure::Io {
            action: Action::Write,
            path: "public/index.html".into(),
            source: io::ErrorKind::StorageFull.into(),
        };
        assert_eq!(
            failure.message(Language::ZhHans),
            "无法写入“public/index.html”：磁盘空间或配额已用完。请腾出空间。"
        );
        assert_eq!(
            failure.to_string(),
            "cannot write `public/index.html`: the disk or the quota is full; free some space"
        );
        assert_eq!(failure.exit_code(), 3);
    }

    #[test]
    fn a_failure_while_moving_promises_that_the_next_run_completes_it() {
        let source = io::ErrorKind::PermissionDenied.into();
        let failure = Failure::Io { action: Action::Move, path: "public/a.html".into(), source }.while_moving();
        assert_eq!(
            failure.message(Language::ZhHans),
            "无法把文件移动到“public/a.html”：没有权限。一部分文件已换成新的，其余还是旧的，每个文件都是完整的。\
             请检查它和所在文件夹的所有者与权限，下一次运行会先把剩下的换完。"
        );
        assert_eq!(
            failure.message(Language::En),
            "cannot move a file to `public/a.html`: permission denied; some files are new already, the others still \
             old, and each is whole; check the owner and permissions of it and of its folder, and the next run puts \
             the rest in place first"
        );
    }
}
