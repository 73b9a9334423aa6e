"""Writes the glyphs that training never saw, for evaluations and for the form filler.

    python3 ocr/training/export_heldout.py --data ../shared/data --out DIR [--fonts node_modules/@fontsource] [--checked ocr/training/checked]

Two folders, by the split of sources.py: DIR/calibration, for choosing the thresholds of whole fields, and DIR/report, for what is told of them. In each one pair of IDX files (gzip) per source and alphabet: <source>-<digits|capitals>-images-idx3-ubyte.gz and ...-labels-idx1-ubyte.gz, white on black,
32x32 (mnist and capitals 28x28, as they are). Labels are 0 to 9 for digits and character codes (65 to 90) for capitals. Only what is made from
optdigits, characters62 and the fonts may be passed on; the others stay where they are used.

With --checked also DIR/calibration-checked and DIR/report-checked with what was checked by eye (checked/README.md): capitals with the letters that are really
written, and names.csv, the file names and texts (file,text) of name fields whose label is right, for `ocr-eval lines`.
"""

import argparse
import csv
import pathlib

import cv2
import numpy as np

from fonts import CAPITALS, DIGITS, fonts
from sources import KEPT_OUT, capitals, characters62, image_part, mnist, optdigits, read_checked, write_idx


def boxed(glyph, side=32, longer=26):
    """The glyph in a square of bytes; those that come in one are left alone."""
    ink = glyph.ink
    if glyph.source in ("mnist", "optdigits", "capitals"):
        return np.round(ink * 255).astype(np.uint8)
    scale = longer / max(ink.shape)
    size = tuple(max(1, int(round(v * scale))) for v in ink.shape[::-1])
    scaled = cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    result = np.zeros((side, side), np.float32)
    top, left = (side - size[1]) // 2, (side - size[0]) // 2
    result[top : top + size[1], left : left + size[0]] = scaled
    return np.round(np.clip(result, 0, 1) * 255).astype(np.uint8)


def write(folder, source, glyphs):
    folder.mkdir(parents=True, exist_ok=True)
    for alphabet, characters in (("digits", DIGITS), ("capitals", CAPITALS)):
        own = [g for g in glyphs if g.character in characters]
        if not own:
            continue
        labels = np.array([int(g.character) if alphabet == "digits" else ord(g.character) for g in own], np.uint8)
        write_idx(folder / f"{source}-{alphabet}-images-idx3-ubyte.gz", np.stack([boxed(g) for g in own]))
        write_idx(folder / f"{source}-{alphabet}-labels-idx1-ubyte.gz", labels)
        print(f"{folder.name} {source} {alphabet}: {len(own)}")


def checked_capitals(glyphs, checked):
    """Those that were looked at and are one legible letter, under that letter."""
    verdicts = read_checked(checked / "capitals.csv")
    legible = [(g, verdicts[g.number]) for g in glyphs if verdicts.get(g.number, "-") != "-"]
    return [g if verdict == "right" else g._replace(character=verdict) for g, verdict in legible]


def write_names(folder, data, checked, part):
    """The kept-out name fields whose label is right."""
    verdicts = read_checked(checked / "names.csv")
    with open(data / "names/labelled.csv", newline="") as file:
        own = [(row["file"], row["text"]) for row in csv.DictReader(file)]
    number = lambda name: int("".join(filter(str.isdigit, name)))
    own = [row for row in own if image_part(number(row[0])) == part and verdicts.get(number(row[0])) == "right"]
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "names.csv", "w", newline="") as file:
        csv.writer(file).writerows([("file", "text"), *own])
    print(f"{folder.name} names: {len(own)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", type=pathlib.Path)
    parser.add_argument("--checked", type=pathlib.Path, help="folder with the verdicts of the eye")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    sources = {"mnist": mnist, "optdigits": optdigits, "characters62": characters62, "capitals": capitals}
    sets = {name: read(given.data) for name, read in sources.items()}
    if given.fonts:
        sets["fonts"] = fonts(given.fonts)
    for part in KEPT_OUT:
        if given.checked:
            folder = given.out / f"{part}-checked"
            write_names(folder, given.data, given.checked, part)
            write(folder, "capitals", [g for g in checked_capitals(sets["capitals"], given.checked) if g.part == part])
        for source, glyphs in sets.items():
            write(given.out / part, source, [g for g in glyphs if g.part == part])



if __name__ == "__main__":
    main()
