#include "core/evaluate/set_answers.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <future>

#include "core/error.h"
#include "core/image/picture.h"
#include "core/model/model.h"
#include "core/network/input_tensor.h"
#include "core/network/network.h"
#include "core/network/torch_errors.h"
#include "core/run/compute.h"
#include "core/store/digests.h"
#include "core/store/workspace.h"

namespace discern {
namespace {

constexpr const char* kKind = "answer";

/// One image, ready for every model.
struct Prepared {
    std::string digest;
    std::string unreadable;
    std::vector<cv::Mat> inputs;            ///< a model's, normalised; empty where its answer is known
    std::vector<std::vector<float>> known;  ///< a model's answer from the workspace
};

std::string bytesOf(const std::vector<float>& values) {
    std::string bytes(values.size() * sizeof(float), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

std::vector<float> floatsOf(const std::string& bytes, std::size_t count) {
    std::vector<float> values;
    if (bytes.size() != count * sizeof(float)) return values;
    values.resize(count);
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

class Asker {
public:
    Asker(const EvaluationRequest& request, Workspace* workspace) : request_(request), workspace_(workspace) {
        for (const auto& model : request.models) {
            networks_.push_back(&model->network().on(request.compute));
            chunk_ = std::clamp(networks_.back()->batchSize(Network::Pass::Forward), chunk_, std::int64_t{64});
        }
    }

    SetAnswers run(Progress& progress) {
        const std::size_t count = request_.set.images.size();
        SetAnswers answers{std::vector<std::string>(count), std::vector<std::string>(count), {}, std::vector<std::string>(request_.models.size())};
        answers.probabilities.assign(request_.models.size(), std::vector<std::vector<float>>(count));
        const auto size = static_cast<std::size_t>(chunk_);
        std::future<std::vector<Prepared>> next = prepareAside(0, size);
        for (std::size_t first = 0; first < count; first += size) {
            std::vector<Prepared> chunk = next.get();
            if (first + size < count) next = prepareAside(first + size, size);
            answer(first, chunk, answers, progress);
            if (workspace_) workspace_->commit();
        }
        return answers;
    }

private:
    [[nodiscard]] std::string keyOf(std::size_t model, const std::string& image) const {
        const Model& of = *request_.models[model];
        return fmt::format("{}/{}/{}/{}/{}", of.sha256(), of.cardSha256(), image, toString(request_.compute.device),
                           toString(request_.compute.precision));
    }

    [[nodiscard]] std::future<std::vector<Prepared>> prepareAside(std::size_t first, std::size_t size) const {
        const std::size_t count = std::min(size, request_.set.images.size() - first);
        // Beside a card the processor is free; on the processor, threads of another would only take it from the network.
        const auto when = request_.compute.device == Device::Cuda ? std::launch::async : std::launch::deferred;
        return std::async(when, [this, first, count] { return prepareAll(first, count); });
    }

    [[nodiscard]] std::vector<Prepared> prepareAll(std::size_t first, std::size_t count) const {
        std::vector<Prepared> chunk(count);
        at::parallel_for(0, static_cast<std::int64_t>(count), 1, [&](std::int64_t from, std::int64_t to) {
            for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i)
                chunk[i] = prepare(first + i);
        });
        return chunk;
    }

    [[nodiscard]] Prepared prepare(std::size_t image) const {
        Prepared prepared;
        prepared.inputs.resize(request_.models.size());
        prepared.known.resize(request_.models.size());
        const std::filesystem::path file = std::filesystem::path(request_.set.folder) / request_.set.images[image].file;
        try {
            prepared.digest = digestOf(file);
        } catch (const std::exception& error) {
            prepared.unreadable = error.what();
            return prepared;
        }
        bool all = true;
        for (std::size_t m = 0; m < request_.models.size(); ++m) {
            prepared.known[m] = known(m, prepared.digest);
            all = all && !prepared.known[m].empty();
        }
        if (all) return prepared;
        try {
            const Picture picture = readPicture(file);
            for (std::size_t m = 0; m < request_.models.size(); ++m) {
                const InputSpec& spec = request_.models[m]->card().input;
                if (prepared.known[m].empty()) prepared.inputs[m] = normalise(prepareInput(picture, spec).pixels, spec);
            }
        } catch (const std::exception& error) {
            prepared.unreadable = error.what();
        }
        return prepared;
    }

    [[nodiscard]] std::vector<float> known(std::size_t model, const std::string& digest) const {
        const auto kept = workspace_ ? workspace_->find(kKind, keyOf(model, digest)) : std::nullopt;
        return kept ? floatsOf(*kept, static_cast<std::size_t>(request_.models[model]->classCount())) : std::vector<float>();
    }

    void answer(std::size_t first, std::vector<Prepared>& chunk, SetAnswers& answers, Progress& progress) {
        const std::size_t models = request_.models.size();
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            answers.digests[first + i] = chunk[i].digest;
            answers.unreadable[first + i] = chunk[i].unreadable;
        }
        for (std::size_t m = 0; m < models; ++m) {
            progress.checkpoint();
            const double done = static_cast<double>(first * models + m * chunk.size());
            progress.report(done / static_cast<double>(request_.set.images.size() * models),
                            fmt::format("{}: {} of {} images", request_.models[m]->name(), first, request_.set.images.size()));
            attempt(m, first, chunk, answers, progress);
        }
    }

    /// A model that cannot be run stops no other; what it answered before counts no more.
    void attempt(std::size_t model, std::size_t first, std::vector<Prepared>& chunk, SetAnswers& answers, Progress& progress) {
        if (!answers.failed[model].empty()) return;
        try {
            ask(model, first, chunk, answers, progress);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Run) throw;
            answers.failed[model] = error.what();
            answers.probabilities[model].assign(request_.set.images.size(), {});
        }
    }

    void ask(std::size_t model, std::size_t first, std::vector<Prepared>& chunk, SetAnswers& answers, Progress& progress) {
        std::vector<std::size_t> asked;
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            if (!chunk[i].inputs[model].empty()) asked.push_back(i);
            else if (chunk[i].unreadable.empty()) take(model, first + i, std::move(chunk[i].known[model]), answers);
        }
        const auto batch = static_cast<std::size_t>(networks_[model]->batchSize(Network::Pass::Forward));
        for (std::size_t at = 0; at < asked.size(); at += batch) {
            progress.checkpoint();
            const std::size_t end = std::min(at + batch, asked.size());
            std::vector<cv::Mat> inputs;
            for (std::size_t i = at; i < end; ++i) inputs.push_back(std::move(chunk[asked[i]].inputs[model]));
            const at::Tensor rows = probabilities(model, inputBatch(inputs));
            for (std::size_t i = at; i < end; ++i) {
                const at::Tensor row = rows[static_cast<std::int64_t>(i - at)];
                const float* values = row.const_data_ptr<float>();
                std::vector<float> own(values, values + row.numel());
                if (workspace_) workspace_->keep(kKind, keyOf(model, chunk[asked[i]].digest), bytesOf(own));
                take(model, first + asked[i], std::move(own), answers);
            }
        }
    }

    [[nodiscard]] at::Tensor probabilities(std::size_t model, const at::Tensor& inputs) const {
        return translated(ErrorKind::Run, request_.models[model]->name() + " cannot answer", [&] {
            const at::NoGradGuard noGradients;
            const Network& network = *networks_[model];
            return network.probabilities(network.logits(inputs)).to(at::kCPU, at::kFloat).contiguous();
        });
    }

    static void take(std::size_t model, std::size_t image, std::vector<float> own, SetAnswers& answers) {
        const bool defined = std::ranges::all_of(own, [](float p) { return std::isfinite(p); });
        if (defined) answers.probabilities[model][image] = std::move(own);
    }

    const EvaluationRequest& request_;
    Workspace* workspace_;
    std::vector<const Network*> networks_;
    std::int64_t chunk_ = 16;
};

}  // namespace

SetAnswers answersToSet(const EvaluationRequest& request, Workspace* workspace, Progress& progress) {
    return Asker(request, workspace).run(progress);
}

}  // namespace discern
