//! A headless X display, what is to be seen on it, and a pointer.

use std::fs;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::process::Stdio;

use crate::session::{Process, Session};

/// Xvfb, which keeps its picture in a file. It ends with the value.
pub struct Display {
    _server: Process,
}

/// A rectangle of the screen, in pixels.
pub struct Area {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

impl Display {
    /// Gives the session a display.
    pub fn start(session: &mut Session) -> Self {
        let mut command = session.command("Xvfb");
        command
            .args(["-displayfd", "1", "-screen", "0", "1024x768x24"])
            .args(["-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(session.path("run"))
            .stdout(Stdio::piped());
        let mut server = Process::from(&mut command);
        let mut number = String::new();
        BufReader::new(server.0.stdout.take().expect("its output is piped"))
            .read_line(&mut number)
            .expect("the display tells its number");
        session.set("DISPLAY", format!(":{}", number.trim()));
        Self { _server: server }
    }
}

/// Where the visible windows of this class are.
pub fn windows(session: &Session, class: &str) -> Vec<Area> {
    let ids = session.prints("xdotool", &["search", "--onlyvisible", "--class", class]);
    let area = |id: &str| {
        let text = session.prints("xdotool", &["getwindowgeometry", "--shell", id]);
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|value| value.parse().ok())
        };
        // A window may go while it is looked at.
        Some(Area {
            x: value("X=")?,
            y: value("Y=")?,
            width: value("WIDTH=")?,
            height: value("HEIGHT=")?,
        })
    };
    ids.lines().filter_map(area).collect()
}

/// Clicks there with the left button and takes the pointer away again.
pub fn click(session: &Session, (x, y): (usize, usize)) {
    let (x, y) = (x.to_string(), y.to_string());
    session.run(
        "xdotool",
        &["mousemove", &x, &y, "click", "1", "mousemove", "0", "0"],
    );
}

/// A picture of the whole screen.
pub struct Picture {
    pixels: Vec<u32>,
    width: usize,
}

impl Picture {
    /// Reads what is on the screen: an X window dump, of numbers of 32 bits, the greatest first, and four bytes a pixel.
    pub fn take(session: &Session) -> Self {
        let dump = fs::read(session.path("run/Xvfb_screen0")).expect("Xvfb keeps its picture");
        let word = |at: usize| {
            let bytes = dump[at..at + 4].try_into().expect("four bytes");
            u32::from_be_bytes(bytes) as usize
        };
        let field = |index: usize| word(4 * index);
        let (header, width, height, colours) = (field(0), field(4), field(5), field(19));
        let (bits_per_pixel, bytes_per_line) = (field(11), field(12));
        assert_eq!((bits_per_pixel, bytes_per_line), (32, 4 * width));
        let first = header + 12 * colours;
        let pixels = dump[first..first + 4 * width * height].chunks_exact(4);
        Self {
            pixels: pixels
                .map(|bytes| u32::from_ne_bytes(bytes.try_into().expect("four bytes")))
                .collect(),
            width,
        }
    }

    pub fn is_blank(&self) -> bool {
        self.pixels.windows(2).all(|pair| pair[0] == pair[1])
    }

    /// The middles of the buttons in the area's lowest row of such, from the left. They are what is wide, on a plain
    /// ground: letters never are.
    pub fn buttons(&self, area: &Area) -> Vec<(usize, usize)> {
        let lines = (area.y..area.y + area.height).rev();
        let mut row = lines
            .map(|y| (y, self.wide_things(area, y)))
            .skip_while(|(_, things)| things.is_empty())
            .take_while(|(_, things)| !things.is_empty());
        let Some((bottom, things)) = row.next() else {
            return Vec::new();
        };
        let top = row.last().map_or(bottom, |(y, _)| y);
        let y = usize::midpoint(top, bottom);
        let middle = |thing: &Range<usize>| (usize::midpoint(thing.start, thing.end), y);
        things.iter().map(middle).collect()
    }

    /// Where a line of the area is crossed by something wide, but not all across.
    fn wide_things(&self, area: &Area, y: usize) -> Vec<Range<usize>> {
        const BORDER: usize = 6;
        const LEAST_WIDTH: usize = 40;
        let (left, right) = (area.x + BORDER, area.x + area.width - BORDER);
        let line = &self.pixels[y * self.width..][left..right];
        let ground = line[line.len() - 1];
        let mut things = Vec::new();
        let mut start = left;
        for (x, pixel) in (left..right).zip(line) {
            if *pixel == ground {
                if x - start >= LEAST_WIDTH {
                    things.push(start..x);
                }
                start = x + 1;
            }
        }
        things
    }
}
