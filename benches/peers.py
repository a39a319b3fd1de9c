"""What the programs that this one is compared with are given, made of this program's own output; see compare.sh."""
import os
import pathlib
import re
import subprocess
import sys
import time
import zipfile
import zlib


def sites(pages, target):
    """The pages of our site as Markdown, as a site for Hugo, for Zola and for mdBook, with a layout of the smallest kind."""
    files = {
        'hugo/hugo.toml': 'baseURL = "https://exempel.example/"\ntitle = "Katalog"\ndisableKinds = ["taxonomy", "term", "RSS"]\n',
        'hugo/layouts/_default/single.html': '<!doctype html><html lang="sv"><title>{{ .Title }}</title><main>{{ .Content }}</main></html>\n',
        'hugo/layouts/_default/list.html': '<!doctype html><html lang="sv"><title>{{ .Title }}</title>{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</html>\n',
        'zola/config.toml': 'base_url = "https://exempel.example"\nbuild_search_index = false\n',
        'zola/templates/page.html': '<!doctype html><html lang="sv"><title>{{ page.title }}</title><main>{{ page.content | safe }}</main></html>\n',
        'zola/templates/section.html': '<!doctype html><html lang="sv">{% for page in section.pages %}<a href="{{ page.permalink }}">{{ page.title }}</a>{% endfor %}</html>\n',
        'zola/templates/index.html': '<!doctype html><html lang="sv"><title>Katalog</title></html>\n',
        'zola/content/_index.md': '+++\n+++\n',
        'mdbook/book.toml': '[book]\ntitle = "Katalog"\n[output.html.search]\nenable = false\n',
    }
    summary = ['# Katalog\n']
    for path in sorted(pages.rglob('*.md')):
        # One folder: for Zola each would be a section of its own.
        name = 'sida-' + '-'.join(path.relative_to(pages).with_suffix('').parts)
        # Two braces would be a call in their templates.
        text = path.read_text('utf-8').replace('{{', '{ {').replace('{%', '{ %')
        files[f'hugo/content/{name}.md'] = f'---\ntitle: "{name}"\n---\n{text}'
        files[f'zola/content/{name}.md'] = f'+++\ntitle = "{name}"\n+++\n{text}'
        files[f'mdbook/src/{name}.md'] = text
        summary.append(f'- [{name}]({name}.md)')
    files['mdbook/src/SUMMARY.md'] = '\n'.join(summary) + '\n'
    for path, text in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, 'utf-8')


def documents(output):
    """Our Markdown files of what is a Word file too, each with a name for what others make of it."""
    folder = output / 'markdown'
    for path in sorted(folder.rglob('*.md')):
        yield path, '-'.join(path.relative_to(folder).with_suffix('').parts) + '.docx'


def pandoc(output, target):
    """Runs pandoc for each, as a script that builds them would."""
    target.mkdir()
    for path, name in documents(output):
        subprocess.run([os.environ['PANDOC'], path, '-f', 'gfm', '-o', target / name], check=True)


def blocks(markdown):
    """Headings, tables and paragraphs, without the marks inside them."""
    rows, text = [], []
    plain = lambda line: re.sub(r'\[([^\]]*)\]\([^)]*\)|[*`\\]', r'\1', line)
    for line in markdown.splitlines() + ['']:
        if line.startswith('|'):
            cells = [plain(cell).strip() for cell in re.split(r'(?<!\\)\|', line.strip('|'))]
            if not all(re.fullmatch(r':?-+:?', cell) for cell in cells):
                rows.append(cells)
            continue
        if rows:
            yield {'kind': 'table', 'rows': rows}
            rows = []
        if line.startswith('#') or not line.strip():
            if text:
                yield {'kind': 'text', 'text': plain(' '.join(text))}
                text = []
            if line.startswith('#'):
                yield {'kind': 'heading', 'level': min(9, len(line) - len(line.lstrip('#'))), 'text': plain(line.lstrip('# '))}
        else:
            text.append(line)


def python_docx(output, target):
    import docx
    target.mkdir()
    for path, name in documents(output):
        write_python_docx(docx.Document(), path, target / name)


def write_python_docx(document, markdown, target):
    for block in blocks(markdown.read_text('utf-8')):
        if block['kind'] == 'heading':
            document.add_heading(block['text'], block['level'])
        elif block['kind'] == 'text':
            document.add_paragraph(block['text'])
        else:
            table = document.add_table(0, max(map(len, block['rows'])))
            for row in block['rows']:
                for cell, text in zip(table.add_row().cells, row):
                    cell.text = text
    document.save(target)


def docxtpl(output, target):
    import docx
    target.mkdir()
    path = str(target / 'mall.docx')
    write_template(docx.Document(), path)
    for markdown, name in documents(output):
        write_docxtpl(path, markdown, target / name)


def write_template(template, path):
    for line in ['{%p for b in blocks %}', '{%p if b.rows %}']:
        template.add_paragraph(line)
    table = template.add_table(3, 1)
    for row, text in zip(table.rows, ['{%tr for r in b.rows %}', '{{ r }}', '{%tr endfor %}']):
        row.cells[0].text = text
    for line in ['{%p else %}', '{{ b.text }}', '{%p endif %}', '{%p endfor %}']:
        template.add_paragraph(line)
    template.save(path)


def write_docxtpl(path, markdown, target):
    """Tables become lines of text: a template cannot have tables of any number of columns."""
    from docxtpl import DocxTemplate
    filled = [{'rows': [' – '.join(row) for row in b['rows']]} if b['kind'] == 'table' else {'text': b['text'], 'rows': None}
              for b in blocks(markdown.read_text('utf-8'))]
    template = DocxTemplate(path)
    template.render({'blocks': filled}, autoescape=True)
    template.save(target)


def copy(output, target):
    """The physical limit: the same bytes to the same files. Only the writing is timed, and told."""
    files = [(path.relative_to(output), path.read_bytes()) for path in sorted(output.rglob('*')) if path.is_file()]
    start = time.perf_counter()
    for path, data in files:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    print(f'{time.perf_counter() - start:.2f} s: {len(files)} files, {sum(len(data) for _, data in files) / 1e6:.0f} MB')


def deflate(output, _):
    """The physical limit of Word: the parts of every file packed once, at the level that is used for them."""
    parts = []
    for path in sorted((output / 'word').rglob('*.docx')):
        with zipfile.ZipFile(path) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    start = time.process_time()
    packed = sum(len(zlib.compress(part, 6)) for part in parts)
    print(f'{time.process_time() - start:.2f} s: {sum(map(len, parts)) / 1e6:.0f} MB packed to {packed / 1e6:.0f} MB')


def table(measured, _):
    """The medians of what /usr/bin/time wrote: name, user, system and elapsed seconds, and peak memory in kB."""
    runs = {}
    for line in measured.read_text().splitlines():
        name, *figures = line.split('\t')
        runs.setdefault(name, []).append([float(figure) for figure in figures])
    middle = lambda values: sorted(values)[len(values) // 2]
    medians = {name: [middle(column) for column in zip(*rows)] for name, rows in runs.items()}
    print('| work | processor time | elapsed | peak memory | processor time, ratio |\n|---|---|---|---|---|')
    for name, (user, system, elapsed, memory) in medians.items():
        group = medians.get(name.split(':')[0] + ': katalog')
        ratio = f'{(user + system) / (group[0] + group[1]):.2f} ×' if group else ''
        print(f'| {name} | {user + system:.2f} s | {elapsed:.2f} s | {memory / 1000:.0f} MB | {ratio} |')


if __name__ == '__main__':
    work, *paths = sys.argv[1:]
    globals()[work](*map(pathlib.Path, paths), *([None] * (2 - len(paths))))
