use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::config;

/// A person's folders, empty.
struct Home {
    folder: TempDir,
    paths: Paths,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths {
            config_file: at("config/config.toml"),
            config_dir: at("config"),
            system_dir: at("system"),
            affirmations_dir: at("config/affirmations"),
            state_dir: at("state"),
            runtime_dir: at("run"),
            runtime_fallback: false,
            database: at("state/attuned.db"),
            socket: at("run/control.sock"),
        };
        Self { folder, paths }
    }

    fn with(text: &str) -> Self {
        let home = Self::new();
        fs::create_dir_all(&home.paths.config_dir).unwrap();
        fs::write(&home.paths.config_file, text).unwrap();
        home
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.paths.config_file).unwrap()
    }

    fn open(&self) -> Edit {
        Edit::open(&self.paths).unwrap()
    }

    fn set_cap(&self, cap: i64) -> Result<Saved, EditError> {
        let mut edit = Edit::open(&self.paths)?;
        set(edit.document(), &["pace"], "cap", cap);
        edit.save()
    }

    /// Everything beside the settings file: what an edit leaves lying about.
    fn beside(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.paths.config_dir).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name != "config.toml").collect()
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn everything_but_the_changed_value_stays() {
    let home = Home::with(
        "# Mine.\n\n[notification] # quiet\nsound   = false\n\n# Not too many.\n[pace]\n\
         \tcap = 4   # enough\n\n\n# Tea.\n[[reminder]]\nwhen = 'daily at 14:00'\nname = \"tea\"\n# the end",
    );
    let saved = home.set_cap(3).unwrap();
    assert_eq!(saved.written, Written::Changed);
    assert_eq!(saved.before.config.pace.cap.value, 4);
    assert_eq!(saved.after.config.pace.cap.value, 3);
    assert_eq!(
        home.text(),
        "# Mine.\n\n[notification] # quiet\nsound   = false\n\n# Not too many.\n[pace]\n\
         \tcap = 3   # enough\n\n\n# Tea.\n[[reminder]]\nwhen = 'daily at 14:00'\nname = \"tea\"\n# the end"
    );
    assert!(home.beside().is_empty(), "{:?}", home.beside());
}

#[test]
fn a_table_that_is_not_there_yet_comes_last() {
    let home = Home::with("[notification]\nsound = true\n# the end\n");
    home.set_cap(3).unwrap();
    assert_eq!(
        home.text(),
        "[notification]\nsound = true\n# the end\n\n[pace]\ncap = 3\n"
    );

    let mut edit = home.open();
    set(edit.document(), &["library", "weights"], "kind-words", 2);
    edit.save().unwrap();
    assert!(
        home.text()
            .ends_with("cap = 3\n\n[library.weights]\nkind-words = 2\n"),
        "{}",
        home.text()
    );

    let inline = Home::with("library = { hide = [] } # mine\n");
    let mut edit = inline.open();
    set(edit.document(), &["library", "weights"], "kind-words", 2);
    edit.save().unwrap();
    assert_eq!(
        inline.text(),
        "library = { hide = [] , weights = { kind-words = 2 } } # mine\n"
    );
}

#[test]
fn line_endings_of_windows_stay() {
    let home = Home::with("\u{feff}# Mine.\r\n[pace]\r\ncap = 4\r\n\r\n[notification]\r\n");
    home.set_cap(3).unwrap();
    let expected = "\u{feff}# Mine.\r\n[pace]\r\ncap = 3\r\n\r\n[notification]\r\n";
    assert_eq!(home.text(), expected);
}

#[test]
fn without_a_file_there_is_the_explained_one_then() {
    let home = Home::new();
    let saved = home.set_cap(3).unwrap();
    assert_eq!(saved.written, Written::Created);
    let started = config::starter();
    let expected = started.replace("\n# The most prompts", "\ncap = 3\n# The most prompts");
    assert_ne!(expected, started);
    assert_eq!(home.text(), expected);
    assert_eq!(mode(&home.paths.config_file), 0o600);
    assert_eq!(mode(&home.paths.config_dir), 0o700);
    assert!(home.beside().is_empty());
}

#[test]
fn the_administrators_reminders_stay_in_force() {
    let home = Home::new();
    fs::create_dir(&home.paths.system_dir).unwrap();
    fs::write(
        home.paths.system_dir.join("config.toml"),
        "[[reminder]]\nname = \"office\"\nwhen = \"weekdays at 9:00\"\n",
    )
    .unwrap();
    let saved = home.set_cap(3).unwrap();
    let names: Vec<_> = saved
        .after
        .config
        .reminders
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["office"]);
}

#[test]
fn what_would_be_wrong_is_not_written() {
    let text = "[pace]\ncap = 4\n";
    let home = Home::with(text);
    let error = home.set_cap(300).unwrap_err();
    let EditError::Refused(found) = error else {
        panic!("{error:?}");
    };
    let [one] = found.as_slice() else {
        panic!("{found:?}");
    };
    let place = one.place.as_ref().unwrap();
    // In the text that was not written.
    assert_eq!(place.source.text, "[pace]\ncap = 300\n");
    assert_eq!(place.source.text.get(place.span.clone()), Some("300"));
    assert_eq!(home.text(), text);
    assert!(home.beside().is_empty());
}

#[test]
fn what_is_wrong_already_is_told_first() {
    let home = Home::with("[pace]\ngpa = \"1 h\"\n");
    let error = home.set_cap(3).unwrap_err();
    assert!(
        matches!(&error, EditError::Broken(found) if found[0].message == "unknown key `gpa` in [pace]"),
        "{error:?}"
    );
}

#[test]
fn the_same_text_is_not_written() {
    // Without a last line's end, which the TOML editor would add.
    let home = Home::with("[pace]\r\ncap = 4");
    let inode = || fs::metadata(&home.paths.config_file).unwrap().ino();
    let before = inode();
    assert_eq!(home.set_cap(4).unwrap().written, Written::Unchanged);
    assert_eq!(home.text(), "[pace]\r\ncap = 4");
    assert_eq!(inode(), before);

    let empty = Home::new();
    assert_eq!(empty.open().save().unwrap().written, Written::Unchanged);
    assert!(!empty.paths.config_file.exists());
}

#[test]
fn a_link_into_a_dotfiles_folder_stays_one() {
    let home = Home::new();
    let dotfiles = home.folder.path().join("dotfiles");
    let target = dotfiles.join("attuned.toml");
    fs::create_dir(&dotfiles).unwrap();
    fs::write(&target, "[pace]\ncap = 4\n").unwrap();
    set_mode(&target, 0o644);
    fs::create_dir(&home.paths.config_dir).unwrap();
    symlink("../dotfiles/attuned.toml", &home.paths.config_file).unwrap();
    home.set_cap(3).unwrap();
    assert_eq!(
        fs::read_link(&home.paths.config_file).unwrap(),
        Path::new("../dotfiles/attuned.toml")
    );
    assert_eq!(fs::read_to_string(&target).unwrap(), "[pace]\ncap = 3\n");
    assert_eq!(mode(&target), 0o644);
    assert_eq!(fs::read_dir(&dotfiles).unwrap().count(), 1);
}

#[test]
fn a_link_that_leads_nowhere_is_an_error() {
    let home = Home::new();
    fs::create_dir(&home.paths.config_dir).unwrap();
    symlink("gone.toml", &home.paths.config_file).unwrap();
    let error = home.set_cap(3).unwrap_err();
    assert!(matches!(error, EditError::Broken(_)), "{error:?}");
}

#[test]
fn a_file_that_is_meant_to_stay_is_left_alone() {
    let home = Home::with("[pace]\ncap = 4\n");
    set_mode(&home.paths.config_file, 0o444);
    let error = home.set_cap(3).unwrap_err();
    assert!(matches!(error, EditError::ReadOnly(_)), "{error:?}");
    assert_eq!(home.text(), "[pace]\ncap = 4\n");
}

#[test]
fn another_programs_change_is_not_overwritten() {
    let home = Home::with("[pace]\ncap = 4\n");
    let mut edit = home.open();
    set(edit.document(), &["pace"], "cap", 3);
    // As long as before.
    fs::write(&home.paths.config_file, "[pace]\ncap = 5\n").unwrap();
    let error = edit.save().unwrap_err();
    assert!(matches!(error, EditError::Changed(_)), "{error:?}");
    assert_eq!(home.text(), "[pace]\ncap = 5\n");

    let mut edit = home.open();
    set(edit.document(), &["pace"], "cap", 3);
    fs::remove_file(&home.paths.config_file).unwrap();
    assert!(matches!(edit.save(), Err(EditError::Changed(_))));

    let mut edit = home.open();
    set(edit.document(), &["pace"], "cap", 3);
    fs::write(&home.paths.config_file, "# new\n").unwrap();
    assert!(matches!(edit.save(), Err(EditError::Changed(_))));
    assert_eq!(home.text(), "# new\n");
    assert!(home.beside().is_empty());
}

#[test]
fn two_commands_at_once_lose_nothing() {
    let home = Home::with("[pace]\ncap = 0\n");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut edit = home.open();
                let cap = i64::from(edit.before().config.pace.cap.value);
                set(edit.document(), &["pace"], "cap", cap + 1);
                edit.save().unwrap();
            });
        }
    });
    assert_eq!(home.text(), "[pace]\ncap = 8\n");
}

#[test]
fn one_that_never_ends_is_not_waited_for_for_ever() {
    let home = Home::with("");
    let _held = EditLock::acquire(&home.paths).unwrap();
    assert!(matches!(Edit::open(&home.paths), Err(EditError::Busy)));
}
