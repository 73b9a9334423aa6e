"""What a net learns from: an endless, seeded stream of (32x32 array, class) made from the training part of the sources.

The sample with number i of seed s is always the same, whatever the number of worker processes.
"""

from collections import defaultdict

import numpy as np

import synthesis
from augment import coarse, like_a_form, trimmed, warp
from fonts import CAPITALS, DIGITS, fonts
from normalise import normalise
from sources import KEPT_OUT, TRAIN, capitals, characters62, corrections, mnist, optdigits, read_cut

OTHER = "other"
CLASSES = {"digits": list(DIGITS) + [OTHER], "capitals": list(CAPITALS) + [OTHER]}

# Characters of the other alphabet that look like none of the net's own.
STRANGERS = {"digits": "AEHKMNRVWXkmnvwx&#+=%*@", "capitals": "349&?#=%*@"}

# A lower-case letter in a box for a capital is read as its capital where its shape leaves no doubt.
SMALL_AS_CAPITAL = "abcdefhikmnopqrstuvwxyz"
SAME_SHAPE = "ckopsuvwxyz"
# Too thin, or too easily a part of another character, to be recognised as one of two in a box.
THIN = "1CIJLilcj"
# Corners (0 top left, clockwise) that are drawn like a character: top right is a 7; bottom left an L, bottom right a J.
CHARACTER_CORNERS = {"digits": (1,), "capitals": (1, 2, 3)}

DIGIT_SHARES = {"mnist": 0.40, "optdigits": 0.22, "characters62": 0.13, "font": 0.17}
CAPITAL_SHARES = {"names": 0.30, "capitals": 0.14, "characters62": 0.22, "font": 0.18, "small": 0.08}
# Of what is no `other`, where there are corrections of a municipality; without them the stream is as it was.
CORRECTIONS_SHARE = 0.15


def kind_of(glyph):
    return "font" if glyph.source.startswith("font") else glyph.source


def one_of(rng, choices):
    return choices[rng.integers(len(choices))]


def load(data, font_folder, clean=None, names=None, corrected=None):
    """All glyphs of all sources; `clean` maps the number of a capital to the right letter or None (what is kept out stays as it is); `names`: what cut_names.py wrote; `corrected`: what `ocr-eval glyphs` wrote."""
    glyphs = mnist(data) + optdigits(data) + characters62(data) + fonts(font_folder)
    glyphs += (read_cut(names) if names else []) + (corrections(corrected) if corrected else [])
    for glyph in capitals(data):
        letter = glyph.character if glyph.part in KEPT_OUT else (clean or {}).get(glyph.number, glyph.character)
        if letter:
            glyphs.append(glyph._replace(character=letter))
    return glyphs


class Stream:
    """Numbered training samples of one net."""

    def __init__(self, net, glyphs, seed):
        self.net, self.seed = net, seed
        self.classes = CLASSES[net]
        self.pools = defaultdict(lambda: defaultdict(list))
        for glyph in glyphs:
            if glyph.part == TRAIN:
                self.pools[kind_of(glyph)][glyph.character].append(glyph.ink)
        self.own = "".join(c for c in self.classes if c != OTHER)
        self.shares = self.shares_with_corrections(DIGIT_SHARES if net == "digits" else CAPITAL_SHARES)
        self.steps = []
        for source, share in self.shares.items():
            pool = self.pools["capitals" if source == "small" else source]
            sizes = np.array([len(pool[c]) for c in self.own], float)
            weights = np.sqrt(sizes) if source in ("capitals", "names", "corrections") else np.sign(sizes)
            if sizes.any():
                self.steps.append((source, share, np.cumsum(weights / weights.sum())))
        # What a missing source leaves goes to the others; the share of `other` stays.
        whole = sum(self.shares.values()) / sum(share for _, share, _ in self.steps)
        self.steps = [(source, share * whole, ladder) for source, share, ladder in self.steps]

    def shares_with_corrections(self, shares):
        """People put right what was hard to read: it takes its share from all other sources alike."""
        if not any(self.pools["corrections"][c] for c in self.own):
            return shares
        rest = 1 - CORRECTIONS_SHARE
        return {**{source: share * rest for source, share in shares.items()}, "corrections": sum(shares.values()) * CORRECTIONS_SHARE}

    def pick(self, rng, source, character):
        pool = self.pools[source][character]
        return pool[rng.integers(len(pool))] if pool else None

    def any_own(self, rng, without=""):
        while True:
            source = one_of(rng, ["mnist", "optdigits", "font"] if self.net == "digits" else ["names", "characters62", "font"])
            character = self.own[rng.integers(len(self.own))]
            ink = None if character in without else self.pick(rng, source, character)
            if ink is not None:
                return character, ink

    def small(self, rng):
        while True:
            letters = SAME_SHAPE if rng.random() < 0.4 else SMALL_AS_CAPITAL
            character = letters[rng.integers(len(letters))]
            ink = self.pick(rng, one_of(rng, ["characters62", "font"]), character)
            if ink is not None:
                return character.upper(), ink

    def stranger(self, rng):
        while True:
            letters = STRANGERS[self.net]
            source = one_of(rng, ["characters62", "font"] if self.net == "digits" else ["characters62", "font", "mnist", "optdigits"])
            ink = self.pick(rng, source, letters[rng.integers(len(letters))])
            if ink is not None:
                return ink

    def other(self, rng):
        kind = rng.random()
        if kind < 0.33:
            return self.stranger(rng)
        if kind < 0.45:
            return synthesis.scribble(rng)
        if kind < 0.66:
            return synthesis.crossed_out(self.any_own(rng)[1], rng)
        if kind < 0.72:
            return synthesis.specks(rng)
        if kind < 0.80:
            return synthesis.box_fragment(rng, CHARACTER_CORNERS[self.net])
        while True:
            (first, one), (second, two) = self.any_own(rng, THIN), self.any_own(rng, THIN)
            if first != second:
                return synthesis.two_in_one(one, two, rng)

    def glyph(self, rng):
        draw = rng.random()
        for source, share, ladder in self.steps:
            draw -= share
            if draw < 0 and source == "small":
                return self.small(rng)
            if draw < 0:
                character = self.own[min(np.searchsorted(ladder, rng.random(), 'right'), len(self.own) - 1)]
                ink = self.pick(rng, source, character)
                if character == "1" and rng.random() < 0.30:
                    ink = synthesis.with_flag(ink, rng)
                elif character == "7" and source != "characters62" and rng.random() < 0.30:
                    ink = synthesis.with_bar(ink, rng)
                return character, ink
        return OTHER, self.other(rng)

    def sample(self, number):
        rng = np.random.default_rng((self.seed, number))
        character, ink = self.glyph(rng)
        return normalise(self.seen(ink, rng)), self.classes.index(character)

    def seen(self, ink, rng):
        """As it is, only written differently, in a coarse picture, or in the box of a scanned form."""
        kind = rng.random()
        if kind < 0.12:
            return ink
        if kind < 0.27:
            return warp(trimmed(ink), rng, rng.uniform(30, 56), rng.uniform(0.2, 1))
        if kind < 0.37:
            return coarse(ink, rng)
        return like_a_form(ink, rng, lambda: self.any_own(rng)[1], rng.uniform(0.05, 0.95))
