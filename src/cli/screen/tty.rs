//! The terminal, taken as a screen and given back as it was found.

use std::future::poll_fn;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Once};
use std::task::Poll;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Whether the terminal is taken, for whoever has to give it back in a hurry.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal as a screen; it is given back with the value.
pub struct Tty(());

impl Tty {
    /// Takes the terminal.
    ///
    /// # Errors
    /// That it is none, or cannot be set so.
    pub fn taken() -> io::Result<Self> {
        give_back_on_panic();
        let tty = Self(());
        take()?;
        Ok(tty)
    }

    /// Gives the terminal back and stops, as Ctrl-Z does elsewhere; takes it anew when the person comes back.
    ///
    /// # Errors
    /// That it cannot be taken anew.
    pub fn suspend() -> io::Result<()> {
        give_back();
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        take()
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        DisableLineWrap
    )
}

/// Does what can be done: a terminal that is gone needs nothing any more.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(
            out,
            EnableLineWrap,
            DisableBracketedPaste,
            Show,
            LeaveAlternateScreen
        );
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// What a panic says would be lost on the other screen.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
    });
}

/// Whether signals end the program as they do elsewhere. Once listened for, they would be swallowed for ever.
static AS_ELSEWHERE: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// The signals that end a program or stop it, listened for while the value lives.
pub struct Signals(Vec<(i32, Signal)>);

impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// As the system's.
    pub fn caught() -> io::Result<Self> {
        static ONCE: Once = Once::new();
        let all = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP];
        let mut registered = Ok(());
        ONCE.call_once(|| {
            registered = all.iter().try_for_each(|number| {
                let when = Arc::clone(&AS_ELSEWHERE);
                signal_hook::flag::register_conditional_default(*number, when).map(drop)
            });
        });
        registered?;
        AS_ELSEWHERE.store(false, Ordering::SeqCst);
        let listen = |number| Ok((number, signal(SignalKind::from_raw(number))?));
        all.into_iter()
            .map(listen)
            .collect::<io::Result<_>>()
            .map(Self)
    }

    /// The next one that comes.
    pub async fn next(&mut self) -> i32 {
        poll_fn(|context| {
            let mut signals = self.0.iter_mut();
            let came = signals.find_map(|(number, signal)| {
                signal.poll_recv(context).is_ready().then_some(*number)
            });
            came.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        AS_ELSEWHERE.store(true, Ordering::SeqCst);
    }
}
