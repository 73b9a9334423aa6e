"""Draws what a net gets wrong or doubts, for the eye: label, reading and probability over each glyph.

    python3 ocr/training/look.py --net digits --data ../shared/data --fonts node_modules/@fontsource --part validation --out wrong.png

The sheet may show pieces of mnist and of real names: it stays where it was made.
"""

import argparse
import json
import pathlib

import numpy as np
import torch
from PIL import Image, ImageDraw

from export import MODELS, degraded, onnx_logits
from material import CLASSES, load
from sources import KEPT_OUT, VALIDATION
from train import arrays, own_glyphs, read_clean


def sheet(rows, columns=24, cell=52):
    """rows: (32x32 array, text above it)."""
    canvas = Image.new("L", (columns * cell, -(-len(rows) // columns) * (cell + 22)), 255)
    draw = ImageDraw.Draw(canvas)
    for place, (array, text) in enumerate(rows):
        x, y = place % columns * cell, place // columns * (cell + 22)
        image = Image.fromarray((255 - 255 * np.clip(array, 0, 1)).astype(np.uint8))
        canvas.paste(image.resize((cell - 4, cell - 4)), (x, y + 22))
        draw.text((x, y), text, fill=0)
    return canvas


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--net", required=True, choices=CLASSES)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", required=True, type=pathlib.Path)
    parser.add_argument("--clean", type=pathlib.Path)
    parser.add_argument("--part", choices=[VALIDATION, *KEPT_OUT], default=VALIDATION)
    parser.add_argument("--degraded", action="store_true", help="as scanned form boxes")
    parser.add_argument("--most", type=int, default=240)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    entry = json.loads((MODELS / "models.json").read_text())[given.net]
    classes = entry["classes"]
    glyphs = own_glyphs(load(given.data, given.fonts, read_clean(given.clean)), given.net, given.part, fonts=True)
    images = degraded(glyphs, 7) if given.degraded else arrays(glyphs)
    probabilities = torch.softmax(onnx_logits(MODELS / entry["file"], images) / entry["temperature"], 1)
    best, named = probabilities.max(1)
    wrong = [i for i, g in enumerate(glyphs) if classes[named[i]] != g.character]
    wrong.sort(key=lambda i: -best[i])
    print(f"{len(wrong)} of {len(glyphs)} wrong")
    short = lambda g: {"mnist": "m", "optdigits": "o", "characters62": "c", "capitals": "n"}.get(g.source, "f")
    text = lambda i: f"{glyphs[i].character}>{classes[named[i]][:2]} {best[i]:.3f}\n{short(glyphs[i])}{glyphs[i].number}"
    sheet([(images[i, 0].numpy(), text(i)) for i in wrong[: given.most]]).save(given.out)


if __name__ == "__main__":
    main()
