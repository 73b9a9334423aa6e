#include "adapters/post/post_folder.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "adapters/post/pdf_pages.h"
#include "domain/date.h"
#include "domain/json.h"
#include "domain/text.h"

namespace softbot {
namespace {

constexpr std::string_view kIncoming = "incoming";
constexpr std::string_view kDelivered =
    "delivered";  ///< an empty file per key, so that a letter that was taken away does not come again

bool is_file_name(std::string_view key) {
  constexpr std::size_t kLongest = 150;
  return !key.empty() && key.size() <= kLongest && std::all_of(key.begin(), key.end(), [](char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_';
  });
}

/// The address line by line, or what it lacks.
Result<Value> read_address(const Value& content) {
  Value address = Value::object();
  std::vector<FieldError> lacking;
  for (const std::string_view part : {"name", "street", "postcode", "town"}) {
    const std::string line = collapse_spaces(content["address"][part].text_or_empty());
    if (line.empty()) {
      lacking.push_back({"address." + std::string(part), "missing", "Dit deel van het adres ontbreekt."});
    }
    address.set(part, line);
  }
  if (!lacking.empty()) {
    return fail(Error{ErrorCode::invalid_input,
                      "A letter for the post lacks its address or a part of it. Find the resident's address, "
                      "then deliver it again.",
                      false, std::move(lacking)});
  }
  return address;
}

Result<Value> make_manifest(const Delivery& delivery, const std::string& bytes, Instant now) {
  auto address = read_address(delivery.content);
  if (!address) {
    return fail(address.error());
  }
  const auto planned = parse_iso_date(delivery.content["context"]["date"].text_or_empty());
  if (!planned) {
    return fail(ErrorCode::invalid_input,
                "A letter for the post has no date (context.date), so nobody knows when to post it.");
  }
  const auto pages = post::count_pages(bytes);
  if (!pages) {
    return fail(ErrorCode::invalid_input, "What was given to the post is no readable PDF.");
  }
  return Value::object({{"key", delivery.key},
                        {"reference", delivery.reference},
                        {"letter", delivery.content["letter"].text_or_empty()},
                        {"title", delivery.content["title"].text_or_empty()},
                        {"address", std::move(*address)},
                        {"plannedPostingDate", format_iso(*planned)},
                        {"pages", *pages},
                        {"document", delivery.document},
                        {"file", delivery.key + ".pdf"},
                        {"created", format_instant(now)}});
}

}  // namespace

Result<std::unique_ptr<PostFolder>> PostFolder::open(const std::filesystem::path& folder, const Clock& clock,
                                                     FileSystem& files) {
  const auto made = files.make_folder(folder.parent_path())
                        .and_then([&] { return files.make_folder(folder); })
                        .and_then([&] { return files.make_folder(folder / kIncoming); })
                        .and_then([&] { return files.make_folder(folder / kDelivered); })
                        .and_then([&] { return files.sync_folder(folder.parent_path()); })
                        .and_then([&] { return files.sync_folder(folder); });
  if (!made) {
    return fail(made.error());
  }
  return std::unique_ptr<PostFolder>(new PostFolder(folder, clock, files));
}

Result<void> PostFolder::put(const std::filesystem::path& file, std::string_view bytes) {
  const auto half = folder_ / kIncoming / file.filename();
  return files_.write_synced(half, bytes).and_then([&] { return files_.rename(half, file); }).and_then([&] {
    return files_.sync_folder(file.parent_path());
  });
}

/// Whether the file is there and its name durable: a run that was cut off may have renamed it without syncing
/// the name.
Result<bool> PostFolder::has(const std::filesystem::path& file) {
  const auto known = files_.read(file);
  if (!known) {
    return known.error().code == ErrorCode::not_found ? Result<bool>(false)
                                                      : Result<bool>(fail(known.error()));
  }
  return files_.sync_folder(file.parent_path()).map([] { return true; });
}

Result<void> PostFolder::deliver(const Delivery& delivery, const std::string& bytes) {
  if (!is_file_name(delivery.key)) {
    return fail(ErrorCode::invalid_input,
                "The key of a letter for the post may hold only letters, digits, - and _.");
  }
  const std::scoped_lock alone(mutex_);
  const auto marker = folder_ / kDelivered / delivery.key;
  const auto letter = folder_ / (delivery.key + ".pdf");
  const auto manifest_file = folder_ / (delivery.key + ".json");
  const auto done = has(marker);
  if (!done || *done) {
    return done.map([](bool) {});
  }
  const auto written = has(manifest_file);
  if (!written || *written) {
    return written.and_then([&](bool) { return put(marker, ""); });
  }
  const auto manifest = make_manifest(delivery, bytes, clock_.now());
  if (!manifest) {
    return fail(manifest.error());
  }
  return put(letter, bytes)
      .and_then([&] { return put(manifest_file, to_pretty_json(*manifest)); })
      .and_then([&] { return put(marker, ""); });
}

}  // namespace softbot
