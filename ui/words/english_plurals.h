#pragma once

#include <QTranslator>

namespace discern {

/// The program's own language: "%n image(s) [is|are] shown" becomes "1 image is shown" or "3 images are shown". A
/// translation that is installed later is asked first.
class EnglishPlurals : public QTranslator {
    Q_OBJECT
public:
    explicit EnglishPlurals(QObject* parent = nullptr);
    ~EnglishPlurals() override;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation,
                                    int n) const override;
};

}  // namespace discern
