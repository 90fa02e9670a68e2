//! Looking through text for bytes that mean something in a format.
//!
//! Outputs are megabytes of short texts of which nearly all can be taken over as they are. Sixteen bytes are asked at
//! once, without a way out among them, so that the processor compares them in one step; what is left over at the end is
//! asked together with bytes before it that were asked already.

/// Whether a text has a byte for which `is_it` holds. What it compares is best joined by `|`: with `||` there is a way out
/// again.
pub(super) fn has_any(text: &str, is_it: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let any_of = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is_it(*byte));
    if let Some(last) = bytes.last_chunk::<16>() {
        return bytes.as_chunks::<16>().0.iter().any(|chunk| any_of(chunk)) || any_of(last);
    }
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => any_of(first) | any_of(last),
        _ => any_of(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for (length, at) in (0..40).flat_map(|length| (0..length).map(move |at| (length, at))) {
            let text: String = (0..length).map(|other| if other == at { ',' } else { 'a' }).collect();
            assert!(has_any(&text, |byte| byte == b','), "{text}");
            assert!(!has_any(&text, |byte| byte == b';'), "{text}");
        }
    }
}
