"""Every PDF of the site: PDF/UA-1 and PDF/A-2a, and what those leave open.

    .test-tools/py/bin/python tests/judges/pdf.py DIR

Nine checks a file: both conformance profiles (page-validation), the structure (qpdf), a title and a language,
every font embedded with its way back to Unicode, text that can be copied out, and how its lines are set
(typesetting.py): where they are broken, figures of times, last lines of titles. A folder without PDFs is left alone:
themes are worked on with `--posters none`.
"""

import io
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import page
import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen

import typesetting
from typesetting import widths_said

PROFILES = {
    "PDF/UA-1": page.ValidationProfile.PDF_UA_1,
    "PDF/A-2a": page.ValidationProfile.PDF_A_2A,
}


def conformance(path: Path, profile: page.ValidationProfile) -> list[str]:
    report = page.validate_pdf(path, profile=profile)
    failures = list(report.failures)
    # page-validation reads a width of 0 for glyphs of CID-keyed CFF fonts (Noto Sans CJK) whose width is the
    # font's default. Such a finding is dropped when fontTools finds every width of every such font right.
    doubtful = [f for f in failures if "GLYPH-WIDTH" in f.rule_id and "CIDFontType0C" in f.message]
    if doubtful and not wrong_widths(path):
        failures = [f for f in failures if f not in doubtful]
    elif report.is_compliant != (not failures):
        return [f"the verdict ({report.is_compliant}) and the findings do not agree"]
    # It also takes a line end that is part of the data, as a compressed stream may end, for none of the data.
    failures = [f for f in failures if "STREAM-LENGTH" not in f.rule_id or wrong_lengths(path)]
    return [f"{f.rule_id}: {f.message}" for f in failures]


def wrong_lengths(path: Path) -> list[int]:
    """Where streams begin that are not followed by `endstream` after /Length bytes (ISO 32000-1 §7.3.8.1)."""
    data = path.read_bytes()
    streams = re.finditer(rb"/Length (\d+)\b(?! \d+ R)[^>]*(?:>[^>]+)*>>\s*stream\r?\n", data)
    return [s.start() for s in streams if not re.match(rb"\r?\n?endstream", data[s.end() + int(s[1]) :][:12])]


def wrong_widths(path: Path) -> list[str]:
    """Glyphs of CID-keyed CFF fonts whose width in the font differs from /W and /DW by more than a unit."""
    wrong = []
    with pikepdf.open(path) as pdf:
        for font in pdf.objects:
            if not (isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/CIDFontType0"):
                continue
            said = widths_said(font)
            default = float(font.get("/DW", 1000))
            for cid, actual in widths_of_program(font.FontDescriptor.FontFile3.read_bytes()).items():
                if abs(said.get(cid, default) - actual) > 1:
                    wrong.append(f"{font.BaseFont} CID {cid}: {actual} in the font, {said.get(cid, default)} in /W")
    return wrong


def widths_of_program(program: bytes) -> dict[int, float]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    top = fonts[0]
    matrix = getattr(top, "FontMatrix", [0.001])
    widths = {}
    for name in top.getGlyphOrder()[1:]:
        glyph = top.CharStrings[name]
        glyph.draw(NullPen())
        widths[int(name.removeprefix("cid"))] = glyph.width * matrix[0] * 1000
    return widths


def structure(path: Path) -> list[str]:
    run = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    return [] if run.returncode == 0 else (run.stdout + run.stderr).strip().splitlines()[-4:]


def title_and_language(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        title = str(pdf.docinfo.get("/Title", "")).strip()
        shown = pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)
        language = str(pdf.Root.get("/Lang", "")).strip()
    problems = []
    if not title:
        problems.append("no title")
    if not shown:
        problems.append("the title is not shown in the window (DisplayDocTitle)")
    if not language:
        problems.append("no language")
    return problems


def fonts(path: Path) -> list[str]:
    run = subprocess.run(["pdffonts", path], capture_output=True, text=True)
    problems = [] if run.returncode == 0 else [run.stderr.strip()]
    for line in run.stdout.splitlines()[2:]:
        embedded, _subset, unicode = line.split()[-5:-2]
        if embedded != "yes":
            problems.append(f"not embedded: {line.split()[0]}")
        if unicode != "yes":
            problems.append(f"no way back to Unicode: {line.split()[0]}")
    return problems


def text(path: Path) -> list[str]:
    run = subprocess.run(["pdftotext", "-q", path, "-"], capture_output=True, text=True)
    extracted = "".join(run.stdout.split())
    if run.returncode != 0 or not extracted:
        return ["no text can be copied out"]
    return ["copied text holds characters that stand for nothing (U+FFFD)"] if "\ufffd" in extracted else []


def judge(path: Path) -> list[tuple[str, list[str]]]:
    checks = {name: (lambda p, profile=profile: conformance(p, profile)) for name, profile in PROFILES.items()}
    checks |= {"structure": structure, "title and language": title_and_language, "fonts": fonts, "text": text}
    checks |= typesetting.CHECKS
    results = []
    for name, check in checks.items():
        try:
            results.append((name, check(path)))
        except Exception as error:  # a PDF that a checker cannot read has failed the check
            results.append((name, [f"{type(error).__name__}: {error}"]))
    return results


def main() -> int:
    folder = Path(sys.argv[1])
    paths = sorted(folder.rglob("*.pdf"))
    passed = failed = 0
    with ProcessPoolExecutor() as pool:
        for path, results in zip(paths, pool.map(judge, paths, chunksize=4)):
            for name, problems in results:
                if not problems:
                    passed += 1
                    continue
                failed += 1
                print(f"✗ {path.relative_to(folder)}: {name}")
                for problem in problems:
                    print(f"    {problem}")
    if not paths:
        print("no PDF in the folder")
    print(f"counted passed={passed} failed={failed} skipped={0 if paths else 1}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
