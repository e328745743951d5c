#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace discern {

/// A name and what it is, for tables of two columns.
using ReportFacts = std::vector<std::pair<std::string, std::string>>;

/// How far things agree, every two of them.
struct ReportMatrix {
    /// The number in words, and the CSS colour behind it; both empty on the diagonal and where it is undefined.
    struct Value {
        std::string words;
        std::string color;
    };

    std::string title;
    std::string tells;
    std::vector<std::string> names;          ///< of rows and columns alike
    std::vector<std::vector<Value>> rows;    ///< symmetric, or rows with the first of the names as columns
    std::vector<std::string> columns{};      ///< words above the columns, where they are no numbers of `names`
};

/// Figures as a table, and what they mean.
struct ReportFigures {
    struct Column {
        std::string title;
        std::string tells;   ///< for the tool tip
        std::string better;  ///< e.g. "lower is better"
    };
    /// A figure in words, and what stands small below it.
    struct Value {
        std::string words;
        std::string small;
    };
    struct Row {
        std::string name;
        std::vector<Value> values;  ///< one a column
    };
    std::vector<Column> columns{};
    std::vector<Row> rows{};
};

/// Names and what they are. All texts of these parts are plain and get escaped.
[[nodiscard]] std::string factTable(const ReportFacts& facts);

/// Rows carry names and numbers, columns the numbers only, so that a wide matrix stays narrow.
[[nodiscard]] std::string matrixTable(const ReportMatrix& matrix);

/// A row a thing, whose kind heads the first column; columns have their direction below the title.
[[nodiscard]] std::string figureTable(const ReportFigures& figures, const std::string& kind);

/// A page in which {{name}} stands for the part of that name, and {{style}} for the look that all reports share. Throws
/// std::out_of_range for a name that has no part.
[[nodiscard]] std::string filledPage(std::string_view page, std::map<std::string_view, std::string> parts);

}  // namespace discern
