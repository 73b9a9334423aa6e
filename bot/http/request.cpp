#include "http/request.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

#include "domain/json.h"
#include "http/multipart.h"

namespace softbot::http {
namespace {

constexpr std::size_t most_segments = 64;
constexpr std::size_t most_parameters = 256;

struct MethodName {
  Method method;
  std::string_view name;
};

constexpr std::array<MethodName, 7> method_names{{{Method::get, "GET"},
                                                  {Method::head, "HEAD"},
                                                  {Method::post, "POST"},
                                                  {Method::put, "PUT"},
                                                  {Method::patch, "PATCH"},
                                                  {Method::remove, "DELETE"},
                                                  {Method::options, "OPTIONS"}}};

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
  });
}

/// One decoded path segment, or nothing when it may not be there.
std::optional<std::string> segment_of(std::string_view raw) {
  std::optional<std::string> segment = percent_decoded(raw);
  if (!segment || has_control(*segment) || !is_utf8(*segment) || *segment == "." || *segment == "..") {
    return std::nullopt;
  }
  return segment;
}

/// Path and query of an origin-form or absolute-form target; nothing when it is neither.
std::optional<std::pair<std::string_view, std::string_view>> path_and_query(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (!target.starts_with('/') && scheme != std::string_view::npos && scheme <= 5) {
    const std::size_t start = target.find_first_of("/?", scheme + 3);
    target = start == std::string_view::npos ? std::string_view("/") : target.substr(start);
    if (target.starts_with('?')) {
      return std::pair(std::string_view("/"), target.substr(1));
    }
  }
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? std::pair(target, std::string_view())
                                        : std::pair(target.substr(0, mark), target.substr(mark + 1));
}

bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string_view name_of(Method method) {
  for (const MethodName& entry : method_names) {
    if (entry.method == method) {
      return entry.name;
    }
  }
  return "other";
}

Method method_from(std::string_view name) {
  for (const MethodName& entry : method_names) {
    if (entry.name == name) {
      return entry.method;
    }
  }
  return Method::other;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(),
                                                   [](char a, char b) { return lower(a) == lower(b); });
}

void Headers::add(std::string_view name, std::string_view value) {
  if (entries_.empty()) {
    entries_.reserve(16);
  }
  const auto start = static_cast<std::uint32_t>(text_.size());
  const auto name_size = static_cast<std::uint32_t>(name.size());
  entries_.push_back({start, name_size, start + name_size, static_cast<std::uint32_t>(value.size())});
  text_.append(name).append(value);
}

void Headers::set(std::string_view name, std::string_view value) {
  const std::string kept_name(name);  // `name` and `value` may be views into this very buffer
  const std::string kept_value(value);
  erase(kept_name);
  add(kept_name, kept_value);
}

void Headers::erase(std::string_view name) {
  std::erase_if(entries_, [&](const Entry& entry) {
    return equal_ignoring_case(std::string_view(text_).substr(entry.name, entry.name_size), name);
  });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    if (const Field field = at(index); equal_ignoring_case(field.name, name)) {
      return field.value;
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    if (const Field field = at(index); equal_ignoring_case(field.name, name)) {
      values.push_back(field.value);
    }
  }
  return values;
}

Headers::Field Headers::at(std::size_t index) const {
  const Entry& entry = entries_.at(index);
  const std::string_view text(text_);
  return {text.substr(entry.name, entry.name_size), text.substr(entry.value, entry.value_size)};
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
  for (const auto& [pair_name, value] : pairs_) {
    if (pair_name == name) {
      return value;
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [pair_name, value] : pairs_) {
    if (pair_name == name) {
      values.emplace_back(value);
    }
  }
  return values;
}

std::string Request::content_type() const {
  std::string_view type = headers.get("Content-Type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) {
    type.remove_suffix(1);
  }
  std::string result(type);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

Result<Target> parse_target(std::string_view text) {
  const auto parts = path_and_query(text);
  if (!parts) {
    return fail(ErrorCode::invalid_input, "The address must start with a slash and have no fragment.");
  }
  Target target{.path = std::string(parts->first), .segments = {}, .query = {}};
  std::string_view rest = parts->first.substr(1);
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    std::optional<std::string> segment = segment_of(rest.substr(0, slash));
    if (!segment) {
      return fail(
          ErrorCode::invalid_input,
          "The address has a broken escape, a control character, a dot segment or text that is not UTF-8.");
    }
    if (target.segments.size() == most_segments) {
      return fail(ErrorCode::invalid_input, "The address has more than 64 segments.");
    }
    target.segments.push_back(std::move(*segment));
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  if (!parts->second.empty()) {
    const FormLimits limits{
        .fields = most_parameters, .name_bytes = 200, .value_bytes = std::size_t{16} << 10};
    Result<Parameters> query = parse_form(parts->second, limits);
    if (!query) {
      return fail(ErrorCode::invalid_input,
                  "The query of the address is malformed: " + query.error().message);
    }
    target.query = std::move(*query);
  }
  return target;
}

std::optional<std::string> trace_id_of(std::string_view traceparent) {
  // 00-<32 hex>-<16 hex>-<2 hex>; later versions may append "-...".
  if (traceparent.size() < 55 || traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-') {
    return std::nullopt;
  }
  const std::string_view version = traceparent.substr(0, 2);
  const std::string_view trace = traceparent.substr(3, 32);
  const std::string_view parent = traceparent.substr(36, 16);
  const bool sized =
      version == "00" ? traceparent.size() == 55 : traceparent.size() == 55 || traceparent[55] == '-';
  if (!sized || version == "ff" || !is_lower_hex(version) || !is_lower_hex(trace) || !is_lower_hex(parent) ||
      !is_lower_hex(traceparent.substr(53, 2)) || trace.find_first_not_of('0') == std::string_view::npos ||
      parent.find_first_not_of('0') == std::string_view::npos) {
    return std::nullopt;
  }
  return std::string(trace);
}

std::string new_trace_id() {
  thread_local std::mt19937_64 generator = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(32, '0');
  for (std::size_t half = 0; half < 2; ++half) {
    std::uint64_t bits = generator() | 1U;
    for (std::size_t digit = 0; digit < 16; ++digit, bits >>= 4) {
      text[half * 16 + digit] = digits[bits & 15U];
    }
  }
  return text;
}

}  // namespace softbot::http
