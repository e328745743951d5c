#include "ui/session/workspace_state.h"

#include <QtTest>
#include <random>

using namespace discern;

namespace {

/// Nothing in it is as in a new workspace.
WorkspaceState example() {
    WorkspaceState state;
    state.folder = "/p";
    state.work.pictures = {{"/p/Küche.png", "ab12"}, {"", "cd34"}};
    state.work.models = {{{"efficientnet-lite0", "01"}, 0, true, "last"}, {{"/m/net.pt", "02"}, 3, false, "features.4"}};
    state.work.methods = {{"lime", true, {{"samples", "48"}}}, {"grad_cam", true, {}}, {"saliency", false, {}}};
    state.work.metricParameters = {{"deletion", {{"step", "100"}, {"baseline", "blur"}}}, {"road", {{"noise", "0.1"}}}};
    state.work.target = {TargetChoice::Of::Contrast, {285, "Egyptian cat"}, {281, "tabby"}, ScoreKind::Probability};
    state.work.seed = std::numeric_limits<std::uint64_t>::max();
    state.view.picture = 1;
    state.view.model = 0;
    state.view.method = "lime";
    state.view.differenceSelected = true;
    state.view.difference = Difference{0, "lime", 1, "grad_cam"};
    state.view.choices = {false, "spearman", {300, 200, 100}, true, QByteArray("\x00\xff\x01", 3), QByteArray("layout"), {0.25, 0.75}, 2.5, true, {}};
    state.view.choices.choice.weights = {{"accuracy", 2.0}};
    state.view.choices.choice.preset.clear();
    state.view.choices.choice.pinned = "net";
    state.display.view = OverlayView::Contour;
    state.display.opacity = 0.3;
    state.display.positiveMap = "viridis";
    state.display.range = RangePolicy::SharedByAll;
    state.display.clipPercentile = 98.0;
    state.display.greyUnderSigns = false;
    state.compute = {{Device::Cpu, Precision::Bf16}, AutoRun::All};
    return state;
}

WorkspaceState changed(const char* pointer, const nlohmann::json& value) {
    nlohmann::json record = toJson(example());
    record[nlohmann::json::json_pointer(pointer)] = value;
    return workspaceStateOf(record.dump()).value();
}

}  // namespace

class TestWorkspaceState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack() {
        QCOMPARE(workspaceStateOf(toJson(example()).dump()), std::optional(example()));
        QCOMPARE(workspaceStateOf(toJson(WorkspaceState{}).dump()), std::optional(WorkspaceState{}));
    }

    void settings_tellOfNoFile() {
        const WorkspaceState settings = example().settings();
        QCOMPARE(settings.work.methods, example().work.methods);
        QCOMPARE(settings.view.choices.layout, example().view.choices.layout);
        QCOMPARE(settings.view.choices.measure, example().view.choices.measure);
        QCOMPARE(settings.view.choices.choice, ChoiceState{});
        QCOMPARE(settings.display, example().display);
        const std::string text = toJson(settings).dump();
        for (const char* trace : {"ab12", "net", "/p", "efficientnet"}) QVERIFY2(text.find(trace) == std::string::npos, trace);
    }

    void othersText_isNoWorkspace() {
        for (const char* text : {"", "{", "[]", "7", "\xff\xfe", R"({"format": "recipe"})", R"({"format": 3})"})
            QVERIFY2(!workspaceStateOf(text), text);
        QCOMPARE(workspaceStateOf(R"({"format": "discern workspace"})"), std::optional(WorkspaceState{}));
    }

    void whatIsNotWhatItShouldBe_isAsInANewWorkspace() {
        QCOMPARE(changed("/display/opacity", 7).display.opacity, DisplaySettings{}.opacity);
        QCOMPARE(changed("/display/opacity", "much").display.opacity, DisplaySettings{}.opacity);
        QCOMPARE(changed("/display/view", "hologram").display.view, OverlayView::Heatmap);
        QCOMPARE(changed("/display/positive_map", "blue-white-red").display.positiveMap, DisplaySettings{}.positiveMap);
        QCOMPARE(changed("/display/clip_percentile", 3).display.clipPercentile, std::nullopt);
        QCOMPARE(changed("/compute/device", "abacus").compute.compute, Compute{});
        QCOMPARE(changed("/compute/start", 2).compute.autoRun, AutoRun::Quick);
        QCOMPARE(changed("/work/seed", -3).work.seed, std::uint64_t{0});
        QCOMPARE(changed("/work", "none").work, WorkState{});
        QCOMPARE(changed("/view/geometry", "&%").view.choices.geometry, QByteArray());
        QCOMPARE(changed("/view/picture", 2).view.picture, -1);
        QCOMPARE(changed("/view/difference/model", 9).view.difference, std::nullopt);
        QCOMPARE(changed("/view/chart_widths", {-4, "x", 20}).view.choices.chartWidths, QVector<int>{20});
    }

    void methodsAndParametersThatAreNotKnown_areLeftOut() {
        QCOMPARE(changed("/work/methods/0/name", "crystal_ball").work.methods.size(), 2);
        QCOMPARE(changed("/work/methods/2/name", "lime").work.methods.size(), 2);
        QVERIFY(changed("/work/methods/0/parameters/samples", "many").work.methods[0].parameters.isEmpty());
        QCOMPARE(changed("/work/methods/0/parameters/colour", "red").work.methods[0].parameters.size(), 1);
    }

    void metricsAndParametersThatAreNotKnown_areLeftOut() {
        QCOMPARE(changed("/work/metric_parameters/crystal_ball", {{"step", "1"}}).work.metricParameters, example().work.metricParameters);
        const auto step = [](const nlohmann::json& value) { return changed("/work/metric_parameters/deletion/step", value).work.metricParameters["deletion"]; };
        QCOMPARE(step("200")["step"], QString("200"));
        for (const nlohmann::json& wrong : {nlohmann::json("many"), nlohmann::json("-1"), nlohmann::json(7)})
            QCOMPARE(step(wrong), (ParameterChoices{{"baseline", "blur"}}));
        QCOMPARE(changed("/work/metric_parameters", "none").work.metricParameters, (QMap<QString, ParameterChoices>{}));
    }

    void damagedText_neverHarms() {
        const std::string whole = toJson(example()).dump();
        std::mt19937 random(7);
        for (int round = 0; round < 2000; ++round) {
            std::string damaged = whole;
            for (int i = 0; i < 4; ++i) damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
            damaged.resize(round % 3 == 0 ? random() % damaged.size() : damaged.size());
            if (const auto state = workspaceStateOf(damaged)) {
                QVERIFY(state->display.opacity >= 0.0 && state->display.opacity <= 1.0);
                QVERIFY(state->view.picture < state->work.pictures.size());
            }
        }
    }
};

QTEST_MAIN(TestWorkspaceState)
#include "test_workspace_state.moc"
