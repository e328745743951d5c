#pragma once

#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/model/model.h"
#include "core/store/npy.h"

namespace discern::testing {

inline std::string fixture(const std::string& file) { return std::string(DISCERN_TEST_DATA) + "/fixtures/" + file; }
inline std::string reference(const std::string& file) { return std::string(DISCERN_TEST_DATA) + "/reference/" + file; }

inline at::Tensor readTensor(const std::string& path) {
    const FloatArray array = readNpy(path);
    return at::tensor(array.data).view(array.shape);
}

/// Tests that run once for each of the small networks in tests/fixtures (its README.md says what they are).
class TinyFixtures : public QObject {
protected:
    /// A row of test data for each network whose name contains `part`.
    void rows(const std::string& part = "") const {
        QTest::addColumn<QString>("fixture");
        for (const auto& [name, value] : fixtures_.items())
            if (name.find(part) != std::string::npos) QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    /// A row for each network of which `fact` is known.
    void rowsWith(const std::string& fact) const {
        QTest::addColumn<QString>("fixture");
        for (const auto& [name, value] : fixtures_.items())
            if (value.contains(fact)) QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    /// The row's network.
    static std::string name() {
        QFETCH(QString, fixture);
        return fixture.toStdString();
    }

    /// Null where this LibTorch is older than the network's operators.
    [[nodiscard]] static std::shared_ptr<const Model> load(const std::string& name) {
        Progress progress;
        try {
            return Model::load(fixture(name + ".pt"), progress);
        } catch (const Error& error) {
            if (std::string(error.what()).find("newer LibTorch") == std::string::npos) throw;
            return nullptr;
        }
    }

    [[nodiscard]] const nlohmann::json& facts(const std::string& name) const { return fixtures_.at(name); }
    [[nodiscard]] int target(const std::string& name) const { return facts(name).at("target").get<int>(); }
    /// Normalised already: it is no picture.
    [[nodiscard]] static at::Tensor input(const std::string& name) { return readTensor(fixture(name + "_input.npy")); }

private:
    nlohmann::json fixtures_ = nlohmann::json::parse(std::ifstream(fixture("fixtures.json")));
};

}  // namespace discern::testing
