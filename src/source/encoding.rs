//! Files that are not UTF-8: which encoding they are in, and their text.
//!
//! Chinese Windows saves as GBK, Notepad as UTF-16, and files from Hong Kong and Taiwan come in Big5. A file in one of
//! these is read, so that everything else that is wrong with it is said too, and `noticeboard fix` can write it again.
//! What is none of them for certain is left as it is.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_16BE, UTF_16LE};

/// A text that was in another encoding than UTF-8.
pub(super) struct Decoded {
    /// The encoding's name.
    pub(super) name: &'static str,
    /// The text, if every byte of it is one of the encoding's.
    pub(super) text: Option<String>,
}

/// Guesses the encoding of bytes that are not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, name) = guess(bytes)?;
    let (text, _, wrong) = encoding.decode(bytes);
    let readable = !wrong && !text.contains(|c: char| c == '\0' || ('\u{e000}'..='\u{f8ff}').contains(&c));
    Some(Decoded { name, text: readable.then(|| text.into_owned()) })
}

/// The text of bytes in whatever encoding they are in, without a byte order mark; nothing if that cannot be told.
pub(crate) fn decoded(bytes: &[u8]) -> Option<String> {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(plain) {
        Ok(text) if !text.contains('\0') => Some(text.to_owned()),
        _ => decode(bytes)?.text,
    }
}

fn guess(bytes: &[u8]) -> Option<(&'static Encoding, &'static str)> {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return (marked == UTF_16LE || marked == UTF_16BE).then_some((marked, "UTF-16"));
    }
    // ASCII in UTF-16 has a zero in every other byte.
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let most = bytes.len() / 8;
    match (zeros(0), zeros(1)) {
        (even, odd) if odd > most && odd > even * 4 => return Some((UTF_16LE, "UTF-16")),
        (even, odd) if even > most && even > odd * 4 => return Some((UTF_16BE, "UTF-16")),
        (0, 0) => {}
        _ => return None,
    }
    if !pairs(bytes) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    match guessed {
        encoding if encoding == BIG5 && !GBK.decode(bytes).2 && few(bytes) => Some((GB18030, "GBK")),
        encoding if encoding == BIG5 => Some((BIG5, "Big5")),
        _ if !GB18030.decode(bytes).2 => Some((GB18030, if four_bytes(bytes) { "GB18030" } else { "GBK" })),
        _ if !BIG5.decode(bytes).2 => Some((BIG5, "Big5")),
        _ => None,
    }
}

/// Whether the bytes above ASCII come as they do in GBK, GB18030 and Big5.
fn pairs(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        match byte {
            0..=0x7f => {}
            0x81..=0xfe if rest.next().is_some_and(|b| (0x30..=0xfe).contains(b) && *b != 0x7f) => {}
            _ => return false,
        }
    }
    true
}

/// Whether there are too few characters for a guess between two encodings that fit.
fn few(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| **byte > 0x7f).count() < 16
}

/// Whether a character of four bytes occurs, which GBK does not have.
fn four_bytes(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|four| matches!(four, [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_chinese_files_are_told_apart() {
        let text = "name: 甘家巷社区党群服务中心\naddress: 解放路1号，电话请打前台\nkind: community-centre\n";
        for (encoding, name) in [(GBK, "GBK"), (GB18030, "GBK")] {
            let decoded = decode(&encoding.encode(text).0).unwrap();
            assert_eq!((decoded.name, decoded.text.as_deref()), (name, Some(text)));
        }
        let traditional = "name: 香港社區服務中心\naddress: 請帶身份證明文件到櫃檯辦理，電話請打總機\n";
        let decoded = decode(&BIG5.encode(traditional).0).unwrap();
        assert_eq!((decoded.name, decoded.text.as_deref()), ("Big5", Some(traditional)));
        for marked in [true, false] {
            let start: Vec<u16> = if marked { vec![0xfeff] } else { Vec::new() };
            let bytes: Vec<u8> = start.into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.name, decoded.text.as_deref()), ("UTF-16", Some(text)));
        }
        let rare = "name: 㐀𠀀社区\naddress: 解放路1号\n";
        let decoded = decode(&GB18030.encode(rare).0).unwrap();
        assert_eq!((decoded.name, decoded.text.as_deref()), ("GB18030", Some(rare)));
    }

    #[test]
    fn bytes_that_are_none_of_them_are_left_alone() {
        assert!(decode(b"a \xff b").is_none());
        assert!(decode("café".as_bytes().get(..4).unwrap()).is_none());
    }
}
