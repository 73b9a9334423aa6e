#include "domain/json.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace softbot {
namespace {

/// Builds a Value from nlohmann's parser events, so that numbers keep their text and limits hold while
/// reading.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

  bool null() override { return add(Value()); }
  bool boolean(bool flag) override { return add(Value(flag)); }
  bool number_integer(number_integer_t number) override { return add(Value(std::int64_t{number})); }
  bool number_unsigned(number_unsigned_t number) override { return add(Value(std::uint64_t{number})); }
  bool number_float(number_float_t, const string_t& text) override { return add(Value(Number{text})); }
  bool string(string_t& text) override { return add(Value(std::move(text))); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(Value::object()); }
  bool start_array(std::size_t) override { return open(Value::list()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (open_.back().value.members().size() >= limits_.members) {
      problem_ = "one of its objects has more members than allowed";
      too_large_ = true;
      return false;
    }
    if (open_.back().value.contains(name)) {
      problem_ = "the same member name stands twice in one object";
      return false;
    }
    open_.back().name = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    if (problem_.empty()) problem_ = "not valid JSON" + place(position);
    return false;
  }

  Result<Value> finish() {
    if (!problem_.empty() || !root_) {
      const bool large = too_large_;
      return fail(
          large ? ErrorCode::too_large : ErrorCode::invalid_input,
          "The JSON cannot be read: " + (problem_.empty() ? std::string("it is empty") : problem_) + ".");
    }
    return std::move(*root_);
  }

 private:
  struct Open {
    Value value;
    std::string name;
  };

  bool count() {
    if (++count_ <= limits_.values) return true;
    problem_ = "it holds more values than allowed";
    too_large_ = true;
    return false;
  }

  bool add(Value value) {
    if (!count()) return false;
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().value.is_list()) {
      open_.back().value.push(std::move(value));
    } else {
      open_.back().value.append(std::move(open_.back().name), std::move(value));  // key() looked for it
    }
    return true;
  }

  bool open(Value container) {
    if (!count()) return false;
    if (open_.size() >= limits_.depth) {
      problem_ = "it is nested deeper than allowed";
      too_large_ = true;
      return false;
    }
    open_.push_back(Open{std::move(container), {}});
    return true;
  }

  bool close() {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    --count_;
    return add(std::move(done));
  }

  [[nodiscard]] std::string place(std::size_t position) const {
    std::size_t line = 1;
    std::size_t column = 0;
    for (std::size_t i = 0; i < position && i < text_.size(); ++i) {
      ++column;
      if (text_[i] == '\n') {
        ++line;
        column = 0;
      }
    }
    return " at line " + std::to_string(line) + ", column " + std::to_string(column);
  }

  std::string_view text_;
  JsonLimits limits_;
  std::vector<Open> open_;
  std::optional<Value> root_;
  std::string problem_;
  std::size_t count_ = 0;
  bool too_large_ = false;
};

/// Printable ASCII without quotes and backslashes stands in JSON as it is; most of what is written is so.
bool is_plain(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

void write_text(const std::string& text, std::string& out) {
  if (is_plain(text)) {
    out.append(1, '"').append(text).append(1, '"');
    return;
  }
  out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void indent(std::string& out, int depth) {
  out += '\n';
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
}

/// `depth` < 0 writes compact JSON.
void write(const Value& value, std::string& out, int depth) {
  const int inner = depth < 0 ? -1 : depth + 1;
  if (const Number* number = value.as_number()) {
    out += number->text;
  } else if (const std::string* text = value.as_text()) {
    write_text(*text, out);
  } else if (value.is_list() || value.is_object()) {
    const bool list = value.is_list();
    const std::size_t size = list ? value.items().size() : value.members().size();
    out += list ? '[' : '{';
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) out += ',';
      if (inner >= 0) indent(out, inner);
      if (!list) {
        write_text(value.members()[i].name, out);
        out += inner >= 0 ? ": " : ":";
      }
      write(list ? value.items()[i] : value.members()[i].value, out, inner);
    }
    if (depth >= 0 && size > 0) indent(out, depth);
    out += list ? ']' : '}';
  } else if (const auto flag = value.as_bool()) {
    out += *flag ? "true" : "false";
  } else {
    out += "null";
  }
}

}  // namespace

Result<Value> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return fail(ErrorCode::too_large,
                "The JSON is larger than the " + std::to_string(limits.bytes) + " bytes that are allowed.");
  }
  if (text.find('\0') !=
      std::string_view::npos) {  // the parser would take it for the end and pass over what follows
    return fail(ErrorCode::invalid_input, "The JSON cannot be read: it holds a NUL byte.");
  }
  Builder builder(text, limits);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.finish();
}

std::string to_json(const Value& value) {
  std::string out;
  write(value, out, -1);
  return out;
}

std::string to_pretty_json(const Value& value) {
  std::string out;
  write(value, out, 0);
  return out + "\n";
}

bool is_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const unsigned char lead = byte(i);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return false;
    }
    if (lead == 0xE0 && byte(i + 1) < 0xA0) return false;
    if (lead == 0xED && byte(i + 1) > 0x9F) return false;
    if (lead == 0xF0 && byte(i + 1) < 0x90) return false;
    if (lead == 0xF4 && byte(i + 1) > 0x8F) return false;
    i += length;
  }
  return true;
}

}  // namespace softbot
