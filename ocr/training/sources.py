"""The material and its split: which glyph trains, which calibrates, which is only ever reported.

Every source is a list of Glyph (ink map 0..1, character, number within the source). The split is a rule on the source's own numbers,
so that it is by writer as far as the source tells, and the same on every machine:

    mnist         kept out: the last 10,000 of the file; validation: the 5,000 before them
    optdigits     kept out: the last 20% of the file; validation: the 10% before (the file goes by writer as far as can be seen)
    characters62  kept out: file numbers 64 and up (one number is about one writer); validation: 56 to 63
    capitals      by number of the source image, modulo 20: kept out 0, 1, 2; validation 3, 4
    names         as capitals (the same images)
    fonts         kept out: KEPT_OUT_FONTS, whole; none in validation
"""

import gzip
import io
import pathlib
import re
import tarfile
from typing import NamedTuple

import numpy as np
from PIL import Image

TRAIN, VALIDATION, KEPT_OUT = "train", "validation", "kept-out"

KEPT_OUT_FONTS = {"gochi-hand", "handlee", "indie-flower", "nothing-you-could-do", "patrick-hand", "reenie-beanie", "shadows-into-light"}


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
    return KEPT_OUT if rest < 3 else VALIDATION if rest < 5 else TRAIN


def mnist(data):
    images = read_idx(data / "mnist/train-images-idx3-ubyte.gz")
    labels = read_idx(data / "mnist/train-labels-idx1-ubyte.gz")
    end = len(labels)
    part = lambda i: KEPT_OUT if i >= end - 10000 else VALIDATION if i >= end - 15000 else TRAIN
    return [Glyph(images[i].astype(np.float32) / 255, str(labels[i]), "mnist", i, part(i)) for i in range(end)]


def optdigits(data):
    text = (data / "optdigits/optdigits-orig.tra").read_text()
    bitmaps = re.findall(r"((?:[01]{32}\n){32}) (\d)", text)
    end = len(bitmaps)
    part = lambda i: KEPT_OUT if i >= end * 0.8 else VALIDATION if i >= end * 0.7 else TRAIN
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
            part = KEPT_OUT if number >= 64 else VALIDATION if number >= 56 else TRAIN
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
