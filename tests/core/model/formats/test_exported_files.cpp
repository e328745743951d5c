#include <QtTest>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/model/model.h"
#include "core/tiny_fixtures.h"
#include "core/unpacked.h"

using namespace discern;
using namespace discern::testing;

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Change = std::function<void(json&)>;

constexpr const char* kGraph = "models/model.json";
constexpr const char* kWeights = "data/weights/model_weights_config.json";

QString refusalOf(const fs::path& file) {
    Progress progress;
    try {
        static_cast<void>(Model::load(file.string(), progress));
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

json& nodeOf(json& program, const std::string& target) {
    for (json& node : program["graph_module"]["graph"]["nodes"])
        if (node["target"] == "torch.ops.aten." + target) return node;
    throw std::runtime_error("no node " + target);
}

json& inputOf(json& node, const std::string& name) {
    for (json& input : node["inputs"])
        if (input["name"] == name) return input["arg"];
    throw std::runtime_error("no input " + name);
}

}  // namespace

/// Archives of torch.export that are no good, or made to do harm: each is refused in a sentence that names the file.
class TestExportedFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        unpack(fixture("exported.zip"), folder_.path().toStdString());
        entries_ = entriesOf(inFolder("tiny_resnet-any.pt2"));
        QVERIFY(!entries_.empty());
        QCOMPARE(refusalOf(written("own.pt2", entries_)), QString());
    }

    void hostileGraphs_areRefused_data() {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("words");
        QTest::addColumn<Change>("change");
        const auto graph = [](const char* row, const char* words, const Change& change) {
            QTest::newRow(row) << QString(kGraph) << QString(words) << change;
        };
        const auto weights = [](const char* row, const char* words, const Change& change) {
            QTest::newRow(row) << QString(kWeights) << QString(words) << change;
        };
        graph("an unknown operator", "torch.ops.aten.relv.default (node relu", [](json& all) { nodeOf(all, "relu_.default")["target"] = "torch.ops.aten.relv.default"; });
        graph("one that reads files", "torch.ops.aten.from_file.default", [](json& all) { nodeOf(all, "relu_.default")["target"] = "torch.ops.aten.from_file.default"; });
        graph("one of another library", "torch.ops.torchvision.nms.default", [](json& all) { nodeOf(all, "relu_.default")["target"] = "torch.ops.torchvision.nms.default"; });
        graph("an overload that there is not", "does not have", [](json& all) { nodeOf(all, "relu_.default")["target"] = "torch.ops.aten.relu.sideways"; });
        graph("an argument that there is not", "an argument warmth", [](json& all) { nodeOf(all, "conv2d.default")["inputs"].push_back({{"name", "warmth"}, {"arg", {{"as_int", 1}}}, {"kind", 1}}); });
        graph("an argument left out", "lacks its argument weight", [](json& all) { nodeOf(all, "conv2d.default")["inputs"].erase(1); });
        graph("an argument of another kind", "as stride", [](json& all) { inputOf(nodeOf(all, "conv2d.default"), "stride") = {{"as_string", "far"}}; });
        graph("a kind that there is not", "as_riddle", [](json& all) { inputOf(nodeOf(all, "conv2d.default"), "stride") = {{"as_riddle", 1}}; });
        graph("a size where a tensor belongs", "computed nowhere", [](json& all) { inputOf(nodeOf(all, "conv2d.default"), "input") = {{"as_tensor", {{"name", "s77"}}}}; });
        graph("names in a circle", "computed nowhere before it", [](json& all) { inputOf(nodeOf(all, "conv2d.default"), "input") = {{"as_tensor", {{"name", "linear"}}}}; });
        graph("a name twice", "another value already", [](json& all) { nodeOf(all, "relu_.default")["outputs"][0]["as_tensor"]["name"] = "conv2d"; });
        graph("a tensor of 10^18 values", "its size of 1000000000 is more", [](json& all) {
            json& node = nodeOf(all, "relu_.default");
            node["target"] = "torch.ops.aten.expand.default";
            node["inputs"].push_back({{"name", "size"}, {"arg", {{"as_ints", {1'000'000'000, 1'000'000'000}}}}, {"kind", 1}});
        });
        graph("a border of 10^6 pixels", "its padding of 1000000 is more", [](json& all) { inputOf(nodeOf(all, "conv2d.default"), "padding") = {{"as_ints", {1, 1'000'000}}}; });
        graph("a size of 10^12 by arithmetic", "its size of 1000000000000 is more", [](json& all) {
            json& nodes = all["graph_module"]["graph"]["nodes"];
            json grown = nodes.front();
            grown["target"] = "_operator.mul";
            grown["inputs"] = {{{"name", "a"}, {"arg", {{"as_int", 2}}}, {"kind", 1}}, {{"name", "b"}, {"arg", {{"as_int", 1'000'000'000'000}}}, {"kind", 1}}};
            grown["outputs"] = {{{"as_sym_int", {{"as_name", "grown"}}}}};
            nodes.insert(nodes.begin(), grown);
        });
        graph("an output from nowhere", "its output nowhere", [](json& all) { all["graph_module"]["signature"]["output_specs"][0]["user_output"]["arg"]["as_tensor"]["name"] = "nowhere"; });
        graph("no output", "gives no answer", [](json& all) { all["graph_module"]["signature"]["output_specs"] = json::array(); });
        graph("another version", "version 9", [](json& all) { all["schema_version"]["major"] = 9; });
        graph("no signature", "lacks the field signature", [](json& all) { all["graph_module"].erase("signature"); });
        graph("a list for an object", "is damaged", [](json& all) { all["graph_module"]["graph"] = json::array(); });
        graph("a number for a list", "nodes is no list", [](json& all) { all["graph_module"]["graph"]["nodes"] = 7; });
        graph("two pictures", "2 inputs", [](json& all) {
            json& specs = all["graph_module"]["signature"]["input_specs"];
            specs.push_back(specs.back());
        });
        graph("a picture of two dimensions", "2 dimensions", [](json& all) {
            json& sizes = all["graph_module"]["graph"]["tensor_values"]["x"]["sizes"];
            sizes.erase(3);
            sizes.erase(2);
        });
        weights("a pickle", "pickle", [](json& all) { all["config"]["head.weight"]["use_pickle"] = true; });
        weights("beyond its bytes", "larger than the bytes", [](json& all) { all["config"]["head.weight"]["tensor_meta"]["sizes"][0]["as_int"] = 6; });
        weights("behind its bytes", "larger than the bytes", [](json& all) { all["config"]["head.weight"]["tensor_meta"]["storage_offset"]["as_int"] = 1; });
        weights("a size that overflows", "larger than the bytes", [](json& all) { all["config"]["head.weight"]["tensor_meta"]["sizes"][0]["as_int"] = std::numeric_limits<std::int64_t>::max(); });
        weights("a stride that overflows", "larger than the bytes", [](json& all) { all["config"]["head.weight"]["tensor_meta"]["strides"][0]["as_int"] = std::numeric_limits<std::int64_t>::max(); });
        weights("a stride backwards", "negative", [](json& all) { all["config"]["head.weight"]["tensor_meta"]["strides"][0]["as_int"] = -1; });
        weights("one value as 10^12", "larger than the bytes", [](json& all) {
            json& meta = all["config"]["head.weight"]["tensor_meta"];
            for (json& size : meta["sizes"]) size["as_int"] = 1'000'000;
            for (json& stride : meta["strides"]) stride["as_int"] = 0;
        });
        weights("more than 64 bits", "64 bits", [](json& all) { all["config"]["head.weight"]["tensor_meta"]["sizes"][0]["as_int"] = std::numeric_limits<std::uint64_t>::max(); });
        weights("an entry that is missing", "is missing", [](json& all) { all["config"]["head.weight"]["path_name"] = "../../etc/passwd"; });
        weights("a weight that is missing", "lacks the field head.weight", [](json& all) { all["config"].erase("head.weight"); });
        weights("complex numbers", "number 10", [](json& all) { all["config"]["head.weight"]["tensor_meta"]["dtype"] = 10; });
    }
    void hostileGraphs_areRefused() {
        QFETCH(QString, entry);
        QFETCH(QString, words);
        QFETCH(Change, change);
        std::vector<Packed> entries = entries_;
        json all = json::parse(bytesOf(entries, entry));
        change(all);
        bytesOf(entries, entry) = all.dump();
        expectRefusal(written("hostile.pt2", entries), words);
    }

    void hostileArchives_areRefused_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<std::function<void(std::vector<Packed>&)>>("change");
        const auto row = [](const char* name, const char* words, const std::function<void(std::vector<Packed>&)>& change) {
            QTest::newRow(name) << QString(words) << change;
        };
        row("nested deeply", "nested too deeply", [](auto& entries) { bytesOf(entries, kGraph) = std::string(1'000'000, '['); });
        row("no JSON", "no JSON", [](auto& entries) { bytesOf(entries, kGraph).resize(5000); });
        row("no UTF-8", "no JSON", [](auto& entries) { bytesOf(entries, kGraph)[20] = '\xff'; });
        row("no graph", "lacks models/model.json", [](auto& entries) { drop(entries, kGraph); });
        row("no weights", "lacks data/weights", [](auto& entries) { drop(entries, kWeights); });
        row("weights as a pickle", "torch.export.save(torch.export.load", [](auto& entries) { entries.push_back({"own/data/weights/model.pt", "pickle"}); });
        row("an early torch.export", "early torch.export", [](auto& entries) { entries = {{"version", "1"}, {"serialized_exported_program.json", "{}"}}; });
        row("compiled", "compiled code", [](auto& entries) {
            drop(entries, kGraph);
            entries.push_back({"own/data/aotinductor/model/code.so", "ELF"});
        });
        row("two networks", "holds 2 networks (model, other", [](auto& entries) { entries.push_back({"own/models/other.json", "{}"}); });
        row("another byte order", "byte order", [](auto& entries) { bytesOf(entries, "byteorder") = "big"; });
    }
    void hostileArchives_areRefused() {
        QFETCH(QString, words);
        QFETCH(std::function<void(std::vector<Packed>&)>, change);
        std::vector<Packed> entries = entries_;
        for (Packed& entry : entries) entry.name = "own" + entry.name.substr(entry.name.find('/'));
        change(entries);
        expectRefusal(written("hostile.pt2", entries), words);
    }

    /// What is packed could unpack to any size.
    void packedAgain_isRefused() { expectRefusal(written("packed.pt2", entries_, true), "packed again"); }

    void cutShort_isRefusedInWords_data() {
        QTest::addColumn<int>("kept");
        for (const int kept : {5, 64, 1000, 30000, -1, -100}) QTest::newRow(qPrintable(QString::number(kept))) << kept;
    }
    void cutShort_isRefusedInWords() {
        QFETCH(int, kept);
        const std::string whole = read(inFolder("tiny_resnet-any.pt2"));
        const auto size = static_cast<std::size_t>(kept < 0 ? static_cast<int>(whole.size()) + kept : kept);
        const fs::path file = inFolder("cut.pt2");
        std::ofstream(file, std::ios::binary) << whole.substr(0, size);
        const QString told = refusalOf(file);
        QVERIFY2(told.startsWith("cut.pt2") && told.endsWith("."), qPrintable(told));
    }

    /// A bit that fell over in the weights would change the network without a word.
    void aChangedWeight_isFound() {
        std::string whole = read(inFolder("tiny_resnet-any.pt2"));
        const std::string weight = bytesOf(entries_, "data/weights/weight_4").substr(0, 64);
        const std::size_t at = whole.find(weight);
        QVERIFY(at != std::string::npos);
        whole[at + 9] = static_cast<char>(whole[at + 9] ^ 1);
        const fs::path file = inFolder("flipped.pt2");
        std::ofstream(file, std::ios::binary) << whole;
        expectRefusal(file, "data/weights/weight_4");
    }

    /// Pickles that torch.export leaves beside the graph may run anything, and are not looked at.
    void sampleInputs_areNotRead() {
        std::vector<Packed> entries = entries_;
        bytesOf(entries, "data/sample_inputs/model.pt") = "cos\nsystem\n(S'touch /tmp/x'\ntR.";
        QCOMPARE(refusalOf(written("sample.pt2", entries)), QString());
    }

private:
    static std::string& bytesOf(std::vector<Packed>& entries, const QString& name) {
        for (Packed& entry : entries)
            if (entry.name.ends_with("/" + name.toStdString())) return entry.bytes;
        throw std::runtime_error("no entry " + name.toStdString());
    }
    static void drop(std::vector<Packed>& entries, const std::string& name) {
        std::erase_if(entries, [&](const Packed& entry) { return entry.name.ends_with("/" + name); });
    }
    static std::string read(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    [[nodiscard]] fs::path inFolder(const std::string& name) const { return fs::path(folder_.path().toStdString()) / name; }
    [[nodiscard]] fs::path written(const std::string& name, const std::vector<Packed>& entries, bool packed = false) const {
        pack(inFolder(name), entries, packed);
        return inFolder(name);
    }
    static void expectRefusal(const fs::path& file, const QString& words) {
        const QString told = refusalOf(file);
        QVERIFY2(told.startsWith(QString::fromStdString(file.filename().string())) && told.endsWith("."), qPrintable(told));
        QVERIFY2(told.contains(words), qPrintable(told));
    }

    QTemporaryDir folder_;
    std::vector<Packed> entries_;
};

QTEST_GUILESS_MAIN(TestExportedFiles)
#include "test_exported_files.moc"
