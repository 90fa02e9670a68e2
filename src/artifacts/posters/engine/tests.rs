//! What callers of the engine rely on: places of problems, the same bytes, no input but what is given.

use std::thread;

use super::super::problem::PosterSeverity;
use super::*;

const REGULAR: &[u8] = include_bytes!("../../../../themes/civic/fonts/NotoSansCJKsc-Regular.otf");
const SHEET: &str = "#set document(title: \"周表\")\n#set text(font: \"Noto Sans CJK SC\", lang: \"zh\")\n";

fn engine(body: &str) -> PosterEngine {
    PosterEngine::new([REGULAR], [("/posters/sheet.typ", format!("{SHEET}{body}").into_bytes())]).unwrap()
}

fn job(data: &str) -> PosterJob<'static> {
    PosterJob {
        template: "/posters/sheet.typ",
        data: data.as_bytes().to_vec(),
        assets: Vec::new(),
        today: jiff::civil::date(2026, 9, 1),
        vertical: false,
        id: "posters/sheet",
        makes: Makes { pdf: true, ..Makes::NOTHING },
    }
}

/// Typst recurses deeply; the stack of a test thread is too small for it.
fn render(engine: &PosterEngine, data: &str) -> Result<Pdf, Vec<PosterProblem>> {
    let data = data.to_owned();
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK_SIZE);
        thread.spawn_scoped(scope, || engine.render(job(&data))).unwrap().join().unwrap()
    })
}

#[test]
fn the_same_input_is_the_same_file_to_the_byte() {
    let engine_a = engine("= #json(\"/data.json\").title");
    let engine_b = engine("= #json(\"/data.json\").title");
    let data = r#"{"title": "法律坐诊 14:30"}"#;
    let first = render(&engine_a, data).unwrap();
    assert!(first.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!((first.pages, &first.warnings), (1, &Vec::new()));
    render(&engine_a, r#"{"title": "剪纸课堂"}"#).unwrap();
    assert_eq!(render(&engine_a, data).unwrap(), first);
    assert_eq!(render(&engine_b, data).unwrap(), first);
}

#[test]
fn a_missing_file_is_named_at_the_place_that_asks_for_it() {
    let problems = render(&engine("#image(\"/qr.svg\", alt: \"二维码\")"), "{}").unwrap_err();
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.file.as_str(), problem.line, problem.column), ("/posters/sheet.typ", 3, 8));
    assert!(problem.message.contains("file not found (searched at /qr.svg)"), "{}", problem.message);
}

#[test]
fn a_broken_template_is_an_error_with_its_line() {
    let problems = render(&engine("文字\n\n#let x = (1 +"), "{}").unwrap_err();
    let [problem, ..] = problems.as_slice() else { panic!("no problem") };
    assert_eq!((problem.file.as_str(), problem.line), ("/posters/sheet.typ", 5));
    assert_eq!(problem.severity, PosterSeverity::Error);
}

#[test]
fn an_unknown_template_and_a_package_are_refused() {
    let mut unknown = job("{}");
    unknown.template = "/posters/none.typ";
    let problems = engine("").render(unknown).unwrap_err();
    assert_eq!(problems, [PosterProblem::about("/posters/none.typ", "the theme has no such template")]);

    let problems = render(&engine("#import \"@preview/cetz:0.3.0\""), "{}").unwrap_err();
    assert!(problems.iter().any(|problem| problem.message.contains("package not found")), "{problems:?}");
}

#[test]
fn a_character_without_a_glyph_fails_and_can_be_asked_for_before() {
    let engine = engine("= #json(\"/data.json\").title");
    assert_eq!(engine.missing_characters("周一 ☃ 𰻞𰻞面"), ['𰻞']);
    let problems = render(&engine, r#"{"title": "𰻞面"}"#).unwrap_err();
    assert!(problems.iter().any(|problem| problem.message.contains("could not be displayed")), "{problems:?}");
}

/// A sheet of the theme that says, for names of every length, whether the band and the foot hold what stands in them.
const BAND_AND_FOOT: &str = r#"
#import "/posters/lib.typ": *
#let data = json("/data.json")
#show: sheet.with(data)
#for name in ("甘", "Committee ", "ᠮᠣᠩᠭᠣᠯ ") {
  for count in (8, 50, 150) {
    for (paper, distance) in (("a1-landscape", 1.5), ("a4", 1.0), ("a5", 0.4)) {
      let long = (text: name * count, lang: none)
      let data = data + (paper: paper, distance: distance, issuer: long, title: long, kicker: (text: "中心", lang: none))
      let m = measures(data)
      context {
        let where = name + str(count) + " on " + paper + " at " + str(distance)
        let foot = measure(width: m.foot-width, foot-content(data, m)).height
        assert(foot <= m.foot-line, message: "foot: " + where)
        let band = measure(width: m.head-width, band-words(data, m)).height
        assert(band <= m.band, message: "band: " + where + repr(band) + repr(m.band))
      }
    }
  }
}
"#;

#[test]
fn the_band_and_the_foot_of_a_sheet_are_as_high_as_long_names_need() {
    const LIB: [(&str, &[u8]); 8] = [
        ("/posters/lib.typ", include_bytes!("../../../../themes/civic/posters/lib.typ")),
        ("/posters/lib/beside.typ", include_bytes!("../../../../themes/civic/posters/lib/beside.typ")),
        ("/posters/lib/blocks.typ", include_bytes!("../../../../themes/civic/posters/lib/blocks.typ")),
        ("/posters/lib/colour.typ", include_bytes!("../../../../themes/civic/posters/lib/colour.typ")),
        ("/posters/lib/fitting.typ", include_bytes!("../../../../themes/civic/posters/lib/fitting.typ")),
        ("/posters/lib/frame.typ", include_bytes!("../../../../themes/civic/posters/lib/frame.typ")),
        ("/posters/lib/measures.typ", include_bytes!("../../../../themes/civic/posters/lib/measures.typ")),
        ("/posters/lib/text.typ", include_bytes!("../../../../themes/civic/posters/lib/text.typ")),
    ];
    const MONGOLIAN: &[u8] = include_bytes!("../../../../themes/civic/fonts/NotoSansMongolian-Regular.ttf");
    let files = LIB.into_iter().chain([("/posters/sheet.typ", BAND_AND_FOOT.as_bytes())]);
    let engine = PosterEngine::new([REGULAR, MONGOLIAN], files).unwrap();
    let data = r#"{"lang": "zh-Hans", "region": "CN", "paper": "a4", "distance": 0.4, "large": false, "bleed": 0,
        "title": {"text": "周表", "lang": null}, "kicker": null, "issuer": {"text": "中心", "lang": null},
        "valid": {"text": "2026年9月1日至2027年1月15日"}, "until": "2027年1月15日", "made": "2026年11月24日",
        "version": "829eb6", "url": "https://example.org/p/a/", "address": "example.org/p/a/",
        "labels": {"issuer": "发布", "until": "有效至", "made": "制表", "version": "版本", "website": "网址",
            "valid": "适用时间", "scan": "扫码看最新安排", "page": "第 {n} 页，共 {m} 页"}}"#;
    let mut job = job(data);
    job.assets = vec![("/qr.svg".to_owned(), crate::artifacts::posters::qr_svg("a").unwrap().into_bytes())];
    assert_eq!(engine.render(job).err(), None);
}

#[test]
fn an_engine_may_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<PosterEngine>();
}
