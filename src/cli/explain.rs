//! `noticeboard explain CODE…`: what a code means, from the same examples as its page in the manual.

use std::process::ExitCode;

use clap::Args;

use super::Voice;
use crate::diagnostics::{Code, Failure, Problem};
use crate::reference::codes;

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The code of a message, e.g. NB0131; several may be given.
    #[arg(required = true, value_name = "CODE")]
    codes: Vec<String>,
}

/// Says all of them, or what is wrong with the first that is no code.
pub(super) fn run(arguments: &ExplainArguments, voice: Voice) -> ExitCode {
    let found: Result<Vec<Code>, Failure> = arguments.codes.iter().map(|asked| read(asked)).collect();
    match found {
        Ok(found) => {
            let said: Vec<String> = found.into_iter().map(|code| codes::explanation(code, voice.language)).collect();
            voice.hand_over(format!("{}\n", said.join("\n\n").trim_end()).as_bytes(), ExitCode::SUCCESS)
        }
        Err(failure) => voice.failure(&failure),
    }
}

fn read(asked: &str) -> Result<Code, Failure> {
    codes::find(asked).map_err(|like| {
        let problem = Problem::new(Code::NotACode).with("text", asked).with_some("suggestion", like);
        Failure::BadOption { option: "CODE", problem }
    })
}
