#include "ui/render/colormap.h"

#include <QColor>
#include <QPainter>
#include <QPixmap>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace discern {

namespace {

ColorMap sequential(const QString& name, const QString& title, int openCvMap) {
    cv::Mat ramp(1, 256, CV_8UC1);
    for (int i = 0; i < 256; ++i) ramp.at<uchar>(i) = static_cast<uchar>(i);
    cv::Mat bgr;
    cv::applyColorMap(ramp, bgr, openCvMap);
    ColorMap map{.name = name, .title = title};
    for (int i = 0; i < 256; ++i) {
        const auto& pixel = bgr.at<cv::Vec3b>(i);
        map.colors[static_cast<std::size_t>(i)] = qRgb(pixel[2], pixel[1], pixel[0]);
    }
    return map;
}

ColorMap grey() {
    ColorMap map{.name = "grey", .title = "Grey"};
    for (int i = 0; i < 256; ++i) map.colors[static_cast<std::size_t>(i)] = qRgb(i, i, i);
    return map;
}

/// Oklab (Ottosson 2020) to sRGB, 0..255; out of gamut is clipped.
QRgb fromOklab(double lightness, double chroma, double hueDegrees) {
    const double hue = hueDegrees * std::numbers::pi / 180.0;
    const double a = chroma * std::cos(hue);
    const double b = chroma * std::sin(hue);
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    const auto channel = [](double linear) {
        const double clipped = std::clamp(linear, 0.0, 1.0);
        const double encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * std::pow(clipped, 1 / 2.4) - 0.055;
        return static_cast<int>(std::lround(255.0 * encoded));
    };
    return qRgb(channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

/// Both arms have the same lightness and chroma at the same magnitude, so neither sign looks stronger; blue and red
/// stay apart under every common colour vision deficiency. Entry 128 is white; entry 0 repeats entry 1.
ColorMap blueWhiteRed() {
    constexpr double kBlueHue = 252.0;
    constexpr double kRedHue = 22.0;
    ColorMap map{.name = "blue-white-red", .title = "Blue–white–red", .diverging = true};
    for (int i = 0; i < 256; ++i) {
        const double t = (i - 128) / 127.0;
        const double magnitude = std::min(std::abs(t), 1.0);
        const double lightness = 0.97 - 0.60 * magnitude;
        const double chroma = 0.50 * magnitude - 0.37 * magnitude * magnitude;
        map.colors[static_cast<std::size_t>(i)] = fromOklab(lightness, chroma, t < 0 ? kBlueHue : kRedHue);
    }
    return map;
}

}  // namespace

QRgb ColorMap::at(double t) const {
    const double clamped = std::clamp(t, 0.0, 1.0);
    const long index = diverging ? 1 + std::lround(254.0 * clamped) : std::lround(255.0 * clamped);
    return colors[static_cast<std::size_t>(index)];
}

const std::vector<ColorMap>& colorMaps() {
    static const std::vector<ColorMap> maps = {
        sequential("inferno", "Inferno", cv::COLORMAP_INFERNO),
        sequential("viridis", "Viridis", cv::COLORMAP_VIRIDIS),
        sequential("cividis", "Cividis", cv::COLORMAP_CIVIDIS),
        grey(),
        blueWhiteRed(),
    };
    return maps;
}

const ColorMap& findColorMap(const QString& name) {
    const auto& maps = colorMaps();
    const auto found = std::find_if(maps.begin(), maps.end(), [&](const ColorMap& map) { return map.name == name; });
    return found != maps.end() ? *found : maps.front();
}

QIcon colorMapIcon(const ColorMap& map, const QSize& size) {
    QImage strip(256, 1, QImage::Format_RGB32);
    for (int x = 0; x < 256; ++x) strip.setPixel(x, 0, map.colors[static_cast<std::size_t>(x)]);
    return QIcon(QPixmap::fromImage(strip.scaled(2 * size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)));
}

}  // namespace discern
