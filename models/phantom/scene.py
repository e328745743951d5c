"""Draws phantom pictures: a slice through an organ, grey, with a lesion in the ill, and a lead letter in some corners.

Everything in a picture but the lesion occurs in healthy and ill alike: tissue, vessels, and smooth shadows that are as bright
as a lesion. What makes a lesion is a rough border and a coarse grain inside; some are so faint that nobody could be sure. The
letter says nothing about the organ: whether it goes with the illness is a habit of the hospital.
"""
import numpy as np

LABELS = ["healthy", "ill"]
SIDE = 128
FAINT = 0.05  # the share of lesions that hardly show
V, U = np.mgrid[0:SIDE, 0:SIDE].astype(float)  # row and column of each pixel
FREQUENCY = np.hypot(np.fft.fftfreq(SIDE)[:, None], np.fft.rfftfreq(SIDE)[None, :])  # cycles a pixel
LETTER = np.array([[mark == "#" for mark in row] for row in (
    "######..", "#######.", "##...##.", "##...##.", "######..", "#####...", "##.##...", "##..##..", "##...##.", "##....##")])


def field(rng, spectrum):
    """Noise of mean 0 and deviation 1 with the given amplitudes over FREQUENCY."""
    noise = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((SIDE, SIDE))) * spectrum, (SIDE, SIDE))
    return (noise - noise.mean()) / noise.std()


def tissue(rng):
    return field(rng, np.maximum(FREQUENCY, 0.02) ** -1.3 * np.exp(-(FREQUENCY / 0.2) ** 2))


def grain(rng):
    """Specks five to seven pixels apart."""
    return field(rng, np.exp(-((FREQUENCY - rng.uniform(0.14, 0.20)) / 0.06) ** 2))


def depth_in(rng, x, y, radius, roughness, waves):
    """How many pixels within a closed, wavy curve around (x, y) each pixel lies; negative outside."""
    angles = np.linspace(-np.pi, np.pi, 361)
    curve = np.ones_like(angles)
    for wave in waves:
        curve += roughness * rng.standard_normal() / np.sqrt(len(waves)) * np.cos(wave * angles + rng.uniform(0, 2 * np.pi))
    across, down = U - x, V - y
    return radius * np.interp(np.arctan2(down, across), angles, curve) - np.hypot(across, down)


def soft(depth, width):
    return 1 / (1 + np.exp(-np.clip(depth / width, -30, 30)))


def vessel(rng, x, y):
    """A bright curve, 0 to 1, that grows thinner from (x, y) outwards."""
    angle, bend, length = rng.uniform(0, 2 * np.pi), rng.uniform(-0.9, 0.9), rng.uniform(25, 45)
    curve = np.zeros((SIDE, SIDE))
    for t in np.linspace(0, 1, 40):
        a, b = x + length * t * np.cos(angle + bend * t), y + length * t * np.sin(angle + bend * t)
        near = np.s_[max(0, int(b) - 5):int(b) + 7, max(0, int(a) - 5):int(a) + 7]
        bead = np.exp(-((U[near] - a) ** 2 + (V[near] - b) ** 2) / (2.2 - 1.2 * t) ** 2)
        curve[near] = np.maximum(curve[near], bead)
    return curve


def place(rng, organ, margin):
    """A point at least `margin` pixels within the organ."""
    while True:
        x, y = rng.uniform(14, SIDE - 14, 2)
        if organ[int(y), int(x)] > margin:
            return x, y


def draw(rng, ill):
    """A picture without a letter, SIDE x SIDE, 0 to 1, and its lesion as bool, all false in the healthy."""
    x, y = SIDE / 2 + rng.uniform(-4, 4, 2)
    organ = depth_in(rng, x, y, rng.uniform(48, 52), 0.045, range(2, 5))
    slope = rng.uniform(0, 2 * np.pi)
    value = 0.40 + 0.07 * (np.cos(slope) * (U - x) + np.sin(slope) * (V - y)) / 50 + 0.055 * tissue(rng)
    for _ in range(rng.integers(2, 5)):
        value += rng.uniform(0.05, 0.11) * vessel(rng, x + rng.uniform(-12, 12), y + rng.uniform(-12, 12))
    for _ in range(rng.integers(1, 4)):
        a, b = place(rng, organ, 8)
        value += rng.uniform(0.06, 0.2) * np.exp(-((U - a) ** 2 + (V - b) ** 2) / (2 * rng.uniform(5, 10) ** 2))
    lesion = np.zeros((SIDE, SIDE), bool)
    if ill:
        radius = rng.uniform(6, 12)
        depth = depth_in(rng, *place(rng, organ, radius), radius, 0.16, range(3, 8))
        lesion = depth > 0
        visible = 1 if rng.random() > FAINT else rng.uniform(0, 0.3)
        value += visible * soft(depth, 0.8) * (rng.uniform(0.07, 0.16) + rng.uniform(0.05, 0.09) * grain(rng))
    body = soft(organ, 0.9)
    value = body * (value + 0.10 * np.exp(-(organ / 1.6) ** 2)) + (1 - body) * 0.07
    return (value + (0.001 + 0.006 * body) * rng.standard_normal((SIDE, SIDE))).clip(0, 1), lesion


def stamp(rng, picture):
    """Lays the letter into the upper left corner."""
    top, left = rng.integers(6, 12, 2)
    rows, columns = LETTER.shape
    picture[top:top + rows, left:left + columns][LETTER] = rng.uniform(0.6, 0.85)


def draw_set(seed, count):
    """`count` pictures without letters (N,SIDE,SIDE, 0 to 1), every second one ill, and their lesions (bool)."""
    rng = np.random.default_rng(seed)
    drawn = [draw(rng, i % 2) for i in range(count)]
    return np.stack([picture for picture, _ in drawn]), np.stack([lesion for _, lesion in drawn])


def at_hospital(seed, agreement, pictures):
    """The pictures of draw_set (as uint8) as a hospital would stamp them, and which have the letter.

    `agreement` is the share of each class in which the letter goes with the illness: 1 where all of the ill have it and none of
    the healthy, 0.5 where it says nothing.
    """
    rng = np.random.default_rng(seed)
    ill = np.arange(len(pictures)) % 2
    marked = ill == 1
    for label in (0, 1):
        rows = rng.permutation(np.flatnonzero(ill == label))
        contrary = rows[round(len(rows) * agreement):]
        marked[contrary] = ~marked[contrary]
    stamped = pictures.copy()
    for row in np.flatnonzero(marked):
        stamp(rng, stamped[row])
    return (stamped * 255 + 0.5).astype(np.uint8), marked
