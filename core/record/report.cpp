#include "core/record/report.h"

#include <cctype>
#include <string_view>

#include "core/record/html.h"
#include "report_template.h"

namespace discern {

namespace {

/// A path as a link: bytes that mean something in a URL are written as %XX.
std::string link(const std::string& path) {
    constexpr const char* digits = "0123456789ABCDEF";
    constexpr std::string_view plain = "/._-";
    std::string url;
    for (const char c : path) {
        const auto code = static_cast<unsigned char>(c);
        if ((code < 128 && std::isalnum(code) != 0) || plain.find(c) != std::string_view::npos) {
            url += c;
        } else {
            url += '%';
            url += digits[code >> 4];
            url += digits[code & 15];
        }
    }
    return url;
}

std::string modelTable(const std::vector<ReportModel>& models) {
    if (models.empty()) {
        return {};
    }
    std::string head = textElement("th", "Model", "scope=\"col\"");
    for (const auto& [name, value] : models.front().figures) {
        head += textElement("th", name, "scope=\"col\"");
    }
    std::string rows = element("tr", head);
    for (const ReportModel& model : models) {
        std::string cells = textElement("th", model.name, "scope=\"row\"");
        for (const auto& [name, value] : model.figures) {
            cells += textElement("td", value);
        }
        rows += element("tr", cells);
    }
    return element("table", rows, "class=\"figures\"");
}

std::string cell(const ReportCell& cell, const std::string& alternative) {
    if (cell.image.empty()) {
        return element("td", textElement("p", cell.error, "class=\"error\""));
    }
    const std::string picture =
        "<img src=\"" + link(cell.image) + "\" alt=\"" + escaped(alternative) + "\" loading=\"lazy\">";
    return element("td", element("a", picture, "href=\"" + link(cell.full) + "\"") + textElement("p", cell.words));
}

std::string colorBar(const ReportRow& row) {
    if (row.colors.empty()) {
        return {};
    }
    const std::string strip = element(
        "div", "", "class=\"strip\" style=\"background: linear-gradient(to right, " + escaped(row.colors) + ")\"");
    const std::string ends =
        element("div", textElement("span", row.low) + textElement("span", row.high), "class=\"ends\"");
    return element("div", strip + ends + textElement("p", row.unit), "class=\"bar\"");
}

std::string grid(const ReportPicture& picture, const std::vector<ReportModel>& models) {
    std::string head = "<td></td>\n";
    for (std::size_t m = 0; m < models.size(); ++m) {
        std::string classes;
        for (const std::string& line : picture.predictions[m]) {
            classes += textElement("li", line);
        }
        head += element("th", escaped(models[m].name) + element("ol", classes), "scope=\"col\"");
    }
    std::string rows = element("tr", head);
    for (const ReportRow& row : picture.rows) {
        std::string cells = element(
            "th",
            textElement("h3", row.title) + textElement("p", row.tells) + textElement("p", row.limits) + colorBar(row),
            "scope=\"row\"");
        for (std::size_t m = 0; m < row.cells.size(); ++m) {
            cells += cell(row.cells[m], row.title + " of " + models[m].name + " on " + picture.name);
        }
        rows += element("tr", cells);
    }
    return element("div", element("table", rows, "class=\"grid\""), "class=\"scroll\"");
}

std::string agreement(const ReportPicture& picture) {
    if (picture.agreement.empty()) {
        return {};
    }
    std::string tables;
    for (const ReportMatrix& matrix : picture.agreement) {
        tables += matrixTable(matrix);
    }
    return textElement("h3", "How far the explanations agree") + element("div", tables, "class=\"scroll matrices\"");
}

std::string trust(const ReportPicture& picture) {
    if (picture.trust.columns.empty()) return {};
    std::string charts;
    for (const ReportChart& chart : picture.charts) charts += renderChart(chart);
    return textElement("h3", "How far the explanations can be trusted") +
           textElement("p",
                       "Each figure asks something else, and they disagree; below each stands what maps that know "
                       "nothing of the model get.",
                       "class=\"lead\"") +
           figureTable(picture.trust, "Explanation") + element("div", charts, "class=\"charts\"");
}

std::string means(const ReportFigures& figures) {
    if (figures.columns.empty()) return {};
    return element("section",
                   textElement("h2", "Metrics over all images") +
                       textElement("p", "Means, and in small their 95 % intervals by bootstrap.", "class=\"lead\"") +
                       figureTable(figures, "Explanation"));
}

std::string pictures(const ComparisonReport& report) {
    std::string sections;
    for (const ReportPicture& picture : report.pictures) {
        sections += element("section", textElement("h2", picture.name) + grid(picture, report.models) + trust(picture) +
                                           agreement(picture));
    }
    return sections + means(report.means);
}

std::string provenance(const ComparisonReport& report) {
    std::string blocks = factTable(report.settings);
    for (const ReportModel& model : report.models) {
        blocks += textElement("h3", model.name) + factTable(model.provenance);
    }
    for (const ReportPicture& picture : report.pictures) {
        blocks += textElement("h3", picture.name) + factTable(picture.provenance);
    }
    return blocks;
}

}  // namespace

std::string renderReport(const ComparisonReport& report) {
    return filledPage(reportTemplate, {{"title", escaped(report.title)},
                                       {"models", modelTable(report.models)},
                                       {"pictures", pictures(report)},
                                       {"provenance", provenance(report)}});
}

}  // namespace discern
