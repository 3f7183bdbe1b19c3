//! The microphone: busy while a program listens to it.

use std::convert::Infallible;

use super::{Failure, Teller, busy_with};
use crate::engine::Reading;

/// Tells who listens, by PipeWire.
pub(super) async fn run(teller: &Teller) -> Result<Infallible, Failure> {
    let mut pipewire = teller.look_at_pipewire();
    loop {
        match pipewire.view() {
            Some(Ok(users)) => {
                let listener = users.listener.as_deref();
                teller.tell(listener.map_or(Reading::Free, busy_with));
            }
            Some(Err(why)) => teller.tell(Reading::Unknown { why }),
            None => {}
        }
        pipewire.changed().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::sense::hearing::{block_on, listen};
    use crate::daemon::sense::pipewire::tests::{end, with_a_listener};
    use crate::engine::Source;

    #[test]
    fn who_listens_is_told_again_after_pipewire_has_ended() {
        let (mut teller, mut heard) = listen(Source::Microphone);
        teller.pipewire = with_a_listener();
        let story = async {
            let Reading::Busy {
                what: Some(name), ..
            } = heard.next().await
            else {
                panic!("a program listens");
            };
            end(&name);
            let why = "PipeWire has ended".to_owned();
            assert_eq!(heard.next().await, Reading::Unknown { why });
            heard.nudge();
            let again = heard.next().await;
            assert!(matches!(again, Reading::Busy { .. }), "{again:?}");
        };
        block_on(async {
            tokio::select! {
                ended = run(&teller) => panic!("{ended:?}"),
                () = story => {}
            }
        });
    }
}
