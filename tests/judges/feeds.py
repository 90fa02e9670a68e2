"""Every feed of the site: Atom read by feedparser, JSON Feed by its schema, both the same, every link to a file.

    .test-tools/py/bin/python tests/judges/feeds.py DIR
    .test-tools/py/bin/python tests/judges/feeds.py --read FILE   what feedparser reads in a feed, as JSON

Four checks a pair of files: Atom (feedparser, and the rules of RFC 4287 §4.1 that feedparser forgives), JSON Feed
(jsonschema), that both say the same, and where their links lead. And each page's link to its feed names that feed.
"""

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import feedparser
import jsonschema
from lxml import etree, html
from report import Report

ATOM = "{http://www.w3.org/2005/Atom}"
MOST = 50
TAG = re.compile(r"^tag:([A-Za-z0-9.-]|%[0-9A-F]{2})+,\d{4}(-\d{2}){0,2}:([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*$")
INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
SCHEMA = jsonschema.Draft202012Validator(
    json.loads(Path(__file__).with_name("json-feed.schema.json").read_text("utf-8")),
    format_checker=jsonschema.FormatChecker(),
)


def parsed(path: Path) -> feedparser.FeedParserDict:
    return feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)


def text(element: etree._Element, name: str) -> str | None:
    return element.findtext(ATOM + name)


def structure(element: etree._Element, once: list[str], at_most_once: list[str]) -> list[str]:
    """How often elements may stand in a feed or entry, and what stands in them."""
    found = []
    subject = f"{element.tag.removeprefix(ATOM)} {text(element, 'id')}"
    for name in once:
        if len(element.findall(ATOM + name)) != 1:
            found.append(f"{subject}: not one {name}")
    for name in at_most_once:
        if len(element.findall(ATOM + name)) > 1:
            found.append(f"{subject}: more than one {name}")
    if not TAG.match(text(element, "id") or ""):
        found.append(f"{subject}: no tag URI")
    if not (text(element, "title") or "").strip():
        found.append(f"{subject}: no title")
    for name in ("updated", "published"):
        instant = text(element, name)
        if instant is not None and not INSTANT.match(instant):
            found.append(f"{subject}: {name} {instant}")
    links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(ATOM + "link")]
    if len(set(links)) != len(links):
        found.append(f"{subject}: two links of the same relation and type")
    if not any(link[:2] == ("alternate", "text/html") for link in links):
        found.append(f"{subject}: no link to a page")
    for category in element.findall(ATOM + "category"):
        if not category.get("term"):
            found.append(f"{subject}: a category without its term")
    for author in element.findall(ATOM + "author"):
        if len(author.findall(ATOM + "name")) != 1:
            found.append(f"{subject}: an author without a name")
    return found


def atom(path: Path, built_for: datetime) -> list[str]:
    read = parsed(path)
    if read.bozo:
        return [f"feedparser: {read.bozo_exception}"]
    if not read.get("version"):
        return ["feedparser finds no feed"]
    found = []
    if read.version != "atom10":
        found.append(f"feedparser takes it for {read.version}")
    feed = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    entries = feed.findall(ATOM + "entry")
    found += structure(feed, ["id", "title", "updated", "author"], ["subtitle", "icon"])
    for entry in entries:
        found += structure(entry, ["id", "title", "updated", "content"], ["published", "summary", "author"])
    ids = [text(entry, "id") for entry in entries]
    if len(set(ids)) != len(ids):
        found.append("an id stands twice")
    if len(entries) > MOST:
        found.append(f"{len(entries)} entries")
    dates = [datetime.fromisoformat(text(entry, "updated")) for entry in entries if text(entry, "updated")]
    if dates != sorted(dates, reverse=True):
        found.append("not the newest first")
    if dates and dates[0] != datetime.fromisoformat(text(feed, "updated")):
        found.append("the feed is not as new as its newest entry")
    if any(date.date() > built_for.date() for date in dates):
        found.append("a date to come")
    if len(read.entries) != len(entries):
        found.append(f"feedparser finds {len(read.entries)} entries of {len(entries)}")
    return found


def json_feed(path: Path) -> list[str]:
    feed = json.loads(path.read_text("utf-8"))
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in SCHEMA.iter_errors(feed)]


def differences(read: feedparser.FeedParserDict, feed: dict) -> list[str]:
    """What the two formats do not say alike."""

    def of_atom(entry: feedparser.FeedParserDict) -> dict:
        return {
            "id": entry.id,
            "url": entry.link,
            "title": entry.get("title"),
            # Where there is none, feedparser takes the content for it.
            "summary": entry.summary if entry.summary != entry.content[0].value else None,
            "content_html": entry.content[0].value,
            "date_published": entry.published,
            "date_modified": entry.updated,
            "tags": [tag.label for tag in entry.tags],
        }

    def of_json(item: dict) -> dict:
        keys = ["id", "url", "title", "summary", "content_html", "date_published", "date_modified", "tags"]
        # feedparser takes the space around a text away.
        return {key: value.strip() if isinstance(value := item.get(key), str) else value for key in keys}

    if read.bozo:
        return ["it cannot be read"]
    found = []
    if (read.feed.title, read.feed.language) != (feed["title"].strip(), feed["language"]):
        found.append(f"title or language: {read.feed.title} / {feed['title']}")
    if len(read.entries) != len(feed.get("items", [])):
        found.append(f"{len(read.entries)} entries, {len(feed.get('items', []))} items")
    for entry, item in zip(read.entries, feed.get("items", [])):
        ours, theirs = of_atom(entry), of_json(item)
        found += [f"{entry.id}: {key}: {ours[key]!r} / {theirs[key]!r}" for key in ours if ours[key] != theirs[key]]
    return found


def file_of(root: Path, base: str, address: str) -> Path | None:
    """The file that an address of the site leads to, as a server of plain files would find it."""
    path = unquote(address.removeprefix(base).split("#")[0].split("?")[0])
    file = root / (path + "index.html" if path == "" or path.endswith("/") else path)
    return file if file.is_file() else None


def links(root: Path, base: str, feed: dict, atom: feedparser.FeedParserDict, path: Path) -> list[str]:
    found = []
    own = next((link.href for link in atom.feed.get("links", []) if link.rel == "self"), "")
    for name, address in (("self", own), ("feed_url", feed["feed_url"])):
        ending = ".xml" if name == "self" else ".json"
        if file_of(root, base, address) != path.with_suffix(ending):
            found.append(f"{name} {address} is not this file")
    addresses = [feed["home_page_url"]] + [item["url"] for item in feed.get("items", [])]
    for item in feed.get("items", []):
        content = html.fragment_fromstring(item["content_html"], create_parent="div")
        addresses += [link for _, attribute, link, _ in content.iterlinks() if attribute in ("href", "src")]
    for address in addresses:
        if not re.match(r"^(https?://|mailto:|tel:|geo:)", address):
            found.append(f"{address} is not whole")
        elif address.startswith(base) and file_of(root, base, address) is None:
            found.append(f"no file for {address}")
    return found


def pages(root: Path, report: Report) -> None:
    for page in sorted(root.rglob("*.html")):
        document = html.fromstring(page.read_bytes())
        for link in document.xpath("//link[@rel='alternate'][@type='application/atom+xml']"):
            name, problems = page.relative_to(root), []
            feed = parsed((page.parent / unquote(link.get("href"))).resolve())
            if link.get("title", "").strip() != feed.feed.get("title"):
                problems.append(f"the feed is called {feed.feed.get('title')}, not {link.get('title')}")
            visible = document.xpath("//main//a[@type='application/atom+xml']/@href")
            if visible != [link.get("href")]:
                problems.append("no visible link to it")
            report.check(f"{name} and its feed", problems)


def main() -> int:
    if len(sys.argv) == 3 and sys.argv[1] == "--read":
        read = parsed(Path(sys.argv[2]))
        entries = [{key: entry.get(key) for key in ("id", "title", "summary", "updated", "author")} for entry in read.entries]
        for entry, whole in zip(entries, read.entries):
            entry["content"] = whole.content[0].value
            entry["labels"] = [tag.label for tag in whole.tags]
        print(json.dumps({"bozo": bool(read.bozo), "title": read.feed.title, "entries": entries}))
        return 0
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    root, report = Path(sys.argv[1]).resolve(), Report()
    built_for = datetime.fromisoformat(json.loads((root / "next-change.json").read_text("utf-8"))["built_for"])
    base = json.loads((root / "feeds/all.json").read_text("utf-8"))["feed_url"].removesuffix("feeds/all.json")
    for path in sorted(root.rglob("feeds/**/*.xml")):
        name = path.relative_to(root)
        report.check(f"{name} as Atom", atom(path, built_for))
        twin = path.with_suffix(".json")
        report.check(f"{twin.relative_to(root)} as JSON Feed", json_feed(twin))
        feed, read = json.loads(twin.read_text("utf-8")), parsed(path)
        report.check(f"{name} and its twin", differences(read, feed))
        report.check(f"{name}: links", links(root, base, feed, read, path))
    pages(root, report)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
