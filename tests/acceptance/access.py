"""Every Word file as assistive technology meets it: nothing is found in it, and its tags survive to a tagged PDF. No
error is found either in sound files of other programs."""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import docx
import pypdf
from pypdf.generic import DictionaryObject

from files import has_contents, word_files
from report import Report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TAGGED = {"PDFUACompliance": "true", "UseTaggedPDF": "true", "ExportBookmarks": "true"}
report = Report("access")
check = report.check


def value(element, path):
    """The w:val of what lies there, if anything does."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get(f"{W}val")


class Word:
    """What a file has that a PDF has tags for."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(f"word/{name}.xml") for name in ("document", "styles")}
            core = package.read("docProps/core.xml")
        self.title = ElementTree.fromstring(core).findtext("{http://purl.org/dc/elements/1.1/}title")
        self.styles = {style.get(f"{W}styleId"): style for style in ElementTree.fromstring(parts["styles"]).iter(f"{W}style")}
        body = ElementTree.fromstring(parts["document"])
        paragraphs = list(body.iter(f"{W}p"))
        self.headings = Counter(filter(None, map(self.level, paragraphs)))
        self.entries = sum(map(self.is_entry, paragraphs))
        tables, rows = list(body.iter(f"{W}tbl")), list(body.iter(f"{W}tr"))
        header = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        self.counts = {
            "Table": len(tables),
            "TR": len(rows),
            "TH": sum(len(row.findall(f"{W}tc")) for row in header),
            "TD": sum(len(row.findall(f"{W}tc")) for row in rows if row not in header),
            "Note": len(list(body.iter(f"{W}footnoteReference"))),
        }
        # The headings of tables with a single row beneath them.
        single = [table for table in tables if len(table.findall(f"{W}tr")) == 2]
        self.headings_of_single = [len(row.findall(f"{W}tc")) for table in single for row in table if row in header]
        self.links = len(list(body.iter(f"{W}hyperlink")))
        self.pictures = sorted(drawing.get("descr") for drawing in body.iter(f"{WP}docPr"))

    def style(self, paragraph):
        """A paragraph's style and what that builds on, the nearest first."""
        style = self.styles.get(value(paragraph, f"{W}pPr/{W}pStyle"))
        while style is not None:
            yield style
            style = self.styles.get(value(style, f"{W}basedOn"))

    def level(self, paragraph):
        """The level of a heading, from 1; None for what is none."""
        levels = (value(style, f"{W}pPr/{W}outlineLvl") for style in self.style(paragraph))
        level = next((int(level) for level in levels if level is not None), 9)
        return level + 1 if level < 9 else None

    def is_entry(self, paragraph):
        """Whether a paragraph is an entry of the contents, or of a list of tables or figures."""
        style = next(self.style(paragraph), None)
        name = (value(style, f"{W}name") or "").lower()
        return name == "table of figures" or (name.startswith("toc ") and name[4:].isdigit())


def findings(katalog, paths, *options):
    """What the program finds in files, and how it ended."""
    command = [katalog, "check", "--format", "json", *options, "--word", *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if run.returncode == 2 or run.stderr:
        raise RuntimeError(run.stderr)
    return [json.loads(line) for line in run.stdout.splitlines()], run.returncode


def inspected(katalog, paths):
    """The program's own inspection of the published files."""
    found, code = findings(katalog, paths, "--strict")
    faults = [f"{finding['file']}: {finding['message']}" for finding in found]
    check("katalog check --word finds nothing", faults or ([f"it ends with {code}"] if code else []))


def inspected_of_others(katalog, path, folder):
    """A file of python-docx, and a published one after LibreOffice has opened and saved it: both are sound."""
    other = docx.Document()
    other.core_properties.title = "Annan fil"
    other.add_heading("Rubrik", 1)
    other.add_paragraph("Punkt", style="List Bullet")
    other.add_table(2, 2, style="Table Grid").cell(0, 0).text = "cell"
    other.save(folder / "python-docx.docx")
    converted([path], "odt", folder)
    converted([folder / f"{path.stem}.odt"], "docx", folder)
    found, _ = findings(katalog, [folder / "python-docx.docx", folder / f"{path.stem}.docx"])
    faults = [f"{finding['file']}: {finding['message']}" for finding in found if finding["severity"] == "fel"]
    # They are read, and not only passed over: neither program writes alternative texts of tables.
    files = {Path(finding["file"]).stem for finding in found if finding["code"] == "K246"}
    check("other programs' files have no errors", faults or sorted({"python-docx", path.stem} - files))


def converted(paths, form, target):
    """Has LibreOffice write files in another form, all in one run."""
    profile = f"-env:UserInstallation={(target / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(target), *map(str, paths)]
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def tagged(paths, folder):
    """The files as tagged PDFs."""
    options = json.dumps({name: {"type": "boolean", "value": value} for name, value in TAGGED.items()})
    converted(paths, f"pdf:writer_pdf_Export:{options}", folder)
    return [pypdf.PdfReader(folder / f"{path.stem}.pdf") for path in paths]


def tags(root):
    """Every element of the structure tree: its tag and its words."""
    found, waiting = [], [root.get("/StructTreeRoot", DictionaryObject())]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting.extend(element)
        elif isinstance(element, dict):
            if "/S" in element:
                found.append((element["/S"][1:], element.get("/Alt")))
            if "/K" in element:
                waiting.append(element["/K"])
    return found


def check_pdf(path, pdf):
    word, root = Word(path), pdf.trailer["/Root"]
    faults = []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        faults.append("not tagged")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") or pdf.metadata.title != word.title:
        faults.append(f"its window is not called {word.title}")
    if root.get("/Lang") != "sv-SE":
        faults.append(f"its language is {root.get('/Lang')}")
    check(f"{path.name} as PDF: tagged, with title and language", faults)

    found = tags(root)
    count = Counter(tag for tag, _ in found)
    wanted = {f"H{level}": number for level, number in word.headings.items()} | word.counts | {"TOCI": word.entries}
    # Where LibreOffice has moved a table of one row to the next page, it no longer takes its heading for one, though the
    # file says that it is (which its inspection has looked at).
    lost = wanted["TH"] - count["TH"]
    if 0 < lost <= sum(word.headings_of_single) and count["TD"] == wanted["TD"] + lost:
        wanted |= {"TH": count["TH"], "TD": count["TD"]}
    faults = [f"{tag}: {count[tag]} and not {number}" for tag, number in wanted.items() if count[tag] != number]
    faults += [f"{tag} is more than the file has" for tag in count if tag[0] == "H" and tag[1:].isdigit() and tag not in wanted]
    if count["Link"] < word.links or not word.headings or not word.counts["Table"] or bool(word.entries) != has_contents(path):
        faults.append(f"{count['Link']} links of {word.links}, {word.headings}, {word.entries} entries")
    check(f"{path.name} as PDF: a tag for every heading, cell, note, link and entry", faults)

    words = sorted(str(words or "") for tag, words in found if tag == "Figure")
    faults = [] if words == word.pictures and all(words) else [f"{words} and not {word.pictures}"]
    check(f"{path.name} as PDF: pictures have their words", faults)


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = word_files(sys.argv[1], folder)
        check("there are Word files", [] if paths else ["none"])
        inspected(sys.argv[2], paths)
        inspected_of_others(sys.argv[2], next(filter(has_contents, paths)), Path(folder))
        for path, pdf in zip(paths, tagged(paths, Path(folder))):
            check_pdf(path, pdf)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
