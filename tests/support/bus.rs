//! A private `dbus-daemon`, with its own configuration and socket, in a temporary folder.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The bus. It ends with the value, also when a test panics.
pub struct Bus {
    folder: TempDir,
    daemon: Option<Child>,
}

impl Bus {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = folder.path().display();
        fs::create_dir(folder.path().join("services")).expect("a folder for services");
        fs::write(
            folder.path().join("bus.conf"),
            format!(
                r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig>
                  <type>session</type>
                  <listen>unix:path={at}/bus</listen>
                  <auth>EXTERNAL</auth>
                  <servicedir>{at}/services</servicedir>
                  <policy context="default">
                    <allow send_destination="*" eavesdrop="true"/>
                    <allow eavesdrop="true"/>
                    <allow own="*"/>
                  </policy>
                </busconfig>"#
            ),
        )
        .expect("a configuration for the bus");
        let mut bus = Self {
            folder,
            daemon: None,
        };
        bus.restart();
        bus
    }

    /// What `DBUS_SESSION_BUS_ADDRESS` is on this bus.
    pub fn address(&self) -> String {
        format!("unix:path={}/bus", self.folder.path().display())
    }

    /// The bus's own folder, also for what a test wants to leave there.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes `name` activatable: the bus runs the command when it is asked for the name. It restarts
    /// the bus, so it comes before anything connects.
    pub fn make_activatable(&mut self, name: &str, command: &str) {
        let file = self.path("services").join(format!("{name}.service"));
        let text = format!("[D-BUS Service]\nName={name}\nExec={command}\n");
        fs::write(file, text).expect("a service file");
        self.restart();
    }

    /// Ends the bus and with it every connection.
    pub fn stop(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            daemon.kill().expect("the bus can be ended");
            daemon.wait().expect("the bus ends");
        }
        let _ = fs::remove_file(self.path("bus"));
    }

    /// Starts it (again), at the same address.
    pub fn restart(&mut self) {
        self.stop();
        let config = self.path("bus.conf").display().to_string();
        let mut daemon = Command::new("dbus-daemon")
            .args(["--nofork", "--nopidfile", "--nosyslog", "--print-address=1"])
            .arg(format!("--config-file={config}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed (Debian: dbus-daemon)");
        let stdout = daemon.stdout.take().expect("its output is piped");
        self.daemon = Some(daemon);
        let mut address = String::new();
        BufReader::new(stdout)
            .read_line(&mut address)
            .expect("the bus prints its address");
        assert!(
            address.starts_with("unix:path="),
            "the bus is up: {address:?}"
        );
    }

    /// Stops (`STOP`) or continues (`CONT`) the bus, as if the machine were very slow.
    pub fn signal(&self, signal: &str) {
        let id = self.daemon.as_ref().expect("the bus runs").id();
        let status = Command::new("kill")
            .args([format!("-{signal}"), id.to_string()])
            .status()
            .expect("kill is installed");
        assert!(status.success(), "the bus takes a signal");
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.stop();
    }
}
