"""Page numbers in Word files against the pages that LibreOffice sets: those it was asked for, and the estimate."""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from files import word_files
from report import Report

FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
REFERENCE = re.compile(
    r' PAGEREF (\S+) \\h </w:instrText></w:r><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:fldChar w:fldCharType="separate"/></w:r>'
    r'<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t>(\d*)</w:t>'
)
report = Report("pages")
check = report.check


def set_pages(files, folder):
    """The page of each destination of each file, as LibreOffice sets them."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", FILTER, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [destinations(folder / f"{file.stem}.pdf") for file in files]


def destinations(pdf):
    listed = subprocess.run(["pdfinfo", "-dests", str(pdf)], check=True, capture_output=True, text=True).stdout
    found = (re.match(r'\s*(\d+) \[.*\] "(.*)"$', line) for line in listed.splitlines())
    return {match[2]: int(match[1]) for match in found if match}


def references(file):
    """(bookmark as LibreOffice names its destination, page that the file shows) of every field with a page."""
    with zipfile.ZipFile(file) as package:
        body = package.read("word/document.xml").decode()
    found = REFERENCE.findall(body)
    assert len(found) == body.count(" PAGEREF "), f"{file}: a field with a page has another form"
    return [(bookmark.replace("_", "5F"), int(page or 0)) for bookmark, page in found]


def compared(files, folder):
    """(file, bookmark, page that it shows, page that it is on) of every field with a page."""
    for file, pages in zip(files, set_pages(files, folder)):
        for bookmark, shown in references(file):
            yield file.name, bookmark, shown, pages.get(bookmark)


def large(content, folder):
    """The catalogue with each service in eight copies."""
    target = folder / "content"
    shutil.copytree(content, target)
    for source in sorted((target / "tjanster").glob("*.yaml")):
        text = source.read_text(encoding="utf-8")
        for number in range(2, 9):
            copy = re.sub(r"^namn: (.*)$", lambda found: f"namn: {found[1].strip()} {number}", text, flags=re.M)
            (source.parent / f"{source.stem}-{number}.yaml").write_text(copy, encoding="utf-8")
    return target


def check_published(output, folder):
    """Numbers that LibreOffice was asked for are those of its pages, every one."""
    found = list(compared(word_files(output, folder), folder))
    wrong = [fault for fault in found if fault[2] != fault[3]]
    print(f"     {len(found) - len(wrong)} of {len(found)} page numbers exact")
    check("every page number that LibreOffice was asked for is right", wrong or ([] if len(found) > 20 else ["few"]))


def check_estimate(program, content, folder):
    """On a large catalogue, estimated numbers are near those of LibreOffice's pages."""
    catalogue = folder / "large"
    command = [program, "build", "--content", str(large(content, folder)), "--output", str(catalogue)]
    subprocess.run([*command, "--format", "word", "--paginate=estimate"], check=True, capture_output=True)
    found = list(compared([catalogue / "word" / "tjanstekatalog-2027.docx"], folder))
    last = max(page for *_, page in found if page)
    near = [fault for fault in found if fault[3] is None or abs(fault[2] - fault[3]) > 1]
    exact = sum(shown == page for *_, shown, page in found)
    print(f"     {exact} of {len(found)} exact, {len(found) - len(near)} within a page, of {last} pages")
    check("a catalogue of 200 pages is measured", [] if last > 200 and len(found) > 200 else [last])
    check("95 of 100 estimated page numbers are within one page", near if len(near) > len(found) / 20 else [])
    check("half of the estimated page numbers are exact", [exact] if exact < len(found) / 2 else [])


def main():
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1] == "--estimate":
            check_estimate(sys.argv[2], Path(sys.argv[3]), Path(folder))
        else:
            check_published(Path(sys.argv[1]), Path(folder))
    sys.exit(report.finish())


main()
