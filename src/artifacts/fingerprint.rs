//! Fingerprints: what tells two contents, or two sets of inputs, apart without keeping them.
//!
//! In: bytes. Out: 128 bits of BLAKE3, written as 32 hexadecimal digits. Half of BLAKE3's usual length, because the
//! manifest holds two of them for each file and nobody gains from forging one.

use std::{fmt, io};

/// The fingerprint of some bytes. Equal fingerprints are taken for equal bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of one run of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::finish(blake3::Hasher::new().update(bytes))
    }

    /// The fingerprint of several parts in order; where one part ends and the next begins counts too.
    pub fn of_all<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            let part = part.as_ref();
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        Self::finish(&hasher)
    }

    /// The fingerprint of everything a reader gives.
    pub(crate) fn of_reader(reader: impl io::Read) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(reader)?;
        Ok(Self::finish(&hasher))
    }

    /// Reads what `Display` wrote.
    pub(crate) fn parse(hex: &str) -> Option<Self> {
        let digits = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u128::from_str_radix(hex, 16).ok()).flatten().map(Self)
    }

    fn finish(hasher: &blake3::Hasher) -> Self {
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        Self(u128::from_be_bytes(bytes))
    }
}

/// A number in 32 hexadecimal digits: each file has two in the manifest and many have some in them, for which `{:032x}` is
/// slow.
pub(super) fn hexadecimal(number: u128) -> String {
    let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' - 10 + half };
    let mut text = [b'0'; 32];
    let pairs = text.as_chunks_mut().0.iter_mut().zip(number.to_be_bytes());
    pairs.for_each(|(pair, byte)| *pair = [digit(byte >> 4), digit(byte & 0xf)]);
    String::from_utf8(text.to_vec()).unwrap_or_default()
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
