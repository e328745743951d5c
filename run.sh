#!/usr/bin/env bash
# Sets up, builds and opens Discern: ./run.sh [--gpu] [--demo NAME] [--model M]... [--method NAME]... [--param KEY=VALUE]... [IMAGE]...
# Without arguments: a photograph, three real models, Grad-CAM and LIME. Without a display: the same into out/.
# --demo phantom: three networks on synthetic pictures of two hospitals, one of which is right for a wrong reason.
set -euo pipefail
. "$(dirname "$0")/models/setup.sh"

arguments=() models=() methods=() parameters=() images=() compare=() demo=
while [ $# -gt 0 ]; do
  case $1 in
    --gpu) want_gpu=1; shift; continue ;;
    --demo) demo=${2:?--demo needs a name: phantom} ;;
    --model) models+=(--model "${2:?--model needs a file or a name}") ;;
    --method) methods+=(--method "${2:?--method needs a name}") ;;
    --param) parameters+=(--param "${2:?--param needs key=value}") ;;
    -*) arguments+=("$1"); shift; continue ;;
    *) images+=("$1"); shift; continue ;;
  esac
  shift 2
done

# phantom_demo: what --demo phantom shows, but for what was named otherwise.
phantom_demo() {
  local folder=$root/models/phantom name
  [ ${#models[@]} -gt 0 ] || for name in reader cheat weak; do models+=(--model "$folder/phantom-$name.pt"); done
  if [ ${#methods[@]} = 0 ]; then
    methods=(--method grad_cam --method integrated_gradients --method occlusion)
    parameters=(--param occlusion.window=16 --param occlusion.stride=8 "${parameters[@]}") # about a lesion's size
  fi
  # Asked about the folder of the hospital where two of them are equally accurate; what it finds is there the next time.
  arguments=(--evaluate "$folder/confounded" --sample 30 --measure "${arguments[@]}")
  [ ${#images[@]} -gt 0 ] || images=("$folder"/confounded/{ill/confounded-031,healthy/confounded-002}.png "$folder"/clean/{ill/clean-005,healthy/clean-006}.png)
  images+=("$data/phantom.discern")
}

case $demo in
  '') ;;
  phantom) phantom_demo ;;
  *) fail "there is no demonstration '$demo'; there is: phantom." ;;
esac

set_up discern discern-cli

sample=$data/samples/chelsea.png
if [ ${#models[@]} = 0 ]; then
  if all_there "$data/models" "${networks[@]/%/.pt}" && [ -e "$sample" ]; then
    for name in "${networks[@]}"; do models+=(--model "$name"); done
  else
    for file in "$root"/models/small/*.pt; do models+=(--model "$file"); done
    sample=$root/resources/samples/disc-marked-as-star.png
  fi
fi
headless=; [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headless=1
if [ ${#methods[@]} = 0 ]; then
  methods=(--method grad_cam --method lime)
  # Nobody watches it sharpen: a quick look, with a quarter of the samples that LIME takes in the window.
  [ -z "$headless" ] || parameters=(--param lime.samples=256 "${parameters[@]}")
fi
[ ${#images[@]} -gt 0 ] || images=("$sample")

if [ -z "$headless" ]; then
  exec "$build/app/discern" "${models[@]}" "${methods[@]}" "${parameters[@]}" "${arguments[@]}" "${images[@]}"
fi

say "No display: the window goes to out/discern.png, the comparison to out/report/"
mkdir -p "$root/out"
# The offscreen platform remarks on what it has no use for.
QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES=default.warning=false "$build/app/discern" "${models[@]}" "${methods[@]}" \
  "${parameters[@]}" "${arguments[@]}" --screenshot "$root/out/discern.png" "${images[@]}" ||
  fail "the window could not be drawn; the line above says why."
for image in "${images[@]}"; do compare+=(--image "$image"); done
"$build/app/discern-cli" compare "${models[@]}" "${compare[@]}" "${methods[@]}" "${parameters[@]}" --out "$root/out/report" ||
  fail "the comparison could not be made; the line above says why."
say "Written: $root/out/discern.png, $root/out/report/report.html"
