//! The person's own command that tells whether they are busy, before it is ever asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{Ran, attuned, json_of, with_settings};

/// What `check` says of a command.
fn checked(command: &str) -> Ran {
    let home = with_settings(&format!("[busy.probe]\ncommand = \"{command}\"\n"));
    let folder = home.path("home/bin");
    fs::create_dir_all(&folder).unwrap();
    for (name, mode) in [("am-i-busy", 0o755), ("a-text", 0o644)] {
        let file = folder.join(name);
        fs::write(&file, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
    }
    let ran = attuned(&home, &["check"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran
}

#[test]
fn a_program_that_cannot_be_started_is_a_warning_at_its_place() {
    let ran = checked("~/bin/am-i-free --quick");
    let warning = "\
warning: there is no program \"~/bin/am-i-free\"
 --> ~/.config/attuned/config.toml:2:11
  |
2 | command = \"~/bin/am-i-free --quick\"
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = hint: until there is, you count as free

";
    assert_eq!(ran.err, warning);
    assert!(ran.out.contains("\nIt works, with the warning above: "));
    let text = checked("~/bin/a-text").err;
    assert!(text.starts_with("warning: the program \"~/bin/a-text\" may not be executed\n"));
    assert!(text.contains("hint: to let it be: chmod +x ~/bin/a-text\n"));
    let nowhere = checked("am-i-nowhere").err;
    assert!(nowhere.starts_with("warning: the program \"am-i-nowhere\" is not installed\n"));
}

#[test]
fn what_no_shell_reads_is_pointed_at() {
    let warning = "\
warning: no shell reads this command, so `|` means nothing in it
 --> ~/.config/attuned/config.toml:2:30
  |
2 | command = \"~/bin/am-i-busy a | grep x\"
  |                              ^
  |
  = hint: name a script, or a shell: \"sh -c '…'\"; what the program is to see goes in quotes

";
    assert_eq!(checked("~/bin/am-i-busy a | grep x").err, warning);
}

#[test]
fn a_command_that_can_be_asked_is_no_warning() {
    for command in ["~/bin/am-i-busy --quick", "/bin/sh -c 'true | grep -q x'"] {
        assert_eq!(checked(command).err, "", "{command}");
    }
}

#[test]
fn doctor_names_it_without_a_daemon() {
    let home = with_settings("[busy.probe]\ncommand = \"~/bin/am-i-free\"\n");
    let rows = json_of(&home, &["doctor"]);
    let rows = rows.as_array().unwrap();
    let row = rows.iter().find(|row| row["check"] == "settings").unwrap();
    assert_eq!(row["verdict"], "warn");
    let fact = row["fact"].as_str().unwrap();
    assert!(
        fact.ends_with("config.toml:2:11: there is no program \"~/bin/am-i-free\""),
        "{fact}"
    );
}
