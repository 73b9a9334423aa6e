"""Trains one net.

    python3 ocr/training/train.py --net digits --data ../shared/data --fonts node_modules/@fontsource --samples 600000 --seed 1 --out digits-1.pt

Seeded: the same arguments give the same samples in the same order (the last bits of the weights depend on the machine's arithmetic).
A mean of the weights over the last steps is what is kept. Progress is the accuracy on the validation part, which is not trained on.
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
from network import CharacterNet
from normalise import normalise
from sources import VALIDATION


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
    """A short rise, then a cosine down to nothing."""
    return highest * (progress / 0.05 if progress < 0.05 else 0.5 * (1 + np.cos(np.pi * (progress - 0.05) / 0.95)))


def train(net_name, glyphs, samples, seed, report=print, batch=128, highest=2e-3):
    torch.manual_seed(seed)
    classes = CLASSES[net_name]
    net = CharacterNet(len(classes))
    mean = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), highest, weight_decay=1e-3)
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=0.02 if net_name == "digits" else 0.05)
    checked = own_glyphs(glyphs, net_name, VALIDATION)
    images, labels = arrays(checked), torch.tensor([classes.index(g.character) for g in checked])
    loader = DataLoader(Samples(Stream(net_name, glyphs, seed), samples), batch, num_workers=1, prefetch_factor=8)
    started, steps = time.time(), len(loader)
    for step, (inputs, targets) in enumerate(loader):
        net.train()
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step / steps, highest)
        loss = loss_of(net(inputs), targets)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for kept, new in zip(mean.state_dict().values(), net.state_dict().values()):
                kept.copy_(kept * keep + new * (1 - keep) if kept.is_floating_point() else new)
        if step % (steps // 10) == 0 or step == steps - 1:
            right = (logits_of(mean, images).argmax(1) == labels).float()
            shares = {s: right[[i for i, g in enumerate(checked) if g.source == s]].mean().item() for s in {g.source for g in checked}}
            told = ", ".join(f"{source} {share:.4f}" for source, share in sorted(shares.items()))
            report(f"{step * batch:7} samples {time.time() - started:5.0f} s loss {loss.item():.3f}: {told}", flush=True)
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
    parser.add_argument("--samples", type=int, default=600000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    net = train(given.net, load(given.data, given.fonts, read_clean(given.clean)), given.samples, given.seed)
    torch.save(net.state_dict(), given.out)


if __name__ == "__main__":
    main()
