"""Findings as other programs are given them: SARIF 2.1.0 by its JSON Schema and by its authors' own validator, and JSON
lines, of the real catalogue, of one with mistakes, of one without any, of Word files and of a run that failed."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import jsonschema

from report import Report

report = Report("findings")
check = report.check
# It wants an address to read more at; there is none to give.
NOT_ASKED = {"SARIF2005"}
FIELDS = {"code", "severity", "file", "line", "column", "length", "message", "help"}

MISTAKES = {
    "tjanster/okänd å.yaml": "namn: Ny\nbeskrivnig: x\nresurser: [x]\n",
    "tjanster/dubbel.yaml": 'namn: "A"\nnamn: B\nprodukter: [finns-inte]\n',
    "tjanster/trasig.yaml": "namn: [\n",
    "tjanster/tecken.yaml": 'namn: "<b>\\x07 {0} [länk](1) 100 %"\nbeskrivning: <b>x</b> [[finns-inte|{1}]]\n',
    "tjänster.yaml": "",
}


class Program:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *arguments):
        done = subprocess.run([self.program, "check", *arguments], cwd=self.folder, capture_output=True, text=True)
        return done.returncode, done.stdout


def schema_faults(validator, log):
    return [f"/{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(log)]


def tool_faults(tool, log):
    """What the validator of SARIF's authors says, which knows more than the schema can say."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "katalog.sarif", Path(folder) / "found.sarif"
        given.write_text(log, "utf-8")
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "DOTNET_BUNDLE_EXTRACT_BASE_DIR": folder}
        done = subprocess.run(
            [tool, "validate", given, "--output", found, "--quiet", "--level", "Error;Warning"],
            capture_output=True, text=True, env=environment,
        )
        if not found.is_file():
            return [f"the validator did not come to its end: {done.stdout} {done.stderr}"]
        results = json.loads(found.read_text("utf-8-sig"))["runs"][0].get("results", [])
    return [f"{r['ruleId']} {json.dumps(r['message'])[:300]}" for r in results if r["ruleId"] not in NOT_ASKED]


def place_faults(log, folder):
    """Each finding leads to a file, and to the words that it shows."""
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            yield f"{result['ruleId']} is not rule {result['ruleIndex']}"
        place = result["locations"][0]["physicalLocation"]
        file = folder / unquote(place["artifactLocation"]["uri"])
        region = place["region"]
        if not file.exists():
            yield f"{file} does not exist"
        elif "snippet" in region:
            line = file.read_text("utf-8-sig").split("\n")[region["startLine"] - 1].rstrip("\r")
            shown = line[region["startColumn"] - 1 : region["endColumn"] - 1]
            if shown != region["snippet"]["text"] or line != place["contextRegion"]["snippet"]["text"]:
                yield f"{file}:{region['startLine']}: {shown!r} is not {region['snippet']['text']!r}"
    prints = [result["partialFingerprints"]["katalog/v1"] for result in run["results"]]
    if len(prints) != len(set(prints)):
        yield "two findings have the same fingerprint"


def line_faults(lines, count):
    if len(lines) != count:
        yield f"{len(lines)} lines of {count} findings"
    for line in lines:
        if set(json.loads(line)) != FIELDS:
            yield f"{line} has other fields"


def check_findings(what, program, validator, tool, arguments, wanted):
    code, sarif = program.run(*arguments, "--format", "sarif")
    log = json.loads(sarif)
    check(f"{what}: schema", schema_faults(validator, log))
    check(f"{what}: validator", tool_faults(tool, sarif))
    check(f"{what}: places", list(place_faults(log, program.folder)))
    results = log["runs"][0]["results"]
    check(f"{what}: exit code", [] if code == wanted else [f"{code}, not {wanted}"])
    if wanted < 2:
        lines = program.run(*arguments, "--format", "json")[1].splitlines()
        check(f"{what}: lines", list(line_faults(lines, len(results))))
        notes = program.run(*arguments, "--format", "github")[1].splitlines()
        check(f"{what}: annotations", [] if len(notes) == len(results) else [f"{len(notes)} of {len(results)}"])
    return results


def with_files(folder, files):
    for path, text in files.items():
        (folder / path).write_text(text, "utf-8")


def main():
    program, root, package = (Path(argument).resolve() for argument in sys.argv[1:4])
    schema = json.loads((package / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    tool = package / "Sarif.Multitool"
    # It is installed without running anything of its own.
    tool.chmod(0o755)

    found = check_findings("content", Program(program, root), validator, tool, [], 0)
    check("content: findings", [] if found else ["there are none"])
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder).resolve()
        for part in ["content", "templates"]:
            shutil.copytree(root / "tests/suite/fixtures/liten" / part, folder / part)
        (folder / "fel.docx").write_text("inget arkiv", "utf-8")
        program = Program(program, folder)
        found = check_findings("no mistakes", program, validator, tool, [], 0)
        check("no mistakes: findings", [str(finding) for finding in found])
        with_files(folder / "content", MISTAKES)
        found = check_findings("mistakes", program, validator, tool, [], 1)
        check("mistakes: findings", [] if len(found) >= 8 else [f"only {len(found)}"])
        check_findings("Word files", program, validator, tool, ["--word", "fel.docx"], 1)
        check_findings("a run that failed", program, validator, tool, ["--content", "borta"], 2)
        # What finds no fault proves nothing unless it finds those that are there.
        broken = json.loads(program.run("--format", "sarif")[1])
        broken["runs"][0]["results"][0]["okänd"] = 1
        check("broken: schema", [] if schema_faults(validator, broken) else ["an unknown key passes"])
        broken["runs"][0]["results"] = [{**broken["runs"][0]["results"][1], "ruleIndex": 10_000}]
        check("broken: validator", [] if tool_faults(tool, json.dumps(broken)) else ["an index without a rule passes"])
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
