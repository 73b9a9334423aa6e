#include "sample_ledger.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "domain/json.h"

namespace softbot::samples {

Result<SampleLedger> SampleLedger::open(std::filesystem::path file) {
  SampleLedger ledger(std::move(file));
  std::ifstream stream(ledger.file_, std::ios::binary);
  if (!stream) return ledger;
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  auto json = parse_json(text);
  if (!json || !json->is_object()) {
    return fail(
        ErrorCode::damaged,
        ledger.file_.string() + " does not say what was sent. Remove the whole data folder to start anew.");
  }
  ledger.content_ = std::move(*json);
  return ledger;
}

std::vector<SampleLedger::Sent> SampleLedger::sent(const std::string& sample) const {
  std::vector<Sent> all;
  for (const Value& one : content_[sample]["applications"].items()) {
    all.push_back(
        {one["reference"].text_or_empty(), one["type"].text_or_empty(), one["code"].text_or_empty()});
  }
  return all;
}

std::size_t SampleLedger::steps(const std::string& sample) const {
  return static_cast<std::size_t>(content_[sample]["steps"].as_integer().value_or(0));
}

std::string SampleLedger::scan(const std::string& sample) const {
  return content_[sample]["scan"].text_or_empty();
}

Result<void> SampleLedger::note_scan(const std::string& sample, const std::string& id) {
  content_.set(sample, Value::object({{"scan", id}}));
  return save();
}

Result<void> SampleLedger::note_sent(const std::string& sample, const std::vector<Sent>& applications) {
  Value list = Value::list();
  for (const Sent& one : applications) {
    list.push(Value::object({{"reference", one.reference}, {"type", one.type}, {"code", one.code}}));
  }
  content_.set(sample, Value::object({{"applications", list}, {"steps", 0}}));
  return save();
}

Result<void> SampleLedger::note_step(const std::string& sample, std::size_t steps) {
  Value entry = content_[sample];
  entry.set("steps", static_cast<std::uint64_t>(steps));
  content_.set(sample, std::move(entry));
  return save();
}

Result<void> SampleLedger::save() const {
  const auto wrong = [&] { return fail(ErrorCode::storage, file_.string() + " cannot be written."); };
  const std::filesystem::path fresh = file_.string() + ".new";
  {
    std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
    std::error_code error;
    std::filesystem::permissions(
        fresh, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    stream << to_pretty_json(content_);
    if (!stream || error) return wrong();
  }
  std::error_code error;
  std::filesystem::rename(fresh, file_, error);
  if (error) return wrong();
  return {};
}

}  // namespace softbot::samples
