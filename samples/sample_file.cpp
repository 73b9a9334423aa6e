#include "sample_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <utility>

#include "domain/base64.h"
#include "domain/json.h"

namespace softbot::samples {
namespace {

constexpr std::string_view today_mark = "@today";
constexpr std::string_view file_mark = "@file:";
constexpr std::array<std::string_view, 6> actions{"answers",       "documents", "withdrawal",
                                                  "human-request", "event",     "decision"};

Result<std::string> bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(ErrorCode::invalid_input, file.string() + " cannot be read.");
  return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// "+2m" moved from `day`.
Result<Date> moved(Date day, std::string_view by) {
  if (by.empty()) return day;
  int count = 0;
  const bool back = by.front() == '-';
  const char* end = by.data() + by.size() - 1;
  const auto [stop, error] = std::from_chars(by.data() + 1, end, count);
  const bool number = by.size() > 2 && (back || by.front() == '+') && error == std::errc() && stop == end;
  if (back) count = -count;
  switch (number ? by.back() : '?') {
    case 'd':
      return add_days(day, count);
    case 'w':
      return add_weeks(day, count);
    case 'm':
      return add_months(day, count);
    case 'y':
      return add_months(day, 12 * count);
    default:
      return fail(ErrorCode::invalid_input, "A day is written as @today, @today-95d or @today+2m.");
  }
}

Result<Value> resolve_text(const std::string& text, Date today, const std::filesystem::path& folder) {
  if (text.starts_with(today_mark)) {
    const auto day = moved(today, std::string_view(text).substr(today_mark.size()));
    if (!day) return fail(day.error());
    return Value(format_iso(*day));
  }
  if (text.starts_with(file_mark)) {
    const auto bytes = bytes_of(folder / text.substr(file_mark.size()));
    if (!bytes) return fail(bytes.error());
    return Value(encode_base64(*bytes));
  }
  return Value(text);
}

Result<Step> step_from(const Value& value) {
  Step step;
  step.when = value["when"].text_or_empty();
  step.application = static_cast<std::size_t>(value["application"].as_integer().value_or(0));
  step.by = value["by"].text_or_empty();
  for (const std::string_view action : actions) {
    if (const Value* body = value.find(action)) {
      step.action = action;
      step.body = *body;
    }
  }
  if (step.when.empty() || step.action.empty()) {
    return fail(ErrorCode::invalid_input, "a step has \"when\" and one action");
  }
  return step;
}

std::vector<Expected> expected_from(const Value& value) {
  std::vector<Expected> all;
  for (const Value& one : value.items()) {
    Expected expected{one["result"].text_or_empty(), {}};
    for (const Value& reason : one["reasons"].items()) expected.reasons.push_back(reason.text_or_empty());
    all.push_back(std::move(expected));
  }
  return all;
}

Result<Sample> sample_from(const Value& value, std::string name) {
  Sample sample;
  sample.name = std::move(name);
  sample.title = value["title"].text_or_empty();
  sample.provisions = value["provisions"];
  sample.submission = value["submission"];
  sample.expected = expected_from(value["expect"]);
  for (const Value& one : value["then"].items()) {
    auto step = step_from(one);
    if (!step) return fail(step.error());
    sample.steps.push_back(std::move(*step));
  }
  const std::size_t applications = sample.submission["requests"].items().size();
  const bool fits = std::all_of(sample.steps.begin(), sample.steps.end(),
                                [&](const Step& step) { return step.application < applications; });
  if (sample.title.empty() || applications == 0 || sample.expected.size() != applications || !fits) {
    return fail(ErrorCode::invalid_input,
                "a sample has \"title\", \"submission\" and one \"expect\" for each of its requests");
  }
  return sample;
}

}  // namespace

Result<Value> resolve_marks(const Value& value, Date today, const std::filesystem::path& folder) {
  if (const std::string* text = value.as_text()) return resolve_text(*text, today, folder);
  if (value.is_list()) {
    Value list = Value::list();
    for (const Value& item : value.items()) {
      auto resolved = resolve_marks(item, today, folder);
      if (!resolved) return resolved;
      list.push(std::move(*resolved));
    }
    return list;
  }
  if (value.is_object()) {
    Value object = Value::object();
    for (const Value::Member& member : value.members()) {
      auto resolved = resolve_marks(member.value, today, folder);
      if (!resolved) return resolved;
      object.set(member.name, std::move(*resolved));
    }
    return object;
  }
  return value;
}

Result<std::vector<Sample>> read_samples(const std::filesystem::path& folder, Date today) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (files.empty())
    return fail(ErrorCode::invalid_input, "There are no samples in " + folder.string() + ".");
  std::sort(files.begin(), files.end());

  std::vector<Sample> samples;
  for (const auto& file : files) {
    const auto wrong = [&](const Error& cause) {
      return fail(ErrorCode::invalid_input, file.string() + ": " + cause.message);
    };
    const auto text = bytes_of(file);
    if (!text) return fail(text.error());
    const auto json = parse_json(*text);
    if (!json) return wrong(json.error());
    const auto resolved = resolve_marks(*json, today, folder.parent_path() / "attachments");
    if (!resolved) return wrong(resolved.error());
    auto sample = sample_from(*resolved, file.stem().string());
    if (!sample) return wrong(sample.error());
    samples.push_back(std::move(*sample));
  }
  return samples;
}

}  // namespace softbot::samples
