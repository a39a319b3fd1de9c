"""The Word files of an output folder, for programs that put what they make of them in one folder."""

import shutil
from pathlib import Path


def word_files(output, folder):
    """Copies of the Word files whose names tell them apart: `sla/orbit.docx` and `ola/orbit.docx` have one stem."""
    word = Path(output) / "word"
    copies = Path(folder) / "files"
    copies.mkdir()
    paths = sorted(word.rglob("*.docx"))
    return [Path(shutil.copy(path, copies / "-".join(path.relative_to(word).parts))) for path in paths]


def has_contents(path):
    """Whether a file has a cover and a table of contents: agreements are short, and have neither."""
    return not path.name.startswith(("sla-", "ola-"))
