"""From trained nets to what the reader loads: ONNX, temperature, frozen thresholds, figures, test vectors.

    python3 ocr/training/export.py --net digits --members digits-1.pt digits-2.pt --data ../shared/data --fonts node_modules/@fontsource --version 1

writes ocr/models/<net>.onnx, its entry in ocr/models/models.json and its part of ocr/models/normalise-vectors.json, and prints the table of the
model card. Temperature, the offset of `other` and the threshold come from the validation part alone, with the labels that the eye gave it (checked); the kept-out
part is only reported. One sample in twelve that a net was trained on is `other`, one box in a hundred of a form: the offset makes up for that.
"""

import argparse
import json
import pathlib

import cv2
import numpy as np
import torch

from augment import like_a_form
from material import CLASSES, OTHER, Stream, load
from network import Ensemble, load_net
from normalise import INK_THRESHOLD, LONGER_SIDE, SIDE, SPECK_SHARE, normalise
from sources import KEPT_OUT, VALIDATION, read_checked
from train import arrays, logits_of, own_glyphs, read_clean

MODELS = pathlib.Path(__file__).parent.parent / "models"
CHECKED = pathlib.Path(__file__).parent / "checked"

# At the threshold, at most this share of the accepted validation characters may be wrong.
ERROR_SHARE = {"digits": 1 / 10000, "capitals": 1 / 500}


def degraded(glyphs, seed, strength=0.6):
    """The glyphs as scanned form boxes; which neighbours and which damage depends on the seed alone."""
    rng = np.random.default_rng(seed)
    pick = lambda: glyphs[rng.integers(len(glyphs))].ink
    return torch.from_numpy(np.stack([normalise(like_a_form(g.ink, rng, pick, strength)) for g in glyphs]))[:, None]


# Of the boxes of a form in which something stands, this share holds no character of the alphabet.
OTHER_SHARE = 0.01


def by_eye(glyphs):
    """The validation part with the characters that are really written (checked/README.md), without what is none; the rest as it is."""
    verdicts = {source: read_checked(CHECKED / f"{source}.csv") for source in ("capitals", "mnist", "characters62")}
    for glyph in glyphs:
        key = (glyph.character, glyph.number) if glyph.source == "characters62" else glyph.number
        verdict = verdicts.get(glyph.source, {}).get(key, "right") if glyph.part == VALIDATION else "right"
        if verdict != "-":
            yield glyph if verdict == "right" else glyph._replace(character=verdict)


def other_samples(net_name, glyphs, count, seed):
    """What is no character, as in a scanned form."""
    stream, rng = Stream(net_name, glyphs, seed), np.random.default_rng(seed)
    return torch.from_numpy(np.stack([normalise(stream.seen(stream.other(rng), rng)) for _ in range(count)]))[:, None]


def calibrated(logits, labels, other_logits):
    """(temperature, offset of `other`) with the least cross-entropy where OTHER_SHARE of what is seen is `other`, by search over a grid."""
    loss = torch.nn.functional.cross_entropy
    other = torch.full((len(other_logits),), logits.shape[1] - 1)
    best = (np.inf, 1.0, 0.0)
    for offset in np.arange(0, 6.1, 0.25):
        moved, moved_other = logits.clone(), other_logits.clone()
        moved[:, -1] -= offset
        moved_other[:, -1] -= offset
        for t in np.exp(np.linspace(np.log(0.5), np.log(2), 100)):
            value = (1 - OTHER_SHARE) * loss(moved / t, labels).item() + OTHER_SHARE * loss(moved_other / t, other).item()
            best = min(best, (value, float(round(t, 4)), float(-offset)))
    return best[1:]


def accepted_and_wrong(probabilities, labels, other, threshold):
    best, named = probabilities.max(1)
    taken = (best >= threshold) & (named != other)
    return int(taken.sum()), int((taken & (named != labels)).sum())


def threshold_of(probabilities, labels, other, share):
    """The lowest threshold with which the wrong among the accepted stay at or below the share, on every higher one too, but for a single wrong label."""
    grid = 1 - np.exp(np.linspace(np.log(0.5), np.log(1e-5), 600))
    frozen = 1.0
    for threshold in grid[::-1]:
        accepted, wrong = accepted_and_wrong(probabilities, labels, other, threshold)
        if wrong > max(1, share * accepted):
            break
        if wrong <= share * accepted:
            frozen = threshold
    return float(np.ceil(frozen * 1e6) / 1e6)


def upper95(wrong, count):
    """Exact (Clopper-Pearson) upper bound of 95%, one-sided, by bisection on the binomial."""
    if count == 0 or wrong >= count:
        return 1.0
    low, high = wrong / count, 1.0
    for _ in range(60):
        p = (low + high) / 2
        i = np.arange(wrong + 1)
        terms = np.cumsum(np.log(np.r_[1, (count - i[:-1]) / (i[:-1] + 1)])) + i * np.log(p) + (count - i) * np.log1p(-p)
        low, high = (p, high) if np.exp(terms).sum() > 0.05 else (low, p)
    return high


def onnx_logits(path, images):
    net = cv2.dnn.readNetFromONNX(str(path))
    rows = []
    for part in images.numpy().reshape(-1, 1, SIDE, SIDE):
        net.setInput(part[None])
        rows.append(net.forward()[0])
    net.setInput(images[:7].numpy())
    batch = net.forward()
    assert np.abs(batch - np.array(rows[:7])).max() < 1e-3, "a batch gives other logits than one by one"
    return torch.from_numpy(np.array(rows))


def write_onnx(net, path):
    """Batch size free; operators that OpenCV 4.6 knows."""
    net.eval()
    example = torch.zeros(1, 1, SIDE, SIDE)
    axes = {"glyphs": {0: "count"}, "logits": {0: "count"}}
    torch.onnx.export(net, example, str(path), input_names=["glyphs"], output_names=["logits"], dynamic_axes=axes, opset_version=11)


def update_json(path, change):
    content = json.loads(path.read_text()) if path.exists() else {}
    change(content)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def vector(net, glyph):
    """One example for the tests of the reader: bitmap (32 rows of 0 and 1), the array in hundredths, the logits."""
    array = normalise(glyph.ink)
    logits = logits_of(net, torch.from_numpy(array)[None, None])[0]
    return {
        "bitmap": ["".join(str(int(v)) for v in row) for row in glyph.ink],
        "array": [[int(round(float(v) * 100)) for v in row] for row in array],
        "logits": [round(float(v), 4) for v in logits],
    }


def kept_out_sets(glyphs, name, clean):
    """(name of the set, its glyphs); capitals also without those that the verdicts call no single character."""
    for source in ["mnist", "optdigits", "characters62", "capitals", "font"]:
        own = [g for g in own_glyphs(glyphs, name, *KEPT_OUT, fonts=True) if g.source.startswith(source)]
        if own:
            yield source, own
        if own and source == "capitals":
            yield "capitals, checked", [g for g in own if clean.get(g.number, g.character)]


def report(net, name, glyphs, temperature, threshold, clean):
    """Lines of the model card: set, count, accuracy, mean probability of what is read, log loss, accepted, wrong among them, upper bound."""
    classes, other = CLASSES[name], CLASSES[name].index(OTHER)
    lines = []
    for source, own in kept_out_sets(glyphs, name, clean):
        labels = torch.tensor([classes.index(g.character) for g in own])
        for kind, images in (("as they are", arrays(own)), ("as in a scanned form", degraded(own, 7))):
            probabilities = torch.softmax(logits_of(net, images) / temperature, 1)
            best, named = probabilities.max(1)
            right, said = (named == labels).float().mean().item(), best.mean().item()
            loss = torch.nn.functional.nll_loss(probabilities.clamp_min(1e-12).log(), labels).item()
            accepted, wrong = accepted_and_wrong(probabilities, labels, other, threshold)
            bound = upper95(wrong, accepted)
            lines.append(
                f"| {source} | {kind} | {len(own)} | {100 * right:.2f}% | {100 * said:.2f}% | {loss:.4f} "
                f"| {100 * accepted / len(own):.1f}% | {wrong} | {100 * bound:.2f}% |"
            )
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--net", required=True, choices=CLASSES)
    parser.add_argument("--members", required=True, nargs="+", type=pathlib.Path)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--fonts", required=True, type=pathlib.Path)
    parser.add_argument("--clean", type=pathlib.Path, help="verdicts on the capitals, by clean_capitals.py")
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=pathlib.Path, default=MODELS)
    given = parser.parse_args()
    torch.set_num_threads(1)
    classes, other = CLASSES[given.net], CLASSES[given.net].index(OTHER)
    net = Ensemble([load_net(path, len(classes)) for path in given.members], [0.0] * len(classes))
    clean = read_clean(given.clean)
    glyphs = load(given.data, given.fonts, clean)

    chosen = own_glyphs(by_eye(load(given.data, given.fonts)), given.net, VALIDATION)
    plain, scanned = arrays(chosen), degraded(chosen, 5)
    labels = torch.tensor([classes.index(g.character) for g in chosen])
    both = torch.cat([labels, labels])
    logits = torch.cat([logits_of(net, plain), logits_of(net, scanned)])
    temperature, offset = calibrated(logits, both, logits_of(net, other_samples(given.net, glyphs, 3000, 11)))
    net.offset[other] = offset
    probabilities = torch.softmax((logits + net.offset) / temperature, 1)
    threshold = threshold_of(probabilities, both, other, ERROR_SHARE[given.net])

    path = given.out / f"{given.net}.onnx"
    write_onnx(net, path)
    difference = (onnx_logits(path, plain[:300]) - logits_of(net, plain[:300])).abs().max().item()
    assert difference < 1e-3, f"OpenCV computes other logits: {difference}"

    entry = {
        "file": path.name,
        "version": given.version,
        "input": {"name": "glyphs", "shape": ["count", 1, SIDE, SIDE], "ink": 1.0, "paper": 0.0},
        "output": {"name": "logits", "shape": ["count", len(classes)]},
        "classes": classes,
        "temperature": temperature,
        "acceptThreshold": threshold,
    }
    normalisation = {"side": SIDE, "longerSide": LONGER_SIDE, "inkThreshold": INK_THRESHOLD, "speckShare": SPECK_SHARE}
    update_json(given.out / "models.json", lambda c: c.update({"normalisation": normalisation, given.net: entry}))
    examples = [g for g in glyphs if g.source == "optdigits" and g.part in KEPT_OUT][:12]
    update_json(given.out / "normalise-vectors.json", lambda c: c.update({given.net: [vector(net, g) for g in examples]}))
    print(f"{given.net} {given.version}: temperature {temperature}, offset of other {offset}, threshold {threshold}, {path.stat().st_size} bytes, OpenCV differs by {difference:.1e}")
    print("\n".join(report(net, given.net, glyphs, temperature, threshold, clean)))


if __name__ == "__main__":
    main()
