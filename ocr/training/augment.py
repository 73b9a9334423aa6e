"""Glyphs as they come out of the boxes of a scanned form: turned, shaky, thick or thin, cut off, with remains of the box and of neighbours.

Every function takes ink maps (0 paper, 1 ink) and a numpy Generator, and gives a new ink map; the same generator gives the same map.
"""

import math

import cv2
import numpy as np

CANVAS = 72
ROWS, COLUMNS = np.mgrid[0:CANVAS, 0:CANVAS].astype(np.float32) - CANVAS / 2


def bounded_normal(rng, deviation, most):
    return min(most, max(-most, rng.normal(0, deviation)))


def smooth_noise(rng, cells):
    """Two displacement fields of CANVAS size in -1..1, with about `cells` waves across."""
    coarse = rng.uniform(-1, 1, (cells, cells, 2)).astype(np.float32)
    return cv2.resize(coarse, (CANVAS, CANVAS), interpolation=cv2.INTER_CUBIC)


def warp(ink, rng, pixels, strength=1.0):
    """Turn, slant, stretch, bend and shake; the result is CANVAS x CANVAS with the glyph about `pixels` high or wide."""
    height, width = ink.shape
    size = pixels / max(height, width)
    angle = math.radians(bounded_normal(rng, 6, 14) * strength)
    slant = bounded_normal(rng, 0.14, 0.35) * strength
    stretch = math.exp(bounded_normal(rng, 0.14, 0.3) * strength)
    cosine, sine = math.cos(angle), math.sin(angle)
    # turn * (stretch, slant; 0, 1 / stretch): its determinant is 1, which makes the inverse easy.
    a, b = cosine * stretch, cosine * slant - sine / stretch
    c, d = sine * stretch, sine * slant + cosine / stretch
    columns, rows = COLUMNS, ROWS
    if rng.random() < 0.6 * strength:
        bend = smooth_noise(rng, 4) * (rng.uniform(0, 0.055) * pixels)
        columns, rows = columns + bend[..., 0], rows + bend[..., 1]
    if rng.random() < 0.2 * strength:
        shake = smooth_noise(rng, 14) * (rng.uniform(0, 0.035) * pixels)
        columns, rows = columns + shake[..., 0], rows + shake[..., 1]
    map_x = columns * np.float32(d / size) - rows * np.float32(b / size) + np.float32(width / 2 - 0.5)
    map_y = rows * np.float32(a / size) - columns * np.float32(c / size) + np.float32(height / 2 - 0.5)
    if size < 0.7:
        blur = 0.45 / size
        ink = cv2.GaussianBlur(cv2.copyMakeBorder(ink, 2, 2, 2, 2, cv2.BORDER_CONSTANT), (0, 0), blur)
        map_x += 2
        map_y += 2
    return cv2.remap(ink, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)


def thickness(ink, rng, pixels):
    """A broader or a finer pen; never so broad that eyes close, nor so fine that strokes disappear."""
    kind = rng.random()
    if kind < 0.22:
        side = 2 if pixels < 45 or rng.random() < 0.5 else 3
        broader = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
        if broader.sum() < 1.6 * ink.sum():
            return broader
    if kind < 0.40:
        side = 2 if rng.random() < 0.6 else 3
        finer = cv2.erode(ink, cv2.getStructuringElement(cv2.MORPH_CROSS, (side, side)))
        if finer.sum() > 0.6 * ink.sum():
            return finer
    return ink


def extent(ink):
    """Rows and columns (top, bottom, left, right) that hold ink, or None."""
    mask = ink > 0.25
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return (rows[0], rows[-1] + 1, columns[0], columns[-1] + 1) if len(rows) else None


def trimmed(ink):
    """The part that holds ink."""
    box = extent(ink)
    return ink if box is None else ink[box[0] : box[1], box[2] : box[3]]


def coarse(ink, rng):
    """A picture of few pixels, as old collections of digits are: 12 to 20 high, grey or black and white, some stretched to a square."""
    ink = trimmed(warp(trimmed(ink), rng, 56, rng.uniform(0, 0.8)))
    side = int(rng.integers(12, 21))
    height, width = ink.shape
    longer = max(height, width)
    # Stretched wholly, a 1 would be a block.
    stretch = rng.uniform(0.5, 1) if rng.random() < 0.4 else 0
    size = [max(3, round(side * (part / longer) ** (1 - stretch))) for part in (width, height)]
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.3:
        small = cv2.GaussianBlur(cv2.copyMakeBorder(small, 1, 1, 1, 1, cv2.BORDER_CONSTANT), (0, 0), rng.uniform(0.3, 0.7))
    if rng.random() < 0.4:
        small = (small > small.max() * rng.uniform(0.3, 0.55)).astype(np.float32)
    return small * np.float32(max(1, 0.6 / max(small.max(), 0.05)))


def line(ink, start, end, width, strength=1.0):
    """A pen line on the ink map, in place; positions as (x, y)."""
    points = [tuple(int(round(16 * v)) for v in p) for p in (start, end)]
    drawn = np.zeros(ink.shape, np.float32)
    cv2.line(drawn, *points, float(strength), max(1, int(round(width))), cv2.LINE_8, 4)
    if width > 1.5:
        drawn = cv2.GaussianBlur(drawn, (3, 3), 0)
    np.maximum(ink, drawn, out=ink)


def gap(ink, rng):
    """A slight gap where the pen left the paper or the threshold took a pale part."""
    box = extent(ink)
    if box is None:
        return ink
    x, y = rng.uniform(box[2], box[3]), rng.uniform(box[0], box[1])
    direction = rng.uniform(0, np.pi)
    reach = rng.uniform(3, 14)
    hole = np.zeros_like(ink)
    step = np.array([np.cos(direction), np.sin(direction)]) * reach
    line(hole, (x - step[0], y - step[1]), (x + step[0], y + step[1]), rng.uniform(1, 2.6))
    return ink * (1 - np.clip(hole, 0, 1) * rng.uniform(0.6, 1))


def frame_remains(ink, rng):
    """Parts of the drop-out frame that the clean-up left: thin pieces of line near the border of the crop, rarely touching the glyph."""
    ink = ink.copy()
    box = extent(ink) or (10, 62, 10, 62)
    near = rng.uniform(0, 5)
    top, bottom, left, right = box[0] - near, box[1] + near, box[2] - near, box[3] + near
    for _ in range(rng.integers(1, 3)):
        along = np.sort(rng.uniform(0, 1, 2))
        if along[1] - along[0] > 0.5:
            along[1] = along[0] + 0.5
        tilt = rng.normal(0, 1)
        x, y = left + along * (right - left), top + along * (bottom - top)
        side = rng.integers(4)
        fixed = (top, bottom, left, right)[side]
        ends = ((x[0], fixed), (x[1], fixed + tilt)) if side < 2 else ((fixed, y[0]), (fixed + tilt, y[1]))
        line(ink, *ends, (1, 1, 2)[rng.integers(3)], rng.uniform(0.3, 0.9))
    return ink


def neighbour(ink, other, rng):
    """A slice of the neighbouring character at the left or right of the crop."""
    box = extent(ink)
    if box is None:
        return ink
    strip = rng.integers(2, 8)
    height = box[1] - box[0]
    scale = height / other.shape[0]
    piece = cv2.resize(other, (max(2, int(other.shape[1] * scale)), max(2, height)), interpolation=cv2.INTER_AREA)
    distance = rng.integers(2, 9)
    result = ink.copy()
    shift = int(rng.normal(0, 2))
    top = int(np.clip(box[0] + shift, 0, CANVAS - piece.shape[0]))
    if rng.random() < 0.5:
        piece = piece[:, -strip:]
        right = box[2] - distance
        left = right - piece.shape[1]
        if left < 0:
            return ink
    else:
        piece = piece[:, :strip]
        left = box[3] + distance
        if left + piece.shape[1] > CANVAS:
            return ink
    area = result[top : top + piece.shape[0], left : left + piece.shape[1]]
    np.maximum(area, piece[: area.shape[0]], out=area)
    return result


def cut_off(ink, rng):
    """One side cut by the edge of the crop."""
    box = extent(ink)
    if box is None:
        return ink
    share = rng.uniform(0.03, 0.13)
    result = ink.copy()
    tall, wide = int(share * (box[1] - box[0])), int(share * (box[3] - box[2]))
    side = rng.integers(4)
    if side == 0:
        result[: box[0] + tall] = 0
    elif side == 1:
        result[box[1] - tall :] = 0
    elif side == 2:
        result[:, : box[2] + wide] = 0
    else:
        result[:, box[3] - wide :] = 0
    return result


def paper_and_scanner(ink, rng, pixels):
    """Pencil, blur, noise, threshold and JPEG blocks."""
    if rng.random() < 0.6:
        ink = cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.3, 0.3 + pixels / 72))
    if rng.random() < 0.12:
        grain = rng.uniform(0.55, 1.25, ink.shape).astype(np.float32)
        ink = ink * cv2.GaussianBlur(grain, (3, 3), 0)
    if rng.random() < 0.4:
        ink = ink + rng.standard_normal(ink.shape, np.float32) * np.float32(rng.uniform(0.01, 0.07))
    ink = np.minimum(np.maximum(ink, 0), 1)
    if rng.random() < 0.15:
        packed = cv2.imencode(".jpg", (255 - 255 * ink).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 75))])[1]
        ink = 1 - cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE).astype(np.float32) / 255
    darkest = ink.max()
    if darkest > 0.3 and rng.random() < 0.4:
        level = darkest * rng.uniform(0.35, 0.6)
        bitonal = (ink > level).astype(np.float32)
        if bitonal.sum() > 12:
            ink = bitonal
            if rng.random() < 0.12:
                spots = rng.integers(0, CANVAS, (int(rng.integers(1, 6)), 2))
                ink[spots[:, 0], spots[:, 1]] = 1
    elif rng.random() < 0.3:
        ink = np.clip(ink * rng.uniform(0.45, 1.2) / max(darkest, 0.3), 0, 1)
    # The reader stretches the ink map of a pale field; a glyph below half is never seen by a net.
    return ink * np.float32(max(1, 0.5 / max(ink.max(), 0.05)))


def like_a_form(ink, rng, neighbours, strength=1.0):
    """One glyph through all of it. `neighbours()` gives an ink map of another character."""
    # A box is 5 mm high: 60 pixels at 300 to the inch, 30 at 150.
    pixels = rng.uniform(26, 60)
    ink = thickness(warp(trimmed(ink), rng, pixels, strength), rng, pixels)
    if ink.max() < 0.6:
        ink = ink * np.float32(0.8 / max(ink.max(), 0.05))
    if rng.random() < 0.06:
        ink = gap(ink, rng)
    if rng.random() < 0.05:
        ink = cut_off(ink, rng)
    if rng.random() < 0.08:
        ink = neighbour(ink, neighbours(), rng)
    if rng.random() < 0.10:
        ink = frame_remains(ink, rng)
    return paper_and_scanner(ink, rng, pixels)
