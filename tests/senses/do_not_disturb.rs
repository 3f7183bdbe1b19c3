//! Do-not-disturb on servers that cannot run in a test.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;

const SOURCE: &str = "do-not-disturb";
const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const MAKO: (&str, &str) = ("/fr/emersion/Mako", "fr.emersion.Mako");

/// A notification server with this name and vendor; it does not own its name yet.
fn server(bus: &Bus, name: &'static str, vendor: &'static str) -> StandIn {
    let server = StandIn::start(&bus.address());
    let information = (name, vendor, "1", "1.2");
    server.answer(PATH, &format!("{NAME}.GetServerInformation"), information);
    server.answer(
        PATH,
        &format!("{NAME}.GetCapabilities"),
        vec!["actions", "body"],
    );
    server
}

/// A home on the bus with a `gsettings` that prints what the file `setting` in it holds.
fn home_with_gsettings(bus: &Bus) -> Home {
    let home = Home::new(&bus.address());
    let program = home.path("bin/gsettings");
    fs::create_dir_all(home.path("bin")).unwrap();
    let setting = home.path("setting");
    // The shell's own words only: nothing else is in its path.
    let script = format!(
        "#!/bin/sh\nread value < '{setting}/'\"$2 $3\" && echo \"$value\"\n",
        setting = setting.display()
    );
    fs::create_dir_all(&setting).unwrap();
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    home
}

/// Follows a setting through dconf's signal, as it is written by itself and in a folder.
fn follows_a_setting(server: &StandIn, bus: &Bus, schema: &str, key: &str, folder: &str, on: bool) {
    let home = home_with_gsettings(bus);
    let file = home.path("setting").join(format!("{schema} {key}"));
    let set = |is_on: bool| {
        let value = if is_on { on } else { !on };
        fs::write(&file, format!("{value}\n")).unwrap();
    };
    set(false);
    server.own(NAME);
    server.own("ca.desrt.dconf");
    let listener = Listener::start(home, |_| {});
    listener.hears(SOURCE, "free");
    let tell = |path: &str, changes: Vec<&str>| {
        let (at, interface) = ("/ca/desrt/dconf/Writer/user", "ca.desrt.dconf.Writer");
        server.signal(at, interface, "Notify", &(path, changes, "tag"));
    };
    set(true);
    tell(&format!("{folder}{key}"), vec![""]);
    listener.hears(SOURCE, "busy");
    set(false);
    tell(folder, vec![key, "another"]);
    listener.hears(SOURCE, "free");
}

#[test]
fn gnome_shows_no_banners() {
    let bus = Bus::start();
    follows_a_setting(
        &server(&bus, "gnome-shell", "GNOME"),
        &bus,
        "org.gnome.desktop.notifications",
        "show-banners",
        "/org/gnome/desktop/notifications/",
        false,
    );
}

#[test]
fn mate_does_not_disturb() {
    let bus = Bus::start();
    follows_a_setting(
        &server(&bus, "Notification Daemon", "MATE"),
        &bus,
        "org.mate.NotificationDaemon",
        "do-not-disturb",
        "/org/mate/notification-daemon/",
        true,
    );
}

#[test]
fn without_gsettings_it_is_not_known() {
    let bus = Bus::start();
    let server = server(&bus, "gnome-shell", "GNOME");
    server.own(NAME);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "unknown");
    let why = &listener.home.reading(SOURCE)["unknown"]["why"];
    assert_eq!(why, "gsettings is not installed");
}

#[test]
fn lxqt_writes_a_file() {
    let bus = Bus::start();
    let server = server(&bus, "lxqt-notificationd", "lxqt.org");
    server.own(NAME);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "free");
    let folder = listener.home.path("home/.config/lxqt");
    fs::create_dir_all(&folder).unwrap();
    let write = |is_on| {
        let text = format!("[General]\ndoNotDisturb={is_on}\n");
        fs::write(folder.join("new"), text).unwrap();
        fs::rename(folder.join("new"), folder.join("notifications.conf")).unwrap();
    };
    write(true);
    listener.hears(SOURCE, "busy");
    write(false);
    listener.hears(SOURCE, "free");
}

#[test]
fn a_mako_that_tells_of_its_modes_is_heard() {
    let bus = Bus::start();
    let server = server(&bus, "mako", "emersion");
    let (path, interface) = MAKO;
    let set = |modes: &[&str]| {
        let modes: Vec<String> = modes.iter().map(|mode| (*mode).to_owned()).collect();
        server.answer(path, &format!("{interface}.ListModes"), modes.clone());
        server.change(path, interface, "Modes", modes);
    };
    set(&["default"]);
    server.own(NAME);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "free");
    set(&["default", "do-not-disturb"]);
    listener.hears(SOURCE, "busy");
    set(&["default", "work"]);
    listener.hears(SOURCE, "free");
}

#[test]
fn another_server_is_asked_as_plasma_is_and_may_have_none() {
    let bus = Bus::start();
    let plasma = server(&bus, "Plasma", "KDE");
    plasma.set(PATH, NAME, "Inhibited", true);
    plasma.own(NAME);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "busy");
    plasma.change(PATH, NAME, "Inhibited", false);
    listener.hears(SOURCE, "free");
    drop(plasma);
    listener.hears(SOURCE, "unknown");
    let plain = server(&bus, "plain\n", "Nobody");
    plain.own(NAME);
    wait_until("it is met", || {
        let why = &listener.home.reading(SOURCE)["unknown"]["why"];
        *why == "plain has none that attuned knows"
    });
}

#[test]
fn with_the_bus_its_word_is_gone() {
    let mut bus = Bus::start();
    let plasma = server(&bus, "Plasma", "KDE");
    plasma.set(PATH, NAME, "Inhibited", true);
    plasma.own(NAME);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "busy");
    bus.stop();
    listener.hears(SOURCE, "unknown");
}

#[test]
fn one_that_never_rests_is_heard_now_and_then() {
    let bus = Bus::start();
    let plasma = server(&bus, "Plasma", "KDE");
    plasma.set(PATH, NAME, "Inhibited", false);
    plasma.own(NAME);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "free");
    plasma.change(PATH, NAME, "Inhibited", true);
    wait_until("busy amid the noise", || {
        plasma.change(PATH, NAME, "Inhibited", true);
        listener.home.reads(SOURCE) == "busy"
    });
}

/// Who keeps Xfce's settings may have ended; the bus starts them for whoever asks.
#[test]
fn xfce_s_settings_are_started_to_be_asked() {
    const SETTINGS: &str = "org.xfce.Xfconf";
    let mut bus = Bus::start();
    let started = bus.path("started");
    bus.make_activatable(SETTINGS, &format!("/usr/bin/touch {}", started.display()));
    let server = server(&bus, "Xfce Notify Daemon", "Xfce");
    server.own(NAME);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    wait_until("somebody is started", || started.exists());
    let settings = StandIn::start(&bus.address());
    let is_on = Variant::from(true);
    settings.answer(
        "/org/xfce/Xfconf",
        &format!("{SETTINGS}.GetProperty"),
        is_on,
    );
    settings.own(SETTINGS);
    listener.hears(SOURCE, "busy");
}

/// MATE's server ends when it has nothing to show, and keeps silent when it is started again.
#[test]
fn a_server_that_is_started_for_a_prompt_is_looked_at_before() {
    let mut bus = Bus::start();
    bus.make_activatable(NAME, "/bin/false");
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "on-request");
}

/// Plasma's, which tells nobody when it is switched from now on.
fn plasma(bus: &Bus, is_inhibited: bool) -> StandIn {
    let plasma = server(bus, "Plasma", "KDE");
    plasma.set(PATH, NAME, "Inhibited", is_inhibited);
    plasma.own(NAME);
    plasma
}

#[test]
fn what_was_not_told_yet_is_asked_before_a_prompt_comes() {
    let bus = Bus::start();
    let plasma = plasma(&bus, false);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "free");
    plasma.set(PATH, NAME, "Inhibited", true);
    listener.home.write_config(
        r#"
        [hours]
        daily = "00:00-24:00"
        [[reminder]]
        name = "often"
        when = "* * * * * *"
        message = "Now."
        "#,
    );
    listener.hears(SOURCE, "busy");

    let overview = &listener.home.status()["overview"];
    let held = &overview["held"]["source"];
    assert_eq!(held, SOURCE, "what is due was not sent: {overview}");
    let why = listener.home.prints(&["why"]);
    let waits = "for a moment that suits";
    assert!(
        why.contains(waits) && why.contains("do-not-disturb was on"),
        "{why}"
    );
}

#[test]
fn what_a_person_asks_for_meanwhile_comes_in_the_terminal() {
    let bus = Bus::start();
    let _plasma = plasma(&bus, true);
    let listener = Listener::start(Home::new(&bus.address()), |_| {});
    listener.hears(SOURCE, "busy");
    for wanted in [&["now", "steady-ground"][..], &["overwhelmed", "--notify"]] {
        let said = listener.home.prints(wanted);
        assert!(
            said.contains("Do-not-disturb is on, so it is here"),
            "{said}"
        );
        let last = listener.home.prints(&["last", "--json"]);
        let last: serde_json::Value = serde_json::from_str(&last).unwrap();
        assert_eq!(last["outcome"], "read");
        assert!(
            said.contains(last["card"]["title"].as_str().unwrap()),
            "{said}"
        );
    }
    let tried = listener.home.run(&["doctor", "--test"]).stdout;
    let tried = String::from_utf8_lossy(&tried);
    assert!(
        tried.contains("not tried, as do-not-disturb is on"),
        "{tried}"
    );
}
