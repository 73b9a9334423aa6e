"""Writes the glyphs that training never saw, for evaluations and for the form filler.

    python3 ocr/training/export_heldout.py --data ../shared/data --out DIR [--fonts node_modules/@fontsource]

Two folders, by the split of sources.py: DIR/calibration, for choosing the thresholds of whole fields, and DIR/report, for what is told of them. In each one pair of IDX files (gzip) per source and alphabet: <source>-<digits|capitals>-images-idx3-ubyte.gz and ...-labels-idx1-ubyte.gz, white on black,
32x32 (mnist and capitals 28x28, as they are). Labels are 0 to 9 for digits and character codes (65 to 90) for capitals. Only what is made from
optdigits, characters62 and the fonts may be passed on; the others stay where they are used.
"""

import argparse
import pathlib

import cv2
import numpy as np

from fonts import CAPITALS, DIGITS, fonts
from sources import KEPT_OUT, capitals, characters62, mnist, optdigits, write_idx


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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    sources = {"mnist": mnist, "optdigits": optdigits, "characters62": characters62, "capitals": capitals}
    sets = {name: read(given.data) for name, read in sources.items()}
    if given.fonts:
        sets["fonts"] = fonts(given.fonts)
    for part in KEPT_OUT:
        for source, glyphs in sets.items():
            write(given.out / part, source, [g for g in glyphs if g.part == part])



if __name__ == "__main__":
    main()
