#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace discern {

/// A row of a table as RFC 4180 has it.
struct CsvRow {
    std::size_t number = 0;  ///< from 1, as a spreadsheet counts: blank rows and the header too
    std::vector<std::string> values;
    bool closed = true;  ///< false where a quote is opened and never closed
};

/// All rows but blank ones. Line ends are LF, CR LF or CR; a byte order mark is passed over.
[[nodiscard]] std::vector<CsvRow> csvRows(std::string_view text);

}  // namespace discern
