"""The material and its split: which glyph trains, which calibrates, which is only ever reported.

Every source is a list of Glyph (ink map 0..1, character, number within the source). The split is a rule on the source's own numbers,
so that it is by writer as far as the source tells, and the same on every machine:

    mnist         within each digit (the file is sorted by digit): the last sixth kept out, the twelfth before it validation
    optdigits     kept out: the last 20% of the file; validation: the 10% before (the file goes by writer as far as can be seen)
    characters62  kept out: file numbers 64 and up (one number is about one writer); validation: 56 to 63
    capitals      by number of the source image, modulo 20: kept out 0, 1, 2; validation 3, 4
    names         as capitals (the same images)
    fonts         kept out: CALIBRATION_FONTS and REPORT_FONTS, whole; none in validation
    corrections   all train: what is kept to try models on never comes here (`softbot corrections export` splits by resident)

What is kept out falls into two parts, so that thresholds of whole fields can be chosen on one (`calibration`) and told of the other (`report`): the first
half of what is kept out of each digit of mnist, of optdigits (by place in the file) and of characters62 (numbers 64 to 71) is calibration; so are capitals
and names of images whose number divided by 20 is even.
"""

import csv
import gzip
import io
import pathlib
import re
import tarfile
from typing import NamedTuple

import numpy as np
from PIL import Image

TRAIN, VALIDATION, CALIBRATION, REPORT = "train", "validation", "calibration", "report"
KEPT_OUT = (CALIBRATION, REPORT)

CALIBRATION_FONTS = {"gochi-hand", "handlee", "reenie-beanie"}
REPORT_FONTS = {"indie-flower", "nothing-you-could-do", "patrick-hand", "shadows-into-light"}


class Glyph(NamedTuple):
    ink: np.ndarray
    character: str
    source: str
    number: int
    part: str


def read_idx(path):
    """An IDX file of bytes, plain or gzip, as an array."""
    raw = pathlib.Path(path).read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    if raw[:3] != b"\0\0\x08":
        raise ValueError(f"{path}: not an IDX file of bytes")
    sizes = np.frombuffer(raw, ">u4", raw[3], 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(sizes)


def write_idx(path, array):
    """The array of bytes as a gzip IDX file; the same bytes for the same array."""
    head = b"\0\0\x08" + bytes([array.ndim]) + np.array(array.shape, ">u4").tobytes()
    pathlib.Path(path).write_bytes(gzip.compress(head + np.ascontiguousarray(array, np.uint8).tobytes(), mtime=0))


def image_part(number):
    """The part of an image of `names`, and of every character cut from it."""
    rest = number % 20
    if rest < 3:
        return REPORT if number // 20 % 2 else CALIBRATION
    return VALIDATION if rest < 5 else TRAIN


def part_by_place(place, count, validation, calibration, report):
    """The part of number `place` of `count` in a row; the shares say where each part begins."""
    for start, part in ((report, REPORT), (calibration, CALIBRATION), (validation, VALIDATION)):
        if place >= start * count:
            return part
    return TRAIN


def font_part(name):
    return REPORT if name in REPORT_FONTS else CALIBRATION if name in CALIBRATION_FONTS else TRAIN


def mnist(data):
    images = read_idx(data / "mnist/train-images-idx3-ubyte.gz")
    labels = read_idx(data / "mnist/train-labels-idx1-ubyte.gz")
    glyphs = []
    for digit in range(10):
        own = np.flatnonzero(labels == digit)
        for place, i in enumerate(own):
            part = part_by_place(place, len(own), 9 / 12, 10 / 12, 11 / 12)
            glyphs.append(Glyph(images[i].astype(np.float32) / 255, str(digit), "mnist", int(i), part))
    return glyphs


def optdigits(data):
    text = (data / "optdigits/optdigits-orig.tra").read_text()
    bitmaps = re.findall(r"((?:[01]{32}\n){32}) (\d)", text)
    part = lambda i: part_by_place(i, len(bitmaps), 0.7, 0.8, 0.9)
    ink = lambda rows: np.array([[c == "1" for c in row] for row in rows.split()], np.float32)
    return [Glyph(ink(rows), label, "optdigits", i, part(i)) for i, (rows, label) in enumerate(bitmaps)]


def paper_to_ink(grey):
    """Ink map of a small photo or scan: paper is the bright median, ink the darkest twentieth."""
    grey = grey.astype(np.float32)
    paper = np.percentile(grey, 75)
    dark = np.percentile(grey, 2)
    return np.clip((paper - 8 - grey) / max(paper - 8 - dark, 20), 0, 1)


def characters62(data):
    """Digits as 0-9, capitals as A-Z, small letters as a-z."""
    glyphs = []
    with tarfile.open(data / "characters62/train.tar") as tar:
        for member in tar:
            name = re.fullmatch(r"(?:.*/)?(CAP|SMALL|DIGIT)_(.)_(\d+)\.png", member.name)
            if not name:
                continue
            number = int(name[3])
            part = part_by_place(number, 80, 56 / 80, 64 / 80, 72 / 80)
            image = Image.open(io.BytesIO(tar.extractfile(member).read())).convert("RGBA")
            paper = Image.new("RGBA", image.size, "white")
            grey = np.asarray(Image.alpha_composite(paper, image).convert("L"))
            glyphs.append(Glyph(paper_to_ink(grey), name[2], "characters62", number, part))
    return sorted(glyphs, key=lambda g: (g.character, g.number))


def capitals(data):
    """Cut from name fields; a few per cent of the labels are wrong (see clean_capitals.py)."""
    images = read_idx(data / "capitals/train-images-idx3-ubyte.gz")
    labels = read_idx(data / "capitals/train-labels-idx1-ubyte.gz")
    numbers = [int(line) for line in (data / "capitals/train-source.txt").read_text().split()]
    return [
        Glyph(images[i].astype(np.float32) / 255, chr(labels[i]), "capitals", i, image_part(numbers[i]))
        for i in range(len(labels))
    ]


def read_checked(path):
    """What the eye said of each number, or of each (character, number) where a number is a writer (checked/README.md)."""
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return {int(row[-2]) if len(row) == 2 else (row[0], int(row[1])): row[-1] for row in rows[1:]}


def read_cut(path):
    """Capitals cut from the name fields of the training part, as cut_names.py wrote them; the number is that of the image."""
    with np.load(path) as kept:
        inks = np.split(kept["ink"], np.cumsum(kept["sizes"].prod(1))[:-1])
        return [
            Glyph(ink.reshape(size).astype(np.float32) / 255, chr(letter), "names", int(number), TRAIN)
            for ink, size, letter, number in zip(inks, kept["sizes"], kept["letters"], kept["numbers"])
        ]


def corrections(folder):
    """Digits and capitals of readings that people confirmed or put right, as `ocr-eval glyphs` cut them from an export."""
    folder = pathlib.Path(folder)
    glyphs = []
    for alphabet in ("digits", "capitals"):
        images = read_idx(folder / f"corrections-{alphabet}-images-idx3-ubyte")
        labels = read_idx(folder / f"corrections-{alphabet}-labels-idx1-ubyte")
        characters = [str(label) if label < 10 else chr(label) for label in labels]
        glyphs += [
            Glyph(image.astype(np.float32) / 255, character, "corrections", i, TRAIN)
            for i, (image, character) in enumerate(zip(images, characters))
        ]
    return glyphs
