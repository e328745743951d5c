#include "core/explain/methods_document.h"

#include <QFile>
#include <QTest>

#include "core/explain/method.h"

using namespace discern;

class TestMethodsDocument : public QObject {
    Q_OBJECT

private slots:
    void document_namesEveryMethodAndParameter();
    void document_isTheOneInDocs();
};

void TestMethodsDocument::document_namesEveryMethodAndParameter() {
    const std::string document = methodsDocument();
    for (const Method& method : methods()) {
        QVERIFY2(document.find("### " + method.title + "\n\n`" + method.name + "`") != std::string::npos,
                 method.name.c_str());
        for (const Parameter& parameter : method.parameters)
            QVERIFY2(document.find("| `" + parameter.name + "` |") != std::string::npos, parameter.name.c_str());
    }
}

void TestMethodsDocument::document_isTheOneInDocs() {
    QFile file(DISCERN_SOURCE_DIR "/docs/methods.md");
    QVERIFY2(file.open(QIODevice::ReadOnly), "docs/methods.md cannot be read");
    QVERIFY2(file.readAll().toStdString() == methodsDocument(),
             "docs/methods.md is out of date: build/release/app/discern-cli methods --markdown > docs/methods.md");
}

QTEST_GUILESS_MAIN(TestMethodsDocument)
#include "test_methods_document.moc"
