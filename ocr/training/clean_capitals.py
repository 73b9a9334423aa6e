"""Finds wrong labels among the capitals: those that nets which never saw them contradict with confidence.

    python3 ocr/training/clean_capitals.py suspects --data ../shared/data --fonts node_modules/@fontsource --samples 100000 --out suspects.json
    python3 ocr/training/clean_capitals.py sheet --data ../shared/data --suspects suspects.json --out sheet.png

`suspects` trains one net per third of the training part on the other two thirds (confident learning by cross-validation); the validation and kept-out
parts are judged by the mean of the three. It writes, per capital, the label, the probability of the label and what the nets read instead.
`sheet` draws the suspects (label, reading, number) for the eye: this sheet shows pieces of real names and stays where it was made.
What the eye decided is in capitals-verdicts.json: number of the capital to the right letter, or null for no legible capital.
Verdicts are used in training and validation, and in what is kept out only for the figure called `checked`: there they are only those where a piece of the
printed prompt stands over the letter, found by a gap between rows of ink and not by what a net reads.
"""

import argparse
import json
import pathlib

import numpy as np
import torch
from PIL import Image, ImageDraw

from material import CLASSES, load
from sources import KEPT_OUT, TRAIN, VALIDATION, capitals
from train import arrays, logits_of, train

FOLDS = 3


def fold_of(number):
    """Thirds in runs of 100, because the characters of one image lie together."""
    return number // 100 % FOLDS


def suspects(data, font_folder, samples):
    glyphs = load(data, font_folder)
    own = [g for g in glyphs if g.source == "capitals"]
    images = arrays(own)
    sums = np.zeros((len(own), len(CLASSES["capitals"])))
    for fold in range(FOLDS):
        left_out = lambda g: g.source == "capitals" and g.part == TRAIN and fold_of(g.number) == fold
        net = train("capitals", [g for g in glyphs if not left_out(g)], samples, 100 + fold)
        probabilities = torch.softmax(logits_of(net, images), 1).numpy()
        for i, glyph in enumerate(own):
            if glyph.part != TRAIN:
                sums[i] += probabilities[i] / FOLDS
            elif left_out(glyph):
                sums[i] = probabilities[i]
    result = []
    for glyph, row in zip(own, sums):
        best = int(row.argmax())
        of_label = float(row[CLASSES["capitals"].index(glyph.character)])
        result.append(
            {
                "number": glyph.number,
                "part": glyph.part,
                "label": glyph.character,
                "labelProbability": round(of_label, 4),
                "reading": CLASSES["capitals"][best],
                "readingProbability": round(float(row[best]), 4),
            }
        )
    return sorted(result, key=lambda s: s["labelProbability"])


def sheet(data, listed, columns=24, cell=56):
    by_number = {g.number: g for g in capitals(data)}
    canvas = Image.new("L", (columns * cell, -(-len(listed) // columns) * (cell + 22)), 255)
    draw = ImageDraw.Draw(canvas)
    for place, item in enumerate(listed):
        x, y = place % columns * cell, place // columns * (cell + 22)
        ink = by_number[item["number"]].ink
        canvas.paste(Image.fromarray((255 - 255 * ink).astype(np.uint8)).resize((cell - 6, cell - 6)), (x, y + 20))
        draw.text((x, y), f"{item['label']}>{item['reading'][:2]} {item['readingProbability']:.2f}\n{item['number']}", fill=0)
    return canvas


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["suspects", "sheet"])
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", type=pathlib.Path)
    parser.add_argument("--samples", type=int, default=100000)
    parser.add_argument("--suspects", type=pathlib.Path)
    parser.add_argument("--parts", nargs="+", default=[TRAIN, VALIDATION, *KEPT_OUT])
    parser.add_argument("--below", type=float, default=0.3, help="label probability below which a capital is drawn")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    if given.step == "suspects":
        given.out.write_text(json.dumps(suspects(given.data, given.fonts, given.samples), indent=0))
    else:
        listed = json.loads(given.suspects.read_text())
        sheet(given.data, [s for s in listed if s["part"] in given.parts and s["labelProbability"] < given.below]).save(given.out)


if __name__ == "__main__":
    main()
