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
    let lines = [&notice.title, &notice.body].into_iter();
    let mut lines = lines.chain(&notice.without_buttons);
    writeln!(out)
        .and_then(|()| lines.try_for_each(|line| writeln!(out, "  {line}")))
        .and_then(|()| writeln!(out))
        .and_then(|()| out.flush())
        .is_ok()
}
