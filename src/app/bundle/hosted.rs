//! What stands beside the hosted page: the service worker, the manifest, the icon.
//!
//! Must not know what the page is about beyond its name.

/// The element that leads to the manifest; the copy to save has none.
pub(super) const MANIFEST_LINK: &str = "<link rel=\"manifest\" href=\"manifest.webmanifest\">\n";
/// What the policy of the hosted page allows besides.
pub(super) const POLICY: &str = "; manifest-src 'self'; worker-src 'self'";

/// Names and texts of the files, for a build as [`super::build_mark`] names it.
pub fn files(build: &str) -> [(&'static str, String); 3] {
    [
        ("sw.js", include_str!("sw.js").replace("@BUILD@", &build.replace(' ', "-"))),
        ("manifest.webmanifest", MANIFEST.to_owned()),
        ("icon.svg", include_str!("icon.svg").to_owned()),
    ]
}

const MANIFEST: &str = r##"{
  "name": "自评通 — 部门整体支出绩效自评",
  "short_name": "自评通",
  "description": "填写、核对、打印部门整体支出绩效自评报告。数据只在本机。",
  "lang": "zh-CN",
  "id": "./",
  "start_url": "./",
  "scope": "./",
  "display": "standalone",
  "background_color": "#ffffff",
  "theme_color": "#1d4e89",
  "icons": [
    { "src": "icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" },
    { "src": "icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "maskable" }
  ]
}
"##;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_has_the_name_of_the_build_and_the_manifest_is_json() {
        let [(_, worker), (_, manifest), (_, icon)] = files("1.2.3 cd5d4935");
        assert!(worker.contains("\"ziping-1.2.3-cd5d4935\"") && !worker.contains('@'));
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["start_url"], "./");
        assert!(icon.starts_with("<svg"));
    }
}
