//! What stands beside the hosted page: the service worker, the manifest, the icon.
//!
//! Must not know what the page is about beyond its name.

/// The element that leads to the manifest; the copy to save has none.
pub(super) const MANIFEST_LINK: &str = "<link rel=\"manifest\" href=\"manifest.webmanifest\">\n";
/// What the policy of the hosted page allows besides.
pub(super) const POLICY: &str = "; manifest-src 'self'; worker-src 'self'";

/// Names and contents of the files, for a build as [`super::build_mark`] names it.
pub fn files(build: &str) -> [(&'static str, Vec<u8>); 5] {
    let worker = include_str!("sw.js").replace("@BUILD@", &build.replace(' ', "-"));
    [
        ("sw.js", worker.into_bytes()),
        ("manifest.webmanifest", MANIFEST.into()),
        ("icon.svg", include_bytes!("icon.svg").to_vec()),
        // Browsers install nothing without these; drawn after the other.
        ("icon-192.png", include_bytes!("icon-192.png").to_vec()),
        ("icon-512.png", include_bytes!("icon-512.png").to_vec()),
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
    { "src": "icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any" },
    { "src": "icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any" },
    { "src": "icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable" }
  ]
}
"##;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_has_the_name_of_the_build_and_the_manifest_is_json() {
        let [(_, worker), (_, manifest), ..] = files("1.2.3 cd5d4935");
        let worker = String::from_utf8(worker).unwrap();
        assert!(worker.contains("\"ziping-1.2.3-cd5d4935\"") && !worker.contains('@'));
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        assert_eq!(manifest["start_url"], "./");
        for icon in manifest["icons"].as_array().unwrap() {
            let name = icon["src"].as_str().unwrap();
            assert!(files("1").iter().any(|(file, _)| *file == name), "{name}");
        }
    }
}
