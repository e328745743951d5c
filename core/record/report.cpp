#include "core/record/report.h"

#include <cctype>
#include <map>
#include <string_view>

#include "report_template.h"

namespace discern {

namespace {

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

/// <name attributes>content</name>; `content` is HTML already.
std::string element(const std::string& name, const std::string& content, const std::string& attributes = {}) {
    return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + content + "</" + name + ">\n";
}

std::string text(const std::string& name, const std::string& plain, const std::string& attributes = {}) {
    return element(name, escaped(plain), attributes);
}

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

std::string factTable(const ReportFacts& facts) {
    std::string rows;
    for (const auto& [name, value] : facts) {
        rows += element("tr", text("th", name, "scope=\"row\"") + text("td", value));
    }
    return element("table", rows, "class=\"facts\"");
}

std::string modelTable(const std::vector<ReportModel>& models) {
    if (models.empty()) {
        return {};
    }
    std::string head = text("th", "Model", "scope=\"col\"");
    for (const auto& [name, value] : models.front().figures) {
        head += text("th", name, "scope=\"col\"");
    }
    std::string rows = element("tr", head);
    for (const ReportModel& model : models) {
        std::string cells = text("th", model.name, "scope=\"row\"");
        for (const auto& [name, value] : model.figures) {
            cells += text("td", value);
        }
        rows += element("tr", cells);
    }
    return element("table", rows, "class=\"figures\"");
}

std::string cell(const ReportCell& cell, const std::string& alternative) {
    if (cell.image.empty()) {
        return element("td", text("p", cell.error, "class=\"error\""));
    }
    const std::string picture =
        "<img src=\"" + link(cell.image) + "\" alt=\"" + escaped(alternative) + "\" loading=\"lazy\">";
    return element("td", element("a", picture, "href=\"" + link(cell.full) + "\"") + text("p", cell.words));
}

std::string colorBar(const ReportRow& row) {
    if (row.colors.empty()) {
        return {};
    }
    const std::string strip = element(
        "div", "", "class=\"strip\" style=\"background: linear-gradient(to right, " + escaped(row.colors) + ")\"");
    const std::string ends = element("div", text("span", row.low) + text("span", row.high), "class=\"ends\"");
    return element("div", strip + ends + text("p", row.unit), "class=\"bar\"");
}

std::string grid(const ReportPicture& picture, const std::vector<ReportModel>& models) {
    std::string head = "<td></td>\n";
    for (std::size_t m = 0; m < models.size(); ++m) {
        std::string classes;
        for (const std::string& line : picture.predictions[m]) {
            classes += text("li", line);
        }
        head += element("th", escaped(models[m].name) + element("ol", classes), "scope=\"col\"");
    }
    std::string rows = element("tr", head);
    for (const ReportRow& row : picture.rows) {
        std::string cells =
            element("th", text("h3", row.title) + text("p", row.tells) + text("p", row.limits) + colorBar(row),
                    "scope=\"row\"");
        for (std::size_t m = 0; m < row.cells.size(); ++m) {
            cells += cell(row.cells[m], row.title + " of " + models[m].name + " on " + picture.name);
        }
        rows += element("tr", cells);
    }
    return element("div", element("table", rows, "class=\"grid\""), "class=\"scroll\"");
}

/// Rows carry names and numbers, columns the numbers only, so that a wide matrix stays narrow.
std::string matrixTable(const ReportMatrix& matrix) {
    std::string head = "<td></td>\n";
    for (std::size_t i = 0; i < matrix.names.size(); ++i) {
        head += text("th", std::to_string(i + 1), "scope=\"col\" title=\"" + escaped(matrix.names[i]) + "\"");
    }
    std::string rows = element("tr", head);
    for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
        std::string cells = text("th", std::to_string(i + 1) + "  " + matrix.names[i], "scope=\"row\"");
        for (const ReportMatrix::Value& value : matrix.rows[i]) {
            const std::string color = value.color.empty() ? "" : "style=\"background: " + escaped(value.color) + "\"";
            cells += text("td", value.words, color);
        }
        rows += element("tr", cells);
    }
    return element("div", text("h4", matrix.title) + text("p", matrix.tells) + element("table", rows),
                   "class=\"matrix\"");
}

std::string agreement(const ReportPicture& picture) {
    if (picture.agreement.empty()) {
        return {};
    }
    std::string tables;
    for (const ReportMatrix& matrix : picture.agreement) {
        tables += matrixTable(matrix);
    }
    return text("h3", "How far the explanations agree") + element("div", tables, "class=\"scroll matrices\"");
}

std::string pictures(const ComparisonReport& report) {
    std::string sections;
    for (const ReportPicture& picture : report.pictures) {
        sections += element("section", text("h2", picture.name) + grid(picture, report.models) + agreement(picture));
    }
    return sections;
}

std::string provenance(const ComparisonReport& report) {
    std::string blocks = factTable(report.settings);
    for (const ReportModel& model : report.models) {
        blocks += text("h3", model.name) + factTable(model.provenance);
    }
    for (const ReportPicture& picture : report.pictures) {
        blocks += text("h3", picture.name) + factTable(picture.provenance);
    }
    return blocks;
}

}  // namespace

std::string renderReport(const ComparisonReport& report) {
    const std::map<std::string_view, std::string> parts = {{"title", escaped(report.title)},
                                                           {"models", modelTable(report.models)},
                                                           {"pictures", pictures(report)},
                                                           {"provenance", provenance(report)}};
    std::string_view rest = reportTemplate;
    std::string page;
    while (true) {
        const std::size_t open = rest.find("{{");
        page += rest.substr(0, open);
        if (open == std::string_view::npos) {
            return page;
        }
        const std::size_t close = rest.find("}}", open);
        page += parts.at(rest.substr(open + 2, close - open - 2));
        rest.remove_prefix(close + 2);
    }
}

}  // namespace discern
