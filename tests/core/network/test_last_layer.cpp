#include <torch/csrc/jit/ir/irparser.h>

#include <QtTest>
#include <algorithm>

#include "core/error.h"
#include "core/explain/small_networks.h"
#include "core/graph/graph_walk.h"
#include "core/network/placement.h"

using namespace discern;

namespace {

std::vector<std::string> bottlenecksOf(const std::string& text) {
    torch::jit::Graph graph;
    std::unordered_map<std::string, torch::jit::Value*> named;
    torch::jit::parseIR(text, &graph, named);
    std::vector<std::string> names;
    for (const torch::jit::Value* value : bottlenecks(graph, {graph.outputs().begin(), graph.outputs().end()}))
        for (const auto& [name, known] : named)
            if (known == value) names.push_back(name);
    return names;
}

using Names = std::vector<std::string>;

/// What a value of tokens (1,L,C) becomes when places in the left or upper half of a 4 x 4 grid change.
Responses answering(bool toColumns, bool toRows, int before, int after) {
    const at::Tensor columns = at::zeros({4, 4});
    const at::Tensor rows = at::zeros({4, 4});
    if (toColumns) columns.slice(1, 0, 2).fill_(1.0);
    if (toRows) rows.slice(0, 0, 2).fill_(1.0);
    const auto tokens = [&](const at::Tensor& grid) {
        return at::constant_pad_nd(grid.flatten(), {before, after}).view({1, -1, 1}).repeat({1, 1, 3});
    };
    return {Response{tokens(at::zeros({4, 4})), tokens(columns), tokens(rows)}};
}

std::optional<Placement> placed(const Responses& responses) {
    return findPlacement(responses, possiblePlacements(responses.front().whole.sizes().vec(), {16, 16}, {}),
                         std::nullopt);
}

Attribution explained(const std::shared_ptr<const Model>& model, const std::string& method) {
    Progress progress;
    ExplainRequest request;
    request.model = model;
    request.picture = randomPicture(1);
    request.method = method;
    return explain(request, progress).front();
}

/// Attention over patches of 4 x 4 pixels and one more token, which is read.
std::shared_ptr<const Model> withToken(const std::string& tokensInOrder, const std::string& read) {
    return SmallNetwork(3)
        .weight("patch", {12, 3, 4, 4})
        .weight("token", {1, 1, 12})
        .weight("key", {12, 12})
        .weight("value", {12, 12})
        .weight("head", {12, 4})
        .model(R"(
def forward(self, x):
    patches = torch.conv2d(x, self.patch, None, [4, 4]).flatten(2).transpose(1, 2)
    token = self.token.expand(x.size(0), -1, -1)
    t = torch.cat([)" +
               tokensInOrder + R"(], 1)
    n = torch.layer_norm(t, [12])
    a = torch.softmax(torch.matmul(n, torch.matmul(n, self.key).transpose(1, 2)), -1)
    t = t + torch.matmul(a, torch.matmul(n, self.value))
    return torch.matmul(t[:, )" +
               read + R"(], self.head)
)");
}

}  // namespace

/// `last` and what it is found by.
class TestLastLayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bottlenecks_areWhatEverythingPassesThrough() {
        const Names found = bottlenecksOf(R"IR(
graph(%self : Tensor, %x : Tensor):
  %stem : Tensor = aten::relu(%x)
  %left : Tensor = aten::relu(%stem)
  %right : Tensor = aten::sigmoid(%stem)
  %list : Tensor[] = prim::ListConstruct(%left, %right)
  %1 : int = prim::Constant[value=1]()
  %joined : Tensor = aten::cat(%list, %1)
  %out : Tensor = aten::relu(%joined)
  return (%out))IR");
        QCOMPARE(found, (Names{"stem", "list", "joined", "out"}));
    }

    /// A size is no evidence, nor is what is only shaped like the picture.
    void bottlenecks_leaveShapesAside() {
        const Names found = bottlenecksOf(R"IR(
graph(%self : Tensor, %x : Tensor):
  %0 : int = prim::Constant[value=0]()
  %stem : Tensor = aten::relu(%x)
  %n : int = aten::size(%x, %0)
  %sizes : int[] = prim::ListConstruct(%n)
  %flat : Tensor = aten::view(%stem, %sizes)
  %like : Tensor = aten::expand_as(%flat, %x)
  return (%like))IR");
        QCOMPARE(found, (Names{"stem", "flat", "like"}));
    }

    void bottlenecks_aShortcutPassesItsBranchBy() {
        const Names found = bottlenecksOf(R"IR(
graph(%self : Tensor, %x : Tensor):
  %1 : int = prim::Constant[value=1]()
  %stem : Tensor = aten::relu(%x)
  %branch : Tensor = aten::sigmoid(%stem)
  %sum : Tensor = aten::add(%stem, %branch, %1)
  return (%sum))IR");
        QCOMPARE(found, (Names{"stem", "sum"}));
    }

    void placement_findsExtraTokensBeforeAndBehind() {
        const auto before = placed(answering(true, true, 3, 0));
        QVERIFY(before && before->height == 4 && before->width == 4);
        QCOMPARE(before->extraTokens, 3);
        const auto behind = placed(answering(true, true, 0, 2));
        QVERIFY(behind && behind->height == 4);
        QCOMPARE(behind->extraTokens, 0);
    }

    void placement_wherePlacesAnswerOnlyToRows_isNone() {
        QVERIFY(!placed(answering(false, true, 0, 0)));
        const Placement expected{GridLayout::Tokens, 4, 4, 0};
        QVERIFY(!findPlacement(answering(false, true, 0, 0), {expected}, expected));
    }

    void placement_whereNothingAnswers_isTheExpectedOne() {
        const Placement expected{GridLayout::Tokens, 4, 4, 1};
        const auto found = findPlacement(answering(false, false, 1, 0), {expected}, expected);
        QVERIFY(found);
        QCOMPARE(found->extraTokens, 1);
    }

    /// GoogLeNet's last concatenation, not one of its branches.
    void last_isWhereBranchesJoin() {
        const auto model = SmallNetwork(1)
                               .weight("stem", {6, 3, 4, 4})
                               .weight("point", {4, 6, 1, 1})
                               .weight("square", {5, 6, 3, 3})
                               .weight("head", {9, 4})
                               .model(R"(
def forward(self, x):
    x = torch.relu(torch.conv2d(x, self.stem, None, [4, 4]))
    y = torch.relu(torch.conv2d(x, self.point))
    z = torch.relu(torch.conv2d(x, self.square, None, [1, 1], [1, 1]))
    return torch.matmul(torch.cat([y, z], 1).mean([2, 3]), self.head)
)");
        QCOMPARE(QString::fromStdString(model->layer("last").op), "cat");
        QCOMPARE(model->layer("last").shape, (std::vector<std::int64_t>{1, 9, 4, 4}));
    }

    void last_beforeAClassToken_isTheInputOfItsAttention_data() {
        QTest::addColumn<QString>("tokens");
        QTest::addColumn<QString>("read");
        QTest::addColumn<int>("extraTokens");
        QTest::newRow("first") << "token, patches"
                               << "0" << 1;
        QTest::newRow("behind the patches") << "patches, token"
                                            << "-1" << 0;
    }
    void last_beforeAClassToken_isTheInputOfItsAttention() {
        QFETCH(QString, tokens);
        QFETCH(QString, read);
        QFETCH(int, extraTokens);
        const auto model = withToken(tokens.toStdString(), read.toStdString());
        const LayerInfo& last = model->layer("last");
        QCOMPARE(QString::fromStdString(last.op), "layer_norm");
        QCOMPARE(last.gridHeight, 4);
        QCOMPARE(last.gridWidth, 4);
        QCOMPARE(last.extraTokens, extraTokens);
        QVERIFY(cv::norm(explained(model, "hires_cam").map) > 0.0);
        QCOMPARE(explained(model, "attention_rollout").raw.shape, (std::vector<std::int64_t>{4, 4}));
    }

    /// Behind the convolution all lies in windows, N,windows,places,C; put together they are a map again, where one window
    /// holds all of it as where there are four.
    void last_ofWindows_isTheMapPutTogetherFromThem_data() {
        QTest::addColumn<QString>("apart");
        QTest::addColumn<QString>("together");
        QTest::newRow("one window") << "x.flatten(2).transpose(1, 2).unsqueeze(1)"
                                    << "x.view(-1, 4, 4, 6).permute(0, 3, 1, 2)";
        QTest::newRow("four windows") << "x.view(-1, 6, 2, 2, 2, 2).permute(0, 2, 4, 3, 5, 1).reshape(-1, 4, 4, 6)"
                                      << "x.view(-1, 2, 2, 2, 2, 6).permute(0, 5, 1, 3, 2, 4).reshape(-1, 6, 4, 4)";
        QTest::newRow("four windows as a batch")
            << "x.view(-1, 6, 2, 2, 2, 2).permute(0, 2, 4, 3, 5, 1).reshape(-1, 4, 6)"
            << "x.view(-1, 2, 2, 2, 2, 6).permute(0, 5, 1, 3, 2, 4).reshape(-1, 6, 4, 4)";
    }
    void last_ofWindows_isTheMapPutTogetherFromThem() {
        QFETCH(QString, apart);
        QFETCH(QString, together);
        const auto model = SmallNetwork(5)
                               .weight("stem", {6, 3, 4, 4})
                               .weight("mix", {6, 6})
                               .weight("head", {6, 4})
                               .model(R"(
def forward(self, x):
    x = torch.relu(torch.conv2d(x, self.stem, None, [4, 4]))
    x = )" + apart.toStdString() + R"(
    a = torch.softmax(torch.matmul(x, x.transpose(-2, -1)), -1)
    x = x + torch.tanh(torch.matmul(torch.matmul(a, x), self.mix))
    x = )" + together.toStdString() + R"(
    return torch.matmul(x.mean([2, 3]), self.head)
)");
        QCOMPARE(model->layer("last").shape, (std::vector<std::int64_t>{1, 6, 4, 4}));
        QVERIFY(model->layer("last").layout == GridLayout::ChannelsFirst);
        // Other rearranged values are no layers.
        QCOMPARE(std::ranges::count(model->layers(), model->layer("last").op, &LayerInfo::op), 1);
        QVERIFY(cv::norm(explained(model, "hires_cam").map) > 0.0);
        QVERIFY(cv::norm(explained(model, "ablation_cam").map) > 0.0);
    }

    /// Tokens that lie on a grid as they are stay `last`, not their map.
    void last_ofTokensLaidAsAMap_isTheTokens() {
        const auto model = SmallNetwork(6)
                               .weight("stem", {6, 3, 4, 4})
                               .weight("mix", {6, 6})
                               .weight("head", {6, 4})
                               .model(R"(
def forward(self, x):
    x = torch.conv2d(x, self.stem, None, [4, 4]).flatten(2).transpose(1, 2)
    x = torch.tanh(torch.matmul(x, self.mix))
    return torch.matmul(x.transpose(1, 2).reshape(-1, 6, 4, 4).mean([2, 3]), self.head)
)");
        QCOMPARE(QString::fromStdString(model->layer("last").op), "tanh");
        QCOMPARE(model->layer("last").gridHeight, 4);
    }

    /// A picture read row by row, 16 of them, lies on no grid of 4 x 4.
    void rowsOfAPicture_areNoGrid() {
        const auto model = SmallNetwork(2).weight("mix", {48, 12}).weight("head", {12, 4}).model(R"(
def forward(self, x):
    rows = torch.tanh(torch.matmul(x.permute(0, 2, 1, 3).flatten(2), self.mix))
    return torch.matmul(rows.mean(1), self.head)
)");
        QVERIFY(!model->findLayer("last"));
        try {
            (void)explained(model, "grad_cam");
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Run);
            QVERIFY2(QString::fromUtf8(error.what()).contains("layer with a spatial grid"), error.what());
        }
    }

    /// Two ways that meet only where the places are gone already.
    void whereEvidenceTakesSeveralWays_lastIsTheLastLayerOfOne() {
        const auto model = SmallNetwork(4)
                               .weight("coarse", {6, 3, 4, 4})
                               .weight("fine", {5, 3, 2, 2})
                               .weight("head", {11, 4})
                               .model(R"(
def forward(self, x):
    y = torch.relu(torch.conv2d(x, self.coarse, None, [4, 4]))
    z = torch.relu(torch.conv2d(x, self.fine, None, [2, 2]))
    return torch.matmul(torch.cat([y.mean([2, 3]), z.mean([2, 3])], 1), self.head)
)");
        QVERIFY(model->findLayer("last"));
        QCOMPARE(model->layer("last").gridHeight, 8);
        QVERIFY(cv::norm(explained(model, "hires_cam").map) > 0.0);
    }
};

QTEST_GUILESS_MAIN(TestLastLayer)
#include "test_last_layer.moc"
