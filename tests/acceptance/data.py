"""What machines are given, read as other programs read it: the catalogue by its JSON Schema, and every page's linked data
as a graph, without the network."""

import json
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import rdflib
from lxml import html
from rdflib.namespace import RDF

from report import Report

SCHEMA = "https://schema.org/"
CPSV = "http://purl.org/vocab/cpsv#"
CV = "http://data.europa.eu/m8g/"
DCT = "http://purl.org/dc/terms/"
VOCABULARIES = (SCHEMA, CPSV, CV, DCT, "http://www.w3.org/")
# As if the output folder were published there.
PUBLISHED = "https://x.example/katalog/"
SITE = PUBLISHED + "html/"
# What CPSV-AP 3.2 asks of every public service.
ASKED_OF_SERVICES = [DCT + "identifier", DCT + "title", DCT + "description", CV + "hasCompetentAuthority"]
report = Report("data")
check = report.check


def schema_faults(schema, data):
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in validator.iter_errors(data)]


def check_data(output):
    schema = json.loads((output / "json/katalog.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in sorted((output / "json").glob("katalog-*.json")):
        data = json.loads(path.read_text("utf-8"))
        check(path.name, schema_faults(schema, data))
        broken = {**data, "services": [{**data["services"][0], "okänd": 1}]}
        check(f"{path.name}, broken", [] if schema_faults(schema, broken) else ["the schema lets an unknown key pass"])


def graph_of(page, path):
    blocks = html.fromstring(page.read_text("utf-8")).xpath("//script[@type='application/ld+json']/text()")
    graph = rdflib.Graph()
    for block in blocks:
        graph.parse(data=block, format="json-ld", publicID=SITE + path)
    return graph


def page_faults(graph, output, path):
    page = rdflib.URIRef(SITE + path)
    if (page, RDF.type, rdflib.URIRef(SCHEMA + "WebPage")) not in graph:
        yield "it does not say that it is a page"
    for subject, predicate, thing in graph:
        for term in (subject, predicate, thing):
            if isinstance(term, rdflib.URIRef) and not str(term).startswith(VOCABULARIES + (PUBLISHED,)):
                yield f"{term} is of no vocabulary and leads nowhere"
            if str(term).startswith(PUBLISHED):
                file = output / unquote(urlsplit(str(term)[len(PUBLISHED):]).path)
                if not file.is_file():
                    yield f"{term} leads to no file"
    for service in graph.subjects(RDF.type, rdflib.URIRef(CPSV + "PublicService")):
        for predicate in ASKED_OF_SERVICES:
            if not list(graph.objects(service, rdflib.URIRef(predicate))):
                yield f"{service} has no {predicate}"


def check_linked_data(output):
    site = output / "html"
    services = prices = 0
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site).as_posix()
        graph = graph_of(page, path)
        check(path, list(page_faults(graph, output, path)))
        services += len(list(graph.subjects(RDF.type, rdflib.URIRef(CPSV + "PublicService"))))
        prices += len(list(graph.subject_objects(rdflib.URIRef(SCHEMA + "price"))))
    wanted = len(list((site / "tjanster").glob("*.html")))
    check("services", [] if services == wanted else [f"{services} are told, of {wanted}"])
    check("prices", [] if prices else ["none is told"])


def main():
    output = Path(sys.argv[1])
    check_data(output)
    check_linked_data(output)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
