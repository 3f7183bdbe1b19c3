//! Files that are layers, and files that cannot be.

use super::load;
use crate::config::read_layers;
use crate::source::Diagnostic;

#[test]
fn files_are_layers_where_they_exist() {
    let home = tempfile::tempdir().unwrap();
    let file = |name: &str| home.path().join(name);
    std::fs::write(file("good.toml"), "[pace]\ncap = 3\n").unwrap();
    std::fs::write(file("latin.toml"), b"# caf\xe9\n").unwrap();
    std::fs::write(file("huge.toml"), vec![b'#'; 1024 * 1024 + 1]).unwrap();
    std::fs::create_dir(file("folder.toml")).unwrap();
    let layers = read_layers(&[file("none.toml"), file("good.toml")]).unwrap();
    assert_eq!(layers.len(), 1);
    assert_eq!(load(&layers).unwrap().0.pace.cap.value, 3);
    let found = read_layers(&["latin.toml", "huge.toml", "folder.toml"].map(file)).unwrap_err();
    let messages: Vec<String> = found.iter().map(Diagnostic::one_line).collect();
    let here = home.path().display();
    assert_eq!(
        messages,
        [
            format!("{here}/latin.toml:1:6: this byte is not UTF-8 text"),
            format!("{here}/huge.toml is larger than 1 MiB"),
            format!("{here}/folder.toml is a folder, not a file"),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_told() {
    let home = tempfile::tempdir().unwrap();
    let link = home.path().join("config.toml");
    std::os::unix::fs::symlink(home.path().join("gone.toml"), &link).unwrap();
    let found = read_layers(std::slice::from_ref(&link)).unwrap_err();
    assert_eq!(
        found[0].message,
        format!("{} does not exist", link.display())
    );
}
