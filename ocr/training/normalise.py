"""The glyph normalisation that training and the reader in C++ share.

ocr/models/README.md describes it in words, ocr/models/normalise-vectors.json holds examples. Change it in all places or in none:
a net that sees other arrays than it was trained on is wrong without a sign of it.
"""

import cv2
import numpy as np

SIDE = 32
LONGER_SIDE = 24
INK_THRESHOLD = 0.25
SPECK_SHARE = 0.05


def ink_box(ink):
    """(x, y, width, height) of the ink above the threshold, specks aside; None where there is no ink."""
    mask = (ink > INK_THRESHOLD).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return None
    parts = stats[1:]
    areas = parts[:, cv2.CC_STAT_AREA]
    parts = parts[areas >= SPECK_SHARE * areas.max()]
    left, top = parts[:, cv2.CC_STAT_LEFT].min(), parts[:, cv2.CC_STAT_TOP].min()
    right = (parts[:, cv2.CC_STAT_LEFT] + parts[:, cv2.CC_STAT_WIDTH]).max()
    bottom = (parts[:, cv2.CC_STAT_TOP] + parts[:, cv2.CC_STAT_HEIGHT]).max()
    return int(left), int(top), int(right - left), int(bottom - top)


def normalise(ink):
    """A grey ink map (float, 0 paper to 1 ink, any size) as the 32x32 float32 array that the nets take."""
    ink = np.ascontiguousarray(ink, np.float32)
    result = np.zeros((SIDE, SIDE), np.float32)
    box = ink_box(ink)
    if box is None:
        return result
    x, y, width, height = box
    scale = LONGER_SIDE / max(width, height)
    new_width = max(1, int(np.floor(width * scale + 0.5)))
    new_height = max(1, int(np.floor(height * scale + 0.5)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    glyph = cv2.resize(ink[y : y + height, x : x + width], (new_width, new_height), interpolation=method)
    left, top = (SIDE - new_width) // 2, (SIDE - new_height) // 2
    result[top : top + new_height, left : left + new_width] = glyph
    return result
