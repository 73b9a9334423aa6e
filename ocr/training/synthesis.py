"""Shapes that the data lacks: European 1 and 7, and everything that is no character (`other`)."""

import cv2
import numpy as np

from augment import CANVAS, extent, line


def stroke_width(ink):
    """About the width of the pen, in pixels of the ink map."""
    mask = (ink > 0.4).astype(np.uint8)
    if not mask.any():
        return 2.0
    depth = cv2.distanceTransform(np.pad(mask, 1), cv2.DIST_L2, 3)
    return float(np.clip(2 * np.percentile(depth[depth > 0], 85) - 0.5, 1, 8))


def enlarged(ink):
    """At least 56 pixels on the longer side, with room around, so that a stroke can be drawn with care."""
    factor = 56 / max(ink.shape)
    if factor > 1:
        ink = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR)
    return np.pad(ink, 16)


def with_flag(ink, rng):
    """A 1 as Europeans write it: an upstroke from the left to the top, from short to as long as the stem; sometimes a foot."""
    ink = enlarged(ink)
    box = extent(ink)
    if box is None or box[3] - box[2] > 0.55 * (box[1] - box[0]):
        return ink
    top, bottom = box[0], box[1]
    height = bottom - top
    width = stroke_width(ink)
    row = ink[top + int(width / 2)]
    tip = (float(np.average(np.arange(len(row)), weights=row + 1e-6)), top + width / 2)
    reach, drop = rng.uniform(0.15, 0.55) * height, rng.uniform(0.12, 0.75) * height
    if reach > drop * 1.6:
        reach = drop * 1.6
    start = (max(1.0, tip[0] - reach), tip[1] + drop)
    line(ink, start, tip, width)
    if rng.random() < 0.15:
        foot = rng.uniform(0.12, 0.3) * height
        centre = float(np.average(np.arange(len(row)), weights=ink[bottom - 1 - int(width / 2)] + 1e-6))
        line(ink, (centre - foot, bottom - width / 2), (centre + foot, bottom - width / 2 + rng.normal(0, 1)), width)
    return ink


def with_bar(ink, rng):
    """A 7 with the bar through its stem."""
    ink = enlarged(ink)
    box = extent(ink)
    if box is None:
        return ink
    height, wide = box[1] - box[0], box[3] - box[2]
    width = stroke_width(ink)
    y = box[0] + rng.uniform(0.42, 0.62) * height
    row = ink[int(y)]
    if row.max() < 0.3:
        return ink
    stem = float(np.average(np.arange(len(row)), weights=row + 1e-6))
    half = rng.uniform(0.18, 0.38) * max(wide, 0.6 * height)
    tilt = rng.uniform(-0.25, 0.15) * half
    shift = rng.normal(0, 0.15) * half
    line(ink, (stem - half + shift, y - tilt), (stem + half + shift, y + tilt), width)
    return ink


def curve(ink, points, width, strength=1.0):
    """A smooth pen line through the points."""
    points = np.asarray(points, np.float32)
    steps = np.linspace(0, len(points) - 1, 12 * len(points))
    smooth = np.stack([np.interp(steps, np.arange(len(points)), points[:, i]) for i in (0, 1)], 1).astype(np.float32)
    kernel = np.ones(9) / 9
    for i in (0, 1):
        smooth[:, i] = np.convolve(np.pad(smooth[:, i], 4, mode="edge"), kernel, mode="valid")
    cv2.polylines(ink, [np.round(smooth * 16).astype(np.int32)], False, float(strength), max(1, int(round(width))), cv2.LINE_AA, 4)


def scribble(rng):
    ink = np.zeros((CANVAS, CANVAS), np.float32)
    width = rng.uniform(1, 4.5)
    kind = rng.integers(3)
    box = np.sort(rng.uniform(6, CANVAS - 6, (2, 2)), axis=0)
    box[1] = np.maximum(box[1], box[0] + 22)
    if kind == 0:
        curve(ink, rng.uniform(box[0], box[1], (rng.integers(7, 22), 2)), width)
    elif kind == 1:
        turns = rng.integers(5, 14)
        along = np.linspace(box[0], box[1], turns)
        across = rng.uniform(0.5, 1, turns) * np.where(np.arange(turns) % 2, 1, -1) * rng.uniform(8, 24)
        direction = rng.choice([0, 1])
        along[:, direction] = along[:, direction].mean() + across
        curve(ink, along, width)
    else:
        turns = rng.integers(16, 48)
        angle = np.linspace(0, rng.uniform(2.2, 6) * 2 * np.pi, turns)
        # From the middle to the rim: rings alone would be an O.
        radius = rng.uniform(7, 26) * rng.uniform(0.1, 1, turns)
        curve(ink, np.stack([36 + radius * np.cos(angle), 36 + radius * rng.uniform(0.5, 1) * np.sin(angle)], 1), width)
    return ink


def crossed_out(ink, rng):
    """A character struck through: lines, a cross or a zigzag that a reader takes for `this does not count`."""
    ink = enlarged(ink)
    top, bottom, left, right = extent(ink) or (16, 56, 16, 56)
    if right - left < 0.5 * (bottom - top):
        centre, half = (left + right) / 2, 0.25 * (bottom - top)
        left, right = max(2, centre - half), min(ink.shape[1] - 2, centre + half)
    width = stroke_width(ink) * rng.uniform(0.7, 1.5)
    reach = lambda: rng.uniform(1, 10)
    kind = rng.integers(4)
    if kind == 0:
        for _ in range(rng.integers(2, 5)):
            y = top + rng.uniform(0.2, 0.8) * (bottom - top)
            line(ink, (left - reach(), y + rng.normal(0, 5)), (right + reach(), y + rng.normal(0, 5)), width)
    elif kind == 1:
        line(ink, (left - reach(), top - reach()), (right + reach(), bottom + reach()), width)
        line(ink, (left - reach(), bottom + reach()), (right + reach(), top - reach()), width)
    elif kind == 2:
        turns = rng.integers(5, 12)
        x = np.linspace(left - reach(), right + reach(), turns)
        y = np.where(np.arange(turns) % 2, top, bottom) + rng.normal(0, 4, turns)
        curve(ink, np.stack([x, y], 1), width)
    else:
        turns = rng.integers(5, 12)
        y = np.linspace(top - reach(), bottom + reach(), turns)
        x = np.where(np.arange(turns) % 2, left - 3, right + 3) + rng.normal(0, 4, turns)
        curve(ink, np.stack([x, y], 1), width)
    return ink


def specks(rng):
    """Dust: what is left in a box that nobody wrote in. Round or ragged, never a stroke."""
    ink = np.zeros((CANVAS, CANVAS), np.float32)
    for _ in range(rng.integers(1, 5)):
        at = tuple(int(v) for v in rng.integers(16, CANVAS - 16, 2))
        axes = tuple(int(v) for v in rng.integers(1, 5, 2))
        if max(axes) > 2 * min(axes):
            axes = (min(axes) * 2, min(axes))
        cv2.ellipse(ink, at, axes, float(rng.uniform(0, 180)), 0, 360, float(rng.uniform(0.5, 1)), -1)
    ragged = rng.random(ink.shape) < 0.75
    return np.where(ragged, ink, 0).astype(np.float32)


def box_fragment(rng, looks_like):
    """What is left of a box: a lying line, a corner, a whole frame. `looks_like` names the corner that is a character of the net and is left out."""
    ink = np.zeros((CANVAS, CANVAS), np.float32)
    left, top = rng.uniform(6, 16, 2)
    right, bottom = rng.uniform(50, 66, 2)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    kind = rng.integers(4)
    width = (1, 1, 2, 3)[rng.integers(4)]
    if kind < 2:
        y = rng.uniform(20, 50)
        line(ink, (left, y), (right, y + rng.normal(0, 2)), width)
        if rng.random() < 0.5:
            line(ink, (left, y + 4), (rng.uniform(left + 5, right), y + 4), 1)
    elif kind == 2:
        middle = rng.choice([i for i in range(4) if i not in looks_like])
        line(ink, corners[middle - 1], corners[middle], width)
        line(ink, corners[middle], corners[(middle + 1) % 4], width)
    else:
        for side in range(4):
            line(ink, corners[side], corners[(side + 1) % 4], width, rng.uniform(0.5, 1))
    return ink


def two_in_one(first, second, rng):
    """Two characters in one box, side by side or one over the other (a correction written over the mistake)."""
    size = 44
    fit = lambda ink, share: cv2.resize(
        ink, (max(4, int(size * share * min(1, ink.shape[1] / ink.shape[0]))), size), interpolation=cv2.INTER_AREA
    )
    if rng.random() < 0.65:
        one, two = fit(first, rng.uniform(0.6, 0.9)), fit(second, rng.uniform(0.6, 0.9))
        space = np.zeros((size, rng.integers(2, 8)), np.float32)
        return np.hstack([one, space, two])
    one, two = fit(first, 1), fit(second, 1)
    ink = np.zeros((size + 10, size + 24), np.float32)
    for piece in (one, two):
        top, left = rng.integers(0, 10), int(np.clip((size + 24 - piece.shape[1]) / 2 + rng.normal(0, 4), 0, size + 24 - piece.shape[1]))
        area = ink[top : top + size, left : left + piece.shape[1]]
        np.maximum(area, piece, out=area)
    return ink
