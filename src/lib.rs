//! attuned: a quiet self-compassion reminder for the desktop.
//!
//! # The map
//!
//! ```text
//!  config.toml, affirmations/*.toml ──settings──▶ Config, Library
//!                                                     │
//!  clock · control socket · notification answers      ▼
//!  · file changes ──▶ Inbox ──Event──▶ Engine::handle(event, now) ──Vec<Effect>──▶ perform
//!                       ▲                  (pure)                                   │
//!                       └── what happened comes back as an Event ◀── Store, Notifier, replies
//! ```
//!
//! | room | what it holds | what it never does |
//! | --- | --- | --- |
//! | [`source`] | texts with places, errors that point into them | |
//! | [`schedule`] | the `when` grammar, cron, intervals, random times → next occurrence | clock, files, random source |
//! | [`library`] | collections of prompts: load, choose | clock, files, random source |
//! | [`journal`] | check-ins and notes in a person's own words: what they hold, which of two holds, and words for feelings | clock, files, random source |
//! | [`calendar`] | iCalendar files → the meetings of the coming days | clock, files, random source |
//! | [`config`] | TOML → checked settings; hours and pauses | clock, random source |
//! | [`engine`] | what is due, what may be shown, what became of it, and why | I/O of any kind |
//! | [`helplines`] | help lines by country, each with its source and the day it was verified | clock, files |
//! | [`settings`] | a person's files on disk → [`config`] and [`library`] | |
//! | [`daemon`] | the loop around the engine: timer, notifications, control socket, record | decide |
//! | [`protocol`] | what a command and the daemon say to each other | |
//! | [`login`] | start at login | |
//! | [`cli`] | the command line, a file per command | |
//! | [`clock`] | the one door to the system's clock, zone and random source | |
//! | [`paths`] | where everything is kept | |
//!
//! # What holds
//!
//! - **The engine decides, the daemon acts.** The engine does no I/O and reads no clock; `attuned preview` is the very
//!   engine, run ahead on a copy. Dependencies point one way: `cli`, `daemon` → `engine` → `library`, `journal`,
//!   `schedule`, `config` → `source`.
//! - **Record, then act, then reply.** What one event changes is one database transaction, made before anybody sees it.
//! - Each occurrence ends in exactly one recorded outcome with its reason; nothing vanishes silently.
//! - Between deadlines the process does not wake at all.
//! - Nothing leaves the machine: there is no network code, and D-Bus is spoken over Unix sockets only.
//! - One writer: the daemon while it runs, else a command, under the same lock.

pub mod calendar;
pub mod cli;
pub mod clock;
pub mod config;
pub mod daemon;
pub mod engine;
pub mod helplines;
pub mod journal;
pub mod library;
pub mod login;
pub mod paths;
pub mod protocol;
pub mod schedule;
pub mod settings;
pub mod source;
