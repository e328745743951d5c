#include "core/record/report_parts.h"

#include "core/record/html.h"
#include "report_template.h"

namespace discern {

std::string factTable(const ReportFacts& facts) {
    std::string rows;
    for (const auto& [name, value] : facts) {
        rows += element("tr", textElement("th", name, "scope=\"row\"") + textElement("td", value));
    }
    return element("table", rows, "class=\"facts\"");
}

std::string matrixTable(const ReportMatrix& matrix) {
    std::string head = "<td></td>\n";
    for (const std::string& column : matrix.columns) head += textElement("th", column, "scope=\"col\"");
    const std::size_t numbered = matrix.rows.empty() || !matrix.columns.empty() ? 0 : matrix.rows.front().size();
    for (std::size_t i = 0; i < numbered; ++i)
        head += textElement("th", std::to_string(i + 1), "scope=\"col\" title=\"" + escaped(matrix.names[i]) + "\"");
    std::string rows = element("tr", head);
    for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
        std::string cells = textElement("th", std::to_string(i + 1) + "  " + matrix.names[i], "scope=\"row\"");
        for (const ReportMatrix::Value& value : matrix.rows[i]) {
            const std::string color = value.color.empty() ? "" : "style=\"background: " + escaped(value.color) + "\"";
            cells += textElement("td", value.words, color);
        }
        rows += element("tr", cells);
    }
    return element("div", textElement("h4", matrix.title) + textElement("p", matrix.tells) + element("table", rows),
                   "class=\"matrix\"");
}

std::string figureTable(const ReportFigures& figures, const std::string& kind) {
    std::string head = textElement("th", kind, "scope=\"col\"");
    for (const ReportFigures::Column& column : figures.columns)
        head += element("th", escaped(column.title) + textElement("small", column.better),
                        "scope=\"col\" title=\"" + escaped(column.tells) + "\"");
    std::string rows = element("tr", head);
    for (const ReportFigures::Row& row : figures.rows) {
        std::string cells = textElement("th", row.name, "scope=\"row\"");
        for (const ReportFigures::Value& value : row.values)
            cells += element("td", escaped(value.words) + textElement("small", value.small));
        rows += element("tr", cells);
    }
    return element("div", element("table", rows, "class=\"trust\""), "class=\"scroll\"");
}

std::string filledPage(std::string_view page, std::map<std::string_view, std::string> parts) {
    parts.emplace("style", reportStyle);
    std::string filled;
    while (true) {
        const std::size_t open = page.find("{{");
        filled += page.substr(0, open);
        if (open == std::string_view::npos) return filled;
        const std::size_t close = page.find("}}", open);
        filled += parts.at(page.substr(open + 2, close - open - 2));
        page.remove_prefix(close + 2);
    }
}

}  // namespace discern
