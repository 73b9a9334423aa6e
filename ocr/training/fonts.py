"""Single characters of handwriting fonts (npm packages @fontsource/*, OFL or Apache).

    python3 ocr/training/fonts.py --fonts node_modules/@fontsource

prints what each font offers. Each font is a writer: those that sources.py keeps out are kept out whole.
"""

import argparse
import io
import pathlib

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from sources import Glyph, font_part

DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = "&?#+=%@*"
SMALL = CAPITALS.lower()
SIZE = 56

# Fonts whose small or capital letters are shapes of another kind (all capitals, or joined writing without separate capitals).
SMALL_ARE_CAPITALS = {"amatic-sc", "rock-salt", "permanent-marker", "walter-turncoat", "cabin-sketch", "loved-by-the-king", "schoolbell"}
NO_CAPITALS = {"homemade-apple", "la-belle-aurore", "licorice", "cedarville-cursive", "dawning-of-a-new-day", "kristi"}


def font_files(folder):
    """(name, path) of the latin regular face of each package."""
    found = []
    for package in sorted(pathlib.Path(folder).iterdir()):
        files = sorted(package.glob("files/*-latin-400-normal.woff")) or sorted(package.glob("files/*-latin-*-normal.woff"))
        if files:
            found.append((package.name, files[0]))
    return found


def as_truetype(path):
    font = TTFont(path)
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain)
    return plain, set(font.getBestCmap())


def render(face, character):
    """The ink map of one character, or None where the font draws nothing."""
    canvas = Image.new("L", (4 * SIZE, 4 * SIZE), 0)
    ImageDraw.Draw(canvas).text((SIZE, SIZE), character, font=face, fill=255)
    box = canvas.getbbox()
    if box is None or min(box[2] - box[0], box[3] - box[1]) < 2:
        return None
    return np.asarray(canvas.crop(box), np.float32) / 255


def fonts(folder):
    """Digits, letters and some signs of every font; the glyph's number is the code of its character."""
    glyphs = []
    for name, path in font_files(folder):
        plain, characters = as_truetype(path)
        plain.seek(0)
        face = ImageFont.truetype(plain, SIZE)
        wanted = DIGITS + SIGNS
        if name not in NO_CAPITALS:
            wanted += CAPITALS
        if name not in SMALL_ARE_CAPITALS:
            wanted += SMALL
        part = font_part(name)
        for character in wanted:
            ink = render(face, character) if ord(character) in characters else None
            if ink is not None:
                glyphs.append(Glyph(ink, character, "font " + name, ord(character), part))
    return glyphs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", required=True, type=pathlib.Path)
    glyphs = fonts(parser.parse_args().fonts)
    for name in sorted({g.source for g in glyphs}):
        own = [g for g in glyphs if g.source == name]
        print(f"{name}: {''.join(g.character for g in own)} ({own[0].part})")


if __name__ == "__main__":
    main()
