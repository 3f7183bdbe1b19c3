use super::*;
use crate::daemon::sense::hearing::{block_on, is_busy, is_free, listen};
use crate::daemon::sense::x11::xvfb::Xvfb;
use crate::engine::Source;

#[test]
fn who_moves_nothing_is_away_until_the_pointer_moves() {
    let Some(server) = Xvfb::start() else { return };
    block_on(async {
        let (teller, mut heard) = listen(Source::Away);
        let address = server.address();
        let story = async {
            for corner in [1, 2] {
                heard.until(is_busy).await;
                server.move_pointer(corner, corner);
                heard.until(is_free).await;
            }
        };
        tokio::select! {
            ended = follow(&teller, &address, Duration::from_millis(300)) => panic!("{ended:?}"),
            () = story => {}
        }
    });
}
