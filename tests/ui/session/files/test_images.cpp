#include "ui/session/files/images.h"

#include <QtTest>

using namespace discern;

class TestImages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transparentImage_isLaidOverWhiteAndSaid() {
        for (const QImage::Format format : {QImage::Format_ARGB32, QImage::Format_ARGB32_Premultiplied}) {
            QImage image(3, 2, format);
            image.fill(QColor(0, 0, 0, 51));
            const Picture picture = toPicture(image, "pasted");
            QCOMPARE(picture.pixels.at<cv::Vec3b>(1, 2), cv::Vec3b(204, 204, 204));
            QCOMPARE(picture.notes, std::vector<std::string>{"transparent: shown over white"});
        }
    }
    void opaqueImage_keepsItsPixels() {
        QImage image(3, 2, QImage::Format_RGB32);
        image.fill(QColor(10, 20, 30));
        const Picture picture = toPicture(image, "pasted");
        QCOMPARE(picture.pixels.at<cv::Vec3b>(1, 2), cv::Vec3b(10, 20, 30));
        QVERIFY(picture.notes.empty());
    }
};

QTEST_APPLESS_MAIN(TestImages)
#include "test_images.moc"
