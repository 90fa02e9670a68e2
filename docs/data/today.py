"""What is on at a place in the coming days: `today.py https://example.org/ CENTRE`, or a folder instead of an address.

Uses nothing but /api/v1/: the index for the first language, the centre's file for its sessions.
"""
import json
import sys
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen


def read(site, path):
    if site.startswith("http"):
        return json.load(urlopen(site.rstrip("/") + "/api/v1/" + quote(path)))
    return json.loads((Path(site) / "api/v1" / path).read_text(encoding="utf-8"))


if len(sys.argv) != 3:
    sys.exit(f"usage: {Path(sys.argv[0]).name} SITE CENTRE\nSITE: the site's address, or the folder of a built site; CENTRE: a centre's id")
site, centre = sys.argv[1:]
language = read(site, "index.json")["languages"][0]["tag"]
for session in read(site, f"centres/{centre}.json")["sessions"]:
    # Words that a program does not know are none of those that it does: say nothing wrong.
    mark = {"held": " ", "changed": "*", "extra": "+", "moved-here": "+"}.get(session["status"], "x")
    why = (session["why"] or {}).get(language, "")
    print(session["date"], session["starts_at"][11:16], mark, session["title"].get(language, ""), why)
