//! On a server without a screen.

use std::fs;

use tokio::join;

use super::xvfb::Xvfb;
use super::*;
use crate::daemon::sense::hearing::{SOON, block_on};

/// Watches for nothing until the connection ends.
async fn watch(address: &Address) -> Result<Watcher<()>, Failure> {
    let mut watcher = Watcher::start(address, |server: &Server<()>| {
        server.tell(());
        loop {
            server.connection.wait_for_event().map_err(lost)?;
        }
    })
    .await?;
    watcher.first().await?;
    Ok(watcher)
}

#[test]
fn the_end_of_the_server_is_told() {
    let Some(server) = Xvfb::start() else { return };
    block_on(async {
        let mut watcher = watch(&server.address()).await.unwrap();
        let (next, ()) = join!(timeout(SOON, watcher.next()), async { drop(server) });
        let why = next.expect("it is told").unwrap_err();
        assert!(why.contains("the X server cannot be followed"), "{why}");
    });
}

#[test]
fn a_server_that_ends_after_its_last_client_need_not_wait_for_this_one() {
    let Some(server) = Xvfb::start_with(&["-terminate"]) else {
        return;
    };
    block_on(async {
        let mut watcher = watch(&server.address()).await.unwrap();
        // It comes and goes.
        server.move_pointer(1, 1);
        let next = timeout(SOON, watcher.next()).await;
        assert!(next.expect("the server ends").is_err());
    });
}

#[test]
fn a_cookie_lets_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority");
    // For any display: family, address, number, name and data, by Xau(3).
    let mut cookie = b"\xff\xff\0\0\0\0\0\x12MIT-MAGIC-COOKIE-1\0\x10".to_vec();
    cookie.extend([7; 16]);
    fs::write(&file, cookie).unwrap();
    let server = Xvfb::start_with(&["-noreset", "-auth", file.to_str().unwrap()]);
    let Some(server) = server else { return };
    block_on(async {
        let with_cookie = Address {
            authority: Some(file),
            ..server.address()
        };
        watch(&with_cookie).await.unwrap();
        let why = watch(&server.address()).await.unwrap_err();
        assert!(why.contains("the X server cannot be followed"), "{why}");
    });
}

#[test]
fn a_thread_ends_with_its_watcher() {
    let Some(server) = Xvfb::start() else { return };
    let (ended, has_ended) = std::sync::mpsc::channel();
    block_on(async {
        let watch = move |server: &Server<()>| {
            server.tell(());
            let error = server
                .connection
                .wait_for_event()
                .map_err(lost)
                .unwrap_err();
            ended.send(()).unwrap();
            Err(error)
        };
        let mut watcher = Watcher::start(&server.address(), watch).await.unwrap();
        watcher.first().await.unwrap();
    });
    has_ended.recv_timeout(SOON).expect("it ends");
}

#[test]
fn where_no_server_is_that_is_told() {
    let nowhere = Address {
        display: ":59535".to_owned(),
        authority: None,
    };
    let why = block_on(watch(&nowhere)).unwrap_err();
    assert!(why.contains("the X server cannot be reached"), "{why}");
}
