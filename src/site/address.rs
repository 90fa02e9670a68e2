//! Addresses of pages, relative to the site's root.
//!
//! An address is a path such as `centres/ganjiaxiang/`, with `en/` before it in other languages. Links in
//! pages are relative, so that a site works below any path and from a folder on a stick.

use super::Site;

/// The address of a page, relative to the root of the site, ending in `/` (the root itself is empty).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// An address from a path with `/` at its end, or the empty path of the home page.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path relative to the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The way from this page to the root: `../` for each folder, `./` from the root itself.
    pub fn to_root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The address as it stands in a link: everything but letters, digits and `-._~/` percent-encoded
    /// (RFC 3986 §2.1).
    pub fn encoded(&self) -> String {
        encode(&self.0)
    }

    /// The file in the output folder.
    pub fn file(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') { format!("{}index.html", self.0) } else { self.0.clone() }
    }
}

/// Percent-encodes a path.
pub(super) fn encode(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    if path.bytes().all(is_plain) {
        return path.to_owned();
    }
    let mut encoded = String::with_capacity(3 * path.len());
    for byte in path.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend(char::from_digit(u32::from(byte >> 4), 16).map(|c| c.to_ascii_uppercase()));
            encoded.extend(char::from_digit(u32::from(byte & 15), 16).map(|c| c.to_ascii_uppercase()));
        }
    }
    encoded
}

/// The path of a record's page below its language: `centres/` and `ganjiaxiang` make `centres/ganjiaxiang/`.
/// Pages of their own stand at the top.
pub fn page_path(folder: &str, id: &str) -> String {
    if folder == "pages" { format!("{id}/") } else { format!("{folder}/{id}/") }
}

/// A percent-encoded path as it reads; what is not encoded well stays as it is.
pub(crate) fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        rest = match (first, after) {
            (b'%', [high, low, after @ ..]) if digit(*high).is_some() && digit(*low).is_some() => {
                bytes.push(digit(*high).unwrap_or(0) << 4 | digit(*low).unwrap_or(0));
                after
            }
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

impl Site {
    /// The whole web address of a page or file of the site (RFC 3986).
    pub fn whole(&self, address: &Address) -> String {
        format!("{}{}", self.base_url(), address.encoded())
    }
}
