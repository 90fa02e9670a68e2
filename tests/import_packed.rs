//! `import`: a folder packed as `.zip` is read like the folder, and not at all where it is not to be trusted.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;

use crate::support::*;

/// A packed folder.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn import(site: &TestSite, files: &[(&str, &[u8])], options: &[&str]) -> Said {
    fs::write(site.path("theirs.zip"), packed(files)).unwrap();
    site.call("import").lang("en").args(&[site.path("theirs.zip").to_str().unwrap()]).args(options).run()
}

/// The files of the package of another program.
fn valley() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/valley");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())).collect()
}

#[test]
fn a_packed_folder_is_read_like_the_folder_wherever_it_begins_and_also_without_a_description() {
    let area = ["--area", "jiefang", "--write"];
    let known = TestSite::minimal();
    let package = format!("{}/tests/import/valley/datapackage.json", env!("CARGO_MANIFEST_DIR"));
    known.call("import").args(&[&package]).args(&area).expect_code(0);
    let texts = |site: &TestSite| -> Vec<(String, String)> {
        [
            "centres/xiguwenhuazhan.yaml",
            "centres/xikoufenzhan.yaml",
            "programmes/xiguwenhuazhan.yaml",
            "programmes/xikoufenzhan.yaml",
        ]
        .map(|path| (path.to_owned(), fs::read_to_string(site.path(&format!("content/{path}"))).unwrap()))
        .to_vec()
    };
    for (before, is_described) in [("", true), ("valley/", true), ("data/valley/", false)] {
        let site = TestSite::minimal();
        let files: Vec<(String, Vec<u8>)> = valley()
            .into_iter()
            .filter(|(name, _)| is_described || name != "datapackage.json")
            .map(|(name, bytes)| (format!("{before}{name}"), bytes))
            .chain([("__MACOSX/._x.csv".to_owned(), b"x".to_vec()), ("README.md".to_owned(), b"# Valley".to_vec())])
            .collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let said = import(&site, &files, &area);
        assert_eq!(said.code, Some(0), "{before}: {}", said.stderr);
        assert_eq!(texts(&known), texts(&site), "{before}");
    }
}

#[test]
fn the_one_file_of_a_packed_folder_is_read_as_itself() {
    let site = TestSite::minimal();
    let list = "名称,地址\n东门驿站,解放社区东门\n西门驿站,\n".as_bytes();
    let said = import(&site, &[("lists/list.csv", list), ("lists/notes.pdf", b"%PDF")], &["--area", "jiefang"]);
    assert!(said.stdout.contains("解放社区东门"), "{}", said.stderr);
    assert!(said.stderr.contains("--> list.csv:B3"), "{}", said.stderr);
}

#[test]
fn what_is_not_to_be_trusted_is_not_read() {
    let site = TestSite::minimal();
    let list = "名称,地址\n东门驿站,解放社区东门\n".as_bytes();
    let many: Vec<String> = (0..1001).map(|number| format!("{number}.csv")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), list)).collect();
    let dense = vec![b' '; 20_000_000];
    for (files, why) in [
        (&[("../list.csv", list)][..], "it has names that lead out of its folder"),
        (&[("lists/../../list.csv", list)], "it has names that lead out of its folder"),
        (
            &[("list.csv", list), ("dense.csv", &*dense)],
            "unpacked it has more than 200 MB, or 200 times as much as packed",
        ),
        (&many, "it has more than 1,000 files"),
        (&[("a.csv", list), ("b.csv", list)], "it has several files that can be imported"),
        (&[("a.pdf", b"%PDF")], "it has no file that can be imported"),
    ] {
        let said = import(&site, files, &["--area", "jiefang", "--write"]);
        assert_eq!(said.code, Some(1), "{why}: {}", said.stderr);
        assert!(
            said.stderr.contains(&format!("error[NB0867]: nothing was read of this .zip: {why}")),
            "{}",
            said.stderr
        );
        assert!(!site.path("content/centres/dongmenyizhan.yaml").exists());
    }
    fs::write(site.path("theirs.zip"), &packed(&[("list.csv", list)])[..60]).unwrap();
    let said = site.call("import").lang("en").args(&[site.path("theirs.zip").to_str().unwrap()]).run();
    assert!(said.stderr.contains("it is damaged, or no .zip at all"), "{}", said.stderr);
}
