// The window's report and table are what discern-cli compare writes for the same work.
#include "ui/session/report_export.h"

#include <QDirIterator>
#include <QImageReader>
#include <QRegularExpression>

#include "app/program.h"
#include "core/error.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestReportExport : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    PictureFolder pictures_;
    std::unique_ptr<Workbench> bench_;

    [[nodiscard]] QByteArray read(const QString& path) const {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QStringList filesIn(const QString& folder) const {
        QStringList files;
        QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext())
            files += QDir(folder).relativeFilePath(walk.next());
        files.sort();
        return files;
    }
    /// What no two runs share: seconds, threads, and how fast a model was.
    static void forgetTimes(nlohmann::json& value) {
        if (value.is_object())
            for (const char* name : {"seconds", "latency_ms", "latency_ms_quartiles", "latency_runs", "images_per_second",
                                     "images_per_second_quartiles", "images_per_second_runs", "batch",
                                     "cores_busy_with_others", "quiet", "disturbance", "threads", "device_description"})
                value.erase(name);
        for (nlohmann::json& inner : value)
            if (inner.is_structured())
                forgetTimes(inner);
    }
    [[nodiscard]] nlohmann::json record(const QByteArray& text) const {
        nlohmann::json value = nlohmann::json::parse(text.toStdString());
        forgetTimes(value);
        // Where a speed was measured, if it was.
        if (value.contains("models"))
            for (nlohmann::json& model : value["models"])
                for (const char* name : {"device", "precision"})
                    model.erase(name);
        return value;
    }
    [[nodiscard]] static QString withoutTimes(const QByteArray& page) {
        QString text = QString::fromUtf8(page);
        text.replace(QRegularExpression("in [0-9.]+ s"), "in T s");
        text.replace(QRegularExpression("CPU, [0-9]+ threads?"), "CPU");
        text.remove(QRegularExpression("<tr><th scope=\"row\">latency measured on</th>\\s*<td>[^<]*</td>\\s*</tr>\\s*"));
        text.replace(QRegularExpression("[0-9.]+ ms \\([0-9.]+ to [0-9.]+\\)[^<]*|not measured"), "L");
        return text;
    }
    /// Rows of cells, those of time left empty.
    [[nodiscard]] static QVector<QStringList> rows(const QByteArray& table) {
        QVector<QStringList> rows;
        for (const QString& line : QString::fromUtf8(table).split("\r\n", Qt::SkipEmptyParts))
            rows += line.split(',');
        for (const char* name : {"latency_ms", "latency_quiet", "seconds"}) {
            const qsizetype column = rows[0].indexOf(QLatin1String(name));
            for (qsizetype i = 1; i < rows.size(); ++i)
                rows[i][column].clear();
        }
        return rows;
    }

    [[nodiscard]] static QString whereApart(const QString& mine, const QString& theirs) {
        qsizetype place = 0;
        while (place < mine.size() && place < theirs.size() && mine[place] == theirs[place]) ++place;
        const qsizetype from = std::max<qsizetype>(0, place - 80);
        return mine.mid(from, 200) + "\nfor\n" + theirs.mid(from, 200);
    }

    void explain(const QStringList& paths) {
        bench_->openModels({smallModel("shapes-cnn"), smallModel("shapes-shortcut")});
        bench_->openPictures(paths);
        bench_->session.setSeed(7);
        bench_->session.setMethodParameter("lime", "samples", "20");
        for (const char* method : {"lime", "grad_cam"})
            bench_->session.setMethodEnabled(method, true);
        bench_->explanations.explainAllPictures();
        for (const int picture : bench_->session.work().pictures)
            QTRY_COMPARE(bench_->explanations.count(picture).done, 4);
    }

private Q_SLOTS:
    void initTestCase() { qunsetenv("OMP_NUM_THREADS"); }  // else the programs compute with fewer threads than the window
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    void report_isWhatCompareWrites() {
        const QStringList paths = {pictures_.path("star.png"), sandbox_.picture("disc red.png")};
        explain(paths);
        if (QTest::currentTestFailed())
            return;
        QStringList arguments = {"compare", "--seed", "7", "--param", "lime.samples=20", "--out", sandbox_.path("cli"), "--method"};
        for (const MethodChoice& method : bench_->session.enabledMethods())
            arguments += method.name;
        for (const char* model : {"shapes-cnn", "shapes-shortcut"})
            arguments << "--model" << smallModel(model);
        for (const QString& path : paths)
            arguments << "--image" << path;
        const ProgramResult result = runCommandLine(arguments);
        QVERIFY2(result.exitCode == 0, qPrintable(result.errors));

        const ReportMaker report = reportExport(*bench_);
        QVERIFY(report);
        Progress progress;
        QCOMPARE(report(sandbox_.path("window").toStdString(), progress), std::vector<std::string>());
        const QStringList files = filesIn(sandbox_.path("cli"));
        QCOMPARE(filesIn(sandbox_.path("window")), files);
        QVERIFY(files.contains("shapes-cnn/disc_red/lime/segments.npy"));
        for (const QString& name : files) {
            const QByteArray mine = read(sandbox_.path("window/" + name));
            const QByteArray theirs = read(sandbox_.path("cli/" + name));
            if (name.endsWith(".json"))
                QVERIFY2(record(mine) == record(theirs),
                         qPrintable(name + QString::fromStdString(nlohmann::json::diff(record(theirs), record(mine)).dump())));
            else if (name.endsWith(".html"))
                QVERIFY2(withoutTimes(mine) == withoutTimes(theirs), qPrintable(whereApart(withoutTimes(mine), withoutTimes(theirs))));
            else if (name == "metrics.csv")
                QCOMPARE(rows(mine), rows(theirs));
            else
                QVERIFY2(mine == theirs, qPrintable(name));
        }
        const TableMaker table = tableExport(*bench_);
        QCOMPARE(QByteArray::fromStdString(table(progress)), read(sandbox_.path("window/metrics.csv")));
    }

    /// The picture that has no explanation yet is left out, the cell that has none says so.
    void whatIsNotExplained_isSaid() {
        explain({pictures_.path("star.png")});
        bench_->session.setMethodParameter("lime", "samples", "1000000");
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->openPictures({sandbox_.picture("later.png")});
        QTRY_VERIFY(bench_->settled());
        Progress progress;
        const QString text = QString::fromStdString(tableExport(*bench_)(progress));
        QVERIFY(!text.contains("later.png"));
        const auto lines = rows(text.toUtf8());
        QCOMPARE(lines.size(), 1 + 4);
        const qsizetype error = lines[0].indexOf("error");
        const qsizetype method = lines[0].indexOf("method");
        for (const QStringList& line : lines.mid(1))
            QCOMPARE(line[error], line[method] == "lime" ? QString("not explained") : QString());
    }

    void nothingExplained_isNothingToReport() {
        QVERIFY(!reportExport(*bench_) && !tableExport(*bench_));
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->openModels({smallModel("shapes-cnn")});
        bench_->openPictures({pictures_.path("star.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(bench_->settled());
        QVERIFY(!reportExport(*bench_) && !tableExport(*bench_));
    }

    void folderThatIsThere_isLeftAsItIs() {
        explain({pictures_.path("star.png")});
        const QString folder = sandbox_.path("mine");
        QVERIFY(QDir().mkdir(folder));
        const QString kept = sandbox_.file("mine/kept.txt", "words");
        Progress progress;
        const ReportMaker report = reportExport(*bench_);
        QVERIFY_THROWS_EXCEPTION(Error, report(folder.toStdString(), progress));
        QCOMPARE(filesIn(folder), QStringList("kept.txt"));
        QCOMPARE(read(kept), QByteArray("words"));
    }

    void cancelled_leavesNoFolder() {
        explain({pictures_.path("star.png"), sandbox_.picture("second.png")});
        /// Is cancelled once the second picture begins.
        struct Impatient : Progress {
            double reached = 0.0;
            void report(double fraction, const std::string&) override { reached = fraction; }
            bool cancelled() const override { return reached >= 0.5; }
        } progress;
        const QString folder = sandbox_.path("half");
        const ReportMaker report = reportExport(*bench_);
        QVERIFY_THROWS_EXCEPTION(Error, report(folder.toStdString(), progress));
        QVERIFY(progress.reached >= 0.5);
        QVERIFY(!QFile::exists(folder));
    }

    void folders_areToldOnlyWhereAskedFor() {
        explain({pictures_.path("star.png")});
        const QByteArray folder = QFileInfo(pictures_.path("star.png")).path().toUtf8();
        for (const Paths paths : {Paths::Names, Paths::Whole}) {
            bench_->settings.setExportPaths(paths);
            const QString out = sandbox_.path(paths == Paths::Whole ? "whole" : "names");
            Progress progress;
            QVERIFY(reportExport(*bench_)(out.toStdString(), progress).empty());
            int told = 0;
            for (const QString& name : filesIn(out)) {
                QByteArray bytes = read(out + '/' + name);
                if (name.endsWith(".png"))
                    bytes = QImageReader(out + '/' + name).text("Provenance").toUtf8();
                told += bytes.contains(folder) || bytes.contains(DISCERN_SMALL_MODELS);
            }
            QCOMPARE(told > 0, paths == Paths::Whole);
        }
    }
};

QTEST_MAIN(TestReportExport)
#include "test_report_export.moc"
