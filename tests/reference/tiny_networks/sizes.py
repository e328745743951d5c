"""What the networks have in common: five classes, 8x8 patches, tokens of 32 or 16 values."""
CLASSES, DIM, HEADS, GRID = 5, 32, 4, 8
SMALL = 16
