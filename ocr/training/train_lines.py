"""Trains the net of lines (convolutions and CTC, Graves et al. 2006) on a GPU, or with --device cpu slowly without.

    python3 ocr/training/train_lines.py --data ../shared/data --fonts node_modules/@fontsource --names names-cut.npz --minutes 9 --workers 5 --out nets

Twice on the way it reads the unlabelled name fields of the training part; what it reads with a high probability is trained on from then on.
Writes lines.pt (for export_lines.py).
"""

import argparse
import copy
import pathlib
import threading
import time

import numpy as np
import torch
from torch.nn.functional import affine_grid, ctc_loss, grid_sample, interpolate
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from line_material import HEIGHT, MOST, SIGNS, WIDTHS, LineStream, bucket, cut_labels, labels, normalise_line, padded, real_lines
from line_network import LineNet
from material import load
from sources import TRAIN, VALIDATION
from train import learning_rate, read_clean

BLOCK = 16
SURE = 0.9
LEARNT = 0.3
CHECKED = pathlib.Path(__file__).parent / "checked"


class LineBlocks(IterableDataset):
    """BLOCK lines of one width at a time, as bytes; each worker has numbers of its own."""

    def __init__(self, stream):
        self.stream = stream

    def __iter__(self):
        info = get_worker_info()
        number, waiting = info.id, {width: [] for width in WIDTHS}
        while True:
            line, text = self.stream.sample(number)
            number += info.num_workers
            if not 0 < len(text) <= MOST or line.shape[1] < 8 * len(text):
                continue
            width = bucket(line)
            codes = [SIGNS.index(c) + 1 for c in text] + [0] * (MOST - len(text))
            waiting[width].append((np.round(padded(line, width) * 255).astype(np.uint8), codes))
            if len(waiting[width]) == BLOCK:
                lines, targets = zip(*waiting[width])
                waiting[width] = []
                yield width, torch.from_numpy(np.stack(lines)), torch.tensor(targets)


class LineStore:
    """The newest lines of each width, on the device; filled by a thread of its own."""

    def __init__(self, loader, size, device):
        self.size, self.device, self.loader = size, device, loader
        self.lines = {w: torch.zeros(size, 1, HEIGHT, w, dtype=torch.uint8, device=device) for w in WIDTHS}
        self.targets = {w: torch.zeros(size, MOST, dtype=torch.long, device=device) for w in WIDTHS}
        self.added = dict.fromkeys(WIDTHS, 0)
        self.wanted = True
        self.filler = threading.Thread(target=self.fill)
        self.filler.start()

    def fill(self):
        for width, lines, targets in self.loader:
            at = self.added[width] % self.size
            self.lines[width][at : at + BLOCK, 0] = lines.to(self.device)
            self.targets[width][at : at + BLOCK] = targets.to(self.device)
            self.added[width] += BLOCK
            if not self.wanted:
                break

    def close(self):
        self.wanted = False
        self.filler.join()

    def draw(self, width, count):
        chosen = torch.randint(min(self.added[width], self.size), (count,), device=self.device)
        return self.lines[width][chosen].float() / 255, self.targets[width][chosen]


def moved(lines):
    """Slanted, stretched, bent and moved a little."""
    count, _, height, width = lines.shape
    noise = lambda *shape: torch.randn(*shape, device=lines.device)
    theta = torch.zeros(count, 2, 3, device=lines.device)
    theta[:, 0, 0] = 1 + 0.03 * noise(count).abs()
    theta[:, 1, 1] = 1 + 0.06 * noise(count)
    theta[:, 0, 1] = 0.06 * noise(count) * height / width
    theta[:, 0, 2] = theta[:, 0, 0] - 1
    theta[:, 1, 2] = 0.05 * noise(count)
    waves = interpolate(noise(count, 2, 3, width // 24), (height, width), mode="bicubic", align_corners=True)
    reach = torch.tensor([0.8 * 2 / width, 0.6 * 2 / height], device=lines.device)
    return grid_sample(lines, affine_grid(theta, lines.shape, align_corners=False) + waves.permute(0, 2, 3, 1) * reach, align_corners=False)


def step_loss(net, lines, targets, learnt):
    scores = net(lines).float().log_softmax(1).permute(2, 0, 1)
    lengths = torch.full((len(lines),), scores.shape[0], device=lines.device)
    losses = ctc_loss(scores, targets, lengths, (targets > 0).sum(1), reduction="none", zero_infinity=True)
    if learnt:  # A label that the net holds for impossible by now is most likely wrong.
        losses = losses * torch.where(losses.detach() > 12, 0.1, 1.0)
    return losses.mean()


def read(net, inks, device):
    """(text, probability of the likeliest signs all along the line) of each ink map."""
    found = [None] * len(inks)
    normal = [normalise_line(ink) for ink in inks]
    for width in WIDTHS:
        own = [i for i, line in enumerate(normal) if bucket(line) == width]
        for start in range(0, len(own), 128):
            part = own[start : start + 128]
            lines = torch.from_numpy(np.stack([padded(normal[i], width) for i in part]))[:, None].to(device)
            with torch.no_grad():
                chances = net(lines).float().softmax(1).cpu()
            best, classes = chances.max(1)
            for row, i in enumerate(part):
                codes = [int(c) for c in torch.unique_consecutive(classes[row]) if c > 0]
                found[i] = ("".join(SIGNS[c - 1] for c in codes), float(best[row].log().sum().exp()))
    return found


def guess(net, inks, guesses, device):
    sure = 0
    for place, (text, chance) in enumerate(read(net, inks, device)):
        if chance >= SURE and 2 < len(text) <= MOST and text.isalpha():
            guesses[place] = torch.tensor(list(text.encode().ljust(MOST, b"\0")), dtype=torch.uint8)
            sure += 1
    return sure


def train(stream, validation, given):
    torch.manual_seed(given.seed)
    device = given.device
    loader = DataLoader(LineBlocks(stream), batch_size=None, num_workers=given.workers, prefetch_factor=4)
    store = LineStore(loader, given.store, device)
    net = LineNet(len(SIGNS) + 1).to(device)
    mean = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), 1.5e-3, weight_decay=2e-2)
    while sum(store.added.values()) < 2000 or min(store.added.values()) < BLOCK:
        time.sleep(0.1)
    started, told, progress, steps, guessed = time.time(), 0, 0, 0, 0
    while progress < 1:
        progress = min(1, (time.time() - started) / (60 * given.minutes))
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(progress, 1.5e-3)
        net.train()
        total = sum(store.added.values())
        loss = 0
        for width in WIDTHS:
            count = max(4, round(given.batch * store.added[width] / total))
            lines, targets = store.draw(width, count)
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                loss = loss + step_loss(net, moved(lines), targets, progress > LEARNT) * count / given.batch
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimiser.step()
        steps += 1
        keep = min(0.999, steps / (steps + 10))
        with torch.no_grad():
            for kept, new in zip(mean.state_dict().values(), net.state_dict().values()):
                kept.lerp_(new, 1 - keep) if kept.is_floating_point() else kept.copy_(new)
        if progress > (0.35, 0.65, 2)[guessed]:
            guessed += 1
            print(f"lines: {guess(mean, stream.guessed, stream.guesses, device)} of {len(stream.guessed)} unlabelled fields read", flush=True)
        if progress >= told:
            told += 0.1
            right = sum(text == truth for (text, _), truth in zip(read(mean, [ink for ink, _ in validation], device), [t for _, t in validation]))
            print(f"lines {time.time() - started:4.0f} s, {steps} steps, {total} lines, loss {loss.item():.3f}: {right} of {len(validation)} right", flush=True)
    store.close()
    return mean


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", required=True, type=pathlib.Path)
    parser.add_argument("--clean", type=pathlib.Path, help="verdicts on the capitals, by clean_capitals.py")
    parser.add_argument("--names", required=True, type=pathlib.Path, help="capitals cut from the name fields, by cut_names.py")
    parser.add_argument("--minutes", type=float, default=9)
    parser.add_argument("--workers", type=int, default=5)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--store", type=int, default=1 << 16)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    glyphs = load(given.data, given.fonts, read_clean(given.clean), given.names)
    told = labels(given.data, CHECKED / "names.csv")
    pairs = lambda parts: [(ink, told[n]) for n, ink in real_lines(given.data, "labelled", parts).items() if n in told]
    real, validation = pairs({TRAIN}), pairs({VALIDATION})
    unlabelled = real_lines(given.data, "unlabelled", {TRAIN})
    guesses = torch.zeros(len(unlabelled), MOST, dtype=torch.uint8).share_memory_()
    cut = cut_labels(given.names)
    for place, number in enumerate(unlabelled):
        if number in cut:
            guesses[place] = torch.tensor(list(cut[number].encode().ljust(MOST, b"\0")[:MOST]), dtype=torch.uint8)
    texts = sorted({text for _, text in real} | set(cut.values()))
    print(f"lines: {len(real)} real, {len(validation)} to check, {len(unlabelled)} unlabelled, {len(cut)} of them cut, {len(texts)} texts", flush=True)
    net = train(LineStream(glyphs, real, list(unlabelled.values()), guesses, texts, given.seed), validation, given)
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save({k: v.contiguous().cpu() for k, v in net.state_dict().items()}, given.out / "lines.pt")


if __name__ == "__main__":
    main()
