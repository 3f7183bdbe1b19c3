//! PipeWire's graph, as far as it tells who takes in sound or pictures.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::Failure;
use crate::daemon::sense::short;

/// What a program takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// From a microphone.
    Sound,
    /// From a camera, or of the screen: that is shared in the same way, and is no better a moment.
    Pictures,
}

/// Programs that show pictures of windows as a part of the desktop.
const DESKTOPS: [&str; 4] = [
    "gnome-shell",
    "kwin_wayland",
    "plasmashell",
    "xwaylandvideobridge",
];

/// What is connected with what.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: BTreeMap<u32, Node>,
    links: BTreeMap<u32, Link>,
}

/// What stands in a list of pw-dump's. What cannot be read is about that object alone.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    Object(Object),
    Unreadable { id: u32 },
    Other(IgnoredAny),
}

/// An object as pw-dump prints it; one that has gone has no info.
#[derive(Debug, Deserialize)]
struct Object {
    id: u32,
    #[serde(default, rename = "type")]
    kind: String,
    info: Option<Info>,
}

/// A node's and a link's info in one: what the other has is absent.
#[derive(Debug, Deserialize)]
struct Info {
    #[serde(default)]
    state: String,
    #[serde(rename = "output-node-id")]
    from: Option<u32>,
    #[serde(rename = "input-node-id")]
    to: Option<u32>,
    #[serde(default)]
    props: BTreeMap<String, Value>,
}

#[derive(Debug)]
struct Node {
    class: String,
    runs: bool,
    /// Whether it is there for its own sake: a level meter and a filter take in what others wanted, or nothing.
    is_aside: bool,
    name: String,
}

#[derive(Debug)]
struct Link {
    from: u32,
    to: u32,
}

impl Graph {
    /// Takes in a list of objects that changed.
    pub(super) fn update(&mut self, document: &[u8]) -> Result<(), Failure> {
        let unreadable = |error| format!("pw-dump tells what cannot be read: {error}");
        // A program's name may be any bytes.
        let document = String::from_utf8_lossy(document);
        let entries: Vec<Entry> = serde_json::from_str(&document).map_err(unreadable)?;
        for entry in entries {
            let (id, kind, info) = match entry {
                Entry::Object(Object { id, kind, info }) => (id, kind, info),
                Entry::Unreadable { id } => (id, String::new(), None),
                Entry::Other(_) => continue,
            };
            // Numbers are given out again.
            self.nodes.remove(&id);
            self.links.remove(&id);
            match (kind.rsplit(':').next(), info) {
                (Some("Node"), Some(info)) => {
                    self.nodes.insert(id, Node::from(info));
                }
                (
                    Some("Link"),
                    Some(Info {
                        from: Some(from),
                        to: Some(to),
                        ..
                    }),
                ) => {
                    self.links.insert(id, Link { from, to });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The program that takes in this medium now; the first where there are several.
    pub(super) fn user_of(&self, medium: Medium) -> Option<String> {
        let ends = |link: &Link| Some((self.nodes.get(&link.from)?, self.nodes.get(&link.to)?));
        let mut ends = self.links.values().filter_map(ends);
        let (_, to) = ends.find(|(from, to)| medium.flows(from, to))?;
        Some(to.name.clone())
    }

    /// How many programs take in sound, for whatever reason.
    #[cfg(test)]
    pub(super) fn listeners(&self) -> usize {
        let listens = |node: &&Node| node.runs && node.class == "Stream/Input/Audio";
        self.nodes.values().filter(listens).count()
    }
}

impl Medium {
    /// Whether a program takes it in from one node to the other. Both run then: an old pw-dump does not tell of what has
    /// gone, but that a source rests.
    fn flows(self, from: &Node, to: &Node) -> bool {
        from.runs && to.runs && !to.is_aside && self.comes_from(from) && self.goes_to(to)
    }

    fn comes_from(self, node: &Node) -> bool {
        let class = node.class.as_str();
        match self {
            // What comes from a speaker's monitor, or from another program, is not heard by a microphone.
            Self::Sound => class.starts_with("Audio/Source") || class == "Audio/Duplex",
            Self::Pictures => class.starts_with("Video/Source") || class == "Stream/Output/Video",
        }
    }

    fn goes_to(self, node: &Node) -> bool {
        match self {
            Self::Sound => node.class == "Stream/Input/Audio",
            Self::Pictures => {
                node.class == "Stream/Input/Video" && !DESKTOPS.contains(&node.name.as_str())
            }
        }
    }
}

impl From<Info> for Node {
    fn from(info: Info) -> Self {
        let text = |key: &str| match info.props.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(short(text)),
            Some(other) => Some(short(&other.to_string())),
        };
        // A passive one has "in" or "out", too.
        let is_set = |key: &str| text(key).is_some_and(|value| !["false", "0"].contains(&&*value));
        let names = ["application.name", "node.description", "node.name"];
        Self {
            class: text("media.class").unwrap_or_default(),
            runs: info.state == "running",
            is_aside: ["stream.monitor", "stream.capture.sink", "node.passive"]
                .into_iter()
                .any(is_set),
            name: names.into_iter().find_map(text).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests;
