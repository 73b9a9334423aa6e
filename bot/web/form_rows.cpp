#include "web/form_rows.h"

#include <algorithm>
#include <charconv>

namespace softbot::web {
namespace {

std::size_t number_or(std::string_view text, std::size_t other) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value < 1000 ? value : other;
}

}  // namespace

std::size_t rows_of(const WebParameters& typed, const std::string& name) {
  std::size_t rows = number_or(web_value(typed, "rows:" + name), 1);
  const std::string start = name + ".";
  for (const auto& [each, value] : typed) {
    if (each.starts_with(start)) {
      const std::string_view rest = std::string_view(each).substr(start.size());
      const std::size_t row = number_or(rest.substr(0, rest.find('.')), 0);
      rows = std::max(rows, row + 1);
    }
  }
  return std::clamp<std::size_t>(rows, 1, 50);
}

void change_rows(WebParameters& typed, std::string_view action) {
  const auto set_rows = [&](const std::string& name, std::size_t count) {
    std::erase_if(typed, [&](const auto& pair) { return pair.first == "rows:" + name; });
    typed.emplace_back("rows:" + name, std::to_string(std::max<std::size_t>(count, 1)));
  };
  if (action.starts_with("add:")) {
    const std::string name(action.substr(4));
    set_rows(name, std::min<std::size_t>(rows_of(typed, name) + 1, 50));
    return;
  }
  if (!action.starts_with("remove:")) {
    return;
  }
  const std::string row(action.substr(7));
  const std::size_t dot = row.rfind('.');
  if (dot == std::string::npos) {
    return;
  }
  const std::string name = row.substr(0, dot);
  const std::size_t removed = number_or(std::string_view(row).substr(dot + 1), 1000);
  const std::size_t count = rows_of(typed, name);
  if (removed >= count) {
    return;
  }
  WebParameters kept;
  const std::string start = name + ".";
  for (auto& [each, value] : typed) {
    if (!each.starts_with(start)) {
      kept.emplace_back(each, value);
      continue;
    }
    const std::string rest = each.substr(start.size());
    const std::size_t end = std::min(rest.find('.'), rest.size());
    const std::size_t index = number_or(std::string_view(rest).substr(0, end), 0);
    if (index != removed) {
      kept.emplace_back(start + std::to_string(index > removed ? index - 1 : index) + rest.substr(end),
                        value);
    }
  }
  typed = std::move(kept);
  set_rows(name, count - 1);
}

}  // namespace softbot::web
