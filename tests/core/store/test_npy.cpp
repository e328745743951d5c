#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/error.h"
#include "core/store/files.h"
#include "core/store/npy.h"

using namespace discern;

namespace {

std::string npy(const std::string& type, const std::string& shape, const std::string& data, bool fortran = false) {
    std::string dictionary =
        "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }\n";
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes.push_back(static_cast<char>(dictionary.size()));
    bytes.push_back('\0');
    bytes.append(dictionary);
    bytes.append(data);
    return bytes;
}

template <typename T>
std::string raw(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

}  // namespace

class TestNpy : public QObject {
    Q_OBJECT

private slots:
    void written_readsBackTheSame_data();
    void written_readsBackTheSame();
    void everyNumberType_isRead();
    void halfPrecision_isRead();
    void fortranOrder_isTurned();
    void scalar_isRead();
    void cutShort_isRefused();
    void tooLong_isRefused();
    void bigEndian_isRefused();
    void objects_areRefused();
    void hugeShape_isRefused();
    void damaged_failsOrReads_butNeverCrashes();
    void map_survivesTheRoundTrip();

private:
    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    FloatArray read(const std::string& bytes) const {
        std::ofstream(path("a.npy"), std::ios::binary) << bytes;
        return readNpy(path("a.npy"));
    }
    QString errorOf(const std::string& bytes) const {
        try {
            static_cast<void>(read(bytes));
            return {};
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Input ? error.what() : "wrong kind of error";
        }
    }

    QTemporaryDir folder_;
};

void TestNpy::written_readsBackTheSame_data() {
    QTest::addColumn<QVector<int>>("shape");
    QTest::newRow("vector") << QVector<int>{5};
    QTest::newRow("map") << QVector<int>{3, 4};
    QTest::newRow("channels") << QVector<int>{3, 2, 2};
    QTest::newRow("none") << QVector<int>{0};
}

void TestNpy::written_readsBackTheSame() {
    QFETCH(QVector<int>, shape);
    FloatArray array;
    std::size_t count = 1;
    for (const int length : shape) {
        array.shape.push_back(length);
        count *= static_cast<std::size_t>(length);
    }
    for (std::size_t i = 0; i < count; ++i) {
        array.data.push_back(static_cast<float>(i) / 3.0F);
    }
    writeNpy(path("b.npy"), array);
    const FloatArray back = readNpy(path("b.npy"));
    QCOMPARE(back.shape, array.shape);
    QCOMPARE(back.data, array.data);
    // numpy demands that the data begin at a multiple of 64.
    QCOMPARE((std::filesystem::file_size(path("b.npy")) - count * 4) % 64, std::uintmax_t{0});
}

void TestNpy::everyNumberType_isRead() {
    const std::vector<float> wanted = {0, 1, 100};
    QCOMPARE(read(npy("<f8", "(3,)", raw<double>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("|i1", "(3,)", raw<std::int8_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("|u1", "(3,)", raw<std::uint8_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("<i2", "(3,)", raw<std::int16_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("<u2", "(3,)", raw<std::uint16_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("<i4", "(3,)", raw<std::int32_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("<u4", "(3,)", raw<std::uint32_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("<i8", "(3,)", raw<std::int64_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("<u8", "(3,)", raw<std::uint64_t>({0, 1, 100}))).data, wanted);
    QCOMPARE(read(npy("|b1", "(2,)", raw<std::uint8_t>({0, 1}))).data, (std::vector<float>{0, 1}));
}

void TestNpy::halfPrecision_isRead() {
    const std::vector<std::uint16_t> halves = {0x3c00, 0xc000, 0x3555, 0x0001, 0x7c00, 0x7e00};
    const FloatArray array = read(npy("<f2", "(6,)", raw(halves)));
    QCOMPARE(array.data[0], 1.0F);
    QCOMPARE(array.data[1], -2.0F);
    QCOMPARE(array.data[2], 0.333251953125F);
    QCOMPARE(array.data[3], std::ldexp(1.0F, -24));
    QVERIFY(std::isinf(array.data[4]));
    QVERIFY(std::isnan(array.data[5]));
}

void TestNpy::fortranOrder_isTurned() {
    const FloatArray array = read(npy("<i4", "(2, 3)", raw<std::int32_t>({0, 10, 1, 11, 2, 12}), true));
    QCOMPARE(array.data, (std::vector<float>{0, 1, 2, 10, 11, 12}));
}

void TestNpy::scalar_isRead() {
    const FloatArray array = read(npy("<f4", "()", raw<float>({2.5F})));
    QVERIFY(array.shape.empty());
    QCOMPARE(array.data, std::vector<float>{2.5F});
}

void TestNpy::cutShort_isRefused() {
    QVERIFY(errorOf(npy("<f4", "(3,)", raw<float>({1, 2}))).contains("a.npy is cut short after"));
    const std::string whole = npy("<f4", "(3,)", raw<float>({1, 2, 3}));
    for (std::size_t kept = 0; kept < whole.size(); ++kept) {
        QVERIFY(!errorOf(whole.substr(0, kept)).isEmpty());
    }
}

void TestNpy::tooLong_isRefused() {
    QVERIFY(errorOf(npy("<f4", "(1,)", raw<float>({1, 2}))).contains("longer than its header says"));
}

void TestNpy::bigEndian_isRefused() { QVERIFY(errorOf(npy(">f4", "(1,)", raw<float>({1}))).contains("little-endian")); }

void TestNpy::objects_areRefused() {
    QVERIFY(errorOf(npy("|O", "(1,)", "12345678")).contains("|O"));
    QVERIFY(errorOf(npy("<U4", "(1,)", "1234567812345678")).contains("U4"));
}

void TestNpy::hugeShape_isRefused() {
    QVERIFY(!errorOf(npy("<f8", "(2147483647, 2147483647, 2147483647)", "")).isEmpty());
    QVERIFY(!errorOf(npy("<f8", "(99999999999999999999,)", "")).isEmpty());
}

void TestNpy::damaged_failsOrReads_butNeverCrashes() {
    const std::string whole = npy("<f4", "(2, 3)", raw<float>({1, 2, 3, 4, 5, 6}));
    for (std::size_t place = 0; place < whole.size(); ++place) {
        for (const int flip : {1, 8, 64, 255}) {
            std::string damaged = whole;
            damaged[place] = static_cast<char>(damaged[place] ^ flip);
            QVERIFY(errorOf(damaged) != "wrong kind of error");
        }
    }
}

void TestNpy::map_survivesTheRoundTrip() {
    const cv::Mat map = (cv::Mat_<float>(2, 3) << 1, 2, 3, 4, 5, 6);
    QCOMPARE(cv::norm(toMat(toArray(map)), map, cv::NORM_INF), 0.0);
    const cv::Mat segments = (cv::Mat_<int>(1, 2) << 7, 9);
    QCOMPARE(toArray(segments).data, (std::vector<float>{7, 9}));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(toMat({{1, 2, 3}, {}})), Error);
}

QTEST_APPLESS_MAIN(TestNpy)
#include "test_npy.moc"
