//! Reads the little of HTML that tests need.

/// The value of `attribute` in the first tag that contains `mark`.
pub(crate) fn attribute(html: &str, mark: &str, attribute: &str) -> Option<String> {
    let tag = html.split('<').find(|tag| tag.contains(mark))?;
    let tag = tag.split('>').next()?;
    let (_, rest) = tag.split_once(&format!("{attribute}=\""))?;
    rest.split('"').next().map(ToOwned::to_owned)
}
