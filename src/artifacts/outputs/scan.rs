//! Looking through text for bytes that mean something in a format.
//!
//! Outputs are megabytes of short texts of which nearly all can be taken over as they are. Sixteen bytes are asked at
//! once, without a way out among them, so that the processor compares them in one step.

/// Whether a text has a byte for which `is_it` holds. What it compares is best joined by `|`: with `||` there is a way out
/// again.
pub(super) fn has_any(text: &str, is_it: impl Fn(u8) -> bool) -> bool {
    let (chunks, rest) = text.as_bytes().as_chunks::<16>();
    chunks.iter().any(|chunk| chunk.iter().fold(false, |any, byte| any | is_it(*byte)))
        || rest.iter().any(|b| is_it(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for at in 0..40 {
            let text: String = (0..40).map(|other| if other == at { ',' } else { 'a' }).collect();
            assert!(has_any(&text, |byte| byte == b','), "{text}");
            assert!(!has_any(&text, |byte| byte == b';'), "{text}");
        }
    }
}
