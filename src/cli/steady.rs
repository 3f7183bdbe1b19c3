//! `attuned steady`: the usual pace again.

use clap::Args;

use super::ask;
use super::failure::Failure;
use super::pacing;
use super::pauses::end;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::engine::Reply;
use crate::protocol::RequestBody;

/// The usual pace again, after "Too much" or after fewer prompts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned steady           all of it at once
  attuned steady --step    after \"Too much\", one step: from the day of rest to
                           gentle prompts, from those to a little more

Both end by themselves: the days after \"Too much\" with time, and fewer prompts
with any answer. Pauses stay as they are: attuned resume")]
pub struct SteadyArgs {
    /// By one step
    #[arg(long)]
    step: bool,
}

pub fn run(args: &SteadyArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let by_a_step = args.step;
    let (reply, _) = ask::daemon_or_alone(RequestBody::Steady { by_a_step }, setup)?;
    let Reply::Steady {
        before,
        now,
        rate,
        still,
    } = reply
    else {
        return Err(ask::odd());
    };
    let said = match (before, rate) {
        (None, None) => "Prompts come as you set them already; there was nothing to end.",
        _ if now.is_none() && still.is_none() => "Prompts come as you set them again.",
        _ => "That was one step.",
    };
    out.paragraph(0, said)?;
    let say = |at| end(at, setup.now, &setup.zone);
    for holds in pacing::in_words(now, still, say) {
        out.paragraph(0, &format!("Still in force: {holds}"))?;
    }
    Ok(())
}
