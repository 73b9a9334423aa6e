"""Trains a wide net and, from what it says, the nets that the reader loads: all at once, on one GPU.

    python3 ocr/training/teach.py --net digits --data ../shared/data --fonts node_modules/@fontsource --minutes 9 --workers 6 --out nets

A small net that learns from what a wide one says of a glyph (Hinton, Vinyals and Dean 2015) learns more than from its label alone, and what it says is worth more.
Samples are made by `--workers` processes (material.py) and kept in a store on the GPU; each draw is moved, bent and thickened a little there.
A label that the wide net holds for nearly impossible, when it has learnt, counts for a tenth: a few in a thousand labels are wrong.
Writes NET-teacher.pt (half precision) and NET-1.pt, NET-2.pt (for export.py). Seeded, but how many draws fit in the minutes depends on the machine.
"""

import argparse
import copy
import pathlib
import threading
import time

import numpy as np
import torch
from torch.nn.functional import affine_grid, cross_entropy, grid_sample, interpolate, log_softmax, max_pool2d, softmax
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from material import CLASSES, Stream, load
from network import CharacterNet
from normalise import SIDE
from sources import VALIDATION
from train import arrays, learning_rate, own_glyphs, per_source, read_clean

BLOCK = 256
TEACHER_WIDTH, TEACHER_BLOCKS = 80, 2
LEARNT = 0.3  # from this share of the time on, labels that the teacher holds for impossible count little


class Blocks(IterableDataset):
    """BLOCK samples at a time, as bytes; each worker has numbers of its own."""

    def __init__(self, stream):
        self.stream = stream

    def __iter__(self):
        info = get_worker_info()
        number = info.id * BLOCK
        while True:
            samples = [self.stream.sample(number + i) for i in range(BLOCK)]
            images = np.round(np.stack([image for image, _ in samples]) * 255).astype(np.uint8)
            yield torch.from_numpy(images), torch.tensor([label for _, label in samples])
            number += info.num_workers * BLOCK


class GpuStore:
    """The newest samples, on the GPU; filled by a thread of its own."""

    def __init__(self, loader, size, device):
        self.images = torch.zeros(size, 1, SIDE, SIDE, dtype=torch.uint8, device=device)
        self.labels = torch.zeros(size, dtype=torch.long, device=device)
        self.size, self.added, self.loader, self.device = size, 0, loader, device
        self.wanted = True
        self.filler = threading.Thread(target=self.fill)
        self.filler.start()

    def fill(self):
        for images, labels in self.loader:
            at = self.added % self.size
            self.images[at : at + BLOCK, 0] = images.to(self.device)
            self.labels[at : at + BLOCK] = labels.to(self.device)
            self.added += BLOCK
            if not self.wanted:
                break

    def close(self):
        self.wanted = False
        self.filler.join()

    def draw(self, count):
        chosen = torch.randint(min(self.added, self.size), (count,), device=self.device)
        return self.images[chosen].float() / 255, self.labels[chosen]


def moved(images):
    """Three in five are turned, slanted, stretched, bent and moved a little, some are written with another pen; the others only moved by a pixel."""
    count = len(images)
    noise = lambda *shape: torch.randn(*shape, device=images.device)
    some = lambda share: (torch.rand(count, 1, 1, 1, device=images.device) < share).float()
    bent = some(0.6)
    theta = torch.zeros(count, 2, 3, device=images.device)
    turn, amount = 0.05 * noise(count), bent[:, 0, 0, 0]
    theta[:, 0, 0] = 1 + 0.04 * noise(count) * amount
    theta[:, 1, 1] = 1 + 0.04 * noise(count) * amount
    theta[:, 0, 1] = (turn + 0.05 * noise(count)) * amount
    theta[:, 1, 0] = -turn * amount
    whole = torch.randint(-1, 2, (count, 2), device=images.device).float()
    theta[:, :, 2] = (whole * (1 - amount[:, None]) + noise(count, 2) * 0.7 * amount[:, None]) * 2 / SIDE
    waves = interpolate(noise(count, 2, 5, 5), SIDE, mode="bicubic", align_corners=True).permute(0, 2, 3, 1)
    grid = affine_grid(theta, images.shape, align_corners=False) + waves * (0.5 * 2 / SIDE) * bent
    images = grid_sample(images, grid, align_corners=False)
    broader, finer = max_pool2d(images, 3, 1, 1), -max_pool2d(-images, 3, 1, 1)
    pen = torch.rand(count, 1, 1, 1, device=images.device) * 0.35
    images = torch.lerp(images, broader, pen * some(0.12))
    return torch.lerp(images, finer, pen * some(0.12))


class Learner:
    """A net, the mean of its weights over the last steps, and its optimiser."""

    def __init__(self, classes, width, blocks, highest, seed, device):
        torch.manual_seed(seed)
        self.device = device
        self.net = CharacterNet(classes, width, blocks).to(device).to(memory_format=torch.channels_last)
        self.mean = copy.deepcopy(self.net).eval()
        self.highest, self.steps = highest, 0
        self.optimiser = torch.optim.AdamW(self.net.parameters(), highest, weight_decay=2e-2, **({"fused": True} if device == "cuda" else {}))

    def logits(self, images):
        self.net.train()
        with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
            return self.net(images).float()

    def said(self, images):
        with torch.no_grad(), torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
            return self.mean(images).float()

    def step(self, loss, progress):
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(progress, self.highest)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.steps += 1
        keep = min(0.999, self.steps / (self.steps + 10))
        with torch.no_grad():
            torch._foreach_mul_(list(self.mean.parameters()), keep)
            torch._foreach_add_(list(self.mean.parameters()), list(self.net.parameters()), alpha=1 - keep)
            for kept, new in zip(self.mean.buffers(), self.net.buffers()):
                kept.lerp_(new, 1 - keep) if kept.is_floating_point() else kept.copy_(new)


def progress_of(learner, glyphs, images, labels):
    with torch.no_grad():
        logits = torch.cat([learner.mean(part.to(learner.device)).float().cpu() for part in images.split(2048)])
    return per_source(logits, glyphs, labels)


def teach(net_name, glyphs, given):
    classes = CLASSES[net_name]
    loader = DataLoader(Blocks(Stream(net_name, glyphs, given.seed)), batch_size=None, num_workers=given.workers, prefetch_factor=4)
    checked = own_glyphs(glyphs, net_name, VALIDATION)
    images, labels = arrays(checked), torch.tensor([classes.index(g.character) for g in checked])
    store = GpuStore(loader, given.store, given.device)
    teacher = Learner(len(classes), TEACHER_WIDTH, TEACHER_BLOCKS, 2e-3, given.seed, given.device)
    pupils = [Learner(len(classes), width, 1, 4e-3, given.seed + 1 + i, given.device) for i, width in enumerate(given.widths)]
    while store.added < 40 * BLOCK:
        time.sleep(0.1)
    started, told, progress = time.time(), 0, 0
    while progress < 1:
        progress = min(1, (time.time() - started) / (60 * given.minutes))
        drawn, wanted = store.draw(given.batch)
        drawn = moved(drawn).to(memory_format=torch.channels_last)
        logits = teacher.logits(drawn)
        losses = cross_entropy(logits, wanted, reduction="none")
        said = softmax(teacher.said(drawn), 1)
        worth = torch.ones_like(losses)
        if progress > LEARNT:
            worth = torch.where(said.gather(1, wanted[:, None])[:, 0] < 0.003, 0.1, 1.0)
        teacher.step((losses * worth).mean(), progress)
        for pupil in pupils:
            own = pupil.logits(drawn)
            taught = -(said * log_softmax(own, 1)).sum(1).mean()
            label = (cross_entropy(own, wanted, reduction="none") * worth).mean()
            share = 0.7 if progress > 0.1 else 0
            pupil.step(share * taught + (1 - share) * label, progress)
        if progress >= told:
            told += 0.1
            print(f"{net_name} {time.time() - started:4.0f} s, {teacher.steps} steps, {store.added} samples", flush=True)
            for name, learner in [("teacher", teacher)] + [(f"pupil {i + 1}", p) for i, p in enumerate(pupils)]:
                print(f"  {net_name} {name}: {progress_of(learner, checked, images, labels)}", flush=True)
    store.close()
    return teacher.mean, [pupil.mean for pupil in pupils]


def plain_state(net, kind):
    return {key: value.contiguous().cpu().to(kind) if value.is_floating_point() else value.cpu() for key, value in net.state_dict().items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--net", required=True, choices=CLASSES)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", required=True, type=pathlib.Path)
    parser.add_argument("--clean", type=pathlib.Path, help="verdicts on the capitals, by clean_capitals.py")
    parser.add_argument("--names", type=pathlib.Path, help="capitals cut from the name fields, by cut_names.py")
    parser.add_argument("--corrections", type=pathlib.Path, help="what people confirmed or put right, as `ocr-eval glyphs` wrote it")
    parser.add_argument("--minutes", type=float, default=9)
    parser.add_argument("--workers", type=int, default=6)
    parser.add_argument("--widths", type=int, nargs="+", default=[32, 32], help="channels of the first stage of each net that learns from the wide one")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--store", type=int, default=1 << 20, help="samples kept on the GPU; a multiple of 256")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--device", default="cuda", help="cpu: to try it")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.backends.cudnn.benchmark = True
    glyphs = load(given.data, given.fonts, read_clean(given.clean), given.names, given.corrections)
    teacher, pupils = teach(given.net, glyphs, given)
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save(plain_state(teacher, torch.float16), given.out / f"{given.net}-teacher.pt")
    for i, pupil in enumerate(pupils):
        torch.save(plain_state(pupil, torch.float32), given.out / f"{given.net}-{i + 1}.pt")


if __name__ == "__main__":
    main()
