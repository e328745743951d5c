// Opens damaged copies of models, each in a process of its own, and counts how that ends:
//
//   bench_mutated_models FILE ... [--count 2000] [--seed 1]
//
// A copy has bytes changed, runs of them put elsewhere, lengths made large, or is cut short; every other copy of a .pt2 file
// has what its graph says changed instead, and sound checksums. It is opened as a person would
// (its card, or a guess of one), and must be refused in a sentence or open. Exit code 1 where one crashed, took more than
// 10 s of the processor or 2 GiB, or said nothing.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "bench/damaged_program.h"
#include "core/error.h"
#include "core/model/model.h"
#include "core/run/compute.h"

namespace {

namespace fs = std::filesystem;

constexpr int kOpened = 0, kRefused = 3, kSilent = 4, kThrown = 5;
constexpr rlim_t kSeconds = 10;
constexpr double kMostMegabytes = 2048.0;

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string damaged(std::string bytes, std::mt19937_64& random) {
    const auto below = [&](std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random); };
    // Most of a model is weights; what is around them is what can go wrong.
    const auto place = [&] { return below(4) == 0 ? below(bytes.size()) : below(2) == 0 ? below(std::min<std::size_t>(bytes.size(), 4096)) : bytes.size() - 1 - below(std::min<std::size_t>(bytes.size(), 8192)); };
    for (std::size_t change = 0, changes = 1 + below(6); change < changes && bytes.size() > 16; ++change) {
        const std::size_t at = place();
        switch (below(5)) {
            case 0:
                bytes[at] = static_cast<char>(below(256));
                break;
            case 1:
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
                break;
            case 2:
                bytes.replace(at, std::min<std::size_t>(bytes.size() - at, 1 + below(9)), std::string(1 + below(9), '\xff'));
                break;
            case 3: {
                const std::string run = bytes.substr(place(), 1 + below(64));
                bytes.insert(at, run);
                break;
            }
            default:
                if (below(6) == 0) bytes.resize(at);
                else bytes.erase(at, 1 + below(32));
        }
    }
    return bytes;
}

[[noreturn]] void open(const fs::path& file) {
    const rlimit limit{kSeconds, kSeconds + 1};
    setrlimit(RLIMIT_CPU, &limit);
    static_cast<void>(!std::freopen("/dev/null", "w", stderr));
    discern::Progress progress;
    try {
        static_cast<void>(discern::Model::load(file.string(), progress));
        _exit(kOpened);
    } catch (const discern::Error& error) {
        _exit(std::strlen(error.what()) > 10 ? kRefused : kSilent);
    } catch (...) {
        _exit(kThrown);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Damaged models");
    std::vector<std::string> files;
    int count = 2000;
    unsigned seed = 1;
    app.add_option("files", files)->required();
    app.add_option("--count", count);
    app.add_option("--seed", seed);
    CLI11_PARSE(app, argc, argv);
    discern::prepareProcess();
    const fs::path folder = fs::temp_directory_path() / ("bench_mutated_models-" + std::to_string(getpid()));
    fs::create_directories(folder);
    std::map<std::string, int> ends;
    int bad = 0;
    double most = 0.0;
    for (int i = 0; i < count; ++i) {
        const fs::path whole = files[static_cast<std::size_t>(i) % files.size()];
        std::mt19937_64 random(seed * 1'000'003ULL + static_cast<unsigned>(i));
        const fs::path file = folder / ("damaged" + whole.extension().string());
        if (whole.extension() == ".pt2" && random() % 2 == 0)
            discern::testing::DamagedProgram(random).write(whole, file);
        else
            std::ofstream(file, std::ios::binary) << damaged(bytesOf(whole), random);
        for (const char* beside : {".data", ".card.json"}) {
            const fs::path other = beside[1] == 'd' ? fs::path(whole.string() + beside) : fs::path(whole).replace_extension(beside);
            const fs::path copy = beside[1] == 'd' ? folder / other.filename() : folder / ("damaged" + std::string(beside));
            if (fs::exists(other)) fs::copy_file(other, copy, fs::copy_options::overwrite_existing);
            else fs::remove(copy);
        }
        std::fflush(stdout);
        const pid_t child = fork();
        if (child == 0) open(file);
        int status = 0;
        rusage used{};
        wait4(child, &status, 0, &used);
        const double megabytes = static_cast<double>(used.ru_maxrss) / 1024.0;
        most = std::max(most, megabytes);
        std::string end = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) : std::to_string(WEXITSTATUS(status));
        if (end == "0") end = "opened";
        if (end == "3") end = "refused";
        const bool wrong = (end != "opened" && end != "refused") || megabytes > kMostMegabytes;
        ++ends[end + (megabytes > kMostMegabytes ? ", too much memory" : "")];
        if (!wrong) continue;
        ++bad;
        std::printf("%s, copy %d: %s, %.0f MB\n", whole.filename().c_str(), i, end.c_str(), megabytes);
        fs::copy_file(file, fs::temp_directory_path() / ("mutated-" + std::to_string(i) + whole.extension().string()), fs::copy_options::overwrite_existing);
    }
    for (const auto& [end, times] : ends) std::printf("%5d %s\n", times, end.c_str());
    std::printf("at most %.0f MB\n", most);
    fs::remove_all(folder);
    return bad == 0 ? 0 : 1;
}
