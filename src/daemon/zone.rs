//! Tells when the machine's time zone changes: a person travels, or sets it.

use std::path::PathBuf;

use super::watch::Watch;

/// A watch over `/etc/localtime` and the zone data it leads to; see localtime(5).
#[derive(Debug)]
pub struct ZoneWatch {
    watch: Option<Watch>,
}

impl ZoneWatch {
    /// Watches the zone, or says in the log that it cannot.
    #[must_use]
    pub fn new() -> ZoneWatch {
        ZoneWatch::over("/etc/localtime".into())
    }

    fn over(file: PathBuf) -> ZoneWatch {
        let watch = Watch::new(&[file]);
        if let Err(error) = &watch {
            tracing::warn!("changes of the time zone will go unnoticed: {error}");
        }
        ZoneWatch { watch: watch.ok() }
    }

    /// Waits until the zone may have changed; for ever where it cannot be watched. Safe to drop and call again.
    pub async fn changed(&mut self) {
        match &mut self.watch {
            Some(watch) => watch.changed().await,
            None => std::future::pending().await,
        }
    }
}

impl Default for ZoneWatch {
    fn default() -> ZoneWatch {
        ZoneWatch::new()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_zone_set_by_replacing_the_link_is_noticed() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let temp = tempfile::tempdir().unwrap();
        let localtime = temp.path().join("localtime");
        for zone in ["Berlin", "Tokyo"] {
            fs::write(temp.path().join(zone), zone).unwrap();
        }
        symlink("Berlin", &localtime).unwrap();
        runtime.block_on(async {
            let mut zone = ZoneWatch::over(localtime.clone());
            let soon = Duration::from_secs(20);
            symlink("Tokyo", temp.path().join("new")).unwrap();
            fs::rename(temp.path().join("new"), &localtime).unwrap();
            tokio::time::timeout(soon, zone.changed())
                .await
                .expect("the link turned");
            fs::write(temp.path().join("Tokyo"), "new rules").unwrap();
            tokio::time::timeout(soon, zone.changed())
                .await
                .expect("the zone data changed");
        });
    }
}
