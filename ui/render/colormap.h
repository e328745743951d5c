#pragma once

#include <QIcon>
#include <QRgb>
#include <QString>
#include <array>
#include <vector>

namespace discern {

/// A perceptually ordered colour map that people with colour vision deficiency can read.
struct ColorMap {
    QString name;            ///< as in DisplaySettings, e.g. "inferno"
    QString title;           ///< for menus, e.g. "Inferno"
    bool diverging = false;  ///< its middle is neutral
    std::array<QRgb, 256> colors{};

    /// t in 0..1, clamped. The middle of a diverging map is exactly its neutral colour.
    [[nodiscard]] QRgb at(double t) const;
};

/// Sequential ones first: inferno, viridis, cividis, grey; then the diverging blue-white-red.
[[nodiscard]] const std::vector<ColorMap>& colorMaps();
/// The first sequential map where there is none of that name.
[[nodiscard]] const ColorMap& findColorMap(const QString& name);
/// A strip of the map, for combo boxes.
[[nodiscard]] QIcon colorMapIcon(const ColorMap& map, const QSize& size);

}  // namespace discern
