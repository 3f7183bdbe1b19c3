//! Another program on a bus, in a thread of its own, so that tests may wait for it without a runtime.

use std::thread::JoinHandle;

use zbus::{Connection, MessageStream};

/// Connects, and serves until that returns.
pub fn on_bus<S, F>(address: &str, serve: S) -> JoinHandle<()>
where
    S: FnOnce(Connection, MessageStream) -> F + Send + 'static,
    F: Future<Output = ()>,
{
    let address = address.to_owned();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let connection = zbus::connection::Builder::address(address.as_str())
                .build()
                .await
                .expect("the bus is up");
            let messages = MessageStream::from(&connection);
            serve(connection, messages).await;
        });
    })
}
