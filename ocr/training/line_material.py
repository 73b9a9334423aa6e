"""What the net of lines learns from: written lines of capitals and digits, 32 rows high, and what they say.

Three kinds: real name fields whose label is known; real name fields whose label earlier readings agree on; and lines put together from single glyphs
(sources.py) as a person puts them: one hand, a common slant, letters that touch, a line below that wanders, remains of other lines and of rulings.
"""

import csv
import io
import re
import tarfile
from collections import defaultdict

import cv2
import numpy as np
from PIL import Image

from fonts import CAPITALS, DIGITS
from normalise import INK_THRESHOLD
from sources import TRAIN, image_part, paper_to_ink, read_checked

SIGNS = CAPITALS + DIGITS  # class 0 is `nothing here`, the signs follow
HEIGHT, LETTER, MIDDLE = 32, 20, 15.5
WIDTHS = (192, 320, 512)
MOST = 20  # signs of a line


def row_spread(ink):
    """(middle, height) of the writing in rows: block letters spread their ink about evenly, and an even spread is the square root of twelve deviations high."""
    rows = np.where(ink > INK_THRESHOLD, ink, 0).sum(1)
    total = rows.sum()
    if total <= 0:
        return None
    places = np.arange(len(rows), dtype=np.float64)
    middle = float((rows * places).sum() / total)
    return middle, max(4.0, float(np.sqrt(12 * (rows * (places - middle) ** 2).sum() / total)))


def normalise_line(ink, scale=1.0, shift=0.0):
    """The ink map of one line (0 paper, 1 ink) as HEIGHT rows: letters LETTER high, their middle in row MIDDLE. `scale` and `shift` are for training."""
    found = row_spread(ink)
    if found is None:
        return np.zeros((HEIGHT, WIDTHS[0]), np.float32)
    middle, height = found
    factor = min(LETTER / height * scale, WIDTHS[-1] / ink.shape[1])
    width = max(1, min(WIDTHS[-1], int(round(ink.shape[1] * factor))))
    if factor < 1:
        ink = cv2.GaussianBlur(ink, (0, 0), 0.4 / factor)
    across = factor * ink.shape[1] / width
    columns = ((np.arange(width, dtype=np.float32) + 0.5) / (width / ink.shape[1]) - 0.5)[None].repeat(HEIGHT, 0)
    rows = ((np.arange(HEIGHT, dtype=np.float32) - MIDDLE - shift) / factor + middle)[:, None].repeat(width, 1)
    return cv2.remap(ink.astype(np.float32), columns, rows.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)


def padded(line, width):
    return np.pad(line, ((0, 0), (0, width - line.shape[1])))


def bucket(line):
    return next(w for w in WIDTHS if w >= line.shape[1])


def plain(text):
    return re.sub("[^A-Z0-9]", "", text)


def real_lines(data, archive, parts):
    """{number: ink map} of the name fields of `archive` (labelled, unlabelled) in these parts."""
    lines = {}
    with tarfile.open(data / f"names/{archive}.tar") as tar:
        for member in tar:
            number = int(re.search(r"(\d+)\.jpg$", member.name)[1])
            if image_part(number) in parts:
                lines[number] = paper_to_ink(np.asarray(Image.open(io.BytesIO(tar.extractfile(member).read())).convert("L")))
    return lines


def labels(data, checked):
    """{number: what it says}, without what the eye called wrong or unreadable, and without what says nothing."""
    verdicts = read_checked(checked)
    rows = csv.DictReader((data / "names/labelled.csv").open())
    told = {int(re.search(r"(\d+)\.jpg$", row["file"])[1]): row["text"] for row in rows}
    usable = lambda n, text: verdicts.get(n, "right") == "right" and text not in ("UNREADABLE", "EMPTY") and 0 < len(plain(text)) <= MOST
    return {n: plain(text) for n, text in told.items() if usable(n, text)}


def cut_labels(path):
    """{number: name} of the unlabelled fields that cut_names.py cut whole."""
    with np.load(path) as kept:
        names = defaultdict(str)
        for letter, number in zip(kept["letters"], kept["numbers"]):
            names[int(number)] += chr(letter)
    return dict(names)


class Hands:
    """Glyphs by who wrote them: a font, a number of characters62, or many hands mixed."""

    def __init__(self, glyphs):
        self.mixed = defaultdict(list)
        self.hands = defaultdict(lambda: defaultdict(list))
        for glyph in glyphs:
            if glyph.part != TRAIN or glyph.character not in SIGNS + CAPITALS.lower():
                continue
            if glyph.source.startswith("font"):
                self.hands[glyph.source][glyph.character].append(glyph.ink)
            elif glyph.source == "characters62":
                self.hands[f"c62 {glyph.number}"][glyph.character].append(glyph.ink)
            if not glyph.character.islower():
                self.mixed[glyph.source.split()[0], glyph.character].append(glyph.ink)
        self.hands = {name: hand for name, hand in self.hands.items() if sum(c in CAPITALS for c in hand) > 20}
        self.names = sorted(self.hands)

    def writer(self, rng):
        """A function from a sign to an ink map of it."""
        if rng.random() < 0.5:
            hand = self.hands[self.names[rng.integers(len(self.names))]]
            small = rng.random() < 0.12 and any(c.islower() for c in hand)
            first = [True]

            def one(sign):
                wanted = sign.lower() if small and not first[0] else sign
                first[0] = False
                pool = hand.get(wanted) or hand.get(sign) or self.pool(sign, rng)
                return pool[rng.integers(len(pool))]

            return one
        source = ("names", "capitals", "names", "font")[rng.integers(4)]

        def many(sign):
            pool = self.mixed[source, sign] or self.pool(sign, rng)
            return pool[rng.integers(len(pool))]

        return many

    def pool(self, sign, rng):
        order = rng.permutation(["names", "characters62", "mnist", "optdigits", "font"])
        return next(p for p in (self.mixed[s, sign] for s in order) if p)


def warped(ink, rng):
    """A whole line turned, slanted and bent."""
    height, width = ink.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    slant, turn = rng.normal(0, 0.12), rng.normal(0, 0.012)
    coarse = rng.uniform(-1, 1, (3, max(3, width // 30), 2)).astype(np.float32)
    bend = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * rng.uniform(0, 1.4)
    middle = height / 2
    return cv2.remap(ink, columns + slant * (rows - middle) + bend[..., 0], rows + turn * (columns - width / 2) + bend[..., 1], cv2.INTER_LINEAR)


def scanned(ink, rng):
    """Pen, blur, noise, threshold, rulings and remains."""
    kind = rng.random()
    if kind < 0.2:
        ink = cv2.dilate(ink, np.ones((2, 2), np.uint8))
    elif kind < 0.35:
        finer = cv2.erode(ink, np.ones((2, 2), np.uint8))
        ink = finer if finer.sum() > 0.55 * ink.sum() else ink
    if rng.random() < 0.12:
        y = int(rng.uniform(0.82, 0.99) * ink.shape[0])
        ink[y : y + rng.integers(1, 3)] = np.maximum(ink[y : y + 1], rng.uniform(0.3, 0.8))
    if rng.random() < 0.6:
        ink = cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.3, 1.1))
    if rng.random() < 0.5:
        ink = ink + rng.standard_normal(ink.shape, np.float32) * np.float32(rng.uniform(0.01, 0.08))
    if rng.random() < 0.35:
        ink = (ink > ink.max() * rng.uniform(0.3, 0.55)).astype(np.float32)
    return np.clip(ink, 0, 1).astype(np.float32)


class LineStream:
    """Numbered lines; `real`: [(ink map, text)], `guessed`: [ink map], whose texts stand in the shared array `guesses` (empty: not known)."""

    def __init__(self, glyphs, real, guessed, guesses, texts, seed):
        self.hands, self.real, self.guessed, self.guesses, self.texts, self.seed = Hands(glyphs), real, guessed, guesses, texts, seed

    def text(self, rng):
        kind = rng.random()
        if kind < 0.45:
            text = self.texts[rng.integers(len(self.texts))]
            if rng.random() < 0.4:
                text = "".join(CAPITALS[rng.integers(26)] if rng.random() < 0.3 else c for c in text)
            return text
        if kind < 0.80:
            return "".join(CAPITALS[i] for i in rng.integers(0, 26, rng.integers(2, 13)))
        if kind < 0.90:
            return "".join(DIGITS[i] for i in rng.integers(0, 10, rng.integers(1, 11)))
        return "".join(SIGNS[i] for i in rng.integers(0, 36, rng.integers(2, 10)))

    def written(self, text, rng):
        """The line put together, about 30 pixels high in 48 rows."""
        hand, size, spread, wander = self.hands.writer(rng), rng.uniform(24, 34), rng.uniform(0, 0.12), rng.uniform(0, 1.5)
        space, pieces, x, y = rng.uniform(-0.06, 0.45), [], 6.0, 0.0
        for sign in text:
            glyph = hand(sign)
            scale = size * np.exp(rng.normal(0, spread)) / max(glyph.shape[0], 0.55 * glyph.shape[1])
            glyph = cv2.resize(glyph, None, fx=scale * np.exp(rng.normal(0, 0.08)), fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
            y = 0.6 * y + rng.normal(0, wander)
            pieces.append((glyph, int(x), int(round(40 - glyph.shape[0] + y))))
            x += max(4, glyph.shape[1] + size * (space + rng.normal(0, 0.06)) * (3 if rng.random() < 0.03 else 1))
        ink = np.zeros((48, int(x) + 60), np.float32)
        for glyph, left, top in pieces:
            top = max(0, min(48 - 4, top))
            area = ink[top : top + glyph.shape[0], left : left + glyph.shape[1]]
            np.maximum(area, np.clip(glyph[: area.shape[0], : area.shape[1]], 0, 1), out=area)
        return ink[:, : int(x) + 6]

    def sample(self, number):
        """(HEIGHT x width array, text)"""
        rng = np.random.default_rng((self.seed, number))
        kind = rng.random()
        if kind < 0.16:
            ink, text = self.real[rng.integers(len(self.real))]
        else:
            ink = None
            if kind < 0.50:
                place = int(rng.integers(len(self.guessed)))
                text = bytes(self.guesses[place]).rstrip(b"\0").decode()
                ink = self.guessed[place] if text else None
            if ink is None:
                text = self.text(rng)
                ink = self.written(text, rng)
        ink = scanned(warped(np.pad(ink, ((3, 3), (3, 3))), rng), rng)
        return normalise_line(ink, np.exp(rng.normal(0, 0.10)), rng.normal(0, 1.2)), text
