//! Finds the array of rows inside one object that wraps it, as in `{"total": 2, "items": [{…}, {…}]}`.

/// The key and the place after the bracket of the first array of objects that is a member of the object at the start
/// of `bytes`; only the array under `key`, where one is named.
pub fn find_items(bytes: &[u8], key: Option<&str>) -> Option<(String, usize)> {
    let mut depth = 0usize;
    let mut name: &[u8] = b"";
    let mut is_value = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let len = string_len(&bytes[at..])?;
                if depth == 1 && !is_value {
                    name = &bytes[at..at + len];
                }
                at += len;
                continue;
            }
            b':' if depth == 1 => is_value = true,
            b',' if depth == 1 => is_value = false,
            b'[' if depth == 1 && is_value => {
                let found: String = serde_json::from_slice(name).ok()?;
                let wanted = match key {
                    Some(key) => key == found,
                    None => bytes[at + 1..].trim_ascii_start().starts_with(b"{"),
                };
                if wanted {
                    return Some((found, at + 1));
                }
                depth += 1;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of the string at the start of `bytes`, quotes included.
fn string_len(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_array_of_objects_is_found() {
        let text = br#"{"a": "x: [{", "tags": ["b"], "deep": {"items": [{}]}, "items" : [ {"id": 1}]}"#;
        let (key, at) = find_items(text, None).unwrap();
        assert_eq!((key.as_str(), &text[at..at + 3]), ("items", &b" {\""[..]));
        assert_eq!(find_items(text, Some("tags")).unwrap().0, "tags");
        assert_eq!(find_items(text, Some("deep")), None);
        assert_eq!(find_items(br#"{"a": "never closed"#, None), None);
    }
}
