"""Hands Keras models, SavedModels and frozen graphs to tensorflow_convert.py, in a Python environment of its own.

The environment lies in the user's data folder, holds what tensorflow.txt names and is made when a model first needs it, with
nothing but the pip that models/setup.sh installs. No other package of this machine is seen in there.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from unavailable import Unavailable

HERE = pathlib.Path(__file__).resolve().parent
WANTED = HERE / "tensorflow.txt"
ENDINGS = (".keras", ".h5", ".hdf5", ".pb")
OLDEST, NEWEST = (3, 11), (3, 13)


def say(what):
    print(f"== {what}", flush=True)


def is_tensorflow(path):
    """A Keras file, a frozen graph, or the folder of a SavedModel."""
    path = pathlib.Path(path)
    return (path / "saved_model.pb").is_file() if path.is_dir() else path.suffix.lower() in ENDINGS


def folder_of_environment():
    data = pathlib.Path(os.environ.get("XDG_DATA_HOME") or pathlib.Path.home() / ".local" / "share")
    return data / "discern" / f"tensorflow-2.21.0-python{sys.version_info.major}.{sys.version_info.minor}"


def check_python():
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Unavailable("TensorFlow 2.21 runs with Python 3.11 to 3.13, and this is "
                          f"{sys.version_info.major}.{sys.version_info.minor}: run this script with one of those.")
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode != 0:
        raise Unavailable("pip is missing, which installs TensorFlow: on Debian install the package python3-pip, elsewhere run "
                          f"{sys.executable} -m ensurepip.")


def refused(told, folder):
    """Why pip gave up, in words."""
    lines = [line for line in told.splitlines() if line.startswith("ERROR:")] or told.splitlines() or ["it said nothing"]
    if "No space left" in told:
        return f"{folder.parent} has no room for TensorFlow, which takes 1.8 GB."
    return (f"TensorFlow could not be installed ({lines[-1].removeprefix('ERROR:').strip()}). It is fetched from the package index that pip "
            f"is set up for (PyPI where nothing else is said): run this where that can be reached, or fill the folder {folder} elsewhere "
            f"with: python{sys.version_info.major}.{sys.version_info.minor} -m pip install --target {folder} -r {WANTED}")


def environment():
    """The folder with TensorFlow, made where it is not there yet. A broken off installation leaves none."""
    folder = folder_of_environment()
    if folder.is_dir():
        return folder
    check_python()
    say("Installing TensorFlow 2.21.0 and tf2onnx (about 350 MB to fetch, 1.8 GB on disk, once)")
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
                               "--retries", "1", "--only-binary=:all:", "--target", str(part), "-r", str(WANTED)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Unavailable(refused(done.stderr, folder))
        os.replace(part, folder)
    except OSError as e:
        raise Unavailable(f"TensorFlow cannot be put into {folder}: {e.strerror}.") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def convert(file, options):
    """Writes `file` as ONNX. `options` are export.py's, by name. Returns the exit status."""
    here = {**os.environ, "PYTHONPATH": f"{environment()}{os.pathsep}{HERE}", "PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": "-1"}
    # -S leaves out the packages of the machine's own Python, whose versions would mix with these.
    return subprocess.run([sys.executable, "-S", str(HERE / "tensorflow_convert.py"), json.dumps({**options, "file": str(file)})],
                          env=here, check=False).returncode
