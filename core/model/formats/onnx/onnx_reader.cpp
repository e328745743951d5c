#include "core/model/formats/onnx/onnx_reader.h"

#include <fcntl.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <onnx/onnx_pb.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>

#include "core/error.h"
#include "core/model/formats/onnx/onnx_tensors.h"

namespace discern {
namespace {

constexpr int kDeepest = 32;  ///< graphs within graphs
constexpr int kMostNodes = 1'000'000;

void parse(google::protobuf::MessageLite& message, const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        throw Error(ErrorKind::Model, path.filename().string() + " cannot be read; check that you may open it.");
    google::protobuf::io::FileInputStream stream(file);
    stream.SetCloseOnDelete(true);
    google::protobuf::io::CodedInputStream coded(&stream);
    coded.SetTotalBytesLimit(std::numeric_limits<int>::max());
    if (!message.ParseFromCodedStream(&coded) || !coded.ConsumedEntireMessage())
        throw Error(ErrorKind::Model,
                    path.filename().string() + " is damaged or no ONNX file; export or copy it again.");
}

/// "/layer1/layer1.0/conv1/Conv" -> "layer1.0.conv1": what PyTorch's exporters make of a path of modules, and
/// "mobilenetv2_1.00/out_relu/Relu6" -> "mobilenetv2_1_00.out_relu": what TensorFlow makes of one.
std::string scopeOf(const onnx::NodeProto& node) {
    std::string scope;
    const std::string& name = node.name();
    const bool dotted = name.starts_with('/');
    std::size_t begin = dotted ? 1 : 0;
    for (std::size_t end = name.find('/', begin); end != std::string::npos;
         begin = end + 1, end = name.find('/', begin)) {
        std::string part = name.substr(begin, end - begin);
        if (!dotted) std::ranges::replace(part, '.', '_');
        const std::size_t last = scope.rfind('.') == std::string::npos ? 0 : scope.rfind('.') + 1;
        if (!scope.empty() && part.starts_with(scope.substr(last) + "."))
            scope.erase(last);
        else if (!scope.empty())
            scope += '.';
        scope += part;
    }
    return scope;
}

/// Where the exporter wrote no path: that of the weights, "layer1.0.conv1.weight" -> "layer1.0.conv1".
std::string scopeOfWeights(const OnnxNode& node, const OnnxGraph& graph) {
    for (const std::string& input : node.inputs)
        if (const std::size_t last = input.rfind('.'); last != std::string::npos && graph.weights.contains(input))
            return input.substr(0, last);
    return {};
}

class Reader {
public:
    Reader(std::shared_ptr<const onnx::ModelProto> model, const std::filesystem::path& path)
        : model_(std::move(model)), file_(path.filename().string()), tensors_(model_, path) {}

    [[nodiscard]] OnnxFile read() {
        OnnxFile file;
        for (const auto& domain : model_->opset_import())
            if (domain.domain().empty() || domain.domain() == "ai.onnx") file.opset = domain.version();
        if (!model_->has_graph()) refuse("holds no graph");
        if (file.opset < 1) refuse("does not say which version of ONNX's operators it uses");
        if (model_->functions_size() > 0)
            throw Error(ErrorKind::Model,
                        fmt::format("{} holds functions of its own ({}), which Discern does not open: export it with "
                                    "the functions inlined.",
                                    file_, model_->functions(0).name()));
        for (const auto& entry : model_->metadata_props()) file.metadata[entry.key()] = entry.value();
        file.graph = graphOf(model_->graph(), 0);
        file.beside = tensors_.files();
        return file;
    }

private:
    [[noreturn]] void refuse(const std::string& why) const {
        throw Error(ErrorKind::Model, fmt::format("{} {}: it is damaged; export or copy it again.", file_, why));
    }

    OnnxGraph graphOf(const onnx::GraphProto& proto, int depth) {
        if (depth > kDeepest) refuse("nests graphs too deeply");
        if (proto.node_size() > kMostNodes) refuse(fmt::format("holds {} operators", proto.node_size()));
        OnnxGraph graph;
        for (const onnx::TensorProto& weight : proto.initializer()) graph.weights[weight.name()] = tensors_.of(weight);
        if (proto.sparse_initializer_size() > 0)
            throw Error(ErrorKind::Model,
                        file_ + " keeps weights as sparse tensors, which Discern does not open: export it dense.");
        for (const onnx::ValueInfoProto& input : proto.input())
            if (!graph.weights.contains(input.name())) graph.inputs.push_back(inputOf(input));
        for (const onnx::ValueInfoProto& output : proto.output()) graph.outputs.push_back(output.name());
        graph.nodes.reserve(static_cast<std::size_t>(proto.node_size()));
        for (const onnx::NodeProto& node : proto.node()) graph.nodes.push_back(nodeOf(node, depth));
        for (OnnxNode& node : graph.nodes)
            if (node.scope.empty()) node.scope = scopeOfWeights(node, graph);
        return graph;
    }

    [[nodiscard]] OnnxInput inputOf(const onnx::ValueInfoProto& proto) const {
        OnnxInput input{proto.name(), {}, at::kFloat};
        if (!proto.type().has_tensor_type()) return input;
        const auto& type = proto.type().tensor_type();
        input.type = tensors_.typeOf(type.elem_type(), proto.name());
        for (const auto& length : type.shape().dim())
            input.shape.push_back(length.has_dim_value() && length.dim_value() > 0 ? length.dim_value() : -1);
        return input;
    }

    OnnxNode nodeOf(const onnx::NodeProto& proto, int depth) {
        OnnxNode node{proto.op_type(), proto.name(), scopeOf(proto), {}, {}, {}};
        if (!proto.domain().empty() && proto.domain() != "ai.onnx") node.op = proto.domain() + "." + proto.op_type();
        if (node.name.empty() && proto.output_size() > 0) node.name = proto.output(0);
        node.inputs.assign(proto.input().begin(), proto.input().end());
        node.outputs.assign(proto.output().begin(), proto.output().end());
        for (const onnx::AttributeProto& attribute : proto.attribute())
            if (auto value = valueOf(attribute, depth)) node.attributes[attribute.name()] = std::move(*value);
        return node;
    }

    /// Empty for what no operator of a classifier has: sparse tensors, types, lists of tensors or graphs.
    std::optional<OnnxAttribute> valueOf(const onnx::AttributeProto& proto, int depth) {
        using Kind = onnx::AttributeProto;
        switch (proto.type()) {
            case Kind::FLOAT:
                return static_cast<double>(proto.f());
            case Kind::INT:
                return static_cast<std::int64_t>(proto.i());
            case Kind::STRING:
                return proto.s();
            case Kind::FLOATS:
                return std::vector<double>(proto.floats().begin(), proto.floats().end());
            case Kind::INTS:
                return std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end());
            case Kind::STRINGS:
                return std::vector<std::string>(proto.strings().begin(), proto.strings().end());
            case Kind::TENSOR:
                return tensors_.of(proto.t());
            case Kind::GRAPH:
                return std::make_shared<const OnnxGraph>(graphOf(proto.g(), depth + 1));
            default:
                return std::nullopt;
        }
    }

    std::shared_ptr<const onnx::ModelProto> model_;
    std::string file_;
    OnnxTensors tensors_;
};

}  // namespace

OnnxFile readOnnx(const std::filesystem::path& path, Progress& progress) {
    progress.checkpoint();
    const auto model = std::make_shared<onnx::ModelProto>();
    parse(*model, path);
    progress.checkpoint();
    return Reader(model, path).read();
}

at::Tensor readOnnxTensor(const std::filesystem::path& path) {
    const auto model = std::make_shared<onnx::ModelProto>();
    onnx::TensorProto tensor;
    parse(tensor, path);
    return OnnxTensors(model, path).of(tensor).clone();
}

}  // namespace discern
