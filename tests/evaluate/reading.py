#!/usr/bin/env python3
"""`softbot read --json` over a folder of fill-forms, against its truth.json; see README.md."""

import argparse
import collections
import decimal
import json
import pathlib
import subprocess
import sys
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]

FILES_PER_CALL = 4
STATES = ["certain", "repaired", "doubtful", "unreadable", "empty"]


def read_files(arguments, files):
    """What softbot makes of the files: {file name: its entry}, and the seconds it took."""
    if arguments.readings and arguments.readings.exists():
        kept = json.loads(arguments.readings.read_text())
        return kept["files"], kept["seconds"]
    found, started = {}, time.monotonic()
    for at in range(0, len(files), FILES_PER_CALL):
        part = [str(arguments.folder / one["file"]) for one in files[at : at + FILES_PER_CALL]]
        run = subprocess.run([arguments.programs / "softbot", "read", "--json", *part], capture_output=True, check=False)
        if run.returncode not in (0, 3):
            raise SystemExit(f"softbot read ended with {run.returncode}: {run.stderr.decode()[-500:]}")
        for entry in json.loads(run.stdout)["files"]:
            found[entry["file"].rsplit("/", 1)[-1]] = entry
        print(f"\r{len(found)} of {len(files)} files read", end="", flush=True)
    print()
    seconds = time.monotonic() - started
    if arguments.readings:
        arguments.readings.write_text(json.dumps({"files": found, "seconds": seconds}))
    return found, seconds


def geometry_of(arguments, form, known={}):
    """The fields of a form by name; the second of one name is "<part>.<name>", as in truth.json."""
    key = (form["type"], form["municipality"])
    if key not in known:
        run = subprocess.run(
            [arguments.programs / "softbot", "print-form", *form["type"].split("+"), "--municipality", form["municipality"], "--geometry", "-o", "-"],
            capture_output=True, check=True)
        known[key] = {}
        for field in json.loads(run.stdout)["fields"]:
            name = field["name"] if field["name"] not in known[key] else field["part"] + "." + field["name"]
            known[key][name] = field
    return known[key]


def plain(text):
    """Capitals and digits only, without diacritics."""
    letters = unicodedata.normalize("NFKD", str(text)).upper().replace("Ø", "O").replace("Ł", "L")
    return "".join(sign for sign in letters if sign.isalnum() and sign.isascii())


def same(read, true):
    if read is None or true is None:
        return (read is None or read == []) and (true is None or true == [])
    if isinstance(true, bool) or isinstance(read, bool):
        return read is true
    if isinstance(true, list):
        return isinstance(read, list) and sorted(map(str, read)) == sorted(map(str, true))
    try:
        return decimal.Decimal(str(read)) == decimal.Decimal(str(true))
    except decimal.InvalidOperation:
        return plain(read) == plain(true)


def kind_of(field):
    if field["kind"] == "characters":
        return "boxes " + field["answerKind"] if "answerKind" in field else "boxes " + field.get("answer_kind", "")
    return field["kind"]


class Tally:
    def __init__(self):
        self.states = collections.Counter()
        self.right = collections.Counter()
        self.written = 0


def measure(arguments):
    truth = json.loads((arguments.folder / "truth.json").read_text())["files"]
    truth = truth[: arguments.first or None]
    found, seconds = read_files(arguments, truth)
    tallies = collections.defaultdict(Tally)
    wrong, forms, lost, whole, pages = [], 0, [], 0, 0
    unread = 0
    for file in truth:
        entry = found.get(file["file"], {"forms": [], "error": {"code": "not read"}})
        pages += file["pages"]
        if entry.get("error"):
            lost.append(f'{file["file"]}: {entry["error"]["code"]}')
        for form in file["forms"]:
            forms += 1
            read = form_read(entry, form)
            if read is None:
                lost.append(f'{file["file"]}: {form["type"]} was not found ({(entry.get("error") or {}).get("code", "no form")})')
                continue
            unread += sum(name not in read["fields"] for name in form["fields"])
            if compare(arguments, file, form, read, tallies, wrong):
                whole += 1
    report(tallies, wrong, lost, forms, whole, pages, seconds, unread)
    return 0


def form_read(entry, form):
    """The form of the reading that lies on the same pages."""
    wanted = {page for page in form["pages"] if page is not None}
    for read in entry.get("forms") or []:
        if wanted & set(read["pages"]):
            return read
    return None


def compare(arguments, file, form, read, tallies, wrong):
    """True when all that decides is settled and right."""
    geometry = geometry_of(arguments, form)
    mistakes = {one["field"]: one["kind"] for one in form["mistakes"]}
    settled = True
    for name, true in form["fields"].items():
        field = geometry[name]
        page = form["pages"][field["page"] - 1]
        reading = read["fields"].get(name)
        if page is None or reading is None:
            settled = settled and page is None
            continue
        if field["kind"] == "line" or name in form["notTranscribed"]:
            # Nobody promises to read words: only whether something is written counts.
            written = name in form["notTranscribed"] or true is not None
            right = written == (reading["state"] != "empty")
        elif field["kind"] == "signature":
            right = (reading["state"] != "empty") == bool(true)
        else:
            right = same(reading["value"], true)
        tally = tallies[kind_of(field)]
        tally.states[reading["state"]] += 1
        tally.right[reading["state"]] += right
        tally.written += true not in (None, False, [])
        sure = reading["state"] in ("certain", "empty")
        decisive = (field.get("fieldClass") or field.get("field_class") or field.get("class")) == "decisive"
        if sure and not right:
            wrong.append(f'{file["file"]} {"DECISIVE " if decisive else ""}{name}: read {reading["value"]!r} ({reading["state"]} '
                         f'{reading["probability"]:.4f}), is {true!r} {mistakes.get(name, "")} [{form["writer"]["digits"]}, {file["degradation"]["name"]}]')
        if decisive and not (sure and right):
            settled = False
    return settled


def report(tallies, wrong, lost, forms, whole, pages, seconds, unread):
    print(f'{"kind of field":24}{"fields":>8}{"written":>9}' + "".join(f"{state:>12}" for state in STATES) + f'{"sure, wrong":>13}')
    for kind in sorted(tallies):
        one = tallies[kind]
        count = sum(one.states.values())
        bad = sum(one.states[state] - one.right[state] for state in ("certain", "empty"))
        print(f"{kind:24}{count:8}{one.written:9}" + "".join(f"{one.states[state] / count:12.1%}" for state in STATES) + f"{bad:13}")
    print(f"\nforms: {forms}, fields on pages that were not read: {unread}, all that decides certain and right: {whole} ({whole / max(1, forms):.1%})")
    print(f"pages: {pages}, seconds a page: {seconds / max(1, pages):.2f}")
    for line in lost:
        print("NOT READ", line)
    print(f"\ncertain (or surely empty) and wrong: {len(wrong)}")
    for line in wrong:
        print("  " + line)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path, help="what fill-forms wrote")
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--first", type=int, default=0, help="only so many files")
    parser.add_argument("--readings", type=pathlib.Path, help="keep what softbot read in this file, or take it when it is there")
    arguments = parser.parse_args()
    if not (arguments.folder / "truth.json").exists():
        parser.error(f"{arguments.folder} holds no truth.json: make it with fill-forms.")
    return measure(arguments)


if __name__ == "__main__":
    sys.exit(main())
