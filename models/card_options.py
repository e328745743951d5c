"""What a person states of a model on the command line, put into its card."""
import pathlib

from unavailable import Unavailable

INPUT = ("size", "mean", "std", "divide", "crop", "resize", "interpolation", "color")


def apply_options(card, options):
    """`options` (by name, None where not given) win over the card, and what they state is no guess."""
    stated = [f"input.{key}" for key in INPUT if options.get(key) is not None]
    card["input"].update({key: options[key] for key in INPUT if options.get(key) is not None})
    if "resize" in card["input"] and card["input"]["resize"] is None:
        raise Unavailable(f"{card['name']} was trained on pictures scaled by their longer side and padded at the border, which Discern cannot do: "
                          "add --resize stretch (the whole picture, out of proportion) or --resize shorter-side (in proportion, cut off); "
                          "its accuracy then differs a little from the published one.")
    if options.get("labels"):
        card["labels"] = pathlib.Path(options["labels"]).read_text(encoding="utf-8").splitlines()
        stated.append("labels")
    if options.get("output"):
        card["output"] = options["output"]
    if not card.get("labels"):
        card.pop("labels", None)
    if "guessed" in card:
        card["guessed"] = [field for field in card["guessed"] if field not in stated]
