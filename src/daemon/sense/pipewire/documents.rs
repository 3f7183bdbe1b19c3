//! Cuts a stream of JSON documents into the documents, however they are laid out.

use super::Failure;

/// The longest document, in bytes: the first, with everything there is, has about a tenth of it on a busy desktop.
const LONGEST: usize = 16 * 1024 * 1024;

/// What has come of a stream of JSON lists or objects.
#[derive(Debug, Default)]
pub(super) struct Documents {
    begun: Vec<u8>,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Documents {
    /// Takes in what comes next; the documents that end in it.
    pub(super) fn take_in(&mut self, bytes: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
        let mut complete = Vec::new();
        for byte in bytes {
            self.begun.push(*byte);
            if self.ends_with(*byte) {
                complete.push(std::mem::take(&mut self.begun));
            }
        }
        if self.begun.len() > LONGEST {
            return Err("pw-dump tells more than is taken in".into());
        }
        Ok(complete)
    }

    /// Whether a document ends with this byte.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(pieces: &[&str]) -> Vec<String> {
        let mut documents = Documents::default();
        let take_in = |piece: &&str| documents.take_in(piece.as_bytes()).unwrap();
        let cut = pieces.iter().flat_map(take_in);
        cut.map(|bytes| String::from_utf8(bytes).unwrap().trim().to_owned())
            .collect()
    }

    #[test]
    fn documents_end_where_their_first_bracket_is_closed() {
        assert_eq!(cut(&["[\n  1\n]\n[", "2", "]\n[3"]), ["[\n  1\n]", "[2]"]);
        assert_eq!(cut(&["[[],{\"a\":[]}][]"]), ["[[],{\"a\":[]}]", "[]"]);
    }

    #[test]
    fn brackets_in_strings_are_text() {
        assert_eq!(cut(&[r#"["]"#, r#"\"]", "\\"]"#]), [r#"["]\"]", "\\"]"#]);
    }

    #[test]
    fn more_than_fits_is_refused() {
        let mut documents = Documents::default();
        assert!(documents.take_in(&vec![b'['; LONGEST]).is_ok());
        assert!(documents.take_in(b"[").is_err());
    }
}
