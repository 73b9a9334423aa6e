#pragma once

#include <string>
#include <vector>

namespace softbot::pdf {

/// A piece of text with one look. `link` is a web, mail or telephone address, or "".
struct Run {
  std::string text;
  bool bold = false;
  bool italic = false;
  std::string link = {};
  bool operator==(const Run&) const = default;
};

/// Text of one paragraph: white space collapsed, forced line breaks as U+2028.
using Text = std::vector<Run>;

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

}  // namespace softbot::pdf
