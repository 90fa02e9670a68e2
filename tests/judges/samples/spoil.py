"""Makes bad PDFs out of the good one, each with one fault.

    spoil.py GOOD.pdf OUT

prints one line a file: its name, a tab, what the judge must say of it.
"""

import sys
from pathlib import Path

import pikepdf


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


FAULTS = {
    no_title: "no title",
    no_language: "no language",
    untagged: "PDFUA1-STRUCT-TREE-ROOT",
    not_archival: "PDF/A-2a",
    font_left_out: "not embedded",
    wrong_width: "GLYPH-WIDTH",
    no_text: "no text can be copied out",
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
