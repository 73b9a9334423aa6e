"""From the net of lines to what the reader loads: ONNX and its entry in models.json.

    python3 ocr/training/export_lines.py --net nets/lines.pt --version 5

Exported with one width: OpenCV 4.6 computes nonsense from a net whose width is left open, and lays a net of one width out anew for every other.
"""

import argparse
import pathlib

import cv2
import numpy as np
import torch

from export import MODELS, update_json
from line_material import HEIGHT, LETTER, MIDDLE, SIGNS, WIDTHS
from line_network import LineNet
from normalise import INK_THRESHOLD


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--net", required=True, type=pathlib.Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=pathlib.Path, default=MODELS)
    given = parser.parse_args()
    net = LineNet(len(SIGNS) + 1)
    net.load_state_dict(torch.load(given.net))
    net = torch.nn.Sequential(net.look, net.name).eval()
    path = given.out / "lines.onnx"
    torch.onnx.export(net, torch.zeros(1, 1, HEIGHT, WIDTHS[1]), str(path), input_names=["line"], output_names=["logits"], opset_version=11)
    loaded = cv2.dnn.readNetFromONNX(str(path))
    for width in WIDTHS:
        line = np.random.default_rng(width).random((1, 1, HEIGHT, width), np.float32)
        loaded.setInput(line)
        with torch.no_grad():
            difference = np.abs(loaded.forward() - net(torch.from_numpy(line)).numpy()).max()
        assert difference < 1e-3, f"OpenCV computes other logits: {difference}"
    entry = {
        "file": path.name,
        "version": given.version,
        "input": {"name": "line", "shape": [1, 1, HEIGHT, "width"], "ink": 1.0, "paper": 0.0},
        "output": {"name": "logits", "shape": [1, len(SIGNS) + 1, 1, "width / 4"]},
        "signs": SIGNS,
        "normalisation": {"height": HEIGHT, "letter": LETTER, "middle": MIDDLE, "widths": WIDTHS, "inkThreshold": INK_THRESHOLD},
    }
    update_json(given.out / "models.json", lambda c: c.update({"lines": entry}))


if __name__ == "__main__":
    main()
