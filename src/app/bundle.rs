//! Makes one self-contained page of what Trunk leaves: a page, its styles, JavaScript glue and wasm.
//!
//! Text and bytes in, text out; the files are read and written by `src/bin/pack.rs`. Native only. It knows the
//! shape of Trunk's and wasm-bindgen's output at the pinned versions and refuses, in words, anything else. It
//! must not know what the page is about. The same input gives the same bytes: nothing is stamped with a time.

pub mod hosted;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The last line of wasm-bindgen's glue for `--target web`: it names the function that [`START`] calls. Other
/// exports (of classes) may stand above; a module inside a page exports to nobody.
const GLUE_EXPORT: &str = "export { initSync, __wbg_init as default };";

/// Starts the app from the payload inside the page. It stays in place afterwards: a page saved by the browser
/// is the document as it stands, and must start again. Failures go to the guard in `index.html`.
const START: &str = r#"
(async () => {
    if (document.documentElement.getAttribute("data-ziping") === "old") return;
    try {
        const payload = document.getElementById("ziping-wasm").textContent;
        const packed = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
        const wasm = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
        await __wbg_init({ module_or_path: new Response(wasm, { headers: { "content-type": "application/wasm" } }) });
    } catch (error) {
        window.__zipingCrash(error && error.stack ? error + "\n" + error.stack : error);
    }
})();
"#;

/// What the page is handed out as; the app reads it from `<meta name="ziping-kind">`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Served from a web site.
    Hosted,
    /// One file, saved anywhere and opened from there.
    Copy,
}

/// Trunk's page without the tags that load its files, and the names of these files.
#[derive(Debug, PartialEq, Eq)]
pub struct Loose {
    html: String,
    /// Style sheets, in the order in which they apply.
    pub styles: Vec<String>,
    /// The JavaScript glue.
    pub glue: String,
    /// The wasm.
    pub wasm: String,
}

/// The contents of the files that [`Loose`] names.
#[derive(Debug)]
pub struct Files {
    /// One text per style sheet, in order.
    pub styles: Vec<String>,
    /// The JavaScript glue.
    pub glue: String,
    /// The wasm.
    pub wasm: Vec<u8>,
    /// The same as [`gzip`] makes it: once, as both pages carry it and it takes seconds.
    pub packed: Vec<u8>,
}

/// Why a page could not be made. Each names what was found, as it means that a pinned tool has changed.
#[derive(Debug, PartialEq, Eq)]
pub enum BundleError {
    /// Text that the page must have (once) is missing or occurs more often.
    Anchor(&'static str),
    /// Trunk did not name this kind of file.
    NoFile(&'static str),
    /// A line of the glue that takes something from another file.
    GlueImport(String),
    /// The last line of the glue, where the known export was expected.
    GlueExport(String),
    /// A style sheet that would end the element it is put into.
    StyleEnd,
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anchor(text) => write!(f, "the page must contain {text:?} exactly once"),
            Self::NoFile(kind) => write!(f, "Trunk's page names no {kind}"),
            Self::GlueImport(line) => write!(
                f,
                "the JavaScript glue imports from another file, which a single page can't have \
                 (does a new dependency bring JavaScript of its own?): {line}"
            ),
            Self::GlueExport(line) => {
                write!(f, "the JavaScript glue must end in `{GLUE_EXPORT}`, found: {line}")
            }
            Self::StyleEnd => write!(f, "a style sheet contains \"</style\""),
        }
    }
}

impl std::error::Error for BundleError {}

/// Takes the tags that load Trunk's files out of its page.
pub fn take_apart(html: &str) -> Result<Loose, BundleError> {
    // Browsers read CRLF as LF, and hashes are of what they read.
    let html = html.replace("\r\n", "\n");
    let (mut kept, mut styles, mut glue, mut wasm) = (String::new(), Vec::new(), None, None);
    let html = without_loader(&html)?;
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once("<link ") {
        let (attributes, after) = after.split_once('>').ok_or(BundleError::Anchor(">"))?;
        kept.push_str(before);
        rest = after.strip_prefix('\n').unwrap_or(after);
        let href = attribute(attributes, "href").unwrap_or_default().trim_start_matches("./").to_owned();
        match attribute(attributes, "rel") {
            Some("stylesheet") => styles.push(href),
            Some("modulepreload") => glue = Some(href),
            Some("preload") => wasm = Some(href),
            _ => {
                kept.push_str("<link ");
                kept.push_str(attributes);
                kept.push_str(">\n");
            }
        }
    }
    kept.push_str(rest);
    Ok(Loose {
        html: kept,
        styles,
        glue: glue.ok_or(BundleError::NoFile("JavaScript glue"))?,
        wasm: wasm.ok_or(BundleError::NoFile("wasm"))?,
    })
}

/// Puts everything into the page, with a policy that allows just that.
pub fn page(loose: &Loose, files: &Files, kind: Kind, version: &str) -> Result<String, BundleError> {
    let styles = files.styles.join("\n");
    if styles.contains("</style") {
        return Err(BundleError::StyleEnd);
    }
    let payload = STANDARD.encode(&files.packed);
    let module = inline_module(&files.glue)?;
    let (kind, link, besides) = match kind {
        Kind::Hosted => ("hosted", hosted::MANIFEST_LINK, hosted::POLICY),
        Kind::Copy => ("copy", "", ""),
    };
    let html = insert(&loose.html, "", "</head>", &format!("{link}<style>\n{styles}</style>\n"))?;
    // At the end, so that the text before the start is painted while the payload is still coming.
    let scripts = format!(
        "<script type=\"application/octet-stream\" id=\"ziping-wasm\">{payload}</script>\n\
         <script type=\"module\">\n{module}</script>\n"
    );
    let html = insert(&html, "", "</body>", &scripts)?;
    let html = set_meta(&html, "<meta name=\"ziping-build\" content=\"", &build_mark(version, &files.wasm))?;
    let html = set_meta(&html, "<meta name=\"ziping-kind\" content=\"", kind)?;
    let mut rules = policy(&html);
    if !besides.is_empty() {
        // The icons that the manifest names are images of the page.
        rules = rules.replace("img-src data:", "img-src 'self' data:");
    }
    // A policy governs what comes after it, so it stands first; only the encoding must come earlier.
    let policy = format!("\n<meta http-equiv=\"Content-Security-Policy\" content=\"{rules}{besides}\">");
    insert(&html, "<meta charset=\"utf-8\">", "", &policy)
}

/// Version and the first eight hex digits of the wasm's SHA-256: what users compare with a published page.
pub fn build_mark(version: &str, wasm: &[u8]) -> String {
    let digits: String = Sha256::digest(wasm).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{version} {digits}")
}

/// Compressed as small as gzip can be, without a time in the header: browsers inflate no other format everywhere.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    // Writing to a `Vec` cannot fail; if it did, the page would not start and the tests would tell.
    let _ = zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, bytes, &mut packed);
    packed
}

/// The content security policy for the scripts and styles in `html`: these and nothing else, and no way out.
pub fn policy(html: &str) -> String {
    let elements = raw_elements(html);
    let hashes = |wanted: fn(&Raw) -> bool| -> String {
        elements
            .iter()
            .filter(|element| wanted(element))
            .map(|element| format!("{} ", source(element.text)))
            .collect()
    };
    let scripts = hashes(|element| element.is_program());
    let styles = hashes(|element| element.tag == "style");
    format!(
        "default-src 'none'; script-src {scripts}'wasm-unsafe-eval'; style-src {}; img-src data: blob:; \
         connect-src 'none'; base-uri 'none'; form-action 'none'",
        styles.trim_end()
    )
}

/// A script or style element: its text is not markup.
#[derive(Debug)]
struct Raw<'a> {
    tag: &'static str,
    attributes: &'a str,
    text: &'a str,
}

impl Raw<'_> {
    /// Data blocks are scripts to the parser only; they run nothing and need no permission.
    fn is_program(&self) -> bool {
        self.tag == "script" && matches!(attribute(self.attributes, "type"), None | Some("module"))
    }
}

/// All scripts and styles of a page, those in comments left out.
fn raw_elements(html: &str) -> Vec<Raw<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    loop {
        let openings = [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")];
        let next = openings
            .into_iter()
            .filter_map(|(open, close)| {
                rest.split_once(open).map(|(before, after)| (before.len(), open, close, after))
            })
            .min_by_key(|(position, ..)| *position);
        let Some((_, open, close, after)) = next else { return found };
        let Some((inside, after)) = after.split_once(close) else { return found };
        rest = after;
        let tag = open.trim_start_matches('<');
        if let (true, Some((attributes, text))) = (tag != "!--", inside.split_once('>')) {
            found.push(Raw { tag, attributes, text });
        }
    }
}

/// How a policy names an inline script or style.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Trunk's page without the script that loads the glue from a file of its own.
fn without_loader(html: &str) -> Result<String, BundleError> {
    const OPENING: &str = "<script type=\"module\">";
    let missing = BundleError::Anchor("TrunkApplicationStarted");
    let Some((before, after)) = html.split_once(OPENING) else { return Err(missing) };
    match after.split_once("</script>") {
        Some((loader, after)) if loader.contains("TrunkApplicationStarted") => {
            Ok(format!("{before}{}", after.trim_start()))
        }
        _ => Err(missing),
    }
}

/// The glue as the text of an inline module that starts the app.
fn inline_module(glue: &str) -> Result<String, BundleError> {
    let glue = glue.replace("\r\n", "\n");
    let body = glue.trim_end().strip_suffix(GLUE_EXPORT);
    let body =
        body.ok_or_else(|| BundleError::GlueExport(glue.lines().last().unwrap_or_default().to_owned()))?;
    for line in body.lines().map(str::trim_start) {
        if line.starts_with("import ") || line.starts_with("import{") || line.contains("import(") {
            return Err(BundleError::GlueImport(line.to_owned()));
        }
    }
    // Either would change how the HTML parser reads the rest of the page.
    Ok(format!("{body}{START}").replace("</script", "<\\/script").replace("<!--", "<\\!--"))
}

/// The value of an attribute written as `name="value"`.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = attributes.split_once(&format!("{name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

/// Puts `text` between `before` and `after`, one of which is empty.
fn insert(html: &str, before: &'static str, after: &'static str, text: &str) -> Result<String, BundleError> {
    let anchor = if before.is_empty() { after } else { before };
    let mut parts = html.split(anchor);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(head), Some(tail), None) => Ok(format!("{head}{before}{text}{after}{tail}")),
        _ => Err(BundleError::Anchor(anchor)),
    }
}

fn set_meta(html: &str, opening: &'static str, value: &str) -> Result<String, BundleError> {
    let (before, after) = html.split_once(opening).ok_or(BundleError::Anchor(opening))?;
    let (_, after) = after.split_once('"').ok_or(BundleError::Anchor(opening))?;
    Ok(format!("{before}{opening}{value}\"{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "let wasm;\nconst url = import.meta.url;\nconst tag = '</script>';\nasync function __wbg_init() {}\n\n\
                        export { initSync, __wbg_init as default };\n";

    fn trunk_page() -> String {
        "<html><head>\n<meta charset=\"utf-8\">\n<meta name=\"ziping-build\" content=\"\">\n\
         <meta name=\"ziping-kind\" content=\"\">\n<!-- <script>not one</script> -->\n\
         <script type=\"application/json\" id=\"ziping-report\"></script>\n<script>first();</script>\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"./b.css\"/>\n<link rel=\"stylesheet\" href=\"./a.css\"/>\n\
         <script type=\"module\">\nimport init from './x.js';\ndispatchEvent(\"TrunkApplicationStarted\");\n</script>\n\
         <link rel=\"modulepreload\" href=\"./x.js\" crossorigin=\"anonymous\">\
         <link rel=\"preload\" href=\"./x_bg.wasm\" as=\"fetch\"></head>\n<body>\n</body></html>\n"
            .to_owned()
    }

    fn files(glue: &str) -> Files {
        let wasm = b"\0asm".to_vec();
        let packed = gzip(&wasm);
        Files { styles: vec!["b{}\n".into(), "a{}\n".into()], glue: glue.into(), wasm, packed }
    }

    fn made(kind: Kind) -> String {
        page(&take_apart(&trunk_page()).unwrap(), &files(GLUE), kind, "1.2.3").unwrap()
    }

    #[test]
    fn takes_trunks_tags_out_and_leaves_the_rest() {
        let loose = take_apart(&trunk_page()).unwrap();
        assert_eq!(loose.styles, ["b.css", "a.css"]);
        assert_eq!((loose.glue.as_str(), loose.wasm.as_str()), ("x.js", "x_bg.wasm"));
        assert!(loose.html.contains("<link rel=\"icon\" href=\"data:,\">"));
        for gone in ["x.js", "wasm", "Trunk", "module", "a.css"] {
            assert!(!loose.html.contains(gone), "{gone} in {}", loose.html);
        }
    }

    #[test]
    fn the_page_is_whole_and_the_same_every_time() {
        let html = made(Kind::Copy);
        assert_eq!(html, made(Kind::Copy));
        assert!(html.contains("<style>\nb{}\n\na{}\n</style>"));
        assert!(html.contains("content=\"copy\"") && made(Kind::Hosted).contains("content=\"hosted\""));
        assert!(html.contains("content=\"1.2.3 cd5d4935\""));
        assert!(html.contains("const tag = '<\\/script>'"));
        assert!(!html.contains("export {"));
    }

    #[test]
    fn the_policy_allows_the_programs_and_not_the_data() {
        let html = made(Kind::Copy);
        let programs: Vec<_> =
            raw_elements(&html).into_iter().filter(Raw::is_program).map(|one| one.text).collect();
        assert_eq!(programs.len(), 2);
        assert_eq!(programs[0], "first();");
        assert_eq!(policy(&html).matches("'sha256-").count(), 3);
        assert!(policy(&html).contains(&source("first();")));
        // Known from `printf 'first();' | openssl dgst -sha256 -binary | base64`.
        assert_eq!(source("first();"), "'sha256-zLkkCRwXnY9Po9RpPpnc0FGgkj110bMQ+s91j2btock='");
    }

    #[test]
    fn refuses_what_the_pinned_tools_do_not_make() {
        let with = |glue: &str| {
            page(&take_apart(&trunk_page()).unwrap(), &files(glue), Kind::Copy, "1").unwrap_err()
        };
        let import = format!("import {{ a }} from './snippets/a.js';\n{GLUE}");
        assert!(matches!(with(&import), BundleError::GlueImport(line) if line.contains("snippets")));
        assert!(matches!(with("let a;"), BundleError::GlueExport(line) if line == "let a;"));
        assert_eq!(take_apart("<p>").unwrap_err(), BundleError::Anchor("TrunkApplicationStarted"));
    }
}
