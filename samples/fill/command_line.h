#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "recipe.h"
#include "sources.h"

namespace softbot::fill {

/// What fill-forms was asked for.
struct Orders {
  bool help = false;
  std::vector<std::string> types;
  std::string municipality = "voorbeeld";
  std::size_t count = 1;
  std::uint64_t seed = 1;
  Paths digits;
  Paths capitals;
  Paths lines;
  Paths fonts;
  Degradation degradation = Degradation::normal;
  std::filesystem::path out;
  std::filesystem::path recipes;  ///< empty: `types` and `count` say what to make
  std::filesystem::path people;   ///< a register to take people from; empty: they are invented
  std::filesystem::path config;   ///< empty: the one of this checkout
  std::optional<ScanFormat> format;
  std::optional<double> dpi;
  Date today{};
  std::optional<TickStyle> ticks;  ///< of every writer; absent: drawn
  double mistakes = 0.05;          ///< share of forms with a mistake that counts
  double free_text = 0.15;         ///< share of forms with words in a free field
  Value answers = Value::object();
};

/// Reads the command line without the program's name. Error `invalid_input`: which option is wrong, and what
/// it takes.
[[nodiscard]] Result<Orders> orders_from(const std::vector<std::string_view>& arguments, Date today);

/// What to print for --help.
[[nodiscard]] std::string_view usage();

/// One recipe per file, as the command line says: each with a seed, a writer, a scanner and luck of its own.
[[nodiscard]] std::vector<FileRecipe> recipes_for(const Orders& orders);

}  // namespace softbot::fill
