class Unavailable(Exception):
    """Something that the person must bring; the text says what."""
