#include "adapters/provider_orders/provider_order_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <utility>
#include <vector>

#include "domain/text.h"
#include "domain/zone.h"

namespace softbot {
namespace {

constexpr std::string_view kIncoming = "incoming";
constexpr std::string_view kDelivered =
    "delivered";  ///< one small file per key: which list it is on, and whether it surely is
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kDone = "done ";
constexpr std::string_view kPending = "pending ";

constexpr std::array<std::string_view, 17> kColumns = {
    "key",   "reference", "municipality", "provider",  "type",   "title",    "minutesPerWeek", "aid",  "from",
    "until", "bsn",       "name",         "birthDate", "street", "postcode", "town",           "phone"};

bool is_file_name(std::string_view key) {
  constexpr std::size_t kLongest = 150;
  return !key.empty() && key.size() <= kLongest && std::all_of(key.begin(), key.end(), [](char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_';
  });
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (const auto& field : fields) {
    line += (line.empty() ? "" : ",") + csv_field(field);
  }
  return line + std::string(kLineEnd);
}

std::string header() {
  return csv_line({kColumns.begin(), kColumns.end()});
}

/// A text or number of the content as it stands on the list; "" for anything else.
std::string shown(const Value& value) {
  return value.as_number() != nullptr ? value.as_number()->text : value.text_or_empty();
}

std::vector<FieldError> lacking_of(const Value& content) {
  std::vector<FieldError> lacking;
  const auto need = [&lacking](const Value& value, const std::string& name) {
    if (trim(shown(value)).empty()) {
      lacking.push_back({name, "missing", "Dit ontbreekt in de opdracht."});
    }
  };
  if (shown(content["minutesPerWeek"]).empty()) {
    need(content["aid"], "aid");
  }
  need(content["from"], "from");
  for (const auto* const part : {"name", "street", "postcode", "town"}) {
    need(content["address"][part], std::string("address.") + part);
  }
  return lacking;
}

std::string order_line(const Delivery& delivery) {
  const Value& content = delivery.content;
  std::vector<std::string> fields;
  for (const auto column : kColumns) {
    const bool of_address =
        column == "name" || column == "street" || column == "postcode" || column == "town";
    const std::string value = column == "key" ? delivery.key
                              : column == "reference"
                                  ? delivery.reference
                                  : shown(of_address ? content["address"][column] : content[column]);
    fields.push_back(collapse_spaces(value));
  }
  return csv_line(fields);
}

/// FNV-1a, folded to sixteen bits: only keeps file names of look-alike providers apart.
std::string fingerprint(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char letter : text) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::uint32_t folded = (hash >> 16U) ^ (hash & 0xFFFFU);
  std::string digits;
  for (const unsigned shift : {12U, 8U, 4U, 0U}) {
    digits.push_back(kDigits[(folded >> shift) & 0xFU]);
  }
  return digits;
}

}  // namespace

std::string csv_field(std::string_view text) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  std::string field;
  if (!text.empty() && kFormula.find(text.front()) != std::string_view::npos) {
    field.push_back('\'');
  }
  field += text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) {
    return field;
  }
  std::string quoted = "\"";
  for (const char letter : field) {
    quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  }
  return quoted + "\"";
}

std::string order_list_name(Date day, std::string_view provider) {
  constexpr std::size_t kLongest = 60;
  const auto name = collapse_spaces(provider);
  if (name.empty()) {
    return format_iso(day) + "-no-provider.csv";
  }
  std::string slug;
  for (const char letter : fold(name)) {
    if (slug.size() < kLongest && static_cast<unsigned char>(letter) < 0x80) {
      slug.push_back(std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '-');
    }
  }
  return format_iso(day) + "-" + (slug.empty() ? "provider" : slug) + "-" + fingerprint(name) + ".csv";
}

Result<std::unique_ptr<ProviderOrderList>> ProviderOrderList::open(const std::filesystem::path& folder,
                                                                   const Clock& clock, FileSystem& files) {
  const auto made = files.make_folder(folder.parent_path())
                        .and_then([&] { return files.make_folder(folder); })
                        .and_then([&] { return files.make_folder(folder / kIncoming); })
                        .and_then([&] { return files.make_folder(folder / kDelivered); })
                        .and_then([&] { return files.sync_folder(folder.parent_path()); })
                        .and_then([&] { return files.sync_folder(folder); });
  if (!made) {
    return fail(made.error());
  }
  return std::unique_ptr<ProviderOrderList>(new ProviderOrderList(folder, clock, files));
}

Result<void> ProviderOrderList::put(const std::filesystem::path& file, std::string_view bytes) {
  const auto half = folder_ / kIncoming / file.filename();
  return files_.write_synced(half, bytes).and_then([&] { return files_.rename(half, file); }).and_then([&] {
    return files_.sync_folder(file.parent_path());
  });
}

/// Puts the line on the list, unless the list has it from a run that was cut off.
Result<void> ProviderOrderList::add_line(const std::string& list, const std::string& key,
                                         const std::string& line) {
  auto known = files_.read(folder_ / list);
  if (!known && known.error().code != ErrorCode::not_found) {
    return fail(known.error());
  }
  std::string text = known ? std::move(*known) : header();
  if (text.find(std::string(kLineEnd) + csv_field(key) + ",") != std::string::npos) {
    return files_.sync_folder(folder_);
  }
  return put(folder_ / list, text + line);
}

Result<void> ProviderOrderList::deliver(const Delivery& delivery, const std::string&) {
  if (!is_file_name(delivery.key)) {
    return fail(ErrorCode::invalid_input, "The key of an order may hold only letters, digits, - and _.");
  }
  if (auto lacking = lacking_of(delivery.content); !lacking.empty()) {
    return fail(
        Error{ErrorCode::invalid_input,
              "An order to a provider is not complete. Complete the application, then deliver it again.",
              false, std::move(lacking)});
  }
  const std::scoped_lock alone(mutex_);
  const auto marker = folder_ / kDelivered / delivery.key;
  auto state = files_.read(marker);
  if (!state && state.error().code != ErrorCode::not_found) {
    return fail(state.error());
  }
  if (state && state->substr(0, kDone.size()) == kDone) {
    return files_.sync_folder(folder_ / kDelivered);
  }
  // The list is chosen once and noted first, so that a repeat after midnight looks on the same list.
  std::string list = order_list_name(local_date(clock_.now()), delivery.content["provider"].text_or_empty());
  if (state && state->size() > kPending.size()) {
    list = state->substr(kPending.size());
  } else if (auto noted = put(marker, std::string(kPending) + list); !noted) {
    return noted;
  }
  return add_line(list, delivery.key, order_line(delivery)).and_then([&] {
    return put(marker, std::string(kDone) + list);
  });
}

}  // namespace softbot
