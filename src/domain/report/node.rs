//! A tree of elements and texts: what the report is made of once it has a form.
//!
//! One printer ([`super::html`]) writes it into a file, one walker in the page builds it as DOM nodes, so that
//! preview, print and file cannot drift apart. It must not know blocks, documents or a browser. Tag and attribute
//! names are `&'static str`: they can only be words of this program, never data; data are texts and attribute values.

/// An element or a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Node {
    /// `<tag attrs>children</tag>`.
    Element {
        /// The element's name; one of [`TAGS`].
        tag: &'static str,
        /// Names, out of [`ATTRIBUTES`], with their values, in the order in which they are written.
        attrs: Vec<(&'static str, String)>,
        /// What stands inside.
        children: Vec<Node>,
    },
    /// Plain text. Whoever writes it out escapes it.
    Text(String),
}

/// All elements that a report is made of. None of them can run, load or embed anything.
pub const TAGS: [&str; 21] = [
    "a", "br", "caption", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "hr", "p", "span", "table",
    "tbody", "td", "th", "thead", "tr",
];

/// All attributes that a report carries. `href` only ever points into the report itself. No `style`: the page's
/// content security policy forbids it.
pub const ATTRIBUTES: [&str; 9] =
    ["aria-labelledby", "class", "colspan", "href", "id", "role", "rowspan", "scope", "tabindex"];

/// Elements that have no end tag and no children.
const VOID: [&str; 2] = ["br", "hr"];

impl Node {
    /// An element without attributes.
    #[must_use]
    pub fn new(tag: &'static str, children: Vec<Node>) -> Node {
        Node::Element { tag, attrs: Vec::new(), children }
    }

    /// An element with a class, the usual case.
    #[must_use]
    pub fn classed(tag: &'static str, class: &str, children: Vec<Node>) -> Node {
        Node::new(tag, children).with("class", class)
    }

    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Node {
        Node::Text(text.into())
    }

    /// The same element with one attribute more. A text stays as it is.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<String>) -> Node {
        match self {
            Node::Element { tag, mut attrs, children } => {
                attrs.push((name, value.into()));
                Node::Element { tag, attrs, children }
            }
            text @ Node::Text(_) => text,
        }
    }

    /// Whether an element of this name is written without an end tag.
    #[must_use]
    pub fn is_void(tag: &str) -> bool {
        VOID.contains(&tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_their_order() {
        let node = Node::classed("th", "x", vec![Node::text("甲")]).with("scope", "col");
        let Node::Element { attrs, .. } = node else { panic!("an element stays an element") };
        assert_eq!(attrs, [("class", "x".to_owned()), ("scope", "col".to_owned())]);
        assert_eq!(Node::text("甲").with("class", "x"), Node::text("甲"));
    }
}
