"""Every Word file as readers other than Word see it: python-docx, the XML itself, and LibreOffice's print of it."""

import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx

from files import has_contents, word_files
from report import Report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTENTS_DEPTH = 2
report = Report("word")
check = report.check


def squeezed(text):
    """Text without what a print may change: spaces, line breaks, hyphens at a line's end, ligatures."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", unicodedata.normalize("NFKC", text))


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def visible(paragraph):
    """A paragraph's text, with a tab for a tab."""
    parts = []
    for run in paragraph.iter(f"{W}r"):
        for node in run:
            if node.tag == f"{W}t":
                parts.append(node.text or "")
            elif node.tag == f"{W}tab":
                parts.append("\t")
    return "".join(parts)


def contents_and_headings(path):
    """(level, text) of the contents' entries and of the headings that they should be, read from the XML."""
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    entries, headings = [], []
    for paragraph in body.iter(f"{W}p"):
        style = style_of(paragraph)
        if found := re.fullmatch(r"TOC(\d)", style):
            # Number, text and page, with a tab between; a heading without number has no number.
            parts = [part for part in visible(paragraph).split("\t") if part]
            entries.append((int(found[1]), parts[-2] if len(parts) > 1 else "", parts[-1]))
        elif found := re.match(r"Heading(\d)|Appendix(?:Heading)?(\d)?", style):
            level = int(found[1] or found[2] or 1)
            if level <= CONTENTS_DEPTH:
                # Below an appendix the number is text, before an en space: `D.1`.
                headings.append((level, re.sub(r"^[A-Z](\.\d+)+\u2002", "", visible(paragraph))))
    return entries, headings


def printed(paths, folder):
    """The files as PDF, by LibreOffice, all in one run."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def pages_of(pdf):
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return text.stdout.decode().rstrip("\f").split("\f")


def check_reader(path):
    document = docx.Document(str(path))
    title = document.core_properties.title
    faults = [] if title else ["no title among the properties"]
    if not any(paragraph.style.name.startswith("Heading") for paragraph in document.paragraphs):
        faults.append("python-docx sees no heading")
    if not document.tables:
        faults.append("python-docx sees no table")
    language = document.styles.element.find(f".//{W}docDefaults//{W}lang")
    if language is None or language.get(f"{W}val") != "sv-SE":
        faults.append("the language is not sv-SE")
    check(f"{path.name} opens in python-docx", faults)
    return title


def check_template(path, template):
    """Every part of the template is there, and its media, theme, headers and footers as they were."""
    with zipfile.ZipFile(path) as document, zipfile.ZipFile(template) as given:
        names = document.namelist()
        faults = [f"lost: {name}" for name in given.namelist() if name not in names]
        kept = [name for name in given.namelist() if re.search(r"/(media|theme)/|customXml|fontTable|webSettings", name)]
        faults += [f"changed: {name}" for name in kept if name in names and document.read(name) != given.read(name)]
    styles = {style.name for style in docx.Document(str(path)).styles}
    with zipfile.ZipFile(template) as given:
        root = ElementTree.fromstring(given.read("word/styles.xml"))
    wanted = [name.get(f"{W}val") for name in root.iterfind(f"{W}style/{W}name")]
    lower = {name.lower() for name in styles}
    faults += [f"lost style: {name}" for name in wanted if name.lower() not in lower]
    check(f"{path.name} has all of {template.name}", faults)


def check_contents(path):
    entries, headings = contents_and_headings(path)
    listed = [(level, text) for level, text, _ in entries]
    if not has_contents(path):
        check(f"{path.name} has no contents", [f"in the contents: {entry}" for entry in listed])
        return headings
    faults = [] if entries else ["no contents"]
    faults += [f"in the contents only: {entry}" for entry in listed if entry not in headings]
    faults += [f"in the text only: {heading}" for heading in headings if heading not in listed]
    if not faults and listed != headings:
        faults.append("not in the same order")
    check(f"{path.name}: the contents are the headings", faults)
    return headings


def check_print(path, pdf, title, headings):
    if not pdf.is_file():
        check(f"{path.name} in LibreOffice", ["no PDF"])
        return
    pages = pages_of(pdf)
    whole = squeezed("".join(pages))
    # What stands in the contents stands in the text as well.
    times = 2 if has_contents(path) else 1
    faults = [] if len(pages) > 1 else ["only one page"]
    if squeezed(title) not in whole:
        faults.append(f"the title is missing: {title}")
    chapters = [text for level, text in headings if level == 1]
    faults += [f"not {times} times: {text}" for text in chapters if whole.count(squeezed(text)) < times]
    check(f"{path.name} in LibreOffice", faults)
    print(f"     {path.name}: {len(pages)} pages")


def main():
    template = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        paths = word_files(sys.argv[1], folder)
        check("there are Word files", [] if paths else ["none"])
        printed(paths, Path(folder))
        for path in paths:
            title = check_reader(path)
            if template:
                check_template(path, template)
            headings = check_contents(path)
            check_print(path, Path(folder) / f"{path.stem}.pdf", title, headings)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
