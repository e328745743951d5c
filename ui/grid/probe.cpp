#include "ui/grid/probe.h"

#include "ui/render/color_bar.h"

namespace discern {

QString inWords(const ProbeInfo& probe) {
    if (!probe.inside) return {};
    const QString gap = QStringLiteral("   ");
    QString words = ProbeInfo::tr("x %1 y %2").arg(probe.pixel.x()).arg(probe.pixel.y()) + gap +
                    ProbeInfo::tr("RGB %1 %2 %3").arg(probe.color.red()).arg(probe.color.green()).arg(probe.color.blue());
    if (probe.values.isEmpty()) return words;
    words += gap + probe.method;
    for (const ProbeInfo::Value& value : probe.values) {
        if (value.cell == probe.cell && value.segment) words += ProbeInfo::tr(" · segment %1").arg(*value.segment);
    }
    for (const ProbeInfo::Value& value : probe.values)
        words += QStringLiteral(" · %1 %2").arg(value.model, signedFigure(value.value));
    return probe.unit.isEmpty() ? words : words + QStringLiteral(" (%1)").arg(probe.unit);
}

}  // namespace discern
