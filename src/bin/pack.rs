//! Packs what Trunk built into the two artefacts; Trunk's post_build hook runs it.
//!
//! `pack [--keep DIR] [DIR]`: DIR is the folder to pack, by default Trunk's staging folder; `--keep` first
//! copies it as it is. Only reads and writes files: what a page is made of is `ziping::app::bundle`'s affair.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match native::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pack: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::path::{Path, PathBuf};
    use std::{env, fs, io};

    use ziping::app::bundle::{self, Files, Kind};

    type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

    pub fn run() -> Result<()> {
        let (folder, keep) = arguments()?;
        if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug") {
            // `trunk serve` reloads the page from Trunk's own files.
            return Ok(());
        }
        if let Some(keep) = keep {
            copy_folder(&folder, &keep)?;
        }
        pack(&folder)
    }

    fn arguments() -> Result<(PathBuf, Option<PathBuf>)> {
        let (mut folder, mut keep) = (env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from), None);
        let mut arguments = env::args_os().skip(1);
        while let Some(argument) = arguments.next() {
            if argument == "--keep" {
                keep = Some(arguments.next().ok_or("--keep needs a folder")?.into());
            } else {
                folder = Some(argument.into());
            }
        }
        Ok((folder.ok_or("no folder given, and TRUNK_STAGING_DIR is not set")?, keep))
    }

    fn pack(folder: &Path) -> Result<()> {
        if folder.join("snippets").exists() {
            return Err(
                "a dependency brings JavaScript files (snippets/), which a single page can't have".into()
            );
        }
        let loose = bundle::take_apart(&read_text(&folder.join("index.html"))?)?;
        let wasm = fs::read(folder.join(&loose.wasm)).map_err(|error| format!("{}: {error}", loose.wasm))?;
        let files = Files {
            styles: loose.styles.iter().map(|name| read_text(&folder.join(name))).collect::<Result<_>>()?,
            glue: read_text(&folder.join(&loose.glue))?,
            packed: bundle::gzip(&wasm),
            wasm,
        };
        for (name, kind) in [("index.html", Kind::Hosted), ("ziping.html", Kind::Copy)] {
            let html = bundle::page(&loose, &files, kind, env!("CARGO_PKG_VERSION"))?;
            fs::write(folder.join(name), &html)?;
            report(name, html.as_bytes());
        }
        let build = bundle::build_mark(env!("CARGO_PKG_VERSION"), &files.wasm);
        for (name, bytes) in bundle::hosted::files(&build) {
            fs::write(folder.join(name), &bytes)?;
            report(name, &bytes);
        }
        let schema = ziping::app::schema::json();
        fs::write(folder.join("ziping.schema.json"), &schema)?;
        report("ziping.schema.json", schema.as_bytes());
        let scoring = ziping::app::score_schema::json();
        fs::write(folder.join("ziping-scoring.schema.json"), &scoring)?;
        report("ziping-scoring.schema.json", scoring.as_bytes());
        report("wasm inside", &files.wasm);
        report("wasm inside, packed", &files.packed);
        for name in loose.styles.iter().chain([&loose.glue, &loose.wasm]) {
            fs::remove_file(folder.join(name))?;
        }
        Ok(())
    }

    fn report(name: &str, bytes: &[u8]) {
        println!("{name}: {} bytes", bytes.len());
    }

    fn read_text(path: &Path) -> Result<String> {
        Ok(fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    /// Trunk's staging folder is flat, so this copies files only.
    fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
        if to.exists() {
            fs::remove_dir_all(to)?;
        }
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
        Ok(())
    }
}
