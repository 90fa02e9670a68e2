"""What search engines and browsers are told: sitemaps, robots.txt, web app manifests, OpenSearch descriptions.

    .test-tools/py/bin/python tests/judges/discovery.py DIR

The sitemap is judged by the schema of sitemaps.org (from the npm package `sitemap`), by the limits of the protocol, and
against the pages: it names every page that may be found and no other, each with the languages that the page names.
"""

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote, urljoin
from urllib.robotparser import RobotFileParser

from lxml import etree, html
from report import Report

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TOOLS = Path(os.environ.get("TEST_TOOLS") or Path(__file__).resolve().parents[2] / ".test-tools")
# The schema wants to know the elements of other namespaces: this one has a link with its languages.
BOTH = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="{sitemap}"/>
<xsd:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="{links}"/>
</xsd:schema>"""


def schema() -> etree.XMLSchema:
    sitemap = TOOLS / "npm/node_modules/sitemap/schema/sitemap.xsd"
    links = Path(__file__).with_name("sitemap-links.xsd")
    both = BOTH.format(sitemap=sitemap.as_uri(), links=links.as_uri())
    return etree.XMLSchema(etree.fromstring(both))


class Site:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages = {path: html.fromstring(path.read_bytes()) for path in sorted(root.rglob("*.html"))}
        self.base = self.canonical(root / "index.html")
        built_for = json.loads((root / "next-change.json").read_text("utf-8"))["built_for"]
        self.built_for = datetime.fromisoformat(built_for).date()

    def canonical(self, page: Path) -> str | None:
        return next(iter(self.pages[page].xpath("//link[@rel='canonical']/@href")), None)

    def findable(self) -> dict[str, Path]:
        """The pages that may be found: those with an address of their own that do not send readers on."""
        found = {}
        for page, document in self.pages.items():
            sends_on = document.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']")
            hidden = document.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
            if (address := self.canonical(page)) and not sends_on and not hidden:
                found[address] = page
        return found

    def file_of(self, address: str) -> Path:
        path = unquote(address.removeprefix(self.base))
        return self.root / (path + "index.html" if path == "" or path.endswith("/") else path)


def sitemaps(site: Site, report: Report) -> None:
    known, path = schema(), site.root / "sitemap.xml"
    index = etree.parse(path).getroot()
    maps = [path]
    if index.tag == SITEMAP + "sitemapindex":
        maps = [site.file_of(loc.text) for loc in index.iter(SITEMAP + "loc")]
        report.check("sitemap.xml is an index", [] if 1 < len(maps) <= 50_000 else [f"{len(maps)} sitemaps"])
    told: dict[str, tuple[str | None, dict[str, str]]] = {}
    for path in maps:
        document, problems = etree.parse(path), []
        if not known.validate(document):
            problems += [str(error) for error in known.error_log]
        urls = document.getroot().findall(SITEMAP + "url")
        if len(urls) > 50_000 or path.stat().st_size > 50 * 1024 * 1024:
            problems.append(f"{len(urls)} addresses, {path.stat().st_size} bytes")
        for url in urls:
            address = url.findtext(SITEMAP + "loc")
            if address in told:
                problems.append(f"{address} stands twice")
            links = {link.get("hreflang"): link.get("href") for link in url.findall(XHTML + "link")}
            told[address] = (url.findtext(SITEMAP + "lastmod"), links)
        report.check(f"{path.name} by its schema", problems)
    pages = site.findable()
    report.check("every page is in the sitemap", [address for address in pages if address not in told])
    report.check("every address in the sitemap is a page", [address for address in told if address not in pages])
    for address, (changed, links) in told.items():
        problems = []
        if address in pages:
            alternates = site.pages[pages[address]].xpath("//link[@rel='alternate'][@hreflang]")
            if links != {link.get("hreflang"): link.get("href") for link in alternates}:
                problems.append("the page names other languages")
        if links and address not in links.values():
            problems.append("it does not name itself among its languages")
        problems += [f"{other} does not name it" for other in links.values() if address not in told.get(other, (None, {}))[1].values()]
        try:
            if changed and not date(1990, 1, 1) <= date.fromisoformat(changed) <= site.built_for:
                problems.append(f"changed on {changed}")
        except ValueError as error:
            problems.append(str(error))
        report.check(address, problems)
    days = [changed for changed, _ in told.values() if changed]
    report.check("pages that say nothing have no date", [] if len(days) < len(told) else ["every page has one"])


def robots(site: Site, report: Report) -> None:
    reader = RobotFileParser()
    reader.parse((site.root / "robots.txt").read_text("utf-8").splitlines())
    problems = [address for address in site.findable() if not reader.can_fetch("anybot", address)]
    if reader.site_maps() != [site.base + "sitemap.xml"]:
        problems.append(f"sitemaps: {reader.site_maps()}")
    report.check("robots.txt", problems)


def manifests(site: Site, report: Report) -> None:
    css = "".join(path.read_text("utf-8") for path in site.root.glob("assets/*.css"))
    manifests = {}
    for page, document in site.pages.items():
        # A page at an old address sends the reader on at once and offers nothing of its own.
        # What only sends the reader on, and the screen of a lobby, are nothing to install.
        if document.xpath("//meta[@http-equiv='refresh'] | //body[@data-page='display']"):
            continue
        links = document.xpath("//link[@rel='manifest']/@href")
        address = urljoin((site.canonical(page) or site.base), links[0]) if links else ""
        if not links or not site.file_of(address).is_file():
            report.check(f"{page.relative_to(site.root)}: manifest", [f"links to {links}"])
        else:
            manifests.setdefault(address, set()).add(document.get("lang"))
    for address, languages in sorted(manifests.items()):
        manifest, problems = json.loads(site.file_of(address).read_text("utf-8")), []
        start, scope = urljoin(address, manifest["start_url"]), urljoin(address, manifest["scope"])
        home = site.pages.get(site.file_of(start))
        if home is None or home.get("lang") not in languages or not start.startswith(scope):
            problems.append(f"starts at {start}, within {scope}")
        if len(languages) != 1:
            problems.append(f"linked from pages in {languages}")
        if not manifest["name"] or manifest["dir"] not in ("ltr", "rtl", "auto") or not manifest["lang"]:
            problems.append("no name, language or direction")
        for name in ("theme_color", "background_color"):
            if manifest[name] not in css:
                problems.append(f"{name} {manifest[name]} is no colour of the style sheet")
        for icon in manifest["icons"]:
            if not site.file_of(urljoin(address, icon["src"])).is_file() or not icon["sizes"] or not icon["type"]:
                problems.append(f"icon {icon}")
        report.check(address.removeprefix(site.base), problems)


def descriptions(site: Site, report: Report) -> None:
    """OpenSearch 1.1, draft 6: what it requires, its lengths, and that the page behind the template is there."""
    if not any(document.xpath("//body[@data-page='search']") for document in site.pages.values()):
        return
    space, linked = "{http://a9.com/-/spec/opensearch/1.1/}", {}
    for page, document in site.pages.items():
        if document.xpath("//meta[@http-equiv='refresh'] | //body[@data-page='display']"):
            continue
        links = document.xpath("//link[@rel='search']")
        address = urljoin(site.canonical(page) or site.base, links[0].get("href")) if links else ""
        if not links or not links[0].get("title") or not site.file_of(address).is_file():
            report.check(f"{page.relative_to(site.root)}: search", [f"links to {address}"])
        else:
            linked.setdefault(address, set()).add(document.get("lang"))
    for address, languages in sorted(linked.items()):
        root, problems = etree.parse(site.file_of(address)).getroot(), []
        said = {child.tag.removeprefix(space): child.text for child in root}
        urls = {(url.get("type"), url.get("rel")): url.get("template") for url in root.iter(space + "Url")}
        if root.tag != space + "OpenSearchDescription":
            problems.append(f"is {root.tag}")
        if not 0 < len(said["ShortName"]) <= 16 or not 0 < len(said["Description"]) <= 1024:
            problems.append("the name or the description is missing or too long")
        if {said["Language"]} != languages:
            problems.append(f"in {said['Language']}, linked from pages in {languages}")
        if urls.get(("application/opensearchdescription+xml", "self")) != address:
            problems.append("does not say where it stands")
        template = urls.get(("text/html", None)) or ""
        page = site.pages.get(site.file_of(template.split("?")[0])) if template.startswith(site.base) else None
        if template.count("{searchTerms}") != 1 or page is None or page.get("lang") != said["Language"]:
            problems.append(f"searches at {template}")
        elif not page.xpath("//main//form[@role='search'][@method='get']//input[@name='q']"):
            problems.append(f"no form at {template}")
        if not site.file_of(said["Image"]).is_file():
            problems.append(f"image {said['Image']}")
        report.check(address.removeprefix(site.base), problems)


def main() -> int:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    site, report = Site(Path(sys.argv[1]).resolve()), Report()
    sitemaps(site, report)
    robots(site, report)
    manifests(site, report)
    descriptions(site, report)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
