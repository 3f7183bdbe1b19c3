//! Prompts on the terminal attuned was started from, where no notification service is.

use std::io::{IsTerminal, Write, stdout};

use crate::engine::Notice;

/// Whether standard output is a terminal whose window is still there.
pub(super) fn is_there() -> bool {
    stdout().is_terminal()
}

/// Prints a prompt; whether that worked.
pub(super) fn print(notice: &Notice) -> bool {
    let mut out = stdout().lock();
    writeln!(out, "\n  {}\n  {}\n", notice.title, notice.body)
        .and_then(|()| out.flush())
        .is_ok()
}
