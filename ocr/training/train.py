"""Trains one net.

    python3 ocr/training/train.py --net digits --data ../shared/data --fonts node_modules/@fontsource --samples 600000 --seed 1 --out digits-1.pt

Seeded: the same arguments give the same samples in the same order (the last bits of the weights depend on the machine's arithmetic).
Making a sample costs as much as a step on it: each is drawn about three times from a store of the newest. `--minutes` ends the training by the clock
(the schedule goes by the time that is gone), for a machine that others use too; it says how many samples that were.
Smoothed labels keep a net from saying more than 1 - smoothing, so that eight sure digits make an unsure date: end with a few minutes of
`--smoothing 0 --rate 0.001` from the weights before (`--start`); the temperature is chosen afterwards on what was not trained on.
A mean of the weights over the last steps is what is kept. Progress is the accuracy and the log loss on the validation part, which is not trained on.
"""

import argparse
import copy
import json
import pathlib
import time

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from material import CLASSES, Stream, load
from network import CharacterNet, load_net
from normalise import SIDE, normalise
from sources import VALIDATION

SMOOTHING = {"digits": 0.005, "capitals": 0.03}


class Samples(Dataset):
    def __init__(self, stream, count):
        self.stream, self.count = stream, count

    def __len__(self):
        return self.count

    def __getitem__(self, number):
        array, label = self.stream.sample(number)
        return torch.from_numpy(array)[None], label


def own_glyphs(glyphs, net, *parts, fonts=False):
    """Glyphs of the parts that are of the net's classes, as they are (fonts only where asked)."""
    return [g for g in glyphs if g.part in parts and g.character in CLASSES[net] and (fonts or not g.source.startswith("font"))]


def arrays(glyphs):
    return torch.from_numpy(np.stack([normalise(g.ink) for g in glyphs]))[:, None]


def logits_of(net, images):
    net.eval()
    with torch.no_grad():
        return torch.cat([net(part) for part in images.split(512)])


def learning_rate(progress, highest):
    """A short rise, a level, and a straight line down to nothing over the last two fifths: a level bears a machine that is now quick, now slow."""
    return highest * min(1, max(progress, 0.001) / 0.02, (1 - progress) / 0.4)


class Store:
    """The newest samples, from which batches are drawn by chance."""

    def __init__(self, size, seed):
        self.size, self.added = size, 0
        self.images, self.labels = torch.zeros(size, 1, SIDE, SIDE), torch.zeros(size, dtype=torch.long)
        self.chance = torch.Generator().manual_seed(seed)

    def add(self, images, labels):
        places = (self.added + torch.arange(len(labels))) % self.size
        self.images[places], self.labels[places] = images, labels
        self.added += len(labels)

    def draw(self, count):
        """A batch, moved by at most one pixel: the box of a glyph is never more exact than that."""
        chosen = torch.randint(min(self.added, self.size), (count,), generator=self.chance)
        right, down = (int(v) - 1 for v in torch.randint(3, (2,), generator=self.chance))
        return torch.roll(self.images[chosen], (down, right), (2, 3)), self.labels[chosen]


def progress_of(mean, checked, images, labels):
    return per_source(logits_of(mean, images), checked, labels)


def per_source(logits, checked, labels):
    """Accuracy and log loss per source."""
    right, losses = (logits.argmax(1) == labels).float(), torch.nn.functional.cross_entropy(logits, labels, reduction="none")
    told = []
    for source in sorted({g.source for g in checked}):
        own = [i for i, g in enumerate(checked) if g.source == source]
        told.append(f"{source} {right[own].mean().item():.4f} {losses[own].mean().item():.4f}")
    return ", ".join(told)


def train(net_name, glyphs, samples, seed, report=print, minutes=None, start=None, width=24, smoothing=None, highest=3e-3, batch=128, echoes=3):
    torch.manual_seed(seed)
    classes = CLASSES[net_name]
    net = load_net(start, len(classes)) if start else CharacterNet(len(classes), width)
    net = net.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), highest, weight_decay=1e-2)
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=SMOOTHING[net_name] if smoothing is None else smoothing)
    checked = own_glyphs(glyphs, net_name, VALIDATION)
    images, labels = arrays(checked), torch.tensor([classes.index(g.character) for g in checked])
    loader = DataLoader(Samples(Stream(net_name, glyphs, seed), samples), batch, num_workers=1, prefetch_factor=8)
    store = Store(40000, seed)
    started, told = time.time(), 0
    for fresh, (inputs, targets) in enumerate(loader):
        store.add(inputs, targets)
        for _ in range(echoes):
            gone = (time.time() - started) / (60 * minutes) if minutes else fresh / len(loader)
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(min(gone, 1), highest)
            net.train()
            drawn, wanted = store.draw(batch)
            loss = loss_of(net(drawn.to(memory_format=torch.channels_last)), wanted)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            keep = min(0.998, fresh / (fresh + 20))
            with torch.no_grad():
                for kept, new in zip(mean.state_dict().values(), net.state_dict().values()):
                    kept.copy_(kept * keep + new * (1 - keep) if kept.is_floating_point() else new)
        ends = gone >= 1 or fresh == len(loader) - 1
        if gone >= told or ends:
            told = gone + 0.1
            line = f"{store.added:7} samples {time.time() - started:5.0f} s loss {loss.item():.3f}: "
            report(line + progress_of(mean, checked, images, labels), flush=True)
        if ends:
            break
    return mean


def read_clean(path):
    """The verdicts of clean_capitals.py: number of the capital to the right letter, None for none."""
    return {int(number): letter for number, letter in json.loads(path.read_text())["verdicts"].items()} if path else {}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--net", required=True, choices=CLASSES)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", required=True, type=pathlib.Path)
    parser.add_argument("--clean", type=pathlib.Path, help="verdicts on the capitals, by clean_capitals.py")
    parser.add_argument("--names", type=pathlib.Path, help="capitals cut from the name fields, by cut_names.py")
    parser.add_argument("--corrections", type=pathlib.Path, help="what people confirmed or put right, as `ocr-eval glyphs` wrote it")
    parser.add_argument("--samples", type=int, default=600000)
    parser.add_argument("--minutes", type=float, help="end by the clock, within the samples")
    parser.add_argument("--start", type=pathlib.Path, help="weights to go on from")
    parser.add_argument("--width", type=int, default=24, help="channels of the first stage of a new net; default %(default)s")
    parser.add_argument("--smoothing", type=float, help="of the labels; default " + ", ".join(f"{net} {share}" for net, share in SMOOTHING.items()))
    parser.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate; default %(default)s")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    glyphs = load(given.data, given.fonts, read_clean(given.clean), given.names, given.corrections)
    net = train(given.net, glyphs, given.samples, given.seed, minutes=given.minutes, start=given.start, width=given.width, smoothing=given.smoothing, highest=given.rate)
    torch.save(net.state_dict(), given.out)


if __name__ == "__main__":
    main()
