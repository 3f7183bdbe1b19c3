//! Cameras as devices, `/dev/video*`: the kernel tells when one is opened and closed, and `/proc` by whom.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::inotify::WatchFlags;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use crate::clock;
use crate::daemon::watch::inotify::{Event, Inotify};

/// How long after a change it is looked who holds a camera: programs open each for a moment, to see what it can do.
const SETTLE: Duration = Duration::from_millis(500);

/// Programs that hold cameras for others, and sometimes for nobody. PipeWire itself tells for whom.
const SERVERS: [&str; 3] = ["pipewire", "wireplumber", "pipewire-media-"];

/// The cameras, and who uses one.
#[derive(Debug)]
pub(super) struct Devices {
    folder: PathBuf,
    inotify: Inotify,
    user: Option<String>,
    /// Whether there is one that this person may not read.
    are_hidden: bool,
    /// Something changed, and is looked at then.
    look_at: Option<Instant>,
}

impl Devices {
    /// Follows the cameras in a folder, which is `/dev`; that they are there is the first change.
    pub(super) fn follow(folder: &Path) -> io::Result<Self> {
        let inotify = Inotify::new()?;
        // Their owner and mode are set after they are made.
        let comings = WatchFlags::CREATE | WatchFlags::DELETE | WatchFlags::ATTRIB;
        inotify.add(folder, comings)?;
        let mut devices = Self {
            folder: folder.to_owned(),
            inotify,
            user: None,
            are_hidden: false,
            look_at: Some(now()),
        };
        devices.watch_each();
        Ok(devices)
    }

    /// The program that uses a camera, as far as was seen.
    pub(super) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Whether there is a camera of which nothing can be seen.
    pub(super) fn are_hidden(&self) -> bool {
        self.are_hidden
    }

    /// Waits until something changed, and looks. Cancel-safe.
    pub(super) async fn changed(&mut self) -> io::Result<()> {
        let look_at = match self.look_at {
            Some(look_at) => look_at,
            None => self.event().await?,
        };
        sleep_until(look_at).await;
        // What happens from now on is another change.
        self.inotify.pending()?;
        self.watch_each();
        let folder = self.folder.clone();
        let looked = spawn_blocking(move || user_of_any(&folder)).await;
        self.user = looked.unwrap_or_default();
        self.look_at = None;
        Ok(())
    }

    /// Waits for a change that matters; when to look at it.
    async fn event(&mut self) -> io::Result<Instant> {
        loop {
            if self.inotify.events().await?.iter().any(matters) {
                let look_at = now() + SETTLE;
                self.look_at = Some(look_at);
                return Ok(look_at);
            }
        }
    }

    fn watch_each(&mut self) {
        let uses = WatchFlags::OPEN | WatchFlags::CLOSE;
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let cameras = entries.map(|entry| entry.path());
        let cameras = cameras.filter(|path| is_camera(path, &self.folder));
        self.are_hidden = cameras
            .map(|camera| self.inotify.add(&camera, uses))
            .any(|watched| watched.is_err());
    }
}

/// Whether it is about a camera: what happens to one that is watched itself comes without a name.
fn matters(event: &Event) -> bool {
    let name = event.name.as_deref();
    name.is_none_or(|name| name.as_encoded_bytes().starts_with(b"video"))
}

fn is_camera(path: &Path, folder: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let number = name.and_then(|name| name.strip_prefix("video"));
    path.parent() == Some(folder)
        && number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The first program that holds one. Only a person's own programs can be seen.
fn user_of_any(folder: &Path) -> Option<String> {
    let processes = fs::read_dir("/proc").ok()?.flatten();
    let mut processes = processes.map(|entry| entry.path());
    processes.find_map(|process| {
        let files = fs::read_dir(process.join("fd")).ok()?.flatten();
        let mut files = files.filter_map(|file| fs::read_link(file.path()).ok());
        files.find(|file| is_camera(file, folder))?;
        let name = fs::read_to_string(process.join("comm")).ok()?;
        let name = name.trim_end();
        (!SERVERS.contains(&name)).then(|| name.to_owned())
    })
}

fn now() -> Instant {
    clock::monotonic().into()
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::process::{Child, Command, Stdio};

    use tokio::time::timeout;

    use super::*;
    use crate::daemon::sense::hearing::{SOON, block_on};

    /// Waits until this one uses a camera.
    async fn see(devices: &mut Devices, user: Option<&str>) {
        let seen = async {
            devices.changed().await.unwrap();
            while devices.user() != user {
                devices.changed().await.unwrap();
            }
        };
        timeout(SOON, seen).await.expect("it is seen");
    }

    /// A program that holds a file until it is ended.
    fn holder(program: &Path, file: &Path) -> Child {
        let mut command = Command::new(program);
        let child = command.stdin(File::open(file).unwrap());
        child.stdout(Stdio::piped()).spawn().unwrap()
    }

    #[test]
    fn who_opens_a_camera_is_seen_until_it_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let camera = folder.path().join("video0");
        fs::write(&camera, "").unwrap();
        block_on(async {
            let mut devices = Devices::follow(folder.path()).unwrap();
            see(&mut devices, None).await;
            let mut cheese = holder(Path::new("/usr/bin/yes"), &camera);
            see(&mut devices, Some("yes")).await;
            cheese.kill().unwrap();
            cheese.wait().unwrap();
            see(&mut devices, None).await;
        });
    }

    #[test]
    fn a_camera_that_is_open_already_or_plugged_in_later_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("video0"), folder.path().join("video12"));
        let open = File::create(&first).unwrap();
        block_on(async {
            let own = fs::read_to_string("/proc/self/comm").unwrap();
            let own = Some(own.trim_end());
            let mut devices = Devices::follow(folder.path()).unwrap();
            see(&mut devices, own).await;
            drop(open);
            see(&mut devices, None).await;
            let open = File::create(&second).unwrap();
            see(&mut devices, own).await;
            drop(open);
            see(&mut devices, None).await;
        });
    }

    #[test]
    fn other_files_and_pipewire_itself_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        for name in ["video0", "video", "video-1", "videos", "media0", "avideo0"] {
            assert_eq!(
                is_camera(&at.join(name), at),
                ["video0", "video"].contains(&name)
            );
        }
        assert!(!is_camera(Path::new("/elsewhere/video0"), at));
        let server = at.join("wireplumber");
        std::os::unix::fs::symlink("/usr/bin/yes", &server).unwrap();
        fs::write(at.join("video0"), "").unwrap();
        let mut server = holder(&server, &at.join("video0"));
        let seen = user_of_any(at);
        server.kill().unwrap();
        server.wait().unwrap();
        assert_eq!(seen, None);
    }

    #[test]
    fn what_happens_elsewhere_in_the_folder_is_passed_over() {
        let event = |name: Option<&str>| Event {
            watch: 1,
            name: name.map(Into::into),
        };
        assert!(matters(&event(None)));
        assert!(matters(&event(Some("video3"))));
        assert!(!matters(&event(Some("ttyUSB0"))));
    }
}
