//! Real files in a folder of the test's own. The waits here are for the kernel's events, which no argument can bring.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::*;

/// Far longer than a change takes to be told.
const SOON: Duration = Duration::from_secs(20);
/// Long enough to be told, had it counted.
const SILENCE: Duration = Duration::from_millis(350);

/// A folder like a home, with its configuration watched.
struct Home {
    folder: tempfile::TempDir,
    watch: Watch,
}

impl Home {
    /// Lets `prepare` fill the home, then watches it.
    fn new(prepare: impl FnOnce(&Path)) -> Home {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path());
        let paths = ["config/attuned/config.toml", "config/attuned/affirmations"];
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
        Home {
            watch: Watch::new(&paths).unwrap(),
            folder,
        }
    }

    fn with_config() -> Home {
        Home::new(|home| {
            fs::create_dir_all(home.join("config/attuned/affirmations")).unwrap();
            fs::write(home.join("config/attuned/config.toml"), "").unwrap();
        })
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    async fn tells(&mut self) -> bool {
        tokio::time::timeout(SOON, self.watch.changed())
            .await
            .is_ok()
    }

    async fn stays_silent(&mut self) -> bool {
        tokio::time::timeout(SILENCE, self.watch.changed())
            .await
            .is_err()
    }
}

fn block_on(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

#[test]
fn writing_renaming_over_and_deleting_are_told_once_each() {
    block_on(async {
        let mut home = Home::with_config();
        let config = home.at("config/attuned/config.toml");

        fs::write(&config, "a = 1").unwrap();
        fs::write(&config, "a = 2").unwrap();
        assert!(home.tells().await);
        assert!(home.stays_silent().await);

        let draft = home.at("config/attuned/.config.toml.draft");
        fs::write(&draft, "a = 3").unwrap();
        fs::rename(&draft, &config).unwrap();
        assert!(home.tells().await);

        fs::remove_file(&config).unwrap();
        assert!(home.tells().await);
        fs::write(&config, "a = 4").unwrap();
        assert!(home.tells().await);
    });
}

#[test]
fn other_files_are_none_of_its_business() {
    block_on(async {
        let mut home = Home::with_config();
        for other in [
            "config/mimeapps.list",
            "config/attuned/.config.toml.swp",
            "config/attuned/affirmations/notes.txt",
        ] {
            fs::write(home.at(other), "").unwrap();
        }
        fs::read(home.at("config/attuned/config.toml")).unwrap();
        assert!(home.stays_silent().await);
    });
}

#[test]
fn folders_that_do_not_exist_yet_are_awaited() {
    block_on(async {
        let mut home = Home::new(|_| {});
        fs::create_dir(home.at("config")).unwrap();
        assert!(home.tells().await);
        fs::create_dir_all(home.at("config/attuned/affirmations")).unwrap();
        assert!(home.tells().await);
        fs::write(home.at("config/attuned/affirmations/mine.toml"), "").unwrap();
        assert!(home.tells().await);
    });
}

#[test]
fn a_folder_replaced_is_watched_again() {
    block_on(async {
        let mut home = Home::with_config();
        let (folder, config) = (
            home.at("config/attuned"),
            home.at("config/attuned/config.toml"),
        );

        fs::rename(&folder, home.at("config/attuned.old")).unwrap();
        assert!(home.tells().await);
        fs::write(home.at("config/attuned.old/config.toml"), "of the past").unwrap();
        assert!(home.stays_silent().await);

        // A process in the old folder keeps it alive, and it says nothing of its own end.
        fs::create_dir(&folder).unwrap();
        assert!(home.tells().await);
        let _inside = fs::File::open(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        assert!(home.tells().await);
        fs::write(&config, "").unwrap();
        assert!(home.tells().await);
    });
}

#[test]
fn a_folder_further_up_replaced_is_noticed() {
    block_on(async {
        let mut home =
            Home::new(|home| fs::create_dir_all(home.join("config/attuned/affirmations")).unwrap());
        fs::rename(home.at("config"), home.at("config.old")).unwrap();
        assert!(home.tells().await);
        fs::create_dir_all(home.at("config/attuned")).unwrap();
        assert!(home.tells().await);
        fs::write(home.at("config/attuned/config.toml"), "").unwrap();
        assert!(home.tells().await);
    });
}

#[test]
fn links_are_followed_and_noticed_when_they_turn() {
    block_on(async {
        let mut home = Home::new(|home| {
            for generation in ["store/1", "store/2"] {
                fs::create_dir_all(home.join(generation)).unwrap();
                fs::write(home.join(generation).join("config.toml"), generation).unwrap();
                fs::write(home.join(generation).join("mine.toml"), generation).unwrap();
            }
            fs::create_dir_all(home.join("config/attuned/affirmations")).unwrap();
            symlink("store/1", home.join("current")).unwrap();
            symlink(
                "../../current/config.toml",
                home.join("config/attuned/config.toml"),
            )
            .unwrap();
            let farm = home.join("config/attuned/affirmations/mine.toml");
            symlink(home.join("store/1/mine.toml"), farm).unwrap();
        });

        for target in ["store/1/config.toml", "store/1/mine.toml"] {
            fs::write(home.at(target), "edited").unwrap();
            assert!(home.tells().await, "{target}");
        }
        symlink("store/2", home.at("next")).unwrap();
        fs::rename(home.at("next"), home.at("current")).unwrap();
        assert!(home.tells().await);
        fs::write(home.at("store/2/config.toml"), "edited").unwrap();
        assert!(home.tells().await);
        fs::write(home.at("store/1/config.toml"), "no longer ours").unwrap();
        assert!(home.stays_silent().await);
    });
}

#[test]
fn a_file_that_never_rests_is_told_ever_less_often() {
    block_on(async {
        let mut home = Home::with_config();
        let config = home.at("config/attuned/config.toml");
        let restless = tokio::spawn(async move {
            let mut pace = tokio::time::interval(Duration::from_millis(1));
            loop {
                fs::write(&config, "a = 1").unwrap();
                pace.tick().await;
            }
        });
        for patience in [PATIENCE, PATIENCE * 2] {
            let begin = now();
            home.watch.changed().await;
            let took = now() - begin;
            assert!(took >= patience && took < patience * 2, "{took:?}");
        }
        restless.abort();
        fs::write(home.at("config/attuned/config.toml"), "a = 2").unwrap();
        let begin = now();
        home.watch.changed().await;
        assert!(
            now() - begin < PATIENCE,
            "once it rests, it is told at once"
        );
    });
}

#[test]
fn a_dropped_wait_loses_no_change() {
    block_on(async {
        let mut home = Home::with_config();
        fs::write(home.at("config/attuned/config.toml"), "a = 1").unwrap();
        let mut dropped = 0;
        let begin = now();
        while tokio::time::timeout(Duration::from_millis(20), home.watch.changed())
            .await
            .is_err()
        {
            dropped += 1;
            assert!(now() - begin < SOON, "still not told");
        }
        assert!(dropped > 2);
    });
}

#[test]
fn rewatching_forgets_the_paths_of_before() {
    block_on(async {
        let mut home = Home::with_config();
        home.watch.rewatch(&[home.at("other.toml")]).unwrap();
        fs::write(home.at("config/attuned/config.toml"), "a = 1").unwrap();
        assert!(home.stays_silent().await);
        fs::write(home.at("other.toml"), "a = 1").unwrap();
        assert!(home.tells().await);
    });
}

#[test]
fn a_change_just_before_rewatching_is_told() {
    block_on(async {
        let mut home = Home::with_config();
        let config = home.at("config/attuned/config.toml");
        fs::write(&config, "a = 1").unwrap();
        home.watch.rewatch(&[config]).unwrap();
        assert!(home.tells().await);
        assert!(home.stays_silent().await);
    });
}
