//! Nothing leaves the machine: no crate that could speak to a network is in the tree, and D-Bus is there once.

use std::collections::BTreeSet;
use std::process::Command;

/// Crates by which a program would reach a network: HTTP, TLS, name resolution, other transports.
const NETWORK: &[&str] = &[
    "async-native-tls",
    "attohttpc",
    "curl",
    "hickory-resolver",
    "http",
    "hyper",
    "isahc",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "ring",
    "rustls",
    "surf",
    "tokio-native-tls",
    "tokio-rustls",
    "tonic",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "webpki-roots",
];

/// Names and versions of everything that is built into the program for `target`.
fn tree(target: &str) -> BTreeSet<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}", "--target", target])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs, since it runs this test");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo tree failed: {errors}");
    let text = String::from_utf8(output.stdout).expect("cargo prints UTF-8");
    text.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        })
        .collect()
}

#[test]
fn no_crate_speaks_to_a_network() {
    for target in [
        "x86_64-unknown-linux-gnu",
        "aarch64-apple-darwin",
        "x86_64-pc-windows-msvc",
    ] {
        let tree = tree(target);
        assert!(tree.len() > 50, "a real tree for {target}: {}", tree.len());
        let found: Vec<_> = tree
            .iter()
            .filter(|(name, _)| NETWORK.contains(&name.as_str()))
            .collect();
        assert!(found.is_empty(), "{target}: {found:?}");
    }
}

#[test]
fn there_is_one_zbus_and_no_notify_rust_on_linux() {
    let tree = tree("x86_64-unknown-linux-gnu");
    let zbus: Vec<_> = tree.iter().filter(|(name, _)| name == "zbus").collect();
    assert_eq!(zbus.len(), 1, "{zbus:?}");
    assert!(zbus[0].1.starts_with("v6."), "{zbus:?}");
    assert!(!tree.iter().any(|(name, _)| name == "notify-rust"));
}
