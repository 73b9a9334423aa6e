"""Cuts capitals from the unlabelled name fields and labels them by the names that they spell.

    python3 ocr/training/cut_names.py --data ../shared/data --net capitals-1.pt [...] --out names-cut.npz

A field is cut where columns hold no ink. A net reads the pieces; where the reading is a known name but for at most one letter (or two in seven and
more), the name labels every piece, also those that the net read wrongly: that is what makes the result worth training on. Known names are those of the
labelled fields of the training part, and readings that many fields share. Pieces whose label the net holds for impossible are left out.
The result holds pieces of real names: it stays where it was made and is never passed on.
"""

import argparse
import collections
import csv
import io
import pathlib
import re
import tarfile

import cv2
import numpy as np
import torch
from PIL import Image

from material import CLASSES
from network import Ensemble, load_net
from normalise import normalise
from sources import TRAIN, image_part, paper_to_ink
from train import logits_of


def pieces(ink):
    """The characters of a field from left to right, or None where it does not fall apart into characters."""
    mask = (ink > 0.35).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    parts = [(s[0], s[0] + s[2], s[1], s[1] + s[3], i + 1) for i, s in enumerate(stats[1:]) if s[4] >= 5]
    if not parts:
        return None
    tallest = np.percentile([p[3] - p[2] for p in parts], 80)
    parts = sorted(p for p in parts if p[3] - p[2] >= 0.25 * tallest)
    groups = []
    for part in parts:
        overlap = min(groups[-1][1], part[1]) - part[0] if groups else 0
        if groups and overlap > 0.4 * min(part[1] - part[0], groups[-1][1] - groups[-1][0]):
            last = groups[-1]
            groups[-1] = (last[0], max(last[1], part[1]), min(last[2], part[2]), max(last[3], part[3]), last[4] + [part[4]])
        else:
            groups.append((*part[:4], [part[4]]))
    result = []
    for left, right, top, bottom, members in groups:
        height, width = bottom - top, right - left
        if height < 0.5 * tallest or height < 8 or width > 1.5 * max(height, 8):
            return None
        own = np.isin(labels[top:bottom, left:right], members)
        near = cv2.dilate(own.astype(np.uint8), np.ones((3, 3), np.uint8))
        result.append(np.pad(ink[top:bottom, left:right] * near, 2).astype(np.float32))
    return result if 3 <= len(result) <= 14 else None


def fields(data):
    with tarfile.open(data / "names/unlabelled.tar") as tar:
        for member in tar:
            number = int(re.search(r"(\d+)\.jpg$", member.name)[1])
            if image_part(number) == TRAIN:
                yield number, np.asarray(Image.open(io.BytesIO(tar.extractfile(member).read())).convert("L"))


def known_names(data):
    rows = csv.DictReader((data / "names/labelled.csv").open())
    usable = (r["text"] for r in rows if image_part(int(re.search(r"(\d+)\.jpg$", r["file"])[1])) == TRAIN)
    return {name for name in usable if re.fullmatch("[A-Z]{3,14}", name) and name not in ("UNREADABLE", "EMPTY")}


def spelled(scores, reading, names):
    """The one known name of that length that fits the scores best and differs in few letters; None where there is none."""
    allowed = 2 if len(reading) >= 7 else 1
    classes = CLASSES["capitals"]
    fitting = [n for n in names if sum(a != b for a, b in zip(n, reading)) <= allowed]
    worth = lambda n: sum(scores[i][classes.index(c)] for i, c in enumerate(n))
    ranked = sorted(fitting, key=worth, reverse=True)
    if not ranked or (len(ranked) > 1 and worth(ranked[0]) - worth(ranked[1]) < 2):
        return None
    return ranked[0]


def cut(data, net):
    classes = CLASSES["capitals"]
    read = []
    for number, grey in fields(data):
        parts = pieces(paper_to_ink(grey))
        if parts:
            arrays = torch.from_numpy(np.stack([normalise(p) for p in parts]))[:, None]
            scores = torch.log_softmax(logits_of(net, arrays), 1).numpy()
            read.append((number, parts, scores, "".join(classes[k] if k < 26 else "?" for k in scores.argmax(1))))
    often = collections.Counter(reading for *_, reading in read)
    names = known_names(data) | {r for r, times in often.items() if times >= 3 and "?" not in r and len(r) >= 4}
    by_length = collections.defaultdict(list)
    for name in sorted(names):
        by_length[len(name)].append(name)
    print(f"{len(read)} fields fall apart into characters, {len(names)} known names")
    glyphs = []
    for number, parts, scores, reading in read:
        name = spelled(scores, reading, by_length[len(reading)])
        if name is None:
            continue
        for part, row, letter in zip(parts, scores, name):
            if row[classes.index(letter)] > np.log(1e-4):
                glyphs.append((part, letter, number, classes[row.argmax()] != letter))
    return glyphs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--net", required=True, nargs="+", type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    classes = len(CLASSES["capitals"])
    glyphs = cut(given.data, Ensemble([load_net(path, classes) for path in given.net], [0.0] * classes))
    print(f"{len(glyphs)} characters, {sum(g[3] for g in glyphs)} of them read otherwise by the net")
    print(sorted(collections.Counter(g[1] for g in glyphs).items()))
    np.savez_compressed(
        given.out,
        ink=np.concatenate([np.round(g[0] * 255).astype(np.uint8).ravel() for g in glyphs]),
        sizes=np.array([g[0].shape for g in glyphs], np.int32),
        letters=np.array([ord(g[1]) for g in glyphs], np.uint8),
        numbers=np.array([g[2] for g in glyphs], np.int32),
    )


if __name__ == "__main__":
    main()
