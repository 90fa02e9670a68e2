"""Makes bad PDFs out of the good one, each with one fault.

    spoil.py GOOD.pdf OUT

prints one line a file: its name, a tab, what the judge must say of it.
"""

import sys
from pathlib import Path

import pikepdf

sys.path.insert(0, str(Path(__file__).parent.parent))
from typesetting import Font  # noqa: E402


def no_title(pdf):
    del pdf.docinfo["/Title"]


def no_language(pdf):
    del pdf.Root["/Lang"]


def untagged(pdf):
    del pdf.Root["/StructTreeRoot"]


def not_archival(pdf):
    """An archive must not depend on a program."""
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")


def cid_fonts(pdf):
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/CIDFontType0"]


def font_left_out(pdf):
    for font in cid_fonts(pdf):
        del font.FontDescriptor["/FontFile3"]


def wrong_width(pdf):
    """One real fault among the false ones, so that the second opinion is tried too."""
    font = cid_fonts(pdf)[0]
    font.W = pikepdf.Array([*font.W, 2, 2, 731])


def no_text(pdf):
    for page in pdf.pages:
        page.Contents = pdf.make_stream(b"")


def broken_before(pdf, letter, within):
    """Lets a line end before a letter of the first piece of text that holds both: what follows goes down a line."""
    for page in pdf.pages:
        fonts = {key: Font(font) for key, font in page.Resources.Font.items()}
        done, font = [], None
        found = False
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = fonts[str(operands[0])]
            if str(operator) in ("Tj", "TJ") and not found:
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                shown = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
                text = [glyph.text for glyph in font.glyphs(shown)]
                if within in "".join(text) and letter in text[1:]:
                    cut = 2 * (1 + text[1:].index(letter))
                    done += [([pikepdf.String(shown[:cut])], pikepdf.Operator("Tj"))]
                    done += [([0, -30], pikepdf.Operator("Td"))]
                    operands, operator = [pikepdf.String(shown[cut:])], pikepdf.Operator("Tj")
                    found = True
            done.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(done))
        if found:
            return
    raise SystemExit(f"no {letter} in {within}")


def comma_first(pdf):
    broken_before(pdf, "，", within="开放时间")


def bracket_last(pdf):
    for stream in pdf.objects:
        if isinstance(stream, pikepdf.Stream) and b"beginbfchar" in (data := stream.read_bytes()):
            stream.write(data.replace(b"<3002>", b"<FF08>"))
    broken_before(pdf, "fi", within="（fi")


def letter_alone(pdf):
    broken_before(pdf, "划", within="每周服务计划")


def wide_nine(pdf):
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0":
            for code, text in Font(font).texts.items():
                if text == "9":
                    font.DescendantFonts[0].W = pikepdf.Array([*font.DescendantFonts[0].W, code, code, 700])


FAULTS = {
    no_title: "no title",
    no_language: "no language",
    untagged: "PDFUA1-STRUCT-TREE-ROOT",
    not_archival: "PDF/A-2a",
    font_left_out: "not embedded",
    wrong_width: "GLYPH-WIDTH",
    no_text: "no text can be copied out",
    comma_first: "a line begins with ，",
    bracket_last: "a line ends with （",
    letter_alone: "a title ends with a line of one letter",
    wide_nine: "figures of times differ in width",
}


def main() -> None:
    good, out = Path(sys.argv[1]), Path(sys.argv[2])
    for fault, expected in FAULTS.items():
        with pikepdf.open(good) as pdf:
            fault(pdf)
            pdf.save(out / f"{fault.__name__}.pdf", deterministic_id=True)
        print(f"{fault.__name__}.pdf\t{expected}")
    (out / "torn.pdf").write_bytes(good.read_bytes()[:9000])
    print("torn.pdf\tstructure")


if __name__ == "__main__":
    main()
