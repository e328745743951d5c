#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

namespace discern {

/// A table of scores among what a graph gives: one row a picture, one column an output.
struct ScoreTable {
    std::string name;  ///< its key, field or position, nested ones joined by dots; empty where the graph gives just one
    at::Tensor values;  ///< rows x outputs, float32, on the graph's device
};

/// Every tensor among `outputs` that has one row of values for each of the `rows` pictures that went in; tuples, lists
/// and dictionaries are searched. A row without its picture's dimension ([K] for one picture, [N] of single outputs)
/// and dimensions of one (N,K,1,1) count as such a table; whole numbers and maps do not.
[[nodiscard]] std::vector<ScoreTable> scoreTables(const std::vector<c10::IValue>& outputs, std::int64_t rows);

/// Which of the tables names the classes.
struct TableChoice {
    std::string name;
    std::string note;  ///< a sentence where there was a choice and nothing stated it
};

/// `stated`: the card's word, or empty. `labels`: how many the card names, or 0. Throws Error(Model) that lists the
/// tables where there is none, none of that name, or nothing tells them apart.
[[nodiscard]] TableChoice chooseTable(const std::vector<ScoreTable>& tables, const std::string& stated,
                                      std::int64_t labels);

/// The table of that name, rows x outputs. Throws Error(Run) where the graph gave none with as many rows as pictures.
[[nodiscard]] at::Tensor scoreTable(const std::vector<c10::IValue>& outputs, const std::string& name,
                                    std::int64_t rows);

/// What the graph gave, in words, for messages: "a tensor of 1 x 21 x 64 x 64".
[[nodiscard]] std::string shapesInWords(const std::vector<c10::IValue>& outputs);

}  // namespace discern
