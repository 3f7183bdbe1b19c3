//! A notification to press, for seeing with one's own eyes that they come and can be answered.

use std::io::Write;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::mpsc;

use super::row::Row;
use crate::cli::failure::Failure;
use crate::daemon::is_not_to_disturb;
use crate::daemon::notifier::{Button, Close, Notice, Notifier, Report, Urgency};

const NAME: &str = "test";

/// How long the notification waits for a press.
const WAIT: Duration = Duration::from_secs(60);

const LABEL: &str = "I see it";

/// The row of a doctor that was not asked for a test.
pub fn not_tried() -> Row {
    Row::unknown(NAME, "no notification was shown just now")
        .with_way("attuned doctor --test shows a notification to press")
}

/// Shows the notification and waits for what becomes of it.
///
/// # Errors
/// Where this process cannot even begin.
pub fn check() -> Result<Row, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("could not start")?;
    Ok(runtime.block_on(async {
        if is_not_to_disturb().await {
            return Row::unknown(NAME, "not tried, as do-not-disturb is on")
                .with_way("once it is off, attuned doctor --test shows a notification to press");
        }
        announce();
        let (reports, mut inbox) = mpsc::unbounded_channel();
        let notifier = Notifier::start(reports);
        notifier.show(notice());
        let mut seen = Seen::default();
        let end = tokio::time::timeout(WAIT, seen.follow(&mut inbox)).await;
        notifier.shutdown().await;
        row(end.ok(), &seen)
    }))
}

/// Where standard error is closed, the notification itself says what to do.
fn announce() {
    let waiting = format!(
        "A notification is on its way. Press \"{LABEL}\" on it; this waits up to {} seconds.\n",
        WAIT.as_secs()
    );
    let _ = std::io::stderr().write_all(waiting.as_bytes());
}

fn notice() -> Notice {
    Notice {
        key: 1,
        summary: "A test from attuned".into(),
        body: format!("If you can read this, prompts can be read. Press \"{LABEL}\"."),
        buttons: vec![Button {
            action: "seen",
            label: LABEL.into(),
        }],
        takes_words: false,
        without_buttons: None,
        urgency: Urgency::Normal,
        expires_in: WAIT,
        silent: true,
    }
}

/// What has been heard so far.
#[derive(Default)]
struct Seen {
    is_shown: bool,
    has_buttons: bool,
    trouble: Option<String>,
}

/// How it ended.
enum End {
    Pressed,
    Closed(Close),
    Failed(String),
}

impl Seen {
    async fn follow(&mut self, inbox: &mut mpsc::UnboundedReceiver<Report>) -> End {
        while let Some(report) = inbox.recv().await {
            match report {
                Report::Ready { abilities, .. } => self.has_buttons = abilities.actions,
                Report::Shown { .. } => self.is_shown = true,
                Report::BusLost { reason } => self.trouble = Some(reason),
                Report::Gone if self.is_shown => {
                    return End::Failed("the notification service ended meanwhile".into());
                }
                Report::Gone => {}
                Report::Failed { failure, .. } => return End::Failed(failure.to_string()),
                Report::Pressed { .. } | Report::Replied { .. } => return End::Pressed,
                Report::Closed { cause, .. } => return End::Closed(cause),
            }
        }
        End::Failed("the test ended early".into())
    }
}

fn row(end: Option<End>, seen: &Seen) -> Row {
    match end {
        Some(End::Pressed) => Row::ok(NAME, "shown, and its button was pressed"),
        Some(End::Closed(Close::Dismissed)) if seen.has_buttons => Row::warn(
            NAME,
            "shown, and closed without a press of its button",
            "attuned doctor --test shows it once more",
        ),
        Some(End::Closed(Close::Dismissed)) => Row::ok(NAME, "shown, and closed by you"),
        Some(End::Closed(_)) => Row::warn(
            NAME,
            "shown, and gone again without an answer",
            "where you did not see it, look whether do-not-disturb is on",
        ),
        Some(End::Failed(why)) => Row::fail(
            NAME,
            format!("not shown: {}", seen.trouble.as_ref().unwrap_or(&why)),
            "the rows above say what notifications need",
        )
        .anonymously("not shown"),
        None if seen.is_shown && !seen.has_buttons => Row::unknown(
            NAME,
            "shown, by a service without buttons; only you can tell whether you saw it",
        ),
        None if seen.is_shown => Row::warn(
            NAME,
            format!("shown, and not answered within {} seconds", WAIT.as_secs()),
            "where you did not see it, look whether do-not-disturb is on",
        ),
        None => Row::fail(
            NAME,
            format!("not shown within {} seconds", WAIT.as_secs()),
            "the rows above say what notifications need",
        ),
    }
}
