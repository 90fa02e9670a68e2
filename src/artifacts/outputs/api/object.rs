//! JSON in which parts stand that were written before, since they stand in more than one file.

use serde::Serialize;

/// Something as JSON.
pub(super) fn text(value: &impl Serialize) -> String {
    // Only what cannot be JSON could fail, and that is not among the types of the API.
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.shrink_to_fit();
    text
}

/// A JSON object that is written member by member.
pub(super) struct Object<'b> {
    buffer: &'b mut Vec<u8>,
    begun: bool,
}

impl<'b> Object<'b> {
    /// One without members.
    pub(super) fn begin(buffer: &'b mut Vec<u8>) -> Self {
        buffer.push(b'{');
        Self { buffer, begun: false }
    }

    /// One of which the first members stand there already.
    pub(super) fn go_on(buffer: &'b mut Vec<u8>) -> Self {
        Self { buffer, begun: true }
    }

    /// Adds a member.
    pub(super) fn member(&mut self, name: &str, value: &impl Serialize) {
        // To memory, where nothing can fail.
        let _ = serde_json::to_writer(self.named(name), value);
    }

    /// Adds the name of a member, whose value is to be written behind it.
    pub(super) fn named(&mut self, name: &str) -> &mut Vec<u8> {
        self.buffer.extend(std::mem::replace(&mut self.begun, true).then_some(b','));
        self.buffer.push(b'"');
        self.buffer.extend_from_slice(name.as_bytes());
        self.buffer.extend_from_slice(b"\":");
        self.buffer
    }

    /// Ends it.
    pub(super) fn end(self) {
        self.buffer.push(b'}');
    }

    /// Ends it, and the file.
    pub(super) fn end_file(self) {
        self.buffer.extend_from_slice(b"}\n");
    }
}
